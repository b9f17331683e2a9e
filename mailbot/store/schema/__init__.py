"""The tables of the database, and the column types that mean the same on both engines."""
