"""Which emergencies are happening now: «труба лопнула в прошлом году» is not one.

The choice errs on the side of a person seeing the letter at once: a mention is set aside only where
its own sentence places it in the past, in a condition, or in a question about money or dates, and
nothing in the letter says that it goes on.
"""

from __future__ import annotations

import re

from mailbot.model import Found, Span, Topic
from mailbot.understanding.passages import Passage

_NOT_NOW = re.compile(
    r"(?<!\w)(?:в прошл\w+ (?:году|месяце|сезон\w*|зим\w*)"
    r"|прошл(?:ой|ым|ого) (?:зим\w+|год\w*|летом|осенью|месяц\w*)"
    r"|год назад|\d+ (?:лет|года|месяц\w*) назад|летом\b|позапрошл\w+"
    r"|(?:в|за) (?:январ|феврал|март|апрел|ма[еий]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
    r" (?:20\d\d|прошл)"
    r"|в 20\d\d|после (?:\w+ )?(?:авари|прорыв|порыв|затоплен|утечк|протечк|опрессовк|ремонт)\w*"
    r"|(?:за|об|по|из-за|после|во время|акт\w*|справк\w*|факт\w*|причин\w*|виновник\w*|последстви\w*)"
    r" (?:\w+ )?(?:авари[иейю]\w*|прорыв\w*|порыв\w*|затоплени\w*|затопа|залив\w*)"
    r"|устранили|устранена?|починили|отремонтировали|заварили|залатали"
    r"|(?:когда|во время|при|график\w*|сроки?) (?:\w+ )?опрессовк\w*|опрессовк\w* когда"
    r"|если\b|в случае|чтобы не|может ли|куда (?:звонить|обращаться|сообщ\w+)|что делать при"
    r"|боимся|опасаемся|боюсь|вдруг)"
)
_NOW = re.compile(
    r"(?<!\w)(?:срочно|сейчас|прямо|до сих пор|опять|снова|немедленно|скорее|быстрее|хлещет|хлыщет|фонтан\w*"
    r"|льет\w*|заливает|валит|приезжайте|вызовите"
    r"|пришлите (?:бригад|авари|кого|слесар)\w*|уже (?:второй|третий|час|сутки)"
    r"|не перекрыв\w*|перекройте|тонем|спасите|помогите|стоит вода|течет|идет пар|сегодня|только что|ночью)"
)
_MONEY = re.compile(
    r"(?<!\w)(?:п[еи]р[еи]р[ао]с+ч[еи]т|квитанци|начисл|платить|оплачивать|возмещ|возмести|компенсаци)"
)


def find_urgent(
    found: tuple[Found[str], ...], topics: tuple[Topic, ...], texts: tuple[Passage, ...]
) -> tuple[Found[str], ...]:
    """The emergency topics among `found` that are about a present event."""
    emergencies = {topic.name for topic in topics if topic.emergency}
    return tuple(
        Found(topic.value, spans, topic.confidence)
        for topic in found
        if topic.value in emergencies and (spans := _present(topic.spans, texts))
    )


def _present(spans: tuple[Span, ...], texts: tuple[Passage, ...]) -> tuple[Span, ...]:
    by_part = {text.part: text for text in texts}
    goes_on = any(_NOW.search(text.folded) for text in texts)
    about_money = any(_MONEY.search(text.folded) for text in texts)
    return tuple(
        span for span in spans if not _set_aside(by_part[span.part], span, goes_on=goes_on, money=about_money)
    )


def _set_aside(text: Passage, span: Span, *, goes_on: bool, money: bool) -> bool:
    left, right = text.sentence(span.start, span.end)
    sentence = text.folded[left : right + 1]
    if _NOW.search(sentence) and not _NOT_NOW.search(sentence):
        return False
    if _NOT_NOW.search(sentence):
        # «в прошлом году прорвало, и сегодня опять хлещет»: the second sentence keeps the first alive
        return not goes_on or money
    return money and not goes_on
