"""The words around a number that say what it measures: resource, room, old or new, cold or not ours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mailbot.model import Resource
from mailbot.understanding.patterns.expression_sets import PatternAlternatives

HOT, HEAT, COLD = Resource.HOT_WATER, Resource.HEATING, Resource.COLD_WATER

_NAMES: tuple[tuple[str, str], ...] = (
    ("cold", r"\bхвс[а-яё]*|\bхв\b|\bх[./]\s?в\b\.?|\bх\.?\s?в(?:од[аыуе])?\.?(?=[\s:\d-])|\bхол(?:одн\w*|\.)?\s*вод\w*"
             r"|\bвод\w*\s+хол\w*|\bхолодн(?:ая|ой|ую|ое|ого)\b"
             r"|\bхол\.?(?=\s*[-:–]?\s*\d)|(?<=\d\s)хол\b|\bэл(?:ектр\w*|\.)\s*эн\w*|\bэ/э\b|\bэл/эн\w*|"
             r"(?<!добрый )\b(?:день|ночь)(?=\s?[-:=]?\s?\d)|\bэлектр(?:оэнерги\w*|ичеств\w*)"
             r"|\bсвет\b|\bгаз\b|\bводоотвед\w*|\bканализац\w*"
             r"|\bcold water\b|\bсалкын су\w*|\bhvs\b|\bholodn\w+|(?<!\w)[VGMМTТPР]\d?(?=\s?=|\s\d)|\bнаработк\w*"
             r"|\bтеплоносител\w*|\bподпитк\w*"
             r"|\bмасс[аы]\b|\bсток\w*"),
    ("hot", r"\bгвс[а-яё]*|\bг[./]\s?в\b\.?(?!\s?с\b)|\bг\.?\s?в\.?\s?с\b|\bгв\b|\bг\.?\s?в(?:од[аыуе])\b|\bгор(?:яч\w*"
            r"|\.)?\s*(?:вод\w*|водоснабж\w*)|\bвод\w*\s+гор(?:яч\w*|\.)?"
            r"|\bг[ао]р[еяи]ч(?:[аяеую][яейюго]{1,2}|к[аиу])\b|\bг[ао]р[еяи]ч[а-яё]*\s+в[оа]д\w*|\bhot water\b"
            r"|\bкайнар су\w*|\bгор\.?(?=\s*[-:–]?\s*\d)|(?<=\d\s)гор\b|\bгоряч(?:[её]м|ий|его|ему)?\b(?!\s*(?:кран"
            r"|бата|лини|телефон|привет))|\bкрасн(?:ый|ого|ом|ому)\s+(?:сч[её]тчик\w*|водомер\w*)|\bгвс\b|\bводичк\w*"
            r"|\bкипят\w*|\bgvs\b|\bgoryach\w+(?:\s+vod\w+)?|\bхимвод\w*"),
    ("heat", r"\bотоп(?:л(?:ени\w*|\.)?|\.)?(?![а-яё])|\b[оа]то?п?л[еи]?ни?[еяюй]\b|\bтепл(?:о(?:ты|вая|вой|вую|энерги\w*"
             r"|сч[её]тчик\w*|у|м|ом)?|а|у|ом)(?![а-яё])"
             r"|\bтепловычислител\w*|(?<![\w=+/])(?-i:Q)(?:\d|сум|тв|от)?(?=\s{0,3}[=:(]|\s\d|\s?(?:нач|кон))"
             r"|(?<!\w)(?-i:[EЕ])\d?(?=\s?=?\s?\d[\d\s]*[.,]\d+\s*(?:[MМ][WВ]|kwh|gj|мвт|гдж|гкал))"
             r"|\bт/?э(?:нерги\w*)?\b|\bheating\b|\botopleni\w+|\bteplo\w*"),
    ("room", r"\bкухн\w*|\bванн\w*|\bсануз\w*|\bс/у\b|\bтуалет\w*"),
    ("old", r"\bбыло\b|\bбыла\b|\bбыли\b|\bпред(?:ыдущ\w*|\.|ыд\.)?(?![а-яё])|(?<!за )\bпрошл\w*"
            r"|\bстар(?:ое|ые|ый)\b|\bначальн\w*|(?:\b|(?<=Q))нач\.?(?![а-яё])|\b(?:на )?начал[оа]\b(?:\s+\w*\s?период\w*)?"
            r"|\bраньше\b|\bранее\b"),
    ("new", r"\bстало\b|\bстала\b|\bсейчас\b|\bтекущ\w*|\bтек\.|\bнов(?:ое|ые)\b|\bнынешн\w*"
            r"|\bконечн\w*|(?:\b|(?<=Q))кон\.?(?![а-яё])|\bнастоящ\w*|\b(?:на )?кон(?:ец|ц[еау])\b(?:\s+\w*\s?период\w*)?|\bна сегодня\w*"
            r"|\bтеперь\b|\bпоследн\w*"),
    ("difference", r"(?<!без )\bрасход\w*|\bушло\b|\bпотратил\w*|\bиспользов\w*|\bразниц\w*"
                   r"|\bизрасход\w*|\bитого\b|\bвсего\b|\bпотреблени\w*"
                   r"|\bпотребил\w*|\bQпотр\w*|\bза\s+период\b|\bразность\b"),
    ("right", r"\bправильн\w*|\bверн(?:о|ое|ые|ый|ая)\b|\bнадо\b|\bчитать\b|\bдолжно\s+быть\b"
              r"|\bисправ\w*\s+на\b|\bправильней\b"),
    ("wrong", r"\bне(?=\s*\d)|\bвместо\b|\bошибочн\w*|\bневерн\w*|\bнеправильн\w*"),
    ("about", r"\bоколо\b|\bпримерно\b|\bгде-то\b|\bприблизительно\b|\bпорядка\b|\bпочти\b"
              r"|\bпод(?=\s*\d)|\bсвыше\b|\bбол(?:ьше|ее)\b"
              r"|\bмен(?:ьше|ее)\b|\bне\s+меньше|\bмаксимум\b|\bминимум\b"),
)  # fmt: skip
_WORDS = PatternAlternatives(_NAMES, re.IGNORECASE)
# «1Г<value> 1Х<value>», «Г 0000047.3 Х 0000056.8»: letters of the neighbouring utilities' forms
_LETTERS = re.compile(
    r"(?<![\w])(?:(?<!20\d\d\s)\d?[Гг]|\d?[Хх])\s?[-:=]?\s?(?=\d{1,9}(?:[.,]\d+)?(?:[\s,;.]|$))"
)
# Of what is `cold`: cold water, and no electricity, gas, sewage or heat carrier
_COLD_WATER = re.compile(r"\d?х|вод\w*\s+хол|cold|салкын|hvs|holodn", re.IGNORECASE)
_GLUED = re.compile(r"(?i)(?:\b|(?<=\d))(гвс|хвс|отопление|тепло|гв|хв)(?=\d)")


class DialCue(NamedTuple):
    """A telling word at `start`..`end`; `name` is a key of `_NAMES` (hot, cold, old, new…).

    `cold` is whatever the company does not charge for: cold water, and what is no business of ours at all.
    """

    start: int
    end: int
    name: str


@lru_cache(maxsize=4_096)
def find_cues(text: str) -> tuple[DialCue, ...]:
    """All telling words of `text`, in order."""
    cues = [DialCue(*cue) for cue in _WORDS.find(text)]
    for pattern, cold in ((_LETTERS, "хХ"), (_GLUED, "хХ")):
        for match in pattern.finditer(text):
            if not any(cue.start < match.end() and match.start() < cue.end for cue in cues):
                letter = match.group().lstrip("0123456789")[0]
                name = "cold" if letter in cold else "heat" if letter.lower() in "от" else "hot"
                cues.append(DialCue(*match.span(), name))
    return tuple(sorted(cues, key=lambda cue: cue.start))


def names_cold_water(words: str) -> bool:
    """Do the words of a `cold` cue name cold water?"""
    return _COLD_WATER.match(words) is not None


def resource(name: str) -> Resource | None:
    """The resource of ours that a cue names; a kitchen or bathroom has a hot-water meter only."""
    return {"hot": HOT, "room": HOT, "heat": HEAT}.get(name)
