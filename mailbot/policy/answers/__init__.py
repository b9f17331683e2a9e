"""What a letter may be answered out of the books: figures, papers, and a changed way of delivery."""
