"""The parts of a postal address as people shorten them, and the orders they put the parts in."""

from __future__ import annotations

import re

TYPE = (
    r"(?:\bул(?:(?:ица|ицы|ице|ицу|\.)?(?![а-яё])\.?|(?=(?-i:[А-ЯЁ][а-яё])))|\bпр(?:осп(?:ект\w*+|\.)?|-к?т|\.)(?![а-яё])"
    r"|\bпер(?:еул\w*+|\.)|\bплощадь|\bпл\.|\bаллея|\bтупик|\bквартал|\bкв-л"
    r"|\bб(?:ульвар\w*|-р|ул\.)|\bшоссе\b|\bмкрн?\.?|\bм-н\b|\bмр-н\b|\bмикрорайон\w*+|\bпроезд\w*+|\bнаб\.|\bтракт\b"
    r"|\bвул(?:иця|иці|\.)|\bulitsa\b|\bul\b\.?)"
)
_NO_STREET = r"(?!(?:минус|плюс|было|сейчас|уже|снова|опять|мороз)\b)"
_WORD = rf"(?:\d+-[а-яё]{{1,2}}\s+)?{_NO_STREET}[A-Za-zА-ЯЁа-яё][A-Za-zА-Яа-яЁё]*\.?(?:-[А-ЯЁа-яё]+)?"
_NAME = rf"(?:(?-i:[А-ЯЁ])\.\s?(?-i:[А-ЯЁ])[а-яё]+|{_WORD}(?:(?:\s+(?-i:[А-ЯЁ])[а-яё]+){{1,3}}|\s+[а-яё]+|\s+лет\s+[а-яё]+)?)"
# «1А», «1-а», «3 "А"»; a letter apart only where the address goes on or ends: «Победы 7 в подъезде»
_LETTER = r"(?:-?[а-е](?![а-яё]|\s?/)|\s?[\"«'][а-е][\"»']|\s[а-е](?=\s*(?:,|-\s?\d|кв|к\.|корп|ком|$|\n)))"
HOUSE = rf"\d{{1,3}}(?:\s?/\s?\d{{1,3}})?{_LETTER}?"
BLOCK = (
    r"(?:,?\s*(?:корп(?:ус|\.)?|к\.?|стр(?:оение|\.)?)\s*\d+[а-г]?)?"
    r"(?:,?\s*лит(?:ера?|\.)?\s*[\"«]?[а-е][\"»]?(?![а-яё]))?"
)
FLAT_WORD = (
    r"(?:(?<![а-яё])кв(?:артира|артире|артиры|артиру|-ра|\.)?(?![а-яё²])\.?|\bфатир\w*|\bkv\.?|\bkvartira\b|\bapt\b\.?"
    r"|\bflat\b|\bapartment\b"
    r"|\bкомн(?:ата|ате|ату|\.)|\bком\b\.?|\bк-та\b|\bоф(?:ис|\.)|\bпом(?:ещение|\.))"
)
_FLAT = (
    rf"(?:\s*,?\s*{FLAT_WORD}\s*[№N:–-]?\s*\d{{1,3}}(?:[а-г](?![а-яё]))?"
    r"|\s?[-–—]\s?\d{1,3}(?!\d|[.,]\d|-\d)(?:[а-г](?![а-яё]))?)"
)
_HOUSE_WORD = r"(?:\bд(?:ом|ома|оме|\.)?(?![а-яё])\.?|\bбуд(?:инок|инку|\.)|\bйорт\b|\bdom\b|\bd\.|\bhouse\b)"
_END = (
    r"(?![\d])(?![.,]\d)(?!\s*(?:%|°|м3|м³|куб|гкал|гдж|мвт|квт|руб|₽|р\.|коп|час|дн|лет|год|чел"
    r"|(?:-?[йа]\s*)?(?:подъезд|этаж)))"
)

_TYPED_HOUSE = (
    rf"\s*,?\s*(?:{_HOUSE_WORD}\s*№?)?\s*(?P<house>{HOUSE}){BLOCK}"
    rf"(?P<flat>{_FLAT}|\s*,\s*\d{{1,3}}(?=\s*(?:$|[\n;.)](?!\d))))?{_END}"
)
BEHIND_STREET = re.compile(_TYPED_HOUSE, re.IGNORECASE | re.MULTILINE)
"""House and flat right behind a street that is known for one."""

