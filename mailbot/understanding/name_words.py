"""Sorting the words of a letter by the part they could play in a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.understanding.marks import TAKEN
from mailbot.understanding.morphology import is_known, is_ordinary, readings_with

_TOKEN = re.compile(
    rf"[А-ЯЁA-Z][а-яёa-z'’]+(?:-[А-ЯЁA-Zа-яёa-z][а-яёa-z]+)*|[А-ЯЁ]{{2,}}(?:-[А-ЯЁ]{{2,}})?|[А-ЯЁа-яёA-Za-z]+|"
    rf"[{TAKEN}]+|\n|[^\w\s]|\d+"
)
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ич)(?:а|у|ем|ом|е)?$|(?:овн|евн|ичн|иничн)(?:а|ы|е|у|ой)$|^(?:оглы|кызы)$|(?:ovich|evich|ovna|evna)$"
)
_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|ой|е)?$|(?:[сц]к)(?:ий|ая|ой|ого|ому|им|ую)$|(?:ых|их)$|(?:[еаи]?нко|ко)$"
    r"|(?:[чщ]?ук|юк|чак|як|ик|чик)(?:а|у|ом|ем)?$|(?:ян|янц|дзе|швили|берг|ман|штейн|оглу|ец|ой|ай|ей)$"
    r"|(?:ov|ev|in|ova|eva|ina|sky|skaya|ko|uk)$"
)
# Forms people sign with that the dictionary does not hold as names
_SHORT_NAMES = frozenset(
    """саша паша маша даша наташа катя оля юля лена света люда галя валя таня аня ваня петя вася коля толя миша гриша
    леша гоша гена женя слава боря витя дима костя вова володя серега света ира рита зоя зина люба надя вера тамара
    ника эльвира сабина алсу ильнур фарида римма рафаил рустам тимур дарина лия ванда фаина алла инна жанна яна
    марьям гульнара айгуль ильдар марат ринат радик олеся злата мила лиля эля регина карина снежана милана
    aleksei sergey dmitry maria anna olga elena ivan petr boris yuri viktor natalia irina andrey nikolay""".split()
)
_ORDINARY_TOO = frozenset("вера надежда любовь роза лев слава марта май мир лада злата яна мила пока тома".split())
_NEVER = frozenset(
    """здравствуйте здравствуй добрый доброе доброго день вечер утро прошу просим спасибо уважаемые уважаемый уважаемая
    уважением показания показание гвс хвс отопление тепло вода горячая холодная лицевой счет счетчик адрес телефон тел
    кв дом улица экострой передаю примите подскажите жалоба заявление вопрос директору директор председатель тсж тсн
    снт ип ооо оао зао пао мбоу мбдоу мку гбуз ук жск сельпо мрот фио абонент улица газета клуб пекарня магазин
    отправлено лс да нет это что как когда почему где откуда сбер сбербанк мтс билайн госуслуги прокуратура фас рф жк пп
    россия пермь чайковский прикамский фоки ольховка гкал гдж мвт квт гараж январь февраль март апрель май июнь июль
    август сентябрь октябрь ноябрь декабрь понедельник вторник среда четверг пятница суббота воскресенье
    мама папа бабушка дедушка соседка сосед жилец жильцы жители житель срочно внимание вам вас вы наш ваш ваша ваши мне
    моя мой мы они она он ванная кухня туалет санузел теплосчетчик пульсар тепловычислитель договор акт копия справка
    администрация отдел начальник школа детский сад библиотека больница одн одпу опу ипу мкд фап дк при тв по со на за
    iphone android mail ru samsung kv lc ls dom ul gmail com yandex из до от""".split()
)
_CUT_NAMES = (*sorted(_SHORT_NAMES), "александр", "алексей", "андрей", "виктор", "владимир", "дмитрий", "екатерина",
              "елена", "иван", "михаил", "надежда", "николай", "сергей", "светлана", "татьяна", "юрий")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A token: `kind` is F first name, P patronymic, S surname, W could be one (capitalised), I initial,
    `.` a dot, `|` a boundary, `¦` contact data, x any other word."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def capitalised(self) -> bool:
        return self.text[:1].isupper()


def sort_words(text: str) -> tuple[Word, ...]:
    """The tokens of `text` with their kinds; contact data must already be taken out."""
    return tuple(
        Word(match.start(), match.end(), match.group(), _kind(match.group()))
        for match in _TOKEN.finditer(text)
    )


def _kind(token: str) -> str:
    if token[0] == TAKEN:
        return TAKEN
    if token == ".":
        return "."
    if not token[0].isalpha():
        return "|"
    if len(token) == 1:
        return "I" if token.isupper() else "x"
    return _word_kind(token)


def _word_kind(token: str) -> str:
    folded = token.lower().replace("ё", "е")
    if folded in _NEVER:
        return "x"
    if _PATRONYMIC.search(folded) and len(folded) > 4 and (token[0].isupper() or not is_ordinary(folded)):
        return "P"
    if is_first_name(folded) and (token[0].isupper() or folded not in _ORDINARY_TOO):
        return "F"
    if _is_surname(token, folded):
        return "S"
    return "W" if token[0].isupper() and len(token) > 2 else "x"


def is_first_name(folded: str) -> bool:
    """A first name, full or short, in any case."""
    if folded in _SHORT_NAMES:
        return True
    if not is_known(folded):
        return False
    cases = readings_with(folded, "Name")
    # «Роман» is both and signs as a first name; «Сабиров» is a first name only in the plural genitive
    return "nomn" in cases or (bool(cases) and not readings_with(folded, "Surn"))


def is_cut_name(folded: str) -> bool:
    """«св.», «ал.», «ник.»: the first letters of a first name."""
    return 2 <= len(folded) <= 3 and any(name.startswith(folded) for name in _CUT_NAMES)


def _is_surname(token: str, folded: str) -> bool:
    if folded.isascii() and not token.istitle():
        return False  # keyboard mash and encoded bytes, not a person
    known = is_known(folded)
    if known and readings_with(folded, "Surn") and not (token[0].islower() and is_ordinary(folded)):
        return True
    return not known and len(folded) > 3 and bool(_SURNAME.search(folded))
