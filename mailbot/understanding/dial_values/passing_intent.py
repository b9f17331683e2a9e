"""Does a sentence pass a reading on, or does it only speak of one (an argument, a question, a story)?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PASSES_ON = re.compile(
    r"\b(?:переда(?:ю|ем|[её]м|м|ть)|примите|прошу\s+(?:вас\s+)?(?:принять|учесть|внести|зачесть)"
    r"|учтите|запишите|внесите|занесите"
    r"|сообщ(?:аю|аем|ает|ить)|направля(?:ю|ем|ет)|отправля(?:ю|ем|ет)|посыла(?:ю|ем)|шлю|высыла(?:ю"
    r"|ем)|пода(?:ю|[её]м)|даю|сдаю"
    r"|предоставля(?:ю|ем)|исправ(?:ьте|ляю)|считать|вот)\b"
    r"|peredayu|primite|otpravlyayu|soobshchayu",
    re.IGNORECASE,
)
_SPEAKS_OF_METERS = re.compile(
    r"п[оа]каз[ао]н\w*|циферк\w*|показыва\w*|показател\w*|сч[её]тчик\w*|прибор\w*\s+уч[её]т\w*|теплосч\w*|\bгвс\b"
    r"|pokazani\w*|schetchik\w*|\bипу\b|\bодпу\b"
    r"|\bнаработк\w*|\bнакопленн\w*|\bинтегратор\w*|\bна\s+табло|\bна(?:тика|мота|крут|щ[её]лка|капа|тек|кап|бежа)л\w*"
    r"|значени\w*|водичк\w*|\bmeter\b|\breadings?\b",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    r"\bпочему\b|\bзачем\b|\bотчего\b|\bс какой стати|\bоткуда\b|\bкак так\b|\bкак это\b"
    r"|\bне\s+прин(?:яли|имаете|ята|яты|ято|ялось|имает\w*)"
    r"|\bквитанц\w*|\bплат[её]жк\w*|\bнасчита\w*|\bначисл\w*|\bвыстав\w*|\bпересчит\w*|\bперерасч\w*"
    r"|\bпосчита\w*|\bдоначисл\w*"
    r"|\bдолг\w*|\bзадолженн\w*|\bнорматив\w*|\bтариф\w*|\bсредн\w*|\bсосед\w*"
    r"|\bесли\b|\bнапример\b"
    r"|\bуказан[оыа]?\b|\bзначится\b|\bстоит\s+показан|\bбудто\b|\bякобы\b|\bпо\s+вашим\s+данным"
    r"|\bвы\s+(?:записали|внесли|поставили|приняли)"
    r"|\bзаявлен\w*|\bнедопоставк\w*|\bприн?ят[ыао]?\b|\bутверждае\w*|\bможет\s+ли\b"
    r"|\bразве\b|\bсломал\w*|\bостановил\w*|\bсто(?:ит|ял[аио]?)\s+на\b(?=\s*\d)|\bне\s+крут\w*|\bзаст(?:рял|ыл)\w*",
    re.IGNORECASE,
)
_PAID = re.compile(r"\bзаплат\w*|\bоплат\w*", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:пере|по)дав?ал[аи]?\b|\bпередал[аи]?\b|\bотправлял[аи]?\b|\bпосылал[аи]?\b|\bсдавал[аи]?\b"
    r"|\bподал[аи]?\b",
    re.IGNORECASE,
)
# «… 302 ПЕРЕДАЛ ТРЕТЬЯКОВ»: who hands it over, not when
_SIGNED = re.compile(
    r"\b(?i:передал[аи]?|подал[аи]?|снял[аи]?)\W{1,3}(?!(?i:вчера|уже|ране|раньш|давно|ещ))[А-ЯЁ][А-ЯЁа-яё-]{2,}(?:\s[А-ЯЁ][А-ЯЁа-яё.]*){0,2}\W*$",
)
# «Если передам 149, пересчитаете?», «можно ли передать 150»: a value being considered
_CONSIDERS = re.compile(
    r"\b(?:если|можно\s+ли|могу\s+ли|можно|а\s+что,?\s+если|допустим|например)\b[^.!?\n]{0,40}"
    r"\b(?:перед(?:ам|ать|адим|ал[аи]?)|пода(?:м|ть)|напи(?:шу|сать)|отправ(?:лю|ить)|укажу|поставлю)\b[^.!?\n]{0,25}\d",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\bпередаю\b|\bпередаём\b|\bпередаем\b|\bприми\w*\b|\bпринять\b|\bнаправля\w*\b|\bсообща[юе]\w*\b",
    re.IGNORECASE,
)
# «вместо 71 стоит 77»: both are told as an argument
_STANDS = re.compile(
    r"вместо\s+\d[\d.,]*\s+(?:[а-яё]+\s+){0,2}?(?:сто(?:ит|ят|яло)|указа|напис|напеч|постав|запис|значит|внес|приш|насчит|выш|начисл)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\bпередавать\s+не\s+буд\w*|\bне\s+буд\w+\s+передавать|\b(?:больше\s+)?не\s+переда(?:ю|м|[её]м)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bошиб(?:ся|лась|лись|ка|ку|очка|очно)\b|\bопечат\w*|\bневерн\w*|\bнеправильн\w*|\bисправ\w*"
    r"|\bвместо\b|\bописк\w*|\bописал\w*"
    r"|\bперепутал[аи]?\b|\bуточн\w*|\bкорректир\w*|\bда,?\s+верно",
    re.IGNORECASE,
)
_COMPLAINS = re.compile(
    r"\bнету?\b|\bхолодн(?:о|ые|ый|ее)\b|\bеле\b|\bедва\b|\bт[её]пл(?:ая|ый|ые|оват\w*)|\bжалоб\w*|\bслаб\w*|\bржав\w*"
    r"|\bкогда\b|\b(?:от|в)ключ\w*|\bпропал\w*|\bне\s+гре\w*|\bгреет\b|\bзам[её]рз\w*|\bм[её]рзн\w*|\bдолж(?:на|но|ны"
    r"|ен)\b|\bверните\b|\bтеч[её]т\b",
    re.IGNORECASE,
)
_UNUSUAL = re.compile(
    r"\b(?:за|по)?меня(?:ли|л[аи]?)\b|\bзамен(?:ил|ен|а\b|е\b|ы\b)\w*|\bснят\w*\b(?=.{0,40}показ)"
    r"|\bнов(?:ый|ого)\s+(?:сч|приб|№)|\bперепута[лн]\w*|\bместами\b|\bустанов(?:лен|ки|ил)\w*",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[а-яёА-ЯЁA-Za-z]|сч|зав|гор|хол|отопл|отоп|куб|тел|ул|кв|пос|лиц|пред|тек|нач|кон|им|обл"
    r"|руб|коп|сот|моб|п/п|ном|ст|вх))\.$"
)
_END = re.compile(r"[!?]+|\.(?=\s|$)|;|\n+")
_LONG_LINE = 58  # format=flowed and old clients break lines near column 72: such a break ends nothing


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Characters `start`..`end` (half-open) of the text and the mark that closed them."""

    start: int
    end: int
    mark: str


