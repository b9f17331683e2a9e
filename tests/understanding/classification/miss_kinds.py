"""The rows of `kinds.md`: kinds of letters that were read wrongly, each with examples and the right outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

_SECTION = re.compile(r"^## (\d+)\. (.+)$")
_READING = re.compile(r"(no account|[\w/.-]+): ([\d.]+) \(")
_ACCOUNT = re.compile(r"account ([\w/-]+)\s*$|account ([\w/-]+),")
_ADDRESS = re.compile(r"address (.+?)\s*$")
_LONG = re.compile(r"(?<![\d.,])\d{7}(?![\d.,])")
_SURNAMES = {
    "Плешаков": ("Аникин", "Сорокин", "Ложкин"),
    "Зобнин": ("Баранов", "Кетов", "Шилов"),
    "Мамаева": ("Ермакова", "Кузьмина", "Белова"),
    "Турицына": ("Носкова", "Павлова", "Лунина"),
}
_STREETS = {"Луговая": ("Садовая", "Зелёная", "Полевая"), "Боровая": ("Озёрная", "Лесная", "Речная")}


@dataclass(frozen=True, slots=True)
class Row:
    """An example: what the letter says, and what is right of it."""

    section: int
    title: str
    subject: str
    body: str
    kinds: frozenset[str]
    rule: str
    readings: tuple[tuple[str, Decimal], ...] | None
    account: str
    address: str


def rows(text: str, seed: int) -> Iterator[Row]:
    """Every example with one letter, its accounts, surnames and streets exchanged at random."""
    section, title = 0, ""
    for line in text.splitlines():
        if head := _SECTION.match(line):
            section, title = int(head[1]), head[2]
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if not section or len(cells) != 4 or cells[2] == "right outcome" or set(line) <= set("|- "):
            continue
        yield _row(section, title, _exchanged(cells[:3], Random(f"{seed} {line}")))


def _row(section: int, title: str, cells: list[str]) -> Row:
    subject, body, right = cells
    kinds = frozenset(re.findall(r"\b(reading|complaint|question|other)\b", right.partition(",")[0]))
    rule = re.search(r"\*\*(?:no_reply:)?(\w+)\*\*", right)
    found = tuple(
        (("" if name == "no account" else name), Decimal(value)) for name, value in _READING.findall(right)
    )
    account, address = _ACCOUNT.search(right), _ADDRESS.search(right)
    return Row(
        section,
        title,
        "" if subject == "(none)" else subject,
        body.replace("<br>", "\n").replace("⏎", "\n"),
        kinds,
        rule[1] if rule else "",
        found if found or "no reading" in right else None,
        (account[1] or account[2]) if account else "",
        address[1] if address else "",
    )


def _exchanged(cells: list[str], chance: Random) -> list[str]:
    """The cells with other accounts, surnames and streets, the same in all three; what is said in words stays."""
    letter = f"{cells[0]} {cells[1]}"
    numbers = {number: f"{number[:2]}{chance.randrange(10**5):05d}" for number in _LONG.findall(letter)}
    names = {old: chance.choice(others) for old, others in (_SURNAMES | _STREETS).items()}
    found = []
    for cell in cells:
        cell = _LONG.sub(lambda match: numbers.get(match[0], match[0]), cell)
        for old, new in names.items():
            cell = re.sub(rf"\b{old}\b", new, cell)
            cell = re.sub(rf"\b{old.lower()}\b", new.lower(), cell)
        found.append(cell)
    return found
