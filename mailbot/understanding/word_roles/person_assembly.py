"""The people whom a part names: their words put together, and what is seen of each as a possible writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbot.understanding.names.grammatical_case import in_nominative
from mailbot.understanding.names.name_parts import NameWord
from mailbot.understanding.text.morphology import readings_with
from mailbot.understanding.word_roles.tag_search import NamedSpan
from mailbot.understanding.word_roles.word_features import sort_of
from mailbot.understanding.word_roles.word_sequence import WordPage, is_senders

PARTS = {"surname": "S", "given": "G", "patronymic": "P", "initials": "I"}
_GRAMMEMES = {"surname": "Surn", "given": "Name", "patronymic": "Patr"}
_JOINS = frozenset("gsdh")
_STEM = 5


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Words `first`..`last` of a page name somebody; `shape` tells by what («SGP»), `probability` is the least of its words'."""

    first: int
    last: int
    shape: str
    names: tuple[NamedSpan, ...]
    probability: float

    @property
    def has_surname(self) -> bool:
        return "S" in self.shape


def persons(page: WordPage, found: Sequence[NamedSpan]) -> list[PersonMention]:
    """Every person of the page, in order; «ИП Логинова» is one too."""
    groups: list[list[NamedSpan]] = []
    for person in _of_people(page, found):
        if groups and _goes_on(page, groups[-1], person):
            groups[-1].append(person)
        else:
            groups.append([person])
    return [_person(group) for group in groups if any(span.role != "initials" for span in group)]


def _person(group: Sequence[NamedSpan]) -> PersonMention:
    shape = "".join(PARTS[span.role] for span in group)
    return PersonMention(
        group[0].first, group[-1].last, shape, tuple(group), min(span.probability for span in group)
    )


def _of_people(page: WordPage, found: Sequence[NamedSpan]) -> Iterator[NamedSpan]:
    for span in found:
        if span.role in PARTS:
            yield span
        elif span.role == "organisation" and page.words[span.first].known == "ип":
            yield from _trader(page, span)


def _trader(page: WordPage, one: NamedSpan) -> Iterator[NamedSpan]:
    for nth in range(one.first + 1, one.last + 1):
        role = (
            "surname" if nth == one.first + 1 else "initials" if len(page.words[nth].text) == 1 else "given"
        )
        yield NamedSpan(nth, nth, role, one.probability)


_MAX_PARTS = 8
"""No name has more: a line of initials without end is none."""


def _goes_on(page: WordPage, group: Sequence[NamedSpan], one: NamedSpan) -> bool:
    """A further part of the same name: beside it, of a sort that it has not, on the next line only in a column of names."""
    if one.first != group[-1].last + 1 or len(group) >= _MAX_PARTS:
        return False
    roles = [other.role for other in group]
    gap = page.words[one.first].gap
    if one.role in roles and one.role != "initials":
        return gap == "h"
    if "initials" in roles and one.role in {"given", "patronymic"}:
        return one.role == "patronymic" and roles == ["initials"]  # «А. Глебовна»
    if gap == "n":
        return _alone_in_line(page, one) and _alone_in_line(page, group[-1]) and "initials" not in roles
    if gap == "c":
        return one.role == "patronymic"
    if gap == "d" and roles[-1] != "initials":
        return False  # «Хамит оператор Людмила. Катаева А.С.»
    return gap in _JOINS


def _alone_in_line(page: WordPage, one: NamedSpan) -> bool:
    before = page.words[one.first - 1] if one.first else None
    after = page.words[one.last + 1] if one.last + 1 < len(page.words) else None
    return (before is None or page.words[one.first].gap == "n") and (after is None or after.gap == "n")


_KINDS = {"surname": "S", "given": "F", "patronymic": "P", "initials": "I"}


def stretch(page: WordPage, one: PersonMention) -> tuple[int, int]:
    """Where the name stands, the dot of its last initial included."""
    end = page.words[one.last].end
    if one.shape.endswith("I") and page.text[end : end + 1] == ".":
        end += 1
    return page.words[one.first].start, end


