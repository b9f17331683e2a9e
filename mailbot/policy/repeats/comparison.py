"""A later letter held against an answered case: is it the same word for word, or like it (clause 2.2.email.4)?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailbot.model import Context, EarlierCase, Facts, Letter, Role, Rulebook, Span
from mailbot.policy.folding import folded
from mailbot.policy.repeats.figures import figures, tokens
from mailbot.policy.repeats.places import other_places
from mailbot.policy.repeats.plain_words import PlainWords, plain_words
from mailbot.policy.repeats.similarity import Vocabulary, Word, matter, overlap, vocabulary, words
from mailbot.policy.repeats.unsaid import keys, of_matter, unsaid

SAYS_SO, SAME_TOPIC, SAME_THREAD = 0.2, 0.2, 0.2
"""What the writer's own «повторно», a shared topic, and our thread add to the likeness of words (0…1)."""

ONE_WORD = 0.5
"""What one common word («батарея») is worth where more could have been shared: no common question yet."""

OTHER_TOPIC = 0.6
"""What is left of the likeness where both letters have topics, and none is common."""

WHOLE = 0.6
"""Share of the answered letter's words that a repeat word for word says again."""

LONGEST = 6000
"""Characters of a text that are compared; a longer letter is for a person to call a repeat."""

COURTESY = "courtesy"
"""The word list of what says nothing; where it is missing fewer letters are taken for repeats, never more."""

_SAYS_SO = re.compile(r"\bповтор\w+|\bеще раз\b|\bуже (?:вам )?(?:писал|спрашивал|обращал|просил)\w*")


@dataclass(frozen=True, slots=True)
class Later:
    """The letter to be judged, as it is compared: contacts and courtesy blanked, its words found."""

    letter: Letter
    facts: Facts
    context: Context
    rulebook: Rulebook
    plain: PlainWords
    whole: str
    text: str
    words: tuple[Word, ...]
    vocabulary: Vocabulary

    def day(self, moment: datetime) -> date:
        """The day of a moment by the company's clock."""
        return moment.astimezone(ZoneInfo(self.rulebook.channels.time_zone)).date()


@dataclass(frozen=True, slots=True)
class Sameness:
    """`score` 0…1, and what is the same in words for staff, with its places."""

    score: float
    told: str
    places: tuple[Span, ...]


def later_letter(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Later:
    """The letter made ready to be held against each of the earlier cases."""
    contacts = facts.contacts
    found = (*contacts.names, *contacts.phones, *contacts.accounts, *contacts.addresses)
    plain = plain_words(letter, (span for one in found for span in one.spans))
    whole = folded(plain_words(letter, ()).text)
    text, known = without_courtesy(folded(plain.text), rulebook), vocabulary(rulebook)
    return Later(letter, facts, context, rulebook, plain, whole, text, words(text[:LONGEST], known), known)


def without_courtesy(text: str, rulebook: Rulebook) -> str:
    """A folded text with greetings, thanks, «повторно» and feeling blanked; same length."""
    lists = {lexicon.name: lexicon.entries for lexicon in rulebook.lexicons}
    return _courtesy(lists.get(COURTESY, ())).sub(lambda match: " " * len(match.group()), text)


@lru_cache(maxsize=8)
def _courtesy(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first) or '(?!)'})(?![\w-])")


def news(later: Later, case: EarlierCase) -> tuple[tuple[int, int], ...]:
    """Where the letter says what the answered one did not: words, figures, names and telephones of another."""
    found = list(unsaid(later.text, folded(case.text)))
    contacts = later.facts.contacts
    said = keys(folded(case.text))
    for one in (*contacts.names, *contacts.phones):
        for span in one.spans:
            place = later.plain.place(span)
            if (
                place
                and not _signed(later.letter, span)
                and not _is_said(later.whole[slice(*place)], said, case)
            ):
                found.append(place)
    for one in other_places(later.facts, case, later.context):
        found += [place for span in one.spans if (place := later.plain.place(span))] or [(0, 0)]
    return tuple(sorted(found))


def _is_said(text: str, said: frozenset[str], case: EarlierCase) -> bool:
    digits = re.sub(r"\D", "", text)
    if digits:
        return digits[-7:] in re.sub(r"\D", "", case.text)
    return keys(text) <= said


def _signed(letter: Letter, span: Span) -> bool:
    return letter.role_at(span) is Role.SIGNATURE


def tells_figures(later: Later, case: EarlierCase) -> bool:
    """Does the letter name a number, a day or a month that neither the answered letter nor our answer held?"""
    known = tokens(folded(f"{case.text}\n{case.answer}\n{case.number}"[: 2 * LONGEST]))
    return any(one.token not in known and one.also not in known for one in figures(later.text))


def is_whole(later: Later, case: EarlierCase) -> bool:
    """Does the letter say again most of what the answered one said?"""
    asked = of_matter(without_courtesy(folded(case.text), later.rulebook))
    return bool(asked) and len(asked & keys(later.whole)) >= WHOLE * len(asked)


def sameness(later: Later, case: EarlierCase) -> Sameness:
    """How much the letter asks what the case asked: shared words of matter, topics, thread, own avowal."""
    question = matter(folded(case.text)[:LONGEST], later.vocabulary)
    own = frozenset(word.key for word in later.words if word.matter)
    shared = [word for word in later.words if word.key in question and word.matter]
    score = overlap(own, question)
    if len({word.key for word in shared}) < 2:
        score *= ONE_WORD if len(question) > 1 else 1.0
    topics = {found.value for found in later.facts.topics} & set(case.topics)
    if later.facts.topics and case.topics and not topics:
        score *= OTHER_TOPIC
    score += SAYS_SO if _SAYS_SO.search(later.whole) else 0.0
    score += SAME_TOPIC if topics else 0.0
    score += SAME_THREAD if later.context.follows == case.number else 0.0
    places = tuple(later.plain.span(word.start, word.end) for word in shared)
    return Sameness(min(1.0, score), _told(shared, topics, later), places)


def _told(shared: list[Word], topics: set[str], later: Later) -> str:
    said = [f"слова «{'», «'.join(list(dict.fromkeys(word.text for word in shared))[:6])}»"] if shared else []
    titles = (topic.title for name in sorted(topics) if (topic := later.rulebook.topic(name)))
    return "; ".join((*said, *(f"тема «{title}»" for title in titles))) or "общих слов нет"


def pending(later: Later, case: EarlierCase) -> Iterator[EarlierCase]:
    """Newer cases that wait for an answer and are no repeats of this one themselves: their turn is first."""
    answered = folded(case.text)
    for other in later.context.earlier:
        if other.answered_on_substance or other.received_at <= case.received_at:
            continue
        if any(unsaid(without_courtesy(folded(other.text), later.rulebook), answered)):
            yield other
