"""The lists of the queue: filters, views with counts, work on a selection, the way from case to case."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from mailbot.model import CaseState, StaffRole
from mailbot.store.cases import summaries
from tests.web.conftest import Desk


def shown(client: FlaskClient, path: str) -> list[str]:
    """The references of the cases that a list shows, in its order."""
    answer = client.get(path)
    assert answer.status_code == 200
    return re.findall(r'class="open" href="/case/([^?"]+)', answer.text)


def counted(client: FlaskClient, name: str) -> int:
    found = re.search(rf">{name} <span class=\"count[^\"]*\">(\d+)", client.get("/queue").text)
    assert found, name
    return int(found[1])


def test_emergencies_stand_on_top(desk: Desk) -> None:
    first = [desk.store.ask(summaries.case_of, one).priority for one in shown(desk.client(), "/queue")[:6]]
    assert first[0] == "emergency"
    assert first == sorted(first, key=["emergency", "high", "normal"].index)


@pytest.mark.parametrize(
    "query",
    [
        "kind=complaint",
        "topic=cold_radiators",
        "due=overdue",
        "assignee=-",
        "channel=office",
        "q=батареи",
        "page=2",
    ],
)
def test_a_filter_shows_no_more_than_the_whole(desk: Desk, query: str) -> None:
    client = desk.client()
    everything = [*shown(client, "/queue"), *shown(client, "/queue?page=2")]
    assert set(shown(client, f"/queue?{query}")) <= set(everything)


@pytest.mark.parametrize(
    "query",
    [
        "kind=nothing",
        "page=0",
        "page=-1",
        "page=9999999",
        "page=x",
        "list=nothing",
        "due=x",
        "q=%00%27%22",
        "q=" + "x" * 5000,
    ],
)
def test_an_address_that_nobody_would_write_breaks_nothing(desk: Desk, query: str) -> None:
    assert desk.client().get(f"/queue?{query}").status_code == 200


def test_a_view_is_kept_with_its_count_and_dropped(desk: Desk) -> None:
    client = desk.client()
    client.post("/views", data={"name": "холод", "query": "kind=complaint&topic=cold_radiators&evil=1"})
    page = client.get("/queue").text
    assert "/queue?kind=complaint&amp;topic=cold_radiators" in page
    assert "evil" not in page
    assert counted(client, "холод") == len(shown(client, "/queue?kind=complaint&topic=cold_radiators")) > 0
    assert "холод <span" not in desk.client(StaffRole.MANAGER).get("/queue").text, "a view is its owner's"
    found = re.search(r"/views/(\d+)/drop", page)
    assert found
    client.post(found[0])
    assert "холод <span" not in client.get("/queue").text


def test_a_selection_is_handled_at_once_and_undone_at_once(desk: Desk) -> None:
    client = desk.client()
    chosen = shown(client, "/queue")[:3]
    client.post(
        "/queue/bulk", data={"what": "ignore", "sureness": "sure", "case": [f"{one}@0" for one in chosen]}
    )
    assert {desk.store.ask(summaries.case_of, one).state for one in chosen} == {CaseState.IGNORED}
    client.post("/undo", data={"of": chosen})
    assert {desk.store.ask(summaries.case_of, one).state for one in chosen} == {CaseState.AWAITING_REVIEW}


def test_of_a_selection_what_a_colleague_changed_is_told_and_the_rest_is_done(desk: Desk) -> None:
    client, other = desk.client(), desk.client(StaffRole.MANAGER)
    first, second = shown(client, "/queue")[:2]
    other.post(f"/case/{first}/assign", data={"version": "0", "assignee": "manager"})
    told = client.post(
        "/queue/bulk",
        data={
            "what": "silence",
            "sureness": "sure",
            "clause": "2.2.email.2",
            "case": [f"{first}@0", f"{second}@0"],
        },
    )
    assert told.status_code == 409
    assert first in told.text
    assert desk.store.ask(summaries.case_of, first).state is CaseState.AWAITING_REVIEW
    assert desk.store.ask(summaries.case_of, second).state is CaseState.SILENCED


def test_what_one_has_taken_the_other_is_not_given(desk: Desk) -> None:
    client, other = desk.client(), desk.client(StaffRole.MANAGER)
    first, second, third = shown(client, "/queue")[:3]
    other.post(f"/case/{second}/assign", data={"version": "0", "assignee": "manager"})
    went = client.post(f"/case/{first}/ignore", data={"version": "0", "sureness": "sure"})
    assert went.headers["Location"].startswith(f"/case/{third}")
    assert counted(other, "Мои") == 1


def test_the_way_goes_on_within_the_same_view(desk: Desk) -> None:
    client = desk.client()
    view = "topic=cold_radiators"
    lines = shown(client, f"/queue?{view}")
    went = client.post(f"/case/{lines[0]}/ignore", data={"version": "0", "view": view, "sureness": "sure"})
    assert went.headers["Location"].startswith(f"/case/{lines[1]}")
    assert "topic" in went.headers["Location"]


def test_what_the_machine_silenced_is_listed_with_its_clause_and_taken_back(desk: Desk) -> None:
    client = desk.client()
    page = client.get("/queue?list=silenced").text
    assert "п. 2.2.email.2" in page
    number = shown(client, "/queue?list=silenced")[0]
    client.post(f"/case/{number}/take-back", data={"version": "0"})
    assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    ignored = shown(client, "/queue?list=ignored")[0]
    client.post(f"/case/{ignored}/take-back", data={"version": "0"})
    assert ignored not in shown(client, "/queue?list=ignored")


def test_a_letter_that_breaks_the_parser_is_shown_as_it_came(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("не разбирается")

    monkeypatch.setattr("mailbot.services.desk.case_file.case_file.parse", broken)
    page = desk.client().get("/case/26-000028")
    assert page.status_code == 200
    assert "Message-ID" in page.text


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        ("silence", {"clause": "99"}, "Выберите пункт стандарта"),
        ("assign", {"assignee": "никого"}, "Такого сотрудника нет"),
        ("put-off", {"until": "завтра"}, "не дата"),
        ("put-off", {"until": "2020-01-01"}, "только на будущее"),
        ("join", {"to": "26-000028"}, "к нему самому"),
        ("join", {"to": "26-999999"}, "нет"),
        ("note", {"text": " "}, "Заметка пуста"),
        ("told", {"way": "phone", "text": " "}, "что ответили клиенту"),
        ("told", {"way": "сон", "text": "x"}, "Выберите, как ответили"),
        ("label", {}, "Не назван вид"),
        ("label", {"kind": "complaint", "topic": "nothing"}, "Темы «nothing» нет"),
        ("send", {"text": " ", "means": "answered"}, "Ответ пуст"),
        ("send", {"text": "Приедем.", "means": "withdrawn"}, "что это за письмо"),
        ("preview", {"text": ""}, "Ответ пуст"),
        ("reading/1", {"value": "1", "account": "1", "resource": "heating"}, "в этом обращении нет"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    desk: Desk, path: str, data: dict[str, str], told: str
) -> None:
    answer = desk.client().post(f"/case/26-000028/{path}", data={"version": "0", **data})
    assert answer.status_code == 409
    assert told in answer.text
    assert desk.store.ask(summaries.case_of, "26-000028").state is CaseState.AWAITING_REVIEW


def test_who_called_is_answered_by_telephone_and_the_case_is_closed_on_substance(desk: Desk) -> None:
    client = desk.client()
    made = client.post(
        "/office", data={"channel": "phone", "text": "Когда пустят отопление? Мира 5-12, Иванов"}
    )
    number = made.headers["Location"].split("/")[2]
    refused = client.post(
        f"/case/{number}/send", data={"version": "0", "text": "С 1 октября.", "means": "answered"}
    )
    assert "письмо отправить нельзя" in refused.text, "there is no address to send to"
    client.post(f"/case/{number}/told", data={"version": "0", "way": "phone", "text": "С 1 октября."})
    assert desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    assert not desk.store.ask(summaries.outgoing_of, desk.store.ask(summaries.case_of, number).id)
    assert "ответ дан клиенту: по телефону" in client.get(f"/case/{number}").text
    again = client.post(
        "/office", data={"channel": "phone", "text": "Когда пустят отопление? Мира 5-12, Иванов"}
    )
    assert (
        desk.store.ask(summaries.case_of, again.headers["Location"].split("/")[2]).state
        is CaseState.AWAITING_REVIEW
    )
    client.post("/undo", data={"of": number})
    assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_a_joined_letter_gets_its_own_answer_by_one_key(desk: Desk) -> None:
    client = desk.client()
    first, second = shown(client, "/queue")[:2]
    client.post(f"/case/{second}/join", data={"version": "0", "to": first})
    assert second not in shown(client, "/queue")
    client.post(f"/case/{first}/send", data={"version": "0", "text": "Бригада выехала.", "means": "answered"})
    assert second in shown(client, "/queue")
    page = client.get(f"/case/{second}").text
    assert f"ответ на обращение № {first}" in page
    assert "Бригада выехала." in page
