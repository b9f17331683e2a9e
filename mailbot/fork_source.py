"""The process from which those of the daemon are forked: started first, it loads while the supervisor still imports.

What it loads stands in `fork_preload`; which company's rules those are, it learns from its environment.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.forkserver import ensure_running

from mailbot.config import Settings

FORKING = multiprocessing.get_context("forkserver")
"""How the supervisor starts its processes."""

_FOLDERS = {"rules_dir": "MAILBOT_LOADED_RULES", "templates_dir": "MAILBOT_LOADED_TEMPLATES"}


def start_loading(settings: Settings) -> None:
    """Start the process with the rules and templates of these settings; nothing happens where it runs already."""
    FORKING.set_forkserver_preload(["__main__", "mailbot.fork_preload"])
    for key, variable in _FOLDERS.items():
        os.environ[variable] = str(getattr(settings, key) or "")
    try:
        ensure_running()
    finally:  # told to that process alone
        for variable in _FOLDERS.values():
            del os.environ[variable]


def folders_to_load() -> Settings:
    """Settings of which only the folders of rules and templates are known."""
    return Settings.model_validate(
        {key: os.environ.get(variable) or None for key, variable in _FOLDERS.items()}
    )
