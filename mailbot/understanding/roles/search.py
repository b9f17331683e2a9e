"""The likeliest set of numbers and roles of a part, none overlapping another: found exactly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mailbot.model.role_model import RoleModel, RoleModels
from mailbot.understanding.numbers.written import Number
from mailbot.understanding.roles.surroundings import Scene, surroundings

NONE = "none"
"""The class of a stretch that is no number of its own: a piece of one, or two taken together."""


@dataclass(frozen=True, slots=True)
class Role:
    """A number and what it is, with the probability of just that; `log` is ln p of every role of the model."""

    number: Number
    role: str
    probability: float
    log: NDArray[np.float32]


UNREAD = 4.0
"""What it costs, in ln p, to leave digits that belong to no number: in a letter every digit means something."""


def likeliest(
    numbers: Sequence[Number],
    logs: Sequence[NDArray[np.float32]],
    roles: Sequence[str],
    pieces: Sequence[tuple[int, int]] = (),
) -> list[Role]:
    """Weighted interval scheduling (Kleinberg and Tardos 6.1): O(n log n) for n numbers.

    A number is worth how much likelier its best role is than none; numbers that overlap exclude each other. `pieces` are
    runs of digits, by their place, each of which should belong to one.
    """
    none = roles.index(NONE)
    order = sorted(range(len(numbers)), key=lambda at: numbers[at].end)
    ends = [numbers[at].end for at in order]
    starts = [piece[0] for piece in pieces]
    best = [0.0] * (len(order) + 1)
    taken: list[int] = [0] * (len(order) + 1)
    own = np.arange(len(roles)) != none
    for nth, at in enumerate(order, 1):
        number, log = numbers[at], logs[at]
        covered = bisect_left(starts, number.end) - bisect_left(starts, number.start)
        worth = float(log[own].max() - log[none]) + UNREAD * covered
        before = bisect_right(ends, number.start, hi=nth - 1)
        best[nth] = best[nth - 1]
        if worth + best[before] > best[nth]:
            best[nth], taken[nth] = worth + best[before], before + 1
    found = []
    nth = len(order)
    while nth:
        if not taken[nth]:
            nth -= 1
            continue
        at = order[nth - 1]
        role = int(np.argmax(np.where(own, logs[at], -np.inf)))
        found.append(Role(numbers[at], roles[role], float(np.exp(logs[at][role])), logs[at]))
        nth = taken[nth] - 1
    return found[::-1]


def neighbours(found: Sequence[Role], scene: Scene, number: Number) -> list[str]:
    """What the numbers around are thought to be: the second look's features."""
    names = []
    before = [one for one in found if one.number.end <= number.start]
    after = [one for one in found if one.number.start >= number.end]
    same = [one for one in found if one.number.start < number.end and number.start < one.number.end]
    for nth, one in enumerate(reversed(before[-2:]), 1):
        far = "⏎" if "\n" in scene.text[one.number.end : number.start] else ""
        names.append(f"P{nth}={one.role}{far}")
    for nth, one in enumerate(after[:2], 1):
        far = "⏎" if "\n" in scene.text[number.end : one.number.start] else ""
        names.append(f"N{nth}={one.role}{far}")
    p = before[-1].role if before else "^"
    n = after[0].role if after else "$"
    names.append(f"PN={p}_{n}")
    for one in same:
        whole = (
            "same"
            if (one.number.start, one.number.end, one.number.digits)
            == (number.start, number.end, number.digits)
            else "part"
        )
        names.append(f"S={one.role}&{whole}")
    roles = {one.role for one in found}
    counts = {role: sum(one.role == role for one in found) for role in ("value", "account", "flat", "house")}
    for role in ("value", "account", "flat", "house", "phone", "before"):
        names.append(f"has={role}:{role in roles}")
    for role, count in counts.items():
        if count > 1:
            names.append(f"several={role}")
    twins = {
        one.role for one in found if one.number.digits == number.digits and one.number.start != number.start
    }
    names += [f"twin={role}" for role in twins]
    names += [f"like={role}" for role in _roles_of_alike(found, number)]
    return names


_LONG = 5


def _roles_of_alike(found: Sequence[Role], number: Number) -> set[str]:
    """What other numbers of as many digits are that begin alike: accounts and serials of one company."""
    digits = number.digits
    if len(digits) < _LONG:
        return set()
    return {
        other.role
        for other in found
        if other.number.start != number.start
        and len(other.number.digits) == len(digits)
        and other.number.digits[:2] == digits[:2]
        and other.number.digits != digits
    }


def roles_of(seen: Scene, models: RoleModels) -> list[Role]:
    """Every number of a part with its role, in order: looked at alone first, then beside its neighbours."""
    features = [surroundings(seen, number) for number in seen.numbers]
    first = likeliest(seen.numbers, _logs(models.first, features), models.first.classes, seen.digits)
    again = [
        [*row, *neighbours(first, seen, number)] for row, number in zip(features, seen.numbers, strict=True)
    ]
    return likeliest(seen.numbers, _logs(models.second, again), models.second.classes, seen.digits)


def measure_of(seen: Scene, found: Sequence[Role], one: Role, model: RoleModel) -> tuple[str, float]:
    """What a value measures and in which unit («hot_water м3»), with its probability."""
    features = [*surroundings(seen, one.number), *neighbours(found, seen, one.number)]
    logs = model.log_probabilities(features)
    best = int(np.argmax(logs))
    return model.classes[best], float(np.exp(logs[best]))


def _logs(model: RoleModel, features: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
    return [model.log_probabilities(row) for row in features]
