"""Our letters out over SMTP (RFC 5321), with their outcomes: sent, not sent (yet), refused, uncertain.

The dialogue is taken step by step, for one question decides what may be done after a failure: had the
letter's text begun to leave us? Before that, another attempt is harmless; after it, never blind.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailbot.model import SendOutcome, SendResult
from mailbot.transport.errors import AuthenticationError, ProtocolError, ServerUnavailable, TransportError
from mailbot.transport.security import Security, describe_fault, refuse_plain, tls_context

THROTTLED = re.compile(
    r"spam message rejected|rate[ -]?limit|too many (?:messages|letters|e?-?mails|connections)"
    r"|(?:sending|sent|daily|hourly|outgoing)[\w ]{0,20} (?:limit|quota) exceeded",
    re.IGNORECASE,
)
"""The server takes us for a mass sender. Mail.ru says so with a 5xx that means «not now»: the letter waits.

Not «552 message size limit exceeded», not «554 too many hops»: those never get better.
"""

LATER = re.compile(r"try again later", re.IGNORECASE)
"""In a 5xx, throttling too; in a 4xx a greylist says it to everybody."""

NO_LOGIN_YET = frozenset({500, 501, 502, 503, 504, 530, 538})
"""Of AUTH: the command or its mechanism was refused, or encryption is asked for (RFC 5321 4.2.2, RFC 4954 6); not the password."""

PASSING = re.compile(r"temporar|try again later|too many", re.IGNORECASE)
"""In the refusal of a login: it passes by itself, whatever the code."""

ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
"""Without SMTPUTF8 (RFC 6531) an address is visible ASCII; a line break or `>` in it would be a command."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and how. `login` None: no authentication. Seconds. `from_address` is the envelope sender.

    `read_password` is asked at each login in place of `password`: a file may have been written anew.
    """

    host: str
    port: int
    security: Security
    from_address: str
    login: str | None = None
    password: str | None = None
    timeout: float = 60
    ca_file: Path | None = None
    read_password: Callable[[], str] | None = None

    def __repr__(self) -> str:
        return f"SmtpSettings({self.login} at {self.host}:{self.port})"


class SmtpClient:
    """One server; a connection is kept for the next letter, and opened anew where it went stale."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def send(
        self, recipient: str, content: bytes, before_text: Callable[[], None] = lambda: None
    ) -> SendResult:
        """Hand one letter over. LoginRefused where the server does not take our password.

        Errors of the network are outcomes here, not exceptions: the caller records them. `before_text` is called when the
        server has taken the recipient, before DATA; where it raises, nothing of the letter leaves and the error goes on.
        """
        if not ADDRESS.fullmatch(recipient):
            return SendResult(
                SendOutcome.REFUSED, f"на адрес {recipient!r} письмо не отправить: уточните его"
            )
        try:
            connection = self._ready()
        except AuthenticationError:
            raise
        except TransportError as error:
            return SendResult(SendOutcome.UNREACHED, str(error))
        try:
            refusal = self._envelope(connection, recipient, before_text)
        except _Untold as error:
            self._reset(connection)
            raise error.reason from None
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self.close()
            return SendResult(SendOutcome.CUT_OFF, str(self._told(error)))
        if refusal is not None:
            self._reset(connection)
            return refusal
        return self._text(connection, content)

    def check(self) -> None:
        """Connect and log in, send nothing; TransportError says what is wrong."""
        self._ready()
        self.close()

    def close(self) -> None:
        """Let the connection go; nothing is lost with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ready(self) -> smtplib.SMTP:
        """The kept connection if it still answers, else a new one."""
        if self._connection is not None:
            try:
                if self._connection.noop()[0] == 250:
                    return self._connection
            except (OSError, smtplib.SMTPException):
                pass
            self.close()
        self._connection = self._connect()
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        refuse_plain(settings.host, settings.security)
        connection: smtplib.SMTP | None = None
        try:
            if settings.security == "tls":
                context = tls_context(settings.ca_file)
                connection = smtplib.SMTP_SSL(
                    settings.host, settings.port, timeout=settings.timeout, context=context
                )
            else:
                connection = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
                if settings.security == "starttls":
                    connection.starttls(context=tls_context(settings.ca_file))
            connection.ehlo_or_helo_if_needed()
            if settings.login:
                password = settings.read_password() if settings.read_password else settings.password
                self._log_in(connection, settings.login, password or "")
        except smtplib.SMTPAuthenticationError as error:
            _drop(connection)
            raise self._login_refused(error.smtp_code, _words(_bytes(error.smtp_error))) from None
        except smtplib.SMTPNotSupportedError as error:
            _drop(connection)
            raise ProtocolError(
                f"Сервер {settings.host}:{settings.port} этого не умеет ({error}) Проверьте порт и security."
            ) from None
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            _drop(connection)
            raise self._told(error) from None
        except TransportError:
            _drop(connection)
            raise
        return connection

    def _log_in(self, connection: smtplib.SMTP, login: str, password: str) -> None:
        if not (login + password).isascii():
            raise AuthenticationError(
                f"Отправка: в имени {login} или пароле есть нелатинские буквы. Проверьте раскладку клавиатуры "
                "и задайте MAILBOT_SMTP_PASSWORD или smtp.password_file заново."
            )
        connection.login(login, password)

    def _login_refused(self, code: int, words: str) -> TransportError:
        settings = self._settings
        if code in NO_LOGIN_YET or PASSING.search(words) or 400 <= code < 500:
            return ServerUnavailable(f"Сервер {settings.host} сейчас не принимает вход ({code} {words}).")
        return AuthenticationError(
            f"Отправка: сервер {settings.host} не принял пароль для {settings.login}. Нужен «пароль для "
            "внешних приложений»: задайте MAILBOT_SMTP_PASSWORD или smtp.password_file."
        )

    def _envelope(
        self, connection: smtplib.SMTP, recipient: str, before_text: Callable[[], None]
    ) -> SendResult | None:
        """MAIL, RCPT, DATA: nothing of the letter has left yet. None where the server waits for it."""
        sender = self._settings.from_address
        # 354 alone lets the letter go: after a 250 to DATA its lines would be taken for commands
        for step, good in ((f"MAIL FROM:<{sender}>", 2), (f"RCPT TO:<{recipient}>", 2), ("DATA", 3)):
            if step == "DATA":
                _tell_before_text(before_text)
            code, words = connection.docmd(step)
            if code // 100 == good:
                continue
            self._close_where_lost(code)
            refusal = _refusal(code, words)
            if refusal.outcome is SendOutcome.UNCERTAIN:  # nothing of the letter has left us
                return SendResult(SendOutcome.CUT_OFF, refusal.detail)
            return refusal
        return None

    def _text(self, connection: smtplib.SMTP, content: bytes) -> SendResult:
        """The letter itself. From its first byte on, silence of the server means «uncertain»."""
        try:
            connection.send(_dot_stuffed(content))
            code, words = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return SendResult(SendOutcome.UNCERTAIN, str(self._told(error)))
        if code == 250:
            return SendResult(SendOutcome.SENT, _words(words))
        self._close_where_lost(code)
        return _refusal(code, words)

    def _close_where_lost(self, code: int) -> None:
        """After 421 (RFC 5321 3.8), or an answer out of step, the next letter needs a new dialogue."""
        if code == 421 or not 400 <= code < 600:
            self.close()

    def _reset(self, connection: smtplib.SMTP) -> None:
        try:
            connection.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _told(self, error: Exception) -> ServerUnavailable:
        return describe_fault(self._settings.host, self._settings.port, error)


class _Untold(Exception):
    """The caller could not be told that the text is about to leave."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _tell_before_text(before_text: Callable[[], None]) -> None:
    """The caller's fault is no fault of the network, whatever its kind."""
    try:
        before_text()
    except Exception as error:
        raise _Untold(error) from error


def _drop(connection: smtplib.SMTP | None) -> None:
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.close()


def _dot_stuffed(content: bytes) -> bytes:
    """RFC 5321 4.5.2: a leading dot is doubled, a lone dot ends the letter."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." + line if line[:1] == b"." else line) + b"\r\n" for line in lines) + b".\r\n"


def _refusal(code: int, words: bytes) -> SendResult:
    """4xx and throttling: later; 5xx: for good (RFC 5321 4.2.1); an answer that is neither: nobody knows.

    421 closes the connection (RFC 5321 3.8): that is no word on this very letter.
    """
    detail = f"{code} {_words(words)}"
    throttled = THROTTLED.search(detail) or (code >= 500 and LATER.search(detail))
    if 400 <= code < 600 and throttled:
        return SendResult(SendOutcome.THROTTLED, detail)
    if 500 <= code < 600:
        return SendResult(SendOutcome.REFUSED, detail)
    if 400 <= code < 500:
        return SendResult(SendOutcome.CUT_OFF if code == 421 else SendOutcome.NOT_SENT, detail)
    return SendResult(SendOutcome.UNCERTAIN, f"непонятный ответ сервера: {detail}")


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _words(words: bytes) -> str:
    return words.decode("utf-8", "replace").strip()
