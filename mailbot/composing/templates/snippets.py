"""Ready phrases (готовые фразы) that staff put into their answers: `templates/snippets.toml`, checked at start."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, meta

from mailbot.composing.views.answer_view import VARIABLES
from mailbot.model import ReplyEffect, Rulebook, SourceFile


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text` is a template over the variables of the mails; `topics` say which cases it is proposed for.

    `does`: what it does to the case it is sent for. `line` of its name in the file.
    """

    name: str
    title: str
    text: str
    topics: tuple[str, ...]
    does: ReplyEffect
    line: int = 1


def load_snippets(
    sources: Iterable[SourceFile], environment: Environment, rulebook: Rulebook
) -> tuple[tuple[Snippet, ...], list[str]]:
    """The phrases, and a line for each fault: file, line, what to do."""
    source = next((source for source in sources if source.name.endswith("snippets.toml")), None)
    if source is None:
        return (), []
    try:
        rows = tomllib.loads(source.text).get("snippet", [])
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return (), [f"{source.name}:{line[1] if line else 1}: ошибка записи TOML: {error}"]
    snippets = tuple(
        Snippet(
            str(row.get("name", "")),
            str(row.get("title", "")),
            str(row.get("text", "")),
            tuple(map(str, row.get("topics", ()))),
            _effect(row) or ReplyEffect.ACKNOWLEDGES,
            _line(source, str(row.get("name", ""))),
        )
        for row in rows
    )
    faults = [fault for snippet in snippets for fault in _faults(snippet, source, environment, rulebook)]
    faults += [
        f"{source.name}:{_line(source, snippet.name)}: не сказано, что делает фраза «{snippet.name}»; "
        f"допишите does, одно из: {', '.join(ReplyEffect)}"
        for snippet, row in zip(snippets, rows, strict=True)
        if _effect(row) is None
    ]
    names = [snippet.name for snippet in snippets]
    faults += [
        f"{source.name}:{_line(source, name)}: фраза «{name}» записана дважды; переименуйте одну"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    return snippets, faults


def _effect(row: Mapping[str, object]) -> ReplyEffect | None:
    """`does`; files written before there was one say `closes = true` or `false`."""
    if "does" not in row and isinstance(row.get("closes"), bool):
        return ReplyEffect.ANSWERS if row["closes"] else ReplyEffect.ACKNOWLEDGES
    return next((effect for effect in ReplyEffect if effect == row.get("does")), None)


def _faults(one: Snippet, source: SourceFile, environment: Environment, rulebook: Rulebook) -> Iterator[str]:
    place = f"{source.name}:{_line(source, one.name)}"
    if not (one.name and one.title and one.text.strip()):
        yield f"{place}: у фразы «{one.name}» нет имени, названия или текста; заполните name, title и text"
    topics = {topic.name for topic in rulebook.topics}
    for topic in one.topics:
        if topic not in topics:
            yield f"{place}: темы «{topic}» нет в rules/topics.toml; исправьте имя"
    try:
        unknown = meta.find_undeclared_variables(environment.parse(one.text)) - VARIABLES
    except TemplateError as error:
        yield f"{place}: ошибка в тексте фразы ({error.message}); проверьте скобки"
        return
    for word in sorted(unknown):
        yield f"{place}: неизвестная переменная «{word}»; есть такие: {', '.join(sorted(VARIABLES))}"


def _line(source: SourceFile, name: str) -> int:
    lines = source.text.splitlines()
    return next(
        (at for at, line in enumerate(lines, 1) if re.match(rf'\s*name\s*=\s*"{re.escape(name)}"', line)), 1
    )
