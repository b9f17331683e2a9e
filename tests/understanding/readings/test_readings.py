"""Readings (standard, chapter 3): every way people write them, and everything that only looks like one."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Letter, Reading, Resource, Unit
from mailbot.understanding.contacts.contact_finder import find_contacts
from mailbot.understanding.readings.reading_finder import find_readings
from tests.scale import tries
from tests.understanding.letters import make_letter

HOT, HEAT, COLD = Resource.HOT_WATER, Resource.HEATING, Resource.COLD_WATER


def read(letter: Letter) -> tuple[Reading, ...]:
    return find_readings(letter, find_contacts(letter))


def values(body: str, subject: str = "") -> list[str]:
    return [str(reading.value) for reading in read(make_letter(body, subject))]


FORMS = [
    ("лс 1234567 гвс 345", "", [("345", HOT, Unit.M3, "1234567")]),
    ("Солнечная 5 кв 12, гор. вода 00123,456", "", [("123.456", HOT, Unit.M3, None)]),
    ("Показания за октябрь: 12,345 Гкал, л/с 330518", "", [("12.345", HEAT, Unit.GCAL, "330518")]),
    ("Лицевой счёт 4410026, горячая вода 1О5 куб.м", "", [("105", HOT, Unit.M3, "4410026")]),
    ("ЛС № 5500129. Отопление 17.204", "", [("17.204", HEAT, None, "5500129")]),
    ("лс 700812 водичка 56 кубов, Лена", "", [("56", HOT, Unit.M3, "700812")]),
    ("Q = 7,114 Гкал, лицевой 880912", "", [("7.114", HEAT, Unit.GCAL, "880912")]),
    ("Тепло 4 120,5 кВтч, счёт 9012334", "", [("4120.5", HEAT, Unit.KWH, "9012334")]),
    ("теплосчётчик 1,204 МВт*ч лс 560012", "", [("1.204", HEAT, Unit.MWH, "560012")]),
    ("лс 560012\nтеплосчетчик 21.5 ГДж", "", [("21.5", HEAT, Unit.GJ, "560012")]),
    ("гвс345 лс 120033", "", [("345", HOT, Unit.M3, "120033")]),
    ("345 - гвс, лс 120033", "", [("345", HOT, Unit.M3, "120033")]),
    ("лс 120033 хвс 345", "", [("345", COLD, Unit.M3, "120033")]),
    ("лс 120033 гвс 118 хвс 209", "", [("118", HOT, Unit.M3, "120033"), ("209", COLD, Unit.M3, "120033")]),
    (
        "ХВС 209, ГВС 118, свет 10456. лс 120033",
        "",
        [("209", COLD, Unit.M3, "120033"), ("118", HOT, Unit.M3, "120033")],
    ),
    ("лс 310044, предыдущее 410, текущее 418, горячая вода", "", [("418", HOT, Unit.M3, "310044")]),
    ("Было 123, стало 130 (горячая вода). лс 310044", "", [("130", HOT, Unit.M3, "310044")]),
    ("гвс 123 -> 130, л/с 310044", "", [("130", HOT, Unit.M3, "310044")]),
    ("лс 310044", "горячая 77", [("77", HOT, Unit.M3, "310044")]),
    ("ГВС 61", "показания лс 7719204", [("61", HOT, Unit.M3, "7719204")]),
    ("ГВС 61", "ГВС 61 лс 7719204", [("61", HOT, Unit.M3, "7719204")]),
    (
        "Передаю показания горячей воды на 20.11.2026: 219 м3. Л/с 44120086. т. 8 950 445 59 18",
        "",
        [("219", HOT, Unit.M3, "44120086")],
    ),
    (
        "Лицевой счет: 1180564\nАбонент: Быкова И.Р.\nАдрес: ул. Мира, д. 4, кв. 11\nГВС: 57",
        "",
        [("57", HOT, Unit.M3, "1180564")],
    ),
    ("Печенкина Т.В., 40098813, горячая вода 318", "", [("318", HOT, Unit.M3, "40098813")]),
    (
        "Показания горячей воды:\nкухня 117\nванная 98\nлс 203344",
        "",
        [("117", HOT, Unit.M3, "203344"), ("98", HOT, Unit.M3, "203344")],
    ),
    ("лс 203344\nГВС1: 117\nГВС2: 98", "", [("117", HOT, Unit.M3, "203344"), ("98", HOT, Unit.M3, "203344")]),
    (
        "Добрый день, за ноябрь гвс - 88, отопление - 3,914 Гкал. ЛС 203345",
        "",
        [("88", HOT, Unit.M3, "203345"), ("3.914", HEAT, Unit.GCAL, "203345")],
    ),
    (
        "у меня лс 100200 гвс 45 а у мамы лс 100300 гвс 51",
        "",
        [("45", HOT, Unit.M3, "100200"), ("51", HOT, Unit.M3, "100300")],
    ),
    (
        "ЛС 100200\nГВС 45\nЛС 100300\nГВС 51",
        "",
        [("45", HOT, Unit.M3, "100200"), ("51", HOT, Unit.M3, "100300")],
    ),
    ("Ошибся вчера, передал гвс 345, правильно 355. лс 120033", "", [("355", HOT, Unit.M3, "120033")]),
    (
        "Прошу исправить показание: вместо 154 верно 145, горячая вода, лс 120033",
        "",
        [("145", HOT, Unit.M3, "120033")],
    ),
    ("лс 120033 гвс не 345, а 354, опечатка", "", [("354", HOT, Unit.M3, "120033")]),
    ("лс 330012, гвс 45 ой 46", "", [("46", HOT, Unit.M3, "330012")]),
    ("гвс 1) 34 2) 56 лс 330011", "", [("34", HOT, Unit.M3, "330011"), ("56", HOT, Unit.M3, "330011")]),
    ("Q=1234,56 Гкал, V=4567 м3, л/с 2000333", "", [("1234.56", HEAT, Unit.GCAL, "2000333")]),
    ("гвс-567; лс-3340991; тел-89026300011", "", [("567", HOT, Unit.M3, "3340991")]),
    (
        "в прошлом месяце я передавал 340, сейчас 352, горячая, лс 120033",
        "",
        [("352", HOT, Unit.M3, "120033")],
    ),
    ("лс 120033 тепло было 12,3 теперь 14,1 гкал", "", [("14.1", HEAT, Unit.GCAL, "120033")]),
    ("Мой лицевой: 3340991. На счетчике 567. Вода горячая.", "", [("567", HOT, Unit.M3, "3340991")]),
    ("123456789*54678", "", [("54678", None, None, "123456789")]),
    (
        "123456789 1Г0047 1Х0056",
        "",
        [("47", HOT, Unit.M3, "123456789"), ("56", COLD, Unit.M3, "123456789")],
    ),
    (
        "ЖКХ 1# 123456 Х 0000056.8 Г 0000047.3",
        "",
        [("56.8", COLD, Unit.M3, "123456"), ("47.3", HOT, Unit.M3, "123456")],
    ),
    ("Счётчик горячей воды показывает 402. Лицевой счёт 90217745", "", [("402", HOT, Unit.M3, "90217745")]),
    ("лицевой 90217745, показания 402", "горячая вода", [("402", HOT, Unit.M3, "90217745")]),
    (
        "Здравствуйте, Иванова Анна, Победы 3-15. Горячая вода: 00118,209 куб",
        "",
        [("118.209", HOT, Unit.M3, None)],
    ),
]


@pytest.mark.parametrize(("body", "subject", "expected"), FORMS, ids=[form[0][:40] for form in FORMS])
def test_a_reading_is_read_in_every_form_people_write(
    body: str, subject: str, expected: list[tuple[str, Resource, Unit, str | None]]
) -> None:
    found = read(make_letter(body, subject))
    assert [(str(one.value), one.resource, one.unit, one.account) for one in found] == expected


NO_READINGS = [
    "Почему не приняли мои показания гвс 123? лс 120033",
    "В квитанции показание 512, а я передавал 152. лс 120033 Прошу исправить начисление.",
    "Показания больше не передаю, там где-то под 300. Лс 45001277",
    "Показания те же, без изменений. лс 120033",
    "Показания электроэнергии 10456, лс 120033",
    "В комнате +14, батареи холодные, отопление не греет с 12 ноября. Мира 3-15",
    "Насчитали 8 914,33 руб. за отопление, норматив 0,025 Гкал, лс 120033",
    "Тариф 2 345,67 руб/Гкал, откуда такая цена? лс 120033",
    "Счётчик ГВС № 118204, поверка до 12.07.2026, когда придёт мастер? лс 441120",
    "Соседи платят за 2 Гкал, а нам начислили 5 Гкал. лс 441120",
    "Отопление: когда включат? Гагарина 14 кв 22, тел 89504455918",
    "Здравствуйте! По какой почте передавать показания счётчика горячей воды? лс 441120",
    "Горячей воды нет 3 дня, дом 12, подъезд 4",
    "Давление 4,5 атм, температура подачи 64, обратка 48. Котельная Мира 2",
    "Прошу выслать квитанцию за 10.2026, лс 441120",
    "Показания по лицевому счёту 40210387: 14,872 Гкал приняты.",
    "Горячая вода еле тёплая, 38 градусов вместо 60, лс 441120",
    "Передаю привет! Мира 12",
]


@pytest.mark.parametrize("body", NO_READINGS, ids=[body[:40] for body in NO_READINGS])
def test_what_only_looks_like_a_reading_is_none(body: str) -> None:
    assert values(body) == []


def test_three_meters_in_a_numbered_list_keep_their_serials() -> None:
    letter = make_letter(
        "Соснин Вадим, л/с 44210066, три прибора:\n"
        "1) ГВС кухня № 1822045 - 87,3\n2) ГВС ванная № 1822051 - 142,9\n3) тепло № 30077 - 9,448 Гкал"
    )
    assert [(str(one.value), one.meter, one.resource) for one in read(letter)] == [
        ("87.3", "1822045", HOT),
        ("142.9", "1822051", HOT),
        ("9.448", "30077", HEAT),
    ]


def test_a_serial_with_its_rooms_gives_values_and_is_no_value_itself() -> None:
    found = read(make_letter("лс 4401182, сч. №08123456 – 117 кухня, 98 ванная"))
    assert [str(one.value) for one in found] == ["117", "98"]
    assert found[0].meter == "08123456"


def test_a_form_of_account_serial_and_value_is_taken_apart() -> None:
    (found,) = read(make_letter("123456789#12345678#111"))
    assert (found.account, found.meter, str(found.value)) == ("123456789", "12345678", "111")


def test_the_value_above_our_quoted_letter_belongs_to_the_account_in_the_quote() -> None:
    letter = make_letter(
        "Да, верно, 19,450 Гкал. Именно столько на табло.",
        quoted="> По лицевому счёту 33309813 Вы передали 194,50 Гкал, предыдущее показание 18,902.",
    )
    (found,) = read(letter)
    assert (str(found.value), found.account, found.unit) == ("19.450", "33309813", Unit.GCAL)


def test_old_numbers_in_the_quote_are_never_read() -> None:
    letter = make_letter("Спасибо, поняла.", quoted="> Показания: гвс 345, лс 120033")
    assert read(letter) == ()


def test_a_forwarded_letter_is_content() -> None:
    (found,) = read(make_letter("Пересылаю от мамы", forwarded="Передаю гвс 345, лс 120033"))
    assert str(found.value) == "345"


def test_a_sheet_gives_a_reading_a_row() -> None:
    sheet = (
        "№ п/п\tЛицевой счет\tОбъект\tПрибор №\tРесурс\tПоказание\tЕд. изм.\n"
        "1\t2000140\tМагазин 1\t5501\tтепло\t77,30\tГкал\n"
        "2\t2000142\tСклад\t5503\tГВС\t119\tм3\n"
    )
    found = read(make_letter("Показания во вложении", attachment=sheet))
    assert [(str(one.value), one.account, one.meter, one.resource, one.unit) for one in found] == [
        ("77.30", "2000140", "5501", HEAT, Unit.GCAL),
        ("119", "2000142", "5503", HOT, Unit.M3),
    ]
    assert found[0].spans[0].part == "attachment:1"


def test_of_a_table_with_old_and_new_columns_the_new_one_is_read() -> None:
    table = (
        "счетчик | предыдущее | текущее | расход\n"
        "ГВС кухня 1822045 | 110 | 117 | 7\n"
        "ГВС ванная 1822051 | 90 | 98 | 8"
    )
    assert values("лс 203344\n" + table) == ["117", "98"]


def test_spans_point_at_the_words_that_were_read() -> None:
    letter = make_letter("лс 1000877, накопленная тепловая энергия 8 914,337 Гкал.")
    (found,) = read(letter)
    assert letter.quote(found.spans[0]) == "8 914,337 Гкал"
    assert found.value == Decimal("8914.337")


def test_an_explicit_reading_is_surer_than_a_guessed_one() -> None:
    (explicit,) = read(make_letter("лс 120033 горячая вода 345 м3"))
    (guessed,) = read(make_letter("показания 345 лс 120033"))
    assert explicit.confidence >= 0.9 > guessed.confidence


def test_a_reading_beside_a_complaint_is_read_alone() -> None:
    body = "Передаю горячую воду 118, лс 199205. В комнате 17 градусов, за отопление берут 3400 руб, почему?"
    assert values(body) == ["118"]


@given(st.text(max_size=300))
@settings(max_examples=tries(150), deadline=None)
def test_no_text_breaks_the_reader_and_spans_stay_inside(text: str) -> None:
    letter = make_letter(text, text[:40])
    for found in read(letter):
        assert found.value >= 0
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(letter.part(span.part).text)


@given(st.integers(0, 99_999), st.sampled_from(["гвс", "гор. вода", "ГВС:", "горячая вода -"]))
@settings(max_examples=tries(60), deadline=None)
def test_any_whole_value_after_its_resource_is_read(value: int, word: str) -> None:
    assert values(f"лс 1234567, {word} {value}") == [str(value)]


@given(st.integers(900_000_0000, 999_999_9999))
@settings(max_examples=tries(60), deadline=None)
def test_no_phone_is_ever_a_reading(number: int) -> None:
    assert values(f"Передаю показания, мой телефон 8{number}") == []


@pytest.mark.parametrize("piece", ["8 ", "было ", "1 000 ", "ул. ", "a", " ", "лс 123456, ", "г. Фоки, "])
def test_a_hostile_letter_costs_no_more_than_a_moment(piece: str) -> None:
    letter = make_letter(piece * (40_000 // len(piece)))
    started = process_time()
    read(letter)
    assert process_time() - started < 3
