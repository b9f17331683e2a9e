"""Which files one letter enters on its way through `handle`, and how often the way crosses from file to file.

Counts what a maintainer must follow, not what a machine does: each pair of files once. Prints the rooms in the order in which
`handle` itself asks them; a room that stands there twice is asked twice.
"""

from __future__ import annotations

import inspect
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import mailbot
from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import RawLetter
from mailbot.parsing import read_envelope
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.letters.handle import handle
from mailbot.store import Store
from mailbot.store.mail import incoming

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PACKAGE = str(Path(mailbot.__file__).parent)
ENTRANCE = "services/letters/handle.py"


@dataclass(slots=True)
class Way:
    """What was entered: files, pairs of files that call each other, and the rooms that `handle` asks, in order."""

    files: set[str] = field(default_factory=set)
    crossings: Counter[tuple[str, str]] = field(default_factory=Counter)
    rooms: list[str] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)

    def enter(self, frame: FrameType) -> None:
        """A function has begun: count its file, and the crossing from the file of the nearest caller of ours."""
        callee, caller = _file_of(frame), _file_of(_caller_of(frame))
        if callee is None:
            return
        self.files.add(callee)
        if caller not in (None, callee):
            self.crossings[str(caller), callee] += 1
        if caller == ENTRANCE and callee != ENTRANCE:
            room = callee.partition("/")[0]
            resumed = frame.f_code.co_flags & inspect.CO_GENERATOR and frame.f_lasti > 0
            self.questions[f"{callee}: {frame.f_code.co_qualname}"] += not resumed
            if self.rooms[-1:] != [room]:
                self.rooms.append(room)


def _file_of(frame: FrameType | None) -> str | None:
    """The file of a frame, from the package on; None for what is not ours, and for a module that is being loaded."""
    if (
        frame is None
        or not frame.f_code.co_filename.startswith(PACKAGE)
        or frame.f_code.co_name == "<module>"
    ):
        return None
    return frame.f_code.co_filename.removeprefix(PACKAGE).lstrip("/")


def _caller_of(frame: FrameType) -> FrameType | None:
    caller = frame.f_back
    while caller is not None and not caller.f_code.co_filename.startswith(PACKAGE):
        caller = caller.f_back
    return caller


def walk(letter: bytes) -> Way:
    """Take the letter in and decide it in a database of its own; `letter` is a message as RFC 5322 has it."""
    rules = load_checked_rules(0, load_files(Settings()))
    way = Way()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/way.db", resource_folder("db"))
        store.migrate()
        kept = store.do(incoming.save_letter, RawLetter(letter, NOW), read_envelope(letter), None, "way", NOW)
        sys.setprofile(lambda frame, event, _: way.enter(frame) if event == "call" else None)
        try:
            handle(store, rules, kept.letter_id, NOW)
        finally:
            sys.setprofile(None)
        store.close()
    return way


def main() -> None:
    for name in sys.argv[1:] or [str(resource_folder("samples") / "letters" / "01-readings-plain.eml")]:
        way = walk(Path(name).read_bytes())
        print(f"{Path(name).name}: {len(way.files)} files, {len(way.crossings)} crossings between files")
        print("  " + " → ".join(way.rooms))
        twice = [question for question, times in way.questions.items() if times > 1]
        print("  asked twice: " + (", ".join(twice) or "nothing"))


if __name__ == "__main__":
    main()
