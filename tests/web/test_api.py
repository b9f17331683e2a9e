"""The JSON API for the company's site: the same services as the mail, registered once, described in OpenAPI."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from mailbot.model import StaffRole
from mailbot.store.cases import summaries
from tests.scale import tries
from tests.web.conftest import Desk

APPEAL = {
    "text": "Батареи холодные третий день, прошу измерить.",
    "name": "Кошкин П.",
    "address": "Мира, 5-12",
    "email": "k@k.ru",
}


@pytest.fixture
def key(bare: Desk) -> str:
    page = bare.client(StaffRole.ADMINISTRATOR).post(
        "/people/keys", data={"name": "сайт"}, follow_redirects=True
    )
    found = re.search(r"mb_[\w-]+", page.text)
    assert found
    return found[0]


def call(client: FlaskClient, path: str, body: object, key: str, **headers: str) -> Any:
    return client.post(
        "/api/v1" + path, data=json.dumps(body), headers={"Authorization": f"Bearer {key}", **headers}
    )


def test_an_appeal_is_registered_and_its_state_told(bare: Desk, key: str) -> None:
    client = bare.app.test_client()
    made = call(client, "/appeals", APPEAL, key)
    assert made.status_code == 201
    number = made.json["number"]
    assert made.json["state"] == "awaiting_review"
    assert made.json["respond_by"]
    told = client.get(f"/api/v1/appeals/{number}", headers={"Authorization": f"Bearer {key}"})
    assert told.json == made.json
    (ours,) = bare.store.ask(summaries.outgoing_of, bare.store.ask(summaries.case_of, number).id)
    assert ours.template == "complaint_received"
    assert ours.recipient == "k@k.ru"
    assert "Батареи" in bare.client().get("/queue?channel=site").text


def test_a_reading_is_accepted(bare: Desk, key: str) -> None:
    body = {"account": "440215", "resource": "hot_water", "value": "118.5", "meter": "08123456"}
    made = call(bare.app.test_client(), "/readings", body, key)
    assert made.status_code == 201
    case = bare.store.ask(summaries.case_of, made.json["number"])
    assert case.readings == (("440215", "118.5"),)
    assert made.json["state"] == "answered"


def test_nothing_of_the_site_is_silenced_by_the_machine(bare: Desk, key: str) -> None:
    for text in ("Сволочи вы все!", "фыва олдж", "без контактов, но важно: когда пустят тепло?"):
        made = call(bare.app.test_client(), "/appeals", {"text": text}, key)
        assert made.json["state"] in {"awaiting_review", "answered"}, text


def test_the_same_idempotency_key_registers_once(bare: Desk, key: str) -> None:
    client = bare.app.test_client()
    first = call(client, "/appeals", APPEAL, key, **{"Idempotency-Key": "odin"})
    again = call(client, "/appeals", APPEAL, key, **{"Idempotency-Key": "odin"})
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(bare.store.ask(summaries.cases, None, 10)) == 1
    other = call(client, "/appeals", {**APPEAL, "text": "другое"}, key, **{"Idempotency-Key": "odin"})
    assert other.status_code == 422


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer mb_wrong", "Basic eDp5"])
def test_without_a_key_nothing_is_registered(bare: Desk, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = bare.app.test_client().post("/api/v1/appeals", data=json.dumps(APPEAL), headers=headers)
    assert answer.status_code == 401
    assert "ключ" in answer.json["fault"].lower()  # type: ignore[index]
    assert not bare.store.ask(summaries.cases, None, 10)


def test_a_disabled_key_opens_nothing(bare: Desk, key: str) -> None:
    bare.client(StaffRole.ADMINISTRATOR).post("/people/keys/1/disable")
    assert call(bare.app.test_client(), "/appeals", APPEAL, key).status_code == 401


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '{"text": ""}', '{"text": 1}', '{"text": "x", "more": 1}', '{"text": "\\u0000"}'],
)
def test_a_body_that_does_not_fit_is_told_in_json(bare: Desk, key: str, body: str) -> None:
    answer = bare.app.test_client().post(
        "/api/v1/appeals", data=body, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code in {400, 409, 201}
    assert answer.json


def test_no_generated_call_breaks_the_api(bare: Desk, key: str) -> None:
    """schemathesis makes calls from the description; none ends in a 500, each answer is as described."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", bare.app)

    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok)
        one = operation.ok()

        @settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=one.as_strategy())
        def attempt(case: schemathesis.Case[APIOperation[Any, Any, Any, Any]]) -> None:
            answer = case.call(headers={"Authorization": f"Bearer {key}"})
            case.validate_response(
                answer, checks=[not_a_server_error, status_code_conformance, response_schema_conformance]
            )

        attempt()
