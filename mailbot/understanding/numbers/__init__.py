"""Numbers and dates of a text, in figures and in words."""
