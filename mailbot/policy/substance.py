"""Did an answer of ours speak to the matter? A formal answer settles nothing (clause 2.2.email.4)."""

from __future__ import annotations

import re

from mailbot.policy.similarity import folded, stems

FORMAL = re.compile(
    "|".join(
        (
            r"(?:ваше )?(?:обращение|письмо|заявление|жалоба|вопрос) (?:\w+ ){0,3}"
            r"(?:рассмотрен|принят|зарегистрирован|передан|направлен|получен|находится|взят)\w*",
            r"(?:будет|будут) (?:рассмотрен|дан|направлен|проведен|принят)\w*",
            r"меры (?:будут )?принят\w*|примем меры",
            r"ожидайте|в установленн\w+ (?:срок|порядк)\w*|в (?:рабочем|ближайш\w+) (?:порядке|время)",
            r"(?:благодарим (?:вас )?|спасибо )за обращение|приносим извинения|свяжемся с вами",
            r"принято к сведению|информация принята",
        )
    )
)
"""What offices write when they say nothing yet."""

SPECIFIC = re.compile(
    "|".join(
        (
            r"\b\d+(?:[.,]\d+)?\s*(?:руб|%|°|градус|гкал|м3|м2|дн|час|кв)|\b\d{1,2}\.\d{2}(?:\.\d{2,4})?\b",
            r"\bп\.\s*\d|\bст\.\s*\d|\bч\.\s*\d|\bправил\w*|\bзакон\w*|\bпостановлени\w*|\bкодекс\w*",
            r"\bсогласно|\bв соответствии|\bпоскольку|\bпотому что|\bтак как|\bиз-за|\bнорматив\w*",
            r"\bтариф\w*",
            r"\bнельзя|\bневозможно|\bне (?:предусмотрен|выявлен|требуется|подлеж)\w*",
            r"\bотсутству\w*|\bзапрещ\w*",
            r"\b(?:на|до)числен\w*|\b(?:устранен|заменен|выполнен|произведен|сделан|исправлен|установлен)\w*",
            r"\bпровер(?:ен|ил)\w*|\bоснований|\bсоставля\w+|\bрассчит\w+|\bперерасчет|\bможно|\bнеобходимо",
            r"\bобратитесь|\bнужно|\bвходит|\bвключен\w*|\bистек\w*|\bакт(?:а|у|ом|ы)?\b",
        )
    )
)
"""What an answer on substance holds: a finding, a figure, a norm, a thing done, or what to do."""

LEAST_WORDS = 4
"""Content words beyond formal phrases below which an answer says nothing to any matter."""


def answers_on_substance(answer: str) -> bool:
    """Does our answer hold anything beyond formal phrases? Errs towards no: then nothing is silenced."""
    rest = FORMAL.sub(" ", folded(answer))
    return SPECIFIC.search(rest) is not None and len(stems(rest)) >= LEAST_WORDS
