"""How the command line looks: a file a command; each is imported when its command runs."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text


def list_faults(console: Console, faults: Iterable[str]) -> None:
    for fault in faults:
        console.print(Text(fault, style="red"), soft_wrap=True)
