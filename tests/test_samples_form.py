"""Every sample letter has its expectation beside it, in lawful words, and together they cover the policy."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from mailbot.model import Action, CaseContext, LetterKind, RawLetter, Resource, Rulebook, Unit
from mailbot.parsing import parse
from mailbot.policy import LetterInContext, decide
from mailbot.understanding import understand

TOP = Path(__file__).parents[1]
LETTERS = sorted((TOP / "samples/letters").glob("*.eml"))
TEMPLATES = {path.name.partition(".")[0] for path in (TOP / "templates/mail").glob("*.subject.txt")}
RULES = {"no_contacts", "abuse", "unreadable"}
"""A repeat needs an answer that has left: it stands in tests/policy and tests/web."""

FIELDS = {"about", "primary", "kinds", "action", "rule", "template", "readings"}


def expected(letter: Path) -> dict[str, Any]:
    return tomllib.loads(letter.with_suffix(".toml").read_text(encoding="utf-8"))


def test_there_are_letters_enough() -> None:
    assert len(LETTERS) >= 66


def test_every_expectation_has_its_letter() -> None:
    assert {path.stem for path in (TOP / "samples/letters").glob("*.toml")} == {p.stem for p in LETTERS}


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_an_expectation_is_lawful(letter: Path) -> None:
    row = expected(letter)
    assert re.fullmatch(r"\d\d-[a-z0-9-]+", letter.stem)
    assert set(row) <= FIELDS
    assert re.match(r"[А-ЯЁA-Z«].*\.$", row["about"])
    assert row["primary"] == row["kinds"][0]
    assert set(row["kinds"]) <= set(LetterKind)
    assert row["action"] in set(Action)
    assert ("rule" in row) == (row["action"] == Action.NO_REPLY)
    assert row.get("rule", "abuse") in RULES
    assert row["template"] in TEMPLATES | {""}
    assert row["action"] not in (Action.NO_REPLY, Action.IGNORE) or row["template"] == ""
    for reading in row["readings"]:
        assert set(reading) <= {"account", "meter", "resource", "value", "unit"}
        assert Decimal(reading["value"]) >= 0
        assert reading.get("resource", Resource.HEATING) in set(Resource)
        assert reading.get("unit", Unit.M3) in set(Unit)
    assert (row["action"] != Action.READING_ACCEPTED) or row["readings"]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_letter_is_kept_with_its_network_line_ends(letter: Path) -> None:
    content = letter.read_bytes()
    assert content.startswith(b"Received: ")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_letters_were_received_in_the_order_of_their_numbers() -> None:
    heads = [BytesHeaderParser().parsebytes(letter.read_bytes()) for letter in LETTERS]
    moments = [parsedate_to_datetime(str(head["Received"]).rpartition(";")[2].strip()) for head in heads]
    assert moments == sorted(moments)
    assert {(moment.year, moment.month) for moment in moments} == {(2026, 11)}


def test_every_kind_action_rule_and_answer_occurs() -> None:
    rows = [expected(letter) for letter in LETTERS]
    assert {row["primary"] for row in rows} == set(LetterKind)
    assert {row["action"] for row in rows} == set(Action)
    assert {row["rule"] for row in rows if "rule" in row} == RULES
    answers = tomllib.loads((TOP / "rules/answers.toml").read_text(encoding="utf-8"))["answer"]
    # the samples come without a ledger, without talk beside readings and without bare thanks; what answers these stands in
    # tests/services/ledger, tests/web/cases/test_nothing_more.py and tests/policy/decision/completeness/test_plain_questions.py
    beyond = ("delivery:", "reading:rest", "topic:thanks")
    plain = [one for one in answers if "needs" not in one and not one["when"].startswith(beyond)]
    assert {answer["template"] for answer in plain} <= {row["template"] for row in rows}
    assert Counter(len(row["kinds"]) > 1 for row in rows)[True] >= 2


def test_every_rule_on_who_is_no_client_decides_a_sample(rulebook: Rulebook) -> None:
    decided = set()
    for path in LETTERS:
        letter = parse(RawLetter(path.read_bytes(), datetime(2026, 11, 23, tzinfo=UTC)))
        context = CaseContext(number="26-000001", register_known=True)
        known = LetterInContext(letter, understand(letter, rulebook), context, rulebook)
        decided.add(decide(known, datetime(2026, 11, 23, 9, tzinfo=UTC)).rule)
    context_wanted = {"second_copy"}  # it takes two letters: tests/services/test_two_routes.py
    assert {rule.short for rule in rulebook.ignore} - context_wanted <= decided


def test_no_two_letters_are_the_same() -> None:
    assert len({letter.read_bytes() for letter in LETTERS}) == len(LETTERS)


def test_the_register_names_senders_of_the_samples() -> None:
    with (TOP / "samples/clients.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    letters = b"".join(letter.read_bytes() for letter in LETTERS)
    for row in rows:
        assert set(row) == {"email", "account", "name"}
        assert row["email"].encode() in letters
        assert row["account"].isdigit()
