"""Whose words are whose, in the clients that people here use: old numbers in a quotation are not the writer's."""

from __future__ import annotations

import pytest

from mailbot.model import SegmentRole
from tests.parsing.letters import letter, raw, read, words

NEW = "Передаю: гвс 45, л/с 123456"
PLAIN = "Здравствуйте! Ваше прежнее показание 44."
MARKED = "> Здравствуйте! Ваше прежнее показание 44."

HEADS = {
    "Mail.ru": "Понедельник, 21 сентября 2026, 09:54 +05:00 от ЭкоСтрой <8666@bk.ru>:",
    "Yandex": '23.07.2026, 03:56, "ЭкоСтрой" <8666@bk.ru>:',
    "Yandex, with a rule": '----------------\nКому: ЭкоСтрой (8666@bk.ru);\nТема: вопрос;\n23.07.2026, 03:56, "Эко" <8666@bk.ru>:',
    "Gmail": "пн, 21 сент. 2026 г. в 10:00, ЭкоСтрой <8666@bk.ru>:\n",
    "Gmail, broken": "пн, 21 сент. 2026 г. в 10:00, Общество с ограниченной ответственностью ЭкоСтрой\n<8666@bk.ru>:\n",
    "Gmail, English": "On Mon, Sep 21, 2026 at 10:00 AM EcoStroy <8666@bk.ru> wrote:\n",
    "Thunderbird": "21.09.2026 20:11, ЭкоСтрой пишет:",
    "Apple": "21 сент. 2026 г., в 10:00, ЭкоСтрой <8666@bk.ru> написал(а):\n",
    "Outlook": "От: ЭкоСтрой\nОтправлено: 21 сентября 2026 г. 10:00\nКому: i@mail.ru\nТема: вопрос\n",
    "Outlook, old": "-----Исходное сообщение-----\nОт: Эко\nОтправлено: 21 сентября\nКому: x\nТема: y\n",
    "Outlook, English": "-----Original Message-----\nFrom: Eco [mailto:8666@bk.ru]\nSent: Monday\nTo: x\nSubject: y\n",
}  # fmt: skip


@pytest.mark.parametrize("quoted", [PLAIN, MARKED])
@pytest.mark.parametrize("client", HEADS)
def test_what_stands_below_the_head_of_a_quotation_is_quoted(client: str, quoted: str) -> None:
    found = letter(f"{NEW}\n\n{HEADS[client]}\n{quoted}", subject="Re: вопрос")
    assert words(found, SegmentRole.WRITTEN) == NEW
    assert "44" in words(found, SegmentRole.QUOTED)


def test_an_answer_below_the_quotation_is_written() -> None:
    found = letter(f"21.09.2026 20:11, ЭкоСтрой пишет:\n{MARKED}\n\n{NEW}")
    assert words(found, SegmentRole.WRITTEN) == NEW


def test_answers_between_quoted_lines_alternate() -> None:
    roles = [one.role for one in letter("> Какой счёт?\n123456\n> Сколько?\n45\n").part("body").segments]
    assert roles == [SegmentRole.QUOTED, SegmentRole.WRITTEN, SegmentRole.QUOTED, SegmentRole.WRITTEN]


def test_a_framed_row_of_a_table_is_written_and_a_line_behind_one_bar_is_quoted() -> None:
    table = "| прибор | показание |\n| ГВС кухня | 101,08 |\n| ГВС ванна | 287,55 |"
    assert words(letter(f"{NEW}\n\n{table}"), SegmentRole.WRITTEN) == " ".join(f"{NEW} {table}".split())
    assert words(letter(f"{NEW}\n\n| {PLAIN}"), SegmentRole.WRITTEN) == NEW


def test_a_quotation_in_html_is_quoted_by_its_blockquote() -> None:
    html = f'<div>{NEW}</div><div>23.07.2026, 03:56, "Эко" &lt;8666@bk.ru&gt;:</div><blockquote>{PLAIN}</blockquote>'
    found = read(raw(html.encode(), "text/html; charset=utf-8"))
    assert words(found, SegmentRole.WRITTEN) == NEW
    assert PLAIN in words(found, SegmentRole.QUOTED)
    assert found.html == html


