"""Load the templates and tell every fault at once, before a single letter is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from traceback import walk_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, meta, nodes

from mailbot.composing.message.recipient import to_ascii_address
from mailbot.composing.templates.answer_substance import classify_non_answer, only_promises
from mailbot.composing.templates.loaded_templates import (
    LEDGER_WITHHELD,
    PERSON_ANSWER,
    TEMPLATE_SUFFIXES,
    MailTemplates,
    build_environment,
    build_templates,
    variables,
)
from mailbot.composing.templates.snippets import Snippet, load_snippets
from mailbot.composing.templates.template_forms import NEEDED, PIECES, TemplateSpec, form_of, specimens_of
from mailbot.composing.views.answer_specimens import specimens
from mailbot.composing.views.answer_view import MailView
from mailbot.model import ContactChannels, ReplyEffect, Rulebook, RulebookError, SourceFile
from mailbot.model.rules.correspondent_group import ACKNOWLEDGEMENT

FOLDER = "templates/mail/"


def load_templates(sources: tuple[SourceFile, ...], rulebook: Rulebook) -> MailTemplates:
    """The mail templates among `sources` (those in a folder `mail/`), checked.

    Every template that the rulebook names must exist in three files, use known variables only, and
    render with specimens of data. RulebookError holds a line for each fault: file, line, what to do.
    """
    files = {
        source.name.rpartition("/")[2]: source
        for source in sources
        if "mail" in source.name.split("/")[:-1] and source.name.endswith(TEMPLATE_SUFFIXES)
    }
    templates = build_templates(files, rulebook.channels)
    faults = [*_unfit_sender(rulebook.channels), *_missing(set(files), rulebook)]
    for name, source in files.items():
        faults += _faults_of(name, source, templates)
    snippets, unfit = load_snippets(sources, templates.environment, rulebook)
    faults += unfit
    if not faults:
        faults += [*_answering_nothing(templates, rulebook), *_promising(snippets, templates)]
    if faults:
        raise RulebookError(tuple(faults))
    return replace(
        templates,
        snippets=snippets,
        alarmed=bool(rulebook.alarm.people),
        due_day=rulebook.ledger.terms.due_day,
        effects=_effects(rulebook),
    )


def _answering_nothing(templates: MailTemplates, rulebook: Rulebook) -> Iterator[str]:
    """Letters that the rules say answer, though they only confirm, promise or ask: they would close cases unanswered."""
    answering = {
        answer.template: answer.name for answer in rulebook.answers if answer.does is ReplyEffect.ANSWERS
    }
    for template, row in answering.items():
        views = (view for view in specimens_of(template, templates) if isinstance(view, MailView))
        texts = [words for view in views if (words := templates.words(template, view)).strip()]
        if texts and all(map(_says_nothing, texts)):
            yield (
                f"{FOLDER}{template}.txt:1: письмо только подтверждает, обещает или спрашивает, а строка «{row}» в "
                f'answers.toml говорит, что оно отвечает; допишите ответ или поставьте does = "{ReplyEffect.ACKNOWLEDGES}"'
            )


def _promising(snippets: tuple[Snippet, ...], templates: MailTemplates) -> Iterator[str]:
    """Phrases that are said to answer, though they only confirm, promise or ask."""
    views = specimens(templates.channels, templates.zone)
    for snippet in snippets:
        if snippet.does is ReplyEffect.ANSWERS and all(
            _says_nothing(templates.phrase(snippet, view)) for view in views
        ):
            yield (
                f"templates/snippets.toml:{snippet.line}: фраза «{snippet.name}» только подтверждает, обещает или спрашивает, "
                f'а записана как ответ; допишите ответ или поставьте does = "{ReplyEffect.ACKNOWLEDGES}"'
            )


def _says_nothing(words: str) -> bool:
    return classify_non_answer(words) is not None or only_promises(words)


def _effects(rulebook: Rulebook) -> dict[str, ReplyEffect]:
    """What each letter to a client does to its case: as `answers.toml` says; a rule's letter asks for what is missing."""
    asks = {rule.template: ReplyEffect.ASKS for rule in rulebook.no_reply if rule.template}
    by_template = {answer.template: answer.does for answer in rulebook.answers}
    return {LEDGER_WITHHELD: ReplyEffect.ACKNOWLEDGES, **asks, **by_template}


