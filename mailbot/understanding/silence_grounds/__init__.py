"""What the clauses on silence ask of the words of a letter: abuse, threats, substance, readability, new arguments."""
