"""A letter as it came and as it reads: its parts, its writer, and what it says."""
