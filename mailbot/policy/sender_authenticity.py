"""Is the From address the sender's own? Only our provider's word counts (RFC 8601)."""

from __future__ import annotations

import re

from mailbot.model import Certainty, Letter

_COMMENT = re.compile(r"\([^()]*\)")
_PASS = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*pass\b([^;]*)")
_FAIL = re.compile(r"\bdmarc\s*=\s*(?:fail|reject|quarantine)\b|\bspf\s*=\s*(?:fail|softfail)\b")
_DOMAIN = re.compile(
    r"(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|mfrom))\s*=\s*\"?(?:[^\s;@\"]*@)?([^\s;\"]+)"
)


def check_authenticity(letter: Letter, trusted: tuple[str, ...]) -> Certainty:
    """YES where the provider vouches for the From domain, NO where it says the check failed, else DOUBT.

    Only the outermost header is read, and only where a server of `trusted` (lower case) wrote it: the
    ones below came with the letter and say what the sender liked (RFC 8601 section 7.1).
    """
    header = (
        _COMMENT.sub(" ", letter.authentication_results[0].lower()) if letter.authentication_results else ""
    )
    server, _, results = header.partition(";")
    if (server.split() or [""])[0] not in trusted:
        return Certainty.DOUBT
    domain = letter.from_.email.rpartition("@")[2]
    for method, properties in _PASS.findall(results):
        proven = _DOMAIN.findall(properties)
        if any(_aligned(domain, name) for name in proven) or (method == "dmarc" and not proven):
            return Certainty.YES  # DMARC is by its definition about the From domain (RFC 7489 3.1)
    return Certainty.NO if _FAIL.search(results) else Certainty.DOUBT


def _aligned(domain: str, proven: str) -> bool:
    """Relaxed alignment (RFC 7489 3.1): the From domain itself or one above it, two labels at least."""
    return bool(domain) and "." in proven and (domain == proven or domain.endswith(f".{proven}"))
