"""Letters of ours that came back: an answer that did not arrive is no answer, nor is a bill that did not."""

from __future__ import annotations

import re

from mailbot.model import AutomaticReason, Letter, ReturnedLetters
from mailbot.model.letter.own_message_id import is_own_message_id
from mailbot.parsing import delivery_report

_ID = re.compile(r"(?<![\w.+-])mailbot\.[0-9a-z.-]{1,150}@[\w.-]{1,200}")
_FOLD = re.compile(r"(?:=?\r?\n)[ \t>]*")


def parse_bounce(letter: Letter, content: bytes) -> ReturnedLetters | None:
    """What a server says did not arrive, with the ids of ours that it cites; None for any other letter.

    Only a report's structure counts (a strong sign): a vacation reply with an empty return path cites our letter as well.
    Anybody can forge a report; all it brings about is that a person looks at the case, or the account.
    """
    if not any(sign.reason is AutomaticReason.BOUNCE for sign in letter.strong_signs):
        return None
    report = delivery_report(content)
    if report is None:
        return None
    return ReturnedLetters(letter.received_at, report.recipients, _ids_of_ours(report.quoted))


def _ids_of_ours(quoted: str) -> tuple[str, ...]:
    """The ids in angle brackets or without, also where a line was broken within them."""
    texts = (quoted, _FOLD.sub("", quoted))
    ids = (f"<{match.rstrip('.')}>" for text in texts for match in _ID.findall(text))
    return tuple(dict.fromkeys(id for id in ids if is_own_message_id(id)))
