"""`mailbot demo --once`: no configuration, real servers, and every sample as its expectation says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


def test_every_sample_comes_out_as_its_expectation_says(tmp_path: Path) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "mailbot", "demo", "--once"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert demo.returncode == 0, demo.stdout[-4000:] + demo.stderr[-2000:]
    right, of = map(int, re.findall(r"Вышло как ожидалось: (\d+) из (\d+)", demo.stdout)[0])
    assert right == of >= 60
    (sent,) = tmp_path.glob("mailbot-demo-*/sent")
    letters = [message_from_bytes(path.read_bytes()) for path in sent.glob("*.eml")]
    replies = [letter for letter in letters if letter["In-Reply-To"]]
    assert len({str(letter["In-Reply-To"]) for letter in replies}) == len(replies) > 0
    assert "Показаний из писем в книге: 30. За 2026-11 начислено счетам: 49 из 49." in demo.stdout
    bills = [letter for letter in letters if not letter["In-Reply-To"]]
    papers = [part for one in bills for part in one.walk() if part.get_content_type() == "application/pdf"]
    assert len(bills) == len(papers) == 22
    assert f"отправлены — {len(bills)}" in demo.stdout


def test_the_demo_that_stays_shows_the_pages_and_prints_a_login(tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-u", "-m", "mailbot", "demo"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert demo.stdout
        address = re.findall(r"http://127\.0\.0\.1:\d+", demo.stdout.readline())[0]
        assert "operator, manager, administrator" in demo.stdout.readline()
        until = time.monotonic() + 60
        while True:
            try:
                with urlopen(address + "/login", timeout=2) as answer:
                    assert "Вход для сотрудников" in answer.read().decode()
                break
            except URLError:
                assert time.monotonic() < until
                time.sleep(0.3)
    finally:
        demo.terminate()
        demo.communicate(timeout=60)
