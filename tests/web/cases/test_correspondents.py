"""Correspondents on the pages: a tag, a filter, their number and term on the case, a correction like that of a kind."""

from __future__ import annotations

import re

from mailbot.store import CaseSummary
from mailbot.store.cases import summaries
from mailbot.store.cases.review_queue import line_of
from tests.web.cases.test_queue import counted, shown
from tests.web.conftest import Desk

REQUEST = """From: prokuratura.cherdyn@mail.ru
Subject: =?utf-8?b?0KLRgNC10LHQvtCy0LDQvdC40LU=?=
Message-ID: <1@prok.example>
Content-Type: text/plain; charset=utf-8

Прокуратура Чердынского района
Исх. № 7-15-2026/1234 от 23.11.2026
Прошу в срок до 27.11.2026 представить сведения о жалобах населения.
Помощник прокурора района А.А. Петров
"""


def test_the_queue_shows_and_filters_them(desk: Desk) -> None:
    case = desk.receive(REQUEST)
    client = desk.client()
    assert shown(client, "/queue?correspondent=authority") == [case.number]
    assert shown(client, "/queue?correspondent=correspondents") == [case.number]
    assert case.number not in shown(client, "/queue?correspondent=clients")
    assert counted(client, "Не от клиентов") == 1
    page = client.get("/queue?correspondent=authority").text
    assert "Официальный запрос" in page
    assert "Исх. № 7-15-2026/1234" in page


def test_the_case_tells_group_number_and_term_and_proposes_nothing(desk: Desk) -> None:
    case = desk.receive(REQUEST)
    page = desk.client().get(f"/case/{case.number}").text
    assert "Официальный запрос" in page
    assert "у них: Исх. № 7-15-2026/1234 от 23.11.2026" in page
    assert "срок из письма: «в срок до 27.11.2026»" in page
    assert "Готовые фразы" not in page
    assert re.search(r'<textarea id="answer-text"[^>]*></textarea>', page)


def test_a_person_corrects_who_writes_like_a_kind(desk: Desk) -> None:
    case = desk.receive(REQUEST)
    client = desk.client()

    def label(**form: str) -> CaseSummary:
        version = str(desk.store.ask(line_of, case.id).version)
        answer = client.post(f"/case/{case.number}/label", data={"version": version, **form})
        assert answer.status_code == 302, answer.text
        return desk.store.ask(summaries.case_of, str(case.number))

    label(correspondent="supplier")
    assert desk.store.ask(line_of, case.id).correspondent == "supplier"
    back = label(correspondent="", kind="question", primary="question")
    assert back.kinds == ("question",)
    assert desk.store.ask(line_of, case.id).correspondent is None
