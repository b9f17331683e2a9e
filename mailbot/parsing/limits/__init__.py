"""What a letter and its files may cost to read, whoever wrote them; counted before any parser runs."""
