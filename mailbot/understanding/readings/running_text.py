"""Values that a running text or a list passes on: each number asked what it measures and whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import Protocol, TypeVar

from mailbot.model import Unit
from mailbot.model.resource import may_be_charged
from mailbot.understanding.dial_values.confidence import GUESSED, confidence
from mailbot.understanding.dial_values.describing_words import (
    COLD,
    DialCue,
    find_cues,
    names_cold_water,
    resource,
)
from mailbot.understanding.dial_values.excluded_numbers import without_other_numbers
from mailbot.understanding.dial_values.meter_serials import find_meters_by_place, find_models
from mailbot.understanding.dial_values.numbers_with_units import NumberWithUnit, find_values
from mailbot.understanding.dial_values.passed_value import PassedValue, line_around
from mailbot.understanding.dial_values.passing_intent import (
    SentenceSpan,
    argues,
    complains,
    quotes_mistake,
    sentences,
)
from mailbot.understanding.dial_values.resource_of_value import RESOURCES, ResourceLabel
from mailbot.understanding.numbers.dates import find_days, without_days
from mailbot.understanding.numbers.words_to_digits import words_to_digits
from mailbot.understanding.readings.sentence_values import ERAS, CarriedContext, LetterOverview, LineAnalysis
from mailbot.understanding.text.marked_spans import mask_stretches

_MAX_VALUES = 40  # a sentence with more numbers is an archive of a device or noise; nobody passes that on
_FEW = 4  # words of a line that only names the resource
_WORDED = 0.75  # «сто двадцать три»: read, but by words


def read_sentences(text: str, part: str, heading: LetterOverview) -> tuple[PassedValue, ...]:
    """The values `text` passes on; contact data must already be taken out (`marked_spans.MASK`)."""
    meters = find_meters_by_place(text)
    plain = mask_stretches(mask_stretches(text, meters), find_models(text), "_")
    plain, worded = words_to_digits(plain)
    days = find_days(plain, heading.received_at)
    starts = {word.end: word.start for word in worded}
    values = tuple(
        replace(value, start=starts[value.end], trust=min(value.trust, _WORDED))
        if value.end in starts
        else value
        for value in find_values(without_other_numbers(without_days(plain, days)))
        if value.number < 10_000_000
    )
    if not values:
        return ()
    cues = find_cues(plain)
    of_subject = find_cues(heading.subject)
    in_subject = _single_name(of_subject)
    alone = _named_alone(plain, cues)
    context = CarriedContext(
        named=in_subject or _single_name(cues),
        beside=bool(in_subject) or alone,
        cold_water=_is_cold_water_alone((cues, plain), (of_subject, heading.subject)),
    )
    passed_values: list[PassedValue] = []
    for sentence in sentences(plain):
        own = _inside(values, sentence)
        if len(own) <= _MAX_VALUES:
            line = LineAnalysis(
                plain, sentence, own, _inside(cues, sentence), _inside(meters, sentence), heading, part
            )
            line.days = [day for day in _inside(days, sentence) if day.dates_values]
            passed_values += _read(line, context, sole=len(values) == 1)
    charged = [item for item in passed_values if may_be_charged(item.resource)]
    if len(charged) == 1 and len(meters) == 1 and all(item.meter is None for item in passed_values):
        # one meter and one value belong together
        return tuple(
            replace(item, meter=meters[0].value) if item is charged[0] else item for item in passed_values
        )
    return tuple(passed_values)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


P = TypeVar("P", bound=_Placed)


def _inside(marks: tuple[P, ...], sentence: SentenceSpan) -> list[P]:
    first = bisect_left(marks, sentence.start, key=lambda mark: mark.start)
    return list(marks[first : bisect_left(marks, sentence.end, key=lambda mark: mark.start)])


def _named_alone(text: str, cues: tuple[DialCue, ...]) -> bool:
    """«Горячая вода» on a line of its own names all the values of the letter, above or below."""
    if not _single_name(cues):
        return False
    lines = (line_around(text, cue.start) for cue in cues if cue.name in RESOURCES)
    return any(
        len(text[start:end].split()) <= _FEW and not re.search(r"\d", text[start:end]) for start, end in lines
    )


def _is_cold_water_alone(*named: tuple[tuple[DialCue, ...], str]) -> bool:
    """Of what the texts name and the company does not charge for: is all of it cold water?"""
    words = [text[cue.start : cue.end] for cues, text in named for cue in cues if cue.name == "cold"]
    return bool(words) and all(names_cold_water(word) for word in words)


def _single_name(cues: tuple[DialCue, ...]) -> str:
    names = {cue.name for cue in cues if cue.name in RESOURCES}
    return names.pop() if len(names) == 1 else ""


def _read(line: LineAnalysis, context: CarriedContext, *, sole: bool) -> list[PassedValue]:
    values: list[PassedValue] = []
    last = since = line.sentence.start
    replaced = False
    for position, value in enumerate(line.values):
        following = line.values[position + 1].start if position + 1 < len(line.values) else line.sentence.end
        if line.is_aside(value, last, first=position == 0):
            continue
        state = line.state(value, last) or (line.turned() if replaced else line.afterthought(value, context))
        state = state or line.opened(value, context)
        replaced = state == "wrong" or line.is_superseded(value, following)
        if replaced:
            last = value.stop
            continue
        passed_value = _judge(line, value, state, last, since, following, context, sole=sole)
        if passed_value is not None:
            values.append(passed_value)
            context.meter = None
            context.given += 1
            since = value.stop
        last = value.stop
    _leave(line, context, values)
    return values


def _leave(line: LineAnalysis, context: CarriedContext, found: list[PassedValue]) -> None:
    if not line.values or any(cue.name in ERAS for cue in line.cues):
        context.opened = line.opens()
    names = [cue.name for cue in line.cues if cue.name in RESOURCES]
    if names:
        context.named = names[-1]
        context.beside = (not line.values or line.sentence.mark == ";") and len(line.words) < 60
    elif line.values and not line.is_bare() and not line.named:
        context.beside = False
    if line.meters and not found:
        context.meter = line.meters[-1]
    if line.days and not line.values:
        context.day = line.days[-1]


def _judge(
    line: LineAnalysis,
    value: NumberWithUnit,
    state: str,
    last: int,
    since: int,
    following: int,
    context: CarriedContext,
    *,
    sole: bool,
) -> PassedValue | None:
    if state in {"old", "about"} or (state == "right" and quotes_mistake(line.words)):
        return None
    name = line.name(value, last, following, context)
    if (
        value.unit is not None
        and value.unit.of_heat_alone
        and not name.beside
        and name.resource in {"cold", "hot"}
    ):
        name = replace(name, resource="")  # «739,406 Гкал, M1 2311,2»: only heat is told in these
    if state == "difference" and (name.resource in {"hot", "cold"} or not (sole and value.unit)):
        return None
    measured = resource(name.resource)
    if name.resource == "cold":
        if not _is_cold_water(name, value, context):
            return None
        measured = COLD
    elif name.resource == "heat" and value.unit is Unit.M3:
        measured = None
    if name.room and complains(line.words) and value.unit is None:
        return None
    right = state == "right" and line.heading.corrects
    at = value.start - line.sentence.start
    if not right and argues(line.words, line.sentence.mark, at=at, state=state):
        return None
    meter = line.meter(value, since, following, context)
    sure = confidence(
        value,
        name,
        words=line.words,
        at=at,
        state=state,
        meter=meter.value if meter else None,
        dated=line.is_dated_beside(value),
        sole=sole,
        speaks=line.speaks,
        passes=line.heading.passes,
        subject=line.part == "subject",
    )
    if sure <= 0:
        return None
    if (
        state == "difference"
        or (meter is not None and meter.confidence < 0.6)
        or line.heading.unusual
        or line.words.count("\t") > 1
    ):
        sure = min(sure, GUESSED)
    return PassedValue(
        start=value.start,
        end=value.stop,
        line=line_around(line.text, value.start),
        value=value.number,
        unit=value.unit,
        resource=measured,
        meter=meter.value if meter else None,
        confidence=sure,
        corrects=right,
        listed=meter is not None or len(line.values) > 1,
        place=line.place(value, last, name),
        dated=line.dated(value, last, following, context),
    )


def _is_cold_water(name: ResourceLabel, value: NumberWithUnit, context: CarriedContext) -> bool:
    """Is the value, of something that is not charged for, one of cold water?"""
    named = names_cold_water(name.word) if name.word else context.cold_water
    return named and value.unit in {None, Unit.M3}
