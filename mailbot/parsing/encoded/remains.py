"""What still looks encoded in a text once all that could be decoded was."""

from __future__ import annotations

import re

_RUN = re.compile(r"(?<![^\s>])[A-Za-z0-9+/]{40,}+={0,2}+(?!\S)")
_HEX = re.compile(r"[0-9a-fA-F]+")
_ESCAPES = re.compile(r"(?:=[0-9A-F]{2}){6}")
_ENTITIES = re.compile(r"(?:&(?:amp;)?#\d{2,7};\s?){6}")
_PERCENT = re.compile(r"(?<!\S)(?:%[0-9A-F]{2}){6,}+(?!\S)")
_UU = re.compile(r"^begin [0-7]{3,4} \S.*+\n(?:[ -`]{2,62}\n)+", re.MULTILINE)
_ARMOUR = re.compile(
    r"-----BEGIN (?:PGP SIGNATURE|PGP PUBLIC KEY BLOCK|CERTIFICATE|PUBLIC KEY|SSH SIGNATURE)-----"
)
_ARMOUR_END = "-----END "

LINES, CHARACTERS = 2, 200
"""Wide lines of base64, or characters in one: a key or an id is shorter."""


def remains(text: str) -> bool:
    """Does something stand in the text that a person could not read and that an encoding may hide?

    Signatures and certificates hide no words; a key, an id or a hash is one line.
    """
    bare = _without_armour(text)
    runs = [run for run in _RUN.findall(bare) if not _HEX.fullmatch(run) and _is_mixed(run)]
    if len(runs) >= LINES or any(len(run) >= CHARACTERS for run in runs):
        return True
    return any(pattern.search(bare) for pattern in (_ESCAPES, _ENTITIES, _PERCENT, _UU))


def _is_mixed(run: str) -> bool:
    """Capitals, small letters and figures together: a long word or a number has not all."""
    return any(map(str.isupper, run)) and any(map(str.islower, run)) and any(map(str.isdigit, run))


def _without_armour(text: str) -> str:
    kept, at = [], 0
    while match := _ARMOUR.search(text, at):
        kept.append(text[at : match.start()])
        end = text.find(_ARMOUR_END, match.end())
        if end < 0:
            return "".join(kept)
        at = text.find("\n", end)
        if at < 0:
            return "".join(kept)
    return "".join((*kept, text[at:]))
