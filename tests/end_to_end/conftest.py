"""The real servers of the whole way."""

from tests.servers import dovecot, dovecot_service, imap, pymap

__all__ = ["dovecot", "dovecot_service", "imap", "pymap"]
