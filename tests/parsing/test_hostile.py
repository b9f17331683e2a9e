"""Any bytes give a letter, in bounded time: each of these once cost seconds to minutes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Letter, LetterDamage, RawLetter
from mailbot.parsing import parse, read_envelope
from tests.parsing.letters import HEAD, RECEIVED, raw, read
from tests.scale import tries

MOST_PLAIN = 40
"""How many plain letters of the same length a hostile one may cost; ten, measured on a quiet machine (a letter of letters)."""

LINE = "Добрый день! Передаю показания: гвс 345, отопление 12,5. Когда включат отопление? С уважением, Зуев.\r\n".encode()

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
PART = b"--q\r\nContent-Type: "
HOSTILE = {
    "To of 1.9 MB": HEAD + b"To: " + b"x@y.ru, " * 240_000 + b"\r\n\r\nhi",
    "To of 1.9 MB without an end": HEAD + b"To: " + b"x@y.ru, " * 240_000,
    "100,000 header fields": b"".join(b"X-%d: y\r\n" % at for at in range(100_000)) + b"\r\nhi",
    "30,000 parts": raw((PART + b"text/plain\r\n\r\nhi\r\n") * 30_000, "multipart/mixed; boundary=q"),
    "190 long texts": raw((PART + b"text/plain\r\n\r\n" + "Мир\r\n".encode("koi8-r") * 30_000) * 190, "multipart/mixed; boundary=q"),
    "190 letters within": raw((PART + b"message/rfc822\r\n\r\nSubject: z\r\n\r\nhi\r\n") * 190, "multipart/mixed; boundary=q"),
    "3,000 letters one in another": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3_000 + b"hi",
    "3,000 multiparts deep": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(3_000)),
    "50,000 nested divs": raw(b"<div>" * 50_000 + "Холодно".encode(), HTML),
    "open comments": raw(b"<!--" * 250_000, HTML),
    "open scripts": raw(b"<script>" * 120_000, HTML),
    "open tags": raw(b"<a " * 300_000, HTML),
    "140,000 spans": raw(b"<span>a</span>" * 70_000, HTML),
    "40,000 lists": raw(b"<ul><li>a" * 40_000, HTML),
    "dashes": raw(b"-" * 400_000, PLAIN),
    "spaces": raw(b" " * 400_000, PLAIN),
    "one word": raw(b"a" * 400_000, PLAIN),
    "half addresses": raw(b"a@" * 200_000, PLAIN),
    "heads of quotations": raw(b"12.12.2020 10:10 from a@b: \n" * 14_000, PLAIN),
    "quotation marks": raw(b"> a\n" * 100_000, PLAIN),
    "greetings": raw(b"hello " * 60_000, PLAIN),
    "accents on one letter": raw(("е" + "\u0316\u0301" * 100_000).encode(), PLAIN),
    "flowed without end": raw(b"abc \r\n" * 80_000, "text/plain; format=flowed; delsp=yes"),
    "punycode": raw(b"-" + b"abcdefg9" * 30_000, "text/plain; charset=punycode"),
    "mojibake": raw(("Привет как дела ".encode().decode("latin-1") * 8_000).encode(), PLAIN),
    "all bytes": raw(bytes(range(128, 256)) * 3_000, PLAIN),
    "broken encoded words": HEAD + b"Subject: " + b"=?a" * 10_000 + b"\r\n\r\nhi",
    "open comments in From": b"From: " + b"(" * 1_900_000 + b"\r\n\r\nhi",
}  # fmt: skip


def assert_sound(letter: Letter) -> None:
    """Every part is covered by its segments, in order, without gaps, and holds no half characters."""
    for part in letter.parts:
        at = 0
        for segment in part.segments:
            assert segment.start == at
            assert segment.end > at
            at = segment.end
        assert at == len(part.text)
        assert part.text.encode("utf-8").decode("utf-8") == part.text
        assert "\r" not in part.text
        assert "\x00" not in part.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_letter_takes_bounded_time(name: str) -> None:
    """The floor is a plain letter of the same length, read beside it."""
    content = HOSTILE[name]
    plain = raw(LINE * (len(content) // len(LINE) + 1), PLAIN)
    spent(plain[:2_000])  # what is opened once is open
    floor = min(spent(plain), spent(plain))
    assert spent(content) < MOST_PLAIN * floor
    assert_sound(read(content))


def spent(content: bytes) -> float:
    """Seconds of the processor that reading takes."""
    started = time.process_time()
    read(content)
    read_envelope(content)
    return time.process_time() - started


@pytest.mark.parametrize("name", ["To of 1.9 MB", "30,000 parts", "one word", "3,000 multiparts deep"])
def test_what_was_cut_is_said(name: str) -> None:
    assert LetterDamage.CUT in read(HOSTILE[name]).damage


def test_the_words_under_50_000_divs_are_read() -> None:
    assert read(HOSTILE["50,000 nested divs"]).body == "Холодно"


def test_the_sender_behind_a_long_field_is_still_found() -> None:
    content = b"To: " + b"x@y.ru, " * 100_000 + b"\r\n" + HEAD + b"Message-ID: <1@x>\r\n\r\n"
    envelope = read_envelope(content)
    assert (envelope.sender, envelope.message_id) == ("ivan@mail.ru", "<1@x>")
    assert read(content).from_.email == "ivan@mail.ru"


def test_an_envelope_of_nothing_is_empty() -> None:
    for content in (b"", b"\x00\xff", b"\r\n\r\nFrom: a@b.ru", b"no header at all"):
        assert (read_envelope(content).sender, read_envelope(content).message_id) == ("", "")


@settings(max_examples=tries(150), deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_give_a_letter(content: bytes) -> None:
    assert_sound(read(content))
    read_envelope(content)


SEED = raw(
    "--B\r\nContent-Type: text/plain; charset=koi8-r; format=flowed\r\n\r\nПередаю \r\n> гвс 45\r\n-- \r\nИванов\r\n"
    "--B\r\nContent-Type: text/html\r\n\r\n<blockquote>Тепло</blockquote>\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n"
    "From: a\r\nSubject: =?koi8-r?B?8M/LwQ==?=\r\n\r\nтекст\r\n--B--\r\n".encode(),
    "multipart/mixed; boundary=B",
    "To: a@b.ru, =?utf-8?Q?=D0?= <c@d>",
    "Date: Mon, 99 Foo 2026 25:61 +9999",
    "References: <a@b> <c",
)


@settings(max_examples=tries(200), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=6), st.integers(0, 9)), max_size=8)
)
def test_mutated_letters_give_a_letter(changes: list[tuple[int, bytes, int]]) -> None:
    content = SEED
    for at, inserted, dropped in changes:
        content = content[:at] + inserted + content[at + dropped :]
    assert_sound(read(content))
    read_envelope(content)


@settings(max_examples=tries(200), deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("абв аб\n>-:<>/@1.,?=«»ghbdt\u00a0\u00ad\u0301\u200bÐÑ")), max_size=200
    )
)
def test_any_text_is_covered_by_its_segments_and_normalised_once(text: str) -> None:
    found = parse(RawLetter(raw(text.encode()), RECEIVED))
    assert_sound(found)
    assert not set(found.body) & set("\u00a0\u00ad\u200b")
