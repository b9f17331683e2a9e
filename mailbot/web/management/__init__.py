"""The pages of managers: board, reports, staff, settings."""
