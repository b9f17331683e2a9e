"""Two numbers make scores probabilities: those that a general solver finds too, and none where nothing was asked."""

from __future__ import annotations

import numpy as np
import pytest

from mailbot.services.training.calibration import MIN_SLOPE, STRENGTH, slope_and_offset


@pytest.mark.parametrize("balanced", [False, True])
@pytest.mark.parametrize("share", [0.5, 0.01])
def test_they_are_those_of_a_logistic_regression(share: float, balanced: bool) -> None:
    from sklearn.linear_model import LogisticRegression

    chance = np.random.default_rng(1)
    answers = chance.random(2_000) < share
    scores = np.where(answers, 1.5, -1.5) + chance.standard_normal(2_000) * 2
    weighing = "balanced" if balanced else None
    model = LogisticRegression(C=STRENGTH, class_weight=weighing, solver="liblinear", tol=1e-8)
    model.fit(scores[:, None], answers)
    found = slope_and_offset(scores.tolist(), answers.tolist(), balanced=balanced)
    assert found == pytest.approx((model.coef_[0, 0], model.intercept_[0]), abs=2e-3)


def test_scores_that_part_the_answers_end_somewhere_too() -> None:
    slope, offset = slope_and_offset([-900.0, -700.0, 800.0], [False, False, True], balanced=False)
    assert np.isfinite(offset)
    assert 0 < slope < STRENGTH


def test_scores_that_mislead_are_hardly_believed() -> None:
    assert (
        slope_and_offset([3.0, 2.0, -2.0, -3.0], [False, False, True, True], balanced=False)[0] == MIN_SLOPE
    )


@pytest.mark.parametrize(("answer", "offset"), [(True, 5.0), (False, -5.0)])
def test_an_answer_that_is_always_the_same_needs_no_score(answer: bool, offset: float) -> None:
    assert slope_and_offset([1.0, -1.0], [answer, answer], balanced=False) == (MIN_SLOPE, offset)
