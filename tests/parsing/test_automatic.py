"""What no person wrote is known by its signs, and a person's letter is never taken for it."""

from __future__ import annotations

import pytest

from mailbot.model import AutomaticReason as Reason
from mailbot.model import SignWeight
from mailbot.parsing.automatic_mail.notice_wording import find_bare_notice
from tests.parsing.letters import letter, raw, read


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("Auto-Submitted: auto-replied", Reason.AUTO_SUBMITTED),
        ("X-Autoreply: yes", Reason.AUTOREPLY_HEADER),
        ("Precedence: bulk", Reason.PRECEDENCE),
        ("Precedence: list", Reason.PRECEDENCE),
        ("Precedence: junk", Reason.PRECEDENCE),
        ("List-Id: <zhkh.lists.example.ru>", Reason.MAILING_LIST),
        ("List-Unsubscribe: <https://news.example/u>", Reason.NEWSLETTER),
        ("X-Failed-Recipients: a@b.ru", Reason.BOUNCE),
        ("Return-Path: <>", Reason.BOUNCE),
    ],
)
def test_a_header_that_machines_set_is_a_sign(field: str, reason: Reason) -> None:
    assert [sign.reason for sign in letter("Текст", field).automatic] == [reason]


@pytest.mark.parametrize(
    "field", ["Auto-Submitted: no", "X-Auto-Response-Suppress: All", "Precedence: first-class"]
)
def test_headers_of_peoples_letters_are_no_sign(field: str) -> None:
    assert letter("Холодно", field).automatic == ()


def test_suppress_is_told_beside_another_sign() -> None:
    found = letter("x", "X-Auto-Response-Suppress: All", "Auto-Submitted: auto-generated").automatic
    assert [sign.reason for sign in found] == [Reason.AUTO_SUBMITTED, Reason.AUTOREPLY_HEADER]


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@x.ru", "postmaster@x.ru", "no-reply@x.ru", "noreply@x.ru", "donotreply@x.ru"]
)
def test_daemons_and_no_reply_addresses_are_a_sign(sender: str) -> None:
    content = letter("x", f"Sender: {sender}")
    assert content.automatic == ()  # the From of a person counts, not who carried it
    robot = raw(b"x").replace(b"<Ivan@Mail.ru>", f"<{sender}>".encode())
    assert [sign.reason for sign in read(robot).automatic] == [Reason.DAEMON_SENDER]


@pytest.mark.parametrize(
    "subject",
    [
        "Автоматический ответ: Счёт",
        "Автоответ: вопрос",
        "Out of office",
        "Automatic reply: Счёт",
        "Автоответ",
    ],
)
def test_the_prefix_of_an_automatic_answer_is_a_sign(subject: str) -> None:
    assert [sign.reason for sign in letter("Спасибо", subject=subject).automatic] == [Reason.AUTOREPLY_WORDS]


@pytest.mark.parametrize(
    "text",
    [
        "Здравствуйте! Я нахожусь в отпуске до 1 декабря. По срочным вопросам прошу обращаться к Анне.",
        "Спасибо за письмо. Сейчас нахожусь в командировке.",
        "Автоответ. Здравствуйте, буду на месте с понедельника, почту не читаю. Кузин П.А.",
        "Это автоматический ответ, отвечать на него не нужно.",
        "Здравствуйте! Данное сообщение сформировано автоматически.",
        "This is an automated response. I am away until Monday.",
    ],
)
def test_a_notice_of_absence_at_the_start_is_a_sign(text: str) -> None:
    assert [sign.reason for sign in letter(text, subject="Re: x").automatic] == [Reason.AUTOREPLY_WORDS]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Показания", "Я нахожусь в отпуске, поэтому показания передаю письмом: гвс 45, л/с 123456"),
        ("Я в отпуске", "Показания гвс 45"),
        ("вопрос", "Добрый день! Нахожусь в отпуске, соседи пишут, что течёт труба."),
        ("Автоответчик не работает", "Звоню третий день, почему никто не берёт трубку"),
        ("Нет на месте контролёра", "Приходил два раза"),
        ("Не удалось доставить квитанцию", "Почтальон вернул квитанцию, вышлите ещё раз"),
        ("связь", "Автоответчик у вас не выключается, дозвониться не могу"),
        ("Ваш автоответ", "Автоответ: я его получила, а батареи холодные"),
        ("вопрос", "Вышлите справку. Ответ жду на почту, так как до пятницы нахожусь в отпуске."),
    ],
)
def test_a_clients_own_words_of_absence_do_not_silence_the_letter(subject: str, text: str) -> None:
    assert letter(text, subject=subject).automatic == ()


