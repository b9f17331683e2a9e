"""The one line at the end of an answer that asks to rate it; a letter without it is what it was before there was one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.composing import MailTemplates, compose, compose_person_answer, load_templates
from mailbot.config import load_sources
from mailbot.model import OutgoingLetter, Rulebook
from mailbot.model.report.survey import RatingLinks
from tests.composing.material import CONTEXT, DECISION, DIGEST, FACTS, RECEIVED, a_letter
from tests.composing.reading import body, read

PAGE = "https://cabinet.example/rate/26-000123.abc"
LINKS = RatingLinks(tuple((score, f"{PAGE}?score={score}") for score in range(1, 6)), f"{PAGE}/stop")
LINE = "{% if rating is defined and rating %}"


def before(rulebook: Rulebook) -> MailTemplates:
    """The shipped templates with the question cut out of the layout."""
    found = []
    for one in load_sources("templates"):
        if one.name.startswith("templates/mail/_layout."):
            assert LINE in one.text
            head, rest = one.text.split(LINE + "\n")
            one = replace(one, text=head + rest.partition("{% endif %}\n")[2])
        found.append(one)
    return load_templates(tuple(found), rulebook)


def by_machine(templates: MailTemplates, rating: RatingLinks | None = None) -> OutgoingLetter:
    made = compose(
        DECISION,
        a_letter(),
        FACTS,
        CONTEXT,
        templates,
        received_at=RECEIVED,
        raw_digest=DIGEST,
        rating=rating,
    )
    assert made is not None
    return made


def by_person(templates: MailTemplates, rating: RatingLinks | None = None) -> OutgoingLetter:
    return compose_person_answer(
        "Мастер был.", number="26-000123", letter=a_letter(), templates=templates, raw_digest=DIGEST, now=RECEIVED,
        rating=rating,
    )  # fmt: skip


@pytest.mark.parametrize("write", [by_machine, by_person])
def test_a_letter_that_asks_nothing_is_the_same_to_the_byte_as_before(
    rulebook: Rulebook, templates: MailTemplates, write: object
) -> None:
    assert callable(write)
    assert write(templates).content == write(before(rulebook)).content


@pytest.mark.parametrize("write", [by_machine, by_person])
def test_asking_changes_neither_the_id_nor_the_text_that_is_kept(
    templates: MailTemplates, write: object
) -> None:
    assert callable(write)
    plain, asking = write(templates), write(templates, LINKS)
    assert asking.message_id == plain.message_id
    assert asking.text == plain.text
    assert replace(asking, content=b"") == replace(plain, content=b"")
    letter = read(asking)
    for kind in ("plain", "html"):
        shown = body(letter, kind)
        assert all(url in shown for _, url in LINKS.scores)
        assert LINKS.stop_url in shown


def test_the_same_letter_with_the_same_links_has_the_same_bytes(templates: MailTemplates) -> None:
    assert by_person(templates, LINKS).content == by_person(templates, LINKS).content


def test_templates_of_the_companys_own_that_show_no_links_make_the_letter_as_it_was(
    rulebook: Rulebook, templates: MailTemplates
) -> None:
    assert by_person(before(rulebook), LINKS).content == by_person(templates).content
