"""Groups of commands: one file a noun (`mailbot clients …`); each parses the words, calls a service, shows the result."""
