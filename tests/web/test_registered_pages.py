"""No group of pages is written and left out of the application."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Blueprint

from mailbot import web
from tests.web.conftest import Desk

WEB = Path(web.__file__).parent


def groups_of_pages() -> dict[str, Blueprint]:
    """Each module of the room that makes a group of pages, with it."""
    modules = {
        ".".join(path.relative_to(WEB.parent).with_suffix("").parts)
        for path in WEB.rglob("*.py")
        if "pages = Blueprint(" in path.read_text(encoding="utf-8")
    }
    return {name: import_module(f"mailbot.{name}").pages for name in sorted(modules)}


def test_every_group_of_pages_is_put_into_the_application(bare: Desk) -> None:
    known = set(bare.app.blueprints.values())
    assert [name for name, pages in groups_of_pages().items() if pages not in known] == []
