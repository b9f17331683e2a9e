"""No page and no action without the role for it: every route is walked with every role."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from mailbot.model import StaffRole
from mailbot.store.cases import summaries
from mailbot.web.access import PUBLIC, ROLE
from tests.material import flat
from tests.web.conftest import PASSWORD, Desk
from tests.web.thrift import product_hasher

EXPECTED = {
    "operator": {
        "login.leave", "queue.show", "queue.keep_view", "queue.drop_view", "queue.bulk", "queue.undo",
        "case.show", "case.here", "case.following", "writing.send", "writing.preview", "writing.told",
        "act.judge_reading", "act.silence", "act.answer_owed", "act.nothing_more", "act.ignore", "act.take_back", "act.label", "act.assign",
        "act.put_off", "act.join", "act.note", "letter.as_formatted", "letter.raw", "letter.attachment", "office.show", "office.take",
        "office.receipt", "account.search", "account.show", "entry.add", "entry.reading", "entry.correct", "entry.pay",
        "entry.add_ground", "bill.paper", "bill.statement", "bill.certificate", "bill.again", "bill.send_again", "survey.show",
        "survey.enter", "survey.sheet", "second_look.show", "second_look.confirm", "second_look.overrule",
    },
    "manager": {
        "people.log", "settings.show", "settings.edit", "settings.save", "settings.restore", "entry.cancel_payment",
        "entry.cancel_ground", "bill.month", "board.show", "report.show", "report.cases", "report.file",
    },
    "administrator": {
        "people.show", "people.invite", "people.reset", "people.change_role", "people.disable", "people.add_key",
        "people.disable_key",
    },
    PUBLIC: {
        "login.show", "login.enter", "login.welcome", "login.choose", "login.start", "api.submit_appeal",
        "api.submit_reading", "api.state", "api.description",
        "stop.show", "stop.stop", "rate.show", "rate.rate", "rate.thanks", "rate.ask_to_stop", "rate.stop",
    },
}  # fmt: skip
"""Which route is for whom: a route that is not listed here fails the test below."""


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, path) of all that the application answers."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        path = re.sub(r"<int:\w+>", "1", rule.rule)
        path = path.replace("<path:number>", "7023144")
        path = re.sub(r"<path:\w+>", "rules/channels.toml", path)
        path = path.replace("<reference>", "26-000028").replace("<number>", "26-000028")
        path = path.replace("<login>", "operator").replace("<token>", "x" * 43)
        path = path.replace("<period>", "2026-10").replace("<kind>", "xlsx").replace("<group>", "individual")
        found += [(rule.endpoint, method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return found


def test_every_route_says_whom_it_is_for(bare: Desk) -> None:
    app = bare.app
    roles = {
        endpoint: getattr(view, ROLE, None)
        for endpoint, view in app.view_functions.items()
        if endpoint != "static"
    }
    expected = {endpoint: role for role, endpoints in EXPECTED.items() for endpoint in endpoints}
    assert {endpoint: str(role) for endpoint, role in roles.items()} == expected


@pytest.mark.parametrize("role", [None, *StaffRole])
def test_a_route_is_reachable_by_its_role_and_those_above_it_alone(
    desk: Desk, role: StaffRole | None
) -> None:
    app = desk.app
    flat.settle(desk.store, 1)
    order = tuple(StaffRole)
    client = desk.client(role) if role else app.test_client()
    for endpoint, method, path in routes(app):
        if endpoint in {"login.leave", "people.disable", "people.change_role"} and role is not None:
            client = desk.client(role)  # it may end its own session here
        if endpoint == "login.leave":
            continue
        answer = client.open(path, method=method)
        needed = next(name for name, endpoints in EXPECTED.items() if endpoint in endpoints)
        if needed == PUBLIC:
            assert answer.status_code < 500, (endpoint, answer.status_code)
        elif role is None:
            assert answer.status_code == 302, (endpoint, answer.status_code)
            assert answer.headers["Location"].startswith("/login")
        elif order.index(role) < order.index(StaffRole(needed)):
            assert answer.status_code == 403, (endpoint, method, role)
        else:
            assert answer.status_code not in (401, 403), (endpoint, method, role)
            assert answer.status_code < 500, (endpoint, method, role, answer.status_code)
        if (
            endpoint in {"people.disable", "people.change_role", "people.reset"}
            and role is StaffRole.ADMINISTRATOR
        ):
            client.post("/people/operator/disable", data={"on": "1"})


def test_a_form_without_its_token_changes_nothing(desk: Desk) -> None:
    app = desk.app
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    shown = client.get("/login")
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
    assert token
    entered = client.post("/login", data={"login": "operator", "password": PASSWORD, "csrf_token": token[1]})
    assert entered.status_code == 302
    refused = client.post("/case/26-000028/ignore", data={"version": "0", "sureness": "sure"})
    assert refused.status_code == 400
    assert desk.store.ask(summaries.case_of, "26-000028").state == "awaiting_review"


def test_a_password_is_kept_at_the_full_cost_of_argon2id() -> None:
    """The second recommendation of RFC 9106, 4: three passes over 64 MiB in four lanes."""
    hasher = product_hasher()
    kept = hasher.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert hasher.verify(kept, PASSWORD)


def test_a_login_is_guessed_at_five_times_at_most(bare: Desk) -> None:
    client = bare.app.test_client()
    for _ in range(5):
        assert (
            "Неверное имя или пароль"
            in client.post("/login", data={"login": "operator", "password": "x"}).text
        )
    told = client.post("/login", data={"login": "operator", "password": PASSWORD})
    assert told.status_code == 403
    assert "Подождите 15 минут" in told.text
    bare.clock.go(15 * 60 + 1)
    assert client.post("/login", data={"login": "operator", "password": PASSWORD}).status_code == 302


def test_a_session_ends_after_an_idle_hour_and_when_the_member_is_shut_out(bare: Desk) -> None:
    client = bare.client()
    bare.clock.go(59 * 60)
    assert client.get("/queue").status_code == 200
    bare.clock.go(30 * 60)
    assert client.get("/queue", headers={"HX-Request": "true"}).status_code == 200, (
        "an open page asks by itself"
    )
    bare.clock.go(31 * 60)
    assert client.get("/queue").status_code == 302
    client, other = bare.client(), bare.client(StaffRole.ADMINISTRATOR)
    other.post("/people/operator/disable")
    assert client.get("/queue").status_code == 302


def test_a_one_time_link_works_once_and_for_two_days(bare: Desk) -> None:
    admin = bare.client(StaffRole.ADMINISTRATOR)
    page = admin.post(
        "/people", data={"login": "newcomer", "name": "Новый", "role": "operator"}, follow_redirects=True
    )
    link = re.search(r"/welcome/([\w-]+)", page.text)
    assert link
    assert "/welcome/" not in admin.get("/people").text, "shown once"
    fresh = bare.app.test_client()
    assert "короче 15 знаков" in fresh.post(link[0], data={"password": "коротко", "again": "коротко"}).text
    chosen = fresh.post(link[0], data={"password": PASSWORD, "again": PASSWORD})
    assert chosen.status_code == 302
    assert "уже использована" in bare.app.test_client().get(link[0]).text
    page = admin.post("/people/newcomer/reset", follow_redirects=True)
    again = re.search(r"/welcome/([\w-]+)", page.text)
    assert again
    bare.clock.now += timedelta(days=2, minutes=1)
    assert "устарела" in bare.app.test_client().get(again[0]).text


def test_an_address_to_go_on_to_is_our_own(bare: Desk) -> None:
    client = bare.app.test_client()
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        entered = client.post("/login", data={"login": "operator", "password": PASSWORD, "to": evil})
        assert entered.headers["Location"] == "/queue"


def test_every_page_carries_the_headers_that_bind_it(desk: Desk) -> None:
    client = desk.client()
    for path in ("/queue", "/case/26-000028", "/office"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"


def test_what_was_done_stands_in_a_log_that_nobody_can_change(desk: Desk) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    operator = desk.client()
    operator.post("/case/26-000028/ignore", data={"version": "0", "sureness": "sure"})
    told = desk.client(StaffRole.MANAGER).get("/log").text
    assert "ignore" in told
    assert "26-000028" in told
    engine = create_engine(desk.settings.database)
    for statement in ("DELETE FROM audit", "UPDATE audit SET detail = ''"):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
