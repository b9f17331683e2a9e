"""Tables that people keep in Excel or CSV: readings, payments, the register, charges."""
