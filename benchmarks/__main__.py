"""What each room costs a letter, as a multiple of a floor measured in the same run.

The floor is the least that any program must do with these letters: take them apart with the standard
library's oldest parser and decode their text. Machines differ; the ratios do not, much.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from mailbot.composing import compose, load_templates
from mailbot.config import load_sources, resource_folder
from mailbot.model import CaseContext, RawLetter
from mailbot.parsing import parse
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from mailbot.transport import FileFault, read_path
from mailbot.understanding import understand

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
T = TypeVar("T")


def floor(raw: RawLetter) -> int:
    """compat32 and a strict decoding of the text parts: nothing is understood, nothing is safe."""
    length = 0
    for part in message_from_bytes(raw.content, policy=compat32).walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            length += len(payload.decode("utf-8", "replace")) if isinstance(payload, bytes) else 0
    return length


def timed(work: Callable[[T], object], items: Sequence[T], rounds: int = 3) -> float:
    """Median over the items of the best of `rounds` CPU times, in ms."""
    best = [float("inf")] * len(items)
    gc.disable()
    for _ in range(rounds):
        for index, item in enumerate(items):
            began = time.process_time_ns()
            work(item)
            best[index] = min(best[index], (time.process_time_ns() - began) / 1e6)
    gc.enable()
    return statistics.median(best)


def main() -> None:
    folders = [Path(word) for word in sys.argv[1:]] or [resource_folder("samples") / "letters"]
    letters = [item[1] for folder in folders for item in read_path(folder) if not isinstance(item, FileFault)]
    rulebook = load_rulebook(load_sources("rules"))
    templates = load_templates(load_sources("templates"), rulebook)
    context = CaseContext(number="26-000000", register_known=True)
    parsed = [parse(raw) for raw in letters]
    known = [(letter, understand(letter, rulebook)) for letter in parsed]
    decided = [(*pair, decide(LetterInContext(*pair, context, rulebook), NOW)) for pair in known]
    least = timed(floor, letters)
    rows = {
        "floor: compat32 + decode": least,
        "parse": timed(parse, letters),
        "understand": timed(lambda letter: understand(letter, rulebook), parsed),
        "decide": timed(lambda pair: decide(LetterInContext(*pair, context, rulebook), NOW), known),
        "compose": timed(
            lambda triple: compose(
                triple[2], triple[0], triple[1], context, templates, received_at=NOW, raw_digest=DIGEST
            ),
            decided,
        ),
    }
    print(f"{len(letters)} letters, median CPU of a letter")
    for name, milliseconds in rows.items():
        print(f"{name:28} {milliseconds:8.3f} ms   × {milliseconds / least:6.1f} of the floor")


DIGEST = sha256(b"benchmark").hexdigest()

if __name__ == "__main__":
    main()
