"""Every way in which a stretch of a text may be read as a number; where there are several, all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from mailbot.understanding.numbers.atoms import Atom, find_atoms, gaps

MOST_DIGITS = 24
MOST_DECIMALS = 6
MOST_ATOMS = 12
"""Pieces of one number, digit by digit."""


class Form(StrEnum):
    """How a number is written."""

    PLAIN = "plain"  # 345
    DECIMAL = "decimal"  # 345,12; 345 целых 2 десятых; триста сорок пять запятая два
    GROUPED = "grouped"  # 12 345; 12 345,6
    JOINED = "joined"  # 47 103 25; 8 (912) 345-67-89; 5 8 0 0 1
    SAID = "said"  # триста сорок пять
    SAID_JOINED = "said_joined"  # сорок семь ноль ноль три
    DATE = "date"  # 24.11.2026
    CLOCK = "clock"  # 19:30
    MIXED = "mixed"  # 12 тысяч 300
    CODE = "code"  # ТС-0391, 15-тсн, 12а, 8/1


@dataclass(frozen=True, slots=True)
class Number:
    """Characters `start`..`end` may be the number that `digits` writes: a plain decimal, leading noughts kept.

    `groups` are the lengths of its pieces, `joint` what stands between them, one sign for each sort. `certain` is
    less than 1 where letters stand for digits or a word was mistyped.
    """

    start: int
    end: int
    form: Form
    digits: str
    groups: tuple[int, ...] = ()
    joint: str = ""
    ordinal: bool = False
    certain: bool = True

    @property
    def value(self) -> Decimal:
        """The number, ≥ 0; of a date, an hour or a code the first that stands in it."""
        first = _FIRST.search(self.digits) if self.form in _MANY else None
        return Decimal(first[0] if first else self.digits or "0")


_MANY = frozenset({Form.DATE, Form.CLOCK, Form.CODE})
_FIRST = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(r"\s{0,2}(?:[.,]|цел(?:ых|ая|ой|ые|ое|\.)(?:\s+и)?,?|ц\.|запят\w{2,3}|точка)\s{0,2}")
_TIGHT = re.compile(r"[.,]")
_LOOSE = re.compile(r" ?[.,] ?")
_AND = re.compile(r" (?:и|с) ")
_APART = re.compile(
    r"[^\d\n]{0,30}?(?:красн\w{2,6}|(?:после|за|через|опосля)\s(?:зап[яие]\w{2,3}|точк\w{1,2})|дробн\w{2,3}(?:\sчаст\w{1,2})?)"
    r"[^\d\n]{0,12}"
)
"""«00417 красные 058», «27, а за точкой 915»: the fraction of a dial named by itself."""
_MOST_APART = 60
_BLANK = re.compile(r"[ \u00a0\u202f]{1,2}")
_LISTED = re.compile(r",?[ \u00a0\u202f]{1,2}")
_JOINT = re.compile(
    r"[ \u00a0\u202f]{1,2}|[ \u00a0]?[-–—‑][ \u00a0]?|/|\.|[ \u00a0]?\([ \u00a0]?|[ \u00a0]?\)[ \u00a0-]?"
)
_FRACTIONS = (
    (re.compile(r"\s?десят(?:ых|ая|ые|\.)?"), 1),
    (re.compile(r"\s?сот(?:ых|ая|ые|\.)"), 2),
    (re.compile(r"\s?тысячн(?:ых|ая|ые|\.)"), 3),
)
_CODE = re.compile(
    r"(?<![\w/-])(?:[^\W\d_]{1,5}\s?[-–/№]\s?\d{1,8}(?:[/-]\d{1,6})?(?:[-/][^\W\d_]{1,4})?|[^\W\d_]{1,4}\d{2,8}"
    r"|\d{1,8}\s?[-/]\s?[^\W\d_]{1,4}(?:[-/]\d{1,6})?|\d{1,3}\s?[а-дa-d]|\d{1,4}/\d{1,4}[а-д]?)(?![\w/]|-\d|[.,]\d)"
)
_HALF = re.compile(r"\s{1,2}с\s{1,2}половин\w{2,3}")
_THOUSAND = re.compile(r"\s?(?:тысяч[аиу]?|тыщ[аиу]?|тыс\.?)\s?")


@lru_cache(maxsize=8)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number that stands, or may stand, in a text (folded: lower case, same length), by its place.

    Overlapping ones are readings that exclude each other: «47 103 25» as one, as three and as two.
    """
    atoms = find_atoms(text)
    between = gaps(text, atoms)
    found: dict[tuple[int, int, str], Number] = {}
    for code in _codes(text):
        found[(code.start, code.end, code.digits)] = code
    for at in range(len(atoms)):
        for number in _from(text, atoms, between, at):
            found.setdefault((number.start, number.end, number.digits), number)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def _codes(text: str) -> Iterator[Number]:
    """Letters and digits in one: contracts, serials, houses with a letter."""
    for match in _CODE.finditer(text):
        written = re.sub(r"[\s№]", "", match[0])
        lengths = tuple(len(piece) for piece in re.findall(r"\d+", written))
        yield Number(match.start(), match.end(), Form.CODE, written, lengths, _shape(written))


