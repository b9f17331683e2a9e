"""How a letter puts its matter: in the form of offices and businesses, or as one who writes of his own flat and money."""

from __future__ import annotations

import re

from mailbot.model import CorrespondentGroup, Letter, Rulebook, Span
from mailbot.understanding.correspondents.evidence import Evidence
from mailbot.understanding.correspondents.letter_sections import DocumentAuthorship, LetterDocument
from mailbot.understanding.patterns.word_cues import compiled, word_list
from mailbot.understanding.text.folding import fold

STRONG, WEAK, PLAINLY = 2, 1, 3
MAX_FORM, MAX_MATTER, MAX_RESIDENT = 6, 3, 4

_QUOTATION = re.compile(r"«[^«»]{20,2000}»|\"[^\"]{20,2000}\"")
_APPEAL_FOLLOWS = re.compile(
    r"(?:текст|содержание|суть|копия) (?:обращени|жалоб|заявлени|сообщени)\w*(?: заявител\w+)?\W{0,3}[:\n]"
    r"|заявитель (?:сообщает|поясняет|указывает|пишет)\w*|(?:сообщает|пишет|указывает), что"
)
_TO_A_CITIZEN = re.compile(
    r"(?<!\w)(?:(?:на|по|рассмотрев|рассмотрено) ваш(?:е|ему|а|у)? (?:обращени|заявлени|жалоб)\w*"
    r"|ваш(?:е|а) (?:обращени|жалоб|заявлени)\w*[^.!?\n]{0,80}(?:рассмотрен|перенаправлен|направлен|зарегистрирован|поступил)\w*"
    r"|разъясня\w+ вам|вы вправе обжаловать)"
)


def form(document: LetterDocument, letter: Letter, rulebook: Rulebook) -> Evidence:
    """The forms of offices: «исх. №», «на основании ст.», «о результатах сообщить заявителю»; the subject's too."""
    evidence = Evidence()
    for name, weight in (("official_strong", STRONG), ("official_hint", WEAK)):
        seen: set[str] = set()
        for match in word_list(rulebook.words(name)).all_in(document.text):
            if (stem := match[0][:9]) not in seen:
                seen.add(stem)
                evidence += Evidence(weight, (f"форма «{_shown(match[0])}»",), (_span(document, match),))
    if document.stead is DocumentAuthorship.OWN and _PAPER.match(fold(letter.subject)):
        evidence += Evidence(WEAK, (f"тема «{letter.subject.strip()[:80]}»",))
    return Evidence(min(MAX_FORM, evidence.weight), evidence.reasons[:5], evidence.spans[:8])


_PAPER = re.compile(
    r"\W{0,3}(?:(?:re|fwd?|отв)\W{1,3}){0,3}(?:запрос|требовани|предписани|представлени[ея] об|уведомлени|извещени|определени"
    r"|постановлени|поручени|предостережени|о предоставлени|о представлени|о направлени|об исполнени|о рассмотрени|штормов"
    r"|реестр|счет на оплату|акт сверки|адвокатск)"
)


def matter(document: LetterDocument, letter: Letter, group: CorrespondentGroup) -> Evidence:
    """What the letters of the group are about, in its words, its subject and the names of its files."""
    matches = word_list(group.matters).all_in(document.text)
    kinds = {match[0][:9] for match in matches}
    evidence = Evidence()
    if matches:
        evidence = Evidence(
            min(MAX_MATTER, len(kinds) + 1),
            (f"речь о «{_shown(matches[0][0])}»",),
            (_span(document, matches[0]),),
        )
    elif match := word_list(group.matters).first_in(fold(letter.subject)):
        evidence = Evidence(STRONG, (f"тема «{_shown(match[0])}»",))
    named = next(
        (
            attachment.filename
            for attachment in letter.attachments
            if compiled(group.files).match(fold(attachment.filename))
        ),
        "",
    )
    return evidence + (Evidence(WEAK, (f"вложение «{named}»",)) if named else Evidence())


def most_matter(letter: Letter) -> int:
    """What `matter` may weigh at most."""
    return MAX_MATTER + (WEAK if letter.attachments else 0)


def speaks_for_a_client(document: LetterDocument, group: CorrespondentGroup) -> Evidence:
    """Words by which a letter that looks like one of the group is a client's after all."""
    match = word_list(group.unless).first_in(document.text)
    return (
        Evidence(PLAINLY, (f"слова клиента «{_shown(match[0])}»",), (_span(document, match),))
        if match
        else Evidence()
    )


def resident(document: LetterDocument, rulebook: Rulebook) -> Evidence:
    """What only one writes who lives or pays here; a citizen's words that an office quotes are not its own."""
    text = _QUOTATION.sub(lambda match: " " * len(match[0]), document.text)
    if quoted := _APPEAL_FOLLOWS.search(text):
        text = text[: quoted.start()]
    matches = word_list(rulebook.words("resident")).all_in(text)
    kinds = {match[0] for match in matches}
    spans = tuple(_span(document, match) for match in matches[:4])
    return Evidence(min(MAX_RESIDENT, len(kinds) + 1 if kinds else 0), (), spans)


def answers_a_citizen(document: LetterDocument) -> bool:
    """«На Ваше обращение сообщаем»: an office's answer, which its addressee has passed on to us."""
    return _TO_A_CITIZEN.search(document.text) is not None


def _span(document: LetterDocument, match: re.Match[str]) -> Span:
    return Span(document.part, match.start(), match.end())


def _shown(words: str) -> str:
    return " ".join(words.split())[:60]
