"""Training and scoring see the same letter: what `term_values` says by name, a model weighs by row."""

from __future__ import annotations

from math import exp

import pytest

from mailbot.model import Rulebook
from mailbot.understanding import features_of, term_values
from mailbot.understanding.classification.trained_model import probabilities
from tests.understanding.letters import make_letter

LETTERS = (
    "Лицевой счёт 4710325, горячая вода 345. Спасибо!",
    "Третий день холодные батареи, в детской 15 градусов. Когда это кончится? Петрова, Мира 5-12",
    "Подскажите, пожалуйста, как оплатить. Как оплатить?",
    "ТРУБУ ПРОРВАЛО",
)


@pytest.mark.parametrize("body", LETTERS)
def test_a_label_is_as_likely_as_the_terms_that_training_sees_make_it(body: str, rulebook: Rulebook) -> None:
    model = rulebook.classifier
    features = features_of(make_letter(body), rulebook)
    terms = model.list_terms()
    values = term_values(features, terms)
    found = probabilities(features, model)
    for at, label in enumerate(model.labels):
        score = label.intercept + sum(
            value * dict(terms[name].weights).get(at, 0.0) for name, value in values.items()
        )
        expected = 1 / (1 + exp(-(label.slope * score + label.offset)))
        assert found[label.name] == pytest.approx(expected, abs=1e-4)
