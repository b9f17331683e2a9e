"""The books: readings, payments, charges and grounds of recalculation; rows are only added."""
