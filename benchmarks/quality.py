"""`python -m benchmarks.quality FOLDER…`: the figures of `mailbot eval` beside poorer models, as a table.

Each model learns from the same training letters: all terms, the n-grams alone, the word lists alone.
Only what kinds depend on can differ; readings, contacts and rules are found by the same code.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mailbot.config import load_sources, resource_folder
from mailbot.policy import load_rulebook, with_model, without_model
from mailbot.policy.rulebook.trained_models.classifier_file import classifier_text
from mailbot.services.evaluation.counting import Evaluation, Share
from mailbot.services.evaluation.evaluate import evaluate_letters
from mailbot.services.evaluation.judging import judge
from mailbot.services.evaluation.labelled_folder import read_folder
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.training.cross_validation import CrossValidation, cross_validate
from mailbot.services.training.letter_kinds import examples, train
from mailbot.services.training.material.labelled_letters import read_training
from mailbot.services.training.material.marked_letters import as_training, read_marked
from mailbot.services.training.model_sight import FeatureSet

TITLES = {FeatureSet.WORDS: "word lists alone", FeatureSet.NGRAMS: "n-grams alone", FeatureSet.ALL: "mailbot"}


def main(folders: list[Path]) -> None:
    rules = load_sources("rules")
    blank = load_rulebook(without_model(rules))
    told = read_training([resource_folder("training") / "letters"], (topic.name for topic in blank.topics))
    letters = (*told, *as_training(read_marked(resource_folder("training") / "marked")))
    known = {sight: examples(letters, blank, sight) for sight in TITLES}
    models = {sight: classifier_text(train(found)) for sight, found in known.items()}
    print(f"## Cross-validation by writers on {len(letters)} training letters\n")
    _table(_cross_rows([cross_validate(known[sight], blank.thresholds.also) for sight in TITLES]))
    for folder in folders:
        labelled = read_folder(folder)
        evaluations = []
        for sight in TITLES:
            in_force = load_checked_rules(0, (*with_model(rules, models[sight]), *load_sources("templates")))
            evaluations.append(evaluate_letters(judge(labelled, in_force, resource_folder("db"))))
        print(f"\n## `{folder.name}`: {len(labelled.letters)} letters, {len(labelled.threads)} threads\n")
        _table(_rows(evaluations))


def _cross_rows(found: list[CrossValidation]) -> list[list[str]]:
    return [
        ["primary kind, accuracy", *(f"{one.primary_accuracy:.4f}" for one in found)],
        ["primary kind, macro-F1", *(f"{one.primary_macro_f1:.4f}" for one in found)],
        ["all kinds, mean F1", *(f"{one.kinds_f1:.4f}" for one in found)],
        ["log-loss of kinds", *(f"{one.log_loss:.4f}" for one in found)],
        ["calibration error of kinds", *(f"{one.calibration_error:.4f}" for one in found)],
    ]


def _rows(evaluations: list[Evaluation]) -> list[list[str]]:
    by_name = [{figure.name: figure.value for figure in one.figures} for one in evaluations]
    return [[name, *(_words(one[name]) for one in by_name)] for name in by_name[-1]]


def _words(value: Share | float) -> str:
    if not isinstance(value, Share):
        return f"{value:.4f}"
    return f"{value.good}/{value.whole}" + ("" if value.value is None else f" ({value.value:.1%})")


def _table(rows: list[list[str]]) -> None:
    print("| figure | " + " | ".join(TITLES.values()) + " |")
    print("|---" * (len(TITLES) + 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]] or [resource_folder("training").parent / "evaluation"])
