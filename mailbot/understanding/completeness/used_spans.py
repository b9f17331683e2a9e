"""Where in a letter that stands which was read of it: values, and contact data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from mailbot.model import Contacts, Letter, Reading, Span
from mailbot.understanding.completeness.closed_list_proof import WORD
from mailbot.understanding.completeness.naming_words import is_verb, tells
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.numbers.interpretations import find_numbers
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.readings.keyboard_slips import reading_text
from mailbot.understanding.readings.machine_formats import read_machine_lines
from mailbot.understanding.text.morphology import is_ordinary

Places = dict[str, list[tuple[int, int]]]
"""For each part of the letter stretches (start, end) of its text."""

_IN_WORDS = re.compile(r"[ \t]*\(([^()\d]{2,120})\)")
_GUESS = 0.5  # a name that is less sure accounts for no ordinary word: «Ну вы и жуки»
_WHOLE_NAME = 3  # words: «Сорока Иван Петрович»


def value_places(letter: Letter, readings: tuple[Reading, ...]) -> Places:
    """Where values stand, once more in words behind them too, and whole lines in the fixed forms that machines taught people."""
    values: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for reading in readings:
        for span in reading.spans:
            end = _said_again(letter.part(span.part).text, span.end, reading.value)
            values[span.part].append((span.start, end))
    for part in letter.parts if readings else ():
        values[part.name] += [line.line for line in read_machine_lines(reading_text(part.text))]
    return values


def _said_again(text: str, end: int, value: Decimal) -> int:
    """Where the value ends with the words that say it once more, as officials do: «486 (четыреста восемьдесят шесть)»."""
    words = _IN_WORDS.match(text, end)
    if words is None:
        return end
    said = {number.value for number in find_numbers(words[1]) if number.form is NumberForm.SAID}
    return words.end() if value in said else end


def used_places(letter: Letter, contacts: Contacts, read: tuple[ReadPart, ...]) -> Places:
    """Where contact data stands, but for the words that a finder of names or addresses took by mistake; and contracts."""
    used: dict[str, list[tuple[int, int]]] = defaultdict(list)
    finds = ((contacts.names, tells), (contacts.addresses, is_verb))
    for group, strange in finds:
        for value in group:
            rule = is_ordinary if value.confidence < _GUESS else strange
            for span in value.spans:
                used[span.part] += _stretches(span, letter.quote(span), rule)
    for span in (span for value in (*contacts.accounts, *contacts.phones) for span in value.spans):
        used[span.part].append((span.start, span.end))
    for part in read:
        used[part.part] += [
            (role.number.start, role.number.end)
            for role in part.roles
            if role.role == "account" and role.number.form is NumberForm.CODE
        ]
    return used


def _stretches(span: Span, text: str, strange: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The span without its strange words; a name of three words or more is believed as it is."""
    words = list(WORD.finditer(text))
    kept = [
        word for word in words if len(words) < _WHOLE_NAME and len(word.group()) > 1 and strange(word.group())
    ]
    edges = [0, *(edge for word in kept for edge in word.span()), len(text)]
    yield from (
        (span.start + start, span.start + end) for start, end in zip(edges[::2], edges[1::2], strict=True)
    )
