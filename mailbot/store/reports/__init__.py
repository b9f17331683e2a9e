"""What reports and the board count, and which report went to whom."""
