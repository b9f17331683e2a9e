"""Which readings of a letter the ledger takes: account, meter and value held against the register."""
