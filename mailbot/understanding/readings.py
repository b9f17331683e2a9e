"""Meter readings a letter passes on for billing (standard, chapter 3; the project takes them by mail)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.model import Contacts, Letter, Part, Reading, Role, Span, Unit
from mailbot.understanding.dial_words import HEAT, HOT
from mailbot.understanding.intent import passes_on, refuses, speaks_of_meters
from mailbot.understanding.machine_lines import read_machine_lines
from mailbot.understanding.masking_contacts import mask_contacts
from mailbot.understanding.passed import Passed
from mailbot.understanding.reading_lines import Heading, read_sentences
from mailbot.understanding.searchable import searchable
from mailbot.understanding.tables import read_tables

_OWN_WORDS = (Role.WRITTEN, Role.FORWARDED)
_ENERGY = {Unit.GCAL, Unit.GJ, Unit.MWH, Unit.KWH}


def find_readings(letter: Letter, contacts: Contacts) -> tuple[Reading, ...]:
    """The readings the writer passes on, in the order of the letter, each value once a meter.

    Values are Decimal ≥ 0 as written (leading noughts and the letter О repaired). A number told as
    an argument, an approximation, an old value, cold water or electricity is none.
    """
    body = letter.part("body")
    subject = letter.part("subject")
    words = searchable(subject.view(*_OWN_WORDS) + "\n" + body.view(*_OWN_WORDS))
    if refuses(words):
        return ()
    heading = _heading(subject, words)
    passed: list[tuple[str, Passed]] = []
    for part in _read_order(letter):
        text = part.view(*_OWN_WORDS)
        if not text.strip() and part.name == "body":
            text = part.view(Role.SIGNATURE)
        passed += [(part.name, one) for one in _read_part(part, searchable(text), contacts, heading)]
    return _as_readings(passed, contacts)


def _heading(subject: Part, words: str) -> Heading:
    return Heading(
        speaks=speaks_of_meters(words),
        passes=passes_on(words),
        subject=searchable(subject.view(*_OWN_WORDS)),
        words=words,
    )


def _read_order(letter: Letter) -> Iterable[Part]:
    """Body first: a value in the subject is mostly said again there, and better."""
    order = {"body": 0, "subject": 1}
    return sorted(letter.parts, key=lambda part: order.get(part.name, 2))


def _read_part(part: Part, text: str, contacts: Contacts, heading: Heading) -> tuple[Passed, ...]:
    if machine := read_machine_lines(text):
        return machine
    if table := read_tables(text):
        return table
    return read_sentences(mask_contacts(part.name, text, contacts), part.name, heading)


def _as_readings(passed: list[tuple[str, Passed]], contacts: Contacts) -> tuple[Reading, ...]:
    readings: list[Reading] = []
    right = [one for _, one in passed if one.corrects]
    for part, one in passed:
        if not one.corrects and any(_replaces(other, one) for other in right):
            continue
        reading = _reading(part, one, contacts)
        if not _is_said_already(reading, one, readings):
            readings.append(reading)
    return tuple(readings)


def _replaces(right: Passed, other: Passed) -> bool:
    """«ошибся, правильно 355» takes the place of the value of the same meter and resource."""
    return all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in ((right.resource, other.resource), (right.meter, other.meter))
    )


def _reading(part: str, one: Passed, contacts: Contacts) -> Reading:
    account, account_confidence = one.account, 1.0
    if account is None:
        account, account_confidence = _account(part, one, contacts)
    resource = one.resource
    unit = one.unit
    if resource is None and unit in _ENERGY:
        resource = HEAT
    if unit is None and resource is HOT:
        unit = Unit.M3
    if resource is None and unit is Unit.M3:
        resource = HOT
    return Reading(
        value=one.value,
        account=account,
        meter=one.meter,
        resource=resource,
        unit=unit,
        spans=(Span(part, one.start, one.end),),
        confidence=round(min(one.confidence, account_confidence), 2),
    )


def _account(part: str, one: Passed, contacts: Contacts) -> tuple[str | None, float]:
    """The letter's one account; of several the last before the value, or on the value's line."""
    accounts = contacts.accounts
    if not accounts:
        return None, 1.0
    if len(accounts) == 1:
        return accounts[0].value, max(accounts[0].confidence, 0.6)
    places = sorted(
        (span.start, found.value) for found in accounts for span in found.spans if span.part == part
    )
    same_line = [value for start, value in places if one.line[0] <= start < one.line[1]]
    if len(same_line) == 1:
        return same_line[0], 0.95
    before = [value for start, value in places if start < one.start]
    if before:
        return before[-1], 0.9
    return (places[0][1], 0.7) if places else (None, 0.7)


def _is_said_already(reading: Reading, one: Passed, earlier: list[Reading]) -> bool:
    """The subject repeats the body, a summary repeats the list: same value, nothing against it."""
    for position, other in enumerate(earlier):
        same_value = other.value == reading.value
        agrees = all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in (
                (reading.account, other.account),
                (reading.meter, other.meter),
                (reading.resource, other.resource),
            )
        )
        if same_value and agrees and (reading.spans[0].part != other.spans[0].part or not one.listed):
            earlier[position] = replace(
                other,
                meter=other.meter or reading.meter,
                resource=other.resource or reading.resource,
                unit=other.unit or reading.unit,
                spans=(*other.spans, *reading.spans),
                confidence=max(other.confidence, reading.confidence),
            )
            return True
    return False
