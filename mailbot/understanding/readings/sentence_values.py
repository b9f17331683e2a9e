"""One sentence with the values, telling words, serials and days that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from mailbot.understanding.dial_values.describing_words import DialCue
from mailbot.understanding.dial_values.numbers_with_units import NumberWithUnit
from mailbot.understanding.dial_values.passing_intent import SentenceSpan
from mailbot.understanding.dial_values.resource_of_value import (
    RESOURCES,
    ResourceLabel,
    name_of,
    pairs,
    reads_forward,
)
from mailbot.understanding.numbers.dates import DateMention
from mailbot.understanding.text.marked_spans import MASK, TextMatch

_STATES = {"old", "new", "difference", "right", "wrong", "about"}
_OF_ACCOUNT = re.compile(rf"{MASK}\W{{0,4}}$")
_DASH = re.compile(r"[\s:=–—-]{1,4}")
ERAS = frozenset({"old", "new"})
_LETTERS = re.compile(r"[^\W\d_]+")
_COLON = re.compile(
    r"(?:\s+(?:показани\w*|значени\w*|период\w*|месяц\w*|на\s+[\d.]{5,10}|\([^)]{1,20}\))){0,3}\s*(?::|\s?[-–—]\s|$|\n)"
)
_LAST_TIME = re.compile(r"прошл\w*\s+раз\w*\s+(?:вы\s+)?(?:потеря|забы|не\s|никто|опять|так)", re.IGNORECASE)
_NEAR = {"about": 14, "wrong": 18, "right": 30, "difference": 40}  # characters a word reaches forward
# «123 -> 130», «45 ой 46»: the left one is old or mistaken
_ARROW = re.compile(r"[\s,.…]*(?:-+>|→|=>|—>|>|ой|точнее|вернее)[\s,:]*")
_UP_TO = re.compile(r"\s*(?:до|на|по)\s*")
_FROM = re.compile(r"\b(?:с|со|от)\s*$", re.IGNORECASE)
_OOPS = re.compile(
    r"\W*(?:ой|ошиб(?:ся|лась|очка)|извините|простите|точнее|вернее)\b\D{0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LetterOverview:
    """What the whole letter says: does it speak of meters, does it pass on, does it correct; its subject.

    `unusual`: a meter was replaced, or two dials were mixed up; a person has to enter the new values.
    """

    speaks: bool
    passes: bool
    subject: str
    received_at: datetime
    corrects: bool
    unusual: bool


@dataclass(slots=True)
class CarriedContext:
    """What earlier lines leave for the next: a resource named in a heading, a serial, a day not yet used.

    `opened` is «old» or «new» below a line that says no more than «Было:» or «Показания на конец:». `cold_water`: all that
    is named and not charged for is cold water.
    """

    named: str = ""
    beside: bool = False
    meter: TextMatch | None = None
    day: DateMention | None = None
    given: int = 0
    opened: str = ""
    cold_water: bool = False


class LineAnalysis:
    """What stands in a sentence, and what it says of each of its values."""

    def __init__(
        self,
        text: str,
        sentence: SentenceSpan,
        values: list[NumberWithUnit],
        cues: list[DialCue],
        meters: list[TextMatch],
        heading: LetterOverview,
        part: str,
    ) -> None:
        self.text, self.sentence, self.heading, self.part = text, sentence, heading, part
        self.words = text[sentence.start : sentence.end]
        self.values, self.meters = values, meters
        units = {at for value in values for at in range(value.end, value.stop)}
        self.cues = [cue for cue in cues if cue.start not in units]
        self.named = [cue for cue in self.cues if cue.name in RESOURCES or cue.name == "room"]
        self.pairs = pairs(values, self.named, text) if len(self.named) > 1 else {}
        self.days: list[DateMention] = []
        self.forward = reads_forward(values, self.named)
        both = {cue.name for cue in self.named}
        self.speaks = heading.speaks or ({"hot", "cold"} <= both and len(values) > 1)

    def is_aside(self, value: NumberWithUnit, last: int, *, first: bool) -> bool:
        """«123 (сто двадцать три)», «123 (5 кубов)»: said of the value before."""
        between = self.text[last : value.start]
        return (
            not first
            and bool(re.fullmatch(r"\s?\(\s*(?:это\s|расход\s|\+\s?)?", between))
            and self.text[value.stop : value.stop + 1] == ")"
        )

    def afterthought(self, value: NumberWithUnit, context: CarriedContext) -> str:
        """«гвс 345 … ой, ошиблась, 354» on a line of its own."""
        alone = self.part != "subject" and context.given and len(self.values) == 1
        return "right" if alone and _OOPS.match(self.text[self.sentence.start : value.start]) else ""

    def opened(self, value: NumberWithUnit, context: CarriedContext) -> str:
        """«Предыдущие: кухня 61, ванна 143»: the word at the head of a line, or of a list, counts for all of it."""
        if own := self.opens():
            return (
                own if not any(cue.name in ERAS for cue in self.cues[1:] if cue.start < value.start) else ""
            )
        return context.opened

    def opens(self) -> str:
        """Is the sentence opened by a word of old or new values and a colon?"""
        first = next((cue for cue in self.cues if cue.name not in {"room"}), None)
        if first is None or first.name not in ERAS:
            return ""
        head = self.text[self.sentence.start : first.start]
        after = self.text[first.end : first.end + 40]
        alone = len(_LETTERS.findall(head)) <= 2 and _COLON.match(after)
        return first.name if alone else ""

    def turned(self) -> str:
        return "right" if self.heading.corrects else "new"

    def state(self, value: NumberWithUnit, last: int) -> str:
        for cue in reversed(self.cues):
            if cue.end > value.start or cue.name not in _STATES:
                continue
            if cue.start < last:
                break
            if value.start - cue.end <= (
                0 if _LAST_TIME.match(self.text, cue.start) else _NEAR.get(cue.name, 60)
            ):
                return cue.name
        told_after = next((cue for cue in self.cues if cue.start >= value.stop), None)
        follows = told_after is not None and told_after.name == "new" and told_after.start <= value.stop + 2
        return (
            "new"
            if follows and told_after is not None and told_after.end + 2 >= len(self.text.rstrip())
            else ""
        )

    def is_superseded(self, value: NumberWithUnit, following: int) -> bool:
        """The left one of «123 -> 130», «с 345 на 354», «118 стало 123»."""
        between = self.text[value.stop : following]
        if _ARROW.match(between) and _ARROW.fullmatch(between):
            return True
        if self.heading.corrects and between.strip() == "на":
            return True
        if _UP_TO.fullmatch(between) and _FROM.search(self.text[max(0, value.start - 4) : value.start]):
            return True
        if following >= self.sentence.end:
            return False
        return any(
            cue.name == "new" and value.stop <= cue.start and cue.end <= following <= cue.end + 3
            for cue in self.cues
        ) and not any(value.stop <= cue.start < following for cue in self.named)

    def name(
        self, value: NumberWithUnit, last: int, following: int, context: CarriedContext
    ) -> ResourceLabel:
        if value.start in self.pairs:
            return self.pairs[value.start]
        if not self.named and context.beside and self.is_bare():
            return ResourceLabel(
                context.named, MASK not in self.words or (self.heading.speaks and self.is_of_account())
            )
        return name_of(value, last, following, self.text, self.named, context.named, forward=self.forward)

    def is_bare(self) -> bool:
        """Numbers and days alone: an item of a list that a heading names."""
        start = self.sentence.start
        rest = list(self.words)
        for day in self.days:
            rest[day.start - start : day.end - start] = " " * (day.end - day.start)
        return len(re.findall(r"[^\W\d_]{2,}", "".join(rest))) <= 1

    def is_of_account(self) -> bool:
        """«лс 120031 - 45»: an account and its value."""
        before = self.text[self.sentence.start : self.values[0].start]
        return len(self.values) == 1 and bool(_OF_ACCOUNT.search(before))

    def place(self, value: NumberWithUnit, last: int, name: ResourceLabel) -> str:
        """Its room, and the ordinal that stands before it («ГВС-1 123»)."""
        between = self.text[last : value.start]
        ordinals = re.findall(r"(?<![\d.,])[1-9](?![\d.,]\d|\d)|перв|втор|трет", between)
        return name.room + "".join(ordinals[-1:])

    def meter(
        self, value: NumberWithUnit, last: int, following: int, context: CarriedContext
    ) -> TextMatch | None:
        if self.meters and self.values[0].start < self.meters[0].start:
            after = [meter for meter in self.meters if value.stop <= meter.start < following]
            return after[0] if after else context.meter
        before = [meter for meter in self.meters if last <= meter.start < value.start]
        return before[-1] if before else context.meter

    def is_dated_beside(self, value: NumberWithUnit) -> bool:
        """«01.11 - 124»: nothing but a dash between the day and the value."""
        return any(
            _DASH.fullmatch(self.text, day.end, value.start) for day in self.days if day.end <= value.start
        )

    def dated(self, value: NumberWithUnit, last: int, following: int, context: CarriedContext) -> int | None:
        """The day told before the value, or after it where the sentence has it so; else that of its heading."""
        precede = bool(self.days) and self.days[0].start < self.values[0].start
        low, high = (last, value.start) if precede else (value.stop, following)
        own = [day for day in self.days if low <= day.start < high]
        if own:
            return own[-1 if precede else 0].order
        return context.day.order if context.day and not self.days else None
