"""The whole of understanding: never raises, shows evidence, is quick, and holds on the labelled letters."""

from __future__ import annotations

import json
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.config import resource_folder
from mailbot.model import (
    AbuseKind,
    Certainty,
    Facts,
    Judgement,
    Letter,
    LetterKind,
    RawLetter,
    Rulebook,
    Span,
)
from mailbot.model.letter.facts import ExtractedValue
from mailbot.parsing import parse
from mailbot.services.training.material.labelled_letters import read_training
from mailbot.understanding import understand
from tests.scale import tries
from tests.understanding.letters import make_letter

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
HOSTILE = st.text(
    alphabet=RUSSIAN + RUSSIAN.upper() + "xyzABC0123456789 .,!?*@#-–\n\t/№+°ёЁ\u0130\u0301\u200d😊",
    max_size=400,
)


def spans_of(facts: Facts) -> list[Span]:
    items: tuple[
        ExtractedValue[LetterKind] | ExtractedValue[str] | ExtractedValue[AbuseKind] | Judgement, ...
    ] = (
        *facts.kinds,
        *facts.topics,
        *facts.urgent,
        *facts.abuse,
        *facts.arguments,
        facts.substance,
        facts.readable,
        facts.client,
    )
    return [span for item in items for span in item.spans]


@given(HOSTILE, HOSTILE)
@settings(max_examples=tries(120), deadline=None)
def test_any_text_is_understood_and_all_evidence_lies_in_it(
    rulebook: Rulebook, body: str, subject: str
) -> None:
    letter = make_letter(body, subject)
    facts = understand(letter, rulebook)
    assert facts.kinds
    for span in spans_of(facts):
        assert 0 <= span.start < span.end <= len(letter.part(span.part).text)


MOST_PLAIN = 12
"""How many plain letters of the same length a hostile one may cost: two, measured on a quiet machine."""

PLAIN = "Передаю показания: гвс 345, отопление 12,5. Когда включат отопление? С уважением, Зуев.\n"


@pytest.mark.parametrize(
    "text",
    [
        "а" * 50_000,
        "х " * 25_000,
        "* " * 25_000,
        "?" * 50_000,
        "бл*" * 15_000,
        "1 " * 25_000,
        "не " * 15_000,
        "батареи холодные в квартире " * 700,
    ],
    ids=["one word", "spaced", "stars", "questions", "masked", "digits", "not", "words"],
)
def test_a_hostile_length_is_no_hindrance(text: str, rulebook: Rulebook) -> None:
    """The floor is a plain letter of the same length, understood beside it."""
    spent(PLAIN, rulebook)  # what is opened once is open
    floor = spent((PLAIN * len(text))[: len(text)], rulebook)
    assert spent(text, rulebook) < MOST_PLAIN * floor


SHAPES = (
    "а", "a", "1", "0", " ", "\n", "\t", ".", ",", "-", "_", "@", "(", "[", "<", ">", '"', "«", "😀", "\u0301", "\u200f",
    "\u200b", "А", "аб", "1.", "12.34.56 ", "1-1-1 ", "кв 1-1-1 ", "ул. ", "ул. Мира, ", "д. 5 ", "<div a='b'>", "</",
    "http://a.b/c?d=e ", "www.", "a@b.ru ", "@b", "> > ", "|", "1|2|", "| 1 ", "1\n", "а\n", "А. ", "Иванов И.И. ", "+7 ",
    "8 912 345-67-89 ", "№ ", "л/с ", "гкал ", "1 м3 ", ": ", ";", "==", "--", "не ", "\u00a0",
)  # fmt: skip
"""What letters are made of when a program, or a finger on a key, has made them."""


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_letter_takes_about_four_times_the_time(shape: str, rulebook: Rulebook) -> None:
    """A column of 3,000 ones took ten seconds; what grows with the square is sixteen times dearer here."""

    def cost(length: int) -> float:
        return spent((shape * length)[:length], rulebook)

    cost(1_000)  # what is opened once is open
    once = max(min(cost(1_000) for _ in range(2)), 0.02)
    assert cost(4_000) < 10 * once or cost(4_000) < 10 * once


def spent(text: str, rulebook: Rulebook) -> float:
    """Seconds of the processor that understanding takes."""
    letter = make_letter(text)
    started = time.process_time()
    understand(letter, rulebook)
    return time.process_time() - started


