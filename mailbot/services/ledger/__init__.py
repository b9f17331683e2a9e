"""The ledger's use cases: the register of clients from files, readings, charges."""
