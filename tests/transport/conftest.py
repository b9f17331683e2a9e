"""The real servers that this room's tests talk to."""

from tests.servers import dovecot, dovecot_service, imap, pymap

__all__ = ["dovecot", "dovecot_service", "imap", "pymap"]
