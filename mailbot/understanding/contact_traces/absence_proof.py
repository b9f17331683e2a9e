"""What of a letter may be contact data although none was recognised (clause 2.2.email.1): the proof of its absence.

Every word and number of the writer is either explained (an ordinary word, a number with its measure) or a trace.
A letter is without contact data only where nothing is left unexplained; a trace goes before a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mailbot.model import AbuseKind, ExtractedValue, Letter, LetterPart, Rulebook, SegmentRole, Span
from mailbot.understanding.contact_traces.capacities import role_traces
from mailbot.understanding.contact_traces.explained_numbers import (
    is_counted,
    number_runs,
    without_plain_numbers,
)
from mailbot.understanding.contact_traces.landmarks import landmark_traces
from mailbot.understanding.contact_traces.noun_phrases import may_be, of, sentences
from mailbot.understanding.contact_traces.past_dealings import dealing_traces
from mailbot.understanding.contact_traces.relations_and_trades import relation_traces
from mailbot.understanding.contact_traces.sender_address import sender_trace
from mailbot.understanding.contact_traces.trace_vocabulary import TraceWords, trace_words
from mailbot.understanding.contact_traces.unexplained_words import TraceToken, name_traces
from mailbot.understanding.contact_traces.wordless_signs import morse, pictures, spoken_addresses
from mailbot.understanding.text.folding import MAX_CHARACTERS, fold

PERIL = "слово об опасности"

_TO_LIVE = frozenset({"жить"})


def peril_traces(sentence: Sequence[TraceToken], words: TraceWords) -> Iterator[tuple[str, TraceToken]]:
    """Each such word; of «жить» the infinitive alone: «устал жить», not «живу рядом»."""
    for token in sentence:
        if of(token, words.peril) or (of(token, _TO_LIVE) and may_be(token, "INFN")):
            yield PERIL, token


_OWN_WORDS = (SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE, SegmentRole.DISCLAIMER)
_MAX_TRACES = 8
"""Traces that are told; one is enough for a person to look."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"\d(?:[\d ./–—-]{0,20}\d)?")
_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S+|www\.\S+")
_OPENS = re.compile(r"(?:^|[.!?…:;\n])[^\w\n]*$")
_CLOSES = re.compile(r"[^\w\n]*?(?:[.!?…:;,\n]|$)")
_SHORTENED = re.compile(r"\b(?:т\. ?[кед]|т\. ?п|и т\. ?[дп]|и др|и пр|др)\.")


def find_traces(
    letter: Letter, abuse: tuple[ExtractedValue[AbuseKind], ...], rulebook: Rulebook
) -> tuple[ExtractedValue[str], ...]:
    """The first of what may be contact data, in Russian, with its places; empty where every word is explained.

    A word of abuse is explained, however it is written.
    """
    traces: list[ExtractedValue[str]] = []
    words = trace_words(rulebook)
    for address in (letter.from_, *letter.reply_to):
        if what := sender_trace(address):
            traces.append(ExtractedValue(what, ()))
    worded = any(map(str.isalpha, "".join(part.view(*_OWN_WORDS) for part in letter.parts)))
    for part in letter.parts:
        if not worded:
            for what, start, end in pictures(part.view(*_OWN_WORDS)):
                traces.append(ExtractedValue(what, (Span(part.name, start, end),)))
        for what, start, end in _in_part(part, _abused(part, abuse), words):
            traces.append(ExtractedValue(f"{what}: «{part.text[start:end]}»", (Span(part.name, start, end),)))
            if len(traces) >= _MAX_TRACES:
                return tuple(traces)
    return tuple(traces)


def _abused(part: LetterPart, abuse: tuple[ExtractedValue[AbuseKind], ...]) -> tuple[Span, ...]:
    """Single words: a longer stretch of abuse may hold a name."""
    spans = (span for insult in abuse for span in insult.spans if span.part == part.name)
    return tuple(span for span in spans if not re.search(r"\s", part.text[span.start : span.end]))


