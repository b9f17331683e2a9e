"""Who the writer says he is: letterhead, signature, subject, the name beside the address; never what he merely mentions.

«Помощник прокурора района Петров А.А.» below a letter is a signature; «прокуратура мне ответила» and «бывший работник
прокуратуры» are not.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import islice

from mailbot.model import CorrespondentGroup, Letter, Span
from mailbot.understanding.correspondents.evidence import Evidence
from mailbot.understanding.correspondents.letter_sections import (
    DocumentPosition,
    DocumentSentence,
    LetterDocument,
)
from mailbot.understanding.patterns.word_cues import WordListMatcher, compiled, word_list
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.morphology import is_finite_verb

PROVEN, PLAIN, HINT = 3, 2, 1
"""What an address of the group's own, an introduction, and a mere likeness weigh."""

MAX_LENGTH = 180
"""Characters of a line that may introduce its writer; longer ones tell something."""

_FORMER = re.compile(
    r"(?<!\w)(?:бывш\w+|экс-?|ветеран\w*|пенсионер\w*|на пенсии|в отставке|в запасе|копия|кому|куда|адресат\w*)(?!\w)"
)
_TO = re.compile(
    r"(?<!\w)(?:в адрес\s+(?:[\w-]+\s+){0,2}|(?:в|во|из|от|через|к|ко|для|про|перед)\s+(?:[\w-]+\s+)?)$"
)
_PRONOUN = re.compile(
    r"(?<!\w)(?:мне|меня|мной|нам|нас|я|мы|вы|вас|вам|они|он|она|это|что|где|когда|почему|если)(?!\w)"
)
_WORD = re.compile(r"[а-я]{3,}")
_SPEAKING = re.compile(
    r"(?<!\w)(?:прос|запрашива|направля|уведомля|извеща|предлага|требу|информиру|предупрежда|напомина|довод|рекоменду|поруча"
    r"|приглаша|обязыва|возвраща|провод|переда|сообща|доклад|препровожда|ходатайству)\w{0,3}[еяию]т"
    r"(?!\w)(?! (?:мне|меня|нам|нас|с меня|с нас)(?!\w))"
)
_INSTITUTION = re.compile(
    r"(?<!\w)(?:школ\w*|сош|оош|детск\w+ сад\w*|д/с|[мг][баок]?[оад]?оу|мбдоу|мадоу|гимнази\w+|лице[йя]\w*|больниц\w+|поликлиник\w+|фап"
    r"|библиотек\w+|дом\w* культуры|дк|музе[йя]\w*|техникум\w*|колледж\w*|спорт\w+|фок|црб|интернат\w*|ясли)(?!\w)"
)
"""Who is a client whatever authority stands above him in the letterhead."""


def of_address(letter: Letter, group: CorrespondentGroup) -> Evidence:
    """The sender's address: an address or domain named in full proves, a pattern of mere beginnings only hints."""
    address = letter.from_.email
    weight = 0
    for pattern in group.senders:
        if address and fnmatchcase(address, pattern):
            weight = max(weight, PROVEN if _names_a_domain(pattern) else HINT)
    return Evidence(weight, (f"адрес {address}",) if weight else ())


def _names_a_domain(pattern: str) -> bool:
    domain = pattern.rpartition("@")[2].removeprefix("*.")
    return "*" not in domain and "." in domain


def of_display_name(letter: Letter, group: CorrespondentGroup) -> Evidence:
    match = word_list(group.names).first_in(fold(letter.from_.name))
    return Evidence(PLAIN, (f"имя отправителя «{letter.from_.name}»",)) if match else Evidence()


def of_subject(letter: Letter, group: CorrespondentGroup) -> Evidence:
    """«Запрос прокуратуры»: whose paper it is stands right behind the paper's name."""
    match = named_paper(fold(letter.subject), group)
    if match is None:
        return Evidence()
    return Evidence(HINT, (f"тема «{letter.subject}»",), (Span("subject", match.start(), match.end()),))


