"""Addresses, threading, subjects and ids: no words of a stranger break out of their place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.composing import compose
from mailbot.model import (
    AbuseKind,
    Address,
    Contacts,
    ExtractedValue,
    Span,
)
from mailbot.model.letter.own_message_id import case_token_of
from tests.composing.material import (
    CONTEXT,
    DECISION,
    DIGEST,
    FACTS,
    RECEIVED,
    Room,
    a_letter,
)
from tests.composing.reading import ACKNOWLEDGED, composed, read

# Same input, same bytes; the id names the case.


def test_the_same_letter_gives_the_same_bytes(room: Room) -> None:
    assert composed(room).content == composed(room).content


def test_the_message_id_depends_on_the_letter_and_the_purpose_alone(room: Room) -> None:
    one = composed(room)
    later = composed(room, decision=replace(DECISION, decided_at=datetime(2026, 11, 22, tzinfo=UTC)))
    acknowledged = composed(room, decision=ACKNOWLEDGED)
    assert one.message_id == later.message_id
    assert acknowledged.message_id != one.message_id
    assert re.fullmatch(r"<mailbot\.26-000123\.answer\.[0-9a-f]{16}@bk\.ru>", one.message_id)


def test_our_id_is_read_back_and_no_other(room: Room) -> None:
    assert case_token_of(composed(room).message_id) == "26-000123"
    assert case_token_of(composed(room, decision=ACKNOWLEDGED).message_id) == "26-000123"
    for foreign in ("", "<abc@mail.ru>", "<mailbot.26-1.answer.00@bk.ru>", "<mailbot.x.answer.0@bk.ru>"):
        assert case_token_of(foreign) is None


# To whom.


def test_reply_to_is_followed_where_it_is_one_valid_address(room: Room) -> None:
    letter = a_letter(reply_to=(Address("Светлана", "home@mail.ru"),))
    assert composed(room, letter).recipient == "home@mail.ru"


@pytest.mark.parametrize(
    "reply_to",
    [
        (Address("", "a@mail.ru"), Address("", "b@mail.ru")),
        (Address("", "нет адреса"),),
        (Address("", "x@mail.ru\r\nBcc: victim@mail.ru"),),
        (Address("", '"a b"@mail.ru'),),
        (Address("", "8666@bk.ru"),),
    ],
)
def test_else_from_is_answered(room: Room, reply_to: tuple[Address, ...]) -> None:
    assert composed(room, a_letter(reply_to=reply_to)).recipient == "sveta@mail.ru"


def test_a_cyrillic_domain_is_written_in_ascii(room: Room) -> None:
    letter = a_letter(from_=Address("", "ivan@почта.рф"))
    assert composed(room, letter).recipient == "ivan@xn--80a1acny.xn--p1ai"


def test_without_an_address_nothing_is_composed(room: Room) -> None:
    nobody = a_letter(from_=Address("", ""))
    for decision in (DECISION, ACKNOWLEDGED):
        arguments = (decision, nobody, FACTS, CONTEXT, room.templates)
        assert compose(*arguments, received_at=RECEIVED, raw_digest=DIGEST) is None


# Threading (RFC 5322 3.6.4).


def test_references_go_on_with_the_letters_own_id(room: Room) -> None:
    letter = a_letter(references=("<1@mail.ru>", "<2@mail.ru>"))
    assert read(composed(room, letter))["References"].split() == [
        "<1@mail.ru>",
        "<2@mail.ru>",
        "<abc@mail.ru>",
    ]


def test_long_references_keep_the_first_and_the_newest(room: Room) -> None:
    letter = a_letter(references=tuple(f"<{n}@mail.ru>" for n in range(500)))
    ids = read(composed(room, letter))["References"].split()
    assert ids[0] == "<0@mail.ru>"
    assert ids[-2:] == ["<499@mail.ru>", "<abc@mail.ru>"]
    assert len(ids) == 10


def test_in_reply_to_stands_in_where_there_are_no_references(room: Room) -> None:
    letter = a_letter(in_reply_to=("<parent@mail.ru>",))
    assert read(composed(room, letter))["References"].split() == ["<parent@mail.ru>", "<abc@mail.ru>"]


def test_a_letter_without_an_id_starts_a_thread(room: Room) -> None:
    message = read(composed(room, a_letter(message_id="")))
    assert message["In-Reply-To"] is None
    assert message["References"] is None


# The subject.


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Показания", "Re: Показания [№ 26-000123]"),
        ("Re: Fwd: RE[2]: Ответ: холодно", "Re: холодно [№ 26-000123]"),
        ("Re: холодно [№ 26-000099]", "Re: холодно [№ 26-000123]"),
        ("", "Обращение № 26-000123: показания приняты"),
        ("345", "Обращение № 26-000123: показания приняты"),
        ("??????? ?????????", "Обращение № 26-000123: показания приняты"),
        ("выигрыш на http://win.example", "Обращение № 26-000123: показания приняты"),
        ("счёт\r\nBcc: victim@mail.ru", "Обращение № 26-000123: показания приняты"),
        ("холодно\r\n дома", "Re: холодно дома [№ 26-000123]"),
    ],
)
def test_the_writers_subject_is_kept_where_it_makes_sense(room: Room, theirs: str, ours: str) -> None:
    outgoing = composed(room, a_letter(theirs))
    assert outgoing.subject == ours
    assert read(outgoing)["Subject"] == ours


def test_a_long_subject_is_cut_at_a_word(room: Room) -> None:
    subject = composed(room, a_letter("холодно в квартире " * 20)).subject
    assert len(subject) < 110
    assert subject.endswith((" холодно… [№ 26-000123]", " квартире… [№ 26-000123]", " в… [№ 26-000123]"))


def test_an_abusive_subject_is_not_repeated(room: Room) -> None:
    rude = replace(FACTS, abuse=(ExtractedValue(AbuseKind.INSULT, (Span("subject", 0, 7),)),))
    assert composed(room, a_letter("сволочи"), facts=rude).subject.startswith("Обращение № 26-000123")


# Nobody's words break out of their place.


def headers_of(content: bytes) -> list[str]:
    head = content.split(b"\r\n\r\n", 1)[0].decode("ascii")
    return re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")


EXPECTED = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"]
EXPECTED += ["MIME-Version", "Content-Type"]
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="\r\n:Bcc =?<>@\t«»", max_size=60),
    st.sampled_from(
        ["Привет\r\nBcc: x@y.ru", "=?utf-8?B?DQpCY2M6IHhAeS5ydQ==?=", "a\x00b", "\ud800лорд", "👩‍👩‍👧" * 40]
    ),
)


@given(subject=HOSTILE, name=HOSTILE, id=HOSTILE, address=HOSTILE)
def test_header_injection_is_impossible(room: Room, subject: str, name: str, id: str, address: str) -> None:
    letter = a_letter(
        subject,
        from_=Address(name, "sveta@mail.ru"),
        reply_to=(Address(name, address),),
        message_id=id,
        references=(id, address),
    )
    named = replace(FACTS, contacts=Contacts(names=(ExtractedValue(name, (), 1.0),)))
    outgoing = composed(room, letter, facts=named)
    names = [line.partition(":")[0] for line in headers_of(outgoing.content)]
    assert [each for each in names if each not in ("In-Reply-To", "References")] == EXPECTED
    assert all(len(line) <= 998 for line in outgoing.content.split(b"\r\n"))
    assert b"\n" not in outgoing.content.replace(b"\r\n", b"")
    assert outgoing.content.isascii()


@given(subject=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=120))
def test_a_mail_program_reads_the_subject_we_meant(room: Room, subject: str) -> None:
    outgoing = composed(room, a_letter("тема " + subject))
    assert read(outgoing)["Subject"] == outgoing.subject
    assert all(len(line) <= 78 for line in outgoing.content.split(b"\r\n"))
