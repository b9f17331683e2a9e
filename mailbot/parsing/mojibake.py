"""Text that was decoded by the wrong charset on its way to us, and how to undo that."""

from __future__ import annotations

from mailbot.parsing.russian import SAMPLE, likeness

PAIRS = (
    ("cp1251", "utf-8"), ("koi8-r", "utf-8"), ("cp866", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "utf-8"),
    ("mac-cyrillic", "utf-8"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251"), ("latin-1", "cp1251"),
    ("cp1252", "cp1251"), ("latin-1", "koi8-r"), ("cp1252", "koi8-r"), ("cp866", "cp1251"), ("cp1251", "cp866"),
    ("koi8-r", "cp866"), ("cp866", "koi8-r"), ("mac-cyrillic", "cp1251"), ("latin-1", "cp866"),
    ("cp437", "cp866"), ("cp1251", "iso8859-5"), ("iso8859-5", "cp1251"),
)  # fmt: skip
"""(read as, really was): encoding back by the first and decoding by the second undoes the damage."""

MARGIN = 0.3
"""By how much a repair must look more Russian than what stands there."""

WORTH = 0.35
"""How Russian a repaired text must look at the least."""

LEAST = 6
"""Damaged characters below which no score means anything."""

LOST = 0.05
"""Share of characters that may not go back (an added signature, a smiley) before a repair is refused."""


def repair(text: str) -> tuple[str, str]:
    """The text with wrong decodings undone, at most twice, and the name of the repair; '' for none."""
    names: list[str] = []
    for _ in range(2):
        text, name = _once(text)
        if not name:
            break
        names.append(name)
    return text, ", ".join(names)


def _once(text: str) -> tuple[str, str]:
    if sum(not character.isascii() for character in text) < LEAST:
        return text, ""
    before = likeness(text)
    if before > 0.75:
        return text, ""
    best, pair = before + MARGIN, None
    sample = text[:SAMPLE]
    for seen, was in PAIRS:
        candidate = _undone(sample, seen, was)
        if candidate is not None and (score := likeness(candidate)) > best and score >= WORTH:
            best, pair = score, (seen, was)
    undone = _undone(text, *pair) if pair else None
    return (text, "") if undone is None or pair is None else (undone, f"{pair[1]} read as {pair[0]}")


def _undone(text: str, seen: str, was: str) -> str | None:
    """Line by line, since a mail program adds its own sound lines to a damaged text."""
    lines = []
    for line in text.split("\n"):
        undone = line if line.isascii() else _line(line, seen, was)
        if undone is None:
            return None
        sound = likeness(line) >= likeness(undone) and likeness(line) > WORTH
        lines.append(line if sound else undone)
    return "\n".join(lines)


def _line(line: str, seen: str, was: str) -> str | None:
    try:
        return line.encode(seen).decode(was)
    except UnicodeError:
        pass  # some characters do not go back: one by one, then
    content = bytearray()
    lost = 0
    for character in line:
        try:
            content += character.encode(seen)
        except UnicodeEncodeError:
            if ord(character) < 256:
                content.append(ord(character))  # cp1251 has no 0x98: programs pass it through
            else:
                lost += 1
                content += b"?"
    if lost > max(1, LOST * len(line)):
        return None
    try:
        return content.decode(was)
    except UnicodeDecodeError:
        repaired = content.decode(was, "replace")
        return repaired if repaired.count("\ufffd") <= max(1, LOST * len(line)) else None
