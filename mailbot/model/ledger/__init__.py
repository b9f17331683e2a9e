"""Accounts, meters, charges and payments, and the register that names them."""
