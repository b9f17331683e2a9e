"""The files that staff may change, as their pages show them: what each is about, its history, and how it would look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.composing import NEEDED, specimens, specimens_of
from mailbot.model import SourceFile
from mailbot.services.in_force import rules_and_templates
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.staff import edited_files
from mailbot.store.staff.edited_files import FileChange

PIECES = {".subject.txt": "тема", ".txt": "текст", ".html": "оформление"}


@dataclass(frozen=True, slots=True)
class SettingsList:
    """`titles` by the files' paths; `changed`: the text of each that is not as the package has it."""

    files: tuple[SourceFile, ...]
    titles: Mapping[str, str]
    changed: Mapping[str, str]


def settings_list(store: Store, rules: ActiveRules) -> SettingsList:
    """Every file that may be changed."""
    files = rules_and_templates.editable(rules.sources)
    titles = {file.name: title_of(file.name, rules) for file in files}
    return SettingsList(files, titles, store.ask(edited_files.changed))


def history(store: Store, path: str) -> tuple[tuple[FileChange, ...], bool]:
    """The changes of a file, the newest first, and whether it is changed now."""
    return store.ask(edited_files.history, path), path in store.ask(edited_files.changed)


def title_of(path: str, rules: ActiveRules) -> str:
    """What a file is about: a mail by its own subject, «Письмо «адрес и часы работы», текст»."""
    name = path.rpartition("/")[2]
    ending = next((piece for piece in PIECES if name.endswith(piece)), "")
    if path in rules_and_templates.TITLES or not ending or not path.startswith("templates/mail/"):
        return rules_and_templates.TITLES.get(path, path)
    if name.startswith("_"):
        return f"Общая часть писем «{name}»"
    template = name.removesuffix(ending)
    if template in NEEDED:
        return f"{NEEDED[template].capitalize()}, {PIECES[ending]}"
    view = specimens(rules.templates.channels, rules.templates.zone)[0]
    subject = rules.templates.render(template, view).subject
    return f"Письмо «{subject.partition(': ')[2] or subject}», {PIECES[ending]}"


def specimens_of_file(path: str, trial: ActiveRules) -> tuple[tuple[str, str], ...]:
    """(title, text) of the mail with specimens of data, or of every phrase, as clients will see them."""
    templates = trial.templates
    if path == "templates/snippets.toml":
        view = specimens(templates.channels, templates.zone)[0]
        return tuple((snippet.title, templates.phrase(snippet, view)) for snippet in templates.snippets)
    if not path.startswith("templates/mail/"):
        return (("Проверено", "Ошибок нет: можно сохранять."),)
    name = path.rpartition("/")[2].partition(".")[0]
    if name.startswith("_"):
        name = "question_received"
    mails = [templates.render(name, view) for view in specimens_of(name, templates)]
    return tuple((mail.subject, mail.text) for mail in mails)
