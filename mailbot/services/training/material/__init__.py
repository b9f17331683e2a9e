"""What the models learn from, kept as text: labelled letters, marked letters, lines that say what they are."""
