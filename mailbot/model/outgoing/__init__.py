"""Letters of ours: finished, paced, reminding, with papers, and come back."""
