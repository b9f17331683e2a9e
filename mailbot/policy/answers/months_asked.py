"""Which months a letter asks for: «за октябрь», «за прошлый месяц», «за 10.2026», «с января по март 2026».

A month without a year is the newest one of that name that has begun. Names of streets («ул. Октябрьская», «8 Марта»)
and days («до 5 октября») are no months that a paper is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.model.ledger.accounts_and_meters import Month

_SOFT = r"(?:ь|я|е|ю|ем)"
_HARD = r"(?:а|е|у|ом)?"
_NAMES = (
    rf"январ{_SOFT}|янв", rf"феврал{_SOFT}|февр?", rf"март{_HARD}|мар", rf"апрел{_SOFT}|апр", r"ма(?:й|я|е|ю|ем)",
    rf"июн{_SOFT}", rf"июл{_SOFT}", rf"август{_HARD}|авг", rf"сентябр{_SOFT}|сент?", rf"октябр{_SOFT}|окт",
    rf"ноябр{_SOFT}|нояб?", rf"декабр{_SOFT}|дек",
)  # fmt: skip
_ADJECTIVES = (
    "январск", "февральск", "мартовск", "апрельск", "майск", "июньск", "июльск", "августовск", "сентябрьск",
    "октябрьск", "ноябрьск", "декабрьск",
)  # fmt: skip
_YEAR = r"(?:(?:\s*,)?\s+(?:месяц\w*\s+)?(?:(?P<year>20\d\d)(?:\s*г(?:ода?|од)?(?!\w)\.?)?|(?P<last>прошлого года)|этого года))?"
_NAMED = tuple(re.compile(rf"(?<!\d )(?<!\d)(?<!\w)(?:{name})(?!\w)\.?{_YEAR}") for name in _NAMES)
_DESCRIBED = tuple(re.compile(rf"(?<!\w){name}\w+ (?=квитанц|счет|платежк|начислен)") for name in _ADJECTIVES)
_NUMBERED = re.compile(
    r"(?<![\d.,/-])(?P<month1>0?[1-9]|1[0-2])[./-](?P<year1>20\d\d)(?![\d./-]\d|\d)"
    r"|(?<![\d.,/-])(?P<year2>20\d\d)-(?P<month2>0[1-9]|1[0-2])(?![\d./-]\d|\d)"
    r"|(?<=за )(?P<month3>0?[1-9]|1[0-2])[./](?P<year3>2\d)(?![\d./-]\d|\d)"
)
_RELATIVE = (
    (re.compile(r"(?<!\w)позапрошл\w+ месяц\w*"), 2),
    (re.compile(r"(?<!\w)(?:прошл|предыдущ|прошедш|истекш|минувш)\w+ месяц\w*"), 1),
    (re.compile(r"(?<!\w)(?:этот|этого|текущ\w+|нынешн\w+) месяц\w*"), 0),
)
_WHOLE_YEAR = re.compile(r"(?<=за )(?:весь )?(?P<year>20\d\d)(?:[ -]*(?:й |ый )?г(?:од)?(?!\w)\.?)?(?![.\d])")
_UNPLACED = re.compile(
    r"(?<!\w)(?:год(?:а|у|ы|ом)?(?!\w)|полгод|полугод|квартал|сезон|период|прошлогод|месяцев|месяцы|месяца(?!\w)"
    r"|за лето|за зиму|за вес(?:ь|ну)|за все(?!\w)|за осень|20\d\d(?!\w))"
)
_TO = re.compile(r"\s*(?:по|до|-|–|—)\s*")
_FROM = re.compile(r"(?:^|\W)(?:с|со|начиная с)\s*$")


@dataclass(frozen=True, slots=True)
class RequestedMonths:
    """`months` are those named, oldest first, each once; `through`: they are the first and the last of a period, and of
    an open one («с января») the first alone. `unplaced`: the letter speaks of a time that is none of this."""

    months: tuple[Month, ...] = ()
    through: bool = False
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    number: int
    year: int | None


def find_requested_months(text: str, now: Month) -> RequestedMonths:
    """What the folded, single-spaced text asks for, in a letter of the month `now`."""
    mentions = sorted(_found(text, now), key=lambda mention: mention.start)
    rest = _without(text, mentions)
    if not mentions and (whole := _WHOLE_YEAR.search(text)):
        year = int(whole["year"])
        return RequestedMonths((Month(year, 1), Month(year, 12)), through=True)
    months = tuple(sorted(set(_placed(mentions, now))))
    joined = len(mentions) == 2 and _TO.fullmatch(text, mentions[0].end, mentions[1].start) is not None
    opened = len(mentions) == 1 and _FROM.search(text[: mentions[0].start]) is not None
    return RequestedMonths(months, joined or opened, _UNPLACED.search(rest) is not None)


def _found(text: str, now: Month) -> list[_Found]:
    mentions = []
    for number, (named, described) in enumerate(zip(_NAMED, _DESCRIBED, strict=True), start=1):
        for match in named.finditer(text):
            year = int(match["year"]) if match["year"] else now.year - 1 if match["last"] else None
            mentions.append(_Found(match.start(), match.end(), number, year))
        mentions += [_Found(match.start(), match.end(), number, None) for match in described.finditer(text)]
    for match in _NUMBERED.finditer(text):
        month, said = (
            next(int(match[f"{w}{n}"]) for n in "123" if match[f"{w}{n}"]) for w in ("month", "year")
        )
        mentions.append(_Found(match.start(), match.end(), month, said if said > 99 else 2000 + said))
    for pattern, back in _RELATIVE:
        then = now.back(back)
        mentions += [
            _Found(match.start(), match.end(), then.number, then.year) for match in pattern.finditer(text)
        ]
    return mentions


def _without(text: str, found: list[_Found]) -> str:
    for mention in found:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _placed(found: list[_Found], now: Month) -> list[Month]:
    """A year said behind a row of months is theirs all: «за сентябрь и октябрь 2025»."""
    months: list[Month] = []
    year: int | None = None
    for mention, behind in zip(reversed(found), (None, *reversed(found)), strict=False):
        year = mention.year or (year if behind is not None and mention.number < behind.number else None)
        this_year = Month(now.year, mention.number)
        nearest = this_year if this_year <= now else Month(now.year - 1, mention.number)
        months.append(Month(year, mention.number) if year else nearest)
    return months