def _shape(written: str) -> str:
    """«ТС-0391» is «A-9», «12а» is «9a»."""
    one = re.sub(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", "a", written)
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]{2,}", "A", one))


def _from(text: str, atoms: tuple[Atom, ...], between: tuple[str, ...], at: int) -> Iterator[Number]:
    first = atoms[at]
    yield Number(
        first.start,
        first.end,
        Form.SAID if first.words else Form.PLAIN,
        first.digits,
        (len(first.digits),),
        ordinal=first.ordinal,
        certain=not (first.letters or first.slip),
    )
    if half := _HALF.match(text, first.end):
        lengths = (len(first.digits), 1)
        yield Number(first.start, half.end(), Form.DECIMAL, f"{first.digits}.5", lengths, "h")
    if not first.words:
        yield from _thousands(text, atoms, at)
    yield from _decimals(text, atoms, between, at)
    if not first.words:
        yield from _clocks(atoms, between, at)
        yield from _dates(atoms, between, at)
    yield from _joined(atoms, between, at)


def _certain(atoms: tuple[Atom, ...]) -> bool:
    return not any(atom.letters or atom.slip for atom in atoms)


def _decimals(text: str, atoms: tuple[Atom, ...], between: tuple[str, ...], at: int) -> Iterator[Number]:
    """«345,12», «345 целых 2 десятых», «двести запятая ноль пять», «пятьдесят один и две», «4 218,60»."""
    whole = atoms[at].digits
    for last in range(at, min(at + 3, len(atoms) - 1)):
        if last > at:
            said = atoms[last].words or atoms[last - 1].words
            if said or len(atoms[last].digits) != 3 or not _BLANK.fullmatch(between[last - 1]):
                return
            whole += atoms[last].digits
        if joint := _point(between[last]):
            yield from _fractions(text, atoms, between, at, last, whole, joint)


def _point(gap: str) -> str:
    """One sign for what stands between a whole number and its fraction; '' where nothing does."""
    for sign, pattern in ((".", _TIGHT), (";", _LOOSE), ("p", _POINT), ("&", _AND)):
        if pattern.fullmatch(gap):
            return sign
    return "r" if len(gap) <= _MOST_APART and _APART.fullmatch(gap) else ""


def _fractions(
    text: str, atoms: tuple[Atom, ...], between: tuple[str, ...], at: int, last: int, whole: str, joint: str
) -> Iterator[Number]:
    part = ""
    for end in range(last + 1, min(last + 5, len(atoms))):
        said = atoms[end].words and atoms[end - 1].words
        if end > last + 1 and not (
            said and (_LISTED if joint == "r" else _BLANK).fullmatch(between[end - 1])
        ):
            return
        part += atoms[end].digits
        if len(part) > MOST_DECIMALS:
            return
        used = atoms[at : end + 1]
        stop, tail, sign = used[-1].end, part, joint
        for pattern, places in _FRACTIONS:
            if len(part) <= places and (named := pattern.match(text, used[-1].end)):
                stop, tail, sign = named.end(), part.zfill(places), "t"
                break
        lengths = (*(len(atom.digits) for atom in atoms[at : last + 1]), len(tail))
        yield Number(
            used[0].start, stop, Form.DECIMAL, f"{whole}.{tail}", lengths, sign, certain=_certain(used)
        )


