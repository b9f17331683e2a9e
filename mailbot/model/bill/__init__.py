"""A bill as it is set, and a month of bills on their way."""
