"""From marked letters to the models of roles: multinomial regressions, the second fed with first looks at unseen hands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

from mailbot.model.trained.number_roles import NUMBER_ROLES, RoleModel, RoleModels, single_class_model
from mailbot.services.training.material.marked_letters import MarkedLetter, MarkedStretch
from mailbot.services.training.material.marked_register import marked_register
from mailbot.services.training.parallel_work import one_thread
from mailbot.understanding.number_roles.best_assignment import NONE, NumberRole, likeliest_roles, neighbours
from mailbot.understanding.number_roles.letter_features import about_letter, quoted_lines
from mailbot.understanding.number_roles.number_features import NumberContext, scene, surroundings
from mailbot.understanding.number_roles.register_features import number_facts
from mailbot.understanding.numbers.number import NumberForm, WrittenNumber

EXACT = frozenset("account value before difference norole_value serial phone house flat".split())
_ORDER = {
    form: nth
    for nth, form in enumerate(
        (
            NumberForm.DATE,
            NumberForm.CLOCK,
            NumberForm.DECIMAL,
            NumberForm.MIXED,
            NumberForm.GROUPED,
            NumberForm.SAID,
            NumberForm.PLAIN,
            NumberForm.CODE,
            NumberForm.SAID_JOINED,
            NumberForm.JOINED,
        )
    )
}


@dataclass(frozen=True, slots=True)
class NumberTrainingPart:
    """A part of a marked letter: what is seen of each number, and what it is."""

    hand: str
    scene: NumberContext
    features: list[list[str]]
    labels: list[str]
    measures: list[str]


def shown(letter: MarkedLetter) -> list[NumberTrainingPart]:
    about = about_letter(letter.subject, letter.body)
    register = marked_register(letter)
    result = []
    for part, text, marks in (
        ("subject", letter.subject, letter.in_subject),
        ("body", letter.body, letter.in_body),
    ):
        seen = scene(part, text, quoted_lines(text), about)
        seen = seen.beside(number_facts(seen.numbers, register))
        labels, measures = label(seen.numbers, marks, text)
        features = [surroundings(seen, number) for number in seen.numbers]
        result.append(NumberTrainingPart(letter.hand, seen, features, labels, measures))
    return result


def label(
    numbers: Sequence[WrittenNumber], marks: Iterable[MarkedStretch], text: str
) -> tuple[list[str], list[str]]:
    """The role of every candidate, NONE for all that no mark names as it is; and of values what they measure."""
    labels, measures = [NONE] * len(numbers), [""] * len(numbers)
    for mark in marks:
        if mark.role not in NUMBER_ROLES:
            continue
        inside = [
            at for at, number in enumerate(numbers) if mark.start <= number.start and number.end <= mark.end
        ]
        exact = mark.role in EXACT
        chosen = _exact(numbers, inside, mark, text) if exact else _whole(numbers, inside)
        for at in chosen:
            labels[at] = mark.role
            measures[at] = f"{mark.resource} {mark.unit}" if mark.role == "value" else ""
    return labels, measures


def _exact(numbers: Sequence[WrittenNumber], inside: list[int], mark: MarkedStretch, text: str) -> list[int]:
    wanted = mark.digits.replace(",", ".")
    if not wanted:
        written = re.sub(r"[\s()+№]", "", text[mark.start : mark.end].lower())
        wanted = (
            re.sub(r"(?<=\d)[-–](?=\d)", "", written)
            if mark.role in {"account", "phone", "serial"}
            else written.replace(",", ".")
        )
    right = [at for at in inside if _equal(numbers[at].digits, wanted, mark.role)]
    if not right:
        right = [at for at in inside if (numbers[at].start, numbers[at].end) == (mark.start, mark.end)]
        right = sorted(right, key=lambda at: _ORDER[numbers[at].form])[:1]
    if len(right) > 1:
        widest = max(numbers[at].end - numbers[at].start for at in right)
        right = [at for at in right if numbers[at].end - numbers[at].start == widest]
        right = sorted(right, key=lambda at: _ORDER[numbers[at].form])[:1]
    return right or _whole(numbers, inside) if mark.role not in {"account", "value", "phone"} else right


def _equal(digits: str, wanted: str, role: str) -> bool:
    if digits == wanted:
        return True
    if role in {"value", "before", "difference", "norole_value"}:
        try:
            return Decimal(digits) == Decimal(wanted)
        except InvalidOperation:
            return False
    bare = re.sub(r"\W", "", wanted)
    return bool(bare) and bare == re.sub(r"\W", "", digits)


def _whole(numbers: Sequence[WrittenNumber], inside: list[int]) -> list[int]:
    """Of candidates within a mark the widest that do not overlap, of the likeliest form."""
    chosen: list[int] = []
    for at in sorted(
        inside, key=lambda at: (-(numbers[at].end - numbers[at].start), _ORDER[numbers[at].form])
    ):
        if all(
            numbers[at].end <= numbers[other].start or numbers[other].end <= numbers[at].start
            for other in chosen
        ):
            chosen.append(at)
    return chosen


def fit(
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    strength: float = 1.0,
    least: int = 3,
    sample_weights: Sequence[float] | None = None,
) -> RoleModel:
    """A multinomial logistic regression; the same rows in the same order give the same numbers. `sample_weights`: one a row."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows for name in row)
    index = {
        name: nth for nth, name in enumerate(sorted(name for name, count in counts.items() if count >= least))
    }
    columns: list[int] = []
    starts = [0]
    for row in rows:
        columns += [index[name] for name in row if name in index]
        starts.append(len(columns))
    matrix: Any = csr_matrix(
        (np.ones(len(columns), dtype=np.float32), columns, starts), shape=(len(rows), len(index))
    )
    if len(set(labels)) < 2:
        return single_class_model(labels[0] if labels else NONE)
    model = LogisticRegression(C=strength, max_iter=120, tol=1e-3)
    with one_thread():
        model.fit(matrix, list(labels), sample_weight=sample_weights)
    roles = tuple(str(name) for name in model.classes_)
    bias, weights = model.intercept_, model.coef_.T
    if len(roles) == 2:  # scikit-learn keeps the second class alone
        bias, weights = np.hstack((-bias, bias)) / 2, np.hstack((-weights, weights)) / 2
    return RoleModel(roles, bias.astype(np.float32), weights.astype(np.float32), index)


