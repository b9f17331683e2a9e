"""Words that may name a person, a street, a village or an organisation: all that the dictionary does not explain.

A word is explained where the dictionary holds it as something other than a name and nothing around it makes it one.
Whatever is not explained is a trace, so a name that no list holds is one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.language.dictionary import is_known
from mailbot.understanding.names.name_parts import is_only_first_name
from mailbot.understanding.names.word_lists import NEVER_NAMES
from mailbot.understanding.text.morphology import forms, is_surname_form, lemmas, ordinary_share

_MIN_ORDINARY_SHARE = 0.15
"""Share of ordinary readings from which a word written small inside a sentence is no name («мороз» has 0.18)."""

_SURELY_ORDINARY = 0.8

_TRADE = frozenset(
    "гвс хвс гв хв гкал гдж мвт квт ипу одпу опу одн жкх жкс мкд епд днс смс теплосчетчик теплопункт водосчетчик"
    " общедомовой энергоресурс гигакалория сбп егрн снилс инн кпп нибудь либо таки лс ресурсник управляйка платежка"
    " здрасьте алло ау й х яндекс гугл андроид айфон самсунг вайбер ватсап телеграм сбер сбербанк госуслуги".split()
)
"""What letters to a supplier of heat hold and the dictionary lacks, as dictionary forms."""

_PROGRAMS = frozenset(
    "re fw fwd ok sms pdf wi fi email e mail ru com gmail yandex outlook android iphone ipad ios samsung galaxy huawei honor"
    " xiaomi redmi viber whatsapp telegram bk inbox list sent from my for get the with".split()
)
_POLITE = frozenset("вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашим ваших вашу вашем".split())
ESTABLISHMENTS = frozenset(
    "школа садик ясли больница поликлиника амбулатория аптека магазин кафе столовая клуб библиотека музей церковь храм мечеть"
    " завод фабрика ферма колхоз совхоз артель пекарня гостиница общежитие кооператив товарищество предприятие фирма"
    " учреждение редакция ателье парикмахерская салон рынок лицей гимназия колледж техникум интернат пансионат санаторий"
    " детсад ип ооо оао зао пао ао тсж тсн снт гск мбоу мбдоу мку гбуз фап сельпо лесхоз леспромхоз лесничество лесопункт"
    " зверосовхоз кошара теплица техникум училище детдом пожарка автостанция автовокзал вокзал котлопункт музыкалка общага дк"
    " турбаза база хлебозавод маслозавод молокозавод мехколонна автоколонна нефтебаза"
    # landmarks, of which a settlement has one
    " водокачка водонапорный пилорама лесопилка мельница элеватор зерносушилка водозабор кладбище памятник обелиск часовня костел"
    " стадион каток баня рынок базар сельмаг универмаг ларек киоск автозаправка азс заправка переправа пристань паром почтамт"
    " птицефабрика конюшня кузница пасека карьер плотина".split()
)
_PARTS_OF_NAMES = {
    "часть": ("воинский", "войсковой", "пожарный"),
    "депо": ("пожарный",),
    "отделение": ("почтовый",),
    "башня": ("водонапорный",),
}
"""Nouns that name an organisation with an adjective before them."""
STREETS = frozenset("улица ул переулок пер проспект проезд шоссе бульвар набережная площадь".split())
_VILLAGES = frozenset("деревня село хутор поселок станица станция микрорайон мкр квартал".split())
_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
_GOVERNS = {
    "на": frozenset({"accs", "loct", "loc2"}),
    "по": frozenset({"datv", "accs", "loct"}),
    "в": frozenset({"accs", "loct", "loc2"}),
    "с": frozenset({"gent", "gen2", "ablt", "accs"}),
}
_SINGLE = frozenset("авикосуяэ")


@dataclass(frozen=True, slots=True)
class TraceToken:
    """A word of a text. `opens` and `closes` tell whether a sentence or line begins before it, or ends after it.

    `alone`: nothing else stands in its line of the body, as where a signature stands. `small`: capitals tell
    nothing here, for all of the text is written in them.
    """

    start: int
    end: int
    text: str
    folded: str
    opens: bool
    closes: bool
    dotted: bool
    alone: bool
    small: bool


def name_traces(tokens: Sequence[TraceToken]) -> Iterator[tuple[str, TraceToken]]:
    """Each word that nothing explains, with what it may be (Russian)."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at and not token.opens else None
        after = tokens[at + 1] if not token.closes and at + 1 < len(tokens) else None
        if what := _what(token, before, after):
            yield what, token


def _what(token: TraceToken, before: TraceToken | None, after: TraceToken | None) -> str:
    if token.folded.isascii():
        return "" if token.folded in _PROGRAMS else "слово латинскими буквами"
    if len(token.folded) == 1:
        return "" if _is_plain_letter(token, before) else "отдельная буква или инициал"
    if _is_establishment(token.folded) or _is_named_by_an_adjective(token, before):
        return "организация или приметное место"
    if lemmas(token.folded) & NEVER_NAMES:
        return ""
    if is_only_first_name(token.folded) and not _function(token.folded):
        return _first_name(before, after)
    if _is_patronymic(token.folded):
        return ""
    if not _is_explained(token.folded):
        return "слово, которое может быть фамилией или названием"
    if _stands_as_a_name(token):
        return "слово на месте подписи"
    return _by_its_letters(token) or _by_its_place(token, before, after)


