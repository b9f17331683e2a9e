"""Questionnaires entered in the office, and the empty sheets that are handed out."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from mailbot.command_setup import load_files
from mailbot.model import Rulebook, StaffRole
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.period import Period
from mailbot.model.report.survey import SurveyForm, SurveyResponse
from mailbot.store.staff import audit_log
from mailbot.store.surveys import responses
from tests.web.conftest import NOW, Desk, Pages

ZONE = ZoneInfo("Asia/Yekaterinburg")
FILLED = {
    "group": "individual", "form": "oral", "score_answer": "5", "score_heat": "2", "score_recommend": "10",
    "score_bill": "", "words": "Зимой холодно", "day": "",
}  # fmt: skip


def kept(desk: Desk) -> tuple[SurveyResponse, ...]:
    return desk.store.ask(responses.responses, Period.read("2026-Q4"), NOW + timedelta(days=90), ZONE)


def test_a_sheet_is_entered_with_what_was_answered_and_no_more(bare: Desk) -> None:
    saved = bare.client().post("/survey", data=FILLED, follow_redirects=True)
    assert "Анкета записана" in saved.text
    (found,) = kept(bare)
    assert (found.form, found.group, found.words) == (
        SurveyForm.ORAL,
        ClientGroup.INDIVIDUAL,
        "Зимой холодно",
    )
    assert dict(found.scores) == {"answer": 5, "heat": 2, "recommend": 10}
    assert (found.at, found.case_id) == (NOW, None)
    (line,) = [one for one in bare.store.ask(audit_log.load_log, 10) if one.what == "survey"]
    assert (line.by, line.about) == ("operator", "individual")


def test_the_next_sheet_of_a_stack_has_the_same_group_form_and_day(bare: Desk) -> None:
    page = bare.client().post(
        "/survey", data=FILLED | {"group": "provider", "day": "2026-11-20"}, follow_redirects=True
    )
    assert 'name="group" value="provider"' in page.text
    assert 'value="oral" required checked' in page.text
    assert 'value="2026-11-20"' in page.text
    (found,) = kept(bare)
    assert found.at.astimezone(ZONE).date().isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"score_answer": "", "score_heat": "", "score_recommend": "", "words": " "}, "Анкета пуста"),
        ({"score_heat": "6"}, "оценка от 1 до 5"),
        ({"score_recommend": "11"}, "оценка от 0 до 10"),
        ({"score_heat": "четыре"}, "оценка от 1 до 5"),
        ({"form": "gossip"}, "Выберите, как заполнена анкета"),
        ({"day": "2026-11-24"}, "24.11.2026 ещё не наступило"),
        ({"day": "0026-11-20"}, "слишком давно"),
        ({"day": "вчера"}, "не дата"),
        ({"words": "ж" * 1001}, "длиннее 1000 знаков"),
    ],
)
def test_what_cannot_be_so_is_told_and_the_form_comes_back_as_it_was(
    bare: Desk, change: dict[str, str], told: str
) -> None:
    page = bare.client().post("/survey", data=FILLED | change)
    assert page.status_code == 409
    assert told in page.text
    assert (FILLED | change)["words"].strip() in page.text
    assert kept(bare) == ()


def test_a_group_that_there_is_not_is_no_page(bare: Desk) -> None:
    client = bare.client()
    assert client.get("/survey?group=vip").status_code == 404
    assert client.post("/survey", data=FILLED | {"group": "vip"}).status_code == 404
    assert client.get("/survey/vip.pdf").status_code == 404


def test_each_group_has_its_sheet_to_print_on_one_page(bare: Desk, rulebook: Rulebook) -> None:
    client = bare.client()
    for sheet in rulebook.questionnaires:
        answer = client.get(f"/survey/{sheet.group}.pdf")
        assert answer.mimetype == "application/pdf"
        (page,) = pypdfium2.PdfDocument(answer.data)
        text = "".join(page.get_textpage().get_text_range().split())
        for question in sheet.questions:
            assert "".join(question.words.split()).rstrip("?")[:24] in text, question.words
        assert "".join(sheet.title.split()) in text
        assert "Анкетадобровольна" in text


def test_a_manager_changes_a_question_and_a_fault_keeps_the_old_one(bare: Desk) -> None:
    client = bare.client(StaffRole.MANAGER)
    path = "/settings/rules/surveys/individual.toml"
    assert "Анкета жителей" in client.get("/settings").text
    text = next(one for one in load_files(bare.settings) if one.name == "rules/surveys/individual.toml").text
    changed = text.replace("Тепло ли у вас дома в отопительный сезон?", "Тепло ли у вас в квартире?")
    assert client.post(path, data={"text": changed}).status_code == 302
    assert "Тепло ли у вас в квартире?" in client.get("/survey").text
    refused = client.post(path, data={"text": changed.replace("weight = 3", "weight = 0", 1)})
    assert refused.status_code == 409
    assert "вес больше нуля" in refused.text


@pytest.mark.browser
def test_an_operator_enters_a_sheet_in_the_browser(pages: Pages) -> None:
    page = pages.enter()
    page.get_by_role("link", name="Анкеты").click()
    page.get_by_label("устная: спросили при встрече").check()
    page.get_by_role("group", name="2. Тепло ли у вас дома в отопительный сезон?").get_by_label("2").check()
    page.get_by_label("Слова клиента").fill("Холодно <b>очень</b>")
    page.get_by_role("button", name="Записать анкету").click()
    page.get_by_text("Анкета записана").wait_for()
    (found,) = kept(pages.desk)
    assert (dict(found.scores), found.words) == ({"heat": 2}, "Холодно <b>очень</b>")
    assert pages.faults == []
