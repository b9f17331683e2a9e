"""Addresses, telephones, surnames and numbers in the one form in which they are compared."""
