"""What writer and company did with each other: «вы мне звонили», «я приходила к вам», «по моей заявке никто не приехал».

By the day of a call, a visit or a request the staff find whose letter it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailbot.understanding.contact_traces.noun_phrases import around, before_head, may_be, of
from mailbot.understanding.contact_traces.trace_vocabulary import TraceWords
from mailbot.understanding.contact_traces.unexplained_words import TraceToken

_CALLS = frozenset("звонить позвонить дозвониться дозваниваться созвониться".split())
_COMES = frozenset("приходить прийти приезжать приехать заходить зайти явиться наведаться".split())
_PROMISES = frozenset("обещать пообещать заверить заверять".split())
_AWAITS = frozenset("ждать дожидаться ожидать".split())
_FROM_US = frozenset("ответ письмо звонок уведомление".split())
_FOR = frozenset("за на в по из".split())
_ANYBODY = frozenset(
    "девушка девочка женщина парень мужчина ребята люди представитель служба водитель рабочий секретарь юрист".split()
)
"""Of the staff those who may be anybody's."""

_EARLIER = frozenset("прошлый предыдущий прежний недавний старый первый".split())
_AGAIN = frozenset("уже неоднократно повторно ранее раньше дважды трижды раз раза".split())
_TO_ME = frozenset("мне нам".split())
_AT_MINE = {("к", "нам"), ("ко", "мне"), ("у", "нас"), ("у", "меня"), ("до", "меня")}
_AT_YOURS = {("к", "вам"), ("до", "вас"), ("с", "вами"), ("у", "вас"), ("от", "вас")}
_YOURS = frozenset({"ваш"})

OWN = "прежнее обращение к компании"
THEIRS = "дела компании с пишущим"


def dealing_traces(sentence: Sequence[TraceToken], words: TraceWords) -> Iterator[tuple[str, TraceToken]]:
    """Each word that tells of a dealing, in the order of the sentence."""
    for at, token in enumerate(sentence):
        if of(token, words.appeals) and may_be(token, "NOUN") and _is_earlier(sentence, at):
            yield OWN, token
        elif _is_from_us(sentence, at, words):
            yield THEIRS, token
        elif _is_past(token) and not _denied(sentence, at):
            near = around(sentence, at)
            if _visited(token, near, words) or (of(token, _PROMISES) and _is_theirs(sentence, near, words)):
                yield THEIRS, token
            elif of(token, words.dealings) and _to_the_company(token, near, words):
                yield OWN, token
            elif (of(token, words.dealings) and _by_the_company(sentence, near, words)) or _came(near, words):
                yield THEIRS, token


def _is_past(token: TraceToken) -> bool:
    """What was done; of calls also what is being done: «звоню вам третий день»."""
    return may_be(token, "VERB", "past") or (of(token, _CALLS) and may_be(token, "VERB", "1per", "pres"))


def _denied(sentence: Sequence[TraceToken], at: int) -> bool:
    return at > 0 and sentence[at - 1].folded == "не"


def _is_earlier(sentence: Sequence[TraceToken], at: int) -> bool:
    """«по моей заявке», «после нашего обращения», «на прошлое письмо»."""
    adjectives = sentence[max(0, at - 2) : at]
    mine = any(of(word, frozenset({"мой", "наш", "свой"})) for word in adjectives)
    before = [word.folded for word in before_head(sentence, at)[-1:]]
    return any(of(word, _EARLIER) for word in adjectives) or (mine and before in (["по"], ["после"]))


def _is_from_us(sentence: Sequence[TraceToken], at: int, words: TraceWords) -> bool:
    """An answer of ours that came, or somebody of ours whom the writer met or awaits."""
    token = sentence[at]
    if of(token, _FROM_US):
        return _is_ours(sentence, at)
    return of(token, words.staff - _ANYBODY) and _is_met(sentence, at, token)


