"""How far a word is from another, in slips of the pen."""

from __future__ import annotations

SHORT, MIDDLING = 5, 8
"""Letters from which one slip, and two, leave a word what it was."""


def edit_distance(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many, or swapped with a neighbour (optimal string alignment); `most` + 1 beyond it."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        new = [at]
        for to, its in enumerate(other, 1):
            cost = min(row[to] + 1, new[to - 1] + 1, row[to - 1] + (letter != its))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == its:
                cost = min(cost, before[to - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return row[-1]


def max_edit_distance(word: str) -> int:
    """How many slips a word of that length may hold and still be known."""
    return 0 if len(word) < SHORT else 1 if len(word) < MIDDLING else 2
