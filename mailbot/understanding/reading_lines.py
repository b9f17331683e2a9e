"""Values that a running text or a list passes on: each number asked what it measures and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailbot.model import Resource, Unit
from mailbot.understanding.dial_words import Cue, find_cues, resource
from mailbot.understanding.intent import Sentence, argues, corrects, sentences
from mailbot.understanding.marks import TAKEN, Mark, take_out
from mailbot.understanding.meters import find_meters, find_models
from mailbot.understanding.not_values import without_other_numbers
from mailbot.understanding.passed import Passed, line_around
from mailbot.understanding.values import Value, find_values

_RESOURCES = {"hot", "heat", "cold", "room"}
_STATES = {"old", "new", "difference", "right", "wrong", "about"}
_NEAR = {"about": 14, "wrong": 18, "right": 30, "difference": 40}  # characters a word reaches forward
_TELLS = re.compile(
    r"показан\w*|значени\w*|показыва\w*|показател\w*|табло|сч[её]тчик\w*|pokazani\w*", re.IGNORECASE
)
_BRIDGE = re.compile(
    rf"показ|знач|сч[её]т|приб|составл|{TAKEN}|№|теку|сегодн|месяц|стало|сейчас|было|пред|за\b", re.IGNORECASE
)
# «123 -> 130», «45 ой 46»: the left one is old or mistaken
_ARROW = re.compile(r"^[\s,.…]*(?:-+>|→|=>|—>|>|ой|точнее|вернее)[\s,:]*$", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[.,](?:0[1-9]|1[0-2])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_VALUES = 40  # a sentence with more numbers is an archive of a device or noise; nobody passes that on
_FEW_WORDS = 7  # a bare form («Водичка за ноябрь 148!») has no more words than this


@dataclass(frozen=True, slots=True)
class Heading:
    """What the whole letter says: does it speak of meters, does it pass on, its subject and words."""

    speaks: bool
    passes: bool
    subject: str
    words: str


@dataclass(slots=True)
class _Context:
    """What earlier lines leave for the next: a resource named in a heading, a serial not yet used."""

    named: str = ""
    meter: str | None = None


def read_sentences(text: str, part: str, heading: Heading) -> tuple[Passed, ...]:
    """The values `text` passes on; contact data must already be taken out (`marks.TAKEN`)."""
    meters = find_meters(text)
    plain = take_out(take_out(text, meters), find_models(text), "_")
    values = tuple(value for value in find_values(without_other_numbers(plain)) if _could_be_dial(value))
    cues = find_cues(plain)
    context = _Context(
        named=_single_name(find_cues(heading.subject)) or _single_name(find_cues(heading.words))
    )
    found: list[Passed] = []
    for sentence in sentences(plain):
        if sum(sentence.start <= value.start < sentence.end for value in values) > _MOST_VALUES:
            continue
        line = _Line(plain, sentence, values, cues, meters, heading, sole=len(values) == 1, part=part)
        found += line.read(context)
    return _with_lone_meter(tuple(found), meters)


def _could_be_dial(value: Value) -> bool:
    return value.number < 10_000_000


def _single_name(cues: tuple[Cue, ...]) -> str:
    names = {cue.name for cue in cues if cue.name in {"hot", "heat", "cold"}}
    return names.pop() if len(names) == 1 else ""


def _with_lone_meter(found: tuple[Passed, ...], meters: tuple[Mark, ...]) -> tuple[Passed, ...]:
    """One meter and one value in a text belong together wherever they stand."""
    if len(found) == 1 and len(meters) == 1 and found[0].meter is None:
        return (replace(found[0], meter=meters[0].value),)
    return found


class _Line:
    """One sentence with the values, telling words and serials that stand in it."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        values: tuple[Value, ...],
        cues: tuple[Cue, ...],
        meters: tuple[Mark, ...],
        heading: Heading,
        *,
        sole: bool,
        part: str,
    ) -> None:
        inside = range(sentence.start, sentence.end)
        self.text, self.sentence, self.heading, self.sole, self.part = text, sentence, heading, sole, part
        self.words = text[sentence.start : sentence.end]
        self.values = [value for value in values if value.start in inside]
        self.cues = [cue for cue in cues if cue.start in inside and not self._is_unit(cue)]
        self.meters = [meter for meter in meters if meter.start in inside]
        self.forward = self._reads_forward()

    def _is_unit(self, cue: Cue) -> bool:
        return any(value.end <= cue.start < value.stop for value in self.values)

    def read(self, context: _Context) -> list[Passed]:
        found: list[Passed] = []
        last = self.sentence.start
        for position, value in enumerate(self.values):
            following = (
                self.values[position + 1].start if position + 1 < len(self.values) else self.sentence.end
            )
            one = self._judge(value, last, following, context)
            if one is not None:
                found.append(one)
                last = value.stop
                context.meter = None
        names = [cue.name for cue in self.cues if cue.name in {"hot", "heat", "cold"}]
        if names:
            context.named = names[-1]
        if self.meters and not found:
            context.meter = self.meters[-1].value
        return found

    def _judge(self, value: Value, last: int, following: int, context: _Context) -> Passed | None:
        state = self._state(value)
        if state in {"old", "wrong", "about"} or self._is_left_of_arrow(value, following):
            return None
        if state == "difference" and not (self.sole and value.unit):
            return None
        named, beside = self._name(value, following, context)
        if named == "cold":
            return None
        right = state == "right" and corrects(self.heading.words)
        if not right and argues(
            self.words, self.sentence.mark, at=value.start - self.sentence.start, state=state
        ):
            return None
        meter = self._meter(value, last, context)
        confidence = self._confidence(value, state, named, beside=beside, meter=meter)
        if confidence <= 0:
            return None
        return Passed(
            start=value.start,
            end=value.stop,
            line=line_around(self.text, value.start),
            value=value.number,
            unit=value.unit,
            resource=resource(named) if not _contradicts(named, value) else None,
            meter=meter,
            confidence=confidence,
            corrects=right,
            listed=meter is not None or len(self.values) > 1,
        )

    def _state(self, value: Value) -> str:
        before = [cue for cue in self.cues if cue.end <= value.start and cue.name in _STATES]
        earlier = max(
            (other.end for other in self.values if other.end <= value.start), default=self.sentence.start
        )
        for cue in reversed(before):
            if cue.start < earlier:
                break
            if value.start - cue.end <= _NEAR.get(cue.name, 60):
                return cue.name
        return ""

    def _is_left_of_arrow(self, value: Value, following: int) -> bool:
        return bool(_ARROW.match(self.text[value.stop : following]))

    def _reads_forward(self) -> bool:
        """«117 кухня, 98 ванная»: values first, each followed by its own word."""
        named = [cue for cue in self.cues if cue.name in _RESOURCES]
        if not named or not self.values or self.values[0].start > named[0].start:
            return False
        return all(
            any(value.stop <= cue.start and cue.start - value.stop <= 12 for cue in named)
            for value in self.values[-1:]
        )

    def _name(self, value: Value, following: int, context: _Context) -> tuple[str, bool]:
        """The resource of a value, and whether its word stands beside it."""
        named = [cue for cue in self.cues if cue.name in _RESOURCES]
        after = next(
            (cue for cue in named if value.stop <= cue.start < min(following, value.stop + 22)), None
        )
        before = next((cue for cue in reversed(named) if cue.end <= value.start), None)
        if after is not None and (self.forward or before is None):
            return self._settle(after, named, context), True
        if before is not None:
            gap = self.text[before.end : value.start]
            return self._settle(before, named, context), len(gap) <= 34 or bool(_BRIDGE.search(gap))
        return context.named, False

    def _settle(self, cue: Cue, named: list[Cue], context: _Context) -> str:
        """A room takes the resource named before it («ХВС кухня 12, ванная 14»)."""
        if cue.name != "room":
            return cue.name
        before = [other.name for other in named if other.end <= cue.start and other.name != "room"]
        return before[-1] if before else context.named or "hot"

    def _meter(self, value: Value, last: int, context: _Context) -> str | None:
        before = [meter for meter in self.meters if last <= meter.start < value.start]
        if before:
            return before[-1].value
        after = [meter for meter in self.meters if value.stop <= meter.start]
        if after and not any(other.start > value.start for other in self.values):
            return after[0].value
        return context.meter

    def _confidence(self, value: Value, state: str, named: str, *, beside: bool, meter: str | None) -> float:
        speaks = self.heading.speaks or self.heading.passes
        ordinary = len(_WORD.findall(self.words))
        if not speaks and ordinary > _FEW_WORDS:
            return 0.0
        if value.unit is not None:
            return (
                (0.97 if named else 0.94 if value.unit is not Unit.M3 else 0.88) if beside or speaks else 0.85
            )
        if self.part == "subject" and _DAY_AND_MONTH.fullmatch(value.written):
            return 0.0
        if named and beside:
            return 0.93
        if len(value.written) < 2 or (_DAY_AND_MONTH.fullmatch(value.written) and not meter):
            return 0.0
        if state in {"new", "right"} or meter is not None:
            return 0.85 if named else 0.7
        told = _TELLS.search(self.words[: value.start - self.sentence.start])
        if told and value.start - self.sentence.start - told.end() <= 40:
            return 0.85 if named else 0.65
        if self.sole and speaks and self.part != "subject" and ordinary <= _FEW_WORDS:
            return 0.75 if named else 0.6
        return 0.0


def _contradicts(named: str, value: Value) -> bool:
    """A heat meter does not count m³ of hot water: the unit then says more than a far word."""
    return named == "heat" and value.unit is Unit.M3 and resource(named) is Resource.HEATING
