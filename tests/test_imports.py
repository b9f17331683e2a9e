"""The rooms hold: who may import whom, and which rooms are pure (ARCHITECTURE.md, «The rooms»)."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mailbot"
TESTS = PACKAGE.parent / "tests"
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
FOUNDATION = {"model", "wording", "toml", "language"}
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
    "letter_budget",
    "look_for_restore",
    "schema_watch",
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
COMPOSITION_ROOTS = {"cli.py", "daemon_roles.py", "web/app.py", "web/template_sets.py"}
"""They put together what lies in the folders beside them; nothing else of a folder knows its subfolders and is known there."""

MAX_FILES = 25
"""Files that lie loose in one folder."""


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
    if room == "web":
        return {*FOUNDATION, "services", "web", "config", "command_setup", "signed_links"}
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


SERVICES = [path for path in FILES if room_of(path) == "services"]
PAGES = [path for path in FILES if room_of(path) == "web"]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(path: Path) -> set[str]:
    """Names of the methods and functions that a file calls."""
    functions = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return {func.attr for func in functions if isinstance(func, ast.Attribute)}


def test_a_page_opens_no_transaction_and_asks_the_store_nothing() -> None:
    """Whatever it shows or changes, it asks one of the services."""
    assert not [path.name for path in PAGES if called(path) & {"ask", "do", "write"}]


def test_services_leave_sql_to_the_store() -> None:
    """They hand a transaction on to its verbs, and never use it themselves."""
    for path in (*SERVICES, *PAGES):
        assert not {name for name in imported(path) if name.split(".")[0] == "sqlalchemy"}, path
        assert not called(path) & {"execute", "scalar", "scalars"}, path


def test_one_act_is_done_by_the_store_and_several_in_one_transaction() -> None:
    """The one idiom (`mailbot/store/__init__.py`): a verb is a function, and no method of the store repeats it."""
    (store,) = [
        node for node in tree_of(PACKAGE / "store/__init__.py").body if isinstance(node, ast.ClassDef)
    ]
    methods = {node.name for node in store.body if isinstance(node, ast.FunctionDef)}
    own = {"__init__", "migrate", "is_empty", "schema_version", "check", "close", "register"}
    assert methods == own | {"ask", "do", "write"}


def modules_imported(path: Path) -> Iterator[Path]:
    """The files of the package that a file imports, at its top or inside a function."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mailbot":
            home = PACKAGE.joinpath(*(node.module or "").split(".")[1:])
            for alias in node.names:
                places = (
                    home / f"{alias.name}.py",
                    home / alias.name / "__init__.py",
                    home.with_suffix(".py"),
                )
                yield next((place for place in places if place.is_file()), home / "__init__.py")


def imported_folders(path: Path) -> Iterator[tuple[str, str]]:
    """(from, to): the two folders, as far up as they differ; a folder's own face may show what lies below it."""
    own = path.parent.relative_to(PACKAGE).parts
    for module in modules_imported(path):
        other = module.parent.relative_to(PACKAGE).parts
        same = next(
            (at for at, pair in enumerate(zip(own, other, strict=False)) if pair[0] != pair[1]),
            min(len(own), len(other)),
        )
        near, far = "/".join(own[: same + 1]), "/".join(other[: same + 1])
        if near != far and not (path.name == "__init__.py" and same == len(own)):
            yield near, far


def test_no_two_folders_import_each_other() -> None:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in FILES:
        name = path.relative_to(PACKAGE).as_posix()
        if name not in COMPOSITION_ROOTS:
            for pair in imported_folders(path):
                found[pair].append(name)
    circles = {pair: names[:3] for pair, names in found.items() if (pair[1], pair[0]) in found}
    assert not circles


def test_a_folder_is_seen_at_a_glance() -> None:
    """Each folder of the package and of the tests; files of data count, too."""
    loose: dict[Path, int] = defaultdict(int)
    for path in (*PACKAGE.rglob("*"), *TESTS.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            loose[path.parent.relative_to(PACKAGE.parent)] += 1
    assert not {folder.as_posix(): count for folder, count in loose.items() if count > MAX_FILES}


def test_a_public_class_has_its_name_to_itself() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert not {name: files for name, files in homes.items() if len(files) > 1}
