"""How alike two letters are in what they ask: content-word stems, words of one meaning taken as one.

Pure arithmetic over word sets, so a person can be shown exactly which words made two letters alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MEANINGS: tuple[tuple[str, ...], ...] = (
    ("отоплен", "отопит", "батаре", "радиатор", "обогре", "обогрев", "теплоснабж", "топит", "топят", "топк"),
    ("отключ", "отказ", "отсоедин", "отрез", "демонт"),
    ("плат", "плач", "оплат", "оплач", "плате", "деньг", "денег", "начисл", "насчит", "квитанц", "счет", "сумм",
     "взял", "взяли", "берут", "берете", "взима", "стоит", "стоим", "руб", "рубл"),
    ("перерасч", "пересчит", "пересчет", "вычес", "вычт", "верн", "возвра", "возмест", "компенс"),
    ("списа", "спиш", "аннулир", "обнул", "убра", "убер", "снять", "сним", "отмен"),
    ("пени", "пеня", "неусто", "штраф"),
    ("счетчик", "прибор", "узел", "водомер", "теплосчет"),
    ("поверк", "повере", "поверя", "повери"),
    ("холод", "мерз", "замерз", "ледян", "прохлад", "стыл", "остыл"),
    ("горяч", "гвс", "кипят"),
    ("почем", "откуд", "зачем", "основани", "причин", "объясн", "поясн", "разъясн"),
    ("подъезд", "лестнич", "общедомов", "одн", "мест общ"),
    ("жалоб", "жалу", "претенз"),
    ("справк", "документ", "бумаг", "выписк"),
    ("ремонт", "почин", "отремонт", "устран", "исправ", "замен", "поменя"),
    ("теч", "протек", "капа", "подтек", "сочит", "лье", "теку"),
    ("норматив", "норм"),
    ("коэффициент", "полтор", "повыша"),
    ("тариф", "цен", "дорог", "подорож", "удорож"),
    ("льгот", "субсид", "скидк"),
    ("собственник", "владел", "хозя"),
    ("задолж", "долг"),
    ("график", "расписан", "срок", "когда"),
    ("газов", "газ", "котел", "котл"),
    ("ребен", "дет", "малыш"),
)  # fmt: skip
"""Beginnings of words that clients of a heat supplier use for one another; order means nothing."""

STOP = frozenset(
    """а без более бы был была были было быть в вам вас ваш ваша ваше ваши во вот все всего всех всю вы где да
    даже для до добрый день вечер доброго утро дня друг его ее если есть еще же за здравствуйте здравствуй и из
    или им их к как какая какие какой ко которая которые который который кто ли либо лишь меня мне могу может
    можно мой моя мое мои мы на над нам нас наш наша наше наши не него нее нет ни них но ну о об однако он она
    они оно от очень по под пожалуйста после при про прошу с сам себя скажите со спасибо так такая также такие
    такой там тем то тогда того тоже той только том ты у уважаемые уважением уже хотя хочу чего чей чем что чтобы
    чтоб эта эти это этого этой этом этот я вообще именно просто тут здесь ваши вами мною будет будут должен должна
    сколько ответьте ответ ответа вопрос вопроса письмо письма пишу писал писала писали спрашивал спрашивала
    лицевой лицевого лицевому л лс улица ул дом кв квартира г п пос д поселок прикамский""".split()
)

_ENDINGS = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ется|ются|ится|ятся|ешь|ишь|ете|ите|ует|уют|ают|яют|али|яли|ила|или"
    r"|ться|тся|ала|яла|ать|ять|ить|еть|уть|ешь|ой|ей|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ам|ям|ах|ях|ов|ев|ию|ия"
    r"|ии|ет|ит|ат|ут|ют|ал|ил|ел|а|я|о|е|ы|и|у|ю|ь|й)$"
)
_WORD = re.compile(r"[a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike (0…1), and the stems both letters hold, for the reason shown to staff."""

    score: float
    shared: tuple[str, ...]


def folded(text: str) -> str:
    """Lower case, ё as е: how words are compared."""
    return text.lower().replace("ё", "е")


def stem(word: str) -> str:
    """A folded word without its ending, or the first of the words it means the same as.

    Crude on purpose: at least four letters are kept, at most seven: «перерасчёта», «перерасчет» meet.
    """
    for meaning in MEANINGS:
        if word.startswith(meaning):
            return meaning[0]
    kept = word
    while len(kept) > 4 and (shorter := _ENDINGS.sub("", kept, count=1)) != kept and len(shorter) >= 4:
        kept = shorter
    return kept[:7]


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    return frozenset(
        stem(word)
        for word in _WORD.findall(folded(text))
        if word not in STOP and (len(word) > 2 or word == "газ")
    )


def likeness(later: frozenset[str], earlier: frozenset[str]) -> Likeness:
    """The share of the smaller set that stands in the other (overlap coefficient).

    A repeat is often much shorter or much longer than the first letter («я уже писал, виноват банк»),
    so the union (Jaccard) would punish what the standard calls the same question.
    """
    shared = later & earlier
    least = min(len(later), len(earlier))
    return Likeness(len(shared) / least if least else 0.0, tuple(sorted(shared)))
