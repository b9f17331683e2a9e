"""How alike two letters are in what they ask: content-word stems, words of one meaning taken as one.

Pure arithmetic over word sets, so a person can be shown exactly which words made two letters alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MEANINGS: tuple[tuple[str, ...], ...] = (
    ("отоплен", "отопит", "батаре", "радиатор", "обогре", "обогрев", "теплоснабж", "топит", "топят", "топк"),
    ("отключ", "отказ", "отсоедин", "отрез", "демонт"),
    ("плат", "плач", "оплат", "оплач", "плате", "деньг", "денег", "начисл", "насчит", "квитанц", "счет",
     "сумм", "взял", "взяли", "берут", "берете", "взима", "стоит", "стоим", "руб", "рубл"),
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

_STOP = """
    а без более будет будут бы был была были было быть в вам вами вас ваш ваша ваше ваши вечер во вообще
    вопрос вопроса вот все всего всех всю вы г где д да даже день для дня до доброго добрый должен
    должна дом друг его ее если есть еще же за здесь здравствуй здравствуйте и из или им именно их к как
    какая какие каким какого какой каком какую кв квартира ко которая которые который кто л ли либо
    лицевого лицевой лицевому лишь лс меня мне мною могу мое может можно мои мой моя мы на над нам нас
    наш наша наше наши не него нее нет ни них но ну о об однако он она они оно от ответ ответа ответьте
    очень п писал писала писали письма письмо пишу по под пожалуйста пос поселок после при прикамский
    про просто прошу с сам себя скажите сколько со спасибо спрашивал спрашивала так такая также таки
    такие такой там тем то тогда того тоже той только том тут ты у уважаемые уважением уже ул улица утро
    хотя хочу чего чей чем что чтоб чтобы эта эти это этого этой этом этот я
"""
STOP = frozenset(_STOP.split())
"""Words that ask nothing: function words, greetings, «пишу», «ответьте», parts of any address."""

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
