"""Signs that no person wrote a letter: headers, delivery reports, and the words of programs."""
