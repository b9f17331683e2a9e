"""The register of clients and accounts, and what is known of an account, register and ledger together."""
