"""The tables of the report, and the order in which they stand."""