def named_paper(text: str, group: CorrespondentGroup) -> re.Match[str] | None:
    """Whose paper the folded text names; None where it names none of the group's."""
    for paper in islice(_PAPER.finditer(text), MAX_PAPERS):
        match = compiled(group.names).search(text, paper.end(), paper.end() + MAX_LENGTH)
        if match is None or _TO.search(text[: match.start()]) or match.start() - paper.end() > MAX_FROM_PAPER:
            continue
        return match
    return None


MAX_PAPERS, MAX_FROM_PAPER = 20, 40
"""Papers of a text that are looked at, and characters from a paper's name to its writer's."""

_PAPER = re.compile(
    r"(?<!\w)(?:запрос|требовани|предписани|представлени|уведомлени|извещени|определени|постановлени|поручени|письмо|повестк"
    r"|предостережени|обращени)\w*"
)


def of_document(document: LetterDocument, group: CorrespondentGroup) -> Evidence:
    """Letterhead and signature weigh once each, and so does speaking as one of the group."""
    names, speaks = word_list(group.names), word_list(group.speaks)
    named = names.may_stand_in(document.text)
    if not named and not speaks.may_stand_in(document.text):
        return Evidence()
    evidence = Evidence()
    for place, title in (
        ((DocumentPosition.HEAD, "бланк"), (DocumentPosition.FOOT, "подпись")) if named else ()
    ):
        for piece in document.pieces:
            if piece.place is place and (match := _introduces(piece, names)) is not None:
                evidence += Evidence(PLAIN, (f"{title} «{_shown(piece)}»",), (piece.span(match),))
                break
    return evidence + _spoken(document, names, speaks)


def _shown(piece: DocumentSentence) -> str:
    return " ".join(piece.folded.split())[:80]


def _introduces(piece: DocumentSentence, names: WordListMatcher) -> re.Match[str] | None:
    text = piece.folded
    if len(text) > MAX_LENGTH:
        return None
    match = names.first_in(text)
    if match is None or _FORMER.search(text) or _PRONOUN.search(text) or _TO.search(text[: match.start()]):
        return None
    return None if any(is_finite_verb(word) for word in _WORD.findall(text)) else match


def _spoken(document: LetterDocument, names: WordListMatcher, speaks: WordListMatcher) -> Evidence:
    for piece in document.pieces:
        match = speaks.first_in(piece.folded) or _subject(piece, names)
        if match is not None:
            return Evidence(PLAIN, (f"пишет от имени организации: «{_shown(piece)}»",), (piece.span(match),))
    return Evidence()


MAX_BEFORE, MAX_BETWEEN = 80, 160
"""Characters before the name of who speaks, and between it and what he does («просит», «направляет»)."""


def _subject(piece: DocumentSentence, names: WordListMatcher) -> re.Match[str] | None:
    """«Администрация поселения просит …»: the organisation itself does what offices do in their letters."""
    text = piece.folded
    named = names.first_in(text[:MAX_LENGTH])
    if named is None or named.start() > MAX_BEFORE or _TO.search(text[: named.start()]):
        return None
    return named if _SPEAKING.search(text, named.end(), named.end() + MAX_BETWEEN) else None


def is_institution(document: LetterDocument, letter: Letter) -> bool:
    """Does a school, a kindergarten or a hospital introduce itself? It is served heat, whoever keeps it."""
    if _INSTITUTION.search(fold(letter.from_.name)):
        return True
    return any(_is_of_institution(piece) for piece in document.pieces)


_ABOUT = re.compile(r"(?<!\w)(?:о|об|в|во|на|по|для|от|из|к|около|рядом|возле)\s")
"""«о подаче тепла в школу № 3»: what an office writes about is not who writes."""


def _is_of_institution(piece: DocumentSentence) -> bool:
    """In letterhead or signature, or as the one who asks («администрация детского сада просит»)."""
    text = piece.folded
    named = _INSTITUTION.search(text, 0, MAX_LENGTH)
    if named is None or _ABOUT.search(text[: named.start()]):
        return False
    if named.start() <= MAX_BEFORE and _SPEAKING.search(text, named.end(), named.end() + MAX_BETWEEN):
        return True
    told = any(is_finite_verb(word) for word in _WORD.findall(text))
    return piece.place is not DocumentPosition.MIDDLE and len(text) <= MAX_LENGTH and not told
