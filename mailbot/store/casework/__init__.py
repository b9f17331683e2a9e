"""What members of staff do with a case: moves, answers, corrections, second looks, and undoing them."""
