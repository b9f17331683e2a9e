"""One form for all text that is kept: spans count over it, so it never changes afterwards."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_TRAILING = re.compile(r"(?<! )[ ]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{4,}")


def normalise(text: str) -> str:
    """NFC, `\\n` line ends, plain spaces; no soft hyphens, zero-width or control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n\n", _TRAILING.sub("", text)).strip("\n")


def unflow(text: str, *, delete_space: str) -> str:
    """Lines of `format=flowed` joined again (RFC 3676 4.2); `delete_space` is «yes» for DelSp=yes."""
    out: list[str] = []
    joining = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = len(line) - len(line.lstrip(">"))
        bare = line[quoted:]
        bare = bare[1:] if bare.startswith(" ") else bare
        flowing = bare.endswith(" ") and bare != "-- "
        piece = bare[:-1] if flowing and delete_space == "yes" else bare
        if joining and not quoted and out:
            out[-1] += piece
        else:
            out.append(">" * quoted + (" " if quoted else "") + piece)
        joining = flowing and not quoted
    return "\n".join(out)
