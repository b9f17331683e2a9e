"""Did an answer of ours speak to the matter? A formal answer settles nothing (clause 2.2.email.4)."""

from __future__ import annotations

import re

from mailbot.policy.similarity import folded, stems

FORMAL = re.compile(
    r"(?:ваше )?(?:обращение|письмо|заявление|жалоба|вопрос) (?:\w+ ){0,3}(?:рассмотрен|принят|зарегистрирован|передан|направлен"
    r"|получен|находится|взят)\w*|(?:будет|будут) (?:рассмотрен|дан|направлен|проведен|принят)\w*|меры (?:будут )?принят\w*"
    r"|ожидайте|в установленн\w+ (?:срок|порядк)\w*|благодарим (?:вас )?за обращение|приносим извинения|свяжемся с вами"
    r"|примем меры|в (?:рабочем|ближайш\w+) (?:порядке|время)|принято к сведению|информация принята|спасибо за обращение"
)
"""What offices write when they say nothing yet."""

SPECIFIC = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:руб|%|°|градус|гкал|м3|м2|дн|час|кв)|\b\d{1,2}[.]\d{2}(?:[.]\d{2,4})?\b|\bп\.\s*\d|\bст\.\s*\d|\bч\.\s*\d"
    r"|правил\w* № ?\d+|закон\w*|постановлени\w*|кодекс\w*|акт\w? |согласно|в соответствии|поскольку|потому что|так как|из-за|норматив\w*"
    r"|тариф\w*|нельзя|невозможно|не предусмотрен\w*|не выявлен\w*|отсутству\w*|запрещ\w*|начислен\w*|устранен\w*|заменен\w*|выполнен\w*"
    r"|произведен\w*|сделан\w*|провер(?:ен|ил)\w*|оснований|составля\w+|рассчит\w+|перерасчет|можно|необходимо|обратитесь|нужно"
    r"|входит|включ[её]н\w*|истек\w*"
)
"""What an answer on substance holds: a finding, a figure, a norm, a thing done, or what to do."""

LEAST_WORDS = 4
"""Content words beyond formal phrases below which an answer says nothing to any matter."""


def answers_on_substance(answer: str) -> bool:
    """Does the text of our answer hold anything beyond formal phrases? Errs towards no: then nothing is silenced."""
    rest = FORMAL.sub(" ", folded(answer))
    return SPECIFIC.search(rest) is not None and len(stems(rest)) >= LEAST_WORDS
