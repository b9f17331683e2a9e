"""Obscene and insulting words and threats (clause 2.2.email.2), in the clear and disguised."""

from __future__ import annotations

import sys

import pymorphy3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import AbuseKind, Rulebook
from mailbot.understanding import understand
from mailbot.understanding.abuse import find_abuse, is_obscene
from mailbot.understanding.english import is_english
from mailbot.understanding.passages import passages
from tests.understanding.letters import make_letter

OBSCENE = [
    "бл*ть",
    "х**ня",
    "п***ц",
    "х*й",
    "идите нах*й",
    "ебл@ны",
    "г@ндоны",
    "у6людки",
    "6людки",
    "су4ки",
    "пи3дец",
    "xyй",
    "eбaть",
    "хuй",
    "cyka",
    "х у й",
    "х.у.й",
    "х-у-й",
    "п и д о р ы",
    "ху й",
    "бля ть",
    "бляяяять",
    "ХУУУЙ",
    "сука",
    "нахуй",
    "охуели",
    "заебали",
    "распиздяи",
    "мудачьё",
    "долбоёбы",
    "ебаный",
    "ё* вашу мать",
    "suki",
    "blyat",
    "pizdec",
    "nahuy",
    "huynya",
    "mudak",
    "хуйня",
    "п*здец",
    "сц#ки",
]
INSULTS = [
    "овца драная",
    "корова безмозглая",
    "твари",
    "ублюдки",
    "дебилы",
    "вы свиньи",
    "тупые бараны",
    "чтоб вы сдохли",
    "заткнитесь",
    "пошли вон",
    "таких как ты топить надо",
    "сволочи",
    "скоты",
]
THREATS = [
    "машина у неё красивая, хорошо гореть будет",
    "я вам ноги переломаю",
    "знаю где живёшь",
    "приду с ружьём",
    "башку оторву",
    "я тебя убью",
    "сожгу вашу контору",
    "берегите своих детей",
    "встречу тебя после работы в подъезде",
    "вам не жить",
    "колёса проколю вашей машине",
    "убью вашего слесаря",
    "обернёшься — а машина-то твоя сгорит",
    "найду и закопаю вас",
    "оглядывайся по вечерам",
]
CLEAN = [
    "рубля",
    "себестоимость",
    "колебания",
    "потреблять",
    "употребление",
    "хлеб",
    "застраховать",
    "оскорблять",
    "мандат",
    "сукно",
    "барсук",
    "рассукать",
    "Убейволк",
    "Муденко",
    "Дурново",
    "Ебелев",
    "Хуснутдинов",
    "Мудрый",
    "подстрахуй",
    "команда",
    "Пидгорный",
    "меня убивает непонимание",
    "режет глаз",
    "требую",
    "ребёнок",
    "плохую",
    "сухую",
    "сразу",
    "сравнить",
    "скипидар",
    "хулиган",
    "EBITDA и ебитда",
    "педикюр",
    "педикулёз",
    "жидкость",
    "недоумение",
    "заткните течь",
    "Козлов",
    "Баранова",
    "Коровин",
    "Хусаинов",
    "Ганделин",
    "Сукин лог",
    "вентиляция",
    "тупик",
    "влажность 40%",
    "2*4",
    "Х*0000056.8",
    "100000000000*54678",
    "ЖКХ 1# 123456 Х 0000056.8 Г 0000047.3",
    "л/с 1Г<123> 1Х<5>",
    "Гкал*ч",
    "ГВС*1,05",
    "hui@mail.ru",
    "her house",
    "Иванов И. И.",
    "А. Б. В.",
    "ТВ7",
    "крысы в подвале",
    "бомжи в подъезде",
    "пойду в суд",
    "пишу в прокуратуру и ФАС, вы ответите по закону",
    "у нас сгорел щиток",
    "боимся, что дом сгорит из-за вашей проводки",
    "слесарь угрожал переломать мне ноги",
    "овцы и коровы на ферме без тепла",
    "требуем наказать виновных",
    "п. 3 д. 5",
]


def kinds(body: str, rulebook: Rulebook) -> set[AbuseKind]:
    return {found.value for found in find_abuse(passages(make_letter(body)), rulebook)}


