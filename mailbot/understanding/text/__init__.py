"""The text of a letter as every finder takes it: folded, cut into passages, its words by their dictionary forms, disguises undone."""
