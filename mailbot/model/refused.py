"""Faults that a person is told of in a line each; whoever raises one has kept everything as it was."""

from __future__ import annotations


class RequestRefused(Exception):
    """What was asked for cannot be done; each line (Russian) says why, and what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
