"""The Russian language as data: the dictionary of its words, and word pieces with their vectors."""
