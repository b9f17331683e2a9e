"""No work on a letter grows faster than its length: the finders, over texts of one shape."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbot.model import Letter, RawLetter, Rulebook, SegmentRole
from mailbot.model.trained.number_roles import RoleModels
from mailbot.parsing import parse
from mailbot.policy.repeats.new_content import find_unsaid, keys, matter_keys
from mailbot.understanding import understand
from mailbot.understanding.contacts.contact_finder import find_contacts, find_sender
from mailbot.understanding.number_roles.model_values import passed_values, read_parts
from mailbot.understanding.readings.reading_finder import find_readings
from mailbot.understanding.silence_grounds.abuse import find_abuse
from mailbot.understanding.silence_grounds.new_arguments import find_arguments
from mailbot.understanding.silence_grounds.readability import judge_readable
from mailbot.understanding.text.passages import passages
from tests.growth.shapes import SHAPES, text_of
from tests.scale import scale
from tests.understanding.letters import make_letter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

TOO_STEEP = 3.0
"""Time for twice the length: two where work is linear, four where it is quadratic."""

AGAIN = 3
"""A busy machine slows a measurement down, never up: the best of so many."""


def spent(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began


def grows_too_fast(
    work: Callable[[str], object], shape: str, length: int, measurable: float
) -> tuple[float, float] | None:
    """Seconds at a length and at twice the length, where their ratio is too steep each time that it is measured.

    Below `measurable` seconds at twice the length nothing can be said, and nothing is lost.
    """
    once, twice = text_of(shape, length), text_of(shape, 2 * length)
    short, long = spent(work, once), spent(work, twice)
    for _ in range(AGAIN):
        if long < measurable or long < TOO_STEEP * short:
            return None
        short, long = max(short, spent(work, once)), min(long, spent(work, twice))
    return short, long


def raw(text: str, kind: str = "plain", subject: str = "x") -> RawLetter:
    head = f"From: a@b.ru\r\nSubject: {subject}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
    content = f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{text}".encode("utf-8", "replace")
    return RawLetter(content, NOW)


def values_by_role(letter: Letter, models: RoleModels) -> None:
    for read in read_parts(letter, models):
        passed_values(read, models)


def finders(rulebook: Rulebook) -> dict[str, Callable[[str], object]]:
    """The whole way first, then its stages one by one, each on the text as parsing gives it."""
    return {
        "parse": lambda text: parse(raw(text)),
        "parse HTML": lambda text: parse(raw(text, "html")),
        "understand": lambda text: understand(make_letter(text), rulebook),
        "understand a quotation": lambda text: understand(make_letter("Добрый день", quoted=text), rulebook),
        "understand a subject": lambda text: understand(make_letter("Добрый день", text), rulebook),
        "understand a file": lambda text: understand(make_letter("В файле", attachment=text), rulebook),
        "roles": lambda text: values_by_role(make_letter(text), rulebook.roles),
        "readings": lambda text: find_readings(make_letter(text), find_contacts(make_letter(""))),
        "contacts": lambda text: find_contacts(make_letter(text)),
        "sender": find_sender,
        "abuse": lambda text: find_abuse(passages(make_letter(text)), rulebook),
        "arguments": lambda text: find_arguments(passages(make_letter(text)), find_contacts(make_letter(""))),
        "readable": lambda text: judge_readable(make_letter(text), passages(make_letter(text)), rulebook),
        "views": lambda text: make_letter(text).part("body").view(SegmentRole.WRITTEN),
        "unsaid": lambda text: list(find_unsaid(text, "холодно")),
        "unsaid after": lambda text: list(find_unsaid(text, text)),
        "keys": keys,
        "matter": matter_keys,
    }


_NAMES = (
    "parse", "parse HTML", "understand", "understand a quotation", "understand a subject", "understand a file",
    "roles", "readings", "contacts", "sender", "abuse", "arguments", "readable", "views", "unsaid",
    "unsaid after", "keys", "matter",
)  # fmt: skip


@pytest.mark.parametrize("name", _NAMES)
def test_every_finder_takes_twice_the_time_for_twice_the_length(name: str, rulebook: Rulebook) -> None:
    work = finders(rulebook)[name]
    work("Передаю показания: гвс 345")  # what is opened once is open
    step = scale(12, 1)
    steep = []
    chosen = {*sorted(SHAPES)[_NAMES.index(name) % step :: step], "lines of a digit", "readings"}
    for shape in sorted(chosen):
        if growth := grows_too_fast(work, SHAPES[shape], scale(1_500, 5_000), 0.06):
            steep.append(f"{shape}: {growth}")
    assert not steep, "\n".join(steep)


def test_each_finder_is_grown(rulebook: Rulebook) -> None:
    assert set(finders(rulebook)) == set(_NAMES)
