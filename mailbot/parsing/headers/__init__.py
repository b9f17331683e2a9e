"""Header fields of a letter: values, mailbox addresses, and the envelope that `collect` needs."""
