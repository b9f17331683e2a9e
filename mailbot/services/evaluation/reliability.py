"""How often a thing was right that the machine called so and so sure: what thresholds are set by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mailbot.model import ExtractedValue
from mailbot.services.evaluation.judging import JudgedLetter
from mailbot.services.evaluation.label_agreement import SAME, comparable_readings
from mailbot.services.evaluation.labelled_folder import IGNORE
from mailbot.services.trial.explanation import shown_contact

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Things whose confidence lay in `least`..`most` (half-open): how many, and how many were right."""

    least: float
    most: float
    things: int
    right: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """One field; its bins from low to high, without the empty ones."""

    field: str
    bins: tuple[ConfidenceBin, ...]


def reliability(letters: Sequence[JudgedLetter]) -> tuple[Reliability, ...]:
    """Of the primary kind, of readings, and of each contact, over all letters that are clients'."""
    clients = [letter for letter in letters if letter.label.must != IGNORE]
    return (
        _binned(
            "primary", ((client.result.facts.kinds[0].confidence, _primary(client)) for client in clients)
        ),
        _binned("readings", (pair for client in clients for pair in _readings(client))),
        *(_binned(field, (pair for client in clients for pair in _contact(client, field))) for field in SAME),
    )


def _primary(one: JudgedLetter) -> bool:
    return one.result.facts.primary is one.label.primary


def _readings(one: JudgedLetter) -> Iterator[tuple[float, bool]]:
    left = comparable_readings((reading.account, str(reading.value)) for reading in one.label.readings)
    for reading in one.readings:
        (key,) = comparable_readings([(reading.account, str(reading.value))])
        yield reading.confidence, left[key] > 0
        left[key] -= 1


def _contact(one: JudgedLetter, field: str) -> Iterator[tuple[float, bool]]:
    contacts = one.result.facts.contacts
    values_by_field: dict[str, tuple[ExtractedValue[str], ...]] = {
        "name": contacts.names,
        "account": contacts.accounts,
        "phone": contacts.phones,
        "address": contacts.addresses,
    }
    label, shown = getattr(one.label.contacts, field), shown_contact(one.result, field)
    if shown is not None:
        yield values_by_field[field][0].confidence, bool(label) and SAME[field](label, shown)


def _binned(field: str, pairs: Iterable[tuple[float, bool]]) -> Reliability:
    known = list(pairs)
    bins = []
    for least, most in pairwise(EDGES):
        inside = [right for share, right in known if least <= share < most]
        if inside:
            bins.append(ConfidenceBin(least, min(most, 1.0), len(inside), sum(inside)))
    return Reliability(field, tuple(bins))
