"""Signatures and the lines that programs add: contacts are read from the first, nothing from the second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.model import SegmentRole
from mailbot.parsing.layout.quoted_text import TextLine

_TAIL = (
    r"(?:[^,.!?;]|\.(?=\w)){0,60}"  # the name of a device or a program: no sentence follows in the same line
)
_PROGRAM = re.compile(
    r"^\W*+(?:отправлено (?:с|из|через)\b"
    + _TAIL
    + r"|отправил с моего.{0,40}|sent from (?:my|mail|outlook|yahoo|samsung).{0,60}"
    r"|get outlook for .{0,30}|с (?:моего )?(?:iphone|ipad|samsung|android|телефона).{0,30}|написано в.{0,40}почт.{0,20})$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:проверено (?:на вирусы|антивирус)|без вирусов|avast|антивирус.{0,40}провер|virus-free|конфиденциальн.{0,60}информаци"
    r"|информация в (?:этом|данном|настоящем) (?:письме|сообщении).{0,60}предназначен|this e-?mail.{0,60}confidential"
    r"|если вы получили (?:это|данное) (?:письмо|сообщение) (?:по ошибке|ошибочно))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\w[.!?]\s")
_DELIMITER = re.compile(r"^\s*-{2,3}\s*$")
_REGARDS = re.compile(
    r"^\W*+(?:с (?:уважением|наилучшими(?: пожеланиями)?|ув\b)|best regards|kind regards|искренне ваш)",
    re.IGNORECASE,
)
_OF_SIGNATURES = re.compile(
    r"с|и|по|отдел\w*|служб\w*|участк\w*|цех\w*|филиал\w*|сектор\w*|уважени\w*|ув|наилучш\w*|пожелани\w*|искренне|ваш[аи]?|всегда"
    r"|тел\w*|моб\w*|сот\w*|раб|факс|доб|эл\w*|почт\w*|e|mail|email|e-mail|сайт|www|https?|скайп|skype|viber|whatsapp|telegram"
    r"|ру|ru|com|адрес|индекс|ул\w*|д|дом|кв\w*|корп\w*|оф\w*|этаж|г|гор\w*|пос\w*|п|пгт|с|дер\w*|пер|пр|пр-т|просп\w*|обл\w*|край|района?|р-н"
    r"|главн\w*|ведущ\w*|старш\w*|генеральн\w*|исполнительн\w*|техническ\w*|заместител\w*|зам|и\.?о|врио|директор\w*|бухгалтер\w*|инженер\w*"
    r"|энергетик\w*|специалист\w*|экономист\w*|юрист\w*|менеджер\w*|администратор\w*|председател\w*|правлени\w*|управляющ\w*|начальник\w*"
    r"|заведующ\w*|завхоз\w*|секретар\w*|делопроизводител\w*|исполнител\w*|представител\w*|предпринимател\w*|индивидуальн\w*|хозяйств\w*"
    r"|детск\w*|сад\w*|школ\w*|лицей\w*|гимнази\w*|магазин\w*|аптек\w*|кафе|компани\w*|организаци\w*|обществ\w*|л/?с|лицевой|лиц|сч[её]т\w*|абонент\w*"
    r"|собственник\w*|житель\w*|пенсионер\w*|семья|ооо|тсж|инн|кпп|огрн\w*",
    re.IGNORECASE,
)
"""Words of signatures beside names: posts, places, ways to reach somebody. Any other word makes a line the writer's."""

_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_SHORT_CAPITALS = 5  # letters: «МБОУ», «ТСЖ»; longer words in capitals are shouted, not abbreviated

_REACHED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|(?:https?://|www\.)\S{1,200}")
_IN_QUOTES = re.compile(r"[«\"“„][^«»\"“”„\n]{1,60}[»\"”“]")

MAX_SIGNATURE_LINES = 8
WIDEST = 90


def mark_signatures(lines: Sequence[TextLine], roles: Sequence[SegmentRole]) -> list[SegmentRole]:
    """The roles with signatures and programs' lines set apart within what the writer wrote."""
    marked = list(roles)
    for at, line in enumerate(lines):
        if marked[at] is SegmentRole.WRITTEN and (_PROGRAM.match(line.text) or _opens_notice(line.text)):
            marked[at] = SegmentRole.DISCLAIMER
            if at and marked[at - 1] is SegmentRole.WRITTEN and _DELIMITER.match(lines[at - 1].text):
                marked[at - 1] = SegmentRole.DISCLAIMER
    for at, line in enumerate(lines):
        if marked[at] is SegmentRole.WRITTEN and (_DELIMITER.match(line.text) or _REGARDS.match(line.text)):
            _signature(lines, marked, at)
    return marked


def _opens_notice(line: str) -> bool:
    """Does the line begin with a notice? One that follows a sentence of the writer's does not hide it."""
    match = _NOTICE.search(line)
    return match is not None and not _SENTENCE_END.search(line, 0, match.start())


def _signature(lines: Sequence[TextLine], roles: list[SegmentRole], at: int) -> None:
    """From a delimiter to the end of the writer's words, if that looks like a signature."""
    end = at
    while end < len(lines) and roles[end] is SegmentRole.WRITTEN:
        end += 1
    block = [line.text.strip() for line in lines[at:end] if line.text.strip()]
    if len(block) > MAX_SIGNATURE_LINES or not all(_has_form_of_signature(text) for text in block):
        return
    for here in range(at, end):
        roles[here] = SegmentRole.SIGNATURE


def _has_form_of_signature(line: str) -> bool:
    """Names with capitals, and words of signatures; below a delimiter many people just go on writing."""
    if len(line) > WIDEST or "?" in line or "!" in line:
        return False
    bare = _REACHED.sub(" ", _IN_QUOTES.sub(" ", _REGARDS.sub(" ", line)))
    return all(_is_name(word) or _OF_SIGNATURES.fullmatch(word) for word in _WORD.findall(bare))


def _is_name(word: str) -> bool:
    if word.isupper():
        return len(word) <= _SHORT_CAPITALS
    return word[0].isupper()


def only_programs(lines: Sequence[TextLine]) -> bool:
    """Is there nothing in the text but lines that mail programs add, as under a photo sent from a telephone?"""
    words = [line.text for line in lines if line.text.strip() and not _DELIMITER.match(line.text)]
    return bool(words) and all(_PROGRAM.match(text) for text in words)
