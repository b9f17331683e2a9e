"""What goes wrong with the world comes as one of three typed faults, in Russian, without a secret."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mailbot.transport import AuthenticationError, ImapMailbox, ImapSettings, ServerUnavailable
from tests.servers import HOST, Dovecot, ImapServer
from tests.transport.certificates import self_signed
from tests.transport.material import (
    AT,
    letter,
    scripted_server,
    settings,
    silent_server,
    unused_port,
)
from tests.transport.tagged import minimal_server

SECRET = "Wrong-Word-99"


def nowhere(port: int, **changes: object) -> ImapSettings:
    return settings(ImapServer("none", HOST, port, "8666@bk.ru", SECRET), **{"timeout": 0.5, **changes})


def fault_of(wanted: ImapSettings, kind: type[Exception]) -> str:
    with pytest.raises(kind) as fault, ImapMailbox(wanted):
        pass
    assert SECRET not in str(fault.value)
    assert SECRET not in repr(wanted)
    return str(fault.value)


def test_a_wrong_password_is_a_refused_login(imap: ImapServer) -> None:
    words = fault_of(settings(imap, password=SECRET), AuthenticationError)
    assert imap.login in words
    assert "пароль для внешних приложений" in words


def test_a_password_typed_in_the_russian_layout_is_a_refused_login(imap: ImapServer) -> None:
    assert "раскладку" in fault_of(settings(imap, password="пароль"), AuthenticationError)


def test_a_server_that_is_away() -> None:
    assert "Нет связи" in fault_of(nowhere(unused_port()), ServerUnavailable)


def test_a_host_name_that_can_be_none() -> None:
    assert "imap..mail.ru" in fault_of(nowhere(993, host="imap..mail.ru", security="tls"), ServerUnavailable)


@pytest.mark.parametrize("security", ["plain", "tls"])
def test_a_server_that_never_speaks_is_given_up_in_time(security: str) -> None:
    with silent_server() as port:
        began = time.monotonic()
        assert "не отвечает вовремя" in fault_of(nowhere(port, security=security), ServerUnavailable)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "login",
    [
        None,
        b"NO [UNAVAILABLE] Try again later (RFC 5530 3)",
        b"NO [LIMIT] Too many connections",
        b"NO [INUSE] Mailbox is locked",
        b"NO [SERVERBUG] Internal error occurred",
        b"NO [CONTACTADMIN] Call us",
        b"NO Temporary authentication failure",
        b"BAD Command unknown",
    ],
    ids=lambda login: login.decode() if login else "hangs_up",
)
def test_a_login_that_could_not_be_tried_is_no_wrong_password(login: bytes | None) -> None:
    """Taken for a refused login, a short outage would cost minutes of waiting."""
    with minimal_server(login=login) as port:
        fault_of(nowhere(port), ServerUnavailable)


@pytest.mark.parametrize(
    "login",
    [
        b"NO [AUTHENTICATIONFAILED] Invalid credentials",
        b"NO [AUTHORIZATIONFAILED] Not allowed",
        b"NO [EXPIRED] Password expired",
        b"NO [ALERT] Application-specific password required",
        b"NO LOGIN failed",
    ],
    ids=lambda login: login.decode(),
)
def test_a_login_that_was_refused_is_a_wrong_password(login: bytes) -> None:
    """Trying at once again locks mailboxes."""
    with minimal_server(login=login) as port:
        fault_of(nowhere(port), AuthenticationError)


def test_a_password_that_was_changed_is_asked_for_at_the_next_login(imap: ImapServer) -> None:
    passwords = [imap.password, SECRET]
    box = ImapMailbox(settings(imap, password=SECRET, read_password=lambda: passwords.pop()))
    with pytest.raises(AuthenticationError), box:
        pass
    with box:
        assert box.folders() == ("INBOX",)


def test_a_server_that_hangs_up_after_its_greeting_is_away() -> None:
    with scripted_server(b"* OK ready\r\n") as port:
        fault_of(nowhere(port), ServerUnavailable)


def read_with_the_cable_pulled(box: ImapMailbox) -> None:
    with box:
        box._client.shutdown()
        list(box.fetch_new("INBOX", None))


def test_a_connection_broken_during_the_reading_is_a_server_away(imap: ImapServer) -> None:
    imap.append(letter(1), AT)
    box = ImapMailbox(settings(imap))
    with pytest.raises(ServerUnavailable):
        read_with_the_cable_pulled(box)
    with box:  # and the same mailbox opens again
        assert len(list(box.fetch_new("INBOX", None))) == 1


def test_a_password_never_crosses_a_network_in_the_clear() -> None:
    assert "без шифрования" in fault_of(nowhere(143, host="imap.mail.ru"), ServerUnavailable)


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_tls_is_verified(security: str, dovecot: ImapServer, tmp_path: Path) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    trusted = settings(dovecot, security=security, port=port, ca_file=dovecot.ca_file)
    with ImapMailbox(trusted) as box:
        assert box.folders() == ("INBOX",)
    stranger = self_signed(tmp_path).certificate
    for ca_file in (None, stranger):
        words = fault_of(settings(dovecot, security=security, port=port, ca_file=ca_file), ServerUnavailable)
        assert "сертификат не проходит проверку" in words
    wrong_name = settings(dovecot, security=security, port=port, ca_file=dovecot.ca_file, host="localhost")
    assert "сертификат не проходит проверку" in fault_of(wrong_name, ServerUnavailable)


def test_an_unreadable_ca_file_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "no.pem"
    assert "no.pem" in fault_of(nowhere(993, security="tls", ca_file=missing), ServerUnavailable)


@pytest.mark.dovecot
def test_refused_logins_leave_no_connection_open(dovecot: ImapServer, dovecot_service: Dovecot) -> None:
    box = ImapMailbox(settings(dovecot, password=SECRET))
    for _ in range(3):
        with pytest.raises(AuthenticationError), box:
            pass
        assert box._connection is None
