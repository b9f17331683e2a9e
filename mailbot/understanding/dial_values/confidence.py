"""How far a value may be trusted: what is said plainly may be billed, what could be read otherwise may not."""

from __future__ import annotations

import re

from mailbot.model import Unit
from mailbot.understanding.dial_values.numbers_with_units import DOUBTFUL, NumberWithUnit
from mailbot.understanding.dial_values.passing_intent import complains
from mailbot.understanding.dial_values.resource_of_value import ResourceLabel

GUESSED = 0.55  # below the threshold at which a value is taken: a person looks
ALONE = 0.72  # «показания 345»: the only number of a letter that hands over
NAMED = 0.65  # «по отоплению 8,119, по горячей 366» in a letter that never says «показания»
_HANDS = re.compile(
    r"\b(?:передаю|передаём|передаем|сообщаю|подаю|шлю|отправляю|примите)\W{1,3}$", re.IGNORECASE
)
_TELLS = re.compile(
    r"показан\w*|значени\w*|показыва\w*|показател\w*|табло|сч[её]тчик\w*|pokazani\w*", re.IGNORECASE
)
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[.,](?:0[1-9]|1[0-2])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 7  # a bare form («Водичка за ноябрь 148!») has no more words than this
_SOME_WATER = re.compile(r"\bвод[аыу]\b", re.IGNORECASE)  # cold or hot?
_PRICE = re.compile(r"\d{3,}\.\d\d")  # «отопление 2345,67» looks like roubles and kopecks
_PRICE_DIGITS = 3
_MONEY = re.compile(
    r"руб|\bр\.|₽|опла[тч]|заплат|квитанц|начисл|выстав|долг|сумм|итого|верни|верну", re.IGNORECASE
)
_DIALS = 5  # whole digits of a hot-water meter


def confidence(
    value: NumberWithUnit,
    name: ResourceLabel,
    *,
    words: str,
    at: int,
    state: str,
    meter: str | None,
    dated: bool,
    sole: bool,
    speaks: bool,
    passes: bool,
    subject: bool,
) -> float:
    """From 0 (no reading) to 1; `words` is the sentence, the value stands at `at` of it.

    `speaks`, `passes`: does the letter speak of meters, does it hand over; `sole`: the only number.
    """
    telling = speaks or passes
    measured = value.unit is not None and bool(name.resource) and name.beside and not complains(words)
    few = len(_WORD.findall(words)) <= _FEW_WORDS
    plain = bool(name.resource) and name.beside and not name.by_room and not complains(words)
    if not telling and not measured and not plain and (not few or complains(words)):
        return 0.0
    least = _base(
        value,
        name,
        words[:at],
        state,
        meter,
        dated=dated,
        sole=sole and few,
        few=few,
        telling=telling,
        subject=subject,
    )
    if not telling and not few:
        least = min(least, NAMED if plain else GUESSED)
    strange = name.resource and not name.beside and value.unit is None
    if strange and not (meter or sole or dated or state in {"new", "right"}):
        least = min(least, GUESSED)
    if complains(words) and not passes:
        least = min(least, DOUBTFUL)
    if value.unit is None and _PRICE.fullmatch(value.written):
        least = min(least, _of_price(value, name, words, telling=telling, passes=passes))
    if complains(words) and value.unit is None and _STRICT_DAY.fullmatch(value.written):
        return 0.0
    if _is_serial(value, name):
        return 0.0
    if _is_strange(value, name):
        least = min(least, DOUBTFUL)
    return min(least, value.trust)


def _base(
    value: NumberWithUnit,
    name: ResourceLabel,
    before: str,
    state: str,
    meter: str | None,
    *,
    dated: bool,
    sole: bool,
    few: bool,
    telling: bool,
    subject: bool,
) -> float:
    if value.unit is not None:
        return _of_unit(value, name, telling=telling, few=few)
    if subject and _DAY_AND_MONTH.fullmatch(value.written):
        return 0.0
    if name.resource and name.beside:
        return 0.93 if telling or not name.by_room else 0.7
    short = len(value.written) < 2 or (_DAY_AND_MONTH.fullmatch(value.written) and not meter)
    if short:
        return 0.0
    if state in {"new", "right"} or meter is not None:
        return 0.85 if name.resource else 0.7
    if dated and name.resource:
        return ALONE
    ends = [match.end() for match in _TELLS.finditer(before)]
    water = GUESSED if _SOME_WATER.search(before) else 0.0
    if ends and len(before) - ends[-1] <= 40:
        return 0.85 if name.resource else water or (ALONE if sole else NAMED)
    if _HANDS.search(before):
        return 0.85 if name.resource else water or (ALONE if sole else NAMED)  # «Передаю 118.»
    if sole and telling and not subject:
        return 0.75 if name.resource else water or ALONE
    return GUESSED if name.resource and len(_WORD.findall(before)) <= 2 and not subject else 0.0


def _of_price(
    value: NumberWithUnit, name: ResourceLabel, words: str, *, telling: bool, passes: bool
) -> float:
    """«гвс 274,06» may be roubles and kopecks: not where the letter hands over, or names the dial's room."""
    plain = bool(name.resource) and name.beside and not _MONEY.search(words)
    dial = len(value.written.split(".")[0]) <= _PRICE_DIGITS and (passes or name.room or _TELLS.search(words))
    if plain and dial:
        return 0.7
    return GUESSED if telling or (plain and name.room) else 0.0


def _of_unit(value: NumberWithUnit, name: ResourceLabel, *, telling: bool, few: bool) -> float:
    if not name.resource:
        if value.unit is not None and value.unit.of_electricity_too:
            return DOUBTFUL  # electricity is told in the same units, and is not ours
        return (0.94 if value.unit is not Unit.M3 else 0.88) if telling else 0.85
    if name.beside:
        return 0.97
    return 0.9 if telling else ALONE if few and value.unit is Unit.M3 else GUESSED


def _is_serial(value: NumberWithUnit, name: ResourceLabel) -> bool:
    """More digits than a water meter has, and not its leading noughts («00123456»): no value at all."""
    long = value.unit is None and "." not in value.written and len(value.written) > _DIALS
    return long and name.resource != "heat" and not value.written.startswith("00")


def _is_strange(value: NumberWithUnit, name: ResourceLabel) -> bool:
    """More digits than the dial has, or a day and a month where a value should stand."""
    whole = len(value.written.split(".")[0].lstrip("0"))
    hot = name.resource in {"hot", ""} and value.unit in {None, Unit.M3}
    return (
        (hot and whole > _DIALS)
        or whole > 6
        or (value.unit is None and bool(_STRICT_DAY.fullmatch(value.written)))
    )


_STRICT_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
