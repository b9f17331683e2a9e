"""Where the tests keep their databases, mailboxes and sockets: in memory, where the machine has room for it.

Thousands of small commits wait for a disk longer than for everything else. A process that is killed loses nothing there
either; only the machine itself must not fall, and of that no test can speak.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that must be free: many times what a run takes."""


def work_in_memory() -> None:
    """Let this process and those that it starts make their temporary files in memory; what TMPDIR says goes before."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    runs_programs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    if runs_programs and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked before? then asked anew
