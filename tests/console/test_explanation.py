"""`mailbot explain` shows the evidence of every field and rule in colour, in the letter as it came."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from rich.console import Console
from rich.text import Text

from mailbot.composing import MailTemplates
from mailbot.console.explanation import as_json, highlighted_original, show
from mailbot.model import RawLetter, Rulebook
from mailbot.services.trial.explanation import Explanation, explain
from mailbot.wording.evidence import evidence

AT = datetime(2026, 9, 21, tzinfo=UTC)
TEXT = "Передаю показания: горячая вода 123, лицевой счёт 440215.\nПетрова Анна, ул. Мира, 5-12, тел. 89194502218"


def explained(content: bytes, rulebook: Rulebook, templates: MailTemplates) -> Explanation:
    return explain(RawLetter(content, AT), rulebook, templates, None, AT)


def mail(body: str) -> bytes:
    return f"From: a@b.ru\nSubject: =?utf-8?b?0YLQtdC80LA=?=\n\n{body}\n".encode()


def coloured(shown: Text, style: str) -> list[str]:
    return [shown.plain[span.start : span.end] for span in shown.spans if span.style == style]


def test_every_field_has_its_evidence_in_colour(rulebook: Rulebook, templates: MailTemplates) -> None:
    result = explained(mail(TEXT), rulebook, templates)
    body = highlighted_original(result.letter.part("body"), result.facts)
    assert body.plain == TEXT
    assert coloured(body, "black on green") == ["123"]
    for words in ("440215", "Петрова Анна", "89194502218"):
        assert any(words in found for found in coloured(body, "black on cyan"))
    assert {what for what, _, spans in evidence(result.facts) if not spans} == set()


@pytest.mark.parametrize("read_as", ["koi8-r", "cp1251", "latin-1"])
def test_a_damaged_letter_is_coloured_where_it_was_damaged(
    read_as: str, rulebook: Rulebook, templates: MailTemplates
) -> None:
    came = TEXT.encode().decode(read_as, "replace")
    result = explained(mail(came), rulebook, templates)
    body = highlighted_original(result.letter.part("body"), result.facts)
    assert len(body.plain) == len(result.letter.part("body").as_came)
    assert any("123" in found for found in coloured(body, "black on green"))
    cyan = coloured(body, "black on cyan")
    assert any("440215" in found for found in cyan)
    assert any("Петрова".encode().decode(read_as, "replace")[:1] in found for found in cyan)


def test_both_readings_of_a_repaired_letter_are_shown(rulebook: Rulebook, templates: MailTemplates) -> None:
    out = io.StringIO()
    result = explained(
        mail("Peredayu pokazaniya: goryachaya voda 209, licevoy schet 610488"), rulebook, templates
    )
    show(Console(file=out, force_terminal=True, width=200), "1.eml", result)
    text = out.getvalue()
    assert "Peredayu" in text
    assert "прочитано так (transliteration)" in text
    assert re.search(r"\x1b\[[\d;]*42m209\x1b", text)


def test_no_control_character_of_a_letter_reaches_the_terminal(
    rulebook: Rulebook, templates: MailTemplates
) -> None:
    out = io.StringIO()
    came = TEXT.encode().decode("latin-1")  # full of C1 controls, which terminals obey (ECMA-48)
    show(Console(file=out, width=200), "1.eml", explained(mail(came), rulebook, templates))
    assert not [character for character in out.getvalue() if "\x80" <= character < "\xa0"]


def test_rules_show_the_words_they_rest_on(rulebook: Rulebook, templates: MailTemplates) -> None:
    out = io.StringIO()
    show(Console(file=out, width=200), "1.eml", explained(mail("Твари, сволочи!"), rulebook, templates))
    assert "«Твари»" in out.getvalue()


def test_what_was_written_in_latin_stands_beside_its_russian(
    rulebook: Rulebook, templates: MailTemplates
) -> None:
    body = "Peredayu pokazaniya: goryachaya voda 209, licevoy schet 610488\nPetrova Anna"
    contacts = as_json("1.eml", explained(mail(body), rulebook, templates))["contacts"]
    assert isinstance(contacts, dict)
    assert contacts["name"] == "Петрова Анна (Petrova Anna)"
    assert contacts["account"] == "610488"
