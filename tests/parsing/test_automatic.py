"""What no person wrote is known by its signs, and a person's letter is never taken for it."""

from __future__ import annotations

import pytest

from mailbot.model import AutomaticReason as Reason
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
