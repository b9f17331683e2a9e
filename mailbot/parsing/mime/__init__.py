"""The MIME tree of a letter, and its body and attachments taken from it."""