BROKEN_HEADS = {
    "three lines": "ср, 18 нояб. 2026 г. в 10:12, Общество с ограниченной\nответственностью «ЭкоСтрой» отдел\n<8666@bk.ru>:",
    "after the year": "ср, 18 нояб. 2026 г.\nв 10:12, ЭкоСтрой\n<8666@bk.ru>:",
    "four lines": "ср, 18 нояб. 2026 г.\nв 10:12, Общество с ограниченной\nответственностью «ЭкоСтрой»\n<8666@bk.ru>:",
    "Mail.ru": "Среда, 18 ноября 2026, 10:12 +05:00 от Общество с\nограниченной ответственностью «ЭкоСтрой»\n<8666@bk.ru>:",
    "Yandex": '18.11.2026, 10:12, "Общество с ограниченной\nответственностью «ЭкоСтрой»"\n<8666@bk.ru>:',
    "English": "On Wed, Nov 18, 2026 at 10:12 AM Limited Liability\nCompany EcoStroy Customer Care <8666@bk.ru>\nwrote:",
    "English, four": "On Wed, Nov 18, 2026 at 10:12 AM\nLimited Liability Company\nEcoStroy <8666@bk.ru>\nwrote:",
    "Apple": "18 нояб. 2026 г., в 10:12, Общество с ограниченной\nответственностью «ЭкоСтрой» <8666@bk.ru>\nнаписал(а):",
    "Thunderbird": "18.11.2026 10:12, Общество с ограниченной\nответственностью «ЭкоСтрой» отдел обращений\nграждан пишет:",
    "Ukrainian": "ср, 18 лист. 2026 р. о 10:12 18.11.2026 ТОВ\n«ЭкоСтрой» відділ\n<8666@bk.ru> пише:",
    "German": "Am 18.11.2026 um 10:12 schrieb Gesellschaft\nmit beschränkter Haftung EcoStroy\n<8666@bk.ru>:",
    "French": "Le 18.11.2026 à 10:12, Société à responsabilité\nlimitée EcoStroy\n<8666@bk.ru> a écrit :",
    "no date": "ЭкоСтрой <8666@bk.ru> пишет:",
    "no date, English": "EcoStroy <8666@bk.ru> wrote:",
}  # fmt: skip
OUR_ANSWER = "Здравствуйте!\n\nПоказания по лицевому счёту 4710325 приняты:\nгорячая вода: 345 м³\n\nС уважением, ООО «ЭкоСтрой»"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("client", BROKEN_HEADS)
def test_a_head_broken_over_lines_is_one_and_our_reading_below_it_is_quoted(client: str, gap: str) -> None:
    found = letter(f"Спасибо большое!\n\n{BROKEN_HEADS[client]}{gap}{OUR_ANSWER}", subject="Re: Обращение")
    assert words(found, SegmentRole.WRITTEN) == "Спасибо большое!"
    assert "345" in words(found, SegmentRole.QUOTED)


@pytest.mark.parametrize(
    "text",
    [
        "18.11.2026 в 10:12 от вас пришёл ответ\nв котором вы пишете\nчто показания не приняты, вот они:\nГВС 345",
        "Здравствуйте, 18.11.2026 в 10:15 звонила вам.\nМой адрес ivan@mail.ru\nпередаю показания:\nГВС 345",
        "18.11.2026 10:12\n\nпочта ivan@mail.ru\n\nпоказания:\nГВС 345",
        "Иванова, 18 ноября\nкв. 5\nпоказания:\nГВС 345",
    ],
)
def test_prose_with_dates_is_no_head_of_a_quotation(text: str) -> None:
    assert "ГВС 345" in words(letter(text), SegmentRole.WRITTEN)


