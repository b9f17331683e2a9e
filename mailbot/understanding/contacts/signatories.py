"""Who signs a letter of an office with post and initials stands before whoever prepared it (ГОСТ Р 7.0.97-2016)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.model import ExtractedValue, Letter, Span

_POST = re.compile(r"\s*[А-ЯЁ][^\d\n@:;!?]{3,80}?[\s_/]*")
"""«Начальник отдела», before the name on its line."""
_INITIALS = re.compile(r"(?<!\w)[А-ЯЁA-Z]\.")
_NOTHING = re.compile(r"[\s._/()]*")
_PROBABLE = 0.5


def signers_first(names: Sequence[ExtractedValue[str]], letter: Letter) -> tuple[ExtractedValue[str], ...]:
    """The names in their order, but for those that sign: «Заведующий   Т.И. Оборина» comes before «Исп. Гилязова Р.Ф.»."""
    return tuple(sorted(names, key=lambda one: not _signs(one, letter)))


def _signs(one: ExtractedValue[str], letter: Letter) -> bool:
    initials = one.confidence >= _PROBABLE and _INITIALS.search(one.value) is not None
    return initials and any(_closes_its_line(span, letter) for span in one.spans)


def _closes_its_line(span: Span, letter: Letter) -> bool:
    text = letter.part(span.part).text
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return _POST.fullmatch(before) is not None and _NOTHING.fullmatch(after) is not None
