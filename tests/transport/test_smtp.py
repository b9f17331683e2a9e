"""Sending: each way a dialogue can end is sent, not sent, refused or uncertain, and never a guess."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import SendOutcome
from mailbot.transport import AuthenticationError, ServerUnavailable, SmtpClient
from mailbot.transport.embedded import EmbeddedSmtp
from mailbot.transport.smtp import _dot_stuffed
from tests.servers import HOST
from tests.transport.certificates import self_signed
from tests.transport.material import (
    OURS,
    scripted_server,
    silent_server,
    smtp_settings,
    unused_port,
)

TO = "writer@mail.example"
LETTER = b"From: 8666@bk.ru\r\nSubject: x\r\n\r\n.a line that begins with a dot\r\nend\r\n"
GREETING = b"220 mail.example\r\n"
OK = b"250 OK\r\n"
GO = b"354 go\r\n"


def at(stage: str, reply: str) -> Callable[[str, str], str | None]:
    def answer(where: str, recipient: str) -> str | None:
        return reply if where == stage else None

    return answer


def hang(stage: str, recipient: str) -> str | None:
    if stage == "DATA":
        time.sleep(1)
    return None


def test_a_letter_arrives_to_the_byte_from_our_address() -> None:
    with EmbeddedSmtp() as sink:
        delivery = SmtpClient(smtp_settings(sink.port)).send(TO, LETTER)
    assert delivery.outcome is SendOutcome.SENT
    (got,) = sink.received
    assert (got.sender, got.recipient, got.content) == (OURS, TO, LETTER)


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("451 4.3.0 try later", SendOutcome.NOT_SENT),
        ("421 4.3.2 going down", SendOutcome.CUT_OFF),
        ("550 5.1.1 no such user", SendOutcome.REFUSED),
        ("554 5.4.6 Too many hops", SendOutcome.REFUSED),
        ("552 5.2.3 Message size limit exceeded", SendOutcome.REFUSED),
        ("552 5.2.2 Mailbox quota exceeded", SendOutcome.REFUSED),
        ("550 spam message rejected. Please visit http://help.mail.ru/", SendOutcome.THROTTLED),
        ("450 4.2.0 Greylisted, try again later", SendOutcome.NOT_SENT),
        ("451 4.7.1 Rate limit reached", SendOutcome.THROTTLED),
        ("554 5.7.0 try again later", SendOutcome.THROTTLED),
        ("550 5.7.1 Rate limit reached", SendOutcome.THROTTLED),
        ("550 5.4.5 Daily sending quota exceeded", SendOutcome.THROTTLED),
        ("554 Too many messages, slow down", SendOutcome.THROTTLED),
    ],
)
def test_a_refusal_is_final_by_5xx_and_later_by_4xx_and_by_throttling(
    stage: str, reply: str, outcome: SendOutcome
) -> None:
    with EmbeddedSmtp(answer=at(stage, reply)) as sink:
        smtp = SmtpClient(smtp_settings(sink.port))
        delivery = smtp.send(TO, LETTER)
        assert delivery.outcome is outcome
        assert reply[4:] in delivery.detail
        assert sink.received == []
        sink.answer = at("NEVER", "")
        assert smtp.send(TO, LETTER).outcome is SendOutcome.SENT, "the next letter is not held up"


@pytest.mark.parametrize("kept", [True, False], ids=["the_server_has_it", "the_server_lost_it"])
def test_a_connection_lost_after_the_final_dot_is_uncertain(kept: bool) -> None:
    with EmbeddedSmtp(drop={TO: kept}) as sink:
        smtp = SmtpClient(smtp_settings(sink.port))
        assert smtp.send(TO, LETTER).outcome is SendOutcome.UNCERTAIN
        assert len(sink.received) == kept
        assert smtp.send("other@mail.example", LETTER).outcome is SendOutcome.SENT


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ((GREETING,), SendOutcome.UNREACHED),
        ((GREETING, OK), SendOutcome.CUT_OFF),
        ((GREETING, OK, OK), SendOutcome.CUT_OFF),
        ((GREETING, OK, OK, OK), SendOutcome.CUT_OFF),
        ((GREETING, OK, OK, OK, GO), SendOutcome.UNCERTAIN),
        ((b"554 no service here\r\n",), SendOutcome.UNREACHED),
        ((GREETING, OK, b"garbage\r\n"), SendOutcome.CUT_OFF),
        ((GREETING, OK, OK, OK, OK), SendOutcome.CUT_OFF),
        ((GREETING, OK, b"354 odd\r\n"), SendOutcome.CUT_OFF),
    ],
    ids=[
        "drop_after_greeting", "drop_after_ehlo", "drop_after_mail", "drop_after_rcpt", "drop_within_the_text",
        "no_service", "garbage_to_mail", "250_to_data", "354_to_mail",
    ],
)  # fmt: skip
def test_only_a_text_on_its_way_is_uncertain(replies: tuple[bytes, ...], outcome: SendOutcome) -> None:
    with scripted_server(*replies) as port:
        assert SmtpClient(smtp_settings(port)).send(TO, LETTER).outcome is outcome


def test_no_answer_to_the_text_is_uncertain_and_in_time() -> None:
    with EmbeddedSmtp(answer=hang) as sink:
        began = time.monotonic()
        delivery = SmtpClient(smtp_settings(sink.port, timeout=0.3)).send(TO, LETTER)
        assert time.monotonic() - began < 0.9
    assert delivery.outcome is SendOutcome.UNCERTAIN


@pytest.mark.parametrize("security", ["plain", "tls"])
def test_a_server_that_never_speaks_is_given_up_in_time(security: str) -> None:
    with silent_server() as port:
        began = time.monotonic()
        delivery = SmtpClient(smtp_settings(port, security=security, timeout=0.3)).send(TO, LETTER)
        assert time.monotonic() - began < 2
    assert delivery.outcome is SendOutcome.UNREACHED
    assert "не отвечает вовремя" in delivery.detail


def test_a_server_that_is_away_is_an_outcome_for_a_letter_and_a_fault_for_the_check() -> None:
    smtp = SmtpClient(smtp_settings(unused_port()))
    assert smtp.send(TO, LETTER).outcome is SendOutcome.UNREACHED
    with pytest.raises(ServerUnavailable):
        smtp.check()


def test_one_connection_serves_many_letters() -> None:
    with EmbeddedSmtp() as sink:
        smtp = SmtpClient(smtp_settings(sink.port))
        assert [smtp.send(TO, LETTER).outcome for _ in range(5)] == [SendOutcome.SENT] * 5
        assert sink.connections == 1


def test_a_kept_connection_that_went_stale_is_opened_anew() -> None:
    with EmbeddedSmtp() as sink:
        smtp = SmtpClient(smtp_settings(sink.port))
        smtp.send(TO, LETTER)
        assert smtp._connection is not None
        assert smtp._connection.sock is not None
        smtp._connection.sock.shutdown(2)  # the server's side closed it while we were idle
        assert smtp.send(TO, LETTER).outcome is SendOutcome.SENT
        assert sink.connections == 2
        assert len(sink.received) == 2


def test_a_wrong_password_is_no_letters_fault() -> None:
    with EmbeddedSmtp(login=(OURS, "right")) as sink:
        for password in ("Wrong-Word-99", "пароль"):
            wrong = smtp_settings(sink.port, login=OURS, password=password)
            with pytest.raises(AuthenticationError) as refused:
                SmtpClient(wrong).send(TO, LETTER)
            assert password not in f"{refused.value} {wrong}".replace("MAILBOT_SMTP_PASSWORD", "").replace(
                "или пароле", ""
            )
        right = SmtpClient(smtp_settings(sink.port, login=OURS, password="right"))
        assert right.send(TO, LETTER).outcome is SendOutcome.SENT


LOGIN_OFFERED = b"250-mail.example\r\n250 AUTH PLAIN\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        b"454 4.7.0 Temporary authentication failure",
        b"421 4.3.2 Too busy",
        b"535 5.7.0 Too many login attempts, try again later",
        b"504 5.5.4 Unrecognized authentication type",
        b"530 5.7.0 Must issue a STARTTLS command first",
    ],
    ids=lambda reply: reply.decode(),
)
def test_a_login_that_could_not_be_tried_is_no_wrong_password(reply: bytes) -> None:
    with scripted_server(GREETING, LOGIN_OFFERED, reply + b"\r\n") as port:
        smtp = SmtpClient(smtp_settings(port, login=OURS, password="word"))
        assert smtp.send(TO, LETTER).outcome is SendOutcome.UNREACHED


@pytest.mark.parametrize(
    "reply",
    [b"535 5.7.8 Invalid credentials", b"534 5.7.9 Application-specific password required"],
    ids=lambda reply: reply.decode(),
)
def test_a_login_that_was_refused_is_a_wrong_password(reply: bytes) -> None:
    with (
        scripted_server(GREETING, LOGIN_OFFERED, reply + b"\r\n") as port,
        pytest.raises(AuthenticationError),
    ):
        SmtpClient(smtp_settings(port, login=OURS, password="word")).send(TO, LETTER)


def test_a_password_that_was_changed_is_asked_for_at_the_next_login() -> None:
    passwords = ["right", "wrong"]
    with EmbeddedSmtp(login=(OURS, "right")) as sink:
        smtp = SmtpClient(
            smtp_settings(sink.port, login=OURS, password="wrong", read_password=lambda: passwords.pop())
        )
        with pytest.raises(AuthenticationError):
            smtp.send(TO, LETTER)
        assert smtp.send(TO, LETTER).outcome is SendOutcome.SENT


@pytest.mark.parametrize(
    "recipient",
    ["", "nobody", "иван@почта.рф", "a@b.c\r\nRCPT TO:<x@y.z>", "a@b.c> x", "a b@c.d", "a@b.c\x00"],
)
def test_an_address_that_is_none_is_refused_and_never_becomes_a_command(recipient: str) -> None:
    with EmbeddedSmtp() as sink:
        assert SmtpClient(smtp_settings(sink.port)).send(recipient, LETTER).outcome is SendOutcome.REFUSED
        assert sink.received == []


def test_tls_is_verified(tmp_path: Path) -> None:
    ours, stranger = self_signed(tmp_path), self_signed(tmp_path, "localhost")
    with EmbeddedSmtp(tls_context=ours.server_context()) as sink:
        trusted = smtp_settings(sink.port, security="tls", ca_file=ours.certificate)
        assert SmtpClient(trusted).send(TO, LETTER).outcome is SendOutcome.SENT
        for ca_file in (None, stranger.certificate):
            delivery = SmtpClient(smtp_settings(sink.port, security="tls", ca_file=ca_file)).send(TO, LETTER)
            assert delivery.outcome is SendOutcome.UNREACHED
            assert "сертификат не проходит проверку" in delivery.detail
    assert len(sink.received) == 1


def test_where_starttls_is_not_offered_nothing_is_sent_in_the_clear() -> None:
    with EmbeddedSmtp() as sink:
        delivery = SmtpClient(smtp_settings(sink.port, security="starttls")).send(TO, LETTER)
        assert delivery.outcome is SendOutcome.UNREACHED
        assert "STARTTLS" in delivery.detail
        assert sink.received == []


def test_a_letter_never_crosses_a_network_in_the_clear() -> None:
    delivery = SmtpClient(smtp_settings(25, host="smtp.mail.ru")).send(TO, LETTER)
    assert (delivery.outcome, "без шифрования" in delivery.detail) == (SendOutcome.UNREACHED, True)


@given(st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\r", b"").replace(b"\n", b""))))
def test_the_text_ends_at_its_final_dot_and_nowhere_before(lines: list[bytes]) -> None:
    """RFC 5321 4.5.2: undone by the receiver, the very lines come out."""
    content = b"".join(line + b"\r\n" for line in lines)
    wire = _dot_stuffed(content)
    assert wire.endswith(b".\r\n")
    inside = wire.removesuffix(b".\r\n").split(b"\r\n")[:-1]
    assert b"." not in inside
    assert [line.removeprefix(b".") if line[:1] == b"." else line for line in inside] == (lines or [b""])


def test_the_sink_writes_letters_where_a_reader_can_open_them(tmp_path: Path) -> None:
    with EmbeddedSmtp(folder=tmp_path / "sent") as sink:
        SmtpClient(smtp_settings(sink.port)).send(TO, LETTER)
    (file,) = (tmp_path / "sent").iterdir()
    assert (file.suffix, file.read_bytes(), sink.host) == (".eml", LETTER, HOST)
