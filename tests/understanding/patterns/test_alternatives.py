"""Named expressions looked for at once are found as one long alternation finds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.understanding.dial_values.describing_words import _NAMES
from mailbot.understanding.patterns.expression_sets import PatternAlternatives
from mailbot.understanding.patterns.first_characters import alternatives

EXPRESSIONS = (
    "гор",
    r"\bгор\w*|вода",
    r"\bг\.?\s?в",
    "(?<!\\w)[VG]\\d?",
    "(?-i:Q)(?=\\d)",
    "во(?:да|ды)|о(?!р)",
    r"к[уы]б\w*|м\s?3",
    r"№|#",
)
TEXTS = st.text(alphabet="горвадкубыГВQqVv№#.3 м\nıK", max_size=24)


@given(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=5), TEXTS, st.booleans())
def test_they_are_found_as_an_alternation_finds_them(
    expressions: list[str], text: str, any_case: bool
) -> None:
    flags = re.IGNORECASE if any_case else re.NOFLAG
    named = [(f"n{nth}", expression) for nth, expression in enumerate(expressions)]
    assert list(PatternAlternatives(named, flags).find(text)) == by_alternation(named, text, flags)


@given(st.text(alphabet="хвсгоряченплокуbQ=.: 12\n", max_size=40))
def test_the_words_around_dials_are_found_so(text: str) -> None:
    found = list(PatternAlternatives(_NAMES, re.IGNORECASE).find(text))
    assert found == by_alternation(list(_NAMES), text, re.IGNORECASE)


def test_what_may_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="may begin with anything"):
        PatternAlternatives([("any", r"\w+")])


def test_an_alternation_is_taken_apart_at_its_top_alone() -> None:
    assert alternatives(r"а|б(?:в|г)|[д|]|\|е") == ["а", "б(?:в|г)", "[д|]", r"\|е"]


def by_alternation(
    named: list[tuple[str, str]], text: str, flags: re.RegexFlag
) -> list[tuple[int, int, str]]:
    whole = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in named), flags)
    return [(*match.span(), match.lastgroup or "") for match in whole.finditer(text)]
