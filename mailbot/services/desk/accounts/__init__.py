"""An account as the desk shows it: its page, bills, papers and timeline."""
