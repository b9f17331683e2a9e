"""A postal address as it is compared: street, house and flat, however they were written."""

from __future__ import annotations

import re

MAX_ADDRESS_LENGTH = 300
"""Characters that are looked at: no address is longer."""

_INDEX = re.compile(r"\b\d{6}\b")
_FLAT = re.compile(
    r",?\s*\b(?:кв(?:артира|артире|артиры|-ра)?|оф(?:ис)?|пом(?:ещение)?|ком(?:ната)?)\b\.?\s*[№:–-]?\s*(?P<flat>\d{1,4}[а-г]?)"
)
_HOUSE_WORD = re.compile(r"\b(?:д|дом|доме)\b\.?\s*[№:–-]?\s*(?=\d)")
_STREET_WORD = re.compile(
    r"\b(?:ул|улица|улице|улицы|пр|просп|проспект|пр-т|пр-кт|пер|переулок|пл|площадь|б-р|бульвар|ш|шоссе|проезд|тракт"
    r"|аллея|тупик|наб|набережная|мкр|мкрн|микрорайон)(?![а-я-])\.?(?=\s|,|$|[а-я\d])"
)
_STREET_HOUSE = re.compile(
    r"(?P<street>(?:\d{1,2}(?:-?[а-я]{1,2})?\s+)?[а-я][а-я. -]*?)[\s,.]+"
    r"(?P<house>\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?-?[а-е](?![а-я]))?)"
    r"(?:\s*,?\s*(?:корп(?:ус)?|к)\b\.?\s*(?P<block>\d{1,2}))?"
    r"(?:\s*[-–—,]\s*(?P<flat>\d{1,4}[а-г]?))?[\s,.;]*$"
)
_ADJECTIVE = re.compile(r"(?<=[а-я]{4})(?:ая|ой|ую|яя|ей|юю)\b")


def address_key(written: str) -> str:
    """«солнечн|5|12» for «ул. Солнечная, д. 5, кв. 12» and «Солнечной 5-12»; empty where no house is told.

    The settlement is left out, as people leave it out: the key alone proves nothing of a client.
    """
    text = _INDEX.sub(" ", written[:MAX_ADDRESS_LENGTH].lower().replace("ё", "е").replace("\u00a0", " "))
    flat = ""
    if flat_match := _FLAT.search(text):
        flat = flat_match["flat"]
        text = text[: flat_match.start()] + text[flat_match.end() :]
    text = _STREET_WORD.sub(", ", _HOUSE_WORD.sub(" ", text))
    match = _STREET_HOUSE.search(text)
    if match is None:
        return ""
    street = _ADJECTIVE.sub("", " ".join(match["street"].replace(".", " ").split()))
    house = re.sub(r"[\s-]", "", match["house"])
    block = f"к{match['block']}" if match["block"] else ""
    return f"{street}|{house}{block}|{flat or match['flat'] or ''}"
