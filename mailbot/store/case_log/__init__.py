"""The log of a case and what follows from its lines: numbers, lawful steps, who is owed an answer."""
