"""Deciding one letter: rules tried, emergencies, silence, doubts, and what no machine finishes."""
