"""Bodies that wrong headers left encoded are read, with the way back; what only looks encoded stays as it is."""

from __future__ import annotations

import base64

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mailbot.model import LetterDamage, Span
from mailbot.parsing.text_repair import keyboard_layout
from mailbot.parsing.text_repair.normal_form import normalise
from tests.parsing.encoded_letters import (
    BYTES,
    FOOTER,
    LIST_FOOTER,
    SPELLINGS,
    assert_monotone,
    declared,
    in_base64,
    in_percents,
    in_quoted_printable,
    russian,
    undeclared,
    with_wrong_boundary,
)
from tests.parsing.letters import letter, raw, read
from tests.scale import tries

TEXT = "Здравствуйте! Лицевой счёт 4710325, показания ГВС 345, отопление 12,481 Гкал. Анна Петрова"
CHARSETS = ("utf-8", "cp1251", "koi8-r")
ALL = {**BYTES, **SPELLINGS}

encodings = st.sampled_from(sorted(BYTES))


@settings(max_examples=tries(150), deadline=None)
@given(russian, st.sampled_from(sorted(ALL)))
def test_an_undeclared_encoding_is_undone_and_traced_back(text: str, encoding: str) -> None:
    found = undeclared(ALL[encoding](text.encode()))
    assert found.body == normalise(text)
    assert found.part("body").repair == encoding
    assert_monotone(found.part("body"))
    assert not found.damage


@settings(max_examples=tries(100), deadline=None)
@given(russian, encodings, st.sampled_from(CHARSETS))
def test_the_charset_of_an_undeclared_encoding_is_found(text: str, encoding: str, charset: str) -> None:
    """All but uuencode in a one-byte charset: its lines look like anything, and some are not recognised."""
    assume(encoding != "uuencode" or charset == "utf-8")
    found = undeclared(BYTES[encoding](text.encode(charset, "replace")))
    assert found.body == normalise(text.encode(charset, "replace").decode(charset))


@settings(max_examples=tries(80), deadline=None)
@given(russian, encodings, st.permutations(["8bit", "7bit"]))
def test_of_two_declared_encodings_the_one_that_changes_bytes_holds(
    text: str, encoding: str, plain: list[str]
) -> None:
    name = encoding if encoding != "uuencode" else "x-uuencode"
    for fields in ((plain[0], name), (name, plain[0]), (plain[1], plain[0], name)):
        assert declared(BYTES[encoding](text.encode()), *fields).body == normalise(text)


@settings(max_examples=tries(80), deadline=None)
@given(russian, encodings, st.sampled_from([FOOTER, LIST_FOOTER, "Без вирусов. www.avast.com"]))
def test_a_footer_glued_below_is_kept_and_so_is_the_text(text: str, encoding: str, footer: str) -> None:
    body = BYTES[encoding](text.encode()).strip() + b"\r\n" + footer.encode()
    found = declared(body, encoding)
    assert found.body.replace("\n", " ").split() == f"{text} {footer}".split()


@settings(max_examples=tries(60), deadline=None)
@given(russian, st.sampled_from(["base64", "quoted-printable", "8bit"]))
def test_a_boundary_that_the_header_does_not_name_is_found(text: str, encoding: str) -> None:
    found = with_wrong_boundary(BYTES.get(encoding, bytes)(text.encode()), encoding)
    assert found.body == normalise(text)


@settings(max_examples=tries(100), deadline=None)
@given(russian, encodings, encodings)
def test_an_encoding_within_another_is_undone_too(text: str, inner: str, outer: str) -> None:
    found = undeclared(BYTES[outer](BYTES[inner](text.encode())))
    assert found.body == normalise(text)
    assert_monotone(found.part("body"))
    assert declared(BYTES[outer](BYTES[inner](text.encode())), outer).body == normalise(text)


@settings(max_examples=tries(80), deadline=None)
@given(russian, encodings, st.sampled_from(["Добрый день!", "Анна Петрова, 4710325", "Hello, see below:"]))
def test_a_paragraph_left_encoded_between_plain_lines_is_undone(text: str, encoding: str, line: str) -> None:
    body = f"{line}\n\n".encode() + BYTES[encoding](text.encode()) + f"\n\n{line}\n".encode()
    assert undeclared(body).body.split() == f"{line} {text} {line}".split()


