"""winmail.dat (TNEF, [MS-OXTNEF]): the letter as Outlook sends it to its own kind, with its attachments inside."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.documents.content.file_content import (
    ExtractedText,
    FileTooLargeError,
    IncomingFile,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.documents.outlook.compressed_rtf import decompress_rtf
from mailbot.parsing.documents.outlook.mapi_properties import MapiProperty, properties
from mailbot.parsing.documents.text_documents.rtf import read as read_rtf
from mailbot.parsing.layout.html_text import html_to_text
from mailbot.parsing.limits.file_limits import TNEF_ATTRIBUTES

MAGIC = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _PROPERTIES, _CODE_PAGE = 0x8004, 0x800C, 0x9003, 0x9007
_NEW_ATTACHMENT, _TITLE, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_MAPI_BODY, _MAPI_HTML, _MAPI_RTF, _MAPI_SUBJECT = 0x1000, 0x1013, 0x1009, 0x0037
_MAPI_DATA, _MAPI_LONG_NAME, _MAPI_NAME = 0x3701, 0x3707, 0x3704
_OBJECT = 0x000D
"""The type of a letter or of another program's object within the letter."""


@dataclass(slots=True)
class _Attached:
    name: str = ""
    content: bytes = b""
    foreign: bool = False


@dataclass(slots=True)
class _Message:
    subject: str = ""
    plain: str = ""
    html: bytes = b""
    rtf: bytes = b""


def read(content: bytes, words: WordCollector, open_file: Callable[[IncomingFile], ExtractedText]) -> None:
    """Subject and body, then the words of every file inside, as `open_file` reads them."""
    message, files = _Message(), list[_Attached]()
    charset, whole, count = "cp1251", True, 0
    for name, data in _attributes(content):
        count += 1
        if name == _CODE_PAGE and len(data) >= 4:
            charset = f"cp{struct.unpack_from('<I', data)[0]}"
        elif name == _NEW_ATTACHMENT:
            files.append(_Attached())
        elif name in (_TITLE, _DATA, _ATTACHMENT):
            files = files or [_Attached()]
            _file(files[-1], name, data, charset)
        elif name == 0:
            whole = False
        else:
            _told(message, name, data, charset)
    _say(message, words)
    for file in files:
        words.unread = words.unread or file.foreign
        if not file.foreign:
            words.include(open_file(IncomingFile(file.name, "application/octet-stream", file.content)))
    words.unread = words.unread or not whole or not count


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes (2.1.3.2) one after another; 0 where the file ends within one."""
    at, count = 6, 0
    while at < len(content):
        count += 1
        if count > TNEF_ATTRIBUTES:
            raise FileTooLargeError
        if at + 9 > len(content):
            yield 0, b""
            return
        name, length = struct.unpack_from("<xH2xI", content, at)
        yield name, content[at + 9 : at + 9 + length]
        if at + 9 + length > len(content):
            yield 0, b""
            return
        at += length + 11


def _told(message: _Message, name: int, data: bytes, charset: str) -> None:
    if name == _SUBJECT:
        message.subject = _text(data, charset)
    elif name == _BODY:
        message.plain = _text(data, charset)
    elif name == _PROPERTIES:
        for mapi_property in properties(data):
            if mapi_property.tag == _MAPI_BODY:
                message.plain = message.plain or _text_of(mapi_property, charset)
            elif mapi_property.tag == _MAPI_SUBJECT:
                message.subject = message.subject or _text_of(mapi_property, charset)
            elif mapi_property.tag == _MAPI_HTML:
                message.html = mapi_property.data
            elif mapi_property.tag == _MAPI_RTF:
                message.rtf = mapi_property.data


def _file(file: _Attached, name: int, data: bytes, charset: str) -> None:
    if name == _TITLE:
        file.name = file.name or _text(data, charset)
    elif name == _DATA:
        file.content = data
    else:
        for mapi_property in properties(data):
            if mapi_property.tag in (_MAPI_LONG_NAME, _MAPI_NAME):
                file.name = _text_of(mapi_property, charset) or file.name
            elif mapi_property.tag == _MAPI_DATA:
                file.foreign = mapi_property.kind == _OBJECT
                file.content = file.content or mapi_property.data


def _say(message: _Message, words: WordCollector) -> None:
    """The body in the first of its forms that holds words: plain, HTML, compressed RTF."""
    words.line(message.subject)
    before = len(words.pieces)
    for line in message.plain.split("\n"):
        words.line(line)
    if len(words.pieces) == before and message.html:
        for line in html_to_text(decode(message.html, None).text).split("\n"):
            words.line(line)
    if len(words.pieces) == before and message.rtf:
        try:
            read_rtf(decompress_rtf(message.rtf), words)
        except FileTooLargeError:
            raise
        except UnreadableFileError:
            words.unread = True


def _text_of(found: MapiProperty, charset: str) -> str:
    if found.is_unicode:
        return found.data.decode("utf-16-le", "replace").rstrip("\0")
    return _text(found.data, charset)


def _text(data: bytes, charset: str) -> str:
    return decode(data.rstrip(b"\0"), charset).text.replace("\r\n", "\n")
