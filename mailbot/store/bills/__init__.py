"""Bills of a month and reminders: each sent once, and where they stand."""
