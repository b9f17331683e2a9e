"""Letters spelt by a program's escapes: «=?utf-8?B?…?=», «+BB8-», «%D0%9F», «\\u041f», «\\xd0»."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from mailbot.parsing.encoded.candidate import Alternatives, Encoded
from mailbot.parsing.headers import characters
from mailbot.parsing.legible import is_russian
from mailbot.parsing.tracing import Stretch

_WORDS = re.compile(
    r"=\?[A-Za-z0-9_.:*'-]{1,60}\?[BbQq]\?[^?\s]{0,1000}+\?=(?:\s{1,3}=\?[A-Za-z0-9_.:*'-]{1,60}\?[BbQq]\?[^?\s]{0,1000}+\?=)*+"
)
_UTF7 = re.compile(r"\+[A-Za-z0-9+/]{3,}+-?")
_TOKEN = re.compile(r"\S+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9.,_+*!~-])*")
_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){4}")
_CODE = re.compile(r"(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})+")
_ONE_CODE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_FILE = re.compile(r"\.[A-Za-z]{1,5}\d?$")


def encoded_words(text: str) -> Iterator[Alternatives]:
    """Words of a header (RFC 2047) in a body, as below a forwarded letter."""
    for match in _WORDS.finditer(text) if "=?" in text else ():
        found = characters(match[0].encode())
        if found != match[0] and "\ufffd" not in found:
            start, end = match.span()
            yield (Stretch(start, end, found, [start] * len(found), [end] * len(found)),)


def utf7(text: str) -> Iterator[Alternatives]:
    """Letters of modified base64 (RFC 2152). Figures of a telephone never give Russian."""
    for match in _UTF7.finditer(text) if "+" in text else ():
        signs = match[0].strip("+-")
        signs = signs[:-1] if len(signs) % 4 == 1 else signs
        content = binascii.a2b_base64(signs + "=" * (-len(signs) % 4))
        found = content[: len(content) // 2 * 2].decode("utf-16-be", "replace")
        if is_russian(found) or (
            found.strip() and all("\u0400" <= sign <= "\u04ff" for sign in found.strip())
        ):
            start, end = match.span()
            yield (Stretch(start, end, found, [start] * len(found), [end] * len(found)),)


def percent(text: str) -> Iterator[Alternatives]:
    """Words that a form or a link spelt; links and names of files keep theirs."""
    if "%" not in text:
        return
    for token in _TOKEN.finditer(text):
        if not (_ENCODED_LETTERS.search(token[0]) and _PERCENT.fullmatch(token[0])) or _FILE.search(token[0]):
            continue
        content, starts, ends = bytearray(), list[int](), list[int]()
        for sign in re.finditer(r"%([0-9A-Fa-f]{2})|.", token[0]):
            content += bytes([int(sign[1], 16)]) if sign[1] else sign[0].replace("+", " ").encode()
            starts.append(token.start() + sign.start())
            ends.append(token.start() + sign.end())
        yield (Encoded(bytes(content), starts, ends, *token.span()),)


def code(text: str) -> Iterator[Alternatives]:
    """Letters as a program's source spells them, one by one (\\u) or byte by byte (\\x)."""
    for match in _CODE.finditer(text) if "\\" in text else ():
        content, starts, ends = bytearray(), list[int](), list[int]()
        for sign in _ONE_CODE.finditer(text, *match.span()):
            octets = (
                chr(int(sign[1], 16)).encode("utf-8", "replace") if sign[1] else bytes([int(sign[2], 16)])
            )
            content += octets
            starts += [sign.start()] * len(octets)
            ends += [sign.end()] * len(octets)
        yield (Encoded(bytes(content), starts, ends, *match.span()),)
