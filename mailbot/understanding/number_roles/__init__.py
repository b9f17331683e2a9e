"""What each number of a letter is: its role, weighed by a model that was trained on marked letters."""
