"""A later letter held against an answered case: is it the same word for word, or like it (clause 2.2.email.4)?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailbot.model import CaseContext, EarlierCase, Facts, Letter, Rulebook, SegmentRole, Span
from mailbot.policy.case_folding import fold_case
from mailbot.policy.repeats.new_content import find_unsaid, keys, matter_keys
from mailbot.policy.repeats.numbers_and_dates import figures, tokens
from mailbot.policy.repeats.places import other_places
from mailbot.policy.repeats.plain_words import PlainWords, plain_words
from mailbot.policy.repeats.similarity import (
    ComparedWord,
    ComparisonVocabulary,
    matter,
    overlap,
    vocabulary,
    words,
)
from mailbot.policy.verdict import LetterInContext

SAYS_SO, SAME_TOPIC, SAME_THREAD = 0.2, 0.2, 0.2
"""What the writer's own «повторно», a shared topic, and our thread add to the likeness of words (0…1)."""

ONE_WORD_FACTOR = 0.5
"""What one common word («батарея») is worth where more could have been shared: no common question yet."""

OTHER_TOPIC = 0.6
"""What is left of the likeness where both letters have topics, and none is common."""

WHOLE = 0.6
"""Share of the answered letter's words that a repeat word for word says again."""

MAX_LENGTH = 6000
"""Characters of a text that are compared; a longer letter is for a person to call a repeat."""

COURTESY = "courtesy"
"""The word list of what says nothing; where it is missing fewer letters are taken for repeats, never more."""

_SAYS_SO = re.compile(r"\bповтор\w+|\bеще раз\b|\bуже (?:вам )?(?:писал|спрашивал|обращал|просил)\w*")


@dataclass(frozen=True, slots=True)
class LaterLetter:
    """The letter to be judged, as it is compared: contacts and courtesy blanked, its words found."""

    letter: Letter
    facts: Facts
    context: CaseContext
    rulebook: Rulebook
    plain: PlainWords
    whole: str
    text: str
    words: tuple[ComparedWord, ...]
    vocabulary: ComparisonVocabulary

    def day(self, moment: datetime) -> date:
        """The day of a moment by the company's clock."""
        return moment.astimezone(ZoneInfo(self.rulebook.channels.time_zone)).date()


@dataclass(frozen=True, slots=True)
class SimilarityScore:
    """`score` 0…1, and what is the same in words for staff, with its places."""

    score: float
    told: str
    places: tuple[Span, ...]


def later_letter(matter: LetterInContext) -> LaterLetter:
    """The letter made ready to be held against each of the earlier cases."""
    letter, rulebook = matter.letter, matter.rulebook
    contacts = matter.facts.contacts
    contact_values = (*contacts.names, *contacts.phones, *contacts.accounts, *contacts.addresses)
    plain = plain_words(letter, (span for value in contact_values for span in value.spans))
    whole = fold_case(plain_words(letter, ()).text)
    text, known = without_courtesy(fold_case(plain.text), rulebook), vocabulary(rulebook)
    return LaterLetter(
        letter,
        matter.facts,
        matter.context,
        rulebook,
        plain,
        whole,
        text,
        words(text[:MAX_LENGTH], known),
        known,
    )


def without_courtesy(text: str, rulebook: Rulebook) -> str:
    """A folded text with greetings, thanks, «повторно» and feeling blanked; same length."""
    lists = {lexicon.name: lexicon.entries for lexicon in rulebook.lexicons}
    return _courtesy(lists.get(COURTESY, ())).sub(lambda match: " " * len(match.group()), text)


@lru_cache(maxsize=8)
def _courtesy(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first) or '(?!)'})(?![\w-])")


def find_new_content(later: LaterLetter, case: EarlierCase) -> tuple[tuple[int, int], ...]:
    """Where the letter says what the answered one did not: words, figures, names and telephones of another."""
    places = list(find_unsaid(later.text, fold_case(case.text)))
    contacts = later.facts.contacts
    said = keys(fold_case(case.text))
    for value in (*contacts.names, *contacts.phones):
        for span in value.spans:
            place = later.plain.place(span)
            if (
                place
                and not _signed(later.letter, span)
                and not _is_said(later.whole[slice(*place)], said, case)
            ):
                places.append(place)
    for value in other_places(later.facts, case, later.context):
        places += [place for span in value.spans if (place := later.plain.place(span))] or [(0, 0)]
    return tuple(sorted(places))


def _is_said(text: str, said: frozenset[str], case: EarlierCase) -> bool:
    digits = re.sub(r"\D", "", text)
    if digits:
        return digits[-7:] in re.sub(r"\D", "", case.text)
    return keys(text) <= said


def _signed(letter: Letter, span: Span) -> bool:
    return letter.role_at(span) is SegmentRole.SIGNATURE


def tells_figures(later: LaterLetter, case: EarlierCase) -> bool:
    """Does the letter name a number, a day or a month that neither the answered letter nor our answer held?"""
    known = tokens(fold_case(f"{case.text}\n{case.answer}\n{case.number}"[: 2 * MAX_LENGTH]))
    return any(figure.token not in known and figure.also not in known for figure in figures(later.text))


def is_whole(later: LaterLetter, case: EarlierCase) -> bool:
    """Does the letter say again most of what the answered one said?"""
    asked = matter_keys(without_courtesy(fold_case(case.text), later.rulebook))
    return bool(asked) and len(asked & keys(later.whole)) >= WHOLE * len(asked)


def measure_sameness(later: LaterLetter, case: EarlierCase) -> SimilarityScore:
    """How much the letter asks what the case asked: shared words of matter, topics, thread, own avowal."""
    question = matter(fold_case(case.text)[:MAX_LENGTH], later.vocabulary)
    own = frozenset(word.key for word in later.words if word.matter)
    shared = [word for word in later.words if word.key in question and word.matter]
    score = overlap(own, question)
    if len({word.key for word in shared}) < 2:
        score *= ONE_WORD_FACTOR if len(question) > 1 else 1.0
    topics = {topic.value for topic in later.facts.topics} & set(case.topics)
    if later.facts.topics and case.topics and not topics:
        score *= OTHER_TOPIC
    score += SAYS_SO if _SAYS_SO.search(later.whole) else 0.0
    score += SAME_TOPIC if topics else 0.0
    score += SAME_THREAD if later.context.follows == case.number else 0.0
    places = tuple(later.plain.span(word.start, word.end) for word in shared)
    return SimilarityScore(min(1.0, score), _told(shared, topics, later), places)


def _told(shared: list[ComparedWord], topics: set[str], later: LaterLetter) -> str:
    said = [f"слова «{'», «'.join(list(dict.fromkeys(word.text for word in shared))[:6])}»"] if shared else []
    titles = (topic.title for name in sorted(topics) if (topic := later.rulebook.topic(name)))
    return "; ".join((*said, *(f"тема «{title}»" for title in titles))) or "общих слов нет"


def find_pending_cases(later: LaterLetter, case: EarlierCase) -> Iterator[EarlierCase]:
    """Newer cases that wait for an answer and are no repeats of this one themselves: their turn is first."""
    answered = fold_case(case.text)
    for other in later.context.earlier:
        if other.answered_on_substance or other.received_at <= case.received_at:
            continue
        if any(find_unsaid(without_courtesy(fold_case(other.text), later.rulebook), answered)):
            yield other
