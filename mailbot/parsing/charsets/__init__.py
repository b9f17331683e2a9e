"""Bytes into characters: which charset, whether the text is sound, and how a wrong decoding is undone."""
