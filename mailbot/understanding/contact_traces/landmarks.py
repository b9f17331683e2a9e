"""A house that is told by what stands beside it, or by its looks: «напротив почты», «над вашим офисом», «дом с синей крышей»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.understanding.contact_traces.noun_phrases import before_head, may_be, of
from mailbot.understanding.contact_traces.trace_vocabulary import TraceWords
from mailbot.understanding.contact_traces.unexplained_words import ESTABLISHMENTS, TraceToken
from mailbot.understanding.text.morphology import forms, lemmas

_BESIDE = frozenset(
    "возле около напротив вблизи подле близ против рядом недалеко неподалеку наискосок поблизости".split()
)
"""Words that place one thing by another, whatever it is."""

_PLACED = {
    "за": "ablt", "над": "ablt", "под": "ablt", "перед": "ablt", "между": "ablt", "с": "ablt",
    "у": "gent", "от": "gent", "через": "accs", "при": "loct",
}  # fmt: skip
"""Prepositions that place a house in this case, beside many other things that they do."""

_DWELLINGS = frozenset(
    "дом домик подъезд двор корпус барак здание пятиэтажка девятиэтажка двухэтажка трехэтажка многоэтажка новостройка общежитие"
    " квартира жить проживать наш".split()
)
_HOUSES = frozenset(
    "дом домик корпус барак здание пятиэтажка девятиэтажка двухэтажка трехэтажка многоэтажка".split()
)
_WHICH = frozenset("крайний последний угловой единственный".split())
_AT_HOME = frozenset(
    "дом подъезд окно дверь стена пол потолок батарея радиатор стояк труба счетчик прибор кран плита печка печь кровать диван"
    " теплотрасса трасса люк колодец крыльцо балкон лестница угол час месяц год неделя сутки половина день тысяча"
    " рубль процент градус куб метр квартира комната кухня ванная вход выход пустота нуль ноль".split()
)
"""What stands in everybody's home or street, and no figure either."""

WHAT = "приметное место"


def landmark_traces(sentence: Sequence[TraceToken], words: TraceWords) -> Iterator[tuple[str, TraceToken]]:
    """Each word by which the house may be found, in the order of the sentence."""
    known = words.landmarks | ESTABLISHMENTS
    dwelling = any(of(token, _DWELLINGS) for token in sentence)
    for at, token in enumerate(sentence):
        before = before_head(sentence, at)
        if (
            _is_beside(token, before, known)
            or (dwelling and of(token, known) and _is_placed(token, before))
            or (_is_which(sentence, at))
        ):
            yield WHAT, token


def _is_beside(token: TraceToken, before: Sequence[TraceToken], known: frozenset[str]) -> bool:
    """«напротив мостика», «рядом со школой», «через дорогу от почты»."""
    if before and before[-1].folded in ("над", "под") and may_be(token, "ablt"):
        return bool(lemmas(token.folded) & ESTABLISHMENTS)
    if not any(word.folded in _BESIDE for word in before[-2:]):
        return False
    if of(token, known):
        return True
    near = before[-1].folded in _BESIDE
    thing = any({"NOUN", "inan"} <= form for form in forms(token.folded))
    return near and thing and not of(token, _AT_HOME)


def _is_placed(token: TraceToken, before: Sequence[TraceToken]) -> bool:
    """«в доме за магазином», «во дворе конторы», «в доме, где почта»."""
    if not before:
        return False
    last = before[-1]
    case = _PLACED.get(
        last.folded.removesuffix("о") if last.folded in ("со", "подо", "надо") else last.folded
    )
    if case is not None:
        return may_be(token, "NOUN", case) and not (last.folded == "с" and not _of_a_house(before[:-1]))
    if last.folded == "где":
        return may_be(token, "NOUN", "nomn")
    return of(last, _DWELLINGS - {"жить", "проживать", "наш", "квартира"}) and may_be(token, "NOUN", "gent")


def _of_a_house(before: Sequence[TraceToken]) -> bool:
    return bool(before) and of(before[-1], _HOUSES)


def _is_which(sentence: Sequence[TraceToken], at: int) -> bool:
    """«последний дом», «крайний барак»: there is one such."""
    return at > 0 and of(sentence[at], _HOUSES) and of(sentence[at - 1], _WHICH)
