"""What the daemon's processes are forked from has loaded all that a letter's text needs: no letter's clock pays for it."""

from __future__ import annotations

import subprocess
import sys

LETTERS = """
import sys
from datetime import UTC, datetime
import mailbot.fork_preload
from mailbot.config import Settings
from mailbot.model import RawLetter
from mailbot.parsing import parse
from mailbot.understanding import understand
from mailbot.command_setup import load_rules_and_templates

rulebook = load_rules_and_templates(Settings())[0]
loaded = len(sys.modules)
for text in (
    "Здравствуйте! л/с 4402215, горячая вода 345. Когда включат отопление на Зелёной, 6?",
    "Холодно третий день!!! Безобразие. Пьянкова, ул. Мира, д. 5, кв. 12, тел. 89194502218",
    "This is the mail system. The following address failed and your letter was not delivered to it.",
    "Идиоты! Передайте вашему начальнику, что он дурак.",
):
    understand(parse(RawLetter(f"Subject: a\\n\\n{text}".encode(), datetime(2026, 11, 20, tzinfo=UTC))), rulebook)
print(len(sys.modules) - loaded)
print("sklearn" in sys.modules)
"""


def test_no_letter_waits_for_a_library_to_load() -> None:
    """What judges English obscenity weighs a hundred megabytes: no letter of every day asks for it, be it a returned one."""
    told = subprocess.run(
        [sys.executable, "-c", LETTERS], capture_output=True, text=True, check=True, timeout=120
    )
    loaded, judges_english = told.stdout.split()
    assert int(loaded) <= 3
    assert judges_english == "False"
