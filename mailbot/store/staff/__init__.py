"""The members of staff: their logins and sessions, API keys, saved views, edited files and the audit log."""
