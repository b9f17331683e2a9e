"""What is costly to make is made by one of the workers of a run, and copied by all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of the run that `make` has filled; who comes while another worker fills it waits."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    home = factory.getbasetemp() if alone else factory.getbasetemp().parent
    folder, done = home / name, home / f"{name}.done"
    with (home / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
