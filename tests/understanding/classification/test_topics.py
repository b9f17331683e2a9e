"""What a letter is about (rules/topics.toml)."""

from __future__ import annotations

import re

import pytest

from mailbot.model import Rulebook
from mailbot.understanding import understand
from mailbot.understanding.classification.letter_topics import find_topics
from mailbot.understanding.text.passages import passages
from tests.understanding.letters import make_letter

TOPICS = [
    ("Прорвало трубу у школы", "burst"),
    ("лопнул стояк на кухне", "burst"),
    ("Из люка валит пар", "steam"),
    ("идёт пар из-под земли возле площадки", "steam"),
    ("Подвал заливает кипятком", "flooding"),
    ("с потолка льёт горячая вода", "flooding"),
    ("Отопления нет, на улице минус 27", "no_heating_frost"),
    ("Возле теплопункта запах газа", "danger"),
    ("нет сил, наложу на себя руки", "despair"),
    ("нет отопления второй день", "no_heating"),
    ("батареи еле тёплые", "cold_radiators"),
    ("в спальне +15", "cold_radiators"),
    ("в квартире жара, дышать нечем", "too_hot"),
    ("нет горячей воды", "no_hot_water"),
    ("вода ржавая", "poor_hot_water"),
    ("Сколько продлится ремонт, когда дадут воду?", "outage_duration"),
    ("когда включат отопление?", "heating_start"),
    ("почему такая большая сумма", "big_bill"),
    ("Прошу перерасчёт за холод в октябре", "recalculation_quality"),
    ("прошу перерасчёт, были в отъезде", "recalculation_absence"),
    ("что за корректировка в квитанции", "correction"),
    ("какой у меня долг", "debt"),
    ("просим акт сверки", "reconciliation"),
    ("моя оплата не поступила", "payment_missing"),
    ("спишите пени", "penalty"),
    ("как передать показания?", "how_to_send_readings"),
    ("показания за октябрь не приняли", "reading_dispute"),
    ("хочу установить счётчик", "meter_installation"),
    ("когда поверка?", "meter_verification"),
    ("начислили по нормативу", "charged_by_norm"),
    ("хочу квитанцию на почту", "e_bill"),
    ("пришлите копию квитанции", "bill_copy"),
    ("купил квартиру, переоформите счёт", "owner_change"),
    ("положены ли льготы", "benefits"),
    ("нужна справка", "certificate"),
    ("заключить договор на теплоснабжение", "contract"),
    ("получил уведомление об ограничении подачи тепла", "restriction"),
    ("ваш слесарь нахамил", "staff"),
    ("не могу зайти в личный кабинет", "personal_account"),
    ("как оплатить без комиссии?", "payment_ways"),
    ("до скольки работает офис?", "office_hours"),
    ("лифт не работает", "not_ours"),
    ("есть ли вакансии", "vacancy"),
    ("огромное спасибо бригаде", "thanks"),
    ("отзываю согласие на обработку персональных данных", "personal_data"),
]


@pytest.mark.parametrize(("body", "topic"), TOPICS)
def test_topic(body: str, topic: str, rulebook: Rulebook) -> None:
    facts = understand(make_letter(body), rulebook)
    assert topic in [found.value for found in facts.topics]


def test_every_topic_of_the_rulebook_is_shown_here(rulebook: Rulebook) -> None:
    assert {topic.name for topic in rulebook.topics} == {name for _, name in TOPICS}


def test_patterns_are_written_over_folded_text(rulebook: Rulebook) -> None:
    """A capital or an «ё» in a pattern would never match: folding takes them away."""
    for topic in rulebook.topics:
        for pattern in topic.patterns:
            plain = re.sub(r"\\[A-Za-z]|\[[^]]*\]", "", pattern)
            assert plain == plain.lower().replace("ё", "е"), f"{topic.name}: {pattern}"


def test_a_topic_in_the_subject_is_surer(rulebook: Rulebook) -> None:
    body = find_topics(passages(make_letter("нужна справка")), rulebook.topics)[0]
    subject = find_topics(passages(make_letter("добрый день", "нужна справка")), rulebook.topics)[0]
    assert subject.confidence > body.confidence
    assert subject.spans[0].part == "subject"


@pytest.mark.parametrize(
    "body",
    [
        "СРОЧНО прорвало трубу, кипяток хлещет, дети ходят!",
        "В подвале пар и горячая вода по колено, приезжайте",
        "В прошлом году здесь прорвало трубу, и сегодня опять хлещет кипяток!",
        "Отопления нет с ночи, на улице -30, замерзает ребёнок",
        "Из-под земли возле площадки идёт пар, дети лезут!",
    ],
)
def test_a_present_emergency_is_urgent(body: str, rulebook: Rulebook) -> None:
    assert understand(make_letter(body), rulebook).urgent


@pytest.mark.parametrize(
    "body",
    [
        "В прошлом году у нас лопнула труба, прошу выдать акт об аварии",
        "Подскажите, когда опрессовка?",
        "Почему в квитанции начислили за дни, когда прорвало трубу? Прошу перерасчёт",
        "После прорыва трубы асфальт так и не восстановили",
        "Если прорвёт трубу, куда звонить?",
        "Пришлите квитанцию",
    ],
)
def test_a_past_or_possible_emergency_is_not_urgent(body: str, rulebook: Rulebook) -> None:
    assert not understand(make_letter(body), rulebook).urgent
