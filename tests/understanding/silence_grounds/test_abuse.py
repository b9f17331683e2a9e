"""Obscene and insulting words and threats (clause 2.2.email.2), in the clear and disguised."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.language.obscene_english import OBSCENE_ENGLISH_WORDS
from mailbot.model import AbuseKind, Rulebook
from mailbot.understanding import understand
from mailbot.understanding.silence_grounds.abuse import find_abuse
from mailbot.understanding.silence_grounds.english_obscenity import OBSCENE, is_english
from mailbot.understanding.text.passages import passages
from tests.scale import tries
from tests.understanding.letters import make_letter

FILE = Path(__file__).with_name("abuse_examples.txt")


def examples(name: str) -> list[str]:
    rows = (line.split(" | ", 1) for line in FILE.read_text(encoding="utf-8").splitlines() if " | " in line)
    return [text for kind, text in rows if kind == name]


def kinds(body: str, rulebook: Rulebook) -> set[AbuseKind]:
    return {found.value for found in find_abuse(passages(make_letter(body)), rulebook)}


@pytest.mark.parametrize("body", examples("obscene"))
def test_obscenity_through_any_mask(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.OBSCENE in kinds(body, rulebook)


@pytest.mark.parametrize("body", examples("insult"))
def test_insults_without_obscenity(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.INSULT in kinds(body, rulebook)


@pytest.mark.parametrize("body", examples("threat"))
def test_threats_to_life_health_and_property(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.THREAT in kinds(body, rulebook)


@pytest.mark.parametrize("body", examples("clean"))
def test_clean_words_are_never_hit(body: str, rulebook: Rulebook) -> None:
    assert kinds(body, rulebook) == set()


def test_quoted_abuse_is_not_the_writers(rulebook: Rulebook) -> None:
    assert not understand(make_letter("Добрый день", quoted="> сука, верни тепло"), rulebook).abuse


def test_evidence_covers_the_disguised_word(rulebook: Rulebook) -> None:
    letter = make_letter("Откуда, бл*ть, 8 тысяч?")
    found = understand(letter, rulebook).abuse[0]
    assert [letter.quote(span) for span in found.spans] == ["бл*ть"]


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё xyпабc*@$06 .\n", max_size=200))
@settings(max_examples=tries(150), deadline=None)
def test_spans_lie_within_the_text(rulebook: Rulebook, body: str) -> None:
    for found in find_abuse(passages(make_letter(body)), rulebook):
        assert all(0 <= span.start < span.end <= len(body) for span in found.spans)


def test_english_obscenity_is_found(rulebook: Rulebook) -> None:
    body = "You are all fucking idiots and this company is shit, what is wrong with you"
    assert AbuseKind.OBSCENE in kinds(body, rulebook)


def test_the_list_of_obscene_english_words_is_the_models_own() -> None:
    """Each word of the model that it calls obscene alone: no passage without one of them has an obscene word."""
    from profanity_check import predict_prob, profanity_check

    vocabulary = sorted(profanity_check.vectorizer.vocabulary_)
    judged = zip(vocabulary, predict_prob(vocabulary), strict=True)
    assert {word for word, probability in judged if probability >= OBSCENE} == OBSCENE_ENGLISH_WORDS


@pytest.mark.parametrize(
    "body",
    [
        "zdravstvuite peredayu pokazaniya goryachaya voda 209 licevoy schet 610488",
        "Батареи холодные, Gagarina 8",
        "Ljhjust lhepmz [jkjlyst ,fnfhtb",
    ],
)
def test_russian_in_latin_letters_never_wakes_the_english_model(body: str) -> None:
    assert not is_english(body.lower())


def test_russian_letters_do_not_load_the_english_model(rulebook: Rulebook) -> None:
    loaded = "profanity_check" in sys.modules
    understand(make_letter("Батареи холодные третий день, примите меры. Мира 3-4"), rulebook)
    assert ("profanity_check" in sys.modules) == loaded
