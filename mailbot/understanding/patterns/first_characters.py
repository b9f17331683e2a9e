"""With which three characters a match of a regular expression may begin: what begins otherwise need not be tried."""

from __future__ import annotations

from dataclasses import dataclass

_HEAD_LENGTH = 3
"""Characters of an opening."""
_MAX_HEADS = 200
"""Openings that are told apart by their next character; of more those before must do."""
_ZERO_WIDTH = "bBAZ"
_PLAIN_GROUPS = ("?:", "?i:", "?-i:")
_SOLID_CLASSES = "wdS"
_BLANKS = tuple(sign for sign in map(chr, range(0x3001)) if sign.isspace())


@dataclass(frozen=True, slots=True)
class PatternOpening:
    """A match begins with one of `whole`, which say all of its first characters, or of `heads`, which go on with anything;
    `solid`: or with any character that is no space; `any`: or with any at all. Blank `whole` stand for an empty match."""

    whole: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    solid: bool = False
    any: bool = False

    @property
    def signs(self) -> frozenset[str]:
        return self.whole | self.heads

    @property
    def everywhere(self) -> bool:
        """May a match be empty, or begin with anything or with a space?"""
        return self.solid or self.any or any(not sign or sign[0].isspace() for sign in self.signs)

    @property
    def folded(self) -> PatternOpening:
        """The same where case counts for nothing."""
        return PatternOpening(
            frozenset(sign.casefold() for sign in self.whole),
            frozenset(sign.casefold() for sign in self.heads),
            self.solid,
            self.any,
        )

    def may_begin(self, head: str) -> bool:
        """May a match begin so, as far as both say?"""
        return any(sign.startswith(head) or head.startswith(sign) for sign in self.signs)

    def __or__(self, other: PatternOpening) -> PatternOpening:
        return PatternOpening(
            self.whole | other.whole,
            self.heads | other.heads,
            self.solid or other.solid,
            self.any or other.any,
        )

    def then(self, other: PatternOpening) -> PatternOpening:
        """This, and what follows it: that opens the match as far as this says too little."""
        full = frozenset(head for head in self.whole if len(head) == _HEAD_LENGTH)
        short = self.whole - full
        heads, whole = set(self.heads), set(full)
        for head in short:
            if head and (other.solid or other.any or len(short) * len(other.signs) > _MAX_HEADS):
                heads.add(head)
            else:
                heads.update((head + more)[:_HEAD_LENGTH] for more in other.heads)
                whole.update((head + more)[:_HEAD_LENGTH] for more in other.whole)
        alone = "" in short
        return PatternOpening(
            frozenset(whole),
            frozenset(heads),
            self.solid or (alone and other.solid),
            self.any or (alone and other.any),
        )


_EMPTY = PatternOpening(frozenset({""}))
_SOLID = PatternOpening(solid=True)
_ANY = PatternOpening(any=True)


def alternatives(expression: str) -> list[str]:
    """What an expression is an alternation of, in order."""
    pieces, start, at = [], 0, 0
    while at <= len(expression):
        _, at = _sequence(expression, at)
        pieces.append(expression[start:at])
        start = at = at + 1
    return pieces


def opening(expression: str) -> PatternOpening:
    """The opening of an expression that `re` compiles; whatever is not understood may begin with anything."""
    beginning, _ = _either(expression, 0)
    return beginning


def _either(text: str, at: int) -> tuple[PatternOpening, int]:
    """Alternatives up to the end or the closing bracket."""
    beginning, at = _sequence(text, at)
    while at < len(text) and text[at] == "|":
        other, at = _sequence(text, at + 1)
        beginning |= other
    return beginning, at


def _sequence(text: str, at: int) -> tuple[PatternOpening, int]:
    beginning = _EMPTY
    while at < len(text) and text[at] not in "|)":
        atom, at = _atom(text, at)
        atom, at = _repeated(atom, text, at)
        beginning = beginning.then(atom)
    return beginning, at


def _atom(text: str, at: int) -> tuple[PatternOpening, int]:
    sign = text[at]
    if sign == "(":
        return _group(text, at)
    if sign == "[":
        return _set(text, at + 1)
    if sign == "\\":
        return _escape(text[at + 1]), at + 2
    if sign in "^$":
        return _EMPTY, at + 1
    return _ANY if sign == "." else _of(sign), at + 1


def _group(text: str, at: int) -> tuple[PatternOpening, int]:
    """A look ahead or behind takes no character: it opens nothing, and only narrows what does."""
    start = at + 1
    looks = text.startswith(("?=", "?!", "?<=", "?<!"), start)
    plain = next((sort for sort in _PLAIN_GROUPS if text.startswith(sort, start)), "")
    known = looks or plain or not text.startswith("?", start)
    if looks:
        start += 3 if text[start + 1] == "<" else 2
    else:
        start += len(plain)
    beginning, end = _either(text, start)
    return (_EMPTY if looks else beginning if known else _ANY | _EMPTY), end + 1


def _set(text: str, at: int) -> tuple[PatternOpening, int]:
    """«[абв]», «[а-я\\d]»: its characters; one that says what is not in it may be anything."""
    found, first = PatternOpening(), at
    denied = text[at] == "^"
    at += denied
    while text[at] != "]" or at == first + denied:
        if text[at] == "\\":
            found, at = found | _escape(text[at + 1]), at + 2
        elif text[at + 1] == "-" and text[at + 2] not in "]\\":
            found |= _of(*map(chr, range(ord(text[at]), ord(text[at + 2]) + 1)))
            at += 3
        else:
            found, at = found | _of(text[at]), at + 1
    return (_ANY if denied or "" in found.whole else found), at + 1


def _escape(sign: str) -> PatternOpening:
    if sign in _ZERO_WIDTH:
        return _EMPTY
    if sign in _SOLID_CLASSES:
        return _SOLID
    if sign == "s":
        return _of(*_BLANKS)
    return _ANY if sign.isalnum() else _of(sign)


def _of(*signs: str) -> PatternOpening:
    return PatternOpening(frozenset(signs))


def _repeated(one: PatternOpening, text: str, at: int) -> tuple[PatternOpening, int]:
    """The atom with its quantifier, and where that ends: what may come again may be followed by itself."""
    start = at
    if at < len(text) and text[at] in "?*+":
        at += 1
    elif at < len(text) - 1 and text[at] == "{" and text[at + 1] in "0123456789,":
        at = text.index("}", at) + 1
    quantifier = text[start:at]
    if not quantifier:
        return one, at
    if at < len(text) and text[at] in "?+":
        at += 1  # lazy, or possessive
    if quantifier != "?":
        one = PatternOpening(one.whole & {""}, one.signs - {""}, one.solid, one.any)
    return (one | _EMPTY if quantifier[:2] in {"?", "*", "{0", "{,"} else one), at
