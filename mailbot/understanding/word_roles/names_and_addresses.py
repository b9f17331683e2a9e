"""Names and addresses of a letter as the models of roles read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mailbot.model import Letter, SegmentRole
from mailbot.model.trained.name_words import OWN, UNTRAINED_WORDS, WordModels
from mailbot.understanding.names.surrounding_words import COMPANY_PEOPLE
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.text.marked_spans import TextMatch
from mailbot.understanding.word_roles.address_assembly import places
from mailbot.understanding.word_roles.house_numbers import PlaceNumber
from mailbot.understanding.word_roles.person_assembly import (
    PersonMention,
    is_sender,
    persons,
    seen_of,
    stretch,
    written,
)
from mailbot.understanding.word_roles.tag_search import tag
from mailbot.understanding.word_roles.word_sequence import SeenNumber, WordPage, page, sender_of

_GIVEN_ALONE = 0.3
"""A first name says little of who writes."""

_SENDER = 0.2
"""How much likelier a person is the writer whom `From` names."""


@dataclass(frozen=True, slots=True)
class NamedPart:
    """The names and the addresses of a part, in order; `quoted_addresses` are those in earlier correspondence."""

    part: str
    names: tuple[TextMatch, ...]
    addresses: tuple[TextMatch, ...]
    quoted_addresses: tuple[TextMatch, ...] = ()


def read_names(letter: Letter, read: Sequence[ReadPart], models: WordModels) -> tuple[NamedPart, ...]:
    """The people and places of every part; none where the models have not been taught."""
    if models is UNTRAINED_WORDS:
        return ()
    return tuple(_named(letter, part, models) for part in read)


def _named(letter: Letter, read: ReadPart, models: WordModels) -> NamedPart:
    numbers = [SeenNumber(role.number.start, role.number.end, role.role) for role in read.roles]
    seen = page(
        read.part, read.text, numbers, read.seen.quoted, sender_of(letter.from_.name, letter.from_.email)
    )
    spans = tag(seen, models.tagged)
    others = [
        (segment.start, segment.end)
        for segment in letter.part(read.part).segments
        if segment.role in {SegmentRole.QUOTED, SegmentRole.DISCLAIMER}
    ]
    people = persons(seen, spans)
    names = tuple(
        _as_mark(seen, person, people, models)
        for person in people
        if not _is_inside(others, seen.words[person.first].start) and not _is_of_company(seen, person)
    )
    housed = [
        PlaceNumber(role.number.start, role.number.end, role.role, role.number.digits, role.probability)
        for role in read.roles
    ]
    where = [
        (place.quoted, TextMatch(place.start, place.end, place.value, place.confidence, place.more))
        for place in places(seen, spans, housed)
    ]
    return NamedPart(
        read.part,
        names,
        tuple(mark for quoted, mark in where if not quoted),
        tuple(mark for quoted, mark in where if quoted),
    )


def _is_inside(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in stretches)


def _is_of_company(seen: WordPage, one: PersonMention) -> bool:
    return any(word.known.startswith(COMPANY_PEOPLE) for word in seen.words[one.first : one.last + 1])


def _as_mark(
    seen: WordPage, one: PersonMention, people: Sequence[PersonMention], models: WordModels
) -> TextMatch:
    return TextMatch(*stretch(seen, one), written(seen, one), _ownness(seen, one, people, models))


def _ownness(
    seen: WordPage, one: PersonMention, people: Sequence[PersonMention], models: WordModels
) -> float:
    """How sure it is that the words name who writes."""
    logs = models.own.log_probabilities(seen_of(seen, one, people))
    own = float(np.exp(logs[models.own.classes.index(OWN)]))
    if is_sender(seen, one):
        own = own + (1 - own) * _SENDER
    sure = min(own, one.probability, 0.97)
    return round(sure if one.shape not in {"G", "P"} else sure * _GIVEN_ALONE, 2)
