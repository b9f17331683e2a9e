"""The review queue's use cases: what a person may do with a case, and who may log in."""
