"""Reports: reckoned from the log, sent once a week, and the watch over deadlines."""
