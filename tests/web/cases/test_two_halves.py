"""Words that stand in one half of a letter alone, HTML or plain text, are shown beside the rest under a heading of their own."""

from __future__ import annotations

import re

from tests.web.conftest import Desk

HEADING = "Есть только в одном виде письма"


def halves(plain: str, html: str) -> str:
    parts = "".join(
        f"--B\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n"
        for kind, text in (("plain", plain), ("html", html))
    )
    head = "From: e.lozhkina@mail.ru\nSubject: показания\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: multipart/alternative; boundary=B\n\n{parts}--B--\n"


def page_of(desk: Desk, letter: str) -> str:
    """The words of the page, without its tags."""
    return re.sub(r"<[^<>]*>", "", desk.client().get(f"/case/{desk.receive(letter).number}").text)


def test_what_the_html_alone_says_is_shown_unfolded_below_the_plain_text(bare: Desk) -> None:
    page = page_of(
        bare, halves("Лс 4710325, гвс 350", "<p>Лс 4710325, гвс 350</p><p>Стояк ледяной с пятницы</p>")
    )
    before, _, after = page[: page.index("Как оформлено в письме")].partition(HEADING)
    assert "Лс 4710325" in before
    assert "Стояк ледяной с пятницы" not in before
    assert "Стояк ледяной с пятницы" in after
    assert "говорят разное" in page


def test_a_letter_whose_halves_agree_has_no_such_heading(bare: Desk) -> None:
    assert HEADING not in page_of(bare, halves("Лс 4710325, гвс 350", "<p>Лс 4710325, гвс 350</p>"))
