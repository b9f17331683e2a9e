"""Rich Text Format (RTF 1.9.1): the words of a document, or the HTML that Outlook wrapped in one ([MS-OXRTFEX])."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from mailbot.parsing.charsets.decoding import known
from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.layout.html_text import html_to_text
from mailbot.parsing.limits.file_limits import RTF_BYTES, RTF_DEPTH, RTF_WEIGHT

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SILENT = frozenset(
    b"""fonttbl colortbl stylesheet info pict themedata colorschememapping datastore latentstyles listtable
    listoverridetable rsidtbl generator xmlnstbl mmathPr fldinst bkmkstart bkmkend objdata nonshppict filetbl
    revtbl pgdsctbl listtext panose fontemb""".split()
)
_SIGNS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t", b"nestcell": "\t",
          b"row": "\n", b"nestrow": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
          b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " "}  # fmt: skip
_CHARSETS = {
    204: "cp1251",
    0: "cp1252",
    238: "cp1250",
    161: "cp1253",
    162: "cp1254",
    186: "cp1257",
    128: "cp932",
}


@dataclass(frozen=True, slots=True)
class _State:
    silent: bool = False
    skip: int = 1
    charset: str = ""
    tag: bool = False
    outside_html: bool = False


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._state = _State()
        self._stack: list[_State] = []
        self._out: list[str] = []
        self._pending = bytearray()
        self._ansi = "cp1251"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._skipping = 0
        self._starred = False
        self.is_html = False
        self.picture = self.object = self.cut = False

    def text(self) -> str:
        at = 0
        while match := _TOKEN.match(self._content, at):
            at = match.end()
            word, number, octet, sign, brace, plain = match.groups()
            if word == b"bin":
                at += max(0, int(number or 0))  # so many bytes of anything follow
                self.cut = self.cut or at > len(self._content)
            elif word is not None:
                self._word(word, int(number) if number else None)
            elif octet is not None:
                self._bytes(bytes([int(octet, 16)]))
            elif sign is not None:
                self._sign(sign)
            elif brace is not None:
                self._brace(brace)
            elif plain is not None:
                self._bytes(plain)
        self._flush()
        self.cut = self.cut or at < len(self._content) or bool(self._stack)
        return "".join(self._out)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._starred = False
        self._skipping = 0
        if brace == b"{":
            if len(self._stack) >= RTF_DEPTH:
                raise FileTooLargeError
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in (b"~", b"_", b"\n", b"\r"):
            self._say({b"~": " ", b"_": "-"}.get(sign, "\n"))
        elif sign in b"\\{}":
            self._bytes(sign)

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == b"u" and number is not None:
            self._say(chr(number % 65536))
            self._skipping = self._state.skip
            return
        if self._skipping:
            self._skipping -= 1  # a control word stands for one character of the replacement
        if word == b"htmltag":
            self._state = replace(self._state, tag=True, silent=False)
        elif word == b"pict" or word == b"object":
            self.picture, self.object = self.picture or word == b"pict", self.object or word == b"object"
            self._state = replace(self._state, silent=word == b"pict" or self._state.silent)
        elif word in _SILENT:
            self._flush()
            self._state = replace(self._state, silent=True)
        elif starred and word != b"shptxt":
            self._state = replace(self._state, silent=True)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        else:
            self._setting(word, number)

    def _setting(self, word: bytes, number: int | None) -> None:
        if word == b"uc":
            self._state = replace(self._state, skip=max(0, min(number or 0, 8)))
        elif word == b"ansicpg" and number:
            self._ansi = known(f"cp{number}") or self._ansi
        elif word == b"mac":
            self._ansi = "mac-cyrillic"
        elif word == b"f" and number is not None:
            self._flush()
            self._font = number
            self._state = replace(self._state, charset=self._fonts.get(number, ""))
        elif word == b"fcharset" and number is not None:
            self._fonts.setdefault(self._font, _CHARSETS.get(number, ""))
        elif word == b"plain":
            self._flush()
            self._state = replace(self._state, charset="")
        elif word == b"fromhtml":
            self.is_html = True
        elif word == b"htmlrtf":
            self._flush()
            self._state = replace(self._state, outside_html=number != 0)

    def _bytes(self, content: bytes) -> None:
        if self._skipping:
            dropped = min(self._skipping, len(content))
            self._skipping -= dropped
            content = content[dropped:]
        self._pending += content

    def _flush(self) -> None:
        if self._pending:
            content, self._pending = bytes(self._pending), bytearray()
            charset = self._state.charset if self._state.charset not in ("", "cp1252") else self._ansi
            self._emit(content.decode(charset, "replace"))

    def _say(self, text: str) -> None:
        self._flush()
        self._emit(text)

    def _emit(self, text: str) -> None:
        if self._state.silent or (self.is_html and self._state.outside_html):
            return
        if self.is_html and not self._state.tag:
            text = html.escape(text, quote=False)
        self._out.append(text)


def read(content: bytes, words: WordCollector) -> None:
    """The words of an RTF document, rows of its tables part by tabs. Raises UnreadableFileError."""
    if not content.lstrip().startswith(b"{\\rt"):
        raise UnreadableFileError
    words.allowance.spend(RTF_WEIGHT * min(len(content), RTF_BYTES))
    words.cut = words.cut or len(content) > RTF_BYTES
    reader = _Reader(content[:RTF_BYTES])
    text = reader.text().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for line in (html_to_text(text) if reader.is_html else text).split("\n"):
        words.row(line.split("\t")) if "\t" in line.strip() else words.line(line)
    words.unread = words.unread or reader.object or reader.cut
    words.picture = words.picture or (reader.picture and not words.pieces)