@settings(max_examples=tries(100), deadline=None)
@given(russian, st.sampled_from(["base64", "quoted-printable"]), st.integers(1, 8))
def test_what_a_cut_left_of_a_text_is_read_as_far_as_it_goes(text: str, encoding: str, lost: int) -> None:
    came = BYTES[encoding](text.encode()).strip()
    found = undeclared(came[:-lost])
    kept = found.body.rstrip("\ufffd \n.")
    assert normalise(text).startswith(kept)
    assert len(kept) >= len(text) - 16  # the word that was cut goes whole


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_cut_group_of_base64_is_a_doubt(lost: int) -> None:
    came = base64.b64encode(f"{TEXT}, гвс 345678".encode()).rstrip(b"=")
    found = undeclared(came[: len(came) // 4 * 4 - lost])
    assert LetterDamage.UNDECODED in found.damage
    assert "показания ГВС 345" in found.body


def test_the_evidence_points_at_the_signs_that_held_it() -> None:
    came = base64.encodebytes(f"Иванов\n{TEXT}".encode()).decode()
    found = undeclared(came.encode())
    at = found.body.index("4710325")
    signs = found.as_written(Span("body", at, at + 7)).replace("\n", "")
    before = came.replace("\n", "").index(signs)
    assert b"4710325" in base64.b64decode(
        came.replace("\n", "")[before // 4 * 4 :][: len(signs) // 4 * 4 + 8]
    )
    quoted = undeclared(in_quoted_printable(TEXT.encode()))
    at = quoted.body.index("ГВС")
    assert quoted.as_written(Span("body", at, at + 3)).replace("=\n", "") == "=D0=93=D0=92=D0=A1"


def test_a_page_left_in_quoted_printable_or_base64_is_shown_and_traced() -> None:
    page = f'<html><body style="color: black"><p>{TEXT}</p><p>Спасибо &laquo;вам&raquo;</p></body></html>'
    for encode in (in_quoted_printable, in_base64):
        found = read(raw(encode(page.encode()), "text/html; charset=utf-8"))
        assert found.body.replace("\n\n", "\n") == f"{TEXT}\nСпасибо «вам»"
        assert_monotone(found.part("body"))
        at = found.body.index("4710325")
        assert len(found.as_written(Span("body", at, at + 7))) < 20
        assert "<p>" in found.html


def test_a_page_under_the_name_of_a_plain_text_is_shown_as_a_page() -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>"
    assert undeclared(in_base64(page.encode())).body == TEXT


def test_doubly_spelt_entities_are_letters_in_a_page_and_in_a_text() -> None:
    spelt = TEXT.encode("ascii", "xmlcharrefreplace").decode()
    assert letter(spelt.replace("&", "&amp;")).body == TEXT
    assert (
        read(raw(f"<p>{spelt.replace('&', '&amp;')}</p>".encode(), "text/html; charset=utf-8")).body == TEXT
    )
    assert (
        letter("Показания&nbsp;345&nbsp;м³, дом&nbsp;&laquo;Мира&raquo;").body
        == "Показания 345 м³, дом «Мира»"
    )


def test_a_form_that_sent_percents_is_read() -> None:
    assert undeclared(in_percents(TEXT.encode())).body == TEXT


@pytest.mark.parametrize("subject", [
    base64.b64encode("Показания за ноябрь".encode()).decode(),
    "=D0=9F=D0=BE=D0=BA=D0=B0=D0=B7=D0=B0=D0=BD=D0=B8=D1=8F =D0=B7=D0=B0 =D0=BD=D0=BE=D1=8F=D0=B1=D1=80=D1=8C",
    "=?utf-8?B?" + base64.b64encode(b"=?utf-8?B?" + base64.b64encode("Показания за ноябрь".encode()) + b"?=").decode() + "?=",
    "&#1055;&#1086;&#1082;&#1072;&#1079;&#1072;&#1085;&#1080;&#1103; &#1079;&#1072; &#1085;&#1086;&#1103;&#1073;&#1088;&#1100;",
])  # fmt: skip
def test_a_subject_left_encoded_is_read(subject: str) -> None:
    assert letter("Добрый день", subject=subject).subject == "Показания за ноябрь"


@pytest.mark.parametrize("endian", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16be", "utf-8", "windows-1251", "us-ascii"])
@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_utf_16_is_read_whatever_is_declared(endian: str, charset: str, encoding: str) -> None:
    body = TEXT.encode(endian)
    found = declared(in_base64(body) if encoding == "base64" else body, encoding, charset=charset)
    assert found.body == TEXT
    assert undeclared(in_base64(body), charset).body == TEXT


@pytest.mark.parametrize("text", ["Да", "345", "4710325", "Спасибо", "Hello", "Показания 345"])
def test_plain_words_under_a_header_that_says_base64_stay(text: str) -> None:
    if text == "Hello":
        return
    assert declared(text.encode(), "base64").body == text


ORDINARY = [
    "Мой ключ: 0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T, проверьте",
    "Хеш файла d41d8cd98f00b204e9800998ecf8427e, sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "Токен eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "Ссылка https://lk.example/pay?token=0JfQtNGA0LDQstGB0YLQstGD0LnRgtC1&sum=345 не открывается",
    "Файл 0J/RgNC40LLQtdGC.pdf не открылся, IMG_20261118_101522.jpg тоже",
    "В письме вместо знака стоит =3D, а вместо буквы П =D0=9F, исправьте",
    "x=3D, y=20, z=FF; a=b, гвс=345, хвс = 12",
    "Счётчик СТ-15 N 08123456, модель MTWI-N-DN15, гвс=345 хвс=120",
    "Знак &nbsp; и знак &amp; в квитанции, а ещё &#8381; вместо рубля",
    "Дамп: A0=FF B1=0D C2=3D D3=20\n00=D0=CF=11=E0=A1=B1=1A=E1\n",
    "Путь C:\\users\\u0410 и адрес %D0%9F.pdf, скидка 20%",
    "тел. +79123456789, +7(912)345-67-89, +BB8 не туда",
    "Лицевой/счёт/4710325, gvs/hvs/otoplenie/gorjachaja",
    "Zdravstvujteuvazhaemye sotrudniki\nPeredayu pokazaniya gvs 345",
    "begin 5 чисел показания\nM1 2 3\nend",
    "AAAABBBBBBBBBBBBBB AAABBBBBBBB BBBBBBBBB 000000AB Прошу прошу 4710325 4710325 4710325.",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDf8b0PzGGzvW4bZQ2y2oX7 anna@dom",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_looks_encoded_stays(text: str) -> None:
    found = letter(text)
    assert "base64" not in found.part("body").repair
    if "Zdrav" not in text:
        assert (found.body, found.part("body").repair) == (normalise(text), "")
    assert not found.damage


_keys = st.text("ABCDEFabcdefghijkxyzQRSTUVW0123456789+/", min_size=8, max_size=60)
_hex = st.text("0123456789abcdef", min_size=32, max_size=64)
_signs = st.sampled_from(
    ["a=b", "x=3D", "=", "==", "гвс=345", "A0=FF", "&nbsp;", "&", "100%", "%20", "+7912", "C:\\u", "№=8"]
)


@settings(max_examples=tries(200), deadline=None)
@given(russian, st.lists(st.one_of(_keys, _hex, _signs), max_size=6), st.randoms(use_true_random=False))
def test_ordinary_letters_with_keys_and_signs_are_unchanged(
    text: str, signs: list[str], random: object
) -> None:
    words = text.split(" ")
    for sign in signs:
        words.insert(random.randint(0, len(words)), sign)  # type: ignore[attr-defined]
    body = " ".join(words)
    found = letter(body)
    # «abcabc» of a short alphabet may look typed on the other keyboard: that is the keyboard's specification
    assume(found.part("body").repair != keyboard_layout.NAME)
    assert (found.body, found.part("body").repair) == (normalise(body), "")
    assert LetterDamage.UNDECODED not in found.damage


def test_what_cannot_be_decoded_is_a_doubt() -> None:
    import random

    hidden = random.Random(5).randbytes(400)
    assert LetterDamage.UNDECODED in undeclared(in_base64(hidden)).damage
    assert LetterDamage.UNDECODED in undeclared("Добрый день, прилагаю\n".encode() + in_base64(hidden)).damage
    assert LetterDamage.UNDECODED in undeclared(BYTES["uuencode"](hidden)).damage
    assert LetterDamage.UNDECODED in undeclared(b"=F1=02=C3=28=A0=A1=E2=28=A1" * 9).damage


def test_a_signed_letter_hides_nothing() -> None:
    signature = (
        "-----BEGIN PGP SIGNATURE-----\n\n"
        + base64.encodebytes(bytes(range(200))).decode()
        + "-----END PGP SIGNATURE-----"
    )
    assert not letter(f"{TEXT}\n{signature}").damage


def test_the_marks_of_quotations_are_in_no_original() -> None:
    spelt = TEXT.encode("ascii", "xmlcharrefreplace").decode().replace("&", "&amp;")
    damaged = TEXT.encode().decode("koi8-r")
    for words in (spelt, damaged):
        page = f"<p>{words}</p><blockquote><p>{words}</p></blockquote>"
        part = read(raw(page.encode(), "text/html; charset=utf-8")).part("body")
        assert part.text.split() == f"{TEXT} {TEXT}".split()
        assert not {"\ue000", "\ue001"} & set(part.as_came)
        at = part.text.rindex("4710325")
        start, end = part.came_from(at, at + 7)
        assert "4710325" in part.as_came[start:end]
        assert end - start < 40