def _is_ours(sentence: Sequence[TraceToken], at: int) -> bool:
    """«спасибо за ответ», «на ваше письмо», «в вашем ответе»; «жду вашего ответа» asks for one."""
    before = [word.folded for word in before_head(sentence, at)[-1:]]
    yours = any(of(word, _YOURS) for word in sentence[max(0, at - 2) : at])
    thanked = before == ["за"] and any(
        word.folded.startswith(("спасиб", "благодар")) for word in sentence[:at]
    )
    return thanked or (yours and bool(before) and before[0] in _FOR)


def _is_met(sentence: Sequence[TraceToken], at: int, staff: TraceToken) -> bool:
    """«спасибо мастеру», «жду слесаря в четверг»: somebody of ours was there, or has been promised."""
    before = sentence[max(0, at - 3) : at]
    thanked = may_be(staff, "datv") and any(
        word.folded.startswith(("спасиб", "благодар", "поклон")) for word in before
    )
    awaited = any(of(word, _AWAITS) and may_be(word, "VERB", "1per") for word in before)
    return thanked or (awaited and (may_be(staff, "accs") or may_be(staff, "gent")))


def _to_the_company(verb: TraceToken, near: Sequence[TraceToken], words: TraceWords) -> bool:
    """«писала вам», «приходила к вам», «звонил в диспетчерскую», «оставляла заявку», «уже обращались»."""
    folded = [token.folded for token in near]
    if of(verb, _CALLS) or "вам" in folded or _pairs(folded) & (_AT_YOURS - {("у", "вас"), ("от", "вас")}):
        return True
    placed = any(
        of(token, words.offices)
        and not may_be(token, "nomn", "anim")
        and any(word.folded in ("в", "к", "у", "на") for word in before_head(near, at)[-1:])
        for at, token in enumerate(near)
    )
    appealed = any(of(token, words.appeals) and may_be(token, "accs") for token in near)
    return placed or appealed or any(of(token, _AGAIN) for token in near)


def _by_the_company(sentence: Sequence[TraceToken], near: Sequence[TraceToken], words: TraceWords) -> bool:
    """«вы мне звонили», «ваш диспетчер обещал нам»."""
    folded = [token.folded for token in near]
    mine = bool(_TO_ME & set(folded)) or bool(_pairs(folded) & _AT_MINE)
    personal = bool({"мне", "меня"} & set(folded))
    return mine and (personal or _is_theirs(sentence, near, words))


def _is_theirs(sentence: Sequence[TraceToken], near: Sequence[TraceToken], words: TraceWords) -> bool:
    """«вы», «от вас», «ваш диспетчер»: somebody of the company does it."""
    folded = [token.folded for token in near]
    return (
        "вы" in folded
        or bool(_pairs(folded) & {("от", "вас"), ("у", "вас")})
        or any(_is_staff(sentence, token, words) for token in near)
    )


def _came(near: Sequence[TraceToken], words: TraceWords) -> bool:
    """«ваш мастер был», «к нам приходили слесари», «от вас приезжала бригада», whatever they did."""
    folded = [token.folded for token in near]
    staff = [at for at, token in enumerate(near) if of(token, words.staff) and may_be(token, "nomn")]
    yours = any(any(of(word, _YOURS) for word in near[max(0, at - 2) : at]) for at in staff)
    placed = bool(_pairs(folded) & (_AT_MINE | {("от", "вас")}))
    return bool(staff) and (yours or placed)


def _visited(verb: TraceToken, near: Sequence[TraceToken], words: TraceWords) -> bool:
    """«приходил слесарь»: to whom, the company's log says."""
    return of(verb, _COMES) and any(
        of(token, words.staff - _ANYBODY) and may_be(token, "nomn") for token in near
    )


def _is_staff(sentence: Sequence[TraceToken], token: TraceToken, words: TraceWords) -> bool:
    at = next(place for place, other in enumerate(sentence) if other is token)
    yours = any(of(word, _YOURS) for word in sentence[max(0, at - 2) : at])
    return yours and of(token, words.staff) and may_be(token, "nomn")


def _pairs(folded: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(folded))
