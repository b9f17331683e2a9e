"""Mailbox addresses of a header field (RFC 5322 3.4) as they can be answered; what is no address is never made one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from email.message import Message
from email.utils import getaddresses

from mailbot.model import Address
from mailbot.parsing.charsets import mojibake
from mailbot.parsing.headers.header_values import decode_characters, raw_values
from mailbot.parsing.limits.letter_limits import ADDRESSES
from mailbot.parsing.text_repair.normal_form import normalise

_SPEC = r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@(?:[\w-]{1,63}\.){0,20}[\w-]{1,63}\.?|[\w!#$%&'*+/=?^`{|}~.-]{1,64}@\[[\w.:]{1,60}\]"
_EMAIL = re.compile(_SPEC)
_BRACKETED = re.compile(r"<\s{0,5}([^<>\s]{3,330})\s{0,5}>")
_NAMED = re.compile(
    r"(?:\"[^\"<>@]{0,300}\"|(?:=\?[^\s?]{1,60}\?[BbQq]\?[^\s?]{0,300}\?=\s{0,5})+)\s{1,5}(\S{3,330})"
)
_WRAPPED = re.compile(r"[\s\"'<\[(]*(?:mailto:)?([^\s\"'<>\[\]()]{3,330})[\s\"'>\])]*", re.IGNORECASE)

MAX_FIELD_LENGTH = 100_000
"""Characters of a field that are taken apart."""


def parse_addresses(message: Message, name: str) -> tuple[Address, ...]:
    """The addresses of all fields of that name; at most 200.

    E-mails are in lower case, domains of other alphabets in the form that mail goes to (RFC 5891, A-labels);
    '' where what stands there is no address: joining or cutting its pieces would give a stranger's.
    """
    addresses: list[Address] = []
    for value in raw_values(message, name):
        addresses += _of_value(value[:MAX_FIELD_LENGTH])
    return tuple(item for item in addresses if item.email or item.name)[:ADDRESSES]


def _of_value(value: bytes) -> list[Address]:
    """As the standard takes it apart; else encoded as a whole (against RFC 2047 5); else by its brackets."""
    raw = value.decode("latin-1")
    addresses = _taken_apart(raw, lambda text: decode_characters(text.encode("latin-1", "replace")))
    readable = " ".join(normalise(decode_characters(value)).split())
    if len(addresses) > 1 and not {",", ";"} & set(raw) and (inside := _bare(readable, raw)):
        return inside  # «ivan@home <ivan@mail.ru>»: a name that looks like an address
    return (
        _with_email(addresses)
        or _with_email(_taken_apart(readable, str))
        or _bare(readable, raw)
        or addresses
    )


def _with_email(found: Iterable[Address]) -> list[Address]:
    return [item for item in found if item.email]


def _taken_apart(text: str, decoded: Callable[[str], str]) -> list[Address]:
    pairs = getaddresses([text])[:ADDRESSES]
    return [
        _address(decoded(shown), decoded(email) if _stands(email, text) else "") for shown, email in pairs
    ]


def _stands(email: str, text: str) -> bool:
    """Is it in the field as it is? The standard library closes gaps («ivan@mail ru») and splits at commas («@mail,ru»)."""
    at = text.find(email)
    is_split = "." not in email and re.match(r",\w", text[at + len(email) : at + len(email) + 2])
    return at >= 0 and not is_split


def _bare(readable: str, raw: str) -> list[Address]:
    """An address that a broken quotation mark hides, or that stands bare after a quoted or encoded name."""
    inside = _BRACKETED.findall(readable) or _BRACKETED.findall(raw)
    if not inside:
        match = _NAMED.fullmatch(raw.strip()) or _WRAPPED.fullmatch(readable)
        inside = [match[1]] if match else []
    return _with_email(_address("", re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)) for text in inside)


def _address(shown: str, email: str) -> Address:
    name, _ = mojibake.repair(shown)
    name = " ".join(normalise(name).split()).strip(" \"'")
    answerable = _answerable(email)
    return Address(name if name or answerable else " ".join(normalise(email).split()), answerable)


def _answerable(written: str) -> str:
    """The address in lower case and ASCII; '' where it is none, or no mail could be sent to it."""
    bare = written.strip().strip("'\"") if written.count('"') != 1 else written.strip()
    if _EMAIL.fullmatch(bare) is None:
        return ""
    local, _, domain = bare.rpartition("@")
    try:
        host = domain.lower().encode("ascii" if domain.isascii() else "idna").decode("ascii")
    except UnicodeError:
        return ""
    return f"{local.lower()}@{host.rstrip('.')}" if local.isascii() else ""
