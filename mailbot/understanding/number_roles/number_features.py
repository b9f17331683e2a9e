"""What stands around a number of a letter: all that the model of roles sees of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from mailbot.understanding.dial_values.describing_words import DialCue, find_cues
from mailbot.understanding.number_roles.amount_relations import relations
from mailbot.understanding.number_roles.line_shapes import line_shapes, sort_of
from mailbot.understanding.numbers.interpretations import find_numbers
from mailbot.understanding.numbers.number import NumberForm, WrittenNumber
from mailbot.understanding.numbers.number_tokens import find_atoms
from mailbot.understanding.patterns.expression_sets import PatternAlternatives
from mailbot.understanding.text.folding import fold

_TOKEN = re.compile(r"\n|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_+|[ \u00a0]{3,}|\t")
_CELL = re.compile(r"[|;\t]| {3,}|(?<=\s)/(?=\s)")
_STEM = 5
_MAX_NUMBERS = 3_000
"""Ways to read numbers of a part that are looked at: no letter has more, but a list of digits by the thousand has."""
_LAST_WORD = re.compile(r"([^\W\d_]+)[^\w\n]{0,4}$")
_NEXT_WORD = re.compile(r"[^\w\n]{0,4}([^\W\d_]+)")


class Token(NamedTuple):
    """A word, a number, a sign or a line's end; `word` as the model knows it."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class NumberContext:
    """A part of a letter with all that is looked at around its numbers. `quoted` are stretches that are not the writer's own."""

    part: str
    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    numbers: tuple[WrittenNumber, ...]
    pieces: tuple[tuple[int, int, int], ...]
    quoted: tuple[tuple[int, int], ...]
    about: tuple[str, ...]
    cues: tuple[DialCue, ...]
    cue_starts: tuple[int, ...]
    related: Mapping[tuple[int, int, str], tuple[str, ...]]
    shapes: Mapping[int, tuple[str, int]]
    columns: dict[int, tuple[tuple[int, ...], tuple[str, ...]]] = field(default_factory=dict)
    """Of each line that was looked at where its cells end, and their headings."""
    opening: dict[int, int] = field(default_factory=dict)
    known: Mapping[tuple[int, int, str], tuple[str, ...]] = field(default_factory=dict)
    """What the register says of a number (start, end, digits), in a word or two; empty where none is in hand."""
    facts: frozenset[str] = frozenset()
    """All that it says of any of them."""

    def beside(self, known: Mapping[tuple[int, int, str], tuple[str, ...]]) -> NumberContext:
        """The same part with a register in hand."""
        return replace(self, known=known, facts=frozenset(fact for facts in known.values() for fact in facts))

    @property
    def digits(self) -> tuple[tuple[int, int], ...]:
        """The runs of digits, by their place; numerals in words are not among them."""
        return tuple((start, end) for start, end, _ in self.pieces if self.text[start].isdigit())

    def is_quoted(self, place: int) -> bool:
        """Does somebody else say what stands there?"""
        return any(start <= place < end for start, end in self.quoted)

    def pieces_near(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """The runs of digits and of numerals that begin there."""
        return self.pieces[bisect_left(self.pieces, (start,)) : bisect_left(self.pieces, (end,))]


def scene(
    part: str,
    text: str,
    quoted: Sequence[tuple[int, int]] = (),
    about: tuple[str, ...] = (),
) -> NumberContext:
    """The part ready to be asked about its numbers; `about` are features of the letter as a whole."""
    folded = _with_tabs(fold(text), text)
    atoms = find_atoms(folded)
    worded = {atom.start: atom for atom in atoms if atom.words}
    tokens: list[Token] = []
    skip = 0
    for match in _TOKEN.finditer(folded):
        if match.start() < skip:
            continue
        atom = worded.get(match.start())
        if atom is not None:
            tokens.append(Token(atom.start, atom.end, f"<w{len(atom.digits)}>"))
            skip = atom.end
            continue
        tokens.append(Token(match.start(), match.end(), _known_as(match[0])))
    cues = (*find_cues(text), *_units(folded))
    cues = tuple(sorted(cues, key=lambda cue: (cue.start, cue.end)))
    pieces = tuple((atom.start, atom.end, len(atom.digits)) for atom in atoms)
    numbers = find_numbers(folded)[:_MAX_NUMBERS]
    return NumberContext(
        part,
        folded,
        tuple(tokens),
        tuple(t.start for t in tokens),
        tuple(t.end for t in tokens),
        numbers,
        pieces,
        tuple(quoted),
        about,
        cues,
        tuple(cue.start for cue in cues),
        relations(numbers),
        line_shapes(folded),
    )


def _with_tabs(folded: str, text: str) -> str:
    """Tabs divide cells; all other spaces are alike."""
    if "\t" not in text:
        return folded
    return "".join("\t" if sign == "\t" else same for sign, same in zip(text, folded, strict=True))


@lru_cache(maxsize=20_000)
def _known_as(token: str) -> str:
    if token == "\n":
        return "⏎"
    if token[0].isdigit():
        whole, _, rest = token.replace(",", ".").partition(".")
        return f"<{len(whole)}.{len(rest)}>" if rest else f"<{len(whole)}>"
    if token[0].isspace():
        return "␉"
    if token[0].isalpha():
        return token[:_STEM]
    return "-" if token in "–—‑−" else '"' if token in "«»“”„" else token[0]


_UNITS = PatternAlternatives(
    (
        ("u_m3", r"м\s?(?:3|³|\^3)(?!\d)|куб[а-я]*|m3\b"),
        ("u_gcal", r"гкал|гигакал\w*|gcal"),
        ("u_gj", r"гдж|gj\b"),
        ("u_mwh", r"мвт\W{0,2}ч?|mwh"),
        ("u_kwh", r"квт\W{0,2}ч?|kwh"),
        ("u_rub", r"руб\w*|₽|\bр\.|\bкоп\w*"),
        ("u_deg", r"°|градус\w*|\bград\b"),
        ("u_area", r"кв\.?\s?м|м2|м²|квадрат\w*"),
        ("u_time", r"\bчас\w*|\bмин(?:ут\w*)?\b|\bч\b|\bутра\b|\bвечер\w*"
                   r"|\bдн(?:я|ей|и)\b|\bсут\w*|\bнедел\w*|\bмес(?:яц\w*)?\b|\bгод\w*|\bлет\b"),
        ("u_people", r"\bчелов\w*|\bчел\b|\bжильц\w*|\bдет\w*"),
        ("u_percent", r"%|процент\w*"),
        ("u_month", r"\b(?:янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"),
        ("u_day", r"\bчисл[аоуе]\b"),
        ("w_account", r"\bл\W?с\b|\bлицев\w*|\bлиц\b|\bабон\w*|\bсчет\b|\bл\W?сч\b"),
        ("w_contract", r"\bдог(?:овор\w*)?\b|контракт\w*"),
        ("w_meter", r"сч[её]тчик\w*|прибор\w*|\bпу\b|\bипу\b|\bодпу\b|водомер\w*|датчик\w*"),
        ("w_serial", r"зав\w*|серийн\w*|\bs/?n\b"),
        ("w_number", r"№|\bномер\w*|#"),
        ("w_readings", r"показан\w*|\bпок\b|показ\w*"),
        ("w_phone", r"\bтел\w*|\bмоб\w*|\bзвон\w*|\bсот\b"),
        ("w_house", r"\bдом\w*|\bд\b|\bстроен\w*"),
        ("w_street", r"\bул\w*|\bпер\w*|\bпроезд|\bпр-?\w{0,2}т\b|\bмкр\w*|\bтракт"),
        ("w_flat", r"\bкв\w*|\bкомн\w*|\bофис|\bпом\b"),
        ("w_paper", r"\bисх\w*|\bвх\b|\bакт\w*|\bписьм\w*|\bзаявл\w*|\bприказ\w*"),
        ("w_tax", r"\bинн\b|\bкпп\b|\bбик\b|\bр/с|\bк/с|\bогрн\w*"),
        ("w_norm", r"\bнорм\w*|\bтариф\w*|постановлен\w*|\bст(?:ать\w*)?\b|\bпункт\w*"),
    )
)  # fmt: skip


def _units(text: str) -> Iterator[DialCue]:
    """Words that name a unit or a sort of number."""
    for unit in _UNITS.find(text):
        yield DialCue(*unit)


def surroundings(scene: NumberContext, number: WrittenNumber) -> list[str]:
    """The names of all features that hold for the number; each counts once."""
    return list(dict.fromkeys(_features(scene, number)))


def _features(scene: NumberContext, number: WrittenNumber) -> Iterator[str]:
    yield from _own(number)
    yield from _known(scene, number)
    first = bisect_right(scene.ends, number.start)
    last = bisect_left(scene.starts, number.end)
    left = [token.word for token in reversed(scene.tokens[max(0, first - 6) : first])]
    right = [token.word for token in scene.tokens[last : last + 5]]
    left += ["^"] * (6 - len(left))
    right += ["$"] * (5 - len(right))
    size = f"{number.form}{min(len(number.digits.replace('.', '')), 12)}"
    l1, l2, l3 = left[:3]
    r1, r2, r3 = right[:3]
    yield from (
        f"L1={l1}",
        f"L2={l2}",
        f"L3={l3}",
        f"L12={l2} {l1}",
        f"L123={l3} {l2} {l1}",
        f"R1={r1}",
        f"R2={r2}",
        f"R12={r1} {r2}",
        f"R123={r1} {r2} {r3}",
        f"LR={l1}_{r1}",
        f"L12R={l2} {l1}_{r1}",
    )
    yield from (f"L1={l1}&{size}", f"R1={r1}&{size}", f"L12={l2} {l1}&{size}")
    glued_left = number.start and not scene.text[number.start - 1].isspace()
    glued_right = number.end < len(scene.text) and not scene.text[number.end].isspace()
    yield f"glue={'l' if glued_left else ''}{'r' if glued_right else ''}"
    if glued_left:
        yield "gl=" + scene.text[max(0, number.start - 3) : number.start].replace("\n", "⏎")
    yield from _words_near(scene, first, last, size)
    yield from _cues_near(scene, number, size)
    yield from _line(scene, number, first, last, size)
    yield from _beside(scene, number, size)
    yield f"part={scene.part.partition(':')[0]}"
    for name in scene.about:
        yield f"letter={name}"
    if scene.is_quoted(number.start):
        yield "quoted"
        yield f"quoted&{size}"


def _beside(scene: NumberContext, number: WrittenNumber, size: str) -> Iterator[str]:
    """What the words next to the number are, whichever they are; what its amount is to others; lines made alike."""
    before = _LAST_WORD.search(scene.text, max(0, number.start - 40), number.start)
    after = _NEXT_WORD.match(scene.text, number.end, number.end + 40)
    left, right = (sort_of(match[1]) if match else "" for match in (before, after))
    yield f"l is={left}"
    yield f"r is={right}"
    yield f"l is={left}&{size}"
    yield f"lr is={left}_{right}"
    if before:
        yield f"l starts={before[1][:3]}"
        yield f"l ends={before[1][-3:]}"
    for name in scene.related.get((number.start, number.end, number.digits), ()):
        yield name
        yield f"{name}&{'.' in number.digits}"
    start = scene.text.rfind("\n", 0, number.start) + 1
    shape, alike = scene.shapes.get(start, ("", 0))
    if alike > 1:
        yield f"alike={min(alike, 4)}"
        yield f"alike&{size}"
    if len(shape) < 16:
        yield f"line={shape}"
        yield f"line={shape}&{size}"
    opened = scene.text.rfind("(", max(0, number.start - 60), number.start)
    if opened >= 0 and scene.text.find(")", opened, number.start) < 0:
        yield "bracket"
        yield f"bracket&{size}"


def _known(scene: NumberContext, number: WrittenNumber) -> Iterator[str]:
    """What the register says of the number, and whether it knows any other of the part so."""
    if not scene.known:
        return
    facts = scene.known.get((number.start, number.end, number.digits), ())
    for fact in facts:
        yield f"known={fact}"
        yield f"known={fact}&{number.form}{min(len(number.digits.replace('.', '')), 12)}"
    for fact in sorted(scene.facts - set(facts)):
        yield f"elsewhere={fact}"


def _own(number: WrittenNumber) -> Iterator[str]:
    digits = number.digits
    whole, _, rest = digits.partition(".")
    yield f"form={number.form}"
    yield f"n={len(whole)}"
    yield f"d={len(rest)}"
    yield f"form={number.form}&n={len(whole)}.{len(rest)}"
    yield f"groups={'-'.join(map(str, number.groups))}"
    yield f"joint={number.joint}&{number.form}"
    if number.form is NumberForm.CODE:
        yield f"shape={number.joint}"
        return
    if whole.startswith("0") and len(whole) > 1:
        yield f"noughts={min(len(whole) - len(whole.lstrip('0')), 4)}"
    if number.ordinal:
        yield "ordinal"
    if not number.certain:
        yield "uncertain"
    for head in (whole[:1], whole[:2], whole[:3]):
        if len(whole) >= 5:
            yield f"head={head}&{len(whole)}"
    if whole.isdigit() and len(whole) <= 9:
        value = int(whole)
        yield f"size={len(str(value))}"
        if 1990 <= value <= 2035 and not rest:
            yield "year"
        if not rest:
            yield f"small={'12' if value <= 12 else '31' if value <= 31 else '60' if value <= 60 else '100' if value <= 100 else 'more'}"
        if rest and value <= 31 and len(rest) == 2 and int(rest) <= 12:
            yield "like a day"


def _words_near(scene: NumberContext, first: int, last: int, size: str) -> Iterator[str]:
    """The words before and after on the same line, near and far, whatever stands between."""
    seen = 0
    for token in reversed(scene.tokens[max(0, first - 24) : first]):
        if token.word == "⏎":
            break
        if token.word[0].isalpha() and len(token.word) > 1:
            seen += 1
            yield f"lw={token.word}"
            if seen <= 2:
                yield f"lw{seen}={token.word}"
                yield f"lw{seen}={token.word}&{size}"
            if seen >= 8:
                break
    seen = 0
    for token in scene.tokens[last : last + 14]:
        if token.word == "⏎":
            break
        if token.word[0].isalpha() and len(token.word) > 1:
            seen += 1
            yield f"rw={token.word}"
            if seen == 1:
                yield f"rw1={token.word}"
            if seen >= 4:
                break


def _cues_near(scene: NumberContext, number: WrittenNumber, size: str) -> Iterator[str]:
    """The telling words before and after: on the line, and the last of each sort above."""
    start = scene.text.rfind("\n", 0, number.start) + 1
    at = bisect_left(scene.cue_starts, number.start)
    seen: list[str] = []
    for cue in reversed(scene.cues[max(0, at - 12) : at]):
        if cue.end > number.start:
            continue
        near = number.start - cue.end
        if cue.start >= start:
            far = "0" if near <= 2 else "1" if near <= 12 else "2" if near <= 40 else "3"
            if len(seen) < 5:
                seen.append(cue.name)
                yield f"cl{len(seen)}={cue.name}"
            yield f"cl={cue.name}{far}"
            if len(seen) == 1:
                yield f"cl1={cue.name}&{size}"
                between = any(
                    piece[0] >= cue.end and piece[1] <= number.start
                    for piece in scene.pieces_near(cue.end, number.start)
                )
                yield f"cl1={cue.name}{far}{'n' if between else ''}"
        else:
            yield f"ca={cue.name}"
    if seen:
        yield "cls=" + " ".join(seen[:3][::-1])
        yield "cls2=" + " ".join(seen[:2][::-1]) + f"&{size}"
    end = scene.text.find("\n", number.end)
    end = len(scene.text) if end < 0 else end
    at = bisect_left(scene.cue_starts, number.end)
    for nth, cue in enumerate(scene.cues[at : at + 3], 1):
        if cue.start >= end:
            yield f"cb={cue.name}"
            break
        near = cue.start - number.end
        far = "0" if near <= 1 else "1" if near <= 8 else "2"
        yield f"cr{nth}={cue.name}{far}"
        if nth == 1:
            yield f"cr1={cue.name}{far}&{size}"
            if seen:
                yield f"cc={seen[0]}_{cue.name}{far}"


def _line(scene: NumberContext, number: WrittenNumber, first: int, last: int, size: str) -> Iterator[str]:
    start = scene.text.rfind("\n", 0, number.start) + 1
    end = scene.text.find("\n", number.end)
    end = len(scene.text) if end < 0 else end
    head = bisect_left(scene.starts, start)
    opening = _first_word(scene, head)
    label = scene.tokens[opening].word if opening < first else ""
    yield f"head={label}"
    yield f"head={label}&{size}"
    if head >= first:
        yield "opens line"
        above = [token.word for token in scene.tokens[max(0, head - 7) : head] if token.word != "⏎"]
        for word in above[-3:]:
            yield f"above={word}"
        if above:
            yield f"above1={above[-1]}"
    if (last < len(scene.tokens) and scene.tokens[last].word == "⏎") or last >= len(scene.tokens):
        yield "ends line"
        if head >= first:
            yield f"alone&{size}"
    pieces = scene.pieces
    opens, ends = bisect_left(pieces, (start,)), bisect_left(pieces, (end,))
    before, after = bisect_left(pieces, (number.start,)), bisect_left(pieces, (number.end,))
    if before > opens and pieces[before - 1][1] > number.start:
        before -= 1
    yield f"nth={min(before - opens, 5)}"
    yield f"left={min(max(ends - after, 0), 5)}"
    yield f"in line={min(ends - opens, 8)}"
    if before > opens:
        yield f"prev={pieces[before - 1][2]}"
        yield f"prev={pieces[before - 1][2]}&{size}"
    if after < ends:
        yield f"next={pieces[after][2]}"
        yield f"next={pieces[after][2]}&{size}"
    yield from _column(scene, number, start, end, size)
    yield f"in letter={min(len(scene.pieces), 30) // 3}"


def _first_word(scene: NumberContext, head: int) -> int:
    """The first token of letters from there on, on that line; found once a line."""
    if head not in scene.opening:
        at = head
        while (
            at < len(scene.tokens) and scene.tokens[at].word != "⏎" and not scene.tokens[at].word[0].isalpha()
        ):
            at += 1
        on_line = at < len(scene.tokens) and scene.tokens[at].word != "⏎"
        scene.opening[head] = at if on_line else len(scene.tokens)
    return scene.opening[head]


_MIN_CELLS = 3


def _column(scene: NumberContext, number: WrittenNumber, start: int, end: int, size: str) -> Iterator[str]:
    """The heading above the number's cell, where the lines are divided into cells alike."""
    if start not in scene.columns:
        cuts = tuple(start + cut.end() for cut in _CELL.finditer(scene.text[start:end]))
        count = len(cuts) + 1
        scene.columns[start] = (
            cuts,
            tuple(_heading(scene.text, start, count)) if count >= _MIN_CELLS else (),
        )
    cuts, headings = scene.columns[start]
    if len(cuts) + 1 < _MIN_CELLS:
        return
    at = bisect_right(cuts, number.start)
    yield f"cell={min(at, 9)}of{min(len(cuts) + 1, 9)}"
    if at < len(headings):
        for word in re.findall(r"[^\W\d_]+", headings[at])[:4]:
            yield f"column={word[:_STEM]}"
            yield f"column={word[:_STEM]}&{size}"
        for cue in find_cues(headings[at]):
            yield f"column cue={cue.name}"
        for cue in _units(headings[at]):
            yield f"column cue={cue.name}"


def _heading(text: str, start: int, count: int) -> list[str]:
    """The cells of the nearest line above with as many cells, most of them words."""
    bottom = start - 1
    for _ in range(40):
        if bottom <= 0:
            return []
        top = text.rfind("\n", 0, bottom) + 1
        cells = _CELL.split(text[top:bottom])
        letters = sum(any(sign.isalpha() for sign in cell) for cell in cells)
        if len(cells) == count and letters * 2 > len(cells):
            return cells
        if not text[top:bottom].strip():
            return []
        bottom = top - 1
    return []
