"""Obscene and insulting words, in the clear or disguised, and threats (clause 2.2.email.2).

Finding abuse never silences by itself: the clause asks that there be no substance at the same time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mailbot.model import AbuseKind, ExtractedValue, Rulebook, Span
from mailbot.understanding.patterns.word_cues import compiled, cue_spans, word_list
from mailbot.understanding.silence_grounds.english_obscenity import obscene_english
from mailbot.understanding.text.disguised_words import masked_forms, unmasked
from mailbot.understanding.text.passages import Passage

_NO_PERSON = re.compile(
    r"(?:за(?:я|ю)?вк|претензи|счетчик|пломб|себя\b|нас убь|меня|время|нервы|здоровье мое"
    r"|(?:он|слесарь|контролер|мастер|сотрудник|инспектор)\w* (?:\w+ ){0,4}(?:угрожа|сказал|обещал|кричал))"
)
"""The writer is the victim, or the object is a thing of their own."""

_OWN_FEAR = re.compile(
    r"(?<!\w)(?:боимся|боюсь|опасаемся|опасаюсь|страшно|из-за (?:вашей|вашего|вас|аварий))"
)


def find_threats(texts: tuple[Passage, ...], rulebook: Rulebook) -> tuple[ExtractedValue[AbuseKind], ...]:
    """A threat, with all its places; empty where there is none."""
    by_part = {text.part: text for text in texts}
    spans = tuple(
        span for span in cue_spans(rulebook.words("threat"), texts) if not _reported(by_part[span.part], span)
    )
    return (ExtractedValue(AbuseKind.THREAT, spans, 0.85),) if spans else ()


def _reported(text: Passage, span: Span) -> bool:
    left, right = text.sentence(span.start, span.end)
    if _OWN_FEAR.search(text.folded, left, right):
        return True
    return bool(_NO_PERSON.search(text.folded, left, span.end))


_PREFIX = (
    r"(?:в[ъь]|вз[ъь]?|вы|до|за|из[ъь]?|ис|на|не|недо|ни|о|об[ъь]|обо|от[ъь]?|пере|по|под[ъь]?|при|про|рас|раз[ъь]?"
    r"|с[ъь]|у|ши|худо|мозго|долбо|мудо|зае|ни в|ой)?"
)
_WORD = re.compile(r"[а-яa-z]+")
_CLEAR, _DISGUISED, _LATIN, _MODEL = 0.97, 0.9, 0.8, 0.7


def find_abuse(texts: tuple[Passage, ...], rulebook: Rulebook) -> tuple[ExtractedValue[AbuseKind], ...]:
    """Each kind of abuse the writer uses, with all its places; empty where the letter is clean."""
    obscene = _obscene(texts, rulebook)
    insults = cue_spans(rulebook.words("insult"), texts)
    abuses = []
    if obscene:
        abuses.append(ExtractedValue(AbuseKind.OBSCENE, tuple(sorted(obscene)), max(obscene.values())))
    if insults:
        abuses.append(ExtractedValue(AbuseKind.INSULT, insults, 0.9))
    abuses += find_threats(texts, rulebook)
    return tuple(abuses)


def is_obscene(word: str, rulebook: Rulebook) -> bool:
    """Whether a plain lower-case Russian word is obscene by itself."""
    return bool(obscene_words(rulebook).match(word)) and not compiled(rulebook.words("clean")).match(word)


def _obscene(texts: tuple[Passage, ...], rulebook: Rulebook) -> dict[Span, float]:
    spans: dict[Span, float] = {}
    for text in texts:
        for span, confidence in _in_passage(text, rulebook):
            spans.setdefault(span, confidence)
    if not spans:
        spans = dict.fromkeys(obscene_english(texts), _MODEL)
    return spans


def _in_passage(text: Passage, rulebook: Rulebook) -> Iterator[tuple[Span, float]]:
    clean = compiled(rulebook.words("clean"))
    for match in word_list(_obscene_entries(rulebook)).all_in(text.folded):
        if not clean.match(text.folded, match.start()):
            word = _WORD.match(text.folded, match.start())
            yield text.span(match.start(), word.end() if word else match.end()), _CLEAR
    for candidate in unmasked(text.folded):
        if is_obscene(candidate.word, rulebook) or _insulting(candidate.word, rulebook):
            yield text.span(candidate.start, candidate.end), _DISGUISED
    for candidate in masked_forms(text.folded, rulebook.words("masked")):
        yield text.span(candidate.start, candidate.end), _DISGUISED
    for match in word_list(_word_ends(rulebook.words("obscene_latin"))).all_in(text.folded):
        if not _in_address(text.folded, match.start(), match.end()):
            yield text.span(match.start(), match.end()), _LATIN


def _insulting(word: str, rulebook: Rulebook) -> bool:
    """«у6людки»: nobody disguises a word that is fit to be written."""
    return bool(compiled(rulebook.words("insult")).match(word))


def _in_address(folded: str, start: int, end: int) -> bool:
    """Part of an e-mail address or a link: somebody's name in another language, not an oath."""
    left = folded.rfind(" ", 0, start) + 1
    token = folded[left : end + 30].split(maxsplit=1)[0]
    return "@" in token or "://" in token or "www." in token


@lru_cache(maxsize=64)
def _word_ends(entries: tuple[str, ...]) -> tuple[str, ...]:
    r"""`$` in the obscenity lists means the end of a word, which in running text is `\b`."""
    return tuple(entry.replace("$", r"\b") for entry in entries)


def obscene_words(rulebook: Rulebook) -> re.Pattern[str]:
    """Plain Russian obscenity over folded text, from word starts; `clean` is to be asked of every match."""
    return compiled(_obscene_entries(rulebook))


def _obscene_entries(rulebook: Rulebook) -> tuple[str, ...]:
    return _with_prefixes(rulebook.words("obscene"), rulebook.words("obscene_roots"))


@lru_cache(maxsize=16)
def _with_prefixes(whole: tuple[str, ...], roots: tuple[str, ...]) -> tuple[str, ...]:
    prefixed = "|".join(_word_ends(roots))
    return (*_word_ends(whole), f"{_PREFIX}(?:{prefixed})")
