"""PDF with a text layer: its words, its columns, and what a page costs to read."""
