"""A letter with readings from its bytes to the ledger, the reply, and a person's word on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy

import pytest

from mailbot.model import CaseState, Channel, RequestRefused
from mailbot.model.case.reading_state import ReadingState
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext, ReadingForm
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.office_appeals import Appeal, register
from mailbot.store.cases import review_queue, summaries
from mailbot.store.mail import outbox
from tests.services.conftest import House
from tests.services.ledger.conftest import books, letter, on, standing
from tests.services.test_desk import MEMBER

NOVEMBER = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 20, 6, 0, tzinfo=UTC)


def reply(house: House) -> str:
    """The words of our newest letter that waits to leave."""
    item = house.store.do(outbox.claim_outgoing, "test", timedelta(minutes=1), house.now)
    assert item is not None
    body = message_from_bytes(item.content, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_letter_enters_the_ledger_and_the_client_reads_what_was_used(metered: House) -> None:
    on(metered, OCTOBER).receive(letter("л/с 440215, горячая вода 112 м3, Кошкина Анна"))
    assert "расход" not in reply(metered), "nothing earlier is known"
    case = on(metered, NOVEMBER).receive(letter("л/с 440215, горячая вода 118 м3, Кошкина Анна"))
    assert (case.state, case.action) == (CaseState.ANSWERED, "reading_accepted")
    (first, second) = books(metered)
    assert (second.meter, second.value, second.day) == ("5501", Decimal(118), date(2026, 11, 23))
    assert (str(second.month), second.source, second.by, first.source) == (
        "2026-11",
        "mail",
        "mailbot",
        "mail",
    )
    (row,) = metered.store.ask(review_queue.readings, case.id)
    assert (second.reading_id, row.meter) == (row.id, "5501")
    told = reply(metered)
    assert "счётчик № 5501" in told
    assert "расход 6 м³" in told


def test_a_stranger_who_names_the_account_learns_neither_meter_nor_use(metered: House) -> None:
    on(metered, OCTOBER).receive(letter("л/с 440215, горячая вода 112 м3, Кошкина Анна"))
    reply(metered)
    on(metered, NOVEMBER).receive(letter("л/с 440215, горячая вода 118 м3", sender="petr@other.example"))
    assert standing(metered) == [("5501", Decimal(112)), ("5501", Decimal(118))]
    told = reply(metered)
    assert "118" in told
    for secret in ("5501", "112", "расход", "Кошкина"):
        assert secret not in told, secret


def test_a_late_letter_says_in_which_month_it_counts(metered: House) -> None:
    """Received on 26 November: the window ends on the 25th."""
    late = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
    on(metered, late).receive(letter("л/с 440215, горячая вода 118 м3, Кошкина Анна"))
    assert [str(one.month) for one in books(metered)] == ["2026-12"]
    assert "учтём в декабре 2026 года" in reply(metered)


def test_an_account_that_is_not_ours_is_told_and_waits_for_a_person(metered: House) -> None:
    case = metered.receive(letter("л/с 999999, горячая вода 118 м3", sender="petr@other.example"))
    assert case.state is CaseState.AWAITING_REVIEW
    assert "такого лицевого счёта у нас нет" in reply(metered)
    assert books(metered, "999999") == []


def test_a_mistake_corrected_in_the_same_month_stands_corrected(metered: House) -> None:
    on(metered, OCTOBER).receive(letter("л/с 440215, горячая вода 112 м3"))
    on(metered, NOVEMBER).receive(letter("л/с 440215, горячая вода 138 м3"))
    metered.receive(letter("Ошибся, л/с 440215, горячая вода правильно 118 м3"))
    assert standing(metered) == [("5501", Decimal(112)), ("5501", Decimal(118))]
    (_, wrong, right) = sorted(books(metered), key=lambda one: one.id)
    assert (wrong.replaced, right.replaces) == (True, wrong.id)


def test_the_same_letter_again_is_answered_and_enters_nothing(metered: House) -> None:
    metered.receive(letter("л/с 440215, горячая вода 118 м3"))
    again = metered.receive(letter("Ещё раз: л/с 440215, горячая вода 118 м3"))
    assert again.action == "reading_accepted"
    assert len(books(metered)) == 1


def test_a_flat_with_two_dials_is_asked_for_numbers_and_taken_with_them(metered: House) -> None:
    asked = metered.receive(letter("л/с 440300 гвс 45 и 67", sender="pavel@mail.example"))
    assert asked.state is CaseState.AWAITING_REVIEW
    assert books(metered, "440300") == []
    words = "л/с 440300\nсчётчик № 8101 горячая вода 45\nсчётчик № 8102 горячая вода 67"
    metered.receive(letter(words, sender="pavel@mail.example"))
    assert standing(metered, "440300") == [("8101", Decimal(45)), ("8102", Decimal(67))]


def test_what_is_told_by_telephone_carries_its_channel(metered: House) -> None:
    case = register(
        metered.store,
        metered.rules.rulebook,
        metered.templates,
        Appeal(Channel.PHONE, "Показания", "Передаю показания, горячая вода 118 м3", account="440215"),
        by="Анна",
        now=metered.now,
    )
    assert [one.source for one in books(metered)] == ["phone"]
    assert metered.store.ask(review_queue.line_of, case.id).channel is Channel.PHONE


def waiting(house: House, body: str, sender: str = "anna@mail.example") -> tuple[str, int]:
    """The number of a case before a person, and the row of its only reading."""
    case = house.receive(letter(body, sender=sender))
    assert case.state is CaseState.AWAITING_REVIEW
    (row,) = house.store.ask(review_queue.readings, case.id)
    return str(case.number), row.id


def judge(house: House, number: str, reading_id: int, form: ReadingForm) -> None:
    house.now += timedelta(minutes=1)
    page = ActContext(number, None, "Анна", house.now)
    acts.judge_reading(house.store, house.rules.rulebook, page, reading_id, form)


def accept(value: str, account: str = "440215", meter: str = "") -> ReadingForm:
    return ReadingForm(ReadingState.ACCEPTED, value, account, "hot_water", meter=meter)


REFUSE = ReadingForm(ReadingState.REFUSED, "", "", "", "прибор снят")


def undo(house: House, number: str) -> None:
    acts.undo(house.store, ActContext(number, None, "Анна", house.now + timedelta(seconds=5)))


def test_a_person_accepts_corrects_and_refuses_and_the_ledger_follows(metered: House) -> None:
    """9000 м³ in a month looks too much: a person has called and knows that it is 900."""
    on(metered, OCTOBER).receive(letter("л/с 440215, горячая вода 112 м3"))
    number, row = waiting(on(metered, NOVEMBER), "л/с 440215, горячая вода 9000 м3")
    judge(metered, number, row, accept("9000"))
    assert standing(metered)[1:] == [("5501", Decimal(9000))]
    judge(metered, number, row, accept("900"))
    assert standing(metered)[1:] == [("5501", Decimal(900))]
    judge(metered, number, row, REFUSE)
    assert standing(metered) == [("5501", Decimal(112))]
    judge(metered, number, row, accept("901"))
    assert standing(metered)[1:] == [("5501", Decimal(901))]
    ours = [one for one in books(metered) if one.reading_id == row]
    assert [(one.by, one.source, str(one.month)) for one in ours] == [("Анна", "person", "2026-11")] * 4


def test_taking_an_act_back_restores_the_ledger_by_adding_rows(metered: House) -> None:
    number, row = waiting(metered, "л/с 440215, горячая вода 100500 м3")
    for form in (accept("118"), accept("120"), REFUSE, accept("125")):
        before, kept = standing(metered), len(books(metered))
        judge(metered, number, row, form)
        assert standing(metered) != before
        undo(metered, number)
        assert standing(metered) == before
        assert len(books(metered)) > kept
        judge(metered, number, row, form)


def test_a_refused_correction_gives_back_what_it_corrected(metered: House) -> None:
    metered.receive(letter("л/с 440215, горячая вода 118 м3"))
    wrong = metered.receive(letter("Правильно: л/с 440215, горячая вода 18 м3"))
    assert standing(metered) == [("5501", Decimal(18))]
    (row,) = metered.store.ask(review_queue.readings, wrong.id)
    judge(metered, str(wrong.number), row.id, REFUSE)
    assert standing(metered) == [("5501", Decimal(118))]
    undo(metered, str(wrong.number))
    assert standing(metered) == [("5501", Decimal(18))]


def test_a_person_who_accepts_less_than_the_month_already_has_corrects_it(metered: House) -> None:
    on(metered, OCTOBER).receive(letter("л/с 440215, горячая вода 112 м3"))
    on(metered, NOVEMBER).receive(letter("л/с 440215, горячая вода 118 м3"))
    number, row = waiting(metered, "л/с 440215, горячая вода 111 м3")
    judge(metered, number, row, accept("113"))
    assert standing(metered) == [("5501", Decimal(112)), ("5501", Decimal(113))]
    undo(metered, number)
    assert standing(metered) == [("5501", Decimal(112)), ("5501", Decimal(118))]


def test_a_reading_moved_to_another_meter_leaves_the_first(metered: House) -> None:
    number, row = waiting(metered, "л/с 440300 гвс 45", sender="pavel@mail.example")
    with pytest.raises(RequestRefused, match="Выберите прибор: у счёта 440300 их несколько"):
        judge(metered, number, row, accept("45", "440300"))
    judge(metered, number, row, accept("45", "440300", "8101"))
    judge(metered, number, row, accept("45", "440300", "8102"))
    assert standing(metered, "440300") == [("8102", Decimal(45))]
    undo(metered, number)
    assert standing(metered, "440300") == [("8101", Decimal(45))]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (accept("118", "999999"), "Лицевого счёта 999999 в реестре нет"),
        (accept("100000"), "разрядов 5"),
        (ReadingForm(ReadingState.ACCEPTED, "1", "440215", "heating"), "нет прибора на эту услугу"),
        (accept("118", meter="4242"), "Выберите один из них: 5501"),
    ],
)
def test_what_the_register_does_not_know_cannot_be_accepted_and_nothing_changes(
    metered: House, form: ReadingForm, told: str
) -> None:
    number, row = waiting(metered, "л/с 440215, горячая вода 100500 м3")
    with pytest.raises(RequestRefused, match=told):
        judge(metered, number, row, form)
    assert books(metered) == []
    case = metered.store.ask(summaries.case_of, number)
    assert metered.store.ask(review_queue.readings, case.id)[0].state == "refused"


def test_without_a_register_a_person_accepts_as_before(house: House) -> None:
    number, row = waiting(house, "л/с 440215, горячая вода 1000500 м3")
    judge(house, number, row, accept("118"))
    case = house.store.ask(summaries.case_of, number)
    assert house.store.ask(review_queue.readings, case.id)[0].state == "accepted"
    assert books(house) == []


def test_a_case_is_tied_to_its_client_and_a_person_reads_the_proof(metered: House) -> None:
    body = "Кошкина Анна, Мира 5 кв 12, тел. 8 (919) 450-22-18. Почему такой большой счёт?"
    case = metered.receive(letter(body, sender="new@other.example", subject="Вопрос"))
    file = case_file(metered.store, str(case.number), MEMBER, metered.now)
    assert file.client is not None
    assert (file.client.name, file.client.tied_by) == ("Кошкина Анна Петровна", "phone")
    assert "+79194502218" in file.ties[0].proof
    assert "это адрес счёта 440215" in file.ties[1].proof


def test_the_page_offers_the_meters_of_the_resource(metered: House) -> None:
    number, _ = waiting(metered, "л/с 440300 гвс 45", sender="pavel@mail.example")
    file = case_file(metered.store, number, MEMBER, metered.now)
    assert [meter.serial for meter in file.meters(file.readings[0])] == ["8101", "8102"]
