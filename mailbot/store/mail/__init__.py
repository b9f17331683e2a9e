"""Letters that came and letters that leave: taken in, claimed, sent at their pace, and what became of each."""
