"""Plain sentences: questions that a ready letter of their topic answers whole, thanks, and what is said around them.

A question is plain where each of its words is one of its topic (`plain` in `rules/topics.toml`), of courtesy, or a function
word (`plain_question.txt`), or where a trained model is sure of it (`answered`). «Как оплатить, чтобы не отключили?» and «Как
оплатить за умершую мать?» hold a condition, a fact, a person: whatever it is, a ready letter does not answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailbot.model import Contacts, ExtractedValue, Letter, Rulebook, Span
from mailbot.understanding.completeness.answered_sentences import answered_by
from mailbot.understanding.completeness.closed_word_lists import vocabulary
from mailbot.understanding.completeness.naming_words import is_personal
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.marked_spans import MASK

QUESTION_WORDS = "plain_question"
_WORD = re.compile(r"\w+(?:-\w+)*")
_SURE = 0.999  # of what is learned


def plain_questions(
    letter: Letter, remainder: Iterable[ExtractedValue[str]], contacts: Contacts, rulebook: Rulebook
) -> Iterator[ExtractedValue[str]]:
    """The topic of each sentence of the remainder that is a plain question of it, with the sentence's place; or ASIDE. What
    the model knows is less sure than 1."""
    used = _used(contacts)
    courtesy = rulebook.words(QUESTION_WORDS)
    asked = [(topic.name, vocabulary(topic.plain, courtesy)) for topic in rulebook.topics if topic.plain]
    for sentence in remainder:
        for span in sentence.spans:
            text = _without(letter, span, used, MASK)
            if (known := answered_by(text, rulebook, announces=span.part == "subject")) is not None:
                yield ExtractedValue(known[0], sentence.spans, min(known[1], _SURE))
            words = [
                (fold(word), is_personal(word)) for word in _WORD.findall(_without(letter, span, used, " "))
            ]
            for name, listed in asked if words else ():
                if all(listed.holds(word) or personal for word, personal in words):
                    yield ExtractedValue(name, sentence.spans)


def _used(contacts: Contacts) -> tuple[Span, ...]:
    """Where the contact data stands that tells whose question it is."""
    groups = (contacts.names, contacts.accounts, contacts.phones, contacts.addresses)
    return tuple(span for group in groups for value in group for span in value.spans)


def _without(letter: Letter, sentence: Span, used: tuple[Span, ...], mark: str) -> str:
    text = letter.quote(sentence)
    for span in used:
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        if span.part == sentence.part and start < end:
            at = start - sentence.start
            text = text[:at] + mark * (end - start) + text[at + end - start :]
    return text
