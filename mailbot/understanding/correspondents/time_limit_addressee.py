"""Is a time limit one that a letter sets us, or a day of something else: a contract's, a hearing's, a third person's?"""

from __future__ import annotations

import re

_ASKS = (
    r"про(?:шу|сим|сит)", r"просьб\w", r"предостав\w+", r"представ(?:ить|ьте|лени\w+|ля\w+)", r"сообщ(?:ить|ите)", r"направ(?:ить|ьте)",
    r"обязыва\w+", r"предлага\w+", r"требу\w+", r"необходимо", r"надлежит", r"следует", r"должн\w+", r"обеспеч(?:ить|ьте)",
    r"устран(?:ить|ите|ени\w+)", r"принять", r"примите", r"информаци\w+", r"сведени\w+", r"ответ\w{0,2}\b", r"отзыв\w{0,2}",
    r"(?:не)?оплат\w+", r"(?:не)?погас\w+", r"непогашени\w+", r"подпис\w+", r"верн(?:уть|ите)", r"выслать", r"вышлите", r"прислать",
    r"пришлите", r"исполн\w+", r"явиться", r"подготов\w+", r"разместить", r"рассмотр\w+", r"подтверд\w+", r"уведом\w+",
    r"проинформир\w+", r"довести", r"доложить", r"дать", r"отчита\w+", r"заверш\w+", r"выполн\w+", r"срок\w{0,2}", r"ждем", r"жду",
)  # fmt: skip
_NOT_OF_US = (
    r"ответ\w{0,2} (?:был |заявителю )?(?:дан|направлен|подготовлен|получен)\b", r"дан ответ", r"действ(?:ует|ителен|ительн\w+|ия)",
    r"годен", r"за период", r"по состоянию", r"обжалова\w+", r"вправе обратиться", r"будет (?:рассмотрен\w{0,2}|направлен\w{0,2}|дан)",
    r"будут (?:направлен\w+|проведен\w+)", r"мы (?:ответим|направим|сообщим)", r"нами будет", r"вы будете (?:уведомлен|извещен)\w+",
    r"поступил\w{0,2}", r"зарегистрирован\w{0,2}", r"(?:была?|было|были) (?:\w+ )?(?:до|не позднее)",
    r"(?:заявител|жител|собственник|граждан|потребител)\w{0,4} (?:\w+ )?(?:обязан|должн|прос(?:ит|ят)|требу)\w*",
    r"с момента (?:аварии|отключения)", r"отсутству\w+", r"не работает", r"нет (?:отоплени|воды|тепла)\w*",
    r"задолженност\w+ (?:\w+ )?(?:образовал|составля)\w+", r"просрочк\w+",
)  # fmt: skip
_DEMAND = re.compile(rf"(?<!\w)(?:{'|'.join(_ASKS)})")
_OTHERS = re.compile(rf"(?<!\w)(?:{'|'.join(_NOT_OF_US)})")
_FROM_ON = re.compile(
    r"(?<!\w)с(?:о)? (?:\d{1,2}[:.]\d\d|\d{1,2}(?:\.\d{1,2}(?:\.\d{2,4})?)?(?: \w{3,9})?(?: 20\d\d)?)"
    r"(?: ?(?:ч|час\w*|г)\.?)?(?: (?:г\.|года))?[ ,]{0,3}$"
)
"""«с 10:00 до 14:00», «с 1 по 10 ноября»: the end of a stretch is no term."""

_SENTENCE_END = re.compile(
    r"[!?;]|(?<!\bг)(?<!\bч)(?<!\bст)(?<!\bгр)(?<!\bул)(?<!\bт)(?<!\bтел)(?<!\bп)(?<!\b[а-я])\.(?=\s|$)|\n\s{0,9}\n"
)
_FAR, _NEAR = 600, 300
"""Characters before and behind a time limit that are searched for the ends of its sentence."""


def demanded(text: str, start: int, end: int) -> bool:
    """Does the sentence of `text` (folded) that holds `start`..`end` ask something of us by then?"""
    left = max(0, start - _FAR)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, left, start)), default=left)
    close = _SENTENCE_END.search(text, end, end + _NEAR)
    sentence = text[begin : close.start() if close else end + _NEAR]
    if _OTHERS.search(sentence) or _FROM_ON.search(text[max(0, start - 40) : start]):
        return False
    return _DEMAND.search(sentence) is not None
