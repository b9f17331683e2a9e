"""Letters of ours that came back: an answer that did not arrive is no answer, nor is a bill that did not."""

from __future__ import annotations

import re

from mailbot.composing import is_ours
from mailbot.model import AutomaticReason, Letter

SEARCHED = 512_000
"""Bytes of a bounce looked at: it quotes our headers, then perhaps our whole letter."""

_IDS = re.compile(rb"<mailbot\.[^<>\s]{1,200}>")
_DELAYED = re.compile(rb"^action:\s*(?:delayed|relayed|expanded|delivered)", re.IGNORECASE | re.MULTILINE)


def returned(letter: Letter, content: bytes) -> tuple[str, ...]:
    """Message-IDs of ours in a bounce (RFC 3464); empty for any other letter.

    A notice that delivery is only delayed (Action: delayed, 2.3.3) is none: the letter may still arrive.
    Anybody can forge a bounce; all it brings about is that a person looks at the case, or the account.
    """
    if not any(sign.reason is AutomaticReason.BOUNCE for sign in letter.automatic):
        return ()
    if _DELAYED.search(content[:SEARCHED]):
        return ()
    found = (match.decode("ascii", "replace") for match in _IDS.findall(content[:SEARCHED]))
    return tuple(dict.fromkeys(id for id in found if is_ours(id)))
