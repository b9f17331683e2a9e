"""`rules/surveys/GROUP.toml`: what each group of clients is asked (chapter 6: «собственная анкета»)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from mailbot.model import SourceFile
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import Questionnaire, SurveyMetric, SurveyQuestion
from mailbot.toml import TableFields, TableLocation, parse_toml

FOLDER = "surveys"

MAX_QUESTIONS = 20
"""Nobody fills in a longer sheet with thought."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_STAND_IN = Decimal(1)


def is_survey(source: SourceFile) -> bool:
    """Does the file stand in the folder of questionnaires?"""
    return FOLDER in source.name.split("/")[:-1]


def questionnaires(sources: Sequence[SourceFile], faults: list[str]) -> tuple[Questionnaire, ...]:
    """A questionnaire for each group of clients, in the order of the groups; a fault is told with file and line.

    Rules without any ask nobody: they were written before there were questionnaires.
    """
    if not sources:
        return ()
    files = {source.name.rpartition("/")[2]: source for source in sources}
    wanted = {f"{group}.toml": group for group in ClientGroup}
    for name, source in files.items():
        if name not in wanted:
            faults.append(f"{source.name}:1: лишний файл; анкеты называются: {', '.join(wanted)}")
    for name in wanted:
        if name not in files:
            faults.append(f"rules/{FOLDER}/{name}:1: файла нет; верните его из поставки")
    present = [(group, files[name]) for name, group in wanted.items() if name in files]
    sheets = [_questionnaire(group, source, faults) for group, source in present]
    return tuple(questionnaire for questionnaire in sheets if questionnaire is not None)


def _questionnaire(group: ClientGroup, source: SourceFile, faults: list[str]) -> Questionnaire | None:
    values = parse_toml(source, faults)
    if values is None:
        return None
    top = TableFields(
        source, TableLocation(), {key: value for key, value in values.items() if key != "question"}, faults
    )
    title = top.text("title")
    top.close()
    rows = values.get("question", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        top.fault("", "нет ни одного вопроса [[question]]; допишите их")
        return None
    fields = [
        TableFields(source, TableLocation("question", nth), row, faults)
        for nth, row in enumerate(rows, start=1)
    ]
    questions = tuple(_question(row) for row in fields)
    _check_names(questions, fields)
    for what in _unfit(questions):
        top.fault("title", what)
    return Questionnaire(group, title, questions, sha256(source.text.encode()).hexdigest()[:12])


def _question(row: TableFields) -> SurveyQuestion:
    name = row.text("name")
    if name and not _NAME.fullmatch(name):
        row.fault("name", f"имя «{name}»: нужны латинские строчные буквы, цифры и «_», например hot_water")
    measure = row.choice("measure", SurveyMetric)
    weighed = row.has("weight")
    weight = row.amount("weight") if weighed else _STAND_IN
    if weighed and measure is not SurveyMetric.CSI:
        row.fault("weight", "вес бывает только у вопросов csi; уберите поле «weight»")
    if weight <= 0:
        row.fault("weight", "поле «weight»: вес больше нуля, например 2")
    by_mail = row.flag("asked_by_mail") if row.has("asked_by_mail") else False
    if by_mail and measure is not SurveyMetric.CSAT:
        row.fault("asked_by_mail", "в письме спрашивают вопрос csat: оценку от 1 до 5")
    question = SurveyQuestion(name, row.text("words"), measure, weight, by_mail)
    row.close()
    return question


def _check_names(questions: tuple[SurveyQuestion, ...], fields: Sequence[TableFields]) -> None:
    seen: set[str] = set()
    for question, row in zip(questions, fields, strict=True):
        if question.name in seen:
            row.fault("name", f"имя «{question.name}» уже есть у другого вопроса; назовите иначе")
        seen.add(question.name)


def _unfit(questions: tuple[SurveyQuestion, ...]) -> Iterator[str]:
    """What the whole lacks: one figure each of CSAT and NPS, and something for CSI to weigh."""
    measures = [question.measure for question in questions]
    if sum(question.asked_by_mail for question in questions) != 1:
        yield "ровно один вопрос должен быть с asked_by_mail = true: его задают в письме с ответом"
    if measures.count(SurveyMetric.CSAT) != 1:
        yield "вопрос csat должен быть один"
    if measures.count(SurveyMetric.NPS) != 1:
        yield "вопрос nps должен быть один"
    if measures.count(SurveyMetric.CSI) < 2:
        yield "вопросов csi должно быть не меньше двух, иначе взвешивать нечего"
    if len(questions) > MAX_QUESTIONS:
        yield f"вопросов больше {MAX_QUESTIONS}: такую анкету не заполнят; сократите её"
