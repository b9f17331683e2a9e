"""Postal addresses of the settlement: street and house, with flat and village where they are given."""

from __future__ import annotations

import re

from mailbot.understanding.marks import Mark
from mailbot.understanding.street_names import STREETS

_TYPE = (
    r"(?:\bул(?:ица|ицы|ице|ицу|\.)?(?![а-яё])\.?|\bпр(?:осп(?:ект\w*|\.)?|-к?т|\.)(?![а-яё])"
    r"|\bпер(?:еул\w*|\.)"
    r"|\bб(?:ульвар\w*|-р|ул\.)|\bшоссе\b|\bмкрн?\.?|\bмикрорайон\w*|\bпроезд\w*|\bнаб\.|\bтракт\b"
    r"|\bulitsa\b|\bul\.?\b)"
)
_WORD = r"(?:\d+-[а-яё]{1,2}\s+)?[A-Za-zА-ЯЁа-яё][A-Za-zА-Яа-яЁё]*\.?(?:-[А-ЯЁа-яё]+)?"
_NAME = rf"{_WORD}(?:\s+[А-ЯЁ][а-яё]+|\s+лет\s+[А-ЯЁа-яё]+)?"
_HOUSE = r"\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?[а-гА-Г](?![а-яёА-ЯЁ.]))?"
_BLOCK = r"(?:,?\s*(?:корп(?:ус|\.)?|к\.|стр(?:оение|\.)?)\s*\d+[а-г]?)?"
_FLAT_WORD = (
    r"(?:\bкв(?:артира|артире|артиры|-ра|\.)?(?![а-яё²2])\.?|\bkv\.?|\bkvartira\b|\bкомн(?:ата|\.)"
    r"|\bоф(?:ис|\.)|\bпом(?:ещение|\.))"
)
_FLAT = rf"(?:\s*,?\s*{_FLAT_WORD}\s*№?\s*\d{{1,3}}|\s?-\s?\d{{1,3}}(?!\d|[.,]\d|-\d))"
_HOUSE_WORD = r"(?:\bд(?:ом|ома|оме|\.)?(?![а-яё])\.?|\bdom\b|\bd\.)"
_END = (
    r"(?![\d])(?![.,]\d)(?!\s*(?:%|°|м3|м³|куб|гкал|гдж|мвт|квт|руб|₽|р\.|коп|час|дн|лет|год|чел"
    r"|(?:-?[йа]\s*)?(?:подъезд|этаж)))"
)

_TYPED = re.compile(
    rf"(?:{_TYPE}\s*(?:\d{{1,2}}\s+(?=[А-ЯЁ][а-яё]{{3}}))?{_NAME}|{_NAME}\s+(?:ул(?:ица|\.)|проспект"
    rf"|переулок|бульвар))\s*,?\s*{_HOUSE_WORD}?\s*"
    rf"(?P<house>{_HOUSE}){_BLOCK}(?P<flat>{_FLAT}|\s*,\s*\d{{1,3}}(?=\s*(?:$|[\n;.)](?!\d))))?{_END}",
    re.IGNORECASE | re.MULTILINE,
)
# Without «ул.»: a house word, a flat, a street that towns have, or an adjective of a street
_UNTYPED = re.compile(
    rf"(?<![\w-])(?P<name>(?:\d+-[а-яё]{{1,2}}\s+"
    rf"|\d+\s+лет\s+)?[A-Za-zА-ЯЁа-яё][A-Za-zА-ЯЁа-яё]{{2,}}(?:-[А-ЯЁа-яё]+)?)"
    rf"\s*,?\s*(?P<word>{_HOUSE_WORD})?\s*(?P<house>{_HOUSE}){_BLOCK}(?P<flat>{_FLAT})?{_END}",
    re.IGNORECASE,
)
# «дом 7 по Кирова», «в доме № 12 по ул. Мира»
_HOUSE_FIRST = re.compile(
    rf"\b(?:дом\w?"
    rf"|д\.)\s*№?\s*(?P<house>{_HOUSE}){_BLOCK}(?P<flat>{_FLAT})?\s+по\s+(?:{_TYPE}\s*)?(?P<name>[А-ЯЁа-яё]{{4,}})",
    re.IGNORECASE,
)
_FLAT_ALONE = re.compile(
    rf"{_FLAT_WORD}\s*№?\s*(?P<number>\d{{1,3}})(?!\d|[.,]\d)(?!\s*(?:м2|м²|метр))", re.IGNORECASE
)
_OTHERS_FLAT = re.compile(r"(?:\bиз|сосед\w*|соседн\w*|над|под|рядом|в)\s*$", re.IGNORECASE)

