"""Letters spelt by a program's escapes: «=?utf-8?B?…?=», «+BB8-», «%D0%9F», «\\u041f», «\\xd0»."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from mailbot.parsing.charsets.plausible_text import is_russian
from mailbot.parsing.encoded.candidate import Alternatives, EncodedBytes
from mailbot.parsing.headers.header_values import decode_characters
from mailbot.parsing.text_repair.traced_text import TextReplacement

_WORDS = re.compile(
    r"=\?[A-Za-z0-9_.:*'-]{1,60}\?[BbQq]\?[^?\s]{0,1000}+\?=(?:\s{1,3}=\?[A-Za-z0-9_.:*'-]{1,60}\?[BbQq]\?[^?\s]{0,1000}+\?=)*+"
)
_UTF7 = re.compile(r"\+(?:[A-Za-z0-9+/]{3,}+-?|-)")
_TOKEN = re.compile(r"\S+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9.,_+*!~-])*")
_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){4}")
_LETTER = re.compile(r"\\u([0-9A-Fa-f]{4})")
_BYTES = re.compile(r"(?:\\x[0-9A-Fa-f]{2}){2,}+")
MIN_LETTERS = 4
"""Letters below which signs between «+» and «-» are left."""

_FILE = re.compile(r"\.[A-Za-z]{1,5}\d?$")


def decode_encoded_words(text: str) -> Iterator[Alternatives]:
    """Words of a header (RFC 2047) in a body, as below a forwarded letter."""
    for match in _WORDS.finditer(text) if "=?" in text else ():
        decoded = decode_characters(match[0].encode())
        if decoded != match[0] and "\ufffd" not in decoded:
            start, end = match.span()
            yield (TextReplacement(start, end, decoded, [start] * len(decoded), [end] * len(decoded)),)


def decode_utf7(text: str) -> Iterator[Alternatives]:
    """Letters of modified base64 (RFC 2152), where they give words: figures of a telephone never do."""
    decoded = (
        [(*match.span(), _wide_letters(match[0])) for match in _UTF7.finditer(text)] if "+" in text else []
    )
    words = [letters for _, _, letters in decoded if letters.isprintable() and not letters.isascii()]
    if sum(map(len, words)) < MIN_LETTERS or not is_russian(" ".join(words)):
        return
    for start, end, letters in decoded:
        if letters.isprintable() and "\ufffd" not in letters:
            yield (TextReplacement(start, end, letters, [start] * len(letters), [end] * len(letters)),)


def _wide_letters(signs: str) -> str:
    if signs == "+-":
        return "+"
    signs = signs[1:].removesuffix("-")
    signs = signs[:-1] if len(signs) % 4 == 1 else signs
    content = binascii.a2b_base64(signs + "=" * (-len(signs) % 4))
    return content[: len(content) // 2 * 2].decode("utf-16-be", "replace")


def decode_percent(text: str) -> Iterator[Alternatives]:
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
        yield (EncodedBytes(bytes(content), starts, ends, *token.span()),)


def decode_unicode_escapes(text: str) -> Iterator[Alternatives]:
    """Letters as a program's source spells them (\\u), where they give words."""
    escapes = [(*match.span(), chr(int(match[1], 16))) for match in _LETTER.finditer(text)]
    letters = "".join(letter for _, _, letter in escapes if letter.isalpha())
    if len(letters) < MIN_LETTERS or not is_russian(_LETTER.sub(lambda match: chr(int(match[1], 16)), text)):
        return
    for start, end, letter in escapes:
        yield (TextReplacement(start, end, letter, (start,), (end,)),)


def decode_byte_escapes(text: str) -> Iterator[Alternatives]:
    """Letters as a program's source spells their bytes (\\x), run by run."""
    for match in _BYTES.finditer(text):
        places = range(match.start(), match.end(), 4)
        content = bytes(int(text[at + 2 : at + 4], 16) for at in places)
        yield (EncodedBytes(content, places, range(match.start() + 4, match.end() + 4, 4), *match.span()),)
