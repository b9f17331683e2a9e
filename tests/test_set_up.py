"""Who follows the README's set-up word by word comes to a doctor whose every line is ✓."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from mailbot.transport.embedded import EmbeddedSmtp
from tests.servers import ImapServer, pymap
from tests.test_readme import README

__all__ = ["pymap"]

EDITOR = """#!/bin/sh
sed -i -e 's/^confirmed = false/confirmed = true/' -e 's/0-00-00/4-44-44/' \\
    -e 's/^people = \\[\\]/people = ["disp@company.example"]/' "$1"
"""
"""What a person does in the two files that the README has them open."""


def steps() -> list[str]:
    """The commands of the set-up, but for the last, which goes on running."""
    block = re.search(r"To set it up for a real mailbox:\n\n```\n(.*?)```", README, re.S)
    assert block is not None
    *commands, last = block[1].strip().splitlines()
    assert last == "mailbot run"
    return commands


def of_this_place(config: Path, imap: ImapServer, sink: EmbeddedSmtp) -> None:
    """The servers of the test in the place of Mail.ru's."""
    text = config.read_text(encoding="utf-8")
    own, sending = text.split("[smtp]")
    for was, becomes in (
        ("imap.mail.ru", imap.host), ("993", str(imap.port)), ('"tls" ', '"plain" '), ("8666@bk.ru", imap.login)
    ):  # fmt: skip
        own = own.replace(was, becomes, 1)
    for was, becomes in (
        ("smtp.mail.ru", sink.host), ("465", str(sink.port)), ('"tls"', '"plain"'), ("8666@bk.ru", "")
    ):  # fmt: skip
        sending = sending.replace(was, becomes, 1)
    config.write_text(f"{own}[smtp]{sending}", encoding="utf-8")


def test_the_set_up_of_the_readme_reaches_every_mark(tmp_path: Path, pymap: ImapServer) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(0o755)
    home = tmp_path / "company"
    home.mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "EDITOR": str(editor), "COLUMNS": "400", "NO_COLOR": "1"}
    said = ""
    with EmbeddedSmtp() as sink:
        for step in steps():
            if step.startswith("export "):
                environment |= {f"MAILBOT_{name}_PASSWORD": pymap.password for name in ("IMAP", "SMTP")}
                continue
            done = subprocess.run(
                ["bash", "-c", step],
                cwd=home,
                env=environment,
                capture_output=True,
                text=True,
                timeout=100,
                check=False,
            )
            assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"
            if step.startswith("mailbot init"):
                of_this_place(home / "mailbot.toml", pymap, sink)
            said += done.stdout
    marks = re.findall(r"^([✓✗]) ([^:]+):", said, re.M)
    assert len(marks) == 12
    assert {mark for mark, _ in marks} == {"✓"}
    assert "4-44-44" in said
    assert "disp@company.example" in said
    assert "/welcome/" in said, "the first member has a link to choose a password"
