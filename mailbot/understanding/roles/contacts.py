"""Contact data that the model of roles finds where the patterns found none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mailbot.model import Contacts, Found, Span
from mailbot.model.phone import normal_phone
from mailbot.understanding.roles.values import ReadPart, accounts_of, is_quoted

LEAST = 0.6
_FROM_QUOTE = 0.75


def _phones(parts: Iterable[ReadPart]) -> Iterator[Found[str]]:
    for part in parts:
        for one in part.of("phone"):
            start, end = one.number.start, one.number.end
            if one.probability >= LEAST and not is_quoted(part, one):
                yield Found(
                    normal_phone(one.number.digits), (Span(part.part, start, end),), round(one.probability, 2)
                )


def with_roles(found: Contacts, read: Iterable[ReadPart]) -> Contacts:
    """The contacts with accounts that no label announces, and telephones where the patterns found none."""
    parts = list(read)
    if not found.phones:
        found = replace(found, phones=tuple(_phones(parts)))
    seen = [
        (part.part, mark)
        for name in ("body", "subject")
        for part in parts
        if part.part == name
        for mark in accounts_of(part, LEAST)
    ]
    known = {one.value for one in found.accounts}
    fresh = [(part, mark) for part, mark in seen if mark.value not in known]
    own = [one for one in found.accounts if one.confidence > _FROM_QUOTE or one.spans == ()]
    if not fresh or own:
        return found
    values: dict[str, Found[str]] = {}
    for part, mark in fresh:
        span = Span(part, mark.start, mark.end)
        earlier = values.get(mark.value)
        values[mark.value] = (
            replace(earlier, spans=(*earlier.spans, span))
            if earlier
            else Found(mark.value, (span,), mark.confidence)
        )
    return replace(found, accounts=tuple(values.values()))
