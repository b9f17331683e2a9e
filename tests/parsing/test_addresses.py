"""Addresses as they can be answered: read however they are written, and never made up of pieces."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Address
from mailbot.parsing import read_envelope
from tests.parsing.letters import read
from tests.scale import tries


def sender(value: str | bytes) -> Address:
    content = (
        b"From: " + (value if isinstance(value, bytes) else value.encode()) + b"\r\nSubject: x\r\n\r\ntext"
    )
    found = read(content).from_
    assert read_envelope(content).sender == found.email
    return found


def word(text: str, charset: str = "utf-8", code: str = "B") -> str:
    content = text.encode(charset)
    if code == "B":
        return f"=?{charset}?B?{base64.b64encode(content).decode()}?="
    return f"=?{charset}?Q?{''.join(f'={byte:02X}' for byte in content)}?="


@pytest.mark.parametrize(
    ("domain", "answered"),
    [
        ("почта.рф", "xn--80a1acny.xn--p1ai"),
        ("ПОЧТА.РФ", "xn--80a1acny.xn--p1ai"),
        ("xn--80a1acny.xn--p1ai", "xn--80a1acny.xn--p1ai"),
        ("тэц.прикамский.рус", "xn--g1axo.xn--80aqafhfkd5a4c.xn--p1acf"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("例え.jp", "xn--r8jz45g.jp"),
    ],
)
def test_a_domain_of_another_alphabet_is_written_as_mail_goes_to_it(domain: str, answered: str) -> None:
    answered = domain.lower().encode("idna").decode()
    assert answered.isascii()
    for value in (
        f"ivan@{domain}",
        f"Иван <ivan@{domain}>",
        f"{word('Иван')} <ivan@{domain}>",
        word(f"Иван <ivan@{domain}>"),
    ):
        assert sender(value).email == f"ivan@{answered}"


def test_the_domain_of_the_shared_case_is_the_known_one() -> None:
    assert sender("ivan@почта.рф").email == "ivan@xn--80a1acny.xn--p1ai"
    assert sender("Почта <ivan@почта.рф>".encode("cp1251")).email == "ivan@xn--80a1acny.xn--p1ai"


@pytest.mark.parametrize(
    "value",
    [
        "ivan petrov@mail.ru",
        "<ivan petrov@mail.ru>",
        "Иван <ivan petrov@mail.ru>",
        "Ivan Petrov ivan petrov@mail.ru",
        "ivan@petrov@mail.ru",
        "Петров <ivan@petrov@mail.ru>",
        "ivan@mail ru",
        "ivan@",
        "@mail.ru",
        "ivan.mail.ru",
        "ivan@mail..ru",
        "ivan@.ru",
        "Иван <иван@почта.рф>",
        "иван@mail.ru",
        "ivan@mail,ru",
        "o brien@mail.ru",
        "ivan\tpetrov@mail.ru",
        word("ivan petrov@mail.ru"),
        word("Иван <ivan petrov@mail.ru>"),
        "ivan@-" + "а" * 80 + ".рф",
        "",
    ],
)
def test_what_is_no_address_is_never_made_one(value: str) -> None:
    assert sender(value).email == ""


def test_what_could_not_be_read_as_an_address_is_shown_to_a_person() -> None:
    assert sender("ivan petrov@mail.ru").name == "ivan petrov@mail.ru"
    assert sender("иван@почта.рф").name == "иван@почта.рф"


@pytest.mark.parametrize("code", ["B", "Q"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
@pytest.mark.parametrize(
    "text",
    [
        "Иван <ivan@mail.ru>",
        "Иванов, Иван <ivan@mail.ru>",
        '"Иванов, Иван" <Ivan@mail.ru>',
        "ivan@mail.ru",
        "<ivan@mail.ru>",
    ],
)
def test_a_sender_encoded_as_a_whole_is_read(text: str, charset: str, code: str) -> None:
    assert sender(word(text, charset, code)).email == "ivan@mail.ru"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (f"{word('Иван')} ivan@mail.ru", ""),
        (f"{word('Иван')} <{word('ivan@mail.ru')}>", "Иван"),
        ('"Иван Петров" ivan@mail.ru', ""),
        ('"Иван <ivan@mail.ru>', ""),
        ("Иван <ivan@mail.ru", "Иван"),
        ("'ivan@mail.ru' <ivan@mail.ru>", ""),
        ("'ivan@mail.ru'", ""),
        ("<mailto:ivan@mail.ru>", ""),
        ("[ivan@mail.ru]", ""),
        ("ivan@mail.ru (Иван)", "Иван"),
        ("Иван[ <ivan@mail.ru>", ""),
        ("petrov@home.ru <ivan@mail.ru>", ""),
        ("Ivan@Mail.RU.", ""),
        ("Иванов, Иван <ivan@mail.ru>", "Иван"),
    ],
)  # fmt: skip
def test_an_address_that_is_whole_is_read_however_its_field_is_broken(value: str, name: str) -> None:
    found = sender(value)
    assert found.email == "ivan@mail.ru"
    assert not name or found.name == name


def test_an_apostrophe_is_a_part_of_the_address() -> None:
    assert sender("O'Brien <o'brien@mail.example>").email == "o'brien@mail.example"


def test_the_address_beats_another_one_in_its_encoded_name() -> None:
    assert sender(f"{word('8666@bk.ru')} <ivan@mail.ru>").email == "ivan@mail.ru"


_pieces = st.lists(
    st.sampled_from(
        ["ivan", "petrov", "@", "mail.ru", " ", ",", "<", ">", '"', "(", ")", "почта.рф", ".", ":", ";"]
    ),
    max_size=12,
)


@settings(max_examples=tries(300), deadline=None)
@given(_pieces)
def test_every_address_that_is_read_stood_in_the_field_as_it_is(pieces: list[str]) -> None:
    value = "".join(pieces)
    found = sender(value).email
    if found:
        local, _, domain = found.partition("@")
        written = domain.encode().decode("idna")
        assert f"{local}@{written}" in value
