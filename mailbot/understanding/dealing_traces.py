"""What writer and company did with each other: «вы мне звонили», «я приходила к вам», «по моей заявке никто не приехал».

By the day of a call, a visit or a request the staff find whose letter it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailbot.understanding.phrases import around, before_head, may_be, of
from mailbot.understanding.trace_words import TraceWords
from mailbot.understanding.word_traces import Token

_CALLS = frozenset("звонить позвонить дозвониться дозваниваться созвониться".split())
_COMES = frozenset("приходить прийти приезжать приехать заходить зайти явиться наведаться".split())
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


def dealing_traces(sentence: Sequence[Token], words: TraceWords) -> Iterator[tuple[str, Token]]:
    """Each word that tells of a dealing, in the order of the sentence."""
    for at, token in enumerate(sentence):
        if of(token, words.appeals) and may_be(token, "NOUN") and _is_earlier(sentence, at):
            yield OWN, token
        elif _is_past(token) and not _denied(sentence, at):
            near = around(sentence, at)
            if _visited(token, near, words):
                yield THEIRS, token
            elif of(token, words.dealings) and _to_the_company(token, near, words):
                yield OWN, token
            elif (of(token, words.dealings) and _by_the_company(sentence, near, words)) or _came(near, words):
                yield THEIRS, token


def _is_past(token: Token) -> bool:
    """What was done; of calls also what is being done: «звоню вам третий день»."""
    return may_be(token, "VERB", "past") or (of(token, _CALLS) and may_be(token, "VERB", "1per", "pres"))


def _denied(sentence: Sequence[Token], at: int) -> bool:
    return at > 0 and sentence[at - 1].folded == "не"


def _is_earlier(sentence: Sequence[Token], at: int) -> bool:
    """«по моей заявке», «после нашего обращения», «на прошлое письмо»."""
    adjectives = sentence[max(0, at - 2) : at]
    mine = any(of(word, frozenset({"мой", "наш", "свой"})) for word in adjectives)
    before = [word.folded for word in before_head(sentence, at)[-1:]]
    return any(of(word, _EARLIER) for word in adjectives) or (mine and before in (["по"], ["после"]))


def _to_the_company(verb: Token, near: Sequence[Token], words: TraceWords) -> bool:
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


def _by_the_company(sentence: Sequence[Token], near: Sequence[Token], words: TraceWords) -> bool:
    """«вы мне звонили», «ваш диспетчер обещал нам»."""
    folded = [token.folded for token in near]
    mine = bool(_TO_ME & set(folded)) or bool(_pairs(folded) & _AT_MINE)
    theirs = (
        "вы" in folded
        or _pairs(folded) & {("от", "вас"), ("у", "вас")}
        or any(_is_staff(sentence, token, words) for token in near)
    )
    personal = bool({"мне", "меня"} & set(folded))
    return mine and bool(theirs or personal)


def _came(near: Sequence[Token], words: TraceWords) -> bool:
    """«ваш мастер был», «к нам приходили слесари», «от вас приезжала бригада», whatever they did."""
    folded = [token.folded for token in near]
    staff = [at for at, token in enumerate(near) if of(token, words.staff) and may_be(token, "nomn")]
    yours = any(any(of(word, _YOURS) for word in near[max(0, at - 2) : at]) for at in staff)
    placed = bool(_pairs(folded) & (_AT_MINE | {("от", "вас")}))
    return bool(staff) and (yours or placed)


def _visited(verb: Token, near: Sequence[Token], words: TraceWords) -> bool:
    """«приходил слесарь»: to whom, the company's log says."""
    return of(verb, _COMES) and any(of(one, words.staff - _ANYBODY) and may_be(one, "nomn") for one in near)


def _is_staff(sentence: Sequence[Token], token: Token, words: TraceWords) -> bool:
    at = next(place for place, one in enumerate(sentence) if one is token)
    yours = any(of(word, _YOURS) for word in sentence[max(0, at - 2) : at])
    return yours and of(token, words.staff) and may_be(token, "nomn")


def _pairs(folded: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(folded))
