"""TLS for both directions: verified always, plain only to this very machine."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient

from mailbot.transport.errors import ServerUnavailable

Security = Literal["tls", "starttls", "plain"]

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """A verifying context; `ca_file` adds a company's own authority."""
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise ServerUnavailable(
            f"Файл сертификата {ca_file} не читается ({error}). Проверьте ca_file."
        ) from None


def refuse_plain(host: str, security: Security) -> None:
    """A password never crosses a network in the clear (RFC 8314 3)."""
    if security == "plain" and host not in LOOPBACK:
        raise ServerUnavailable(
            f"Соединение с {host} без шифрования не разрешено: укажите security = «tls» или «starttls»."
        )


def without_delay(client: IMAPClient) -> None:
    """No waiting to fill a packet (RFC 896): each APPEND costs 40 ms of the other side's delayed ACK."""
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def describe_fault(host: str, port: int, error: Exception) -> ServerUnavailable:
    """The fault of a connection in words that say what to do."""
    if isinstance(error, ssl.SSLCertVerificationError):
        what = f"сертификат не проходит проверку ({error.verify_message})"
        return ServerUnavailable(f"Сервер {host}:{port}: {what}. Проверьте имя сервера, часы и ca_file.")
    if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib hides the one in the other
        return ServerUnavailable(f"Сервер {host}:{port} не отвечает вовремя. Проверьте адрес, порт и сеть.")
    words = str(error) or type(error).__name__
    return ServerUnavailable(f"Нет связи с сервером {host}:{port} ({words}). Проверьте адрес, порт и сеть.")
