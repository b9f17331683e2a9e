"""Tables of a plain text whose columns only blanks tell apart, or whose tabs were lost on the way.

A heading is a line made of nothing but the names of columns («Счётчик было стало», «Дата t1 t2 V1 M1 Q ВНР»,
«на 23.10 на 23.11»). The numbers of a row below it stand at its end in the order of the heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_MONTH = r"(?:янв|фев|мар|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек)[а-яё]*\.?"
_DAY = rf"(?:на\s+|за\s+)?(?:\d\d\.\d\d(?:\.(?:20)?\d\d)?\.?(?:\s?г\.?)?|(?:\d\d?\s)?{_MONTH}(?:\s20\d\d)?)"
_OF_PERIOD = r"(?:\s+(?:отч[её]тн\w+\s+)?(?:период\w*|месяц\w*|мес\.?))?"
_OF_DIAL = r"(?:\s+(?:показ\w*\.?|знач\w*\.?))?"
_UNIT = (
    r"(?:гкал(?:/ч)?|гдж|мвт\W?ч|квт\W?ч|м3|м³|т/ч|т|[°º]?[cс]|ч|час\w*|мпа|кгс/см2|кгс|gcal|gj|mwh|kwh|m3)"
)
_OF_UNIT = rf"(?:\s?[,(\[]\s?{_UNIT}[)\]]?|(?<=[qq])\s{_UNIT})?"
_NUMBERS = (
    r"(?:показ\w*\.?\s+)?(?:предыд\w*\.?|пред\.?|прошл\w*|прежн\w*|было|была|начальн\w*|(?:на\s+)?(?:начало|нач\.?)" + _OF_PERIOD + r"|до"
    r"|текущ\w*|тек\.?|стало|стала|конечн\w*|(?:на\s+)?(?:конец|кон\.?)" + _OF_PERIOD + r"|нов(?:ое|ые)|сейчас|сегодня|после|последн\w*"
    r"|расход\w*|разниц\w*|разность|потребл\w*|за\s+период|за\s+месяц|израсход\w*|итого)" + _OF_DIAL + _OF_UNIT,
    _DAY,
    r"(?:q|v|m|g|t|p|е|e|м|т|р|dt|δt)\s?(?:\d|сум|тв\s?\d|раб|нар|пот|общ|и|р)?" + _OF_UNIT,
    r"(?:внр|внп|внр?р|бнр|тнар|траб|tнар|tраб|нараб\w*|часы|нс)\.?" + _OF_UNIT,
    r"(?:энергия|тепло(?:вая\s+энергия|энергия)?|отопление|масса|объ[её]м|температура|т\s?под\.?|т\s?обр\.?)" + _OF_UNIT,
    r"(?:гвс|хвс|гор\w*\.?(?:\s+вод[аы])?|хол\w*\.?(?:\s+вод[аы])?|кухня|ванная|ванна|санузел)"
    r"(?:\s+(?:кухня|ванная|ванна|санузел|туалет))?" + _OF_UNIT,
)  # fmt: skip
_LABELS = (
    r"дата(?:\s+и\s+время|/время)?|время|месяц|период|(?:тип\s+)?сч[её]тчик\w*|прибор\w*(?:\s+уч[её]та)?|№\s?(?:п/п|сч[её]тчика|прибора|пу|ипу|кв\.?|квартиры)?"
    r"|номер(?:\s+(?:сч[её]тчика|прибора))?|зав\.?\s?(?:№|номер)|заводской\s+номер|серийный\s+номер|тип|вид|ресурс|услуга|объект|адрес|дом|кв\.?|квартира|помещение"
    r"|параметр|наименование|л/с|лицевой(?:\s+сч[её]т)?|лс|абонент|место|что|ввод|узел|ед\.?(?:\s?изм\.?)?|показан\w*|данные|контур",
)
_SEPARATOR = r"[\s,;:/|()\[\]–—-]*"
_COLUMN = re.compile(
    rf"{_SEPARATOR}(?:(?P<number>{'|'.join(_NUMBERS)})|(?P<label>{'|'.join(_LABELS)}))(?![\w])", re.IGNORECASE
)
# «Отправляем данные. Было / стало:»: the last words of a line of prose
_TAIL = re.compile(
    r"(?P<first>\b(?:было|пред\w*\.?|стар\w*|прошл\w*))\s*[/|\\–—-]\s*(?P<second>(?:стало|тек\w*\.?|нов\w*|сейчас|настоящ\w*))\W*$",
    re.IGNORECASE,
)
_ONLY_SEPARATORS = re.compile(_SEPARATOR)
_UNITS_LINE = re.compile(rf"\s*(?:{_UNIT}\s+)+{_UNIT}\s*", re.IGNORECASE)
_NUMERIC = re.compile(
    rf"(?P<number>(?:\d{{1,3}}(?:[ \u00a0]\d{{3}})+|\d+)(?:[.,]\d+)?)(?:\s?{_UNIT}\.?)?|[-–—]{{1,3}}",
    re.IGNORECASE,
)
_WORD_OF_UNIT = re.compile(rf"{_UNIT}\.?", re.IGNORECASE)
_WIDE = re.compile(r"[^\s/|>→]+(?:\s[^\s/|>→]+)*")
_NARROW = re.compile(r"[^\s/|>→]+")
_ARROW_MARK = re.compile(r"[-=]>")
_SLASHED_DAY = re.compile(r"(\d\d)/(\d\d)/(?=\d\d)")
_MEASURED = re.compile(
    r"\s*(?:t|p|т|р|dt|δt|g)\s?\d?(?:\s?[,(].*)?$|\s*температ|\s*т\s?(?:под|обр)", re.IGNORECASE
)
_RECORD = re.compile(r"\s*(?:Q|V|M|t)\d?\b|\s*энергия", re.IGNORECASE)
_TITLE = re.compile(r"интегр|нараст|накопл|тотальн|итогов|показани", re.IGNORECASE)
_SERIAL_DIGITS = 5
_NEAR = 5  # characters between a number and the heading it stands under
_MAX_LINE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Characters `start`..`end` (half-open) of a line."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableHeading:
    """The columns of a heading, labels before numbers; `at` are the numbers' places in the line.

    `texts` name all columns; the first `labels` of them are labels. `record`: a heat meter's own record.
    """

    texts: tuple[str, ...]
    labels: int
    at: tuple[LineSpan, ...]
    record: bool

    @property
    def numbers(self) -> int:
        return len(self.at)


def head_of(line: str) -> TableHeading | None:
    """The heading a line is, None where it is none; two columns of numbers at least."""
    if len(line) > _MAX_LINE_LENGTH:
        return None
    labels: list[str] = []
    numbers: list[LineSpan] = []
    position = 0
    while match := _COLUMN.match(line, position):
        name = "number" if match["number"] else "label"
        if name == "number":
            numbers.append(LineSpan(*match.span(name)))
        elif numbers:
            return None  # a label behind the numbers: their order is not known
        else:
            labels.append(match[name])
        position = match.end()
    if _ONLY_SEPARATORS.fullmatch(line, position):
        return _head(line, labels, numbers) if len(numbers) > 1 else None
    if tail := _TAIL.search(line):
        return _head(line, [], [LineSpan(*tail.span("first")), LineSpan(*tail.span("second"))])
    return None


def _head(line: str, labels: list[str], numbers: list[LineSpan]) -> TableHeading:
    texts = (*(labels or [""]), *(line[number.start : number.end] for number in numbers))
    return TableHeading(texts, len(labels) or 1, tuple(numbers), any(_RECORD.match(text) for text in texts))


def with_units(head: TableHeading, line: str) -> TableHeading | None:
    """The heading with the units that the line below it tells («°C °C м3 т Гкал ч»), None where it tells none."""
    if not _UNITS_LINE.fullmatch(line):
        return None
    units = line.split()
    if len(units) != head.numbers:
        return None
    headings = (f"{text}, {unit}" for text, unit in zip(head.texts[head.labels :], units, strict=True))
    return TableHeading((*head.texts[: head.labels], *headings), head.labels, head.at, head.record)


def continues_table(line: str, head: TableHeading) -> bool:
    """Does a line without cells leave the table open: an empty one, or a title inside a record?"""
    return not line.strip() or (head.record and (len(line) < 60 or bool(_TITLE.search(line))))


def cells_of(line: str, head: TableHeading) -> tuple[LineSpan, ...] | None:
    """A cell for each column of the heading (empty ones too); None where the line is no row of it."""
    plain = _SLASHED_DAY.sub(r"\1.\2.", _ARROW_MARK.sub("> ", line))
    for pattern in (_WIDE, _NARROW):
        pieces = [LineSpan(*match.span()) for match in pattern.finditer(plain)]
        end = pieces[-1].end if pieces else 0
        while len(pieces) > 1 and _WORD_OF_UNIT.fullmatch(plain, pieces[-1].start, pieces[-1].end):
            pieces.pop()
        tail = _numbers_at_end(plain, pieces)
        if len(tail) >= head.numbers:
            return _right_aligned(plain, pieces, tail, head, end)
    placed = _placed(tail, head) if tail else None
    if placed is None:
        return None
    return (*_labels(plain, pieces[: len(pieces) - len(tail)], head), *placed)


def _numbers_at_end(line: str, pieces: list[LineSpan]) -> list[LineSpan]:
    tail: list[LineSpan] = []
    for piece in reversed(pieces):
        if not _NUMERIC.fullmatch(line, piece.start, piece.end):
            break
        tail.insert(0, piece)
    return tail


def _right_aligned(
    line: str, pieces: list[LineSpan], tail: list[LineSpan], head: TableHeading, end: int
) -> tuple[LineSpan, ...] | None:
    own = tail[-head.numbers :]
    before = tail[: -head.numbers]
    if any(piece.end - piece.start < _SERIAL_DIGITS for piece in before[1:] or before) and not _numbers_label(
        head, before
    ):
        return None  # more numbers than columns: which is which?
    labels = pieces[: len(pieces) - head.numbers]
    own[-1] = LineSpan(own[-1].start, end)
    return (*_labels(line, labels, head), *own)


def _numbers_label(head: TableHeading, before: list[LineSpan]) -> bool:
    """«№ | Счётчик» and «кв.» are labels that are numbers themselves."""
    named = [text for text in head.texts[: head.labels] if text]
    return bool(named) and len(before) <= len(named)


def _labels(line: str, pieces: list[LineSpan], head: TableHeading) -> tuple[LineSpan, ...]:
    """The label cells: one a column where they are as many, else the first ones hold a word each, the last the rest."""
    if not pieces:
        return (LineSpan(0, 0),) * head.labels
    whole = LineSpan(pieces[0].start, pieces[-1].end)
    if head.labels == 1:
        return (whole,)
    if len(pieces) < head.labels:
        words = [LineSpan(*match.span()) for match in _NARROW.finditer(line, whole.start, whole.end)]
        pieces = (
            words if len(words) >= head.labels else [whole, *[LineSpan(whole.end, whole.end)] * head.labels]
        )
    first = pieces[: head.labels - 1]
    rest = pieces[head.labels - 1 :]
    return (*first, LineSpan(rest[0].start, rest[-1].end))


def _placed(tail: list[LineSpan], head: TableHeading) -> list[LineSpan] | None:
    """Fewer numbers than columns: integrators stand under no temperature, others where they are aligned."""
    columns = range(head.numbers)
    summed = [at for at in columns if not _MEASURED.match(head.texts[head.labels + at])]
    chosen = summed if head.record and len(summed) == len(tail) else _by_place(tail, head)
    if chosen is None:
        return None
    cells = [LineSpan(tail[0].start, tail[0].start)] * head.numbers
    for at, piece in zip(chosen, tail, strict=True):
        cells[at] = piece
    return cells


def _by_place(tail: list[LineSpan], head: TableHeading) -> list[int] | None:
    chosen = []
    for piece in tail:
        far = [_distance(piece, column) for column in head.at]
        nearest = min(range(len(far)), key=far.__getitem__)
        if far[nearest] > _NEAR:
            return None
        chosen.append(nearest)
    return chosen if all(position < other for position, other in pairwise(chosen)) else None


def _distance(one: LineSpan, other: LineSpan) -> int:
    return min(
        abs(one.start - other.start),
        abs(one.end - other.end),
        abs(one.start + one.end - other.start - other.end) // 2,
    )
