"""What one letter may cost: a worker that spends more on it is ended, and a person sees the letter at once.

Time that the worker waits (for a database that is slow or away) is no letter's fault and not counted here: `handle_seconds`
bounds it, and the letter is tried again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """Processor time in seconds since the process began, and the bytes that lie in memory for it."""

    seconds: float
    resident: int


@dataclass(frozen=True, slots=True)
class LetterBudget:
    """Seconds of processor time, and bytes of memory beyond what the worker held before."""

    seconds: float
    memory: int

    def why_spent(self, before: ProcessUse, now: ProcessUse) -> str:
        """Why the letter goes before a person (Russian); empty while it may go on."""
        if now.seconds - before.seconds > self.seconds:
            return f"письмо слишком тяжёлое: разбор занял больше {self.seconds:g} с работы процессора"
        if now.resident - before.resident > self.memory:
            return f"письмо слишком тяжёлое: для разбора нужно больше {self.memory // MEGABYTE} МБ памяти"
        return ""


def use_of(pid: int) -> ProcessUse | None:
    """What a process has used so far (proc(5)); None where the system does not tell, or the process is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        user, system = stat.rpartition(")")[2].split()[11:13]
    except (OSError, IndexError, ValueError):
        return None
    return ProcessUse(
        (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), int(pages) * os.sysconf("SC_PAGE_SIZE")
    )