def written(page: WordPage, one: PersonMention) -> str:
    """The name on one line, in the nominative, its dots and all («от Чазовой Анны» is signed by Чазова Анна)."""
    words = tuple(
        NameWord(page.words[nth].start, page.words[nth].end, page.words[nth].text, _KINDS[part.role])
        for part in one.names
        for nth in range(part.first, part.last + 1)
    )
    name = in_nominative(page.text, words, surely_genitive=False)
    return " ".join((name + page.text[words[-1].end : stretch(page, one)[1]]).split())


def seen_of(page: WordPage, one: PersonMention, people: Sequence[PersonMention]) -> list[str]:
    """What tells whether the person is who writes; the sender's name is not among it."""
    return list(dict.fromkeys(_seen(page, one, people)))


def _seen(page: WordPage, one: PersonMention, people: Sequence[PersonMention]) -> Iterator[str]:
    words = page.words
    first, last = words[one.first], words[one.last]
    shape = one.shape if len(one.shape) < 4 else "+"
    before = words[one.first - 1] if one.first else None
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    opens, ends = before is None or first.gap == "n", after is None or after.gap == "n"
    left = "^" if before is None else before.known[:_STEM]
    right = "$" if after is None else after.known[:_STEM]
    gap = after.gap if after else "n"
    from_end = min(page.lines - 1 - last.line, 4)
    edge = f"{'o' if opens else ''}{'e' if ends else ''}"
    yield from (
        f"shape={shape}", f"edge={edge}", f"edge={edge}&{shape}", f"end={from_end}", f"end={from_end}&{edge}",
        f"end={from_end}&{edge}&{shape}", f"line={min(first.line, 2)}&{edge}", f"L={left}", f"L={first.gap}{left}",
        f"R={right}", f"R={gap}{right}", f"gaps={first.gap}{gap}", f"gaps={first.gap}{gap}&{from_end}",
        f"part={page.part.partition(':')[0]}&{edge}", f"case={_cases(page, one)}", f"case={_cases(page, one)}&{edge}",
        f"case={_cases(page, one)}&L={left}",
        f"people={min(len(people), 4)}", f"last={one is people[-1]}", f"first={one is people[0]}",
        f"last={one is people[-1]}&{edge}&{len(people) > 1}",
    )  # fmt: skip
    if before is not None and one.first > 1:
        yield f"L2={words[one.first - 2].known[:_STEM]} {left}"
    for step in range(2, 5):
        if one.first >= step and words[one.first - step].line == first.line:
            yield f"lw={words[one.first - step].known[:_STEM]}"
    if after is not None and not after.number:
        yield f"after={gap}{sort_of(after.text)}"
    if before is not None and not before.number:
        yield f"before={first.gap}{sort_of(before.text)}"
    near = [word.known for word in words[max(0, one.first - 3) : one.last + 4] if word.number]
    for known in near:
        yield f"near={known}"
    if any(start <= first.start < end for start, end in page.quoted):
        yield "quoted"
    if not any(other.has_surname for other in people):
        yield f"no surname&{shape}"
    better = any(len(other.shape) > len(one.shape) for other in people)
    yield f"better={better}&{shape}"


def _cases(page: WordPage, one: PersonMention) -> str:
    """Whether the name may be a nominative («n»), only another case («o»), or nobody knows."""
    for part in one.names:
        wanted = _GRAMMEMES.get(part.role)
        cases = readings_with(page.words[part.first].known, wanted) if wanted else frozenset[str]()
        if cases and "nomn" not in cases:
            return "g" if "gent" in cases else "o"
        if cases:
            return "n"
    return "?"


def is_sender(page: WordPage, one: PersonMention) -> bool:
    """Does `From` name the person: the surname, or the first name of who gives no more?"""
    telling = [part for part in one.names if part.role == "surname"] or [
        part for part in one.names if part.role == "given"
    ]
    return any(
        is_senders(page.words[nth].known, page.sender)
        for part in telling
        for nth in range(part.first, part.last + 1)
    )
