"""One account out of the books: its card, its summary, its statement and certificate."""
