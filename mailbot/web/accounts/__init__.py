"""The pages of accounts: card, use, bills, and what people enter."""
