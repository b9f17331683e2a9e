"""The judgement over a letter: which emergencies it tells of, and what speaks against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mailbot.model import ExtractedValue, Span, Topic
from mailbot.understanding.text.passages import Passage
from mailbot.understanding.urgency.cold import freezes, freezing_rooms, lack_of_heat
from mailbot.understanding.urgency.dangers import dangers
from mailbot.understanding.urgency.despair import despair
from mailbot.understanding.urgency.event_reality import UNCLEAR, EventReality, judge
from mailbot.understanding.urgency.predicate_context import DANGER
from mailbot.understanding.urgency.sentence_events import EmergencyEvent, events, events_at_parts
from mailbot.understanding.urgency.sentences import Sentence, stretches
from mailbot.understanding.urgency.vocabulary import EventWordRole, WordSense
from mailbot.understanding.urgency.whole_letter_signs import UrgencySigns, signs_of

MAX_EVENTS = 60
"""Events looked at: what a letter tells of is said by then, and no long list holds up the others."""

_PARTS = frozenset({EventWordRole.PART, EventWordRole.HEAT})
"""What water may run out of."""

_BESIDE = 4
_SURE, _MORE, _MAX_CONFIDENCE = 0.8, 0.06, 0.98
_OPEN = 0.5
_FROST = re.compile(
    r"(?<![\d.,])[-−–]\s?(?:1[5-9]|[2-5]\d)(?![\d.,]\d|\d|-)|минус\w* (?:1[5-9]|[2-5]\d|пятнадцат|двадцат|тридцат|сорок)"
    r"|(?<!\w)мороз\w* (?:под |в |за )?(?:[1-5]\d|двадцат|тридцат|сорок)"
    r"|(?<!\w)(?:дом|квартир|комнат|групп|класс|помещен|внутри|спальн|зал|кухн|палат|кабинет)[^.!?\n\d+]{0,20}"
    r"(?:\+ ?(?:\d|1[0-2])(?!\d)|(?:\d|1[0-2]) ?(?:град|°))"
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """`urgent`: names of emergency topics, the surest first. `doubt`: what speaks against them, empty where nothing does."""

    urgent: tuple[ExtractedValue[str], ...] = ()
    doubt: str = ""


def find_urgent(
    named: tuple[ExtractedValue[str], ...],
    topics: tuple[Topic, ...],
    texts: tuple[Passage, ...],
    received_at: datetime,
) -> Urgency:
    """The emergencies of a letter. `named`: topics that its words touch, right or wrong."""
    emergencies = {topic.name for topic in topics if topic.emergency}
    happening = [event for event in islice(_events(texts), MAX_EVENTS) if event.topic in emergencies]
    spoken_of = tuple(
        ExtractedValue(topic.value, topic.spans, _OPEN) for topic in named if topic.value in emergencies
    )
    if happening:
        return _weigh(happening, texts, received_at)
    if spoken_of and signs_of(_written(texts)).calls:
        return Urgency(spoken_of, "что случилось, программа не поняла")
    return Urgency()


def seems_urgent(texts: tuple[Passage, ...], received_at: datetime) -> bool:
    """Does something urgent happen, whatever topic the rules file it under? For an order of work, not for a decision."""
    happening = list(islice(_events(texts), MAX_EVENTS))
    return bool(happening and _weigh(happening, texts, received_at).urgent)


def _weigh(happening: list[EmergencyEvent], texts: tuple[Passage, ...], received_at: datetime) -> Urgency:
    signs = signs_of(_written(texts))
    judged = [(event, judge(event, signs, received_at)) for event in happening]
    sure = [event for event, reality in judged if reality == EventReality()]
    if sure or (sure := _together(judged)):
        return Urgency(_by_topic(sure, _SURE))
    return _doubtful(judged, signs)


def _written(texts: tuple[Passage, ...]) -> Iterator[Sentence]:
    for text in texts:
        yield from (sentence for stretch in stretches(text) if (sentence := stretch.sentence()).words)


def _events(texts: tuple[Passage, ...]) -> Iterator[EmergencyEvent]:
    cold: list[Sentence] = []
    for text in texts:
        for stretch in stretches(text):
            roles = stretch.roles()
            if EventWordRole.MOTION in roles or {EventWordRole.MEDIUM, EventWordRole.PLACE} <= roles:
                yield from events(stretch.sentence())
            elif roles & _PARTS and roles & {EventWordRole.MEDIUM, EventWordRole.RUNS}:
                yield from events_at_parts(stretch.sentence())
            if roles & {EventWordRole.MOTION, EventWordRole.DANGER}:
                yield from dangers(stretch.sentence())
            yield from despair(stretch)
            if EventWordRole.HEAT in roles:
                cold.append(stretch.sentence())
    yield from freezing_rooms(texts)
    if cold:
        yield from _without_heat(cold, texts)


def _without_heat(cold: list[Sentence], texts: tuple[Passage, ...]) -> Iterator[EmergencyEvent]:
    lacks = [event for sentence in cold for event in lack_of_heat(sentence)]
    if not lacks:
        return
    freezing = any(freezes(sentence) for sentence in _written(texts))
    if freezing or any(_FROST.search(text.folded) for text in texts):
        yield from lacks


def _together(found: list[tuple[EmergencyEvent, EventReality]]) -> list[EmergencyEvent]:
    """Two events that are unclear each explain one another: «земля провалилась», «снизу кипит»."""
    unclear = [
        event
        for event, reality in found
        if reality.doubts == (UNCLEAR,)
        and not event.word.means(WordSense.DRIPS, WordSense.ACCIDENT, WordSense.PERIL)
    ]
    return unclear if len({event.word.text for event in unclear}) > 1 else []


def _doubtful(found: Iterable[tuple[EmergencyEvent, EventReality]], signs: UrgencySigns) -> Urgency:
    """One thing speaks against it, or more do while help is called for, or while people may be in danger."""
    for event, reality in found:
        reasons = (reality.over,) if reality.over and signs.calls else reality.doubts
        if reasons and (len(reasons) == 1 or signs.calls or event.topic == DANGER):
            return Urgency(_by_topic([event], _OPEN), "; ".join(reasons))
    return Urgency()


def _by_topic(present: list[EmergencyEvent], least: float) -> tuple[ExtractedValue[str], ...]:
    spans: dict[str, list[Span]] = {}
    for event in present:
        spans.setdefault(event.topic, []).append(_span(event))
    return tuple(
        ExtractedValue(
            topic,
            tuple(dict.fromkeys(places)),
            round(min(_MAX_CONFIDENCE, least + _MORE * (len(places) - 1)), 2),
        )
        for topic, places in sorted(spans.items(), key=lambda item: -len(item[1]))
    )


def _span(event: EmergencyEvent) -> Span:
    words = event.sentence.words[max(0, event.at - _BESIDE) : event.at + _BESIDE + 1]
    return event.sentence.passage.span(words[0].start, words[-1].end)
