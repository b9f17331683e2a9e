"""Facts of a letter that could be new against an earlier one (clause 2.2.email.4, «новые доводы»).

Each is normalised to a token «name:value», so the same fact told in other words is the same token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mailbot.model import Contacts, ExtractedValue, Span
from mailbot.understanding.patterns.word_cues import word_list
from mailbot.understanding.text.passages import Passage

_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MONTH = r"(?P<month>(?:" + "|".join(_MONTHS).replace("|ма|", "|ма(?=[йяе])|") + r")[а-я]{1,3})\b"

_Normal = Callable[[re.Match[str]], str | None]


def _date(match: re.Match[str]) -> str | None:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = match["year"]
    return f"date:{'20' + year[-2:] if year else '--'}-{month:02d}-{day:02d}"


def _named_date(match: re.Match[str]) -> str | None:
    month = next(i for i, stem in enumerate(_MONTHS, 1) if match["month"].startswith(stem))
    day = int(match["day"])
    return f"date:{match['year'] or '--'}-{month:02d}-{day:02d}" if 1 <= day <= 31 else None


def _month(match: re.Match[str]) -> str:
    month = next(i for i, stem in enumerate(_MONTHS, 1) if match["month"].startswith(stem))
    return f"month:{match['year'] or '--'}-{month:02d}"


def _number(name: str) -> _Normal:
    def normal(match: re.Match[str]) -> str:
        value = re.sub(r"\s", "", match["value"]).replace(",", ".")
        return f"{name}:{value.rstrip('0').rstrip('.') if '.' in value else value}"

    return normal


def _thousands(match: re.Match[str]) -> str:
    return f"amount:{round(float(match['value'].replace(',', '.')) * 1000)}"


def _stem(name: str) -> _Normal:
    def normal(match: re.Match[str]) -> str:
        return f"{name}:{match['value'][:12].strip()}"

    return normal


def _fixed(token: str) -> _Normal:
    def normal(_match: re.Match[str]) -> str:
        return token

    return normal


_DAY = r"(?P<day>\d{1,2})"
_DEGREES = r"(?P<value>\d{1,2}(?:[.,]\d)?)"
_PAPERS = (
    "акт(?:а|у|ом|е|ы)?\\b справк определени\\w+\\sсуда решени\\w+\\sсуда протокол экспертиз заключени"
    " чек\\w?\\b платежк платежн\\w+\\sпоручени фото видео скан выписк договор квитанци паспорт"
    " свидетельств приказ предписани"
)
_NOT_DONE = (
    r"до сих пор|срок\w* (?:прош|истек|вышел)\w*|обещали|так и не|никто не приш\w*|не устран\w*|не сдела\w*"
    r"|не выполн\w*|ничего не (?:сдела|измен)\w*|без изменени\w*"
)
_NOT_TRUE = r"(?:неверн|неправ|не соответств|подделан|ложн|ошиб)\w*"
_UNIT_AFTER = r"(?![\d.]*\d)(?! ?(?:гкал|гдж|руб|м3|куб|град))"  # «12.5 Гкал» is no date

_TELLING: tuple[tuple[str, _Normal], ...] = (
    (_DAY + r"\.(?P<month>\d{1,2})(?:\.(?P<year>20\d\d|\d\d))?" + _UNIT_AFTER, _date),
    (rf"{_DAY}(?:-?го)? {_MONTH}(?:\s+(?P<year>20\d\d))?", _named_date),
    (rf"(?<!\d )(?:в|за|на|с|по|от)\s+{_MONTH}(?:\s+(?P<year>20\d\d))?", _month),
    (r"(?P<value>\d{1,7}(?: \d{3}){0,3}(?:[.,]\d{1,2})?) ?(?:руб|р\.|р\b|₽)", _number("amount")),
    (r"(?P<value>\d{1,6}(?:[.,]\d{1,3})?) ?(?:тыс|тыщ)", _thousands),
    (rf"[+−-]? ?{_DEGREES} ?(?:град|°|º|с\b|тепла|мороза)", _number("temperature")),
    (rf"(?:температур|замер|термометр|градусник)[^.\d]{{0,40}}[+−-]? ?{_DEGREES}", _number("temperature")),
    (rf"[+−] ?{_DEGREES}\b", _number("temperature")),
    (r"кв(?:артир\w*)?\.? ?№? ?(?P<value>\d{1,4})", _number("flat")),
    (f"(?P<value>{'|'.join(_PAPERS.split())})", _stem("document")),
    (r"(?:прилага|приклад|прикрепля|во вложении|в приложении|высылаю)\w*", _fixed("document:attached")),
    (r"(?:постановлени|правил|закон|кодекс|пп|фз)[^.\n]{0,30}?(?P<value>\d{2,4})\b", _number("law")),
    (r"(?:ст|стать\w+|п|пункт\w*)\.? ?(?P<value>\d{1,4})\b", _number("law")),
    (r"(?:опять|снова|вновь|возобнов\w*|повтори(?:лось|лся|лась)|заново)\b", _fixed("recurrence")),
    (
        r"(?:прош[её]?л[оаи]?|уже|истек\w*|спустя) (?:\w+ )?\d+ ?(?:дн|суток|недел|месяц)\w*",
        _fixed("deadline_passed"),
    ),
    (_NOT_DONE, _fixed("deadline_passed")),
    (r"(?:акт|замер|ответ|расчет|данные|проверк)\w*[^.!?\n]{0,30}" + _NOT_TRUE, _fixed("objection:document")),
    (r"(?:отписк\w*|не по существу|формальн\w+ ответ\w*|вы не ответили)", _fixed("objection:answer")),
)
_PATTERNS = tuple((word_list((pattern,)), normal) for pattern, normal in _TELLING)


def find_arguments(texts: tuple[Passage, ...], contacts: Contacts) -> tuple[ExtractedValue[str], ...]:
    """The facts in the order of their first mention, each token once with all its places."""
    places: dict[str, list[Span]] = {}
    for token, span in _mentions(texts):
        places.setdefault(token, []).append(span)
    for address in contacts.addresses:
        places.setdefault(f"address:{_plain(address.value)}", []).extend(address.spans)
    return tuple(ExtractedValue(token, tuple(spans)) for token, spans in places.items())


def _mentions(texts: tuple[Passage, ...]) -> Iterator[tuple[str, Span]]:
    mentions = [
        (text.span(*match.span()), token)
        for text in texts
        for listed, normal in _PATTERNS
        for match in listed.all_in(text.folded)
        if (token := normal(match)) is not None
    ]
    for span, token in sorted(mentions):
        yield token, span


def _plain(address: str) -> str:
    return " ".join(re.findall(r"[а-яa-z]{3,}|\d+", address.lower().replace("ё", "е")))
