"""The likeliest set of numbers and roles of a part, none overlapping another: found exactly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mailbot.model.trained.number_roles import RoleModel, RoleModels
from mailbot.understanding.number_roles.number_features import NumberContext, surroundings
from mailbot.understanding.numbers.number import WrittenNumber

NONE = "none"
"""The class of a stretch that is no number of its own: a piece of one, or two taken together."""


@dataclass(frozen=True, slots=True)
class NumberRole:
    """A number and what it is, with the probability of just that; `log` is ln p of every role of the model."""

    number: WrittenNumber
    role: str
    probability: float
    log: NDArray[np.float32]


UNREAD = 4.0
"""What it costs, in ln p, to leave digits that belong to no number: in a letter every digit means something."""


def likeliest_roles(
    numbers: Sequence[WrittenNumber],
    logs: Sequence[NDArray[np.float32]],
    roles: Sequence[str],
    pieces: Sequence[tuple[int, int]] = (),
) -> list[NumberRole]:
    """Weighted interval scheduling (Kleinberg and Tardos 6.1): O(n log n) for n numbers.

    A number is worth how much likelier its best role is than none; numbers that overlap exclude each other. `pieces` are
    runs of digits, by their place, each of which should belong to one.
    """
    if len(roles) < 2:
        return []  # an untaught model
    none = roles.index(NONE)
    order = sorted(range(len(numbers)), key=lambda at: numbers[at].end)
    ends = [numbers[at].end for at in order]
    starts = [piece[0] for piece in pieces]
    best = [0.0] * (len(order) + 1)
    taken: list[int] = [0] * (len(order) + 1)
    likely = _likely(logs, none)
    for nth, at in enumerate(order, 1):
        number = numbers[at]
        covered = bisect_left(starts, number.end) - bisect_left(starts, number.start)
        worth = float(logs[at][likely[at]] - logs[at][none]) + UNREAD * covered
        before = bisect_right(ends, number.start, hi=nth - 1)
        best[nth] = best[nth - 1]
        if worth + best[before] > best[nth]:
            best[nth], taken[nth] = worth + best[before], before + 1
    assignments = []
    nth = len(order)
    while nth:
        if not taken[nth]:
            nth -= 1
            continue
        at = order[nth - 1]
        role = likely[at]
        assignments.append(NumberRole(numbers[at], roles[role], float(np.exp(logs[at][role])), logs[at]))
        nth = taken[nth] - 1
    return assignments[::-1]


def _likely(logs: Sequence[NDArray[np.float32]], none: int) -> list[int]:
    """The likeliest role of each number, `none` aside."""
    if not logs:
        return []
    own = np.array(logs)
    own[:, none] = -np.inf
    likeliest: list[int] = own.argmax(axis=1).tolist()
    return likeliest


def neighbours(
    found: Sequence[NumberRole], scene: NumberContext, numbers: Sequence[WrittenNumber]
) -> list[list[str]]:
    """For each number what the numbers around are thought to be: the second look's features. O(log n) a number."""
    around = Neighbourhood(found)
    return [list(_beside(around, scene, number)) for number in numbers]


class Neighbourhood:
    """The roles of a part by place, by digits, and by how long numbers begin. Made once for all numbers of the part."""

    def __init__(self, found: Sequence[NumberRole]) -> None:
        self.found = found
        self.starts = [role.number.start for role in found]
        self.ends = [role.number.end for role in found]
        counts = Counter(role.role for role in found)
        self.letter = [f"has={role}:{role in counts}" for role in _TOLD]
        self.letter += [f"several={role}" for role in _TOLD[:4] if counts[role] > 1]
        # of each role two places, or two numbers, tell whether there is one that is not the number's own
        self.twins: dict[str, dict[str, set[int]]] = {}
        self.alike: dict[tuple[int, str], dict[str, set[str]]] = {}
        for assignment in found:
            digits = assignment.number.digits
            twins = self.twins.setdefault(digits, {}).setdefault(assignment.role, set())
            if len(twins) < 2:
                twins.add(assignment.number.start)
            if len(digits) >= _LONG:
                alike = self.alike.setdefault((len(digits), digits[:2]), {}).setdefault(
                    assignment.role, set()
                )
                if len(alike) < 2:
                    alike.add(digits)


_TOLD = ("value", "account", "flat", "house", "phone", "before")
_LONG = 5
"""Numbers of as many digits that begin alike are accounts or serials of one company."""


def _beside(around: Neighbourhood, scene: NumberContext, number: WrittenNumber) -> Iterator[str]:
    assignments, text = around.found, scene.text
    last = bisect_right(around.ends, number.start)
    following = bisect_left(around.starts, number.end)
    for nth, assignment in enumerate(reversed(assignments[max(0, last - 2) : last]), 1):
        yield f"P{nth}={assignment.role}{_over_line(text, assignment.number.end, number.start)}"
    for nth, assignment in enumerate(assignments[following : following + 2], 1):
        yield f"N{nth}={assignment.role}{_over_line(text, number.end, assignment.number.start)}"
    before = assignments[last - 1].role if last else "^"
    after = assignments[following].role if following < len(assignments) else "$"
    yield f"PN={before}_{after}"
    for assignment in assignments[last:following]:
        other = assignment.number
        same = (other.start, other.end, other.digits) == (number.start, number.end, number.digits)
        yield f"S={assignment.role}&{'same' if same else 'part'}"
    yield from around.letter
    twins = around.twins.get(number.digits, {})
    yield from sorted(f"twin={role}" for role, starts in twins.items() if starts - {number.start})
    alike = around.alike.get((len(number.digits), number.digits[:2]), {})
    yield from sorted(f"like={role}" for role, digits in alike.items() if digits - {number.digits})


def _over_line(text: str, start: int, end: int) -> str:
    return "⏎" if text.find("\n", start, end) >= 0 else ""


def roles_of(seen: NumberContext, models: RoleModels) -> list[NumberRole]:
    """Every number of a part with its role, in order: looked at alone first, then beside its neighbours."""
    features = [surroundings(seen, number) for number in seen.numbers]
    first = likeliest_roles(seen.numbers, _logs(models.first, features), models.first.classes, seen.digits)
    beside = neighbours(first, seen, seen.numbers)
    again = [[*row, *others] for row, others in zip(features, beside, strict=True)]
    return likeliest_roles(seen.numbers, _logs(models.second, again), models.second.classes, seen.digits)


def measure_of(
    seen: NumberContext, around: Neighbourhood, one: NumberRole, model: RoleModel
) -> tuple[str, float]:
    """What a value measures and in which unit («hot_water м3»), with its probability."""
    features = [*surroundings(seen, one.number), *_beside(around, seen, one.number)]
    logs = model.log_probabilities(features)
    best = int(np.argmax(logs))
    return model.classes[best], float(np.exp(logs[best]))


def _logs(model: RoleModel, features: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
    return model.all_log_probabilities(features)
