"""A later letter held against an earlier case: what is the same, and what is new (clause 2.2.email.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.model import AttachmentText, Context, EarlierCase, Facts, Found, Letter, Rulebook, Span
from mailbot.policy.checks.unseen import undecoded, unseen
from mailbot.policy.folding import folded
from mailbot.policy.repeats.figures import tokens
from mailbot.policy.repeats.markers import FEELING, SELF_REPEAT
from mailbot.policy.repeats.novelty import (
    FIGURES,
    Known,
    News,
    Novelty,
    about_our_answer,
    asks_of_our_answer,
    counted,
    denied,
    fresh_words,
    marked,
    worded,
)
from mailbot.policy.repeats.places import other_places
from mailbot.policy.repeats.plain_words import PlainWords, plain_words
from mailbot.policy.repeats.promises import unkept
from mailbot.policy.repeats.similarity import Vocabulary, Word, heard, overlap, vocabulary, words

SAYS_SO, SAME_TOPIC, SAME_THREAD = 0.2, 0.2, 0.2
"""What the writer's own «повторно», a shared topic, and our thread add to the likeness of words (0…1)."""

ONE_WORD = 0.5
"""What one common word («батарея») is worth where more could have been shared: no common question yet."""

OTHER_TOPIC = 0.6
"""What is left of the likeness where both letters have topics, and none is common."""

LONGEST = 6000
"""Characters of a text that are compared; a longer letter is for a person to call a repeat."""


@dataclass(frozen=True, slots=True)
class Later:
    """The letter to be judged, as it is compared: contacts and set phrases blanked, its words found."""

    letter: Letter
    facts: Facts
    context: Context
    rulebook: Rulebook
    plain: PlainWords
    text: str
    said: tuple[Word, ...]
    says_so: bool
    vocabulary: Vocabulary

    def day(self, moment: datetime) -> date:
        """The day of a moment by the company's clock."""
        return moment.astimezone(ZoneInfo(self.rulebook.channels.time_zone)).date()


@dataclass(frozen=True, slots=True)
class Sameness:
    """`score` 0…1, what is the same in words for staff, and where the letter says it.

    `silent`: the letter names no matter at all («жду ответа»).
    """

    score: float
    told: str
    places: tuple[Span, ...]
    silent: bool