def _unfit_sender(channels: ContactChannels) -> Iterator[str]:
    """Our own address stands in From and Message-ID as it is, so it must be plain ASCII (RFC 5322 3.4.1)."""
    if to_ascii_address(channels.mail) != channels.mail:
        yield (
            f"rules/channels.toml:1: адрес mail = «{channels.mail}» нельзя поставить в поле «От кого»; "
            "впишите адрес латинскими буквами"
        )


def _missing(present: set[str], rulebook: Rulebook) -> Iterator[str]:
    named = {answer.template: f"строка «{answer.name}» в answers.toml" for answer in rulebook.answers}
    named |= {rule.template: f"правило «{rule.name}»" for rule in rulebook.no_reply if rule.template}
    if group := next(
        (correspondent for correspondent in rulebook.correspondents if correspondent.acknowledge), None
    ):
        named[ACKNOWLEDGEMENT] = f"группа «{group.name}» в correspondents.toml"
    named[PERSON_ANSWER] = "ответ сотрудника"
    named[LEDGER_WITHHELD] = "предложение ответить без сумм"
    named |= NEEDED
    for template, by in named.items():
        for ending in TEMPLATE_SUFFIXES:
            if template + ending not in present:
                yield (
                    f"{FOLDER}{template}{ending}:1: файла нет, а он нужен ({by}); "
                    "создайте файл или исправьте имя шаблона"
                )


def _faults_of(name: str, source: SourceFile, templates: MailTemplates) -> list[str]:
    """Faults that can be seen in the text; only where there are none, those of rendering."""
    try:
        templates.environment.get_template(name)  # compiled once: rendering takes the same
    except TemplateSyntaxError as error:
        return [
            f"{source.name}:{error.lineno}: ошибка в разметке шаблона ({error.message}); "
            "проверьте скобки и теги {% … %}"
        ]
    piece = name.startswith("_")  # such as _layout.html: rendered with its letters
    form = form_of(_bare(name))
    known = PIECES if piece else form.variables
    faults = [
        f"{source.name}:{line}: неизвестная переменная «{word}»; есть такие: {', '.join(sorted(known))}"
        for word, line in _asked_for(source.text)
        if word not in known
    ]
    return faults if faults or piece else _faults_of_rendering(name, source, form, templates)


def _bare(name: str) -> str:
    """«bill» of «bill.subject.txt»."""
    return next(name.removesuffix(ending) for ending in TEMPLATE_SUFFIXES if name.endswith(ending))


@lru_cache(maxsize=256)
def _asked_for(text: str) -> tuple[tuple[str, int], ...]:
    """The variables that a template is to be given, each with its first line, in the order of their names."""
    tree = build_environment().parse(text)
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        lines[node.name] = min(node.lineno, lines.get(node.name, node.lineno))
    return tuple((word, lines.get(word, 1)) for word in sorted(meta.find_undeclared_variables(tree)))


def _faults_of_rendering(
    name: str, source: SourceFile, form: TemplateSpec, templates: MailTemplates
) -> list[str]:
    for view in form.specimens(templates.channels, templates.zone):
        try:
            rendered = templates.environment.get_template(name).render(variables(view))
        except TemplateNotFound as error:
            return [f"{source.name}:1: подключает файл «{error.name}», которого нет; исправьте имя"]
        except TemplateSyntaxError:
            return []  # the fault is a piece's own, and is told there
        except (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            where = _place_of(error, source)
            return [f"{where}: шаблон не собирается ({error}); исправьте эту строку"]
        if not rendered.strip():
            return [f"{source.name}:1: письмо получается пустым; напишите текст"]
        if str(getattr(view, form.must)) not in rendered:
            return [f"{source.name}:1: {form.missing}"]
        if name.endswith(TEMPLATE_SUFFIXES[0]) and "\n" in rendered.strip():
            return [f"{source.name}:2: тема письма занимает больше одной строки; оставьте одну"]
    return []


def _place_of(error: BaseException, source: SourceFile) -> str:
    """The innermost template line of the traceback: jinja2 rewrites its frames to template lines."""
    place = f"{source.name}:1"
    for frame, line in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith((".txt", ".html")):
            place = f"{frame.f_code.co_filename}:{line}"
    return place
