"""winmail.dat, and the forms in which Outlook keeps a letter."""
