"""What a Russian word may be, as far as names need it; the dictionary is opened at the first use."""

from __future__ import annotations

from functools import lru_cache

from mailbot.language.dictionary import is_known, parse_word

_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})


@lru_cache(maxsize=50_000)
def grammemes(word: str) -> frozenset[str]:
    """All grammemes any reading of the word carries (`Name`, `Surn`, `VERB`, `past`…)."""
    return frozenset(str(tag) for parse in parse_word(word) for tag in parse.tag.grammemes)


@lru_cache(maxsize=50_000)
def readings_with(word: str, wanted: str) -> frozenset[str]:
    """The cases in which the word, in the singular, can be `wanted` (`Name`, `Surn`, `Patr`)."""
    return frozenset(
        case
        for parse in parse_word(word)
        if wanted in parse.tag and "sing" in parse.tag
        for case in parse.tag.grammemes & _CASES
    )


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """Is the word in the dictionary as something other than a person's name or a place?"""
    return is_known(word) and any(
        not ({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"} & set(parse.tag.grammemes))
        and parse.score > 0.02
        and "DictionaryAnalyzer" in type(parse.methods_stack[0][0]).__name__
        for parse in parse_word(word)
    )


@lru_cache(maxsize=50_000)
def is_surname_form(word: str) -> bool:
    """Can the word be a surname in any case or number («Ильиных» is one in the plural only)?"""
    return any("Surn" in parse.tag for parse in parse_word(word))


@lru_cache(maxsize=50_000)
def is_never_a_subject(word: str) -> bool:
    """Is every likely reading an oblique noun, an oblique adjective or a short adjective?"""
    return all(
        parse.tag.POS == "ADJS" or (parse.tag.POS in {"NOUN", "ADJF"} and "nomn" not in parse.tag)
        for parse in parse_word(word)
        if parse.score > 0.02
    )


@lru_cache(maxsize=50_000)
def is_finite_verb(word: str) -> bool:
    """Is the likeliest reading a verb in a personal or past form?"""
    parses = parse_word(word)
    return bool(parses) and parses[0].tag.POS == "VERB"


@lru_cache(maxsize=50_000)
def is_adjective(word: str) -> bool:
    """Is the likeliest reading a full adjective in the nominative singular («белый», «лесная»)?"""
    parses = parse_word(word)
    return bool(parses) and {"ADJF", "nomn", "sing"} <= set(parses[0].tag.grammemes)


@lru_cache(maxsize=50_000)
def is_occupation(word: str) -> bool:
    """Is it a common noun for a person in the nominative («завхоз», «воспитатель»)?"""
    if not word.isalpha() or not is_known(word):
        return False
    tag = parse_word(word)[0].tag
    return {"NOUN", "anim", "nomn"} <= set(tag.grammemes) and not (
        {"Name", "Surn", "Patr"} & set(tag.grammemes)
    )


@lru_cache(maxsize=50_000)
def nominative(word: str, wanted: str) -> str | None:
    """The nominative singular of the word as `wanted`, capitalised; None where it has none."""
    for parse in parse_word(word):
        if wanted in parse.tag and "sing" in parse.tag:
            form = parse.inflect({"nomn", "sing"})
            if form is not None:
                return "-".join(piece.capitalize() for piece in form.word.split("-"))
    return None


_NAMEISH = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
_NUMBER_NOUNS = frozenset(
    "ноль нуль нолик единица единичка двойка тройка четверка пятерка шестерка семерка восьмерка девятка десятка десяток"
    " сотня тысяча миллион".split()
)

_FORM_ITSELF = frozenset({"VERB", "INFN", "GRND", "PRTF", "PRTS", "ADJS", "COMP"})
"""Parts of speech that tell of something by their very form: «передаю», «снято», «холоднее»."""


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """The dictionary forms of every reading of a folded word, ё as е."""
    return frozenset(parse.normal_form.replace("ё", "е") for parse in parse_word(word))


@lru_cache(maxsize=50_000)
def ordinary_share(word: str) -> float:
    """How likely (0…1) a word is anything but a person, a place or an organisation; 0 where no dictionary has it."""
    if not is_known(word):
        return 0.0
    return float(sum(parse.score for parse in parse_word(word) if not _NAMEISH & set(parse.tag.grammemes)))


@lru_cache(maxsize=50_000)
def share_of(word: str, grammeme: str) -> float:
    """How likely (0…1) a word is what the grammeme says (`Name`, `Surn`)."""
    return float(sum(parse.score for parse in parse_word(word) if grammeme in parse.tag))


@lru_cache(maxsize=50_000)
def is_number_word(word: str) -> bool:
    """Is the word a numeral, cardinal or ordinal, or a noun for a digit («семерка»)?"""
    return bool(lemmas(word) & _NUMBER_NOUNS) or any(
        (parse.tag.POS == "NUMR" or "Anum" in parse.tag) and parse.score > 0.02 for parse in parse_word(word)
    )


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[frozenset[str], ...]:
    """The grammemes of each likely reading, part of speech and case among them, the likeliest first; never empty."""
    parses = parse_word(word)
    likely = [parse for parse in parses if parse.score >= _LIKELY] or parses[:1]
    return tuple(frozenset(map(str, parse.tag.grammemes)) for parse in likely)


_LIKELY = 0.01


@lru_cache(maxsize=50_000)
def noun_lemmas(word: str) -> frozenset[str]:
    """The dictionary forms (ё as е) that the word may be of, as anything but a verb or a predicate."""
    return frozenset(
        parse.normal_form.replace("ё", "е") for parse in parse_word(word) if parse.tag.POS not in _FORM_ITSELF
    )


def inflected(lemma: str) -> frozenset[str]:
    """All forms (ё as е) of a word of the dictionary that is no verb; the word alone where it is one."""
    first = parse_word(lemma)[:1]
    if not first or first[0].tag.POS in _FORM_ITSELF:
        return frozenset({lemma})
    return frozenset({lemma, *lexeme(lemma)})


@lru_cache(maxsize=1_000)
def lexeme(word: str) -> tuple[str, ...]:
    """All forms of a word given by its dictionary form, `ё` as `е`."""
    return tuple(dict.fromkeys(form.word.replace("ё", "е") for form in parse_word(word)[0].lexeme))
