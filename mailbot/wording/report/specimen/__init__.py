"""A fictional report that every form of the report must show."""
