"""Writing to a client: the proposed letter, the papers enclosed, and what a text does to its case."""
