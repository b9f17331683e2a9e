"""Ways in which an appeal reaches the company (chapters 2, 3 and 5 of the standard)."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never


class Channel(StrEnum):
    MAIL = "mail"  # a letter to the mailbox
    OFFICE = "office"  # a paper brought or sent to the office
    PHONE = "phone"
    ORAL = "oral"  # said at the counter
    SITE = "site"  # the company's site or personal account, through the API
    MESSENGER = "messenger"  # written to the company in a messenger

    @property
    def registered_by_staff(self) -> bool:
        """Does a member of the staff type the appeal on the office page?"""
        match self:
            case Channel.OFFICE | Channel.PHONE | Channel.ORAL | Channel.MESSENGER:
                return True
            case Channel.MAIL | Channel.SITE:
                return False
            case _:
                assert_never(self)

    @property
    def writer_unproven(self) -> bool:
        """May anybody give another's account here? At the counter and on the telephone a clerk has asked."""
        match self:
            case Channel.MAIL | Channel.SITE | Channel.MESSENGER:
                return True
            case Channel.OFFICE | Channel.PHONE | Channel.ORAL:
                return False
            case _:
                assert_never(self)
