"""Whose automatic letters leave first where the mailbox may not send many (RFC 3834 2)."""

from __future__ import annotations

from enum import StrEnum


class WriterClass(StrEnum):
    """In the order in which they are let out."""

    EMERGENCY = "emergency"  # whoever writes of an emergency
    CLIENT = "client"  # the register knows the address, or it has written before today
    STRANGER = "stranger"  # an address that is new to us: a flood of robots has no other

    @property
    def turn(self) -> int:
        return tuple(WriterClass).index(self)
