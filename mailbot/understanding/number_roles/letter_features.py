"""What is seen of a letter as a whole, for each of its numbers."""

from __future__ import annotations

import re

from mailbot.understanding.text.folding import fold

_HINTS = (
    ("readings", r"показани|pokazan"),
    ("account", r"\bл\W?с\b|лицев|абонент"),
    ("contract", r"договор|\bдог\b|контракт"),
    ("hot", r"горяч|\bгвс\b|\bгв\b"),
    ("heat", r"отоплен|тепло|гкал"),
    ("cold", r"холодн|\bхвс\b"),
    ("money", r"руб|₽|плат|квитанц|счет\b|сумм"),
    ("cold flat", r"градус|мерзн|холодно|батаре"),
    ("hands", r"переда[юе]|сообща|направля|шлю|примите|высыла"),
    ("asks", r"\?"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _HINTS)


def about_letter(subject: str, body: str) -> tuple[str, ...]:
    """Hints that hold for every number of the letter."""
    text = fold(f"{subject}\n{body}"[:6000])
    return tuple(name for name, pattern in _COMPILED if pattern.search(text))


def quoted_lines(text: str) -> list[tuple[int, int]]:
    """Bounds of lines that begin with «>»."""
    return [match.span() for match in re.finditer(r"^[ \t]*>.*$", text, re.MULTILINE)]
