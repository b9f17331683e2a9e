"""Accounts of the register however they are written or said: «тридцать шесть тэ», «7/2024-РСО», «57, 14, 006»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mailbot.model.ledger.register import Register
from mailbot.model.written_forms.number import number_key
from mailbot.understanding.numbers.number_tokens import find_atoms

MAX_PIECES = 6
MIN_DIGITS, MIN_SIGNS = 5, 5
"""A number as long, or a code of digits and letters, is an account wherever it stands; a shorter one needs a label."""

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{1,5}(?![^\W\d_])")
_JOINT = re.compile(r"[\s№.,/()–—‑-]{0,4}(?:(?:тире|дефис|дробь|черта|черточка|сл[эе]ш|минус)[\s,]{1,3})?")
_TIGHT = re.compile(r"[ \u00a0]?[№/–—‑-]?[ \u00a0]?")
_LABEL = re.compile(
    r"(?:\bдог(?:овор\w*)?\b|контракт\w*|\bлиц\w*|\bл\W?сч?\b|\bсч[её]т\w{0,2}\b|\bномер\w*|№|\bабон\w*|\bкод\b)[^\w\n]{0,4}(?:(?:номер\w*|сч[её]т\w*|№|наш|ваш)[^\w\n]{0,4}){0,2}"
)
_LETTERS = dict(
    zip(
        "бэ вэ гэ дэ жэ зэ ка эл эль эм эн пэ эр эс тэ те эф ха цэ че".split(),
        "бвгджзкллмнпрсттфхцч",
        strict=True,
    )
)
"""Names of letters, as a contract is spelled aloud."""


@dataclass(frozen=True, slots=True)
class AccountNotation:
    """Characters `start`..`end` write an account of the register; `labelled`: a word before says that it is one."""

    start: int
    end: int
    account: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    signs: str
    spelled: str
    """The letter that a word names, else the signs again."""


def account_of(written: str, register: Register) -> str | None:
    """The account of that number as the register writes it; None where there is none, or more than one."""
    accounts = register.named(register.accounts, number_key(written))
    return accounts[0] if len(accounts) == 1 else None


def find_notations(text: str, register: Register) -> Iterator[AccountNotation]:
    """Every account of the register in a folded text, the longest first where several begin alike; none overlaps another."""
    pieces = _pieces(text)
    gaps = [text[piece.end : other.start] for piece, other in pairwise(pieces)]
    labels = {match.end() for match in _LABEL.finditer(text)}
    behind = 0
    for at, first in enumerate(pieces):
        if first.start < behind or not (first.signs[0].isdecimal() or _opens(pieces, at)):
            continue
        notation = _longest(pieces, gaps, at, register, labelled=first.start in labels)
        if notation is not None:
            yield notation
            behind = notation.end


def _pieces(text: str) -> list[_Piece]:
    atoms = [_Piece(atom.start, atom.end, atom.digits, atom.digits) for atom in find_atoms(text)]
    taken = {place for atom in atoms for place in range(atom.start, atom.end)}
    words = (match for match in _WORD.finditer(text) if match.start() not in taken)
    letters = [_Piece(*match.span(), match[0], _LETTERS.get(match[0], match[0])) for match in words]
    return sorted((*atoms, *letters), key=lambda piece: piece.start)


def _opens(pieces: list[_Piece], at: int) -> bool:
    """Does a number follow the letters?"""
    return at + 1 < len(pieces) and pieces[at + 1].signs[0].isdecimal()


def _longest(
    pieces: list[_Piece], gaps: list[str], at: int, register: Register, *, labelled: bool
) -> AccountNotation | None:
    signs, spelled, tight = "", "", True
    notation = None
    start = pieces[at].start
    for last in range(at, min(at + MAX_PIECES, len(pieces))):
        if last > at:
            if not _JOINT.fullmatch(gaps[last - 1]):
                break
            tight = tight and bool(_TIGHT.fullmatch(gaps[last - 1]))
        signs, spelled = signs + pieces[last].signs, spelled + pieces[last].spelled
        if not (labelled or (tight and is_long(signs))) or not any(sign.isdecimal() for sign in signs):
            continue
        accounts = {
            account
            for key in (signs, spelled)
            for account in register.named(register.accounts, number_key(key))
        }
        if len(accounts) == 1:
            notation = AccountNotation(start, pieces[last].end, accounts.pop(), labelled)
    return notation


def is_long(signs: str) -> bool:
    """Are they signs enough for an account that nothing announces?"""
    digits = sum(sign.isdecimal() for sign in signs)
    return digits >= MIN_DIGITS or (2 <= digits < len(signs) >= MIN_SIGNS)
