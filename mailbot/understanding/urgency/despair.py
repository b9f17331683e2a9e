"""Somebody writes of ending their own life: no accident at the nets, yet nothing waits less."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.understanding.urgency.predicate_context import DESPAIR
from mailbot.understanding.urgency.sentence_events import EmergencyEvent
from mailbot.understanding.urgency.sentences import UnparsedSentence

_WILL = re.compile(
    r"(?<!\w)(?:повешусь|удавлюсь|застрелюсь|утоплюсь|зарежусь|самоубьюсь|убью себя"
    r"|поконч(?:у|ить|им) (?:с собой|с жизнью|жизнь)|налож(?:у|ить) (?:\w+ )?на себя руки|налож(?:у|ить) руки на себя"
    r"|(?:выброшусь|выпрыгну|прыгну|сброшусь|сигану|шагну|брошусь) (?:из|с|со|в) (?:\w+ )?(?:окн|балкон|крыш|мост|этаж)\w*"
    r"|(?:вскрою|перережу|порежу) (?:себе )?вены|(?:наглотаюсь|напьюсь) (?:\w+ )?(?:таблет|снотворн|уксус)\w*"
    r"|(?:уйду|уйти|ухожу) из жизни|св(?:еду|ести) счеты с жизнью|(?:брошусь|лягу|кинусь) под поезд"
    r"|(?:решил\w?|хочу|собираюсь|готов\w?) (?:повеситься|удавиться|застрелиться|утопиться|умереть))\b"
)
"""What the writer is going to do."""

_WEARY = re.compile(
    r"(?<!\w)(?:(?:не хочу|не хочется|незачем|нет сил|сил нет|не могу) (?:больше |так |дальше )?жить"
    r"|жить (?:больше |так |дальше |уже )?(?:не хочу|не хочется|незачем|не могу|нет сил)"
    r"|лучше (?:уж )?(?:умереть|сдохнуть|повеситься|в петлю)|в петлю|(?:хоть|впору|остается) (?:\w+ )?(?:вешайся|повеситься|удавиться)"
    r"|смысла жить|самоубийств\w*|суицид\w*|повеситься|наложи\w+ на себя руки"
    r"|жизнь (?:\w+ )?не мила|(?:скоро|пора) (?:уж\w? |\w+ )?(?:помирать|помру|умирать|умру|сдохну)|на тот свет|к праотцам"
    r"|прощайте(?:,? (?:все|родн\w+|мои|больше|люди|навсегда)){1,2}|меня (?:больше|скоро|здесь) (?:уже )?не (?:будет|станет)"
    r"|последние (?:\w+ )?показания в (?:\w+ )?жизни|простите (?:меня )?(?:за )?вс(?:е|ех)\b)\b"
)
"""What is also said in anger."""


def despair(stretch: UnparsedSentence) -> Iterator[EmergencyEvent]:
    """Where a sentence speaks of it, and whether it is plain."""
    folded = stretch.passage.folded
    will = _WILL.search(folded, stretch.start, stretch.end)
    match = will or _WEARY.search(folded, stretch.start, stretch.end)
    if match is None:
        return
    sentence = stretch.sentence()
    at = next((at for at, word in enumerate(sentence.words) if word.start >= match.start()), 0)
    yield EmergencyEvent(DESPAIR, sentence, at, will is not None, None)