@pytest.mark.parametrize(
    "forwarded",
    [
        "-------- Пересылаемое сообщение --------\nОт: Сосед <s@mail.ru>\nКому: i@mail.ru\nТема: холодно\n\nУ нас холодно\n"
        "-------- Конец пересылаемого сообщения --------",
        "---------- Forwarded message ---------\nОт: Сосед <s@mail.ru>\nDate: пн\nSubject: x\nTo: i\n\nУ нас холодно",
        "Начало переадресованного сообщения:\n\n> От: Сосед\n> Тема: x\n>\n> У нас холодно",
        "От: Сосед\nОтправлено: вчера\nКому: i\nТема: x\n\nУ нас холодно",
    ],
)
def test_a_forwarded_letter_is_content(forwarded: str) -> None:
    found = letter(f"Посмотрите\n\n{forwarded}", subject="Fwd: холодно")
    assert words(found, SegmentRole.WRITTEN) == "Посмотрите"
    assert words(found, SegmentRole.FORWARDED).replace("> ", "").count("У нас холодно") == 1


@pytest.mark.parametrize(
    "text", [MARKED, f"{HEADS['Yandex']}\n{PLAIN}", "С уважением,\nИванов Иван\nтел. 5-50-50"]
)
def test_where_no_new_words_are_left_the_whole_is_written(text: str) -> None:
    assert words(letter(text), SegmentRole.WRITTEN) == " ".join(text.split())


@pytest.mark.parametrize(
    "line",
    [
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail",
        "--\nОтправлено из Mail.ru для Android",
        "-- \nОтправлено из мобильного приложения Яндекс Почты",
        "Настоящее сообщение содержит конфиденциальную информацию и предназначено адресату.",
        "Без вирусов. www.avast.com",
        "Sent from my iPhone",
    ],
)
def test_lines_that_programs_add_are_nobodys_words(line: str) -> None:
    found = letter(f"{NEW}\n\n{line}")
    assert words(found, SegmentRole.WRITTEN) == NEW
    assert words(found, SegmentRole.DISCLAIMER) == " ".join(line.split())


def test_a_telephones_line_alone_under_a_photo_is_not_made_the_writers_words() -> None:
    assert words(letter("Отправлено с iPhone"), SegmentRole.WRITTEN) == ""


def test_a_contact_block_is_a_signature() -> None:
    found = letter("Почему нет воды?\n\nС уважением,\nИванов Иван\n+7 908 111 22 33")
    assert words(found, SegmentRole.WRITTEN) == "Почему нет воды?"
    assert words(found, SegmentRole.SIGNATURE) == "С уважением, Иванов Иван +7 908 111 22 33"


@pytest.mark.parametrize(
    "text",
    [
        "Добрый день\n-- \nИванов, л/с 123456, гвс 45",
        "С уважением отношусь к вашей работе, но батареи холодные уже неделю и никто не едет.",
        "Здравствуйте.\n--\nпочему нет отопления в подъезде",
        "Показания на 21.09.2026 10:00 от Иванова:\nГВС 45\nотопление 3,4",
        "От: Иванов\nПрошу перерасчёт",
    ],
)
def test_matter_is_not_swallowed_by_what_looks_like_a_signature_or_a_head(text: str) -> None:
    assert words(letter(text), SegmentRole.WRITTEN) == " ".join(text.split())


def test_flowed_text_is_joined_and_its_quotation_kept() -> None:
    body = "Передаю показания \nгорячей воды: 45\n> ваше прежнее \n> показание 44\n-- \nИванов"
    found = read(raw(body.encode(), "text/plain; charset=utf-8; format=flowed"))
    assert found.body.startswith("Передаю показания горячей воды: 45\n> ваше прежнее показание 44\n")
    joined = read(raw("Пере \nдаю".encode(), "text/plain; charset=utf-8; format=flowed; delsp=yes"))
    assert joined.body == "Передаю"  # RFC 3676 4.4
