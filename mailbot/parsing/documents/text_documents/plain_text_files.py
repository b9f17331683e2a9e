"""Plain text files, tables in text (.csv), and pages (.html) whatever program's name they bear."""

from __future__ import annotations

import csv
import re

from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.documents.content.file_content import IncomingFile, WordCollector
from mailbot.parsing.layout.html_text import html_to_text
from mailbot.parsing.limits.letter_limits import HTML_CHARACTERS, TEXT_CHARACTERS

_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|meta|div|p)\b", re.IGNORECASE
)
_MACHINE = frozenset({"text/calendar", "text/x-vcard", "text/vcard", "text/css", "text/javascript"})
NAMES = (".txt", ".csv", ".tsv", ".htm", ".html", ".log", ".md")
_DELIMITERS = "\t;,|"
_MAX_FIELD_LENGTH = 10_000


def is_page(content: bytes) -> bool:
    """Whether the bytes begin as an HTML page: reports are often saved so, as .doc or .xls."""
    return _PAGE.match(content[:2000]) is not None


def read_page(file: IncomingFile, words: WordCollector) -> None:
    """The words of an HTML page."""
    page = decode(file.content[: 4 * HTML_CHARACTERS], file.charset or _declared_charset(file.content)).text
    words.cut = words.cut or len(page) > HTML_CHARACTERS
    for line in html_to_text(page).split("\n"):
        words.line(line)


def read_plain(file: IncomingFile, words: WordCollector) -> None:
    """The characters of a text file as they are; calendars, cards and styles hold nobody's words."""
    if file.media_type in _MACHINE:
        return
    words.line(decode(file.content[: 4 * TEXT_CHARACTERS], file.charset).text)


def read_csv(file: IncomingFile, words: WordCollector) -> None:
    """The rows of a table in text, whichever of the usual signs parts its cells."""
    text = decode(file.content[: 4 * TEXT_CHARACTERS], file.charset).text
    words.cut = words.cut or len(file.content) > 4 * TEXT_CHARACTERS
    lines = [line[:_MAX_FIELD_LENGTH] for line in text.splitlines()]
    delimiter = _delimiter(lines)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:  # a quotation mark that never ends
        rows = [line.split(delimiter) for line in lines]
    for row in rows:
        words.row(row)


def _delimiter(lines: list[str]) -> str:
    """The sign that most lines hold: «77,3;45» has semicolons, and a comma in its numbers."""
    sample = [line for line in lines[:50] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(sign in line for line in sample))


def _declared_charset(content: bytes) -> str | None:
    match = re.search(rb"charset\s*=\s*[\"']?([\w-]{1,40})", content[:4000])
    return match[1].decode("ascii") if match else None
