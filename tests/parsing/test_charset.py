"""Bytes in a wrong or missing charset are read as what they are (mail-parser and latin-1 lose them)."""

from __future__ import annotations

import pytest

from mailbot.model import LetterDamage
from mailbot.parsing.charsets.decoding import decode
from tests.parsing.letters import letter, raw, read

TEXT = "Добрый день! В квартире холодно, примите меры. Иванова, Мира 5-12"


@pytest.mark.parametrize("declared", ["", "us-ascii", "utf-8", "iso-8859-1", "windows-1252", "x-unknown"])
@pytest.mark.parametrize("real", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_a_wrong_or_missing_charset_is_found_by_the_look_of_the_text(real: str, declared: str) -> None:
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    assert read(raw(TEXT.encode(real), kind)).body == TEXT


@pytest.mark.parametrize(
    ("real", "declared"), [("koi8-r", "windows-1251"), ("cp1251", "koi8-r"), ("cp866", "cp1251")]
)
def test_one_cyrillic_charset_declared_as_another_is_believed_only_if_it_reads(
    real: str, declared: str
) -> None:
    assert decode(TEXT.encode(real), declared).text == TEXT


def test_a_short_answer_in_the_declared_charset_is_left_as_declared() -> None:
    assert decode("да".encode("cp1251"), "windows-1251").text == "да"


def test_codecs_that_are_no_charsets_are_not_tried() -> None:
    for declared in ("punycode", "idna", "unicode_escape", "zlib", "rot13", "base64"):
        assert decode(TEXT.encode(), declared).text == TEXT


def test_bytes_of_no_language_are_named_so_and_do_not_raise() -> None:
    found = read(raw(bytes(range(128, 256)) * 3, "text/plain; charset=us-ascii"))
    assert LetterDamage.UNKNOWN_CHARSET in found.damage


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?B?0J/QvtC60LDQt9Cw0L3QuNGP?= =?windows-1251?B?IOfgIO3u/+Hw/A==?=",  # mixed charsets
        "=?UTF-8?B?0J/QvtC60LDQt9Cw0L3QuNGP?==?UTF-8?B?INC30LAg0L3QvtGP0LHRgNGM?=",  # no space between
        "=?utf-8?Q?=D0=9F=D0=BE=D0=BA=D0=B0=D0=B7=D0=B0=D0=BD=D0=B8=D1?= =?utf-8?Q?=8F_=D0=B7=D0=B0?= ноябрь",
        "Показания за ноябрь",  # raw 8-bit
    ],
)
def test_subjects_are_read_however_they_were_encoded(subject: str) -> None:
    assert letter("x", subject=subject).subject == "Показания за ноябрь"


def test_a_raw_subject_is_read_in_the_charset_of_its_body() -> None:
    content = raw(TEXT.encode("koi8-r"), "text/plain; charset=koi8-r", subject="@")
    assert (
        read(content.replace(b"@\r\nContent-Type", "Тепло".encode("koi8-r") + b"\r\nContent-Type")).subject
        == "Тепло"
    )


def test_a_question_mark_where_letters_stood_is_lost() -> None:
    assert LetterDamage.LOST_CHARACTERS in letter("???????????? ??????! ?????? ??? ? ???????? 12 ??").damage
    assert letter("Почему холодно???? Когда будет тепло????").damage == ()
