"""To whom an answer goes: one address, fit for SMTP as it stands."""

from __future__ import annotations

import re

from mailbot.model import Letter

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


class NoRecipient(Exception):
    """The letter names no address that could be written to: a person must find another way."""


def choose_recipient(letter: Letter, own_addresses: tuple[str, ...]) -> str | None:
    """Reply-To where it is exactly one valid address of somebody else, else From; None if neither will do.

    RFC 5322 3.6.2: Reply-To is where the author wants the answer. Several addresses there would send
    one client's matter to strangers; our own address there is a mistake that would make a loop.
    """
    if len(letter.reply_to) == 1:
        wanted = to_ascii_address(letter.reply_to[0].email)
        if wanted and wanted not in own_addresses:
            return wanted
    sender = to_ascii_address(letter.from_.email)
    return None if sender in own_addresses else sender


def to_ascii_address(email: str) -> str | None:
    """The address in ASCII (a Cyrillic domain in its IDNA form), None where SMTP would not take it.

    RFC 5321 4.5.3.1: 64 octets before the @, 254 in all. Quoted local parts are refused: nobody
    writes from one, and they are how header injections are smuggled.
    """
    local, at, domain = email.strip().rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    address = f"{local}@{domain.lower()}"
    return address if _DOMAIN.fullmatch(domain) and len(address) <= 254 else None
