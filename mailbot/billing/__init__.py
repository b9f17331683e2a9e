"""Readings and tariffs → charges, to the kopeck, each line with its own explanation. Pure: no clock, no database."""
