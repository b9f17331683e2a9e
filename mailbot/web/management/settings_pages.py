"""Answers, phrases, office hours, deadlines, thresholds: changed by staff, checked whole, taken back with one button."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mailbot.model import RequestRefused, RulebookError, StaffRole
from mailbot.services.desk import settings_page
from mailbot.services.in_force import rules_and_templates
from mailbot.services.in_force.rules_and_templates import HalvesDiffer
from mailbot.web.access import needs
from mailbot.web.request_context import active_rules, member, now, place, store, sureness

pages = Blueprint("settings", __name__)


@pages.get("/settings")
@needs(StaffRole.MANAGER)
def show() -> str:
    settings = settings_page.settings_list(store(), active_rules())
    return render_template(
        "settings.html", files=settings.files, titles=settings.titles, changed=settings.changed
    )


@pages.get("/settings/<path:path>")
@needs(StaffRole.MANAGER)
def edit(path: str) -> str:
    return _page(path, _text(path))


def _text(path: str) -> str:
    texts = {source.name: source.text for source in rules_and_templates.editable(active_rules().sources)}
    if path not in texts:
        abort(404)
    return texts[path]


def _page(
    path: str,
    text: str,
    faults: tuple[str, ...] = (),
    shown: tuple[tuple[str, str], ...] = (),
    halves: HalvesDiffer | None = None,
) -> str:
    """`halves`: what the letter's other half says otherwise; it is shown to be edited beside this one."""
    history, changed = settings_page.history(store(), path)
    return render_template(
        "setting.html",
        path=path,
        title=settings_page.title_of(path, active_rules()),
        text=text,
        faults=faults,
        shown=shown,
        halves=halves,
        half=request.form.get("half", "") or (_text(halves.other) if halves else ""),
        history=history,
        changed=changed,
    )


@pages.post("/settings/<path:path>")
@needs(StaffRole.MANAGER)
def save(path: str) -> Response | tuple[str, int]:
    """Check the whole house with the new text; with «preview» show it, else let it hold."""
    _text(path)
    text, half = request.form.get("text", ""), request.form.get("half", "")
    try:
        if "preview" in request.form:
            trial = rules_and_templates.check(active_rules().sources, path, text, half)
            return _page(path, text, shown=settings_page.specimens_of_file(path, trial)), 200
        rules_and_templates.save(
            store(),
            active_rules().sources,
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


@pages.post("/restore/<path:path>")
@needs(StaffRole.MANAGER)
def restore(path: str) -> Response:
    """Let an earlier text hold again, or the file of the package."""
    _text(path)
    wanted = request.form.get("change", "")
    change_id = int(wanted) if wanted.isdigit() else None
    files = place().rules.current().sources
    rules_and_templates.restore(store(), files, path, change_id, by=member().login, now=now())
    return redirect(url_for("settings.edit", path=path))
