"""Multiparts and letters within letters whose headers name a wrong boundary or encoding, or none."""

from __future__ import annotations

import base64
import quopri

import pytest

from mailbot.model import LetterDamage, SegmentRole
from tests.parsing.letters import HEAD, mixed, raw, read, words

TEXT = "Лицевой счёт 4710325, показание горячей воды 345. Петров Иван"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
INNER = (
    "From: =?utf-8?B?0JjQstCw0L0=?= <ivan@mail.ru>\r\nSubject: =?utf-8?B?0J/QvtC60LDQt9Cw0L3QuNGP?=\r\n"
    f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{TEXT}\r\n"
).encode()


def part(content: bytes, kind: str = "text/plain; charset=utf-8", encoding: str = "base64") -> bytes:
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content


def multipart(*parts: bytes, boundary: str = "=_BBB") -> bytes:
    mark = f"--{boundary}".encode()
    return b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts) + mark + b"--\r\n"


PLAIN = part(base64.encodebytes(TEXT.encode()))
RICH = part(quopri.encodestring(PAGE.encode()), "text/html; charset=utf-8", "quoted-printable")


@pytest.mark.parametrize(
    "kind", ["multipart/alternative", "multipart/mixed", "multipart/related", "multipart/signed"]
)
@pytest.mark.parametrize("named", ['boundary="=_AAA"', "boundary=", "", 'boundary="=_BB"', "boundary==_bbb"])
def test_a_boundary_that_stands_is_found_whatever_the_header_names(kind: str, named: str) -> None:
    found = read(raw(multipart(PLAIN, RICH), f"{kind}; {named}"))
    assert TEXT in found.body
    assert "Content-Type" not in found.body
    assert LetterDamage.BROKEN_STRUCTURE not in found.damage


@pytest.mark.parametrize(
    "notice", [b"", b"This is a multi-part message in MIME format.\r\n\r\n", b"\r\n\r\n"]
)
def test_a_multipart_that_lost_its_header_is_taken_apart(notice: bytes) -> None:
    found = read(raw(notice + multipart(PLAIN, RICH), "text/plain; charset=utf-8"))
    assert found.body == TEXT


def test_a_letter_that_quotes_a_multipart_is_no_multipart() -> None:
    body = "Мне пришло вот что:\n\n".encode() + multipart(part("ГВС 345".encode(), encoding="8bit"))
    found = read(raw(body))
    assert found.body.startswith("Мне пришло вот что:")
    assert "ГВС 345" in found.body


def test_a_multipart_encoded_as_a_whole_is_taken_apart() -> None:
    content = base64.encodebytes(multipart(PLAIN, RICH))
    for kind in ("multipart/mixed; boundary==_BBB", "multipart/mixed; boundary=lost"):
        head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        assert TEXT in read(HEAD + head + content).body


def test_headers_of_a_part_pushed_into_its_text_do_not_hide_it() -> None:
    found = read(raw(b"\r\n" + PLAIN, "text/plain; charset=utf-8"))
    assert TEXT in found.body


@pytest.mark.parametrize(
    ("kind", "encoding", "content"),
    [
        ("message/rfc822", "base64", base64.encodebytes(INNER)),
        ("message/rfc822", "8bit", base64.encodebytes(INNER)),
        ("message/rfc822", "quoted-printable", quopri.encodestring(INNER)),
        ("message/rfc822", "7bit", INNER),
        ('application/octet-stream; name="pismo.eml"', "base64", base64.encodebytes(INNER)),
        ('text/plain; name="pismo.eml"', "base64", base64.encodebytes(INNER)),
        ('message/rfc822; name="pismo.eml"', "BASE-64", base64.encodebytes(INNER)),
    ],
)
def test_a_letter_passed_on_is_read_however_it_is_encoded(kind: str, encoding: str, content: bytes) -> None:
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Disposition: attachment"
    found = mixed(("Content-Type: text/plain; charset=utf-8", "Пересылаю".encode()), (head, content))
    assert TEXT in words(found, SegmentRole.FORWARDED, "attachment:1")
    assert words(found, SegmentRole.FORWARDED, "attachment:1").startswith("Показания")


def test_an_inner_letter_left_encoded_itself_is_read() -> None:
    inner = INNER.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + base64.encodebytes(TEXT.encode())
    found = mixed(
        ("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", base64.encodebytes(inner))
    )
    assert TEXT in found.part("attachment:1").text


@pytest.mark.parametrize(
    "encodings", [("8bit", "base64"), ("base64", "7bit"), ("Base64;",), ('"base64"',), ("base-64",)]
)
def test_a_document_under_doubled_or_misspelt_encodings_is_whole(encodings: tuple[str, ...]) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    head = "Content-Type: image/png; name=a.png\r\n" + "\r\n".join(
        f"Content-Transfer-Encoding: {one}" for one in encodings
    )
    (file,) = mixed((head, base64.encodebytes(content))).attachments
    assert file.content == content
