"""Links by which an address stops its reminders: signed, so that nobody stops another's, and good for ever (RFC 8058)."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from hashlib import sha256

PATH = "/stop/"
_PURPOSE = b"mailbot: stop reminders\0"
"""So that no other signature under the same secret passes for one of these."""
_OCTETS = 16


@dataclass(frozen=True, slots=True)
class StopLinks:
    """`secret` is that of the pages, `address` how browsers reach them."""

    secret: str
    address: str

    def link(self, email: str) -> str:
        """The link for that address; empty where the pages have no https address: one click needs it (RFC 8058 3.1)."""
        if not self.address.startswith("https://"):
            return ""
        return f"{self.address.rstrip('/')}{PATH}{self.token(email)}"

    def token(self, email: str) -> str:
        octets = email.lower().encode()
        return f"{_written(octets)}.{_written(self._signature(octets))}"

    def email_of(self, token: str) -> str | None:
        """Whose token it is; None where we did not sign it."""
        written, _, signature = token.partition(".")
        try:
            octets = urlsafe_b64decode(written + "=" * (-len(written) % 4))
            email = octets.decode()
        except (Error, UnicodeError, ValueError):
            return None
        same = hmac.compare_digest(_written(self._signature(octets)).encode(), signature.encode())
        return email if same else None

    def _signature(self, octets: bytes) -> bytes:
        return hmac.new(self.secret.encode(), _PURPOSE + octets, sha256).digest()[:_OCTETS]


def _written(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
