"""Word lists are searched by how their entries may begin: nothing is found less or otherwise than entry by entry."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Rulebook
from mailbot.understanding.patterns.first_characters import opening
from mailbot.understanding.patterns.word_cues import compiled, cue_spans, word_list
from mailbot.understanding.text.passages import Passage

PIECES = (
    "гор",
    "вод",
    "а",
    "б",
    "[ао]",
    "(?:во|га)",
    "(?:а|)",
    r"\w",
    r"\d",
    ".",
    r"\b",
    "(?=г)",
    "(?!в)",
    " ",
    r"\?",
    r"\s",
    "(?i:г)",
)
QUANTIFIERS = ("", "?", "*", "+", "{2}", "{0,2}", "{,1}", "*?", "+?")
PATTERNS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(QUANTIFIERS)), min_size=1, max_size=4)
TEXTS = st.text(alphabet="абвгодр? 12", max_size=12)


def expression(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"(?:{piece}){quantifier}" for piece, quantifier in pieces)


@given(PATTERNS, PATTERNS, TEXTS)
def test_a_match_begins_as_was_foretold(
    one: list[tuple[str, str]], other: list[tuple[str, str]], text: str
) -> None:
    pattern = f"{expression(one)}|{expression(other)}"
    told = opening(pattern)
    for at in range(len(text) + 1):
        match = re.compile(pattern).match(text, at)
        if match is None or told.any:
            continue
        if not match[0]:
            assert "" in told.signs
        else:
            head = text[at : at + 3]
            assert (
                (told.solid and not head[0].isspace())
                or any(head.startswith(sign) for sign in told.signs if sign)
                or (match[0] in told.whole)
            )


@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS)
def test_any_list_finds_what_its_entries_find_one_after_another(
    lists: list[list[tuple[str, str]]], text: str
) -> None:
    entries = tuple(map(expression, lists))
    assert found(entries, text) == by_entry(entries, text)
    first = word_list(entries).first_in(text)
    expected = compiled(entries).search(text)
    assert (first and first.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    "text", ["прошу перерасчет, батареи холодные!", "почему так много начислили? 3 день нет воды"]
)
def test_the_shipped_lists_find_what_their_entries_find(text: str, rulebook: Rulebook) -> None:
    lists = [*(one.entries for one in rulebook.lexicons), *(topic.patterns for topic in rulebook.topics)]
    assert any(found(entries, text) for entries in lists)
    assert all(found(entries, text) == by_entry(entries, text) for entries in lists)


def found(entries: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in cue_spans(entries, [Passage("body", text, text)])]


def by_entry(entries: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    spans = (match.span() for match in compiled(entries).finditer(text))
    return [(start, end) for start, end in spans if end > start]
