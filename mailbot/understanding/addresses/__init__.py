"""Postal addresses in a text, told by patterns."""
