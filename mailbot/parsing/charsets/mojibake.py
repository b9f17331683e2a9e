"""Text that was decoded by the wrong charset on its way to us, and how to undo that."""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.parsing.charsets.accented_latin import is_latin_prose
from mailbot.parsing.charsets.russian_likeness import cyrillic_letters, looks_damaged, russian_likeness

_READ_AS = (
    "latin-1",
    "cp1252",
    "cp1251",
    "koi8-r",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
    "cp437",
    "mac-roman",
)
_REALLY = ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
PAIRS = tuple((seen, was) for was in _REALLY for seen in _READ_AS if seen != was)
"""(read as, really was): encoding back by the first and decoding by the second undoes the damage."""

MARGIN, CLEAR_MARGIN = 0.3, 0.05
"""By how much a repair must look more Russian; the second where it also removes all that no Russian writes."""

WORTH = 0.35
"""How Russian a repaired text must look at the least."""

SOUND = 0.75
"""From here on a text is left as it is."""

MIN_DAMAGED, MIN_DAMAGED_LIKELY = 6, 3
"""Damaged characters below which no score means anything; fewer where the letter's body told the pair."""

LOST = 0.05
"""Share of characters that may not go back (an added signature, a smiley) before a repair is refused."""

MAX_LOST_SHARE = 0.15
"""The same for utf-8, whose pattern proves itself: «с», «э» and «я» have a half that cp1252 lacks."""

RARE_HANDICAP = 0.1
SAMPLE = 1500

_BEYOND_BYTES = re.compile("([^\x00-\xff]+)")
_UTF8_SPACE = re.compile(rb"\xd0\x20")


def repair(text: str, likely: str = "") -> tuple[str, str]:
    """The text with wrong decodings undone, at most twice, and the name of the repair; '' for none.

    To be called before control characters and no-break spaces are dropped: in damaged text they are halves
    of letters. `likely` names a repair that another part of the same letter needed.
    """
    names: list[str] = []
    if (repaired := _twice(text)) != text:
        return repaired, ", ".join([_name(("cp1251", "utf-8"))] * 2)
    for _ in range(2):
        repaired, name = _once(text, likely)
        if not name and not names and (outer := _outer(text)):
            repaired, name = _once(outer, likely)
            names += [_name(("latin-1", "utf-8"))] if name else []
        if not name:
            break
        text = repaired
        names.append(name)
    return text, ", ".join(names)


def _outer(text: str) -> str:
    """Damage twice over: what utf-8 read as latin-1 gives first holds no Russian yet; '' where it is not that."""
    if text.isascii():
        return ""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _twice(text: str) -> str:
    """Undo utf-8 read as cp1251 twice over: half way the text looks less Russian than it came («РџСЂ» of «Р СџРЎР‚»)."""
    if "Р" not in text or not looks_damaged(_sample(text)):
        return text
    lines = []
    for line in text.split("\n"):
        first = line if line.isascii() else _line(line, "cp1251", "utf-8")
        second = first if first is None or first.isascii() else _line(first, "cp1251", "utf-8")
        lines.append(line if second is None else second)
    repaired = "\n".join(lines)
    sample = _sample(repaired)
    return repaired if russian_likeness(sample) > SOUND and not looks_damaged(sample) else text


def _once(text: str, likely: str) -> tuple[str, str]:
    sample = _sample(text)
    damaged = len(sample) - len(sample.encode("ascii", "ignore"))
    if damaged < (MIN_DAMAGED_LIKELY if likely else MIN_DAMAGED):
        return text, ""
    before = russian_likeness(sample)
    if (before > SOUND and not looks_damaged(sample)) or is_latin_prose(sample):
        return text, ""
    best, chosen = before, None
    for pair in PAIRS:
        candidate = _undone(sample, *pair)
        if candidate is None or not cyrillic_letters(candidate):
            continue
        expected = _name(pair) in likely
        score = russian_likeness(candidate) - RARE_HANDICAP * (pair[1] in {"iso8859-5", "mac-cyrillic"})
        clear = expected or (looks_damaged(sample) and not looks_damaged(candidate))
        if score >= WORTH and score > before + (CLEAR_MARGIN if clear else MARGIN) and score > best:
            best, chosen = score, pair
    if chosen is None:
        return text, ""
    whole = _undone(text, *chosen)
    return (text, "") if whole is None or whole == text else (whole, _name(chosen))


def _name(pair: tuple[str, str]) -> str:
    return f"{pair[1]} read as {pair[0]}"


def _sample(text: str) -> str:
    """The first lines that hold anything but ASCII."""
    lines, length = [], 0
    for line in text[: 20 * SAMPLE].split("\n"):
        if not line.isascii():
            lines.append(line[: SAMPLE - length])
            length += len(lines[-1])
        if length >= SAMPLE:
            break
    return "\n".join(lines)


def _undone(text: str, seen: str, was: str) -> str | None:
    """Line by line, since a mail program adds its own sound lines to a damaged text."""
    lines = []
    for line in text.split("\n"):
        undone = line if line.isascii() else _line(line, seen, was)
        if undone is None and russian_likeness(line) > WORTH:
            undone = line
        if undone is None:
            return None
        sound = (
            undone is not line
            and russian_likeness(line) > WORTH
            and russian_likeness(line) >= russian_likeness(undone)
        )
        lines.append(line if sound else undone)
    return "\n".join(lines)


def _line(line: str, seen: str, was: str) -> str | None:
    """The line's bytes as `seen` has them, decoded by `was`; what `seen` has not (a smiley) stays."""
    if seen == "cp1251" and was == "utf-8":
        line = line.replace("\ufffd", "\x98")  # the one hole of cp1251: the second half of «И»
    pieces = _BEYOND_BYTES.split(line.translate(_bytes_of(seen)))
    lost = sum(len(piece) for piece in pieces[1::2] if piece != "\ufffd" or was != "utf-8")
    if lost > max(1, LOST * len(line)):
        return None
    pieces[::2] = [_decoded(piece.encode("latin-1"), seen, was) for piece in pieces[::2]]
    repaired = "".join(pieces).replace("\ufffd\ufffd", "\ufffd")
    most = MAX_LOST_SHARE if was == "utf-8" else LOST
    return repaired if repaired.count("\ufffd") <= max(1, most * len(repaired)) else None


def _decoded(content: bytes, seen: str, was: str) -> str:
    if was != "utf-8":
        return content.decode(was, "replace")
    if seen == "cp1251":
        content = content.replace(b"\xd0?", b"\xd0\x98")  # «И» went through a program that had no sign for it
    # the no-break space that is the second half of «Р» was made a plain one on the way
    return _UTF8_SPACE.sub(b"\xd0\xa0", content).decode("utf-8", "replace")


@lru_cache(maxsize=len(_READ_AS))
def _bytes_of(charset: str) -> dict[int, int]:
    """From a character to its byte. Holes of the charset stand for themselves: programs pass them through."""
    table = {}
    for byte in range(128, 256):
        character = bytes([byte]).decode(charset, "ignore")
        if character:
            table[ord(character)] = byte
    return table
