"""What of a letter may be contact data although none was recognised (clause 2.2.email.1)."""
