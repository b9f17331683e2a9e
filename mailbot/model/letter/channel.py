"""Ways in which an appeal reaches the company (chapters 2, 3 and 5 of the standard)."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    MAIL = "mail"  # a letter to the mailbox
    OFFICE = "office"  # a paper brought or sent to the office
    PHONE = "phone"
    ORAL = "oral"  # said at the counter
    SITE = "site"  # the company's site or personal account, through the API
