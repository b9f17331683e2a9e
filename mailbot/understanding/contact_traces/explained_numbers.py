"""Numbers that plainly are no contact data: degrees, days, hours, sums, counts, readings with their unit, laws.

The list is closed: a number that stands in none of these phrases may be an account, a telephone, a house or a flat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.understanding.numbers.dates import MONTH
from mailbot.understanding.numbers.words_to_digits import whole_number
from mailbot.understanding.text.morphology import is_number_word, lemmas

_FREE = r"(?<![\w.,/+–—-])(?<!\d )(?<!\d\d[/–—-])"
_ORDINAL = r"(?:-?(?:х|й|го|ти|м|ми|е|я|ю|ый|ой|ая|ую|ом))?"
_DEGREES = r"[+−–-]?\d{1,2}(?:[.,]\d)?"
_CLOCK = r"\d{1,2}(?:[:.][0-5]\d)?"
_UNITS = r"(?:гкал|гдж|мвт|квт|м3|м³|м2|м²|кв\.? ?м\b|куб(?:а|ов|ометр\w{0,2})?\b|литр\w{0,2}|атм\b|бар\b)"
_TIMES = (
    r"(?:дн(?:я|ей|и|ям)|день|сут(?:ки|ок|ками)|час(?:а|ов|ам)?|мин(?:ут[аыу]?)?|недел[яиюье]|недель|месяц(?:а|ев|у|ам)?|мес"
    r"|лет|год(?:а|у|ов)?|раз(?:а|ик)?|этаж(?:а|е|ей|и|ах)?|человек[а]?|чел|процент\w{0,3}|сезон(?:а|ов)?)\b"
)
_EXPLAINED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,/-]){_DEGREES}(?: ?[-–—/…]+ ?{_DEGREES})? ?(?:°|º|град(?:ус\w{{0,4}})?\b)(?: ?[cс]\b)?",
        rf"\b(?:с|до|от|к|на|по|за|около)? ?{_FREE}\d{{1,2}}(?:-?го)?(?: ?[-–—и]+ ?\d{{1,2}})? (?:{MONTH}|числ[аоу]\b)"
        r"(?:,? 20\d\d)?(?: ?г(?:ода?)?\b\.?)?",
        rf"\b{MONTH},? 20\d\d\b(?: ?г(?:ода?)?\b\.?)?",
        rf"{_FREE}(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.20\d\d\b",
        r"\b(?:с|до|от|к) (?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?:\.\d\d)?(?![\d/-]|[.,]\d)",
        rf"{_FREE}20[0-4]\d(?:[/–-](?:20)?\d\d)? ?(?:г\b\.?|год\w{{0,2}}\b)",
        r"\b(?:в|за|с|до|на) 20[0-4]\d(?![\w/-]|[.,]\d)",
        rf"\b(?:в|с|до|к|около|после|по) {_CLOCK}(?:(?: до | по |-){_CLOCK})? ?(?:час\w{{0,3}}\b|ч\b|утра\b|вечера\b|дня\b|ночи\b)",
        r"\b(?:в|с|до|к|около|после) [0-2]?\d:[0-5]\d(?!\d)",
        rf"{_FREE}(?:\d{{1,2}} \d{{3}}|\d{{1,5}})(?:[.,]\d\d?)? ?(?:руб\w{{0,4}}\b|р\b|₽|тыс(?:яч\w?)?\b|коп\w{{0,4}}\b)",
        r"\b(?:за|о|на|вы|до)?(?:плат|плач|числ|счит|став)\w{1,8} (?:за \w{2,12} |по )?\d{3,5}(?:[.,]\d\d)?(?![\w/-]|[.,]\d| \d)",
        r"\b(?:штраф|сумм|долг|задолженност|пен[яие]|переплат|доплат)\w{0,3} (?:в |на |за )?\d{3,5}(?:[.,]\d\d)?(?![\w/-]|[.,]\d| \d)",
        rf"{_FREE}\d(?:-?(?:й|го|м))? подъезд\w{{0,2}}\b|\bподъезд\w{{0,2}} \d(?![\w/-]|[.,]\d| \d)",
        rf"{_FREE}\d{{1,3}}(?:[.,]\d)?(?: ?[-–—] ?\d{{1,3}})? ?%",
        rf"{_FREE}\d{{1,3}}(?:[-–—]\d)?{_ORDINAL} ?{_TIMES}",
        rf"{_FREE}\d{{1,6}}(?:[.,]\d{{1,4}})? ?{_UNITS}",
        r"\b(?:горяч\w{2,3}(?: вод\w{1,2})?|гвс|вод[аы]|отоплени[ея]|тепло|показани[ея])(?: счетчика)?(?: ?[:=–—-] ?| )"
        r"\d{1,5}(?:[.,]\d{1,4})?(?![\w/–—-]|[.,]\d| \d)",
        r"\b(?:постановлени\w{1,3}|правил\w{0,3}|закон\w{0,3}|пп|гост|санпин)(?: рф| фз)? ?(?:№|n|-)? ?\d{2,4}(?:-?фз)?(?![\w/-])",
        r"\b(?:ст\.|стать[яиеюй]{1,2}|пункт\w{0,3}) ?\d{1,3}(?![\w/-]|[.,]\d| \d)",
    )
)

_LONG = frozenset("день сутки час минута неделя месяц год раз сезон этаж".split())
_MEASURES = _LONG | frozenset(
    "градус рубль копейка тысяча человек ребенок дети батарея радиатор куб кубометр процент".split()
)
_QUANTITIES = frozenset("сколько столько несколько много немного мало полтора полтораста пол оба обе".split())
_ORDERS = frozenset("один первый второй третий".split())
_HOLDERS = frozenset(
    "дом квартира кв улица ул номер строение корпус подъезд комната счет лс телефон тел литера участок".split()
)


def without_plain_numbers(folded: str) -> str:
    """A folded text with every number that is no contact data blanked, its measure too; same length."""
    if not any(character.isdigit() for character in folded):
        return folded
    for pattern in _EXPLAINED:
        folded = pattern.sub(lambda match: " " * len(match.group()), folded)
    return folded


@dataclass(frozen=True, slots=True)
class NumberRun:
    """Words `first`..`last` (half-open) of a text are numbers side by side."""

    first: int
    last: int


def number_runs(words: Sequence[str]) -> tuple[NumberRun, ...]:
    """Where folded words are numbers («семь», «тридцать первый», «пятерка»); how much is no number of anything."""
    runs: list[NumberRun] = []
    for at, word in enumerate(words):
        if word in _QUANTITIES or not is_number_word(word):
            continue
        if runs and runs[-1].last == at:
            runs[-1] = NumberRun(runs[-1].first, at + 1)
        else:
            runs.append(NumberRun(at, at + 1))
    return tuple(runs)


def is_counted(run: NumberRun, words: Sequence[str], *, closes: bool) -> bool:
    """Does the run count days, degrees, people («третий день», «двадцать один градус»), or say «один из нас»?

    `closes`: nothing stands after the run in its sentence, so that it may end an address.
    """
    after = words[run.last] if run.last < len(words) else ""
    numbers = words[run.first : run.last]
    if after and lemmas(after) & _MEASURES:
        return len(numbers) == 1 or whole_number(numbers) is not None
    before = words[run.first - 1] if run.first else ""
    if len(numbers) == 1 and lemmas(numbers[0]) & _ORDERS:
        return not closes and not lemmas(before) & _HOLDERS and before not in _HOLDERS
    return False
