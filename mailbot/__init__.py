"""mailbot: reads a heat supplier's mailbox and does what its client-service standard owes each writer."""

__version__ = "0.1.0"
