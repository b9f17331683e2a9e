"""Reminders of readings and of unpaid bills, and the daily round that sends them."""
