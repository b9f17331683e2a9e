"""Signed links in letters to clients: stop reminders, rate an answer."""
