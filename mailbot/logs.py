"""Logging of the daemon and its processes: one line an event, on standard error."""

from __future__ import annotations

import logging

NOISY = (
    "pymap",
    "mail.log",
    "alembic",
    "imapclient",
    "mailparser",
    "asyncio",
    "pymorphy3",
    "pymorphy3_dicts_ru",
)
"""Libraries that tell every step; their warnings are ours to tell, in our words."""


def log_to_stderr(level: int) -> None:
    """Set the process's logging; `level` as in the standard library."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)-7s %(processName)s: %(message)s", force=True
    )
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
