"""What is done with reports: the figures of a period gathered, their forms made, sent and kept."""
