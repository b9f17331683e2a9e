"""Signatures and the lines that programs add: contacts are read from the first, nothing from the second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.model import Role
from mailbot.parsing.quoting import Line

_PROGRAM = re.compile(
    r"^\W*+(?:отправлено (?:с|из|через)\b.{0,60}|отправил с моего.{0,40}|sent from (?:my|mail|outlook|yahoo|samsung).{0,60}"
    r"|get outlook for .{0,30}|с (?:моего )?(?:iphone|ipad|samsung|android|телефона).{0,30}|написано в.{0,40}почт.{0,20})$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:проверено (?:на вирусы|антивирус)|без вирусов|avast|антивирус.{0,40}провер|virus-free|конфиденциальн.{0,60}информаци"
    r"|информация в (?:этом|данном|настоящем) (?:письме|сообщении).{0,60}предназначен|this e-?mail.{0,60}confidential"
    r"|если вы получили (?:это|данное) (?:письмо|сообщение) (?:по ошибке|ошибочно))",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"^\s*-{2,3}\s*$")
_REGARDS = re.compile(
    r"^\W*+(?:с (?:уважением|наилучшими|ув\b)|best regards|kind regards|искренне ваш)", re.IGNORECASE
)
_MATTER = re.compile(
    r"гвс|хвс|отопл|гкал|гдж|квт|мвт|м3|м³|куб|показан|вод[аыуе]\b|тепл[оа]\b|батаре|прошу|когда|почему|\?|холод",
    re.IGNORECASE,
)
"""Words that a signature does not hold: below a delimiter many people just go on writing."""

LONGEST = 8
WIDEST = 90


def mark(lines: Sequence[Line], roles: Sequence[Role]) -> list[Role]:
    """The roles with signatures and programs' lines set apart within what the writer wrote."""
    found = list(roles)
    for at, line in enumerate(lines):
        if found[at] is Role.WRITTEN and (_PROGRAM.match(line.text) or _NOTICE.search(line.text)):
            found[at] = Role.DISCLAIMER
            if at and found[at - 1] is Role.WRITTEN and _DELIMITER.match(lines[at - 1].text):
                found[at - 1] = Role.DISCLAIMER
    for at, line in enumerate(lines):
        if found[at] is Role.WRITTEN and (_DELIMITER.match(line.text) or _REGARDS.match(line.text)):
            _signature(lines, found, at)
    return found


def _signature(lines: Sequence[Line], roles: list[Role], at: int) -> None:
    """From a delimiter to the end of the writer's words, if that looks like a signature."""
    end = at
    while end < len(lines) and roles[end] is Role.WRITTEN:
        end += 1
    block = [line.text.strip() for line in lines[at:end] if line.text.strip()]
    if len(block) > LONGEST or any(len(text) > WIDEST or _MATTER.search(text) for text in block):
        return
    for here in range(at, end):
        roles[here] = Role.SIGNATURE


def only_programs(lines: Sequence[Line]) -> bool:
    """Is there nothing in the text but lines that mail programs add, as under a photo sent from a telephone?"""
    words = [line.text for line in lines if line.text.strip() and not _DELIMITER.match(line.text)]
    return bool(words) and all(_PROGRAM.match(text) for text in words)
