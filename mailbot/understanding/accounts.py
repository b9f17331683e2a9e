"""Personal accounts (лицевой счёт): labelled ones, machine forms of other utilities, bare numbers."""

from __future__ import annotations

import re

from mailbot.understanding.marks import Mark

_LABEL = r"""(?:
    \bл\s?[/\\|.]\s?с(?:ч(?:[её]т\w*|\.)?)?(?![а-яё])\.?
  | \bл\s?/\s?сч[её]т\w*
  | \b[лl][сcs](?![а-яёa-z])\.?
  | \bлиц(?:ев\w*|\.)?\s*сч(?:[её]т\w*|\.)?
  | \bлицев(?:ой|ого|ому|ым|ом|ая|ые|ых)\b
  | \bаб(?:он(?:ент\w*|\.)?|\.)?\s*(?:номер\w*|№|no\b)
  | \bабонент\b(?=\s*[:№]?\s*\d)
  | \bкод\s+(?:абонента|плательщика)
  | \bl/s\b | \blits?evo[iy]\s+s[chz]*[eo]t
)"""
_DIGITS = r"[\dОоOo]{4,12}"
_SPACED = r"\d{2,4}(?:[ \u00a0-]\d{3,4}){1,3}"
_NUMBER = rf"(?P<number>{_SPACED}(?![\d])(?![.,]\d)|{_DIGITS}(?![\w])(?![.,]\d))"
_GAP = r"[\s:=№#N.,;–—_-]*(?:(?:номер\w*|мой|моя|наш|это|у\s+меня)[\s:=№#N.–—-]*){0,2}"
_LABELLED = re.compile(_LABEL + _GAP + _NUMBER, re.IGNORECASE | re.VERBOSE)
_BARE_SCHET = re.compile(rf"(?P<label>\bсч[её]т(?:а|у|ом|е)?\b){_GAP}{_NUMBER}", re.IGNORECASE)
# «лс 123456 и 123457», «лицевые счета: 111111, 222222»
_ALSO = re.compile(r"\s{0,3}(?:,|;|\bи\b|/|\bа также\b)\s{0,3}(?:№\s?)?(?P<number>\d{5,12})(?!\w)(?![.,]\d)")

_BANKING = re.compile(
    r"(?:расч[её]тн\w*|банковск\w*|корр?(?:еспондентск\w*|\.)?|платёжн\w*|платежн\w*|р|к)[\s./]*$",
    re.IGNORECASE,
)
_INVOICE = re.compile(r"^\s*(?:от\s+\d|на\s+сумму|на\s+оплату)", re.IGNORECASE)

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
_STANDALONE = re.compile(r"(?<![\w.,/\\№#*+-])(?<![№#]\s)\d{6,10}(?![\w*#/-]|[.,]\d)")
_NOT_BARE_BEFORE = re.compile(
    r"(?:инн|огрн(?:ип)?|кпп|бик|окпо|снилс|паспорт\w*|договор\w*|акт\w*|заявк\w*|обращени\w*|вх\.?"
    r"|исх\.?|зав\.?"
    r"|сч[её]тчик\w*|сч\.?|прибор\w*|серийн\w*|заводск\w*|индекс|номер\w*|дел[оау]|чек\w*|код\w*|uin"
    r"|уин|на|за|от"
    r"|показани\w*|гвс|вод[аыу]|отоплени\w*|тепло)[\s:№#–-]*$",
    re.IGNORECASE,
)
_NOT_BARE_AFTER = re.compile(
    r"^\s*(?:,\s*(?:г\.|г\s|п\.|перм|росси)|руб|р\.|₽|коп|%|м3|м³|куб|гкал|гдж|мвт|квт)", re.IGNORECASE
)
_PASSPORT = re.compile(r"паспорт\w*[^.;\n]{0,25}$", re.IGNORECASE)
_DATE_LIKE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20[12]\d")


def find_labelled_accounts(text: str) -> tuple[Mark, ...]:
    """Accounts whose label or machine form says what they are, in order."""
    found: dict[int, Mark] = {}
    for match in _LABELLED.finditer(text):
        _keep(found, match, 0.98)
        _keep_following(found, text, match.end())
    for match in _BARE_SCHET.finditer(text):
        number = re.sub(r"\D", "", match["number"])
        if not 5 <= len(number) <= 10 or _BANKING.search(text[: match.start()]):
            continue
        if _INVOICE.search(text[match.end() :]):
            continue
        _keep(found, match, 0.9)
    for match in _MACHINE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        found.setdefault(start, Mark(start, end, text[start:end], 0.9))
    return tuple(sorted(found.values(), key=lambda mark: mark.start))


def find_bare_accounts(text: str) -> tuple[Mark, ...]:
    """A number of 6–10 digits that nothing else explains, in a short letter («Убейволк Алексей, 70081234»).

    `text` must already be free of phones, serials and labelled accounts.
    """
    written = len(text.split())
    if written > 60:
        return ()
    marks = []
    for match in _STANDALONE.finditer(text):
        digits = match.group()
        if digits.startswith("00") or _DATE_LIKE.fullmatch(digits):
            continue  # «00123456» is a dial with leading zeros; «20112026» a date
        before = text[max(0, match.start() - 40) : match.start()]
        if _NOT_BARE_BEFORE.search(before) or _PASSPORT.search(before):
            continue
        if _NOT_BARE_AFTER.search(text[match.end() :]):
            continue
        marks.append(Mark(match.start(), match.end(), digits, 0.7))
    return tuple(marks[:1])


def _keep(found: dict[int, Mark], match: re.Match[str], confidence: float) -> None:
    written = match["number"]
    digits = re.sub(r"\D", "", written.translate(_ZEROS))
    if not 4 <= len(digits) <= 12 or sum(character.isdigit() for character in written) < 4:
        return
    start, end = match.span("number")
    if any(start < mark.end and mark.start < end for mark in found.values()):
        return
    if " " in written or "\u00a0" in written or "-" in written:
        end, digits = _spaced(start, written, digits)
    found[start] = Mark(start, end, digits, confidence)


def _spaced(start: int, written: str, digits: str) -> tuple[int, str]:
    """«450 093» is one account, «1234567 345» an account and a value: the first group decides."""
    head = re.match(r"\d+", written)
    if head and len(head.group()) >= 4 and "-" not in written and len(digits) > 8:
        return start + head.end(), head.group()
    return start + len(written), digits


def _keep_following(found: dict[int, Mark], text: str, position: int) -> None:
    while match := _ALSO.match(text, position):
        _keep(found, match, 0.9)
        position = match.end()


_ZEROS = str.maketrans("ОоOo", "0000")