def test_a_delivery_report_is_a_bounce() -> None:
    body = b"--B\r\n\r\nfailed\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n--B--\r\n"
    found = read(raw(body, "multipart/report; report-type=delivery-status; boundary=B")).automatic
    assert {sign.reason for sign in found} == {Reason.BOUNCE}


STRONG, WEAK = SignWeight.STRONG, SignWeight.WEAK


@pytest.mark.parametrize(
    ("fields", "weights"),
    [
        (("Auto-Submitted: auto-replied",), {STRONG}),
        (("List-Id: <dom.lists.example>",), {STRONG}),
        (("List-Unsubscribe: <https://a.example>", "Precedence: bulk"), {STRONG}),
        (("List-Unsubscribe: <https://a.example>",), {WEAK}),
        (("Precedence: bulk",), {WEAK}),
        (("Return-Path: <>",), {WEAK}),
        (("X-Failed-Recipients: a@b.ru",), {WEAK}),
        (("X-Autoreply: yes", "X-Autorespond: yes"), {WEAK}),
        (("X-Autoreply: no",), set()),
    ],
)
def test_only_what_programs_alone_set_is_strong(fields: tuple[str, ...], weights: set[SignWeight]) -> None:
    assert {sign.weight for sign in letter("Холодно", *fields).automatic} == weights


def test_several_headers_of_one_responder_are_one_sign() -> None:
    assert letter("Холодно", "X-Autoreply: yes", "X-Autorespond: yes").places_of_signs == 1


@pytest.mark.parametrize(
    "subject", ["Автоответ: вопрос", "Undelivered Mail", "Fwd: Недоставленное сообщение", "Read: ответ"]
)
def test_a_subject_is_weak(subject: str) -> None:
    assert [sign.weight for sign in letter("Холодно", subject=subject).automatic] == [WEAK]


@pytest.mark.parametrize("subject", ["Auto: otpusk", "Avtootvet: otpusk", "Fdnjjndtn", "Автоответ"])
def test_a_subject_is_read_as_it_came_and_as_it_was_meant(subject: str) -> None:
    found = letter("Добрый день, пишу вам из отпуска, ответьте на адрес", subject=subject).automatic
    assert any(sign.where == "тема" for sign in found)


@pytest.mark.parametrize(
    "subject", ["Autobus", "Avto u podjezda meshaet", "Prinyato reshenie", "Автобусы и отопление"]
)
def test_a_subject_that_only_resembles_one_is_no_sign(subject: str) -> None:
    assert letter("Холодно в квартире", subject=subject).automatic == ()


def test_a_report_without_its_parts_is_weak() -> None:
    found = read(raw(b"text", "multipart/report; report-type=delivery-status; boundary=B")).automatic
    assert [sign.weight for sign in found] == [WEAK]


NOTICES = (
    "Здравствуйте! В период с 20.11 по 05.12 нахожусь в отпуске, доступа к почте не имею. С уважением, Пешкова",
    "Я в отпуске до 5 декабря. Отвечу на ваше письмо по возвращении.",
    "Нахожусь на больничном, почту не читаю.",
    "Ваше обращение получено и зарегистрировано. Ответим в ближайшее время.",
    "I am out of the office until Monday and will reply when I return.",
)
MORE = (
    "Батареи холодные.", "Соседи залили кухню и коридор.", "Пересчитайте плату.", "Почему такая сумма?", "Лифт стоит третий день.",
    "Приезжайте к дому у школы.", "Ключи оставила у соседки сверху.", "Дымит подвал, вызывайте бригаду.",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_and_nothing_else_is_strong(text: str) -> None:
    assert find_bare_notice("Re: Перерасчёт", text)
    assert [sign.weight for sign in letter(text, subject="Re: Перерасчёт").automatic] == [STRONG]


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("text", NOTICES)
def test_one_more_sentence_makes_it_a_letter(text: str, more: str) -> None:
    for whole in (f"{text} {more}", f"{more} {text}"):
        assert not find_bare_notice("Re: Перерасчёт", whole)
        assert not letter(whole, subject="Re: Перерасчёт").strong_signs


@pytest.mark.parametrize("subject", ["Прошу перерасчёт", "Показания", "Течёт труба"])
def test_a_subject_of_the_writers_own_makes_it_a_letter(subject: str) -> None:
    assert not letter(NOTICES[1], subject=subject).strong_signs


@pytest.mark.parametrize(
    "text",
    [
        "Нахожусь в отпуске с 20.11 по 05.12.",
        "Я в командировке до 5 декабря, звоните 8 912 345-67-89",
        "Отвечу завтра.",
    ],
)
def test_an_answer_on_when_one_is_away_is_no_notice(text: str) -> None:
    """We ask for the days of absence, and for a day when somebody is at home."""
    assert not letter(text, subject="Re: Перерасчёт").strong_signs
