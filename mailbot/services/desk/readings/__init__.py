"""Readings entered by a person: which meter, which resource, and what is doubtful about the value."""
