"""Contact data that the model of roles finds where the patterns found none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mailbot.model import Contacts, ExtractedValue, Span
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.understanding.number_roles.model_values import ReadPart, accounts_of, is_quoted
from mailbot.understanding.text.marked_spans import TextMatch

MIN_PROBABILITY = 0.6
_FROM_QUOTE = 0.75
_ALIKE = 0.9
"""From here on a number without a label counts beside a labelled account, where it is as long: «4710326 гвс как было»."""


def _phones(parts: Iterable[ReadPart]) -> Iterator[ExtractedValue[str]]:
    for part in parts:
        for assignment in part.of("phone"):
            start, end = assignment.number.start, assignment.number.end
            if assignment.probability >= MIN_PROBABILITY and not is_quoted(part, assignment):
                yield ExtractedValue(
                    normalize_phone(assignment.number.digits),
                    (Span(part.part, start, end),),
                    round(assignment.probability, 2),
                )


def add_contacts_by_role(found: Contacts, read: Iterable[ReadPart]) -> Contacts:
    """The contacts with accounts that no label announces, and telephones where the patterns found none.

    A guess of the patterns stays where the model calls the number an account, too: each value then has that of its own clause.
    """
    parts = list(read)
    if not found.phones:
        found = replace(found, phones=tuple(_phones(parts)))
    seen = [
        (part.part, mark)
        for name in ("body", "subject")
        for part in parts
        if part.part == name
        for mark in accounts_of(part, MIN_PROBABILITY)
    ]
    known = {account.value for account in found.accounts}
    fresh = [(part, mark) for part, mark in seen if mark.value not in known]
    own = tuple(
        account for account in found.accounts if account.confidence > _FROM_QUOTE or account.spans == ()
    )
    if own:
        lengths = {len(account.value) for account in own}
        fresh = [
            (part, mark) for part, mark in fresh if mark.confidence >= _ALIKE and len(mark.value) in lengths
        ]
    if not fresh:
        return found
    marked = {mark.value for _, mark in seen}
    kept = own or tuple(account for account in found.accounts if account.value in marked)
    both = sorted((*kept, *_accounts(fresh)), key=_place)
    return replace(found, accounts=tuple(both))


def _place(one: ExtractedValue[str]) -> tuple[int, int]:
    """The body's accounts first, then the subject's, in the order of the text; one without a place before all."""
    if not one.spans:
        return -1, 0
    return {"body": 0, "subject": 1}.get(one.spans[0].part, 2), one.spans[0].start


def _accounts(marks: Iterable[tuple[str, TextMatch]]) -> Iterator[ExtractedValue[str]]:
    """Each account once, with all its places."""
    values: dict[str, ExtractedValue[str]] = {}
    for part, mark in marks:
        span = Span(part, mark.start, mark.end)
        earlier = values.get(mark.value)
        values[mark.value] = (
            replace(earlier, spans=(*earlier.spans, span))
            if earlier
            else ExtractedValue(mark.value, (span,), mark.confidence)
        )
    yield from values.values()