def _in_part(
    part: LetterPart, without: tuple[Span, ...], words: TraceWords
) -> Iterator[tuple[str, int, int]]:
    text = part.view(*_OWN_WORDS)
    for span in without:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    if len(text) > MAX_CHARACTERS:
        yield "письмо слишком длинное", MAX_CHARACTERS, MAX_CHARACTERS + 40
        text = text[:MAX_CHARACTERS]
    for match in _ELECTRONIC.finditer(text):
        yield "адрес почты или ссылка", *match.span()
    folded = without_plain_numbers(_SHORTENED.sub(_blank, fold(text)))
    for match in _NUMBER.finditer(folded):
        yield "число, смысл которого неясен", *match.span()
    yield from spoken_addresses(folded)
    yield from _hidden(text)
    yield from morse(text)
    tokens = _tokens(text, folded, part.view(SegmentRole.DISCLAIMER))
    yield from role_traces(folded, tokens, words.posts)
    yield from _known_to_somebody(text, tokens, words)
    yield from _worded(tokens)


def _known_to_somebody(
    text: str, tokens: list[TraceToken], words: TraceWords
) -> Iterator[tuple[str, int, int]]:
    """By a landmark, a relation or a dealing some member of staff may know who writes; a danger is read whoever writes."""
    for sentence in sentences(text, tokens):
        for find in (landmark_traces, relation_traces, dealing_traces, peril_traces):
            for what, token in find(sentence, words):
                yield what, token.start, token.end


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _hidden(text: str) -> Iterator[tuple[str, int, int]]:
    """«７», «①», «Ⅻ», «½»: characters that are digits or letters in another dress."""
    for at, character in enumerate(text):
        if (
            character > "\u007f"
            and not character.isalpha()
            and character not in _SIGNS
            and _is_dressed(character)
        ):
            yield "необычный знак", at, at + 1


_SIGNS = "²³№℃"


@lru_cache(maxsize=4096)
def _is_dressed(character: str) -> bool:
    plain = unicodedata.normalize("NFKC", character)
    return character.isnumeric() or (plain != character and any(map(str.isalnum, plain)))


def _tokens(text: str, folded: str, programs: str) -> list[TraceToken]:
    letters = [character for character in text if character.isalpha()]
    small = 2 * sum(map(str.isupper, letters)) > len(letters)
    return [
        TraceToken(
            start=match.start(),
            end=match.end(),
            text=text[match.start() : match.end()],
            folded=match.group(),
            opens=_OPENS.search(text, max(0, match.start() - 12), match.start()) is not None
            or match.start() == 0,
            closes=_CLOSES.match(text, match.end()) is not None,
            dotted=text[match.end() : match.end() + 1] == ".",
            alone=_is_alone(text, match.start(), match.end()),
            small=small or not programs[match.start()].isspace(),
        )
        for match in _WORD.finditer(folded)
    ]


def _is_alone(text: str, start: int, end: int) -> bool:
    """Is the word all of its line, and not of the first one (a subject, a greeting), nor an outcry?"""
    left, right = text.rfind("\n", 0, start), text.find("\n", end)
    rest = text[left + 1 : start] + text[end : right if right >= 0 else len(text)]
    return left >= 0 and not any(character.isalnum() or character in "!?" for character in rest)


def _worded(tokens: list[TraceToken]) -> Iterator[tuple[str, int, int]]:
    words = [token.folded for token in tokens]
    numbers: set[int] = set()
    for run in number_runs(words):
        numbers |= set(range(run.first, run.last))
        last = tokens[run.last - 1]
        beside = words if not last.closes else words[: run.last]
        if not is_counted(run, beside, closes=last.closes):
            yield "число словами", tokens[run.first].start, last.end
    for what, token in name_traces(tokens):
        if token not in (tokens[at] for at in numbers):
            yield what, token.start, token.end
