"""The rulebook and its parts, as `rules/` holds them: checked once, then frozen."""
