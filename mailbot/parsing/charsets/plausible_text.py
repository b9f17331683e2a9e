"""Whether decoded bytes are words or figures that somebody wrote: only then does a decoding replace what stood there."""

from __future__ import annotations

import re
import unicodedata

from mailbot.parsing.charsets.russian_likeness import russian_likeness

_TAG = re.compile(r"<[^<>]{0,2000}+>")
_JUNK = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffe\uffff\U000e0000-\U0010ffff]")
_GAP = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_SWAP = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
_MIXED = re.compile(r"[а-яё][А-ЯЁ0-9]|[0-9][а-яё]{2}|[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
"""What chance bytes hold within words and people hardly write."""

_NUMBERS = re.compile(r"\d+")
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєәөү")

SAMPLE = 4_000
RUSSIAN = 0.45
"""Likeness from which a text is Russian words."""

LOST = 0.02
"""Share of characters that may be lost in a text that is still read: a scratched or cut one."""

MAX_MEAN_WORD_LENGTH = 14
"""Mean letters of a word above which no language is written with gaps between words."""


def is_russian(text: str) -> bool:
    """Is it made of Russian words, few as they may be?"""
    sample = _TAG.sub(" ", text[:SAMPLE])
    letters = sum(map(str.isalpha, sample))
    russian = sum("а" <= letter <= "я" or letter == "ё" for letter in sample.lower())
    return (
        russian >= 2
        and 2 * russian >= letters
        and not _spoilt(sample)
        and russian_likeness(sample) >= RUSSIAN
    )


def is_plain_russian(text: str) -> bool:
    """Is it Russian beyond the chance that some bytes read so: words of a usual length, with gaps, all in one case?

    Asked of charsets that take any bytes.
    """
    words = text.split()
    return (
        len(words) >= 2
        and len(text) <= MAX_MEAN_WORD_LENGTH * len(words)
        and not _MIXED.search(text[:SAMPLE])
        and is_russian(text)
    )


def is_language(text: str) -> bool:
    """Could a person have written it, in whatever language? Asked of bytes that prove their charset (utf-8)."""
    sample = _TAG.sub(" ", text[:SAMPLE]).strip()
    if _spoilt(sample):
        return False
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters * 2 < len(_GAP.sub("", sample)):
        return False
    if not sample.isascii() and all("LATIN" not in _script(word) for word in words):
        return letters >= 2
    return _reads_as_latin(sample, words, letters)


def is_figures(text: str) -> bool:
    """Is it numbers and little beside them: «4710325 345»?"""
    sample = text[:SAMPLE].strip()
    numbers = _NUMBERS.findall(sample)
    return sample.isascii() and sample.isprintable() and len(numbers) >= 2 and " " in sample \
        and 2 * sum(map(len, numbers)) > len(_GAP.sub("", sample))  # fmt: skip


def _spoilt(text: str) -> bool:
    return _JUNK.search(text) is not None or text.count("\ufffd") > max(1, LOST * len(text))


def _script(word: str) -> str:
    return unicodedata.name(word[0], "")


def _reads_as_latin(sample: str, words: list[str], letters: int) -> bool:
    """Words with gaps, vowels and no capitals inside: what keys, ids and ciphertext lack."""
    gaps = len(_GAP.findall(sample))
    plain = [unicodedata.normalize("NFD", letter)[0] for letter in "".join(words).lower()]
    vowels = sum(letter in _VOWELS for letter in plain)
    return (
        letters >= 8
        and gaps >= 1
        and letters <= MAX_MEAN_WORD_LENGTH * (gaps + 1)
        and 0.2 * letters <= vowels <= 0.65 * letters
        and len(_SWAP.findall(sample)) <= 0.02 * letters
    )
