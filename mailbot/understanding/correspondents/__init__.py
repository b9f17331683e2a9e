"""Who writes instead of a client: an authority, a supplier, a bank; how they introduce themselves, and what they demand by when."""
