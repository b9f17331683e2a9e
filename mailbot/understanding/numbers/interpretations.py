"""Every way in which a stretch of a text may be read as a number; where there are several, all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from mailbot.understanding.numbers.fractions import certain, find_decimals
from mailbot.understanding.numbers.number import NumberForm, WrittenNumber
from mailbot.understanding.numbers.number_tokens import NumberAtom, find_atoms

MAX_DIGITS = 24
MAX_ATOMS = 12
"""Pieces of one number, digit by digit."""


_SPELLED_OUT = re.compile(r"\s?\(\s?$")
_JOINT = re.compile(
    r"[ \u00a0\u202f]{1,2}|[ \u00a0]?[-–—‑][ \u00a0]?|/|\.|[ \u00a0]?\([ \u00a0]?|[ \u00a0]?\)[ \u00a0-]?"
)
_CODE = re.compile(
    r"(?<![\w/-])(?:[^\W\d_]{1,5}\s?[-–/№]\s?\d{1,8}(?:[/-]\d{1,6})?(?:[-/][^\W\d_]{1,4})?|[^\W\d_]{1,4}\d{2,8}"
    r"|\d{1,8}\s?[-/]\s?[^\W\d_]{1,4}(?:[-/]\d{1,6})?|\d{1,3}\s?[а-дa-d]|\d{1,4}/\d{1,4}[а-д]?)(?![\w/]|-\d|[.,]\d)"
)
_THOUSAND = re.compile(r"\s?(?:тысяч[аиу]?|тыщ[аиу]?|тыс\.?)\s?")


@lru_cache(maxsize=8)
def find_numbers(text: str) -> tuple[WrittenNumber, ...]:
    """Every number that stands, or may stand, in a text (folded: lower case, same length), by its place.

    Overlapping ones are readings that exclude each other: «47 103 25» as one, as three and as two.
    """
    atoms, between = _without_repetitions(text, find_atoms(text))
    numbers: dict[tuple[int, int, str], WrittenNumber] = {}
    for code in _codes(text):
        numbers[(code.start, code.end, code.digits)] = code
    for at in range(len(atoms)):
        for number in _from(text, atoms, between, at):
            numbers.setdefault((number.start, number.end, number.digits), number)
    return tuple(
        _not_within(sorted(numbers.values(), key=lambda candidate: (candidate.start, candidate.end)))
    )


def _without_repetitions(
    text: str, atoms: tuple[NumberAtom, ...]
) -> tuple[tuple[NumberAtom, ...], tuple[str, ...]]:
    """The atoms and what stands between them, those in brackets left out that say the one before them again in words."""
    kept: list[NumberAtom] = []
    between: list[str] = []
    end = 0
    for atom in atoms:
        gap = text[end : atom.start]
        same = kept and atom.words and not kept[-1].words and atom.digits == kept[-1].digits.lstrip("0")
        if same and _SPELLED_OUT.fullmatch(gap) and text[atom.end : atom.end + 1] == ")":
            end = atom.end + 1
            continue
        if kept:
            between.append(gap)
        kept.append(atom)
        end = atom.end
    return tuple(kept), tuple(between)


def _not_within(found: list[WrittenNumber]) -> Iterator[WrittenNumber]:
    """The numbers, but for those that share signs with one whose fraction is named. O(n log n)."""
    starts: list[int] = []
    ends: list[int] = []
    for number in found:
        if number.named and ends and number.start < ends[-1]:
            ends[-1] = max(ends[-1], number.end)
        elif number.named:
            starts.append(number.start)
            ends.append(number.end)
    for number in found:
        at = bisect_right(ends, number.start)
        outside = at == len(ends) or number.end <= starts[at]
        if outside or (number.named and number.start == starts[at]):
            yield number


def _codes(text: str) -> Iterator[WrittenNumber]:
    """Letters and digits in one: contracts, serials, houses with a letter."""
    for match in _CODE.finditer(text):
        written = re.sub(r"[\s№]", "", match[0])
        lengths = tuple(len(piece) for piece in re.findall(r"\d+", written))
        yield WrittenNumber(match.start(), match.end(), NumberForm.CODE, written, lengths, _shape(written))


def _shape(written: str) -> str:
    """«ТС-0391» is «A-9», «12а» is «9a»."""
    shape = re.sub(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", "a", written)
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]{2,}", "A", shape))


def _from(
    text: str, atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int
) -> Iterator[WrittenNumber]:
    first = atoms[at]
    yield WrittenNumber(
        first.start,
        first.end,
        NumberForm.SAID if first.words else NumberForm.PLAIN,
        first.digits,
        (len(first.digits),),
        ordinal=first.ordinal,
        certain=not (first.letters or first.slip),
    )
    if not first.words:
        yield from _thousands(text, atoms, at)
    yield from find_decimals(text, atoms, between, at)
    if not first.words:
        yield from _clocks(atoms, between, at)
        yield from _dates(atoms, between, at)
    yield from _joined(atoms, between, at)


def _thousands(text: str, atoms: tuple[NumberAtom, ...], at: int) -> Iterator[WrittenNumber]:
    """«12 тысяч 300», «12 тысяч»: digits and a word."""
    first = atoms[at]
    named = _THOUSAND.match(text, first.end)
    count = int(first.digits) if len(first.digits) <= 6 else 0
    if named is None or not count:
        return
    lengths = (len(first.digits),)
    yield WrittenNumber(
        first.start, named.end() - named[0].endswith(" "), NumberForm.MIXED, str(count * 1000), lengths, "k"
    )
    following = [atom for atom in atoms[at + 1 : at + 3] if not atom.thousand]
    if not following:
        return
    rest = following[0]
    if rest.start <= named.end() + 1 and len(rest.digits) <= 3:
        whole = count * 1000 + int(rest.digits)
        yield WrittenNumber(
            first.start, rest.end, NumberForm.MIXED, str(whole), (*lengths, len(rest.digits)), "k"
        )
    elif rest.words and int(rest.digits[:9]) // 1000 == 1 and rest.start <= first.end + 2:
        whole = count * 1000 + int(rest.digits) - 1000  # «тысяч триста» is read as one number
        yield WrittenNumber(first.start, rest.end, NumberForm.MIXED, str(whole), (*lengths, 3), "k")


def _clocks(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> Iterator[WrittenNumber]:
    """«19:30»."""
    if at + 1 >= len(atoms) or atoms[at + 1].words or between[at] != ":":
        return
    hours, minutes = atoms[at], atoms[at + 1]
    if len(minutes.digits) == 2 and len(hours.digits) <= 2:
        written = f"{hours.digits}:{minutes.digits}"
        yield WrittenNumber(hours.start, minutes.end, NumberForm.CLOCK, written, (len(hours.digits), 2), ":")


def _dates(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> Iterator[WrittenNumber]:
    """«24.11.2026», «24/11/26», «2026-11-24»."""
    three = atoms[at : at + 3]
    if len(three) < 3 or between[at] != between[at + 1] or between[at] not in {".", "/", "-"}:
        return
    lengths = tuple(len(atom.digits) for atom in three)
    if any(atom.words for atom in three):
        return
    if lengths == (4, 2, 2) or (lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] in {2, 4}):
        written = "-".join(atom.digits for atom in three)
        yield WrittenNumber(three[0].start, three[2].end, NumberForm.DATE, written, lengths, between[at])


def _joined(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> Iterator[WrittenNumber]:
    """Pieces written side by side as one number: thousands in groups, digits one by one, an account in pairs."""
    digits, joints = atoms[at].digits, ""
    groups = [len(digits)]
    for end in range(at + 1, min(at + MAX_ATOMS + 1, len(atoms))):
        gap = between[end - 1]
        said = bool(atoms[end].words or atoms[end - 1].words)
        if not _JOINT.fullmatch(gap) or (said and gap.strip(" -")) or atoms[end].thousand:
            return
        digits += atoms[end].digits
        groups.append(len(atoms[end].digits))
        joints += _sort(gap)
        if len(digits) > MAX_DIGITS:
            return
        used = atoms[at : end + 1]
        in_thousands = set(joints) == {" "} and groups[0] <= 3 and set(groups[1:]) == {3} and not said
        form = NumberForm.GROUPED if in_thousands else NumberForm.JOINED
        yield WrittenNumber(
            used[0].start,
            used[-1].end,
            NumberForm.SAID_JOINED if any(atom.words for atom in used) else form,
            digits,
            tuple(groups),
            "".join(sorted(set(joints))),
            ordinal=used[-1].ordinal,
            certain=certain(used),
        )


def _sort(gap: str) -> str:
    bare = gap.strip(" \u00a0\u202f")
    return " " if not bare else "-" if bare in "-–—‑" else bare[0]
