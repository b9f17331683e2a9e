"""What still looks encoded in a text once all that could be decoded was."""

from __future__ import annotations

import binascii
import re

_SIGNS = r"[A-Za-z0-9+/]{4,76}+={0,2}"
_LINES = re.compile(
    rf"^(?=[ \t>]{{0,9}}[A-Za-z0-9+/]{{40}})(?:[ \t>]{{0,9}}{_SIGNS}[ \t]*+(?:\n|\Z)){{2,}}+"
    r"|(?<!\S)(?:[A-Za-z0-9+/]{40,76} ){3,}+",
    re.MULTILINE,
)
_RUN = re.compile(r"(?<![^\s>])[A-Za-z0-9+/]{40,}+={0,2}+(?!\S)")
_HEX = re.compile(r"[0-9a-fA-F]+")
_ESCAPES = re.compile(r"(?:=[0-9A-F]{2}){10}")
_ENTITIES = re.compile(r"(?:&(?:amp;)?#\d{2,7};\s?){6}")
_PERCENT = re.compile(r"(?<!\S)(?:%[0-9A-F]{2}){6,}+(?!\S)")
_UU = re.compile(r"^begin [0-7]{3,4} \S.*+\n(?:[ -`]{2,62}\n)+", re.MULTILINE)
_ARMOUR = re.compile(
    r"-----BEGIN (?:PGP (?:MESSAGE|SIGNATURE|PUBLIC KEY BLOCK)|CERTIFICATE|PUBLIC KEY|SSH SIGNATURE)-----"
)
_ARMOUR_END = "-----END "
_FILES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"\x1f\x8b",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
)


def has_encoded_remains(text: str) -> bool:
    """Does something stand in the text that an encoding may hide from its reader: words, or a whole file?

    Signatures, certificates and enciphered messages say what they are; a key, an id or a hash is one line; and one
    line wider than any program's that gives noise is a ciphertext.
    """
    bare = _without_armour(text)
    if any(_is_base64(match[0]) for match in _LINES.finditer(bare)) or any(map(_is_file, _RUN.findall(bare))):
        return True
    return any(pattern.search(bare) for pattern in (_ESCAPES, _ENTITIES, _PERCENT, _UU))


def _is_base64(lines: str) -> bool:
    """Lines of one width (RFC 2045 6.8) and of all kinds of signs; of two, the second may be shorter."""
    pieces = lines.replace(">", " ").split()
    whole = sum(len(piece) == len(pieces[0]) and _is_mixed(piece) for piece in pieces)
    return whole >= 2 or (whole == 1 and 8 <= len(pieces[1]) < len(pieces[0]) and _is_mixed(pieces[1]))


def _is_file(run: str) -> bool:
    return binascii.a2b_base64(run[:16]).startswith(_FILES)


def _is_mixed(run: str) -> bool:
    """Capitals, small letters and figures together: a long word, a number or a table of hex has not all."""
    return (
        not _HEX.fullmatch(run)
        and any(map(str.isupper, run))
        and any(map(str.islower, run))
        and any(map(str.isdigit, run))
    )


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
