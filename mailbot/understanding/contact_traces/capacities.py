"""Who the writer says to be, without a name: a deputy, a bailiff, a journalist, a former employee; or nobody of ours at all.

An authority's or a journalist's letter is no client's, and whoever says that our mail goes to the wrong address has somebody
else's bill: neither is silenced for want of contact data (clause 2.2.email.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.understanding.contact_traces.unexplained_words import TraceToken
from mailbot.understanding.text.morphology import forms, lemmas

_OFFICES = frozenset(
    "администрация прокуратура полиция мвд мчс суд инспекция министерство департамент комитет мэрия дума сельсовет совет соцзащита"
    " опека налоговый налоговая фнс фссп ростехнадзор роспотребнадзор жилинспекция госжилинспекция редакция газета телевидение"
    " радио банк ведомство управление отдел фонд партия приемная росгвардия военкомат".split()
)
_OF = frozenset({"из", "от"})
_WRONG_ADDRESS = re.compile(
    r"(?<!\w)(?:ошибл[аи]сь?|ошиб[лс]\w*|перепутал\w*|промахнул\w*)[^.!?\n]{0,20}(?:адрес|почт|ящик|человек|получател|номер)\w*"
    r"|(?<!\w)(?:адрес|почт|ящик)\w*[^.!?\n]{0,15}(?:перепута|ошиб)\w*"
    r"|(?<!\w)не (?:тому|той|туда|по адресу)\b|(?<!\w)не ваш\w? (?:клиент|абонент|потребител|жил|житель)\w*"
    r"|(?<!\w)не мо(?:й|я|е|и)\b(?: \w+)? (?:ящик|почт|адрес|счет|квитанц|квартир|долг)\w*"
    r"|(?<!\w)чуж\w+ (?:счет|квитанц|письм|почт|адрес|ящик|долг)\w*"
    r"|(?<!\w)(?:удал|убер|исключ|вычеркн|отпи)(?:ите|и)\b[^.!?\n]{0,30}(?:почт|адрес|ящик|рассылк|баз|списк|меня)\w*"
    r"|(?<!\w)(?:больше|мне) не (?:пишите|присылайте|шлите|отправляйте)|(?<!\w)не (?:пишите|присылайте|шлите) (?:мне|больше|сюда)"
)
_FORMER = re.compile(
    r"(?<!\w)бывш\w+ (?:ваш\w* )?(?:сотрудни|работни|слесар|кассир|бухгалтер|оператор|мастер|инженер|диспетчер|кочегар|сторож|уборщи"
    r"|контрол|водител|сварщик|электри|начальни)\w*"
    r"|(?<!\w)(?:работал|служил|трудил)\w* (?:\w+ ){0,2}(?:у вас|в вашей|в вашем|на вашем|на вашей|в экостро)\w*"
    r"|(?<!\w)у вас (?:\w+ ){0,2}(?:работал|трудил|служил)\w*"
)


def role_traces(
    folded: str, tokens: Sequence[TraceToken], posts: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """(what it may be, start, end) in Russian; nothing where the writer claims no part."""
    for match in _WRONG_ADDRESS.finditer(folded):
        yield "письмо, возможно, пришло не тому человеку", *match.span()
    for match in _FORMER.finditer(folded):
        yield "возможно, бывший сотрудник", *match.span()
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at and not token.opens else None
        if (_is_person(token, posts) and not _is_yours(before)) or _is_office(token, before):
            yield "возможно, пишет не клиент", token.start, token.end


def _is_person(token: TraceToken, posts: frozenset[str]) -> bool:
    """«Депутат просит», but not «пойду к депутату»."""
    return bool(lemmas(token.folded) & posts) and any(
        {"NOUN", "nomn"} <= form or {"ADJF", "Subx", "nomn"} <= form for form in forms(token.folded)
    )


def _is_yours(before: TraceToken | None) -> bool:
    """«ваш директор» is not the one who writes."""
    return before is not None and bool(lemmas(before.folded) & {"ваш", "твой"})


def _is_office(token: TraceToken, before: TraceToken | None) -> bool:
    """«Из администрации.», «Сельсовет.», but not «администрация молчит»."""
    if not lemmas(token.folded) & _OFFICES:
        return False
    alone = token.opens and token.closes
    return alone or (before is not None and before.opens and before.folded in _OF)
