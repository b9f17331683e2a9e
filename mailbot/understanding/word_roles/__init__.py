"""Which words of a letter name people and places, tagged by a model that was trained on marked letters."""
