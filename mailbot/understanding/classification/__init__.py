"""What a letter wants and is about: the trained model of n-grams, kinds, topics, and the signals beside it."""
