"""Clean words are never abuse: every word form of the OpenCorpora dictionary, surnames and names included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pymorphy3
import pytest

from mailbot.model import Rulebook
from mailbot.understanding.patterns.word_cues import compiled
from mailbot.understanding.silence_grounds.abuse import obscene_words
from mailbot.understanding.text.folding import fold
from tests.scale import LONG, scale

FILE = Path(__file__).with_name("dictionary_hits.txt")
LEAST_FORMS = scale(10_000, 3_000_000)


def judged(name: str) -> set[str]:
    """The lemmas that a person read and judged, of one word list."""
    rows = (line.split(" | ") for line in FILE.read_text(encoding="utf-8").splitlines() if " | " in line)
    return {row[1] for row in rows if row[0] == name}


@pytest.fixture(scope="module")
def morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@pytest.fixture(scope="module")
def forms(morphology: pymorphy3.MorphAnalyzer) -> list[str]:
    return list(_forms(morphology) if LONG else _sample(morphology))


def _sample(morphology: pymorphy3.MorphAnalyzer) -> Iterator[str]:
    """Every form that begins as a judged word does: where clean words come nearest to abuse."""
    lemmas = judged("obscene") | judged("insult")
    forms = {form.word for lemma in lemmas for form in morphology.parse(lemma)[0].lexeme}
    for beginning in sorted({word[:4] for word in lemmas | forms}):
        yield from dict.fromkeys(morphology.dictionary.words.iterkeys(beginning))


def _forms(morphology: pymorphy3.MorphAnalyzer) -> Iterator[str]:
    last = ""
    for word in morphology.dictionary.words.iterkeys():  # a form stands once for each of its lemmas
        if word != last:
            yield word
            last = word


def hits(forms: list[str], pattern: re.Pattern[str], clean: re.Pattern[str]) -> Iterator[str]:
    """The words that the pattern finds anywhere in a list of all words, one a line."""
    text = fold("\n".join(forms))
    for match in pattern.finditer(text):
        if not clean.match(text, match.start()):
            start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
            yield text[start : end if end >= 0 else len(text)]


@pytest.mark.timeout(600)
def test_every_hit_in_the_dictionary_was_judged_by_a_person(
    forms: list[str], morphology: pymorphy3.MorphAnalyzer, rulebook: Rulebook
) -> None:
    assert len(forms) > LEAST_FORMS
    clean = compiled(rulebook.words("clean"))
    for name, pattern in (
        ("obscene", obscene_words(rulebook)),
        ("insult", compiled(rulebook.words("insult"))),
    ):
        found = {morphology.parse(word)[0].normal_form for word in hits(forms, pattern, clean)}
        assert found == judged(name)
