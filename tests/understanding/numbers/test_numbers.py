"""Numbers first: whatever way a number is written, it is found where it stands, in every reading it may have."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.understanding.numbers.interpretations import find_numbers
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.numbers.numerals import numeral, whole
from mailbot.understanding.text.folding import fold
from tests.scale import tries

ONES = "ноль один два три четыре пять шесть семь восемь девять".split()
TEENS = "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split()
TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()


def spoken(value: int) -> str:
    """A whole number below a million as it is said."""
    if value >= 1000:
        head, rest = divmod(value, 1000)
        thousands = re.sub(r"два$", "две", re.sub(r"один$", "одна", spoken(head)))
        return f"{thousands} тысяч{' ' + spoken(rest) if rest else ''}"
    words = []
    if value >= 100:
        words.append(HUNDREDS[value // 100 - 1])
        value %= 100
        if not value:
            return " ".join(words)
    if value >= 20:
        words.append(TENS[value // 10 - 2])
        value %= 10
        if not value:
            return " ".join(words)
    words.append(TEENS[value - 10] if value >= 10 else ONES[value])
    return " ".join(words)


def readings(text: str) -> set[str]:
    return {one.digits for one in find_numbers(fold(text))}


def at(text: str, stretch: str) -> set[str]:
    start = text.index(stretch)
    return {
        one.digits
        for one in find_numbers(fold(text))
        if (one.start, one.end) == (start, start + len(stretch))
    }


WRITTEN = [
    ("горячая 345,12 м3", "345,12", "345.12"),
    ("л/с 47 103 25", "47 103 25", "4710325"),
    ("л/с 471-03-25", "471-03-25", "4710325"),
    ("лс 4 7 1 0 3 2 5", "4 7 1 0 3 2 5", "4710325"),
    ("лс4О98812гвс", "4О98812", "4098812"),
    ("тепло 3 418,77 Гкал", "3 418,77", "3418.77"),
    ("горячая сто двадцать три", "сто двадцать три", "123"),
    ("квартира тридцать первая", "тридцать первая", "31"),
    ("в доме двадцать втором", "двадцать втором", "22"),
    ("отопление двенадцать целых три десятых", "двенадцать целых три десятых", "12.3"),
    ("сорок семь целых пять сотых", "сорок семь целых пять сотых", "47.05"),
    ("двести запятая ноль пять", "двести запятая ноль пять", "200.05"),
    ("кубов сорок с половиной", "сорок с половиной", "40.5"),
    ("вышло пятьдесят один и две", "пятьдесят один и две", "51.2"),
    ("345 целых 2 десятых", "345 целых 2 десятых", "345.2"),
    ("долг 12 тысяч 300 рублей", "12 тысяч 300", "12300"),
    ("счёт сорок семь ноль ноль три", "сорок семь ноль ноль три", "47003"),
    ("сто двадцать тысяч сорок", "сто двадцать тысяч сорок", "120040"),
    ("стодвадцатьтри", "стодвадцатьтри", "123"),
    ("пятьдисят два", "пятьдисят два", "52"),
    ("двацать пять кубов", "двацать пять", "25"),
    ("снято 24.11.2026", "24.11.2026", "24-11-2026"),
    ("в 19:30 вечера", "19:30", "19:30"),
    ("8 (912) 345-67-89", "8 (912) 345-67-89", "89123456789"),
    ("договор ТС-0391", "ТС-0391", "тс-0391"),
    ("договор 14-Т", "14-Т", "14-т"),
    ("дом 12а", "12а", "12а"),
    ("00345,120", "00345,120", "00345.120"),
    ("лицевой пять миллионов девять тысяч двести", "пять миллионов девять тысяч двести", "5009200"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stretch", "digits"), WRITTEN, ids=[stretch for _, stretch, _ in WRITTEN])
def test_a_number_is_read_however_it_is_written(text: str, stretch: str, digits: str) -> None:
    assert digits in at(text, stretch)


NAMED = [
    ("вода 819 и три красненькие 442, адрес тот же", "819.442"),
    ("горячая 00091, там ещё 5 и 2 и 8 красные", "00091.528"),
    ("гор.вода 0133 (и 9 красная)", "0133.9"),
    ("вода у нас 54 куба и ещё 2 (после запятой)", "54.2"),
    ("счётчик на сегодня 207 гкал и ещё 15 сотых", "207.15"),
    ("сто девяносто три да после запятой пятьсот", "193.500"),
    ("прибор: 0 0 4 1 7 , 8 0 5", "00417.805"),
    ("447 (четыреста сорок семь) целых 60 (шестьдесят) сотых", "447.60"),
    ("Heating: 2,104.75 Gcal", "2104.75"),
    ("Тепло: 1.877,30 Гкал", "1877.30"),
    ("Объём 1.234.567,8 м3", "1234567.8"),
]


@pytest.mark.parametrize(("text", "digits"), NAMED, ids=[digits for _, digits in NAMED])
def test_where_the_writer_says_which_digits_are_the_fraction_no_piece_is_a_number_of_its_own(
    text: str, digits: str
) -> None:
    found = find_numbers(fold(text))
    (whole,) = [one for one in found if one.digits == digits]
    assert not [one for one in found if one is not whole and whole.start <= one.start < whole.end]


@pytest.mark.parametrize(
    "text", ["синий 120, красный 77", "синий 120 и 77 красный", "12.34.567", "1 и 2 кухня", "25.11.26"]
)
def test_a_red_meter_is_no_fraction_of_a_blue_one(text: str) -> None:
    pieces = set(re.findall(r"\d+", text))
    assert pieces <= readings(text)


def test_a_number_said_again_in_brackets_is_said_once() -> None:
    assert [one.digits for one in find_numbers(fold("подаю 9 (девять), спасибо"))] == ["9"]


def test_where_it_can_be_read_in_several_ways_all_are_kept() -> None:
    assert {"47", "103", "25", "47103", "10325", "4710325"} <= readings("47 103 25")


@given(st.integers(0, 999_999))
@settings(max_examples=tries(300))
def test_a_whole_number_in_words_is_that_number(value: int) -> None:
    words = spoken(value)
    assert str(value) in at(f"горячая {words}, спасибо", words)
    assert whole(tuple(filter(None, map(numeral, words.split())))) == value


@given(st.integers(0, 99_999), st.integers(0, 999))
@settings(max_examples=tries(150))
def test_decimals_in_words_keep_their_places(head: int, tail: int) -> None:
    for places, name in ((1, "десятых"), (2, "сотых"), (3, "тысячных")):
        if tail < 10**places:
            words = f"{spoken(head)} целых {spoken(tail)} {name}"
            assert any(
                Decimal(one) == Decimal(head) + Decimal(tail).scaleb(-places) for one in at(words, words)
            )


@given(st.text(st.sampled_from("0123456789"), min_size=5, max_size=10), st.data())
@settings(max_examples=tries(150))
def test_an_account_in_pieces_is_one_number(account: str, data: st.DataObject) -> None:
    pieces, left = [], account
    while left:
        size = data.draw(st.integers(1, min(4, len(left))))
        pieces.append(left[:size])
        left = left[size:]
    for joint in (" ", "-"):
        assert account in at(joint.join(pieces), joint.join(pieces))


@given(st.text(max_size=400))
@settings(max_examples=tries(300))
def test_any_text_is_read_without_a_fault_and_every_find_lies_in_it(text: str) -> None:
    folded = fold(text)
    for one in find_numbers(folded):
        assert 0 <= one.start < one.end <= len(folded)
        assert one.form is NumberForm.CODE or re.fullmatch(r"\d+(?:[.:-]\d+)*", one.digits)
        assert one.form is NumberForm.CODE or one.value >= 0


WORDS = ["семья собралась", "стол и стул", "по пятницам", "один из нас", "стоять", "шестерня"]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_only_look_like_numerals_are_none(text: str) -> None:
    assert not [one for one in find_numbers(text) if one.digits not in {"1"}]


@pytest.mark.parametrize(
    "piece",
    [
        "12 ",
        "семь ",
        "1.",
        "12,3 ",
        "5-",
        "1 000 ",
        "а1/",
        "ноль целых ",
        "(1) ",
        "1 ",
        "1 , ",
        "1.000,",
        "7 и ещё ",
    ],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def taken(length: int) -> float:
        text = piece * (length // len(piece))
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            find_numbers(text)
            best = min(best, time.process_time() - began)
        return best

    taken(2_000)
    assert taken(4_000) <= 3.2 * taken(2_000) + 0.05
