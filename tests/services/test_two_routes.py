"""The same letter by two routes is one case with one answer (RFC 5322 3.6.4); nothing of either is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from mailbot.config import resource_folder
from mailbot.model import CaseState, RawLetter, SendOutcome, SendResult
from mailbot.parsing import read_envelope
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.letters.attempt import attempt_next
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming, outbox
from tests import engines
from tests.engines import PostgresServer, SqliteFiles
from tests.services.conftest import House

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


WORDS = "л/с 450123, горячая вода 148 м3, Иванова Анна"


def letter(
    words: str = WORDS,
    *,
    route: str = "mx.example",
    id: str = "<one@mail.example>",
    sender: str = "anna@mail.example",
    subject: str = "Показания",
    more: str = "",
) -> str:
    return (
        f"Delivered-To: {route}\nReceived: from {route} by mail.bk.ru\n{more}From: {sender}\nTo: 8666@bk.ru\n"
        f"Subject: {subject}\nMessage-ID: {id}\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
    )


def letters_of_ours(house: House) -> int:
    return sum(
        len(
            house.store.ask(
                summaries.outgoing_of, house.store.ask(summaries.case_of, case.number or str(case.id)).id
            )
        )
        for case in house.store.ask(summaries.cases, None, 50)
    )


FOOTER = "\n_______________________________________________\ndom mailing list -- dom@lists.example\nОтписаться: dom-leave@lists.example"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(letter(route="fwd.example", more="X-Forwarded-To: 8666@bk.ru\n"), id="forwarded"),
        pytest.param(letter(route="fwd.example", more="X-Spam: yes\n"), id="another folder"),
        pytest.param(letter(WORDS + FOOTER, subject="[dom-12] Показания"), id="a list's tag and footer"),
        pytest.param(letter(f"{WORDS}  \n\n"), id="blanks at the end"),
        pytest.param(letter(sender="Anna@Mail.Example", route="b.example"), id="the sender in capitals"),
    ],
)
def test_the_second_copy_has_no_case_of_its_own_and_no_answer(second: str, house: House) -> None:
    first = house.receive(letter())
    copy = house.receive(second)
    assert first.state is CaseState.ANSWERED
    assert (copy.state, copy.number, copy.rule) == (CaseState.IGNORED, None, "second_copy")
    assert f"второй экземпляр письма № {first.number}" in (copy.because or "")
    assert letters_of_ours(house) == 1
    assert second.splitlines()[0] in house.store.ask(incoming.load_raw, copy.letter_id).content.decode()
    assert copy.readings == ()


def test_a_copy_a_day_later_and_a_third_are_copies(house: House) -> None:
    house.receive(letter())
    house.now += timedelta(days=1)
    assert house.receive(letter(route="b.example")).state is CaseState.IGNORED
    assert house.receive(letter(route="c.example")).state is CaseState.IGNORED
    assert letters_of_ours(house) == 1


def test_a_copy_long_after_may_be_sent_anew_and_is_a_persons(house: House) -> None:
    first = house.receive(letter("Когда дадут отопление? Мира 8-42, Петрова", subject="Вопрос"))
    house.now += timedelta(days=20)
    again = house.receive(
        letter("Когда дадут отопление? Мира 8-42, Петрова", subject="Вопрос", route="b.example")
    )
    assert again.state is CaseState.AWAITING_REVIEW
    assert any(f"№ {first.number}" in doubt for doubt in again.doubts)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(letter(WORDS.replace("148", "149"), route="b.example"), id="other words"),
        pytest.param(letter(route="b.example", sender="boris@mail.example"), id="another sender"),
        pytest.param(letter(route="b.example", subject="Показания за ноябрь"), id="another subject"),
        pytest.param(
            letter(f"{WORDS}\n--\nВ подъезде прорвало трубу!", route="b.example"), id="more below the dashes"
        ),
    ],
)
def test_anything_else_is_a_letter_of_its_own(second: str, house: House) -> None:
    first = house.receive(letter())
    other = house.receive(second)
    assert other.number not in (None, first.number)
    assert other.rule != "second_copy"


SENT_AGAIN = [
    pytest.param("<two@mail.example>", id="another id"),
    pytest.param("", id="no id"),
]


@pytest.mark.parametrize("id", SENT_AGAIN)
def test_the_same_words_sent_twice_within_minutes_have_one_answer_and_one_reading(
    id: str, house: House
) -> None:
    first = house.receive(letter())
    again = house.receive(letter(id=id))
    assert (again.state, again.rule) == (CaseState.IGNORED, "second_copy")
    assert f"то же письмо ещё раз, через минуты после № {first.number}" in (again.because or "")
    assert letters_of_ours(house) == 1
    assert (len(first.readings), again.readings) == (1, ())


@pytest.mark.parametrize("id", SENT_AGAIN)
def test_whoever_sends_the_same_words_later_means_it(id: str, house: House) -> None:
    first = house.receive(letter("Когда дадут отопление? Мира 8-42, Петрова"))
    house.now += timedelta(minutes=15)
    again = house.receive(letter("Когда дадут отопление? Мира 8-42, Петрова", id=id))
    assert again.number not in (None, first.number)
    assert again.rule != "second_copy"


def test_the_same_words_after_our_answer_has_left_are_meant(house: House) -> None:
    first = house.receive(letter("Когда дадут отопление? Мира 8-42, Петрова"))
    (ours,) = house.store.ask(summaries.outgoing_of, first.id)
    claimed = house.store.do(outbox.claim_outgoing, "d", timedelta(minutes=1), house.now)
    assert claimed is not None
    assert claimed.message_id == ours.message_id
    house.store.do(outbox.record_delivery, claimed.id, SendResult(SendOutcome.SENT, "250"), house.now, None)
    again = house.receive(letter("Когда дадут отопление? Мира 8-42, Петрова", id="<two@mail.example>"))
    assert again.rule != "second_copy"


def test_the_same_word_to_two_letters_of_ours_is_two_answers(house: House) -> None:
    first = house.receive(letter("да", more="In-Reply-To: <mailbot.1@bk.ru>\n"))
    other = house.receive(letter("да", id="<two@mail.example>", more="In-Reply-To: <mailbot.2@bk.ru>\n"))
    assert other.rule != "second_copy"
    assert first.id != other.id


def test_the_same_words_of_two_who_write_by_one_form_are_two_letters(house: House) -> None:
    """Whom a form writes for stands in Reply-To."""
    by_form = [
        letter(
            id=f"<{name}@site.example>", sender="form@site.example", more=f"Reply-To: {name}@mail.example\n"
        )
        for name in ("anna", "boris")
    ]
    assert [house.receive(content).rule == "second_copy" for content in by_form] == [False, False]


def test_a_direct_copy_is_the_clients_where_the_first_was_a_lists(house: House) -> None:
    words = "Когда дадут отопление на улице Мира? Петрова"
    listed = house.receive(letter(words, more="List-Id: <dom.lists.example>\nPrecedence: list\n"))
    assert listed.state is CaseState.IGNORED
    direct = house.receive(letter(words, route="b.example"))
    assert direct.number
    assert house.receive(letter(words, route="c.example")).rule == "second_copy"


def test_a_copy_that_a_person_takes_back_is_a_case(house: House) -> None:
    house.receive(letter())
    copy = house.receive(letter(route="b.example"))
    acts.take_back(house.store, ActContext(str(copy.id), None, "Ольга", house.now), "посмотрю")
    (back,) = house.store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)
    assert back.letter_id == copy.letter_id
    assert house.receive(letter(route="c.example")).rule == "second_copy"


def test_an_emergency_by_two_routes_is_one_emergency(house: House) -> None:
    burst = "В подъезде прорвало трубу, хлещет кипяток! Мира 8, 8 912 345-67-89"
    first = house.receive(letter(burst))
    assert house.receive(letter(burst, route="b.example")).state is CaseState.IGNORED
    assert (first.state, first.priority) == (CaseState.AWAITING_REVIEW, "emergency")


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize("sender", ["anna@mail.example", ""])
def test_two_workers_at_once_make_one_case(
    engine: str, sender: str, house: House, request: pytest.FixtureRequest
) -> None:
    """Without a sender no order of letters holds the second back: only the lock and the index do."""
    databases: SqliteFiles | PostgresServer = request.getfixturevalue(engine)
    url = databases.fresh()
    copies = [letter(route=f"{at}.example", sender=sender) for at in range(6)]
    store = Store(url, resource_folder("db"))
    for content in copies:
        raw = RawLetter(content.encode(), house.now)
        store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", house.now)
    threads = [threading.Thread(target=work, args=(url, house)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cases = store.ask(summaries.cases, None, 50)
    assert sorted(case.rule or "" for case in cases).count("second_copy") == 5
    assert (
        sum(
            len(
                store.ask(summaries.outgoing_of, store.ask(summaries.case_of, case.number or str(case.id)).id)
            )
            for case in cases
        )
        <= 1
    )
    assert [case.number for case in cases if case.number] == ["26-000001"]
    assert store.ask(summaries.pending) == (1 if sender else 0), "one answer is on its way"
    store.close()


def work(url: str, house: House) -> None:
    store = Store(url, resource_folder("db"))
    while store.ask(summaries.counts).get("collected"):
        attempt_next(store, house.bench, house.clock)
    store.close()
