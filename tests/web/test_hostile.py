"""A stranger's letter can do nothing in the browser of the staff: nothing runs, nothing loads from elsewhere."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Dialog, Page

from mailbot.web.hostile_content import clean
from tests.scale import scale, tries
from tests.web.conftest import Desk, Pages

SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<a href='javascript:alert(1)'>счёт</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>счёт</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='https://evil.example/x.swf'></object><embed src='https://evil.example/x'>",
    "<form action='https://evil.example/'><input name=a><button>Войти</button></form>",
    "<style>@import 'https://evil.example/x.css'; body{background:url(https://evil.example/b)}</style>",
    "<div style=\"background:url('https://evil.example/c');position:fixed;inset:0\">поверх всего</div>",
    "<img src='https://evil.example/pixel.gif'><img srcset='https://evil.example/p2 2x'>",
    "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'><video src='https://evil.example/v' autoplay></video>",
    "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+PC9zdmc+'>",
    "<body onload=alert(1)><input autofocus onfocus=alert(1)><details open ontoggle=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--[if mso]><script>alert(1)</script><![endif]--><x-tag onclick=alert(1)>",
    "{{ 7*7 }}{% raw %}{{ config }}",
)
NAMES = (
    "../../etc/passwd",
    "C:\\Windows\\evil.exe",
    "счёт\u202excod.exe",
    "<img src=x onerror=alert(1)>.png",
    "a\r\nSet-Cookie: x=1.pdf",
    "",
    "." * 300,
)


def hostile() -> bytes:
    """One letter with a script in every field."""
    message = EmailMessage()
    message["From"] = '"<script>alert(1)</script>" <evil@evil.example>'
    message["Subject"] = "<script>alert(1)</script> {{ 7*7 }} холодно"
    message["Message-ID"] = '<x"onmouseover=alert(1)@evil.example>'
    message.set_content("Холодные батареи!\n" + "\n".join(SCRIPTS) + "\nИванов И., ул. Мира, 5-12")
    table = "<table>" + "<tr><td>1</td></tr>" * 5000 + "</table>"
    message.add_alternative("<p>Холодные батареи!</p>" + "\n".join(SCRIPTS) + table, subtype="html")
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
    page = b"<html><script>alert(1)</script></html>"
    for name in NAMES:
        plain = name.replace("\r", "").replace("\n", "")
        message.add_attachment(svg, maintype="image", subtype="svg+xml", filename=plain)
        message.add_attachment(page, maintype="text", subtype="html", filename=plain)
    return message.as_bytes()


def loaded(page: Page, url: str) -> tuple[list[str], list[str]]:
    """(hosts asked, dialogs shown) while a page opens and everything foldable in it is unfolded."""
    hosts: list[str] = []
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: hosts.append(urlsplit(request.url).hostname or request.url[:20]))
    page.on("dialog", dismiss)
    page.goto(url)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(400)
    return hosts, dialogs


@pytest.mark.browser
def test_a_script_in_every_field_runs_nowhere_and_loads_nothing(pages: Pages) -> None:
    case = pages.desk.receive(hostile())
    page = pages.enter()
    for path in (
        f"/case/{case.number}",
        f"/case/{case.number}/letter.html",
        "/queue",
        "/queue?q=холодно&list=all",
    ):
        hosts, dialogs = loaded(page, pages.url + path)
        assert not dialogs, path
        assert set(hosts) <= {"127.0.0.1"} | {"data:image/svg+xml;ba"[:20]}, path
    assert not [fault for fault in pages.faults if "evil.example" in fault and "Refused" not in fault]


def test_attachments_are_saved_not_run_and_their_names_hold_no_path(desk: Desk) -> None:
    case = desk.receive(hostile())
    client = desk.client()
    for number in range(1, 2 * len(NAMES) + 1):
        answer = client.get(f"/case/{case.number}/attachment/{number}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/octet-stream"
        told = answer.headers["Content-Disposition"]
        assert told.startswith("attachment;")
        name = unquote(told.partition("''")[2])
        assert name
        assert not re.search(r"[/\\\r\n\u202e<>]", name)
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_picture_and_a_pdf_are_shown_by_their_first_bytes_not_by_what_the_letter_says(desk: Desk) -> None:
    message = EmailMessage()
    message["From"] = "a@b.ru"
    message["Subject"] = "фото"
    message.set_content("показания на фото, л/с 6601294")
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    message.add_attachment(png, maintype="application", subtype="octet-stream", filename="фото.bin")
    message.add_attachment(b"<html>", maintype="image", subtype="png", filename="x.png")
    case = desk.receive(message.as_bytes())
    client = desk.client()
    assert client.get(f"/case/{case.number}/attachment/1").mimetype == "image/png"
    assert client.get(f"/case/{case.number}/attachment/2").mimetype == "application/octet-stream"


@pytest.mark.parametrize("script", SCRIPTS)
def test_sanitised_html_holds_nothing_that_acts(script: str) -> None:
    assert not acting(clean(script))


@given(
    st.lists(
        st.sampled_from(
            [*SCRIPTS, "<", ">", "'", '"', "<p ", "</p>", "<!--", "]]>", "\0", "onload=", "style="]
        ),
        max_size=8,
    )
)
@settings(max_examples=tries(150), deadline=None)
def test_no_mixture_of_markup_gets_through(pieces: list[str]) -> None:
    assert not acting(clean("".join(pieces)))


def acting(html: str) -> list[str]:
    """Tags and attributes of the HTML that could run or load something."""
    found = []
    for tag, attributes in re.findall(r"<([a-zA-Z][^\s>/]*)([^>]*)>", html):
        if tag.lower() in {
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "link",
            "meta",
            "base",
            "video",
        }:
            found.append(tag)
        names = re.findall(r'(\w[\w-]*)="([^"]*)"', attributes)
        found += [name for name, _ in names if name.startswith("on") or name in {"style", "srcset", "href"}]
        found += [value for name, value in names if name == "src" and not value.startswith("data:image/")]
        found += [value for name, value in names if name == "src" and "svg" in value]
    return found


def test_hostile_corpus_shows_pages_without_fault(bare: Desk, shared: object) -> None:
    from pathlib import Path

    folder = Path(str(shared)) / "mail-corpus"
    client = bare.client()
    letters = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in {".eml", ".txt", ".msg", ""}
    )[:: scale(6, 1)]
    shown = 0
    for path in letters:
        content = path.read_bytes()
        if len(content) > 300_000:
            continue
        case = bare.receive(content)
        reference = case.number or str(case.id)
        for suffix in ("", "/letter.html"):
            assert client.get(f"/case/{reference}{suffix}").status_code == 200, path.name
        shown += 1
    assert shown >= scale(40, 280)
