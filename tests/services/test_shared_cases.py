"""Inputs that went wrong elsewhere: robots, bounces, two routes (`shared/cases`)."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from mailbot.model import CaseState, ClockMark
from mailbot.services.desk.case_acts import letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import moves_and_answers
from mailbot.store.mail import incoming
from tests.conftest import missing
from tests.services.conftest import House
from tests.services.test_handle import send_all


@pytest.fixture
def cases(shared: Path) -> Path:
    if not (shared / "cases").is_dir():
        missing("shared")
    return shared / "cases"


def test_04_a_form_of_the_site_is_the_clients(cases: Path, house: House) -> None:
    case = house.receive((cases / "04-site-form-from-own-address.eml").read_bytes())
    assert (case.state, case.sender) == (CaseState.AWAITING_REVIEW, "ivan.petrov@mail.ru")
    letter_sending.send(
        house.store, house.rules, ActContext(case.number or "", None, "Ольга", house.now), "Завтра."
    )
    assert message_from_bytes(send_all(house)[0])["To"] == "ivan.petrov@mail.ru"


def test_05_a_client_resends_under_a_bounces_subject(cases: Path, house: House) -> None:
    case = house.receive((cases / "05-client-resends-bounce-subject.eml").read_bytes())
    assert (case.state, case.kinds[0]) == (CaseState.AWAITING_REVIEW, "reading")
    judged = house.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    assert [str(reading.value) for reading in judged.facts.readings] == ["345"]
    assert any("345" in doubt for doubt in case.doubts)


def test_07_an_emergency_with_a_null_path_is_an_emergency(cases: Path, house: House) -> None:
    case = house.receive((cases / "07-null-return-path-emergency.eml").read_bytes())
    assert (case.state, case.priority) == (CaseState.AWAITING_REVIEW, "emergency")
    assert send_all(house) == []


@pytest.mark.parametrize(
    "name", ["20-calendar-reply.eml", "22-auto-subject-translit.eml", "33-headerless-vacation.eml"]
)
def test_20_22_33_robots_are_ignored(name: str, cases: Path, house: House) -> None:
    assert house.receive((cases / name).read_bytes()).state is CaseState.IGNORED
    assert send_all(house) == []


def test_26_one_letter_by_two_routes_is_one_case(cases: Path, house: House) -> None:
    first = house.receive((cases / "26-same-letter-twice-a.eml").read_bytes())
    second = house.receive((cases / "26-same-letter-twice-b.eml").read_bytes())
    assert first.number
    assert (second.state, second.number) == (CaseState.IGNORED, None)
    assert len(send_all(house)) <= 1


def test_28_a_report_in_base64_returns_our_letter(cases: Path, house: House) -> None:
    case = house.receive(
        "From: x@example.ru\nSubject: Показания\nMessage-ID: <1@x>\n\nл/с 450123, горячая вода 148 м3, Иванова Анна\n"
    )
    (reply,) = send_all(house)
    ours = str(message_from_bytes(reply)["Message-ID"])
    house.receive(with_id((cases / "28-dsn-base64-headers.eml").read_text(), ours))
    assert house.store.ask(summaries.case_of, case.number or "").state is CaseState.AWAITING_REVIEW


def with_id(report: str, ours: str) -> str:
    """The report with the id of a letter that we sent in its third part."""
    import base64
    import re

    block = re.search(r"base64\n\n((?:[\w+/=]+\n)+)", report)
    assert block is not None
    headers = re.sub(r"<mailbot[^>]*>", ours, base64.b64decode(block[1]).decode())
    return report.replace(block[1], base64.encodebytes(headers.encode()).decode())


def test_33_a_vacation_reply_does_not_count_as_the_clients_word(cases: Path, house: House) -> None:
    """The client was asked, and the clock stands still: it goes on standing."""
    case = house.receive(
        "From: peshkova.i@mail.ru\nSubject: Перерасчёт\nMessage-ID: <1@x>\n\nПрошу перерасчёт за отсутствие. Мира 8-42, Пешкова\n"
    )
    number = case.number or ""
    ask(house, number)
    (reply,) = send_all(house)[-1:]
    id = str(message_from_bytes(reply)["Message-ID"])
    vacation = (
        (cases / "33-headerless-vacation.eml").read_text().replace("Date:", f"In-Reply-To: {id}\nDate:", 1)
    )
    house.now += timedelta(hours=1)
    assert house.receive(vacation).state is CaseState.IGNORED
    assert ClockMark.HEARD not in marks(house, number)
    house.receive(
        f"From: peshkova.i@mail.ru\nSubject: Re\nIn-Reply-To: {id}\nMessage-ID: <3@x>\n\nС 1 по 20 октября, справка у вас.\n"
    )
    assert marks(house, number)[-1] is ClockMark.HEARD


def ask(house: House, number: str) -> None:
    """A person asks the client, and leaves the case open."""
    from mailbot.composing import compose_person_answer
    from mailbot.parsing import parse

    case = house.store.ask(summaries.case_of, number)
    with house.store.write() as transaction:
        outgoing = compose_person_answer(
            "За какие дни?",
            number=number,
            letter=parse(incoming.load_raw(transaction, case.letter_id)),
            templates=house.templates,
            raw_digest=incoming.digest(transaction, case.letter_id),
            now=house.now,
        )
        moves_and_answers.queue_answer(
            transaction, number, outgoing, "Ольга", "За какие дни?", house.now, None, ClockMark.ASKED
        )


def marks(house: House, number: str) -> list[ClockMark]:
    return [
        event.mark
        for event in house.store.ask(events.events_of, house.store.ask(summaries.case_of, number).id)
        if event.mark is not None
    ]