FOLDS = 3
"""The second look learns from first looks of models that had not seen the hand."""


def train_roles(letters: Sequence[MarkedLetter]) -> RoleModels:
    """The models of these letters; the same letters in the same order give the same numbers."""
    parts = [part for letter in letters for part in shown(letter)]
    first = fit(
        [row for part in parts for row in part.features], [label for part in parts for label in part.labels]
    )
    rows, labels, measured_rows, measures = [], [], [], []
    for part, assignments in _first_looks(parts):
        around = neighbours(assignments, part.scene, part.scene.numbers)
        for row, others, said, measure in zip(part.features, around, part.labels, part.measures, strict=True):
            whole = [*row, *others]
            rows.append(whole)
            labels.append(said)
            if said == "value":
                measured_rows.append(whole)
                measures.append(measure)
    return RoleModels(first, fit(rows, labels), fit(measured_rows, measures))


def _first_looks(parts: Sequence[NumberTrainingPart]) -> list[tuple[NumberTrainingPart, list[NumberRole]]]:
    hands = sorted({part.hand for part in parts})
    found = []
    for fold in range(FOLDS):
        unseen = frozenset(hands[fold::FOLDS])
        learned = [part for part in parts if part.hand not in unseen]
        model = fit(
            [row for part in learned for row in part.features],
            [label for part in learned for label in part.labels],
        )
        for part in parts:
            if part.hand in unseen:
                logs = model.all_log_probabilities(part.features)
                found.append(
                    (part, likeliest_roles(part.scene.numbers, logs, model.classes, part.scene.digits))
                )
    return found
