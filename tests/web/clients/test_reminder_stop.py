"""The page that stops reminders: one click, no login, nobody else's address."""

from __future__ import annotations

from mailbot.config import resource_folder
from mailbot.model import StaffRole
from mailbot.services.client_links.reminder_stop import StopLinks
from mailbot.store.mail import reminder_opt_outs
from tests.web.conftest import SECRET, Desk

LINKS = StopLinks(SECRET, "https://cabinet.example")
ANNA = "anna@mail.example"
PATH = LINKS.link(ANNA).removeprefix("https://cabinet.example")


def refused(desk: Desk) -> list[str]:
    return [email for email, _, _ in desk.store.ask(reminder_opt_outs.refusals)]


def test_looking_at_the_link_stops_nothing(bare: Desk) -> None:
    """Virus scanners and previews follow every link of a letter."""
    page = bare.app.test_client().get(PATH)
    assert page.status_code == 200
    assert "Не присылать напоминания?" in page.text
    assert ANNA in page.text
    assert refused(bare) == []


def test_one_post_without_login_or_form_token_stops_them_and_a_second_changes_nothing(bare: Desk) -> None:
    app = bare.app
    app.config["WTF_CSRF_ENABLED"] = True
    for _ in range(2):
        page = app.test_client().post(PATH, data={"List-Unsubscribe": "One-Click"})
        assert page.status_code == 200
        assert "Напоминаний больше не будет" in page.text
        assert refused(bare) == [ANNA]


def test_a_link_of_another_making_is_no_link(bare: Desk) -> None:
    client = bare.app.test_client()
    forged = StopLinks("x" * 40, "https://cabinet.example").token(ANNA)
    for path in (f"/stop/{forged}", PATH[:-1], "/stop/x", "/stop/."):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert refused(bare) == []


def test_a_manager_sees_the_mails_of_bills_and_reminders_with_specimens(bare: Desk) -> None:
    client = bare.client(StaffRole.MANAGER)
    listed = client.get("/settings").text
    for title in (
        "Письмо с квитанцией, текст",
        "Напоминание об оплате, тема",
        "Напоминание о показаниях, оформление",
    ):
        assert title in listed
    for name in ("bill", "remind_readings", "remind_debt"):
        path = f"/settings/templates/mail/{name}.txt"
        text = client.get(path).text
        assert "Лицевой счёт" in text
        source = (resource_folder("templates") / "mail" / f"{name}.txt").read_text(encoding="utf-8")
        shown = client.post(path, data={"text": source, "preview": "1"})
        assert shown.status_code == 200
        assert "7023188" in shown.text
