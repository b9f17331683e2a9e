"""Letters that are only tried: explained step by step, nothing kept and nothing sent."""
