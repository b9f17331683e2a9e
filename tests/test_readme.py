"""The README is true: each command that it promises is there, and the reverse; it is short, and says where to read on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from typer.main import get_command

from mailbot.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_it_begins_with_the_two_commands() -> None:
    head = README.splitlines()[:6]
    assert any(line.startswith("make demo") for line in head)
    assert any(line.startswith("make test") for line in head)


def test_it_says_what_the_two_commands_need() -> None:
    (told,) = re.findall(r"need Python (\d\.\d+) or newer and `make`, nothing else", README)
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    assert required == f">={told}"


def test_it_is_read_in_minutes_and_names_every_paper() -> None:
    papers = {path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))}
    assert len(README.splitlines()) <= 150
    assert papers - {"README.md"} == set(re.findall(r"`((?:docs/)?[A-Za-z]+\.md)`", README))


def test_every_command_is_described_and_every_described_command_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    described = set(re.findall(r"^\| `mailbot ([a-z-]+)", README, flags=re.MULTILINE))
    assert described == commands


def test_every_room_is_named() -> None:
    rooms = {path.parent.name for path in (ROOT / "mailbot").glob("*/__init__.py")}
    named = set(re.findall(r"^\| `mailbot/([a-z_]+)`", ARCHITECTURE, flags=re.MULTILINE))
    assert named == rooms


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    forbidden = re.compile(r"/(?:root|work|home)/[a-z]|--(?:extra-)?index-url|https?://[^ ]*(?:pypi|npmjs)")
    kept = [path for path in ROOT.rglob("*") if path.suffix in {".py", ".toml", ".md", ".txt"}]
    kept = [path for path in kept if not {".venv", ".git"} & set(path.relative_to(ROOT).parts)]
    named = [path for path in kept if path != Path(__file__) and forbidden.search(path.read_text("utf-8"))]
    assert not named
