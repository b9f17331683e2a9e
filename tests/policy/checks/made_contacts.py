"""Contact data of a register that nobody has, and the ways in which people write them into a letter.

Made from syllables, kinds of surnames and the grammar of addresses: no list is shared with the program.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

CONSONANTS, VOWELS = "бвгдзклмнпрстхчш", "аоуиея"
ENDINGS = (
    "ов",
    "ев",
    "ин",
    "ын",
    "ский",
    "цкий",
    "енко",
    "чук",
    "юк",
    "их",
    "ых",
    "ян",
    "дзе",
    "швили",
    "ец",
    "ой",
    "ман",
    "ли",
)
NOUNS = (
    "Мороз",
    "Соловей",
    "Борода",
    "Заяц",
    "Кочерга",
    "Белый",
    "Толстой",
    "Сорока",
    "Гусь",
    "Скоробогатая",
    "Ким",
    "Цой",
    "Пак",
)
GENITIVES = (
    "Мира",
    "Победы",
    "Строителей",
    "Космонавтов",
    "Карла Маркса",
    "8 Марта",
    "Дружбы народов",
    "Труда",
)
VILLAGES = ("Ольховка", "Малый Букор", "Гаревая", "Дубовая")
HUNDREDS = "_ сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
TENS = "_ _ двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
UNITS = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
    " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
ORDINALS = (
    "нулевой первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый"
    " тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"
).split()
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ("a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya")
        .replace("_", "")
        .split(" "),
        strict=True,
    )
)
KEYS = dict(zip("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.", strict=True))


@dataclass(frozen=True)
class Contact:
    """One client as a register would hold them."""

    surname: str
    first: str
    street: str
    village: str
    organisation: str
    house: int
    flat: int
    account: str
    phone: str


@dataclass(frozen=True)
class Written:
    """A letter as a writer leaves it: what stands where."""

    body: str
    subject: str = "Вопрос"
    name: str = ""


Notation = Callable[[Contact, Written], Written]


def made_contact(seed: int) -> Contact:
    """The contact of that number; the same each time."""
    dice = random.Random(seed)
    root = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(2)) + dice.choice(CONSONANTS)
    surname = dice.choice(NOUNS) if seed % 3 == 0 else root.capitalize() + dice.choice(ENDINGS)
    place = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(2)) + dice.choice("нлр")
    street = (
        dice.choice(GENITIVES) if seed % 4 == 0 else place.capitalize() + dice.choice(("ская", "ная", "евая"))
    )
    return Contact(
        surname=surname,
        first=dice.choice(("Анна", "Пётр", "Гульнара", "Семён")),
        street=street,
        village=dice.choice(VILLAGES) if seed % 2 else place.capitalize() + "ино",
        organisation=dice.choice(("магазин", "кафе", "ТСЖ", "школа", "ООО")) + f" «{place.capitalize()}ка»",
        house=dice.randint(1, 64),
        flat=dice.randint(1, 99),
        account="".join(dice.choice("123456789") for _ in range(dice.choice((6, 7)))),
        phone="9" + "".join(dice.choice("0123456789") for _ in range(9)),
    )


def words(number: int) -> str:
    """A whole number below 1000 in words."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f" {UNITS[number % 10]}" if number % 10 else "")
    return HUNDREDS[number // 100] + (f" {words(number % 100)}" if number % 100 else "")


def ordinal(number: int) -> str:
    if number < 20:
        return ORDINALS[number]
    return f"{TENS[number // 10]} {ORDINALS[number % 10]}" if number % 10 else "пятидесятый"


def digits_said(number: str) -> str:
    return " ".join(UNITS[int(digit)] for digit in number)


def in_pairs(number: str) -> str:
    return " ".join(words(int(number[at : at + 2])) for at in range(0, len(number), 2))


def roman(number: int) -> str:
    parts = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, sign in parts:
        out, number = out + sign * (number // value), number % value
    return out


def latin(text: str) -> str:
    return "".join(LATIN.get(character, character) for character in text.lower())


def wrong_keys(text: str) -> str:
    return "".join(KEYS.get(character, character) for character in text.lower())


def below(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body}\n{text}")


def _below(make: Callable[[Contact], str]) -> Notation:
    return lambda contact, letter: below(make(contact), letter)


def _elsewhere(put: Callable[[str, Written], Written], make: Callable[[Contact], str]) -> Notation:
    return lambda contact, letter: put(make(contact), letter)


def before(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{text}. {letter.body}")


def same_line(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body} {text}")


def in_subject(text: str, letter: Written) -> Written:
    return replace(letter, subject=f"{letter.subject} {text}")


def under_dashes(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body}\n\n-- \n{text}")


def with_regards(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body}\n\nС уважением,\n{text}")


def in_ps(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body}\n\nP.S. {text}")


def in_name(text: str, letter: Written) -> Written:
    return replace(letter, name=text)


def beside_a_program(text: str, letter: Written) -> Written:
    return replace(letter, body=f"{letter.body}\n\nОтправлено с телефона, {text}")


def _flat(contact: Contact) -> str:
    return f"{contact.surname}, {contact.street} {contact.house}-{contact.flat}"


def _flat_words(contact: Contact) -> str:
    return f"{contact.street} {words(contact.house)} {words(contact.flat)}".lower()


def _account(contact: Contact) -> str:
    return f"л/с {contact.account}"


def _phone(contact: Contact) -> str:
    number = contact.phone
    return f"8 {number[:3]} {number[3:6]} {number[6:8]} {number[8:]}"


NOTATIONS: dict[str, Notation] = {
    "in full": _below(lambda c: f"{c.surname} {c.first}, ул. {c.street}, д. {c.house}, кв. {c.flat}"),
    "hyphen": _below(_flat),
    "no street type, double comma": _below(lambda c: f"{c.surname},, {c.street} {c.house}-{c.flat}"),
    "no surname": _below(lambda c: f"{c.street} {c.house}-{c.flat}"),
    "flat after a blank": _below(lambda c: f"{c.street} {c.house} {c.flat}"),
    "flat after a stroke": _below(lambda c: f"{c.street} {c.house}/{c.flat}"),
    "flat after a comma": _below(lambda c: f"{c.street}, {c.house}, {c.flat}"),
    "flat after a dot": _below(lambda c: f"{c.street} {c.house}.{c.flat}"),
    "flat after a colon": _below(lambda c: f"{c.street} {c.house}:{c.flat}"),
    "lower case": _below(lambda c: _flat(c).lower()),
    "capitals": _below(lambda c: _flat(c).upper()),
    "all in capitals": lambda c, letter: Written(
        below(_flat(c), letter).body.upper(), letter.subject.upper()
    ),
    "in words": _below(_flat_words),
    "dictated": _below(lambda c: f"{c.street} дом {words(c.house)} квартира {words(c.flat)}".lower()),
    "dictated with a surname": _below(
        lambda c: f"{c.surname} {c.street} {words(c.house)} {words(c.flat)}".lower()
    ),
    "ordinals": _below(lambda c: f"дом {ordinal(c.house)} квартира {ordinal(c.flat)}"),
    "house in words, flat in digits": _below(lambda c: f"{c.street} {words(c.house)} {c.flat}".lower()),
    "roman house": _below(lambda c: f"{c.street} {roman(c.house)}-{c.flat}"),
    "roman numbers": _below(lambda c: f"дом {roman(c.house)} кв {roman(c.flat)}"),
    "glued": _below(lambda c: f"{c.street.lower()}{c.house}кв{c.flat}".replace(" ", "")),
    "glued words": _below(lambda c: f"{c.street}{words(c.house)}{words(c.flat)}".lower().replace(" ", "")),
    "glued surname": _below(lambda c: f"{c.surname}{c.street}{c.house}".replace(" ", "")),
    "flat first": _below(lambda c: f"кв.{c.flat} д.{c.house} {c.street}"),
    "number sign": _below(lambda c: f"дом №{c.house} квартира №{c.flat}"),
    "letter o for nought": _below(lambda c: f"лс {c.account[:3]}О{c.account[4:]}"),
    "letters for digits": _below(lambda c: f"счет {c.account.translate(str.maketrans('03146', 'OЗlЧб'))}"),
    "account": _below(_account),
    "bare account": _below(lambda c: c.account),
    "account with hyphens": _below(lambda c: "-".join(c.account)),
    "account in triples": _below(lambda c: f"{c.account[:3]} {c.account[3:6]} {c.account[6:]}".strip()),
    "account in pairs": _below(
        lambda c: " ".join(c.account[at : at + 2] for at in range(0, len(c.account), 2))
    ),
    "spaced digits": _below(lambda c: " ".join(c.account)),
    "dotted digits": _below(lambda c: ".".join(c.account)),
    "account digit by digit": _below(lambda c: f"лицевой {digits_said(c.account)}"),
    "account digit by digit, bare": _below(lambda c: digits_said(c.account)),
    "account in pairs of words": _below(lambda c: f"счет {in_pairs(c.account)}"),
    "account in hundreds": _below(lambda c: f"лс {words(int(c.account[:3]))} {words(int(c.account[3:6]))}"),
    "fullwidth digits": _below(
        lambda c: c.account.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ),
    "circled digits": _below(lambda c: c.account.translate(str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨"))),
    "keycaps": _below(lambda c: "\u20e3".join(c.account) + "\u20e3"),
    "account run into the text": lambda c, letter: replace(letter, body=f"лс{c.account}{letter.body}"),
    "phone": _below(_phone),
    "phone with plus": _below(lambda c: f"+7{c.phone}"),
    "phone in words": _below(lambda c: f"плюс семь {digits_said(c.phone)}"),
    "phone in triples of words": _below(
        lambda c: f"восемь {words(int(c.phone[:3]))} {words(int(c.phone[3:6]))}"
    ),
    "short phone": _below(lambda c: f"{c.phone[1]}-{c.phone[2:4]}-{c.phone[4:6]}"),
    "latin": _below(lambda c: latin(_flat(c))),
    "latin in words": _below(lambda c: latin(_flat_words(c))),
    "latin surname": _below(lambda c: latin(f"{c.surname} {c.first}").title()),
    "wrong keyboard": _below(lambda c: wrong_keys(_flat(c))),
    "wrong keyboard, words": _below(lambda c: wrong_keys(_flat_words(c))),
    "spelt out": _below(lambda c: " ".join(c.surname)),
    "surname and street": _below(lambda c: f"{c.surname} с улицы {c.street}"),
    "full name": _below(lambda c: f"{c.first} {c.surname}"),
    "initials": _below(lambda c: f"{c.surname} {c.first[0]}.П."),
    "initials before": _below(lambda c: f"{c.first[0]}. П. {c.surname}"),
    "surname and village": _below(lambda c: f"{c.surname}, деревня {c.village}"),
    "organisation": _below(lambda c: c.organisation),
    "organisation, lower case": _below(lambda c: c.organisation.lower()),
    "organisation writes": _elsewhere(before, lambda c: f"Вам пишет {c.organisation}"),
    "at the beginning": _elsewhere(before, _flat),
    "at the beginning in words": _elsewhere(before, _flat_words),
    "run on": _elsewhere(same_line, _flat),
    "run on in words": _elsewhere(same_line, lambda c: _flat_words(c)),
    "subject": _elsewhere(in_subject, _flat),
    "subject, account": _elsewhere(in_subject, lambda c: c.account),
    "subject in words": _elsewhere(in_subject, _flat_words),
    "signature": _elsewhere(under_dashes, _flat),
    "signature, surname": _elsewhere(under_dashes, lambda c: f"{c.first} {c.surname}"),
    "with regards": _elsewhere(with_regards, _flat),
    "with regards, small": _elsewhere(with_regards, lambda c: f"{c.surname} {_flat_words(c)}".lower()),
    "P.S.": _elsewhere(in_ps, _flat),
    "P.S. in words": _elsewhere(in_ps, lambda c: f"я из дома {words(c.house)} квартира {words(c.flat)}"),
    "beside a program's line": _elsewhere(beside_a_program, _flat),
    "display name": _elsewhere(in_name, lambda c: f"{c.first} {c.surname}"),
    "display name, surname first": _elsewhere(in_name, lambda c: f"{c.surname} {c.first}"),
    "display name, latin": _elsewhere(in_name, lambda c: latin(f"{c.first} {c.surname}").title()),
    "display name with a flat": _elsewhere(in_name, lambda c: f"{c.first} {c.street} {c.house}-{c.flat}"),
    "display name, organisation": _elsewhere(in_name, lambda c: c.organisation),
}
