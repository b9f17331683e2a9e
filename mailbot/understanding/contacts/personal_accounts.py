"""Personal accounts (лицевой счёт): labelled ones, machine forms of other utilities, bare numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.understanding.tables.account_columns import find_account_columns
from mailbot.understanding.text.marked_spans import MASK, TextMatch

_SCHET = r"(?:с?[чщ][её]т[а-яё]*|сч[оа]т|сч\.?)"
_LABEL = rf"""(?:
    \bл\s?[/\\|.-]\s?с(?:ч(?:[её]т[а-яё]*|\.)?)?(?![а-яё])\.?
  | \bл\s?[/\s]\s?сч(?:[её]т[а-яё]*|\b\.?)
  | \b[лl][сcs](?![а-яёa-z])\.?
  | \bлиц(?:[еи]в[а-яё]*|\.)?[\s/]*{_SCHET}
  | \bл[еи]ц[еи]в[а-яё]*\s+{_SCHET}
  | \bлицев(?:ой|ого|ому|ым|ом|ая|ые|ых)\b | \bлиц\.?(?=\s*№)
  | \bаб(?:он(?:ент[а-яё]*|\.)?|\.)?\s*(?:номер\w*|№|no\b)
  | \bабонент\b(?=\s*[:№]?\s*\d)
  | \bномер\s+(?:сч[её]та|абонента)\b | \bмой\s+код\b
  | \bкод\s+(?:абонента|плательщика)
  | \b(?:personal\s+)?account\b(?:\s+(?:no|number|id)\b\.?)?
  | \bl/s\b | \blits?evo[iy]\s+s[chz]*[eo]t
)"""
# A scan or a hasty hand gives letters for digits («4О098812», «4402l5»): only between or before digits
_DIGITS = r"(?:\d|[ОоOoЗзlI](?=\w{0,11}\d)|(?<=\d)[ОоOo](?!\w)){4,12}"
_SPACED = r"(?:\d{2,4}(?:[ \u00a0-]\d{3,4}){1,3}|\d{1,3}-\d{4,8}-\d{1,2}|\d{1,4}-\d{4,8}|\d\d(?P<sep>[ -])\d\d(?P=sep)\d\d)"
# «лс440215гвс118»: a word may follow without a blank, a unit may not
_NUMBER = rf"(?P<number>{_SPACED}(?!\d)(?![.,]\d)|{_DIGITS}(?!\w)(?![.,]\d)|\d{{5,12}}(?=[а-яё])(?!м3|куб|р|гкал|гдж|мвт))"
_BRIDGE = (
    r"(?:номер\w*|(?:стар|прежн|бывш|нов|нынешн|тепереш)\w*|мо[яйеё]\w*|наш\w*|это|тако[йв]\w*|у\s+(?:меня|нас)"
    r"|абонента|плательщика|квартиры|мамы|бабушки"
    r"|(?P<for>(?:по|за|на)?\s?(?:гвс|хвс|отоплени\w|тепл[оау]\w*|(?:горяч\w+\s)?вод[аеуы])))"
)
_GAP = rf"[\s:=№#N.,;\"«(–—_-]*(?:{_BRIDGE}[\s:=№#N.\"«(–—-]*){{0,3}}"
_LABELLED = re.compile(_LABEL + _GAP + _NUMBER, re.IGNORECASE | re.VERBOSE)
_BARE_SCHET = re.compile(
    rf"(?P<label>\bсч[её]т(?:а|у|ом|е)?\b|\bсч\.(?=\s*\d{{6,10}}(?!\d|\s*[-–—=:]))){_GAP}{_NUMBER}",
    re.IGNORECASE,
)
# «лс 123456 и 123457», «лицевые счета: 111111, 222222»
_ALSO = re.compile(
    r"\s{0,3}(?:,|;|\bи\b|/|\bа также\b)\s{0,3}(?:(?:мамин|папин|бабушкин|втор\w+|ещ[её])\s)?(?:№\s?)?"
    r"(?P<number>\d{5,12})(?!\w)(?![.,]\d)"
)

# «счёт старый 118240, мой новый 620771»: the present one counts, the other stands last
_FORMER = re.compile(
    r"(?:\bстар\w+|\bпрежн\w+|\bбывш\w+|\bраньше\s+был\w*)[\s:№]{0,3}(?:л/?с|сч[её]т\w*|номер)?[\s:№]{0,3}$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:\b(?:нов(?:ый|ого|ому)|нынешн\w+|тепереш\w+)\s*(?:л/?с|лицев\w+(?:\s+сч[её]т)?|сч[её]т\w*)"
    r"|\b(?:мой|наш)\s+(?:новый|нынешний|теперешний))[\s:№–-]{0,3}(?P<number>\d{5,12})(?!\w)(?![.,]\d)",
    re.IGNORECASE,
)
_OLD = 0.45

_BANKING = re.compile(
    r"(?:расч[её]тн\w*|банковск\w*|корр?(?:еспондентск\w*|\.)?|платёжн\w*|платежн\w*|(?<![\w.])[рк])[\s./]*$",
    re.IGNORECASE,
)
_NEAR = 40  # characters before a number that may tell what it counts
_INVOICE = re.compile(r"\s*(?:от\s+\d|на\s+сумму|на\s+оплату)", re.IGNORECASE)

# account*value, account#serial#value, «account serial value», «account 1Г<value> 1Х<value>»,
# «ЖКХ 1# account Х <value> Г <value>»: forms taught by neighbouring utilities (domain, «Readings»)
_MACHINE = re.compile(
    r"""(?mx)
    ^[ \t]*(?:
      (?P<star>\d{5,12})\s?\*(?=\s?\d+(?:[.,]\d+)?\s*$)
    | (?P<hash>\d{5,12})\#(?=\d{3,12}\#\d)
    | (?P<three>\d{8,12})[ ](?=\d{3,8}[ ]\d{1,6}(?:[.,]\d+)?\s*$)
    | (?P<cold>\d{5,12})[ ](?=\d[ГХгх]\s?\d)
    | (?i:жкх)\s*\d*\s*\#\s*(?P<zhkh>\d{5,12})(?=\s+[ХГхг])
    )"""
)
# «Окунев, 450 318»: three and three at the end of a line, after a name
_STANDALONE = re.compile(
    r"(?<=[а-яё],\s)\d{3}[\s-]\d{3}(?=\s*(?:\n|$))|(?<![\w.,/\\№#*+-])(?<![№#]\s)\d{6,10}(?![\w*#/-]|[.,]\d)"
)
_NOT_BARE_BEFORE = re.compile(
    r"(?:инн|огрн(?:ип)?|кпп|бик|окпо|снилс|паспорт\w*|договор\w*|акт\w*|заявк\w*|обращени\w*|вх\.?"
    r"|исх\.?|зав\.?"
    r"|(?:сч[её]тчик\w*|прибор\w*)(?:\s+[а-яёa-z-]+){0,2}|сч[её]т[а-яё]{0,2}|сч\.?|серийн\w*|заводск\w*|индекс|номер\w*"
    r"|дел[оау]|чек\w*|код\w*|uin"
    r"|уин|на|за|от"
    r"|показани\w*|гвс|вод[аыу]|отоплени\w*|тепло)[\s:№#–-]*$",
    re.IGNORECASE,
)
_NOT_BARE_AFTER = re.compile(
    r"\s*(?:,\s*(?:г\.|г\s|п\.|перм|росси)|руб|р\.|₽|коп|%|м3|м³|куб|гкал|гдж|мвт|квт)", re.IGNORECASE
)
_INDEX = re.compile(rf"61[4-9]\d{{3}}\s?,\s?(?:{MASK}|[а-яё])", re.IGNORECASE)  # postal, of the region
_PASSPORT = re.compile(r"паспорт\w*[^.;\n]{0,25}$", re.IGNORECASE)
_DATE_LIKE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20[12]\d")


def find_labelled_accounts(text: str) -> tuple[TextMatch, ...]:
    """Accounts whose label, column or machine form says what they are, in order."""
    marks: dict[int, TextMatch] = {mark.start: mark for mark in find_account_columns(text)}
    for match in _LABELLED.finditer(text):
        if match["for"] and len(re.sub(r"\D", "", match["number"])) < 6:
            continue  # «лс гвс 12345» holds a value, «лицевой счёт за тепло 440215» an account
        if match.group().lower().startswith("номер сч") and _INVOICE.match(text, match.end()):
            continue
        _keep(marks, match, 0.98)
        _keep_following(marks, text, match.end())
    for match in _BARE_SCHET.finditer(text):
        number = re.sub(r"\D", "", match["number"])
        if (
            match["for"]
            or not 5 <= len(number) <= 10
            or _BANKING.search(text[max(0, match.start() - _NEAR) : match.start()])
        ):
            continue
        if _INVOICE.match(text, match.end()):
            continue
        _keep(marks, match, 0.9)
    if marks:
        for match in _PRESENT.finditer(text):
            _keep(marks, match, 0.9)
    for at, mark in marks.items():
        if _FORMER.search(text[max(0, at - _NEAR) : at]):
            marks[at] = replace(mark, confidence=_OLD)
    for match in _MACHINE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        marks.setdefault(start, TextMatch(start, end, text[start:end], 0.9))
    return tuple(sorted(marks.values(), key=lambda mark: mark.start))


def find_bare_accounts(text: str) -> tuple[TextMatch, ...]:
    """A number of 6–10 digits that nothing else explains, in a short letter («Убейволк Алексей, 70081234»).

    `text` must already be free of phones, serials and labelled accounts.
    """
    written = len(text.split())
    if written > 60:
        return ()
    marks = []
    for match in _STANDALONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if digits.startswith("00") or _DATE_LIKE.fullmatch(digits):
            continue  # «00123456» is a dial with leading zeros; «20112026» a date
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _NOT_BARE_BEFORE.search(before) or _PASSPORT.search(before):
            continue
        if _NOT_BARE_AFTER.match(text, match.end()) or _INDEX.match(text, match.start()):
            continue
        marks.append(TextMatch(match.start(), match.end(), digits, 0.7))
    return tuple(marks[:1])


_MAX_NUMBER_LENGTH = 20  # characters of a number with its blanks


def _keep(found: dict[int, TextMatch], match: re.Match[str], confidence: float) -> None:
    written = match["number"]
    digits = re.sub(r"\D", "", written.translate(_ZEROS))
    if not 4 <= len(digits) <= 12 or sum(character.isdigit() for character in written) < 4:
        return
    start, end = match.span("number")
    if any(at in found and found[at].end > start for at in range(max(0, start - _MAX_NUMBER_LENGTH), end)):
        return
    if " " in written or "\u00a0" in written or "-" in written:
        end, digits = _spaced(start, written, digits)
    found[start] = TextMatch(start, end, digits, confidence)


def _spaced(start: int, written: str, digits: str) -> tuple[int, str]:
    """«450 093» is one account, «1234567 345» an account and a value: the first group decides."""
    head = re.match(r"\d+", written)
    if head and len(head.group()) >= 4 and "-" not in written and len(digits) > 8:
        return start + head.end(), head.group()
    return start + len(written), digits


def _keep_following(found: dict[int, TextMatch], text: str, position: int) -> None:
    while match := _ALSO.match(text, position):
        _keep(found, match, 0.9)
        position = match.end()


_ZEROS = str.maketrans("ОоOoЗзlI", "00003311")
