"""Mail in and out: IMAP, SMTP, files; the embedded servers stand in `embedded`."""

from mailbot.transport.backoff import Backoff
from mailbot.transport.errors import LoginRefused, ProtocolFault, ServerAway, TransportError
from mailbot.transport.files import FileFault, read_path
from mailbot.transport.imap import Fetched, ImapSettings, Mailbox
from mailbot.transport.smtp import Smtp, SmtpSettings

__all__ = [
    "Backoff",
    "Fetched",
    "FileFault",
    "ImapSettings",
    "LoginRefused",
    "Mailbox",
    "ProtocolFault",
    "ServerAway",
    "Smtp",
    "SmtpSettings",
    "TransportError",
    "read_path",
]
