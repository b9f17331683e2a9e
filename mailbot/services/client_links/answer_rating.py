"""Links by which a client rates an answer: signed, so that nobody rates another's, good for ever, without a login."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from mailbot.model.report.survey import RatingLinks, SurveyQuestion

PATH = "/rate/"
_PURPOSE = b"mailbot: rate an answer\0"
"""So that no other signature under the same secret passes for one of these."""
_OCTETS = 16


@dataclass(frozen=True, slots=True)
class RateLinks:
    """`secret` is that of the pages, `address` how browsers reach them."""

    secret: str
    address: str

    @property
    def usable(self) -> bool:
        """Can a client's browser follow them? Only an https address is a stranger's to reach."""
        return self.address.startswith("https://")

    def links(self, number: str, question: SurveyQuestion) -> RatingLinks:
        """The links for the answer to that case: they are made of nothing else, so a letter composed anew has the same."""
        page = f"{self.address.rstrip('/')}{PATH}{self.token(number)}"
        low, high = question.scale
        scores = tuple((score, f"{page}?score={score}") for score in range(low, high + 1))
        return RatingLinks(scores, f"{page}/stop")

    def token(self, number: str) -> str:
        return f"{number}.{self._signature(number)}"

    def number_of(self, token: str) -> str | None:
        """Which case's token it is; None where we did not sign it."""
        number, _, signature = token.partition(".")
        same = hmac.compare_digest(self._signature(number).encode(), signature.encode("utf-8", "replace"))
        return number if same else None

    def _signature(self, number: str) -> str:
        octets = _PURPOSE + number.encode("utf-8", "replace")
        digest = hmac.new(self.secret.encode(), octets, sha256).digest()[:_OCTETS]
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
