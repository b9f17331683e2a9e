"""Mail in and out: IMAP, SMTP, files; the embedded servers stand in `embedded`."""

from mailbot.transport.backoff import Backoff
from mailbot.transport.errors import AuthenticationError, ProtocolError, ServerUnavailable, TransportError
from mailbot.transport.files import FileFault, read_path
from mailbot.transport.imap import FetchedLetter, ImapMailbox, ImapSettings
from mailbot.transport.smtp import SmtpClient, SmtpSettings

__all__ = [
    "AuthenticationError",
    "Backoff",
    "FetchedLetter",
    "FileFault",
    "ImapMailbox",
    "ImapSettings",
    "ProtocolError",
    "ServerUnavailable",
    "SmtpClient",
    "SmtpSettings",
    "TransportError",
    "read_path",
]
