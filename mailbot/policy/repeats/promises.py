"""What our answer reported done or promised: asking again then says that it is not so, or that the day has passed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mailbot.policy.case_folding import fold_case
from mailbot.policy.repeats.numbers_and_dates import figures

_DONE = re.compile(
    r"(?<!не )(?<!будет )(?<!будут )\b(?:устранен|заменен|отремонтирован|исправлен|направлен|выдан|отправлен|выслан"
    r"|восстановлен|развоздушен|промыт"
    r"|отрегулирован|отрегулировал|зачислен|зачтен|учтен|возвращен|подан|сброшен|списан|принят к учету|запущен|починен|налажен"
    r"|нормализован|прочищен|подключен|отменен|сделан|закрыт)[аоы]?\b"
    r"|\b(?:устранили|заменили|исправили|восстановили|направили|выслали|подключили|запустили|починили)\b"
    r"|\b(?:работы|ремонт|перерасчет|пересчет)\w* (?:\w+ ){0,4}(?:выполнен|произведен|проведен|завершен)\w*"
    r"|\b(?:выполнен|произведен|проведен|завершен)\w* (?:\w+ ){0,4}(?:работы|ремонт|перерасчет|пересчет|промывк)\w*"
)
_FUTURE = re.compile(
    r"\b(?:будет|будут|запланирован\w*|планиру\w*|ожида\w*|назначен[аоы]?\b|состоится|завершит\w*|сделаем|выполним|устраним|проверим"
    r"|заменим|пересчитаем|вернем|направим|подадим|произведем|придет|приедет|выйдет|устранят|заменят|проверят|проверит|решим)\b"
)
_CONDITION = re.compile(
    r"\b(?:если|после|при (?:наличии|предъявлен|услови|обращен|представлен)|в случае|по мере|можете|следует|вправе|нажмите"
    r"|обратитесь|представьте|необходимо|нужно|возможн|только|не будет|не будут)\w*"
)
_PAST = re.compile(r"\b\w{3,}(?:л|ла|ло|ли|лся|лась|лось|лись)\b|\b\w{4,}(?:ен|ена|ено|ены|ан|ана|ано|аны)\b")
_UNTIL = re.compile(r"\b(?:по|до)\s+$|[-–—]\s*$")
_SENTENCE = re.compile(r"(?<=[^.!?])[.!?]+(?=\s+[А-ЯЁA-Z])|\n+")


def find_unkept_promises(answer: str, answered: date, today: date) -> Iterator[str]:
    """Deeds, promises without a day, and announced days that have come by `today` (Russian, for staff)."""
    for sentence in _SENTENCE.split(answer):
        plain = fold_case(sentence)
        if match := _DONE.search(plain):
            yield f"мы ответили, что сделано: «{match[0]}»"
        yield from _promised(plain, answered, today)


def _promised(sentence: str, answered: date, today: date) -> Iterator[str]:
    future = None if _CONDITION.search(sentence) else _FUTURE.search(sentence)
    dated = {(figure.start, figure.end): figure for figure in figures(sentence)}  # a range by its last day
    days = [(figure, day) for figure in dated.values() if (day := _day(figure.token, answered))]
    for figure, day in days:
        ends = _UNTIL.search(sentence[: figure.start]) or " по " in sentence[figure.start : figure.end]
        announced = future or ends or not _PAST.search(sentence)
        if announced and answered < day <= today:
            yield f"названный нами срок наступил: «{sentence[figure.start : figure.end].strip()}»"
            return
    if future and not days:
        yield f"мы обещали без срока: «{future[0]}»"


def _day(token: str, near: date) -> date | None:
    """The day that a token names, in the year nearest to `near`; a month stands for its last day."""
    kind, _, value = token.partition(":")
    if kind not in ("day", "month"):
        return None
    day, month = (int(figure) for figure in (value.split("-") if kind == "day" else ("1", value)))
    candidates = (_real(year, month, day) for year in (near.year - 1, near.year, near.year + 1))
    nearest = min(
        (candidate for candidate in candidates if candidate),
        key=lambda candidate: abs((candidate - near).days),
        default=None,
    )
    if nearest is None or kind == "day":
        return nearest
    return (nearest + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