def later_letter(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Later:
    """The letter made ready to be held against each of the earlier cases."""
    contacts = facts.contacts
    found = (*contacts.names, *contacts.phones, *contacts.accounts, *contacts.addresses)
    plain = plain_words(letter, (span for one in found for span in one.spans))
    text, known = folded(plain.text)[:LONGEST], vocabulary(rulebook)
    says_so = SELF_REPEAT.search(text) is not None
    text = _spaced(FEELING, _spaced(SELF_REPEAT, text))
    return Later(letter, facts, context, rulebook, plain, text, words(text, known), says_so, known)


def sameness(later: Later, case: EarlierCase) -> Sameness:
    """How much the letter asks what the case asked: shared words of matter, topics, thread, own avowal."""
    question = heard(_known_text(case.text), later.vocabulary).matter
    own = frozenset(word.key for word in later.said if word.matter)
    shared = [word for word in later.said if word.key in question and word.matter]
    score = overlap(own, question)
    if len({word.key for word in shared}) < 2:
        score *= ONE_WORD if len(question) > 1 else 1.0
    topics = {found.value for found in later.facts.topics} & set(case.topics)
    if later.facts.topics and case.topics and not topics:
        score *= OTHER_TOPIC
    score += SAYS_SO if later.says_so else 0.0
    score += SAME_TOPIC if topics else 0.0
    score += SAME_THREAD if later.context.follows == case.number else 0.0
    places = tuple(later.plain.span(word.start, word.end) for word in shared)
    return Sameness(min(1.0, score), _told(shared, topics, later), places, not own)


def _told(shared: list[Word], topics: set[str], later: Later) -> str:
    said = [f"слова «{'», «'.join(dict.fromkeys(word.text for word in shared))}»"] if shared else []
    titles = (topic.title for name in sorted(topics) if (topic := later.rulebook.topic(name)))
    return "; ".join((*said, *(f"тема «{title}»" for title in titles))) or "общих слов нет"


def news(later: Later, case: EarlierCase) -> Novelty:
    """Everything new: markers, figures, places, files, arguments; then what only may be new."""
    known = _known(later, case)
    fresh = fresh_words(later.said, known, later.vocabulary.background)
    told = [_in_place(one, later) for one in (*marked(later.text, known, fresh), *counted(later.text, known))]
    files = [
        one.filename or "без имени"
        for one in later.letter.attachments
        if one.text is not AttachmentText.EMPTY
    ]
    sure = [one for one in told if one.weight >= 1]
    unsure = [one for one in told if one.weight < 1]
    marks = [place for one in told for place in one.places]
    unmarked = tuple(word for word in fresh if not any(start <= word.start < end for start, end in marks))
    unsure += [
        *worded(unmarked, later.text, later.said, later.vocabulary.background),
        *denied(later.said, known),
        *about_our_answer(later.said, known),
        *asks_of_our_answer(later.text, later.said, known),
    ]
    places = [place for one in (*sure, *unsure) for place in one.places]
    found = [*_unheard(later, case, known)]
    absent = [text for text in (unseen(later.letter), undecoded(later.letter), _too_long(later)) if text]
    absent += known.unkept
    return Novelty(
        sure=(
            *(one.what for one in sure),
            *(what for what, _ in found),
            *(f"вложение «{name}»" for name in files),
        ),
        unsure=(*(one.what for one in unsure), *absent),
        weight=sum(one.weight for one in unsure) + len(absent),
        places=(
            *(later.plain.span(*place) for place in places),
            *(span for _, one in found for span in one.spans),
        ),
    )


def _in_place(one: News, later: Later) -> News:
    """«опять вода» over a letter that tells of nothing anew: a word of the subject alone is half a sign."""
    body = later.text[: later.plain.edge].strip()
    in_subject = bool(one.places) and all(start >= later.plain.edge for start, _ in one.places)
    return (
        replace(one, weight=one.weight * HALF)
        if in_subject and body and not one.what.startswith(FIGURES)
        else one
    )


HALF = 0.4


def _unheard(later: Later, case: EarlierCase, known: Known) -> Iterator[tuple[str, Found[str]]]:
    """Places of another, and facts that understanding found and no one has named."""
    for place in other_places(later.facts, case, later.context):
        yield f"другой лицевой счёт или адрес: «{place.value}»", place
    own = {span for found in _contacts(later.facts) for span in found.spans}
    for argument in later.facts.arguments:
        if argument.value in case.arguments or not argument.spans or set(argument.spans) <= own:
            continue
        quote = " ".join(_quote(later, span) for span in argument.spans)
        if _weighs(quote, known, later.vocabulary):
            yield f"довод: «{' '.join(quote.split())[:80]}»", argument


def _quote(later: Later, span: Span) -> str:
    """The folded words of a span, the set phrases in them blanked."""
    place = later.plain.place(span)
    return folded(later.letter.quote(span)) if place is None else later.text[place[0] : place[1]]


def pending(later: Later, case: EarlierCase) -> Iterator[EarlierCase]:
    """Newer cases that say something new on the same matter and wait for an answer: their turn is first."""
    known = _known(later, case)
    matter = {word.key for word in later.said if word.matter}
    for other in later.context.earlier:
        if other.answered_on_substance or other.received_at <= case.received_at:
            continue
        text = _spaced(FEELING, _spaced(SELF_REPEAT, _known_text(other.text)))
        said = words(text, later.vocabulary)
        alike = matter & {word.key for word in said if word.matter}
        fresh = fresh_words(said, known, later.vocabulary.background)
        if alike and (any(marked(text, known, fresh)) or _weighs(text, known, later.vocabulary)):
            yield other


def _weighs(text: str, known: Known, vocabulary: Vocabulary) -> bool:
    """Does a folded text say a figure, or words enough, that nobody has said before?"""
    fresh = fresh_words(words(text, vocabulary), known, vocabulary.background)
    return any(counted(text, known)) or sum(one.weight for one in worded(fresh)) >= 1


def _known(later: Later, case: EarlierCase) -> Known:
    asked, said = _known_text(case.text), _known_text(case.answer)
    moments = [case.received_at, *([case.answered_at] if case.answered_at else [])]
    days = [later.day(moment) for moment in moments]
    dated = {token for day in days for token in (f"day:{day.day}-{day.month}", f"number:{day.year}")}
    sender = folded(later.letter.from_.name)
    degrees = " ° градус" if "°" in asked or "градус" in asked else ""  # one word, two spellings
    return Known(
        asked=asked + degrees,
        said=said,
        question=heard(f"{asked}\n{sender}", later.vocabulary),
        answer=heard(said, later.vocabulary),
        figures=tokens(f"{asked}\n{said}\n{case.number}") | dated,
        unkept=tuple(unkept(case.answer[:LONGEST], days[-1], later.day(later.letter.received_at))),
    )


def _known_text(text: str) -> str:
    return folded(text[:LONGEST])


def _contacts(facts: Facts) -> tuple[Found[str], ...]:
    contacts = facts.contacts
    return (*contacts.names, *contacts.phones, *contacts.accounts, *contacts.addresses)


def _too_long(later: Later) -> str:
    return "письмо слишком длинное, чтобы сверить его целиком" if len(later.plain.text) > LONGEST else ""


def _spaced(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