def _is_plain_letter(token: TraceToken, before: TraceToken | None) -> bool:
    """A preposition or conjunction, the ending of «4-х», or the initial of «Марина К.», which hides the surname.

    Two single letters in a row may be a word spelt out («У ш а к о в», «У.Ш.А.К.О.В.»).
    """
    if token.dotted and token.text.isupper():
        return before is None or len(before.folded) > 1
    return token.folded in _SINGLE or token.folded in _TRADE


@lru_cache(maxsize=50_000)
def _is_establishment(folded: str) -> bool:
    """«школа», «в больнице», but not «за школой»: what stands behind it is nobody's address."""
    if not lemmas(folded) & ESTABLISHMENTS:
        return False
    return any("ablt" not in form for form in forms(folded) if "NOUN" in form) or not is_known(folded)


def _is_named_by_an_adjective(token: TraceToken, before: TraceToken | None) -> bool:
    """«воинская часть», «пожарное депо»."""
    adjectives = {adjective for noun in lemmas(token.folded) for adjective in _PARTS_OF_NAMES.get(noun, ())}
    return before is not None and bool(lemmas(before.folded) & adjectives)


def _first_name(before: TraceToken | None, after: TraceToken | None) -> str:
    """«Марина» alone names nobody; of two first names side by side one may be the surname."""
    beside = [word for word in (before, after) if word and not _function(word.folded)]
    double = any(is_only_first_name(word.folded) for word in beside)
    return "два имени рядом" if double else ""


@lru_cache(maxsize=50_000)
def _is_explained(folded: str) -> bool:
    if _function(folded) or lemmas(folded) & _TRADE or ordinary_share(folded) >= _MIN_ORDINARY_SHARE:
        return True
    pieces = folded.split("-")
    return len(pieces) > 1 and all(len(piece) > 1 and _is_explained(piece) for piece in pieces)


@lru_cache(maxsize=50_000)
def _is_patronymic(folded: str) -> bool:
    return is_known(folded) and all("Patr" in form for form in forms(folded))


@lru_cache(maxsize=50_000)
def _function(folded: str) -> bool:
    return is_known(folded) and any(_FUNCTION & form for form in forms(folded))


def _stands_as_a_name(token: TraceToken) -> bool:
    """«Борода» in a line of its own, «Белый,»: ordinary words where only a name would be set."""
    likely = forms(token.folded)[0]
    noun = token.alone and {"NOUN", "sing", "nomn"} <= likely
    adjective = (
        token.opens and token.closes and {"ADJF", "sing", "nomn"} <= likely and not {"Apro", "Anum"} & likely
    )
    return noun or adjective


def _by_its_letters(token: TraceToken) -> str:
    """A capital inside a sentence makes a name; where a capital says nothing, a word that can be a surname is one."""
    if token.text.islower() or _function(token.folded) or token.folded in _POLITE:
        return ""
    if token.small or token.opens or (token.text.isupper() and len(token.text) > 1):
        surname = _is_surname_in_nominative(token.folded)
        return "слово, которое может быть фамилией" if surname else ""
    return "слово с заглавной буквы внутри предложения"


@lru_cache(maxsize=50_000)
def _is_surname_in_nominative(folded: str) -> bool:
    """A finite verb or an adverb at the head of a sentence («Дали тепло») is none, though someone is called so."""
    likely = forms(folded)
    if not likely[0] & {"NOUN", "ADJF", "ADJS"} and ordinary_share(folded) > _SURELY_ORDINARY:
        return False
    return is_surname_form(folded) and any({"Surn", "nomn"} <= form for form in likely)


def _by_its_place(token: TraceToken, before: TraceToken | None, after: TraceToken | None) -> str:
    """«на Заводской», «по строителей», «деревня Гора»: ordinary words, used as the name of a place."""
    if before is None:
        return ""
    if _names_a_place(before.folded, token.folded):
        return "название улицы или посёлка"
    cases = _GOVERNS.get(before.folded)
    if cases is None or _function(token.folded):
        return ""
    if _is_adjective_alone(token.folded, after) or _is_out_of_case(token.folded, cases):
        return "слово, похожее на название улицы"
    return ""


def _names_a_place(before: str, folded: str) -> bool:
    """After «улица» an adjective («заводская») or a genitive («победы»), after «деревня» any noun in the nominative."""
    likely = forms(folded)[0]
    if lemmas(before) & STREETS:
        return "ADJF" in likely or {"NOUN", "gent"} <= likely
    return bool(lemmas(before) & _VILLAGES) and "nomn" in likely and bool({"NOUN", "ADJF"} & likely)


def _is_adjective_alone(folded: str, after: TraceToken | None) -> bool:
    """A feminine adjective after a preposition that belongs to no noun («на кедровой» or «на заводскую»)."""
    likely = forms(folded)[0]
    if not {"ADJF", "femn"} <= likely or {"Apro", "Anum"} & likely:
        return False
    if after is None:
        return True
    nexts = forms(after.folded)
    return not any(
        {"NOUN", "femn"} <= form or {"ADJF", "femn"} <= form or {"PRTF", "femn"} <= form for form in nexts
    )


def _is_out_of_case(folded: str, cases: frozenset[str]) -> bool:
    """«на победы», «по мира»: a genitive after a preposition that never governs it."""
    likely = forms(folded)
    genitive = any({"NOUN", "gent"} <= form for form in likely)
    return genitive and "NOUN" in likely[0] and not any(form & cases for form in likely)