# «ул. Мира, 30-5», «улица Строителей дом 3 квартира 4»
TYPED = re.compile(
    rf"{TYPE}\s*(?:\d{{1,2}}\s+(?:лет\s+)?(?=[А-ЯЁ][а-яё]{{2}}))?{_NAME}{_TYPED_HOUSE}",
    re.IGNORECASE | re.MULTILINE,
)
# «Приморский бульвар 23-15»
TYPE_AFTER = re.compile(
    r"(?:(?<![а-яё])[А-ЯЁ][а-яё-]{2,}\s+(?:ул(?:ица|\.)|проспект|переулок|пер\.|бульвар|б-р|проезд|шоссе|тракт|аллея)(?![а-яё])"
    r"|(?<![а-яёәөүҗңһ])[а-яёәөүҗңһ-]{3,}\s+урам\w{0,3}(?![а-яё])|(?<![a-z])[a-z]{3,}\s+(?:street\b|st\b\.?|avenue\b))"
    rf"{_TYPED_HOUSE}",
    re.IGNORECASE | re.MULTILINE,
)
# Without «ул.»: a house word, a flat, a street that towns have, or an adjective of a street
UNTYPED = re.compile(
    r"(?<![\w-])(?P<name>(?:\d+-[а-яё]{1,2}\s+|(?:(?<=^)|(?<=\n)|(?<=[а-яё\d][.,:;!?]\s))(?-i:[А-ЯЁ])\.\s?"
    r"(?=(?-i:[А-ЯЁ])))?[A-Za-zА-ЯЁа-яё][A-Za-zА-ЯЁа-яё]{2,}(?:-[А-ЯЁа-яё]+)?)"
    rf"(?:\s*,?\s*|(?P<hyphen>-))(?P<word>{_HOUSE_WORD}\s*№?)?\s*(?P<house>{HOUSE}){BLOCK}(?P<flat>{_FLAT}|(?<=,\d),\d{{1,3}}"
    rf"|(?<=,\d\d),\d{{1,3}})?{_END}",
    re.IGNORECASE,
)
# Streets named after a day or a jubilee: a date must not be taken for one («с 8 марта 15 дней»)
DATED = re.compile(
    rf"(?:{TYPE}\s*)?(?<![\d.,-])(?P<name>(?-i:8\s+Марта|[19]\s+Мая|7\s+Ноября|9\s+Января|1\s+Июля)|(?:8\s+марта|[19]\s+мая)"
    r"(?<!на 8 марта)(?<!на 1 мая)(?<!на 9 мая)(?<!с 8 марта)(?<!с 1 мая)(?<!с 9 мая)(?<!до 8 марта)"
    r"(?<!до 1 мая)(?<!до 9 мая)(?=\s*,?\s*\d{1,3}\s*[-,]?\s*(?:\d|кв))"
    r"|\d\d\s+лет\s+(?:победы|октября|влксм|ссср|комсомола|пионерии))"
    rf"\s*,?\s*(?P<word>{_HOUSE_WORD}\s*№?)?\s*(?P<house>{HOUSE}){BLOCK}(?P<flat>{_FLAT})?{_END}",
    re.IGNORECASE,
)
# «дом 7 по Кирова», «в доме № 12 по ул. Мира»
HOUSE_FIRST = re.compile(
    rf"\b(?:дом\w?"
    rf"|д\.)\s*№?\s*(?P<house>{HOUSE}){BLOCK}(?P<flat>{_FLAT})?\s+по\s+(?:{TYPE}\s*)?(?P<name>[А-ЯЁа-яё]{{4,}})",
    re.IGNORECASE,
)
# «кв. 5, дом 30, ул. Мира», «30-5 ул. Мира»
REVERSED = re.compile(
    rf"(?:(?:{FLAT_WORD}\s*№?\s*\d{{1,3}}\s*,?\s*)?{_HOUSE_WORD}\s*№?\s*(?P<house>{HOUSE}){BLOCK}(?P<flat>{_FLAT})?"
    rf"|(?<![\d.,-])\d{{1,3}}\s?-\s?\d{{1,3}})\s*,?\s*(?:улиц[аые]|ул\.)\s*(?:\d+\s+лет\s+)?(?-i:[А-ЯЁ])[А-ЯЁа-яё]{{2,}}"
    r"(?!\s*,?\s*(?:д\.|дом|\d))",
    re.IGNORECASE,
)
# A form filled in: «Улица: Ленина. Дом: 3. Квартира: 33»
FORM = re.compile(
    rf"\bул(?:ица)?[ \t]*[:–-]?[ \t]*{_NAME}[\s.,;]{{1,3}}дом[ \t]*[№N:–-]{{0,2}}[ \t]*(?P<house>{HOUSE})"
    rf"(?:[\s.,;]{{1,3}}корп(?:ус)?[ \t]*[:–-]?[ \t]*\d+)?(?P<flat>[\s.,;]{{1,3}}{FLAT_WORD}[ \t]*[№N:–-]{{0,2}}[ \t]*\d{{1,3}})?{_END}",
    re.IGNORECASE,
)
FLAT_ALONE = re.compile(
    rf"(?!кв2(?!\d)){FLAT_WORD}\s*№?\s*(?P<number>\d{{1,3}})(?!\d|[.,]\d)(?!\s*(?:м2|м²|метр))", re.IGNORECASE
)
_VILLAGE_NAME = (
    r"(?:Фоки|Ольховка|Прикамский|Марковский|Чайковский|Альняш|Уральское|Зипуново|Ваньки|Вассята"
    r"|Сосново|Кемуль|Оралки|Бур[её]нка|Векошинка|Засечный|Большой Букор|Завод Михайловский|Марково)"
)
_VILLAGE = (
    r"(?:(?:\b(?:г|гор|город|п|пос|пос[её]лок|пгт|рп|с|село|д|дер|деревня)\b\.?\s*(?:гор\.|пос\.)?\s*"
    rf"(?:(?-i:[А-ЯЁ])[а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?(?:\s+(?-i:[А-ЯЁ])[а-яё]+)?|{_VILLAGE_NAME}))"
    rf"|\b{_VILLAGE_NAME}(?:\s+авыл\w{{0,3}})?|\b(?-i:[А-ЯЁӘӨҮҖҢҺ])[а-яёәөүҗңһ]+\s+авыл\w{{0,3}})"
)
VILLAGE_BEFORE = re.compile(rf"(?:{_VILLAGE}\s*,?\s*)+$", re.IGNORECASE)
# «с. Вассята, д. 12»: villages without streets
VILLAGE_HOUSE = re.compile(
    rf"{_VILLAGE}\s*,?\s*(?:д\.|дом)\s*(?P<house>{HOUSE}){BLOCK}(?P<flat>{_FLAT})?{_END}", re.IGNORECASE
)
