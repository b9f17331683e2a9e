"""What of a letter the register knows: its numbers, its places, the accounts that they lead to, the dials they fit."""
