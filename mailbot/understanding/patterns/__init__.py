"""Many regular expressions and word lists looked for at once, fast."""
