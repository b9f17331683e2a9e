"""Meter readings a letter passes on for billing (standard, chapter 3; the project takes them by mail)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from mailbot.model import Contacts, Letter, LetterPart, Reading, SegmentRole, Span
from mailbot.model.trained.number_roles import RoleModels
from mailbot.understanding.dial_values.describing_words import HEAT, HOT, find_cues, resource
from mailbot.understanding.dial_values.passed_value import PassedValue, lone_unit
from mailbot.understanding.dial_values.passing_intent import (
    considers,
    corrects,
    is_unusual,
    passes_on,
    refuses,
    speaks_of_meters,
)
from mailbot.understanding.dial_values.resource_of_value import RESOURCES
from mailbot.understanding.number_roles.model_values import ReadPart, passed_values
from mailbot.understanding.readings.account_of_value import assign_account
from mailbot.understanding.readings.keyboard_slips import reading_text
from mailbot.understanding.readings.machine_formats import read_machine_lines
from mailbot.understanding.readings.one_value_per_dial import resolve_conflicts
from mailbot.understanding.readings.ratings import are_marks
from mailbot.understanding.readings.running_text import read_sentences
from mailbot.understanding.readings.sentence_values import LetterOverview
from mailbot.understanding.tables.meter_tables import read_tables
from mailbot.understanding.text.folding import MAX_CHARACTERS, searchable
from mailbot.understanding.text.marked_spans import TextMatch, mask_stretches

_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S+|www\.\S+")


def mask_contacts(part: str, text: str, contacts: Contacts) -> str:
    """`text` of `part` with every span of an account, phone or address overwritten; same length."""
    marks = [
        TextMatch(span.start, span.end, "")
        for contact in (*contacts.accounts, *contacts.phones, *contacts.addresses)
        for span in contact.spans
        if span.part == part
    ]
    text = _ELECTRONIC.sub(lambda match: " " * len(match.group()), text)
    return mask_stretches(text, marks)


_OWN_WORDS = (SegmentRole.WRITTEN, SegmentRole.FORWARDED)
_MAX_LENGTH = 40_000  # characters of a part that are read
_LETTER = frozenset({"body", "subject"})
_UNCLEAR = 0.5  # below every threshold
_LABELLED = 0.8  # accounts found by their place alone are less sure


def find_readings(letter: Letter, contacts: Contacts) -> tuple[Reading, ...]:
    """The readings the writer passes on, in the order of the letter, each value once a meter.

    Values are Decimal ≥ 0 as written (leading noughts and the letter О repaired). A number told as
    an argument, an approximation, an old value or electricity is none. Cold water is told as what it is.
    """
    subject = letter.part("subject")
    words, nothing = _own_words(letter)
    if nothing:
        return ()
    heading = _heading(subject, words, letter.received_at)
    passed: list[tuple[str, PassedValue]] = []
    for part in _read_order(letter):
        text = part.view(*_OWN_WORDS)
        if not text.strip() and part.name == "body":
            text = part.view(SegmentRole.SIGNATURE)
        values = _read_part(part, text, contacts, heading)
        passed += [(part.name, value) for value in (values if part.name in _LETTER else _named(values))]
    readings = _as_readings(passed, contacts)
    if are_marks((reading.value for reading in readings), words):
        return ()
    return _named_in_quote(readings, letter)


def readings_by_roles(
    read: Iterable[ReadPart], contacts: Contacts, letter: Letter, models: RoleModels
) -> tuple[Reading, ...]:
    """The readings as the model of roles sees them, subject and body; attachments are tables' work."""
    words, nothing = _own_words(letter)
    if letter.strong_signs or nothing:
        return ()  # what machines write the patterns read, or nobody
    order = {"body": 0, "subject": 1}
    parts = sorted(read, key=lambda part: order.get(part.part, 2))
    passed = [
        (part.part, value) for part in parts if part.part in _LETTER for value in passed_values(part, models)
    ]
    readings = _as_readings(passed, contacts)
    if are_marks((reading.value for reading in readings), words):
        return ()
    return _named_in_quote(readings, letter)


def _own_words(letter: Letter) -> tuple[str, bool]:
    subject, body = (letter.part(name).view(*_OWN_WORDS) for name in ("subject", "body"))
    return _looked_through(subject, body)


@lru_cache(maxsize=8)
def _looked_through(subject: str, body: str) -> tuple[str, bool]:
    """The words ready to be read, and whether they say that nothing is passed on; both readers of a letter ask."""
    words = reading_text(searchable(f"{subject}\n{body}"))
    return words, refuses(words) or considers(words)


def _named(found: tuple[PassedValue, ...]) -> tuple[PassedValue, ...]:
    """A document names what it passes on; a number beside it that nothing names is a temperature or a mass."""
    named = tuple(item for item in found if item.resource or item.unit)
    return named or found


def _named_in_quote(readings: tuple[Reading, ...], letter: Letter) -> tuple[Reading, ...]:
    """«за ноябрь 187» above an older letter: the quoted words name what is measured, if they name one thing."""
    if not any(reading.resource is None for reading in readings):
        return readings
    quoted = "\n".join(part.view(SegmentRole.QUOTED) for part in letter.parts)[:_MAX_LENGTH]
    names = {cue.name for cue in find_cues(quoted)} & RESOURCES
    if len(names) != 1 or "cold" in names:
        return readings
    named = resource(names.pop())
    unit = lone_unit(named)
    return tuple(
        reading if reading.resource else replace(reading, resource=named, unit=reading.unit or unit)
        for reading in readings
    )