def test_the_same_letter_is_always_understood_alike(rulebook: Rulebook) -> None:
    letter = make_letter("Бл*ть, батареи холодные с 12 ноября! Мира 3-4, Зуев")
    assert understand(letter, rulebook) == understand(letter, rulebook)


MOST_PARSINGS = 20
"""Seven, measured on a quiet machine."""


def test_a_letter_is_understood_in_the_time_of_some_parsings(rulebook: Rulebook) -> None:
    """The floor is the parsing of the same letters, measured beside it."""
    told = read_training(
        [resource_folder("training") / "letters"], (topic.name for topic in rulebook.topics)
    )[::20]
    spent: dict[str, list[float]] = {"parse": [], "understand": []}
    for _ in range(2):  # the first way fills the caches of words
        for times in spent.values():
            times.clear()
        for one in told:
            raw = one.raw()
            started = time.process_time()
            letter = parse(raw)
            parsed = time.process_time()
            understand(letter, rulebook)
            spent["parse"].append(parsed - started)
            spent["understand"].append(time.process_time() - parsed)
    assert statistics.median(spent["understand"]) < MOST_PARSINGS * statistics.median(spent["parse"])


# --- the labelled letters beside the checkout -------------------------------------------------------


@pytest.fixture(scope="module")
def labelled_set(shared: Path, rulebook: Rulebook) -> list[tuple[dict[str, Any], Letter, Facts]]:
    parsing = pytest.importorskip("mailbot.parsing")
    rows = []
    for line in (shared / "letters" / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        raw = RawLetter((shared / "letters" / "set" / label["file"]).read_bytes(), datetime.now(UTC))
        letter = parsing.parse(raw)
        rows.append((label, letter, understand(letter, rulebook)))
    return rows


def is_client(label: dict[str, Any]) -> bool:
    return label["must"] in ("answer", "no_reply:no_contacts")


def test_kinds_of_the_labelled_letters(labelled_set: list[tuple[dict[str, Any], Letter, Facts]]) -> None:
    right = dict.fromkeys(LetterKind, 0)
    wrong = dict.fromkeys(LetterKind, 0)
    for label, _, facts in labelled_set:
        wanted = LetterKind(str(label["primary"]))
        if facts.primary is wanted:
            right[wanted] += 1
        else:
            wrong[wanted] += 1
            wrong[facts.primary] += 1
    macro = sum(2 * right[kind] / (2 * right[kind] + wrong[kind]) for kind in LetterKind) / len(LetterKind)
    assert macro >= 0.95, [
        (label["file"], label["primary"], facts.primary)
        for label, _, facts in labelled_set
        if facts.primary != label["primary"]
    ]


def test_kind_sets_of_the_labelled_clients(labelled_set: list[tuple[dict[str, Any], Letter, Facts]]) -> None:
    scores = []
    for label, _, facts in labelled_set:
        if is_client(label):
            wanted, found = set(label["kinds"]), {kind.value.value for kind in facts.kinds}
            scores.append(2 * len(wanted & found) / (len(wanted) + len(found)))
    assert statistics.mean(scores) >= 0.93


def test_no_labelled_letter_owed_an_answer_could_be_silenced_for_its_words(
    labelled_set: list[tuple[dict[str, Any], Letter, Facts]],
) -> None:
    for label, _, facts in labelled_set:
        if label["must"] != "answer":
            continue
        assert not (facts.abuse and facts.substance.answer is Certainty.NO), label["file"]
        assert facts.readable.answer is not Certainty.NO, label["file"]
        assert facts.client.answer is not Certainty.NO, label["file"]


def test_labelled_abuse_has_no_substance(labelled_set: list[tuple[dict[str, Any], Letter, Facts]]) -> None:
    for label, _, facts in labelled_set:
        if label["must"] == "no_reply:abuse":
            assert facts.abuse, label["file"]
            assert facts.substance.answer is Certainty.NO, label["file"]


def test_labelled_emergencies_are_urgent(labelled_set: list[tuple[dict[str, Any], Letter, Facts]]) -> None:
    for label, _, facts in labelled_set:
        if "emergency" in label["tags"]:
            assert facts.urgent, label["file"]