_ADJECTIVE = re.compile(r"(?:[ая]я|ого|ой)$")
_NOT_STREET = re.compile(
    r"^(?:гор(?:яч)?|хол|тепл|холодн|последн|предыдущ|прошл|нынешн|текущ|котор|кажд|очередн|нов(?:ый"
    r"|ое)|перв|втор|трет"
    r"|был|стал|кухн|ванн|квартир|дом|подъезд|этаж|корпус|сч[её]т|показани|номер|лицев|тел|стояк|комнат"
    r"|вод|ноябр|октябр"
    r"|декабр|сентябр|янв|феврал|март|апрел|июн|июл|август|уже|еще|только|около|сейчас|осталось|передаю"
    r"|отоплени|тепло"
    r"|гвс|хвс|лс$|кв$|прибор|сумм|примерно|температур|больше|меньше|всего|ошибк|минус|плюс|семь|часов"
    r"|как|или|для|под"
    r"|над|при|что|мне|нас|вас|они|все|ещ|пункт|стать|част|форм|общ|средн|норм|категор|правильн)"
)
_VILLAGE = (
    r"(?:(?:\b(?:г|гор|город|п|пос|пос[её]лок|пгт|рп|с|село|д|дер|деревня)\b\.?\s*(?:гор\.|пос\.)?\s*"
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?(?:\s+[А-ЯЁ][а-яё]+)?)"
    r"|\b(?:Фоки|Ольховка|Прикамский|Марковский|Чайковский|Альняш|Уральское|Зипуново|Ваньки|Вассята"
    r"|Сосново|Кемуль"
    r"|Оралки|Бур[её]нка|Векошинка|Засечный|Большой Букор|Завод Михайловский|Марково))"
)
_VILLAGE_BEFORE = re.compile(rf"(?:{_VILLAGE}\s*,?\s*)+$", re.IGNORECASE)
_VILLAGE_HOUSE = re.compile(
    rf"{_VILLAGE}\s*,\s*(?:д\.|дом)\s*(?P<house>{_HOUSE}){_BLOCK}(?P<flat>{_FLAT})?{_END}", re.IGNORECASE
)
# The company's own office (standard, chapter 2, section 1): no client's address unless a flat follows
_OFFICE = re.compile(r"солнечн\w+\s*,?\s*(?:д\.|дом)?\s*1\s?/\s?5\s*$", re.IGNORECASE)


def find_addresses(text: str) -> tuple[Mark, ...]:
    """Addresses in order, each one string with village and flat; value is the text as written.

    `text` must already be free of phones and account numbers.
    """
    found: list[Mark] = []
    for pattern in (_TYPED, _VILLAGE_HOUSE, _HOUSE_FIRST, _UNTYPED):
        for match in pattern.finditer(text):
            start, end = _bounds(text, match)
            if any(start < mark.end and mark.start < end for mark in found):
                continue
            if pattern in (_UNTYPED, _HOUSE_FIRST) and not _is_street(match):
                continue
            if _OFFICE.search(match.group()):
                continue
            words = " ".join(text[start:end].split())
            found.append(Mark(start, end, words, 0.95 if match["flat"] or pattern is _TYPED else 0.8))
    found.sort(key=lambda mark: mark.start)
    return _with_flat_apart(text, found)


def has_flat(address: str) -> bool:
    """Does the address name a flat («Мира 10 кв 15», «Зелёная 2-13»)?"""
    return bool(re.search(rf"{_FLAT_WORD}\s*№?\s*\d|\d[а-г]?\s?-\s?\d", address, re.IGNORECASE))


def _bounds(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = match.start()
    while text[start].isspace():
        start += 1
    village = _VILLAGE_BEFORE.search(text, max(0, start - 60), start)
    return (village.start() if village else start), match.end()


def _is_street(match: re.Match[str]) -> bool:
    name = match["name"].lower().replace("ё", "е").split()[-1]
    if _NOT_STREET.match(name):
        return False
    if name in STREETS:
        return True
    if name.isascii():
        return bool(match["flat"]) and " kv" in match.group().lower()
    written = match["name"].split()[-1]
    adjective = bool(_ADJECTIVE.search(name)) and len(name) > 5
    if match["flat"] or match.groupdict().get("word"):
        return adjective or (len(name) > 3 and written[0].isupper())
    return adjective and written[0].isupper()


def _with_flat_apart(text: str, found: list[Mark]) -> tuple[Mark, ...]:
    """«в доме Молодежная 3 … Сабина кв 1»: one house and one flat in a letter belong together."""
    if len(found) != 1 or has_flat(found[0].value):
        return tuple(found)
    address = found[0]
    flats = [
        match
        for match in _FLAT_ALONE.finditer(text)
        if not address.start <= match.start() < address.end
        and not _OTHERS_FLAT.search(text[max(0, match.start() - 12) : match.start()])
    ]
    if len({match["number"] for match in flats}) != 1:
        return (address,)
    flat = flats[0]
    value = f"{address.value}, {' '.join(flat.group().split())}"
    return (Mark(address.start, address.end, value, 0.8, (flat.span(),)),)