@pytest.mark.parametrize("body", OBSCENE)
def test_obscenity_through_any_mask(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.OBSCENE in kinds(body, rulebook)


@pytest.mark.parametrize("body", INSULTS)
def test_insults_without_obscenity(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.INSULT in kinds(body, rulebook)


@pytest.mark.parametrize("body", THREATS)
def test_threats_to_life_health_and_property(body: str, rulebook: Rulebook) -> None:
    assert AbuseKind.THREAT in kinds(body, rulebook)


@pytest.mark.parametrize("body", CLEAN)
def test_clean_words_are_never_hit(body: str, rulebook: Rulebook) -> None:
    assert kinds(body, rulebook) == set()


def test_quoted_abuse_is_not_the_writers(rulebook: Rulebook) -> None:
    assert not understand(make_letter("Добрый день", quoted="> сука, верни тепло"), rulebook).abuse


def test_evidence_covers_the_disguised_word(rulebook: Rulebook) -> None:
    letter = make_letter("Откуда, бл*ть, 8 тысяч?")
    found = understand(letter, rulebook).abuse[0]
    assert [letter.quote(span) for span in found.spans] == ["бл*ть"]


# Lemmas whose forms are judged obscene although a dictionary of decent words holds them: each was read by a
# person. «Сука» and «сучка» are forms of «сук» and «сучок», «хули» and «хуле» of «хулить» and «хула»; the
# rest are coarse words that Russian dictionaries list.
JUDGED = set(
    [
        "блядский",
        "блядь",
        "бля",
        "выблядок",
        "гандон",
        "говно",
        "говнюк",
        "дрочить",
        "ебальник",
        "еблан",
        "жопа",
        "заебись",
        "залупить",
        "залупиться",
        "залуплять",
        "залупляться",
        "засранец",
        "засраный",
        "мля",
        "мудак",
        "мудила",
        "нахуй",
        "нехуй",
        "отсосать",
        "охуение",
        "охуенно",
        "охуенный",
        "педераст",
        "педерастический",
        "педерастия",
        "пидарас",
        "пидор",
        "пидорас",
        "пизда",
        "пиздец",
        "пиздобол",
        "посрать",
        "сосать",
        "сраный",
        "срань",
        "ссать",
        "сук",
        "сука",
        "сучий",
        "сучка",
        "сучок",
        "хер",
        "херня",
        "херовый",
        "хреновый",
        "хрень",
        "хуй",
        "хуйня",
        "хула",
        "хулить",
        "хуёво",
        "хуёвый",
        "цук",
        "шалава",
        "шалавый",
        "шлюха",
        "ёбаный",
        "ахуй",
        "педик",
    ]
)


def test_no_decent_word_of_the_dictionary_is_obscene(rulebook: Rulebook) -> None:
    """Every form of the dictionary that begins like an oath, with and without a prefix."""
    dictionary = pymorphy3.MorphAnalyzer().dictionary
    beginnings = (
        "ху", "еб", "ёб", "бля", "пизд", "муд", "манд", "сук", "суч", "пид", "пед", "хер", "хре", "жоп", "говн", "гов",
        "дроч", "сра", "сса", "залу", "поху", "наху", "заеб", "уеб", "выеб", "подъеб", "объеб", "оху", "рассук", "подеб",
        "уг", "хул", "цук", "шал", "шлю", "соси", "отсос", "долб", "гонд", "ганд", "курв", "застрах", "подстр",
    )  # fmt: skip
    hits = {
        lemma
        for beginning in beginnings
        for word, _, lemma, *_ in dictionary.iter_known_words(beginning)
        if is_obscene(word.replace("ё", "е"), rulebook)
    }
    assert hits <= JUDGED, hits - JUDGED


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё xyпабc*@$06 .\n", max_size=200))
@settings(max_examples=150, deadline=None)
def test_spans_lie_within_the_text(rulebook: Rulebook, body: str) -> None:
    for found in find_abuse(passages(make_letter(body)), rulebook):
        assert all(0 <= span.start < span.end <= len(body) for span in found.spans)


def test_english_obscenity_is_found(rulebook: Rulebook) -> None:
    body = "You are all fucking idiots and this company is shit, what is wrong with you"
    assert AbuseKind.OBSCENE in kinds(body, rulebook)


@pytest.mark.parametrize(
    "body",
    [
        "zdravstvuite peredayu pokazaniya goryachaya voda 209 licevoy schet 610488",
        "Батареи холодные, Gagarina 8",
        "Ljhjust lhepmz [jkjlyst ,fnfhtb",
    ],
)
def test_russian_in_latin_letters_never_wakes_the_english_model(body: str) -> None:
    assert not is_english(body.lower())


def test_russian_letters_do_not_load_the_english_model(rulebook: Rulebook) -> None:
    loaded = "profanity_check" in sys.modules
    understand(make_letter("Батареи холодные третий день, примите меры. Мира 3-4"), rulebook)
    assert ("profanity_check" in sys.modules) == loaded
