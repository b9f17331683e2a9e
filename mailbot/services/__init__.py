"""One use case a file: what the entry points ask for, in terms of the rooms."""
