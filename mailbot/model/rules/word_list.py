"""A tuple of expressions that remembers its hash."""

from __future__ import annotations


class WordList(tuple[str, ...]):
    """Equal to the plain tuple. What was compiled of a list is looked up by it some hundred times a letter, and a tuple
    would ask each of its words anew every time."""

    def __hash__(self) -> int:
        if not hasattr(self, "_hash"):
            self._hash = super().__hash__()
        return self._hash
