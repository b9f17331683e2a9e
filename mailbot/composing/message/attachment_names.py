"""Names of attached files in any letters, for programs of every age: RFC 2231, and RFC 2047 for those that know no other."""

from __future__ import annotations

import re
from urllib.parse import quote

from mailbot.composing import wording
from mailbot.composing.message.header_fields import encode_header

CHUNK = 54
"""Characters of a name's piece: with the parameter's own name the line stays within 78 (RFC 5322 2.1.1)."""

_UNFIT = re.compile(r'[\\/:*?"<>|]+')
"""What Windows takes in no file name."""


def file_name(name: str) -> str:
    """The name without what a file system refuses: «л/с» becomes «л-с»."""
    return _UNFIT.sub("-", wording.single_line(name))


def disposition(name: str) -> str:
    """The value of Content-Disposition: the name in pieces, each in whole octets (RFC 2231 3 and 4)."""
    pieces = _pieces(quote(file_name(name), safe=""))
    pieces[0] = f"utf-8''{pieces[0]}"
    if len(pieces) == 1:
        return f"attachment;\r\n filename*={pieces[0]}"
    named = [f"filename*{nth}*={piece}" for nth, piece in enumerate(pieces)]
    return "attachment;\r\n " + ";\r\n ".join(named)


def media_type(media: str, name: str) -> str:
    """The value of Content-Type with the name as an encoded word: not lawful in a parameter, and read everywhere."""
    return f'{media};\r\n name="{encode_header(file_name(name))}"'


def _pieces(written: str) -> list[str]:
    """Cut so that no «%D0» is torn."""
    octets = re.findall(r"%[0-9A-F]{2}|[^%]", written)
    pieces = [""]
    for octet in octets:
        if len(pieces[-1]) + len(octet) > CHUNK:
            pieces.append("")
        pieces[-1] += octet
    return pieces
