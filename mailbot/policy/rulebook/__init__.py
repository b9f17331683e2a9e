"""Loading `rules/`: every file read, checked row by row and against the others, into one frozen rulebook."""
