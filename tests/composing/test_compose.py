"""A decision becomes a letter that mail programs read as we mean it."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mailbot.composing import compose
from mailbot.composing.letters.reply import purpose_of
from mailbot.model import (
    Action,
    Client,
    Decision,
    EarlierReading,
    LetterPurpose,
    RefusedReading,
    Resource,
    Unit,
)
from mailbot.model.case.context import ClientProof
from tests.composing.material import (
    CONTEXT,
    DECISION,
    DIGEST,
    FACTS,
    HOT,
    RECEIVED,
    Room,
    a_letter,
    mail_sources,
    package_rulebook,
)
from tests.composing.reading import ACKNOWLEDGED, body, composed, read


def test_a_mail_program_reads_the_headers(room: Room) -> None:
    message = read(composed(room))
    assert message["From"].addresses[0].display_name == "ООО «ЭкоСтрой»"
    assert message["From"].addresses[0].addr_spec == "8666@bk.ru"
    assert message["To"] == "sveta@mail.ru"
    assert message["Subject"] == "Re: Показания [№ 26-000123]"
    assert message["Date"].datetime.isoformat() == "2026-11-21T12:31:00+05:00"
    assert message["In-Reply-To"] == "<abc@mail.ru>"
    assert message["References"] == "<abc@mail.ru>"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects


def test_an_automatic_letter_says_so_to_robots(room: Room) -> None:
    message = read(composed(room))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_the_text_names_the_case_the_readings_and_the_channels(room: Room) -> None:
    outgoing = composed(room)
    assert "Здравствуйте, Светлана Юрьевна!" in outgoing.text
    assert "Обращение № 26-000123 от 21.11.2026." in outgoing.text
    assert "Принято 1 показание:" in outgoing.text
    assert "- лицевой счёт 7023188, счётчик № 08123456, горячая вода: 148,50 м³\n" in outgoing.text
    for said in ("8 (34241) 0-00-00", "8666@bk.ru", "ул. Солнечная, 1/5", "С уважением, ООО «ЭкоСтрой»"):
        assert said in outgoing.text
        assert said in body(read(outgoing), "html")
    assert body(read(outgoing), "plain").replace("\r\n", "\n") == outgoing.text


def test_an_acknowledgement_promises_the_deadline(room: Room) -> None:
    assert "Ответим не позднее 26.11.2026." in composed(room, decision=ACKNOWLEDGED).text


def test_a_deadline_that_has_passed_is_not_promised(room: Room) -> None:
    late = replace(ACKNOWLEDGED, respond_by=ACKNOWLEDGED.decided_at - timedelta(days=1))
    assert "Ответим в максимально возможно короткий срок." in composed(room, decision=late).text


def test_an_emergency_is_promised_by_the_hour_where_people_are_told(room: Room) -> None:
    soon = replace(ACKNOWLEDGED, template="emergency_received", respond_by=RECEIVED + timedelta(hours=2))
    watched = replace(room, templates=replace(room.templates, alarmed=True))
    text = composed(watched, decision=soon).text
    assert "не позднее 14:30 21.11.2026" in text
    assert text.index("8 (34241) 0-00-00") < text.index("С уважением")


def test_a_refused_reading_says_why(room: Room) -> None:
    decision = replace(
        ACKNOWLEDGED,
        template="reading_refused",
        refused=(RefusedReading(HOT, "показание меньше прошлого"),),
    )
    outgoing = composed(room, decision=decision)
    assert "148,50 м³ — показание меньше прошлого" in outgoing.text
    assert "Принято" not in outgoing.text
    assert "показание меньше прошлого" in body(read(outgoing), "html")


BEFORE = EarlierReading(
    "7023188", "08123456", Resource.HOT_WATER, Decimal("144"), Unit.M3, RECEIVED - timedelta(days=30)
)
CLIENT = Client("Зырянова С. Ю.", ("7023188",), ("sveta@mail.ru",), ClientProof.SENDER)


def test_consumption_is_told_to_an_address_of_the_register(room: Room) -> None:
    context = replace(CONTEXT, client=CLIENT, readings=(BEFORE,))
    assert "148,50 м³ (расход 4,50 м³)" in composed(room, context=context).text


@pytest.mark.parametrize(
    "client", [None, replace(CLIENT, emails=("other@mail.ru",), tied_by=ClientProof.ACCOUNT)]
)
def test_consumption_is_not_told_to_a_stranger_who_knows_the_account(
    room: Room, client: Client | None
) -> None:
    context = replace(CONTEXT, client=client, readings=(BEFORE,))
    assert "расход" not in composed(room, context=context).text


def test_consumption_of_another_unit_is_not_subtracted(room: Room) -> None:
    context = replace(CONTEXT, client=CLIENT, readings=(replace(BEFORE, unit=Unit.GCAL),))
    assert "расход" not in composed(room, context=context).text


def test_no_template_no_letter(room: Room) -> None:
    silent = replace(DECISION, action=Action.NO_REPLY, template=None)
    assert (
        compose(silent, a_letter(), FACTS, CONTEXT, room.templates, received_at=RECEIVED, raw_digest=DIGEST)
        is None
    )


@pytest.mark.parametrize("action", [Action.NO_REPLY, Action.IGNORE])
def test_a_decision_to_be_silent_never_writes(room: Room, action: Action) -> None:
    with pytest.raises(ValueError, match="must not name a template"):
        composed(room, decision=replace(DECISION, action=action))


@pytest.mark.parametrize(
    ("action", "on_substance", "purpose"),
    [
        (Action.READING_ACCEPTED, True, LetterPurpose.ANSWER),
        (Action.READING_ACCEPTED, False, LetterPurpose.ANSWER),
        (Action.ANSWER, True, LetterPurpose.ANSWER),
        (Action.ANSWER, False, LetterPurpose.REQUEST),
        (Action.REVIEW, False, LetterPurpose.ACKNOWLEDGEMENT),
    ],
)
def test_the_purpose_follows_from_the_decision(
    action: Action, on_substance: bool, purpose: LetterPurpose
) -> None:
    assert purpose_of(replace(DECISION, action=action, on_substance=on_substance)) is purpose


def test_a_hostile_reason_is_escaped_in_html(room: Room) -> None:
    decision = replace(
        ACKNOWLEDGED,
        template="reading_refused",
        refused=(RefusedReading(HOT, "<script>alert(1)</script>\n--=_mailbot"),),
    )
    message = read(composed(room, decision=decision))
    assert "<script" not in body(message, "html")
    assert "&lt;script&gt;" in body(message, "html")
    assert len(list(message.iter_parts())) == 2


def test_the_html_loads_nothing_from_outside(room: Room) -> None:
    html = body(read(composed(room)), "html")
    assert not re.search(r"<(img|script|link|iframe)|url\(|src=|https?:", html)


def test_every_part_is_base64_of_utf8(room: Room) -> None:
    outgoing = composed(room)
    parts = list(read(outgoing).iter_parts())
    for part in parts:
        assert part["Content-Transfer-Encoding"] == "base64"
        b64decode(part.get_payload()).decode("utf-8")  # type: ignore[arg-type]  # a leaf's payload is text


def decisions() -> list[Decision]:
    acted = [
        replace(ACKNOWLEDGED, template=answer.template, accepted=(HOT,))
        for answer in package_rulebook().answers
    ]
    return [*acted, replace(ACKNOWLEDGED, template="contacts_missing", respond_by=None)]


@pytest.mark.parametrize("decision", decisions(), ids=lambda decision: decision.template)
def test_no_letter_shows_its_machinery(room: Room, decision: Decision) -> None:
    outgoing = composed(room, decision=decision)
    html = body(read(outgoing), "html")
    for text in (outgoing.text, html, outgoing.subject):
        assert not re.search(r"None|\{\{|\}\}|\{%|Undefined|True|False|HOT_WATER|hot_water", text)
        assert "26-000123" in text or text is outgoing.subject
    assert "\n\n\n" not in outgoing.text
    assert not re.search(r"^\s*[-•]\s*$|: *$\n\n\n", outgoing.text, re.MULTILINE)


def test_mail_sources_hold_every_named_template() -> None:
    names = {source.name for source in mail_sources()}
    assert {f"templates/mail/{answer.template}.txt" for answer in package_rulebook().answers} <= names
