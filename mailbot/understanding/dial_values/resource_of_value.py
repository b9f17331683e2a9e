"""Which resource a value of a sentence measures, and whether its word stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from mailbot.understanding.dial_values.describing_words import DialCue
from mailbot.understanding.dial_values.numbers_with_units import NumberWithUnit
from mailbot.understanding.text.marked_spans import MASK

RESOURCES = frozenset({"hot", "heat", "cold"})
# Words that may stand between the resource and its value; any other says that the number is of something else
_BRIDGE = re.compile(
    r"показ|знач|сч[её]т|сч\b|приб|ипу|пу\b|одпу|опу|уч[её]т|состав|равн|это|теку|тек\b|сегодн|месяц|стал|сейчас"
    r"|теперь|был|пред|за\b|на\b|по\b|нов|последн|конечн|кон\b|настоящ|правильн|верн|надо|исправ|вместо|накопл|энерг"
    r"|тепл|отоп|вод|гор|хол|гвс|хвс|снабж|кухн|ванн|сануз|туалет|су\b|куб|объ[её]м|номер|зав|серийн|перв|втор|трет"
    r"|ст?ояк|ввод|уз[её]л|уз\b|квартир|кв\b|общ|дом|нас|мен[яю]|мо[йяе]|мам|наш|нат|намот|накру|набеж|накап|щ[её]лк|переда|прин|прим"
    r"|прош|сообщ|направ|вот\b|данн|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|год|г\b|потреб|употреб|расход|всего"
    r"|ито|сум|гкал|гдж|мвт|квт|пульсар|бетар|итэлм|сгв|скб|тайпит|карат|вкт|взл|декаст|экомер|норма|валтек|пок\b"
    r"|запиш|внес|учт|зачт|поста|и\b|а\b|у\b|в\b|с\b|от\b|до\b|то\b|есть|измер|кв|ч\b|без|измен|индив|показыва|табл"
    r"|верхн|нижн|лев|больш|мал"
    r"|gvs|pokaz|vod|schet|goryach|счит|не\b|посл|т\b|q|квартал|дан[оа]|лиц|адрес|дата",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\s/,\\+&-]{0,4}(?:и\s)?(?:вода\s)?")
_FAR = 70  # characters between a resource and its value


@dataclass(frozen=True, slots=True)
class ResourceLabel:
    """`resource` is a cue's name or empty; `beside` where nothing strange stands between; `room` as written.

    `word` is the cue itself as written, empty where an earlier line named the resource.
    """

    resource: str
    beside: bool
    room: str = ""
    by_room: bool = False
    word: str = ""


def name_of(
    value: NumberWithUnit,
    last: int,
    following: int,
    text: str,
    cues: list[DialCue],
    inherited: str,
    *,
    forward: bool,
) -> ResourceLabel:
    """The name of `value`, of which the one before ends at `last` and the next begins at `following`.

    `cues` are the resources and rooms of the sentence, `forward` as `reads_forward` has it; `inherited` is
    what an earlier line named.
    """
    after = next((cue for cue in cues if value.stop <= cue.start < min(following, value.stop + 22)), None)
    before = next((cue for cue in reversed(cues) if cue.end <= value.start), None)
    if after is not None and _clean(text[value.stop : after.start]):
        free = not any(last <= cue.start and cue.end <= value.start for cue in cues)
        if forward or (free and not 0 <= following - after.end <= 3):
            return _named(after, cues, inherited, text, beside=True)
    if before is None:
        return ResourceLabel(inherited, False)
    gap = text[max(before.end, last) : value.start]
    beside = len(gap) <= _FAR and _clean(gap)
    return _named(before, cues, inherited, text, beside=beside)


def reads_forward(values: list[NumberWithUnit], cues: list[DialCue]) -> bool:
    """«117 кухня, 98 ванная»: values first, each followed by its own word."""
    if not cues or not values or values[0].start > cues[0].start:
        return False
    stop = values[-1].stop
    return any(stop <= cue.start and cue.start - stop <= 12 for cue in cues)


def _clean(gap: str) -> bool:
    return all(_BRIDGE.match(word) for word in _WORD.findall(gap.replace(MASK, " ")))


def _named(cue: DialCue, cues: list[DialCue], inherited: str, text: str, *, beside: bool) -> ResourceLabel:
    """A room takes the resource named before it («ХВС кухня 12, ванная 14»), else it is a hot-water meter."""
    if cue.name == "room":
        before = [other for other in cues if other.end <= cue.start and other.name != "room"]
        resource = before[-1].name if before else inherited
        word = _written(before[-1], text) if before else ""
        return ResourceLabel(resource or "hot", beside, _written(cue, text)[:4].lower(), not resource, word)
    room = next((other for other in reversed(cues) if other.end <= cue.end and other.name == "room"), None)
    beside_room = _written(room, text)[:4].lower() if room else ""
    return ResourceLabel(cue.name, beside, beside_room, word=_written(cue, text))


def _written(cue: DialCue, text: str) -> str:
    return text[cue.start : cue.end]


def pairs(values: list[NumberWithUnit], cues: list[DialCue], text: str) -> dict[int, ResourceLabel]:
    """«хвс/гвс 98/123»: adjacent resources and as many values after them belong together in order."""
    labels: dict[int, ResourceLabel] = {}
    named = [cue for cue in cues if cue.name in RESOURCES]
    for first, second in pairwise(named):
        if first.name == second.name or not _JOINED.fullmatch(text[first.end : second.start]):
            continue
        limit = next((cue.start for cue in named if cue.start > second.start), len(text))
        own = [value for value in values if second.end <= value.start < limit]
        if len(own) == 2:
            for value, cue in zip(own, (first, second), strict=True):
                labels[value.start] = ResourceLabel(cue.name, True, word=_written(cue, text))
    return labels
