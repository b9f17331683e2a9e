"""Contact data of the writer: account, phone, address and name, all readers taken together."""
