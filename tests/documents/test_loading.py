"""A fault in a template stops the start with file and line; none waits for a client's bill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.config import load_sources
from mailbot.documents import load_documents
from mailbot.model import RulebookError, SourceFile

SHIPPED = load_sources("templates")


def with_change(name: str, before: str, after: str) -> tuple[SourceFile, ...]:
    """The shipped templates, one of them changed; the text to be changed must be there."""
    assert any(one.name == name and before in one.text for one in SHIPPED)
    return tuple(
        replace(one, text=one.text.replace(before, after, 1)) if one.name == name else one for one in SHIPPED
    )


def line_of(name: str, words: str) -> int:
    text = next(one.text for one in SHIPPED if one.name == name)
    return text[: text.index(words)].count("\n") + 1


def faults(files: tuple[SourceFile, ...]) -> tuple[str, ...]:
    with pytest.raises(RulebookError) as caught:
        load_documents(files, lambda _: None)
    return caught.value.faults


def test_the_shipped_templates_are_without_fault() -> None:
    assert "individual.typ" in load_documents(SHIPPED, lambda _: None).files


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("individual.typ", "page.payer.account*]\n", "page.payer.acount*]\n"),
        ("individual.typ", "page.penalty_because", "page.penalty_why"),
        ("_parts.typ", "company.emergency", "company.alarm"),
        ("organisation.typ", "page.sums_words", "page.words"),
        ("statement.typ", "page.closing_words", "page.clothing"),
        ("certificate.typ", "page.ahead руб.", "page.head руб."),
    ],
)
def test_a_misspelt_word_is_told_with_file_and_line(name: str, before: str, after: str) -> None:
    path = f"templates/bill/{name}"
    found = faults(with_change(path, before, after))
    assert f"{path}:{line_of(path, before)}: шаблон не собирается" in found[0]


def test_an_unclosed_bracket_is_told_once() -> None:
    found = faults(
        with_change(
            "templates/bill/_parts.typ", "#let requisites(company) = {", "#let requisites(company) = {{"
        )
    )
    assert len(found) == 1
    assert found[0].startswith("templates/bill/_parts.typ:")


def test_a_missing_template_is_named() -> None:
    without = tuple(one for one in SHIPPED if not one.name.endswith("certificate.typ"))
    assert faults(without) == (
        "templates/bill/certificate.typ:1: файла нет, а по нему верстают справку об отсутствии задолженности; "
        "верните его из поставки",
    )
