"""What a person sees of a case: the file, what nothing accounts for, the letter it may repeat."""
