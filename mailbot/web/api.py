"""The JSON API for the company's site and personal account: the same services as the mail.

Every call carries `Authorization: Bearer KEY`. A call that registers something may carry `Idempotency-Key`
(draft-ietf-httpapi-idempotency-key-header): the same key with the same body gets the same answer, once registered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Annotated, Any

from flask import Blueprint, Response, g, jsonify, request
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from mailbot.model import CaseState, Channel, Resource
from mailbot.services.api import calls
from mailbot.services.api.calls import CaseSummary, IdempotentResponse
from mailbot.services.desk.office_appeals import Appeal, register
from mailbot.web.access import public
from mailbot.web.request_context import active_rules, now, store
from mailbot.wording.resources import RESOURCES

pages = Blueprint("api", __name__, url_prefix="/api/v1")

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Account = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-zА-Яа-яЁё/-]{3,30}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AppealBody(_Body):
    """An appeal (обращение): what the client writes, and how they can be found and answered."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
    subject: Line = ""
    name: Line = ""
    account: Line = ""
    phone: Line = ""
    address: Line = ""
    email: Line = ""


class ReadingBody(_Body):
    """A meter reading (показание): a decimal number with a point, at most three places."""

    account: Account
    resource: Resource
    value: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}(\.[0-9]{1,3})?$")]
    meter: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z-]{0,30}$")] = ""
    name: Line = ""
    email: Line = ""


class StateBody(_Body):
    """Where an appeal stands. Nothing of its text: whoever asks knows it."""

    number: str
    state: CaseState
    channel: Channel
    received_at: str
    respond_by: str | None


class FaultBody(_Body):
    """What is wrong, and what to do (Russian)."""

    fault: str


def fault(code: int, words: str) -> Response:
    """A fault as JSON."""
    answer = jsonify(FaultBody(fault=words).model_dump())
    answer.status_code = code
    return answer


View = Callable[..., Response]


def _with_key(view: View) -> View:
    @wraps(view)
    def checked(*args: Any, **named: Any) -> Response:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        found = calls.key_of(store(), key.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            answer = fault(
                401, "Нужен ключ: заголовок «Authorization: Bearer КЛЮЧ». Ключ выдаёт администратор."
            )
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        g.api_key = found
        return view(*args, **named)

    return public(checked)


def _once(view: View) -> View:
    """Answer a repeated idempotency key as the first time; the same key with another body is refused (422)."""

    @wraps(view)
    def remembered(*args: Any, **named: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return view(*args, **named)
        if len(key) > 200:
            return fault(400, "Idempotency-Key длиннее 200 знаков.")
        body = sha256(request.path.encode() + b"\n" + request.get_data()).hexdigest()
        known = calls.earlier_response(store(), g.api_key, key, now())
        if known is not None:
            if known.fingerprint != body:
                return fault(422, "Этот Idempotency-Key уже использован с другим содержанием.")
            return Response(known.body, known.status, mimetype="application/json")
        answer = view(*args, **named)
        if answer.status_code < 500:
            response = IdempotentResponse(body, answer.status_code, answer.get_data())
            calls.keep_response(store(), g.api_key, key, response, now())
        return answer

    return remembered


def _checked(model: type[_Body]) -> Any:
    """The body as a model; ValidationError tells what is wrong."""
    return model.model_validate_json(request.get_data() or b"null")


@pages.errorhandler(ValidationError)
def unfit(error: ValidationError) -> Response:
    details = "; ".join(
        f"{'.'.join(map(str, detail['loc'])) or 'тело'}: {detail['msg']}" for detail in error.errors()[:5]
    )
    return fault(400, f"Запрос не подходит под описание: {details}")


@pages.post("/appeals")
@_with_key
@_once
def submit_appeal() -> Response:
    body: AppealBody = _checked(AppealBody)
    fields = body.model_dump(exclude={"text", "subject"})
    return _registered(Appeal(Channel.SITE, body.subject, body.text, **fields))


@pages.post("/readings")
@_with_key
@_once
def submit_reading() -> Response:
    body: ReadingBody = _checked(ReadingBody)
    meter = f" Счётчик № {body.meter}." if body.meter else ""
    text = f"Передаю показания. Лицевой счёт {body.account}.{meter} {RESOURCES[body.resource]}: {body.value}"
    return _registered(Appeal(Channel.SITE, "Показания", text, name=body.name, email=body.email))


def _registered(appeal: Appeal) -> Response:
    rules = active_rules()
    case = register(store(), rules.rulebook, rules.templates, appeal, by=f"сайт: {g.api_key.name}", now=now())
    answer = jsonify(_state(case).model_dump())
    answer.status_code = 201
    return answer


@pages.get("/appeals/<number>")
@_with_key
def state(number: str) -> Response:
    case = calls.appeal_of(store(), number)
    if case is None:
        return fault(404, f"Обращения с номером {number[:32]} нет.")
    return jsonify(_state(case).model_dump())


def _state(case: CaseSummary) -> StateBody:
    return StateBody(
        number=case.number or "",
        state=case.state,
        channel=case.channel,
        received_at=case.received_at.isoformat(),
        respond_by=case.respond_by.isoformat() if case.respond_by else None,
    )


@pages.get("/openapi.json")
@public
def description() -> Response:
    """This API in the words of OpenAPI 3.1, made from the same models that check the calls."""
    models = (AppealBody, ReadingBody, StateBody, FaultBody)
    schemas: dict[str, Any] = {}
    for model in models:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {"title": "Обращения и показания", "version": "1"},
            "security": [{"key": []}],
            "paths": {
                "/api/v1/appeals": {"post": _call("submitAppeal", "Подать обращение", "AppealBody")},
                "/api/v1/readings": {"post": _call("submitReading", "Передать показание", "ReadingBody")},
                "/api/v1/appeals/{number}": {
                    "get": {
                        "operationId": "appealState",
                        "summary": "Узнать, что с обращением",
                        "parameters": [
                            {"name": "number", "in": "path", "required": True, "schema": {"type": "string"}}
                        ],
                        "responses": _answers(200),
                    }
                },
            },
            "components": {
                "schemas": schemas,
                "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _call(operation: str, summary: str, body: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    once = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}}
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [once],
        "requestBody": {"required": True, "content": content},
        "responses": _answers(201),
    }


def _answers(good: int) -> dict[str, Any]:
    def told(model: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}

    faults = {str(code): {"description": words, "content": told("FaultBody")} for code, words in {
        400: "запрос не понят", 401: "нет ключа", 404: "нет такого обращения", 409: "принять нельзя",
        413: "слишком много данных", 422: "ключ повтора занят другим содержанием",
    }.items()}  # fmt: skip
    return {str(good): {"description": "принято", "content": told("StateBody")}, **faults}
