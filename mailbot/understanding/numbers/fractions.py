"""Whole numbers with a fraction, in figures and in words, however the writer says where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.understanding.numbers.number import NumberForm, WrittenNumber
from mailbot.understanding.numbers.number_tokens import NumberAtom

MAX_DECIMALS = 6
_MIN_SPACED, _MAX_SPACED = 4, 12
_MAX_GROUPS = 3
_HALF = re.compile(r"\s{1,2}с\s{1,2}половин\w{2,3}")
_POINT = re.compile(r"\s{0,2}(?:[.,]|цел(?:ых|ая|ой|ые|ое|\.)(?:\s+и)?,?|ц\.|запят\w{2,3}|точка)\s{0,2}")
_TIGHT = re.compile(r"[.,]")
_LOOSE = re.compile(r" ?[.,] ?")
_AND = re.compile(r" (?:и|с) ")
_APART = re.compile(
    r"[^\d\n]{0,30}?(?:красн\w{2,6}|(?:после|за|через|опосля)\s(?:зап[яие]\w{2,3}|точк\w{1,2})|дробн\w{2,3}(?:\sчаст\w{1,2})?)"
    r"[^\d\n]{0,12}"
)
"""«00417 красные 058», «27, а за точкой 915»: the fraction of a dial named by itself."""
_MAX_APART = 60
_NAMED = re.compile(r"красн(?:ые|ых|ым|еньк)|зап[яие]\w{2,3}|точк|дробн|цел")
"""Words that leave no doubt what follows them; «красный 77» may be a meter of its own."""
_COUNTED = re.compile(r"\s(?:цифр\w*\s)?красн\w{2,6}[^\w\n]{1,3}")
"""«819 и три красненькие 442»: how many digits of the fraction follow."""
_GOES_ON = re.compile(r"[^\d\n.;]{0,25}?(?<!\w)(?:и|да|ещ[её]|плюс)\s(?:ещ[её]\s)?")
_NAMED_BEHIND = re.compile(
    r"\s?\(?(?:(?P<one>красная|красненькая)|(?:цифр\w*\s)?красн(?:ые|ых|еньк\w+)|(?:после|за|через)\s(?:зап[яие]\w{2,3}|точк\w{1,2}))\b"
)
"""«00091, там ещё 5 и 2 и 8 красные», «54 куба и ещё 2 (после запятой)»."""
_BLANK = re.compile(r"[ \u00a0\u202f]{1,2}")
_LISTED = re.compile(r",?[ \u00a0\u202f]{1,2}")
_FRACTIONS = (
    (re.compile(r"\s?десят(?:ых|ая|ые|\.)?"), 1),
    (re.compile(r"\s?сот(?:ых|ая|ые|\.)"), 2),
    (re.compile(r"\s?тысячн(?:ых|ая|ые|\.)"), 3),
)


def find_decimals(
    text: str, atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int
) -> Iterator[WrittenNumber]:
    """«345,12», «345 целых 2 десятых», «двести запятая ноль пять», «пятьдесят один и две», «4 218,60»."""
    whole = atoms[at].digits
    if half := _HALF.match(text, atoms[at].end):
        yield WrittenNumber(
            atoms[at].start, half.end(), NumberForm.DECIMAL, f"{whole}.5", (len(whole), 1), "h"
        )
    yield from _spaced(atoms, between, at)
    yield from _marked(atoms, between, at)
    for last in range(at, min(at + 3, len(atoms) - 1)):
        if last > at:
            said = atoms[last].words or atoms[last - 1].words
            if said or len(atoms[last].digits) != 3 or not _BLANK.fullmatch(between[last - 1]):
                return
            whole += atoms[last].digits
        if joint := _point(between[last]):
            yield from _fractions(text, atoms, between, at, last, whole, joint)
        yield from _counted(atoms, between, at, last, whole)
        if _GOES_ON.fullmatch(between[last]):
            yield from _named_behind(text, atoms, between, at, last, whole)


def _point(gap: str) -> str:
    """One sign for what stands between a whole number and its fraction; '' where nothing does."""
    for sign, pattern in ((".", _TIGHT), (";", _LOOSE), ("p", _POINT), ("&", _AND)):
        if pattern.fullmatch(gap):
            return sign
    return "r" if len(gap) <= _MAX_APART and _APART.fullmatch(gap) else ""


def _fractions(
    text: str,
    atoms: tuple[NumberAtom, ...],
    between: tuple[str, ...],
    at: int,
    last: int,
    whole: str,
    joint: str,
) -> Iterator[WrittenNumber]:
    part = ""
    for end in range(last + 1, min(last + 5, len(atoms))):
        said = atoms[end].words and atoms[end - 1].words
        if end > last + 1 and not (
            said and (_LISTED if joint == "r" else _BLANK).fullmatch(between[end - 1])
        ):
            return
        part += atoms[end].digits
        if len(part) > MAX_DECIMALS:
            return
        used = atoms[at : end + 1]
        stop, tail, sign = used[-1].end, part, joint
        for pattern, places in _FRACTIONS:
            if len(part) <= places and (named := pattern.match(text, used[-1].end)):
                stop, tail, sign = named.end(), part.zfill(places), "t"
                break
        lengths = (*(len(atom.digits) for atom in atoms[at : last + 1]), len(tail))
        yield WrittenNumber(
            used[0].start,
            stop,
            NumberForm.DECIMAL,
            f"{whole}.{tail}",
            lengths,
            sign,
            certain=certain(used),
            named=sign == "t" or (joint in {"r", "p"} and bool(_NAMED.search(between[last]))),
        )


def _spaced(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> Iterator[WrittenNumber]:
    """«0 0 4 1 7 , 8 0 5»: every digit by itself."""
    if len(atoms[at].digits) > 1 or atoms[at].words or (at and _is_next_digit(atoms, between, at - 1)):
        return  # not the first digit of a row
    end, cuts = at, list[int]()
    while end + 1 < len(atoms) and end - at < _MAX_SPACED and _is_next_digit(atoms, between, end):
        end += 1
        if not _BLANK.fullmatch(between[end - 1]):
            cuts.append(end - at)
    used = atoms[at : end + 1]
    if len(cuts) == 1 and len(used) >= _MIN_SPACED:
        digits = "".join(atom.digits for atom in used)
        whole, tail = digits[: cuts[0]], digits[cuts[0] :]
        lengths = len(whole), len(tail)
        yield WrittenNumber(
            used[0].start, used[-1].end, NumberForm.DECIMAL, f"{whole}.{tail}", lengths, ";", named=True
        )


def _is_next_digit(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> bool:
    """Do two single digits stand side by side, with a blank or a point between them?"""
    single = len(atoms[at].digits) == len(atoms[at + 1].digits) == 1
    said = atoms[at].words or atoms[at + 1].words
    return single and not said and bool(_BLANK.fullmatch(between[at]) or _LOOSE.fullmatch(between[at]))


def _marked(atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int) -> Iterator[WrittenNumber]:
    """«1.877,30», «2,104.75»: one sign between thousands, another before the fraction."""
    last = at
    while (
        last + 1 < len(atoms)
        and last - at < _MAX_GROUPS
        and len(atoms[last + 1].digits) == 3
        and between[last] in {".", ",", "'", "’"}
        and between[last] == between[at]
    ):
        last += 1
    behind = between[last] if last < len(between) else ""
    if last == at or len(atoms[at].digits) > 3 or behind not in {".", ","} or behind == between[at]:
        return
    used = atoms[at : last + 2]
    if not any(atom.words for atom in used) and len(used[-1].digits) <= 3:
        whole = "".join(atom.digits for atom in used[:-1])
        lengths = tuple(len(atom.digits) for atom in used)
        digits = f"{whole}.{used[-1].digits}"
        yield WrittenNumber(used[0].start, used[-1].end, NumberForm.DECIMAL, digits, lengths, ".", named=True)


def _counted(
    atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int, last: int, whole: str
) -> Iterator[WrittenNumber]:
    if last + 2 >= len(atoms) or not _COUNTED.fullmatch(between[last + 1]):
        return
    count, tail = atoms[last + 1], atoms[last + 2]
    if count.digits == str(len(tail.digits)) and not tail.words and len(between[last]) <= _MAX_APART:
        lengths = (*(len(atom.digits) for atom in atoms[at : last + 1]), len(tail.digits))
        digits = f"{whole}.{tail.digits}"
        yield WrittenNumber(atoms[at].start, tail.end, NumberForm.DECIMAL, digits, lengths, "r", named=True)


def _named_behind(
    text: str, atoms: tuple[NumberAtom, ...], between: tuple[str, ...], at: int, last: int, whole: str
) -> Iterator[WrittenNumber]:
    """The fraction, digit by digit or whole, and behind it the words that say what it is."""
    tail = ""
    for end in range(last + 1, min(last + 4, len(atoms))):
        if end > last + 1 and not (
            len(atoms[end].digits) == 1 and (_LISTED.fullmatch(between[end - 1]) or between[end - 1] == " и ")
        ):
            return
        tail += atoms[end].digits
        places = next((n for pattern, n in _FRACTIONS if pattern.match(text, atoms[end].end)), 0)
        named = _NAMED_BEHIND.match(text, atoms[end].end)
        lengths = (*(len(atom.digits) for atom in atoms[at : last + 1]), len(tail))
        if places >= len(tail):
            digits = f"{whole}.{tail.zfill(places)}"
        elif named and len(tail) <= (1 if named["one"] else 3):
            digits = f"{whole}.{tail}"
        else:
            continue
        yield WrittenNumber(
            atoms[at].start, atoms[end].end, NumberForm.DECIMAL, digits, lengths, "r", named=True
        )
        return


def certain(atoms: tuple[NumberAtom, ...]) -> bool:
    """Is every digit and word of the atoms plainly what it is read as?"""
    return not any(atom.letters or atom.slip for atom in atoms)
