"""The rooms hold: who may import whom, and which rooms are pure (ARCHITECTURE.md, «The rooms»)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mailbot"
MIDDLE = {
    "parsing",
    "understanding",
    "policy",
    "composing",
    "billing",
    "documents",
    "reporting",
    "store",
    "transport",
}
FOUNDATION = {"model", "wording", "toml", "dictionary"}
PURE = {*FOUNDATION, "parsing", "understanding", "policy", "composing", "billing", "documents", "reporting"}
IMPURE_MODULES = {
    "sqlalchemy", "alembic", "socket", "ssl", "smtplib", "imaplib", "imapclient", "os", "pathlib", "io",
    "time", "random", "secrets", "uuid", "subprocess", "threading", "multiprocessing", "tempfile", "shutil",
    "aiosmtpd", "pymap", "requests", "urllib.request",
}  # fmt: skip
ENTRY_POINTS = {
    "cli",
    "daemon",
    "daemon_roles",
    "demo",
    "console",
    "commands",
    "config",
    "first_settings",
    "text_files",
    "logs",
    "command_setup",
    "signed_links",
    "__main__",
    "web",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("mailbot.")}


def allowed(room: str) -> set[str]:
    if room == "model":
        return {"model"}
    if room in FOUNDATION:
        return FOUNDATION - {"wording"} | {room}
    if room in MIDDLE:
        return {*FOUNDATION, room}
    if room == "services":
        return {*FOUNDATION, "services"} | MIDDLE
    return {*FOUNDATION, "services", *MIDDLE, *ENTRY_POINTS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_the_house_allows(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    known = {*FOUNDATION, "services", *MIDDLE, *ENTRY_POINTS}
    assert rooms_imported(path) & known <= allowed(room)


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if room_of(path) in PURE],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_a_pure_room_has_no_clock_no_chance_and_no_io(path: Path) -> None:
    modules = imported(path)
    assert not {name for name in modules if name in IMPURE_MODULES or name.split(".")[0] in IMPURE_MODULES}
    source = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    assert not calls & {"open", "now", "utcnow", "today", "read_text", "write_text", "print", "input"}


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_no_file_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
    assert not [path for path in FILES if path.stem in vague]
