"""Answers, phrases, office hours, deadlines, thresholds: changed by staff, checked whole, taken back with one button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mailbot.composing import NEEDED, specimens, specimens_of
from mailbot.model import RequestRefused, RulebookError, StaffRole
from mailbot.services.in_force import rules_and_templates
from mailbot.services.in_force.rules_and_templates import ActiveRules, HalvesDiffer
from mailbot.store.staff import edited_files
from mailbot.web.access import needs
from mailbot.web.request_context import house, member, now, place, store, sureness

pages = Blueprint("settings", __name__)


@pages.get("/settings")
@needs(StaffRole.MANAGER)
def show() -> str:
    changed = store().ask(edited_files.changed)
    files = rules_and_templates.editable(house().sources)
    titles = {file.name: _title(file.name, house()) for file in files}
    return render_template("settings.html", files=files, titles=titles, changed=changed)


PIECES = {".subject.txt": "тема", ".txt": "текст", ".html": "оформление"}


def _title(path: str, held: ActiveRules) -> str:
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
    view = specimens(held.templates.channels, held.templates.zone)[0]
    subject = held.templates.render(template, view).subject
    return f"Письмо «{subject.partition(': ')[2] or subject}», {PIECES[ending]}"


@pages.get("/settings/<path:path>")
@needs(StaffRole.MANAGER)
def edit(path: str) -> str:
    return _page(path, _text(path))


def _text(path: str) -> str:
    found = {source.name: source.text for source in rules_and_templates.editable(house().sources)}
    if path not in found:
        abort(404)
    return found[path]


def _page(
    path: str,
    text: str,
    faults: tuple[str, ...] = (),
    shown: list[Any] | None = None,
    halves: HalvesDiffer | None = None,
) -> str:
    """`halves`: what the letter's other half says otherwise; it is shown to be edited beside this one."""
    return render_template(
        "setting.html",
        path=path,
        title=_title(path, house()),
        text=text,
        faults=faults,
        shown=shown or [],
        halves=halves,
        half=request.form.get("half", "") or (_text(halves.other) if halves else ""),
        history=store().ask(edited_files.history, path),
        changed=path in store().ask(edited_files.changed),
    )


@pages.post("/settings/<path:path>")
@needs(StaffRole.MANAGER)
def save(path: str) -> Response | tuple[str, int]:
    """Check the whole house with the new text; with «preview» show it, else let it hold."""
    _text(path)
    text, half = request.form.get("text", ""), request.form.get("half", "")
    try:
        if "preview" in request.form:
            trial = rules_and_templates.check(house().sources, path, text, half)
            return _page(path, text, shown=_specimens(path, trial)), 200
        rules_and_templates.save(
            store(),
            house().sources,
            path,
            text,
            request.form.get("note", ""),
            by=member().login,
            now=now(),
            half=half,
            sureness=sureness(),
        )
    except HalvesDiffer as error:
        return _page(path, text, faults=error.faults, halves=error), 409
    except RulebookError as error:
        return _page(path, text, faults=error.faults), 409
    except RequestRefused as error:
        return _page(path, text, faults=error.faults), 409
    return redirect(url_for("settings.edit", path=path))


def _specimens(path: str, trial: ActiveRules) -> list[Any]:
    """The mail with specimens of data, or every phrase, as clients will see them."""
    templates = trial.templates
    if path == "templates/snippets.toml":
        view = specimens(templates.channels, templates.zone)[0]
        return [(snippet.title, templates.phrase(snippet, view)) for snippet in templates.snippets]
    if not path.startswith("templates/mail/"):
        return [("Проверено", "Ошибок нет: можно сохранять.")]
    name = path.rpartition("/")[2].partition(".")[0]
    if name.startswith("_"):
        name = "question_received"
    found = [templates.render(name, view) for view in specimens_of(name, templates)]
    return [(one.subject, one.text) for one in found]


@pages.post("/restore/<path:path>")
@needs(StaffRole.MANAGER)
def restore(path: str) -> Response:
    """Let an earlier text hold again, or the file of the package."""
    _text(path)
    wanted = request.form.get("change", "")
    change_id = int(wanted) if wanted.isdigit() else None
    files = place().current.house().sources
    rules_and_templates.restore(store(), files, path, change_id, by=member().login, now=now())
    return redirect(url_for("settings.edit", path=path))
