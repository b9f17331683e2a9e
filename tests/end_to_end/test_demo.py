"""`mailbot demo --once`: no configuration, real servers, and every sample as its expectation says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

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
    assert letters
    assert len({str(letter["In-Reply-To"]) for letter in letters}) == len(letters)
