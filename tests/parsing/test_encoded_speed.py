"""Twice the length costs twice the time, whatever only looks encoded: nothing is looked through again and again."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Callable

import pytest

from mailbot.parsing.encoded import decode_source, decode_stretches, has_encoded_remains
from tests.parsing.letters import raw, read
from tests.scale import scale

_CHANCE = random.Random(3)
_RUSSIAN = "Здравствуйте, прошу проверить отопление в квартире. " * 12_000


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece))


BODIES: dict[str, Callable[[int], str]] = {
    "base64 of noise": lambda length: base64.encodebytes(_CHANCE.randbytes(length)).decode()[:length],
    "base64 of letters": lambda length: base64.encodebytes(_RUSSIAN.encode()).decode()[:length],
    "base64 in one line": lambda length: base64.b64encode(_CHANCE.randbytes(length)).decode()[:length],
    "words like base64": _repeated("abcdefgh "),
    "lines like base64": _repeated("abcdefghabcdefgh\n"),
    "padding": _repeated("="),
    "padded words": _repeated("abcdef== "),
    "quoted letters": lambda length: "".join(f"={byte:02X}" for byte in _RUSSIAN.encode()[: length // 3]),
    "quoted noise": lambda length: "".join(f"={byte:02X}" for byte in _CHANCE.randbytes(length // 3)),
    "soft breaks": _repeated("=\n"),
    "broken lines": _repeated("a" * 70 + "=\n"),
    "stray signs": _repeated("=D0=9F=ZZ x=\n"),
    "blanks": _repeated(" = "),
    "entities": _repeated("&#1047;"),
    "ampersands": _repeated("&amp;"),
    "uu lines": _repeated("M" + "A" * 60 + "\n"),
    "uu first lines": _repeated("begin 644 a\n"),
    "pluses": _repeated("+"),
    "percents": _repeated("%D0%9F%D1%80 "),
    "open words": _repeated("=?utf-8?B?"),
    "armour": _repeated("-----BEGIN PGP MESSAGE-----\n"),
}


def _seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(2):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("body", BODIES)
def test_twice_the_length_costs_twice_the_time(body: str) -> None:
    once, twice = (BODIES[body](size) for size in scale((40_000, 80_000), (120_000, 240_000)))

    def looked(text: str) -> float:
        return _seconds(
            lambda: (has_encoded_remains(decode_stretches(text)[0].text), decode_source(text, None))
        )

    assert looked(twice) <= 2.8 * looked(once) + 0.15


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
@pytest.mark.parametrize(
    "body", ["base64 of letters", "quoted letters", "broken lines", "uu lines", "entities"]
)
def test_a_long_letter_costs_no_more_than_twice_half_of_it(body: str, kind: str) -> None:
    half, whole = (
        raw(BODIES[body](size).encode(), f"{kind}; charset=utf-8")
        for size in scale((120_000, 240_000), (500_000, 1_000_000))
    )
    assert _seconds(lambda: read(whole)) <= 2.8 * _seconds(lambda: read(half)) + 0.15
