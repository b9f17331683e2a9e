"""What a letter seems to be before anybody has understood it: only the order of work rests on it."""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import islice

from mailbot.model import RawLetter
from mailbot.parsing import parse
from mailbot.understanding.text.passages import Passage, passages
from mailbot.understanding.urgency import seems_urgent

log = logging.getLogger(__name__)

LOOKED_AT = 32_768
"""Bytes of a letter: its header, and what 16 kB of text take up in base64."""

READ = 16_384
"""Characters of its words: who calls for help does not begin on the fifth page."""


def glance(raw: RawLetter) -> bool:
    """Does the letter seem to tell of an emergency? Never raises: a letter is kept whatever it holds."""
    try:
        return seems_urgent(_beginning(raw), raw.received_at)
    except Exception:
        log.exception("Срочно ли письмо, с первого взгляда не понять; его разберут в общем порядке")
        return False


def _beginning(raw: RawLetter) -> tuple[Passage, ...]:
    letter = parse(replace(raw, content=raw.content[:LOOKED_AT]))
    read, texts = 0, []
    for text in islice(passages(letter), 8):
        rest = READ - read
        if rest <= 0:
            break
        texts.append(Passage(text.part, text.text[:rest], text.folded[:rest]))
        read += len(texts[-1].text)
    return tuple(texts)