def _heading(subject: LetterPart, words: str, received_at: datetime) -> LetterOverview:
    return LetterOverview(
        speaks=speaks_of_meters(words),
        passes=passes_on(words),
        subject=reading_text(searchable(subject.view(*_OWN_WORDS))),
        corrects=corrects(words),
        unusual=is_unusual(words),
        received_at=received_at,
    )


def _read_order(letter: Letter) -> Iterable[LetterPart]:
    """Body first: a value in the subject is mostly said again there, and better."""
    order = {"body": 0, "subject": 1}
    return sorted(letter.parts, key=lambda part: order.get(part.name, 2))


def _read_part(
    part: LetterPart, text: str, contacts: Contacts, heading: LetterOverview
) -> tuple[PassedValue, ...]:
    """Machine lines and tables first, then whatever is said around them."""
    clear = reading_text(searchable(text, most=_MAX_LENGTH))
    machine = read_machine_lines(clear)
    clear = _blanked(clear, [line.line for line in machine])
    rows, tables = read_tables(clear, heading.received_at)
    rows = _named_by_letter(rows, heading.subject + "\n" + clear)
    rest = mask_contacts(part.name, _blanked(clear, tables), contacts)
    said = read_sentences(rest, part.name, heading)
    # beyond the stretch in which contact data is looked for, accounts and phones are not known as such
    said = tuple(_doubted(value) if value.start >= MAX_CHARACTERS else value for value in said)
    values = (*machine, *rows, *said)
    if re.search(r"\d", text[_MAX_LENGTH:]):
        # what was not read may hold a newer value: a person looks, nothing is dropped in silence
        values = tuple(_doubted(value) for value in values)
    return tuple(sorted(values, key=lambda value: value.start))


def _named_by_letter(rows: tuple[PassedValue, ...], words: str) -> tuple[PassedValue, ...]:
    """Rows that nothing names measure what the rest of the letter speaks of, if that is one thing."""
    if all(row.resource or row.unit for row in rows):
        return rows
    names = {cue.name for cue in find_cues(words)} & RESOURCES
    if (
        len(names) != 1
        or "cold" in names
        or any(row.resource is not None and row.resource.charged for row in rows)
    ):
        return rows
    named = resource(names.pop())
    return tuple(row if row.unit else replace(row, resource=named, unit=lone_unit(named)) for row in rows)


def _doubted(one: PassedValue) -> PassedValue:
    return replace(one, confidence=min(one.confidence, _UNCLEAR))


def _blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    return mask_stretches(text, (TextMatch(start, end, "") for start, end in stretches), " ")


def _as_readings(passed: list[tuple[str, PassedValue]], contacts: Contacts) -> tuple[Reading, ...]:
    pairs: list[tuple[Reading, PassedValue]] = []
    told: dict[Decimal, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    by_part: dict[str, list[PassedValue]] = defaultdict(list)
    for part, value in passed:
        by_part[part].append(value)
    right = [value for _, value in passed if value.corrects]
    for part, value in passed:
        if not value.corrects and any(_replaces(other, value) for other in right):
            continue
        reading = _reading(part, value, by_part[part], contacts)
        if not _is_said_already(reading, value, pairs, told):
            told[reading.value][part].append(len(pairs))
            pairs.append((reading, value))
    return resolve_conflicts(pairs)


def _replaces(right: PassedValue, other: PassedValue) -> bool:
    """«ошибся, правильно 355» takes the place of the value of the same meter and resource."""
    return all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in ((right.resource, other.resource), (right.meter, other.meter))
    )


def _reading(part: str, one: PassedValue, others: list[PassedValue], contacts: Contacts) -> Reading:
    account, sure = one.account, 1.0
    if account is None:
        account, sure = assign_account(part, one, others, contacts)
        if sure < _LABELLED and account and one.meter and len(account) == len(one.meter):
            sure = _UNCLEAR  # «120031 - 123, 120032 - 98»: two accounts, or two meters
    measured = one.resource
    unit = one.unit
    if measured is None and unit is not None:
        measured = HEAT if unit.of_energy else HOT
    unit = unit or lone_unit(measured)
    return Reading(
        value=one.value,
        account=account,
        meter=one.meter,
        resource=measured,
        unit=unit,
        spans=(Span(part, one.start, one.end),),
        confidence=round(min(one.confidence, sure), 2),
        place=one.place,
    )


def _is_said_already(
    reading: Reading,
    one: PassedValue,
    pairs: list[tuple[Reading, PassedValue]],
    told: Mapping[Decimal, Mapping[str, list[int]]],
) -> bool:
    """The subject repeats the body, a summary repeats the list: same value, nothing against it.

    `told`: where in `pairs` the readings of a value and a part are; a list of equal values is not looked through for each.
    """
    own = reading.spans[0].part
    same_value = told.get(reading.value, {}).items()
    for position in sorted(
        at for part, positions in same_value if part != own or not one.listed for at in positions
    ):
        other, its = pairs[position]
        if _agree(reading, other):
            joined = replace(
                other,
                meter=other.meter or reading.meter,
                resource=other.resource or reading.resource,
                unit=other.unit or reading.unit,
                spans=(*other.spans, *reading.spans),
                confidence=max(other.confidence, reading.confidence),
            )
            pairs[position] = (joined, its)
            return True
    return False


def _agree(one: Reading, other: Reading) -> bool:
    return all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in (
            (one.account, other.account),
            (one.meter, other.meter),
            (one.resource, other.resource),
        )
    )
