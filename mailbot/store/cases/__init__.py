"""Cases as people look at them: lists, the review queue, search by deadline, warnings; hardly anything is written."""
