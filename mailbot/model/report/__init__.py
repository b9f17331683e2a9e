"""The report of a period: its period, figures, rows and satisfaction."""
