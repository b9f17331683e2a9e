"""Files that hold other files: zip archives and compound files, opened within limits."""