def _thousands(text: str, atoms: tuple[Atom, ...], at: int) -> Iterator[Number]:
    """«12 тысяч 300», «12 тысяч»: digits and a word."""
    first = atoms[at]
    named = _THOUSAND.match(text, first.end)
    count = int(first.digits) if len(first.digits) <= 6 else 0
    if named is None or not count:
        return
    lengths = (len(first.digits),)
    yield Number(
        first.start, named.end() - named[0].endswith(" "), Form.MIXED, str(count * 1000), lengths, "k"
    )
    following = [atom for atom in atoms[at + 1 : at + 3] if not atom.thousand]
    if not following:
        return
    rest = following[0]
    if rest.start <= named.end() + 1 and len(rest.digits) <= 3:
        whole = count * 1000 + int(rest.digits)
        yield Number(first.start, rest.end, Form.MIXED, str(whole), (*lengths, len(rest.digits)), "k")
    elif rest.words and int(rest.digits[:9]) // 1000 == 1 and rest.start <= first.end + 2:
        whole = count * 1000 + int(rest.digits) - 1000  # «тысяч триста» is read as one number
        yield Number(first.start, rest.end, Form.MIXED, str(whole), (*lengths, 3), "k")


def _clocks(atoms: tuple[Atom, ...], between: tuple[str, ...], at: int) -> Iterator[Number]:
    """«19:30»."""
    if at + 1 >= len(atoms) or atoms[at + 1].words or between[at] != ":":
        return
    hours, minutes = atoms[at], atoms[at + 1]
    if len(minutes.digits) == 2 and len(hours.digits) <= 2:
        written = f"{hours.digits}:{minutes.digits}"
        yield Number(hours.start, minutes.end, Form.CLOCK, written, (len(hours.digits), 2), ":")


def _dates(atoms: tuple[Atom, ...], between: tuple[str, ...], at: int) -> Iterator[Number]:
    """«24.11.2026», «24/11/26», «2026-11-24»."""
    three = atoms[at : at + 3]
    if len(three) < 3 or between[at] != between[at + 1] or between[at] not in {".", "/", "-"}:
        return
    lengths = tuple(len(atom.digits) for atom in three)
    if any(atom.words for atom in three):
        return
    if lengths == (4, 2, 2) or (lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] in {2, 4}):
        written = "-".join(atom.digits for atom in three)
        yield Number(three[0].start, three[2].end, Form.DATE, written, lengths, between[at])


def _joined(atoms: tuple[Atom, ...], between: tuple[str, ...], at: int) -> Iterator[Number]:
    """Pieces written side by side as one number: thousands in groups, digits one by one, an account in pairs."""
    digits, joints = atoms[at].digits, ""
    groups = [len(digits)]
    for end in range(at + 1, min(at + MOST_ATOMS + 1, len(atoms))):
        gap = between[end - 1]
        said = bool(atoms[end].words or atoms[end - 1].words)
        if not _JOINT.fullmatch(gap) or (said and gap.strip(" -")) or atoms[end].thousand:
            return
        digits += atoms[end].digits
        groups.append(len(atoms[end].digits))
        joints += _sort(gap)
        if len(digits) > MOST_DIGITS:
            return
        used = atoms[at : end + 1]
        in_thousands = set(joints) == {" "} and groups[0] <= 3 and set(groups[1:]) == {3} and not said
        form = Form.GROUPED if in_thousands else Form.JOINED
        yield Number(
            used[0].start,
            used[-1].end,
            Form.SAID_JOINED if any(atom.words for atom in used) else form,
            digits,
            tuple(groups),
            "".join(sorted(set(joints))),
            ordinal=used[-1].ordinal,
            certain=_certain(used),
        )


def _sort(gap: str) -> str:
    bare = gap.strip(" \u00a0\u202f")
    return " " if not bare else "-" if bare in "-–—‑" else bare[0]
