"""Log → Report: what the figures of a period are reckoned to; pure."""
