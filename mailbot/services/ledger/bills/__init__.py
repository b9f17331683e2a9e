"""A month closed and its bills made, looked at, sent, printed, and sent again."""
