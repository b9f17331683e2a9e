"""Questionnaires of `rules/surveys`: each group has its own, and a fault is told with file and line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from mailbot.config import load_sources
from mailbot.model import Rulebook, RulebookError, SourceFile
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import SurveyMetric
from mailbot.policy import load_rulebook

SHIPPED = load_sources("rules")
FLAT = "rules/surveys/individual.toml"


def loaded(file: str, old: str, new: str) -> tuple[str, ...]:
    """The faults of the shipped rules with a change in one file; it must have been there to change."""
    text = next(one.text for one in SHIPPED if one.name == file)
    assert old in text
    changed = tuple(
        SourceFile(one.name, one.text.replace(old, new, 1) if one.name == file else one.text)
        for one in SHIPPED
    )
    with pytest.raises(RulebookError) as told:
        load_rulebook(changed)
    return told.value.faults


def test_each_group_of_clients_has_a_questionnaire_of_its_own(rulebook: Rulebook) -> None:
    assert [one.group for one in rulebook.questionnaires] == list(ClientGroup)
    wordings = {tuple(question.words for question in one.questions) for one in rulebook.questionnaires}
    assert len(wordings) == 3, "chapter 6: «для каждой группы Клиентов заполняется собственная анкета»"
    assert len({one.version for one in rulebook.questionnaires}) == 3


def test_each_asks_once_by_mail_once_for_recommendation_and_weighs_the_rest(rulebook: Rulebook) -> None:
    for one in rulebook.questionnaires:
        assert 6 <= len(one.questions) <= 9, one.title
        assert one.by_mail is not None
        assert one.by_mail.measure is SurveyMetric.CSAT
        assert [question.measure for question in one.questions].count(SurveyMetric.NPS) == 1
        assert all(question.words.endswith("?") for question in one.questions)
    heat = next(one for one in rulebook.questionnaires[0].questions if one.name == "heat")
    assert heat.weight == Decimal(3)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "heat"', 'name = "hot_water"', "уже есть у другого вопроса"),
        ('name = "heat"', 'name = "Тепло"', "латинские строчные буквы"),
        ("weight = 3", "weight = 0", "вес больше нуля"),
        ("weight = 3", "weight = -1", "нужно число от 0"),
        ("weight = 3", 'weight = "три"', "нужно число от 0"),
        ("asked_by_mail = true", "asked_by_mail = false", "ровно один вопрос должен быть с asked_by_mail"),
        ('measure = "nps"', 'measure = "nps"\nweight = 2', "вес бывает только у вопросов csi"),
        ('measure = "nps"', 'measure = "nps"\nasked_by_mail = true', "в письме спрашивают вопрос csat"),
        ('measure = "nps"', 'measure = "csi"', "вопрос nps должен быть один"),
        ('measure = "csi"', 'measure = "csat"', "вопрос csat должен быть один"),
        ('measure = "csi"', 'measure = "ces"', "«ces»; возможные: csat, nps, csi"),
        ('words = "Тепло', 'word = "Тепло', "нет поля «words»"),
        ('title = "Анкета', 'titel = "Анкета', "нет поля «title»"),
    ],
)
def test_a_fault_is_told_with_file_line_and_what_to_do(old: str, new: str, told: str) -> None:
    faults = loaded(FLAT, old, new)
    assert any(told in one for one in faults), faults
    assert all(re.match(rf"{FLAT}:\d+: ", one) for one in faults), faults


def test_the_line_is_that_of_the_question(rulebook: Rulebook) -> None:
    (fault,) = loaded(FLAT, "weight = 2", "weight = 0")
    text = next(one.text for one in SHIPPED if one.name == FLAT)
    line = text.splitlines().index("weight = 2") + 1
    assert fault.startswith(f"{FLAT}:{line}: ")


def test_a_group_without_a_file_and_a_file_without_a_group_are_faults() -> None:
    with pytest.raises(RulebookError, match=r"rules/surveys/provider\.toml:1: файла нет"):
        load_rulebook(tuple(one for one in SHIPPED if not one.name.endswith("provider.toml")))
    with pytest.raises(RulebookError, match=r"rules/surveys/vip\.toml:1: лишний файл"):
        load_rulebook((*SHIPPED, SourceFile("rules/surveys/vip.toml", 'title = "А"')))
