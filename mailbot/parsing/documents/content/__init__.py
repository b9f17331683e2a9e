"""What reading a file gives: lines of words, rows of cells, and what was left unread."""
