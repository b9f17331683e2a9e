"""How much a text looks like Russian: the measure by which all damage is found and repaired."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLLOWERS = {
    " ": "абвгдежзиклмнопрстуфхцчшыэюя", "а": " бвгдежзийклмнопрстхцчшщюя", "б": " аеилорсущыь",
    "в": " аезиклнорстуыь", "г": " авдиклору", "д": " авеиклнорсуы", "е": " бвгдежзийклмнпрстфхцчшщ",
    "ж": " адеин", "з": " авдеимноуы", "и": " абвдезийклмнпрстфхцчшюя", "й": " лст", "к": " авеилорсту",
    "л": " агеикносуыьюя", "м": " аеимнопуыя", "н": " адеикностуцыья", "о": " абвгдежзийклмнопрстфхчшя",
    "п": " аеилоруя", "р": " авгеикмнотуыья", "с": " авеиклмнопрстучыья", "т": " авеикнопрсучыья",
    "у": " бвгдежзйклмнпрстхчшщю", "ф": " аио", "х": " аноу", "ц": " аеи", "ч": " аеикнту", "ш": " аеиклу",
    "щ": " еи", "ъ": "е", "ы": " вейлмсхш", "ь": " екмнстшю", "э": "клнт", "ю": " тчщ", "я": " бвдезкнтч",
}  # fmt: skip
"""Letter pairs (space: the edge of a word) that make up 97.5 % of the pairs of running Russian text."""

COMMON_PAIRS = frozenset(first + second for first, seconds in _FOLLOWERS.items() for second in seconds)

_WORD = re.compile(r"[А-Яа-яЁё]+")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_DRAWN_OUT = re.compile(r"([А-Яа-яЁё])\1{11,}")
_SWAPPED = re.compile(r"[а-яё][А-ЯЁ]")
_STRANGE = re.compile("[^\\x00-\\x7fА-Яа-яЁё№«»„“”’‘–—…°²³·•₽×±§\u00a0\u00ad\u200b-\u200f\ue000\ue001\ufeff]")
_EMOJI = re.compile("[\U0001f000-\U0001ffff\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\ufe0f]")

SAMPLE = 4000
"""Characters looked at: the start of a letter tells its charset."""


@lru_cache(maxsize=16)
def russian_likeness(text: str) -> float:
    """From about -2 (damage) through 0 (nothing Russian in it) to 1 (plain Russian).

    The share of common letter pairs, less the rare ones, less what damage leaves behind: capitals inside
    words, and letters of other scripts or frames where Russian ones stood. A letter drawn out over a dozen counts
    once: nobody's charset is told by it.
    """
    text = _DRAWN_OUT.sub(r"\1", text[:SAMPLE])
    pairs = common = 0
    for word in _WORD.findall(text):
        pairs += len(word) + 1
        common += _common_pairs(word) if len(word) <= _MAX_CACHED_LENGTH else _counted(word)
    strange = _strange(text)
    if not pairs and not strange:
        return 0.0
    share = (2 * common - pairs) / (pairs + strange)
    return share - 2 * strange / (pairs + strange) - len(_SWAPPED.findall(text)) / max(1, pairs)


_MAX_CACHED_LENGTH = 40
"""Letters of a word that is worth remembering: a longer one is nobody's."""


@lru_cache(maxsize=20_000)
def _common_pairs(word: str) -> int:
    return _counted(word)


def _counted(word: str) -> int:
    edged = f" {word.lower().replace('ё', 'е')} "
    return sum(edged[at : at + 2] in COMMON_PAIRS for at in range(len(edged) - 1))


def looks_damaged(text: str) -> bool:
    """Does it hold characters that no Russian writes: frames, other scripts' letters, control codes?"""
    return _strange(text[:SAMPLE]) > 0


def _strange(text: str) -> int:
    return len(_STRANGE.findall(_EMOJI.sub("", text))) if _STRANGE.search(text) else 0


def cyrillic_letters(text: str) -> int:
    """How many Russian letters a text holds."""
    return sum(len(word) for word in _WORD.findall(text[:SAMPLE]))


def latin_letters(text: str) -> int:
    """How many Latin letters a text holds."""
    return sum(len(word) for word in _LATIN_WORD.findall(text[:SAMPLE]))
