"""What an HTML letter does not show is nobody's word; a letter that is only a picture goes before a person."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Action, CaseContext, Letter, Rulebook
from mailbot.parsing.layout.hidden_text import _rules, pictures, remove_hidden_text
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.parsing.letters import RECEIVED, raw, read

HIDDEN = (
    '<div style="display:none">{}</div>',
    '<div style="DISPLAY : none !important;">{}</div>',
    "<span hidden>{}</span>",
    '<p style="font-size:0">{}<div>',
    '<span style="font-size:0px; line-height:0">{}</span>',
    '<span style="color:#ffffff">{}</span>',
    '<font color="white">{}</font>',
    '<div style="color: rgb(255, 255, 255)"><b>{}</b></div>',
    '<div style="visibility:hidden">{}</div>',
    '<div style="opacity:0">{}</div>',
    '<div style="max-height:0;overflow:hidden">{}</div>',
    '<table style="display:none"><tr><td>{}</td></tr></table>',
    "<style>.x, #y {{ display: none }}</style><div class='a x'>{}</div>",
    "<style>#y {{display:none}}</style><div id=y>{}</div>",
)
SHOWN = (
    "<div>{}</div>",
    '<div style="display:block">{}</div>',
    '<td style="font-size:0"><span style="font-size:14px">{}</span></td>',
    '<td bgcolor="#003366"><font color="white">{}</font></td>',
    '<div style="background:#06c"><a style="color:#fff">{}</a></div>',
    '<div style="color:#ffffff"><span style="color:#000">{}</span></div>',
    '<div style="display:none"></div>{}',
    "<p hidden>x<p>{}",
    '<img style="display:none" src="x">{}',
    "<style>@media (max-width: 600px) {{ .x {{ display:none }} }}</style><div class=x>{}</div>",
    '<div style="font-size:0.9em;opacity:0.8">{}</div>',
)
WORDS = "Лицевой 1234567, гвс 345"


def page(html: str) -> Letter:
    return read(raw(f"<html><body>{html}</body></html>".encode(), "text/html; charset=utf-8", subject="x"))


@pytest.mark.parametrize("form", HIDDEN)
def test_hidden_words_are_not_read(form: str, rulebook: Rulebook) -> None:
    letter = page("<p>Здравствуйте! Когда дадут тепло?</p>" + form.format(WORDS))
    assert "345" not in letter.body
    assert understand(letter, rulebook).readings == ()


@pytest.mark.parametrize("form", SHOWN)
def test_shown_words_are_read(form: str) -> None:
    assert WORDS in " ".join(page(form.format(WORDS)).body.split())


def test_a_letter_that_is_only_a_picture_goes_before_a_person_with_its_caption(rulebook: Rulebook) -> None:
    letter = page('<img src="https://x.example/1.png" alt="Показания: гвс 345, лс 1234567">')
    facts = understand(letter, rulebook)
    decision = decide(
        LetterInContext(letter, facts, CaseContext("26-000001", register_known=True), rulebook), RECEIVED
    )
    assert (facts.readings, facts.contacts.accounts) == ((), ())
    assert (decision.action, decision.template) == (Action.REVIEW, None)
    assert any(
        "только изображение с подписью «Показания: гвс 345, лс 1234567»" in one for one in decision.doubts
    )


def test_specks_that_count_readers_are_no_pictures() -> None:
    assert pictures('<img width="1" height="1" src="x" alt="x"><img width=0 src=y>') == ()
    assert pictures('<img src="x"><div style="display:none"><img alt="скрыто"></div>') == ("",)


@given(st.text(st.sampled_from("<>/=\"' pdivstyle:none;{}ax0"), max_size=300))
def test_any_source_is_taken_apart(html: str) -> None:
    assert isinstance(remove_hidden_text(html), str)
    assert isinstance(pictures(html), tuple)


def test_ten_times_the_source_takes_about_ten_times_the_time() -> None:
    def seconds(times: int) -> float:
        source = "<div style='display:none'><p>x" * times + "</div></b>" * times
        start = time.process_time()
        remove_hidden_text(source)
        return time.process_time() - start

    seconds(200)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)


SHEETS = ("а", " ", ".", "<", "a{", "{", "}", "a,", "@media ", "a{b:c}", "/*")


@pytest.mark.parametrize("shape", SHEETS)
@pytest.mark.parametrize(
    "around", [("<style>", "</style>x"), ("<style>x" * 300, ""), ('<p style="', '">x'), ("<p class='", "'>x")]
)
def test_no_style_sheet_costs_more_than_its_length(shape: str, around: tuple[str, str]) -> None:
    """A sheet of 40 kB without a brace took nine seconds."""

    def seconds(times: int) -> float:
        source = around[0] + shape * times + around[1]
        start = time.process_time()
        remove_hidden_text(source)
        return time.process_time() - start

    seconds(100)
    assert min(seconds(8_000) for _ in range(2)) < 20 * max(min(seconds(800) for _ in range(2)), 0.004)


@given(st.text(st.sampled_from("a.#,{}@; media<>/style"), max_size=120))
def test_the_rules_of_a_sheet_are_those_between_the_braces(sheet: str) -> None:
    assert list(_rules(sheet)) == re.findall(r"([^{}]*)\{([^{}]*)\}", sheet)
