"""How a letter is laid out: HTML as text, hidden words, quotations, signatures."""