def sentences(text: str) -> tuple[SentenceSpan, ...]:
    """The sentences and lines of `text`, in order; abbreviations and wrapped lines do not end one."""
    cut: list[SentenceSpan] = []
    start = 0
    for match in _END.finditer(text):
        mark = match.group()
        if mark == "." and _ABBREVIATION.search(text, max(0, match.end() - 8), match.end()):
            continue
        if mark == "\n" and _is_wrapped(text, match.start()):
            continue
        if text[start : match.start()].strip():
            cut.append(SentenceSpan(start, match.end(), mark))
        start = match.end()
    if text[start:].strip():
        cut.append(SentenceSpan(start, len(text), ""))
    return tuple(cut)


def _is_wrapped(text: str, position: int) -> bool:
    line = text[text.rfind("\n", 0, position) + 1 : position].rstrip()
    following = text[position + 1 : position + 2]
    return len(line) >= _LONG_LINE and line[-1:] not in ".!?:;" and not following.isupper()


def passes_on(words: str) -> bool:
    """Does the text say that it hands readings over («передаю», «примите»)?"""
    return bool(_PASSES_ON.search(words))


def speaks_of_meters(words: str) -> bool:
    """Does the text speak of readings or meters at all?"""
    return bool(_SPEAKS_OF_METERS.search(words))


def complains(words: str) -> bool:
    """Does the sentence speak of bad heat or water? A number in it is rather a temperature or a day."""
    return bool(_COMPLAINS.search(words))


def is_unusual(words: str) -> bool:
    """Was a meter replaced, or were two dials mixed up? Then old and new values stand together."""
    return bool(_UNUSUAL.search(words))


def refuses(words: str) -> bool:
    """«Показания больше не передаю и передавать не буду»."""
    return bool(_REFUSES.search(words))


def considers(words: str) -> bool:
    """Does the letter ask about a value that is not passed on («если передам 149…»)?"""
    return bool(_CONSIDERS.search(words)) and not _HANDS_OVER.search(words)


def quotes_mistake(words: str) -> bool:
    """«В квитанции вместо 71 стоит 77»: a mistake of others, no correction of the writer's."""
    return bool(_STANDS.search(words))


def corrects(words: str) -> bool:
    """Does the letter set an earlier reading right («ошибся, правильно 355»)?"""
    return bool(_CORRECTS.search(words))


def argues(words: str, mark: str, *, at: int, state: str = "") -> bool:
    """Is the number at `at` of the sentence quoted as an argument, in a question or a story?

    A verb of passing on after the argument and before the number turns it: «в квитанцию не вошло,
    передаю 345».
    """
    before = words[:at]
    turning = max((match.end() for match in _PASSES_ON.finditer(before)), default=-1)
    if turning >= 0:
        return bool(
            _ARGUES.search(before, turning) or _PAID.search(before, turning) or _TOLD.search(before, turning)
        )
    told = (
        state != "new" and bool(_TOLD.search(words)) and not _SIGNED.search(words, at)
    )  # «передавал 340, сейчас 352» passes 352 on
    clause = words[max(words.rfind(end, 0, at) for end in ",;¦") + 1 :]
    stop = min(
        (end for mark_ in ",;¦" if (end := clause.find(mark_, at - len(words) + len(clause))) >= 0),
        default=len(clause),
    )
    return told or "?" in mark or bool(_ARGUES.search(words) or _PAID.search(clause, 0, stop))
