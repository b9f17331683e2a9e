"""`mailbot train`: the models from the letters that people labelled and marked."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.shared_options import open_store, out
from mailbot.config import Settings, load_settings
from mailbot.model import SourceFile
from mailbot.services.training.material.labelled_letters import TrainingLetter
from mailbot.services.training.model_sight import FeatureSet


class ModelChoice(StrEnum):
    """Some of the models."""

    ROLES = "roles"
    KINDS = "kinds"
    TALK = "talk"


def train(
    letters: Annotated[
        list[Path] | None, typer.Option("--letters", help="Ещё папка размеченных писем (*.txt).")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="В какую папку записать модели.")] = None,
    sight: Annotated[
        FeatureSet, typer.Option(help="На что модели видов смотреть: для сравнения.")
    ] = FeatureSet.ALL,
    only: Annotated[
        ModelChoice | None, typer.Option(help="Только эти модели: roles (числа и имена), kinds или talk.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Не писать, а сравнить с файлами.")] = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Файл настройки.")] = None,
) -> None:
    """Пересобрать модели видов, тем, чисел и имён из размеченных писем; показать перекрёстную проверку."""
    from mailbot.config import load_sources, resource_folder
    from mailbot.policy import without_model
    from mailbot.services.training.parallel_work import process_pool

    settings = load_settings(config) if config else Settings()
    folder = to or settings.rules_dir or resource_folder("rules")
    with_kinds = only in {None, ModelChoice.KINDS}
    labelled = _labelled(settings, letters or [], own=config is not None) if with_kinds else ()
    with process_pool() as crew:
        roles, talk = list[Future[ModelFile]](), list[Future[ModelFile]]()
        if only in {None, ModelChoice.ROLES}:
            roles = [crew.submit(_roles), crew.submit(_names)]
        if only in {None, ModelChoice.TALK}:
            talk = [crew.submit(_net), crew.submit(_talk, load_sources("rules"))]
        same = _all_kept(folder, roles, check=check)
        if with_kinds:  # letters are read with the models of numbers and names that were just written
            sources = without_model(load_sources("rules", settings.rules_dir))
            same &= _kept(folder, _kinds(crew, sources, labelled, sight, show=not check), check=check)
        same &= _all_kept(folder, talk, check=check)
    if check:
        raise typer.Exit(0 if same else 1)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The name of a model's file, and what stands in it."""

    name: str
    text: str


def _roles() -> ModelFile:
    from mailbot.config import resource_folder
    from mailbot.policy.rulebook.trained_models.role_models_file import FILE, roles_text
    from mailbot.services.training import fingerprint
    from mailbot.services.training.material.marked_letters import read_marked
    from mailbot.services.training.number_roles import train_roles

    marked = read_marked(resource_folder("training") / "marked")
    return ModelFile(FILE, roles_text(train_roles(marked), fingerprint.of_roles(marked)))


def _names() -> ModelFile:
    from mailbot.config import resource_folder
    from mailbot.policy.rulebook.trained_models.word_models_file import FILE, words_text
    from mailbot.services.training import fingerprint
    from mailbot.services.training.material.marked_letters import read_marked
    from mailbot.services.training.word_tags import train_words

    marked = read_marked(resource_folder("training") / "marked")
    return ModelFile(FILE, words_text(train_words(marked), fingerprint.of_words(marked)))


def _net() -> ModelFile:
    from mailbot.config import resource_folder
    from mailbot.policy.rulebook.trained_models.talk_network_file import FILE, net_text
    from mailbot.services.training import fingerprint
    from mailbot.services.training.material.marked_letters import read_marked
    from mailbot.services.training.talk import whole_sentences
    from mailbot.services.training.talk_network import train_net
    from mailbot.understanding.completeness.small_talk import TALK

    folder = resource_folder("training")
    lines = whole_sentences(read_marked(folder / "marked"), folder / "talk")
    return ModelFile(FILE, net_text(train_net(lines, TALK), fingerprint.of_net(lines)))


def _talk(sources: tuple[SourceFile, ...]) -> ModelFile:
    """From the letters of the package alone: own letters have no hands that could be left out."""
    from mailbot.config import resource_folder
    from mailbot.policy import load_rulebook, without_model
    from mailbot.policy.rulebook.trained_models.talk_models_file import FILE, SentenceModels, talk_text
    from mailbot.services.evaluation.unseen_hands import read_hands
    from mailbot.services.training import fingerprint
    from mailbot.services.training.answered_texts import answered_lines, train_answered
    from mailbot.services.training.material.labelled_letters import read_training
    from mailbot.services.training.material.marked_letters import read_marked
    from mailbot.services.training.talk import talk_clauses, train_talk

    folder = resource_folder("training")
    rulebook = load_rulebook(without_model(sources))
    labelled = (
        *read_training([folder / "letters"], (topic.name for topic in rulebook.topics)),
        *read_hands(folder / "hands"),
    )
    clauses = talk_clauses(read_marked(folder / "marked"), labelled, folder / "talk", rulebook)
    lines = answered_lines(folder / "answered", folder / "talk")
    models = SentenceModels(train_talk(clauses), train_answered(lines))
    return ModelFile(FILE, talk_text(models, fingerprint.of_sentences(clauses, lines)))


def _labelled(settings: Settings, letters: list[Path], *, own: bool) -> tuple[TrainingLetter, ...]:
    """What the models of kinds learn from; `own`: and what the company's people corrected."""
    from mailbot.config import load_sources, resource_folder
    from mailbot.policy import load_rulebook, without_model
    from mailbot.services.evaluation.unseen_hands import read_hands
    from mailbot.services.training.material.labelled_letters import corrected, read_training
    from mailbot.services.training.material.marked_letters import as_training, read_marked

    rulebook = load_rulebook(without_model(load_sources("rules", settings.rules_dir)))
    folders = [resource_folder("training") / "letters", *letters]
    labelled = (
        *read_training(folders, (topic.name for topic in rulebook.topics)),
        *as_training(read_marked(resource_folder("training") / "marked")),
        *read_hands(resource_folder("training") / "hands"),
    )
    if own:
        with open_store(settings) as store:
            store.check()
            labelled += corrected(store)
    return labelled


def _kinds(
    crew: Executor,
    sources: tuple[SourceFile, ...],
    labelled: Sequence[TrainingLetter],
    sight: FeatureSet,
    *,
    show: bool,
) -> ModelFile:
    from mailbot.console.evaluation import show_cross_validation
    from mailbot.policy import load_rulebook
    from mailbot.policy.rulebook.trained_models.classifier_file import FILE, classifier_text
    from mailbot.services.training import fingerprint
    from mailbot.services.training.cross_validation import cross_validate
    from mailbot.services.training.letter_kinds import (
        examples_by,
        fitted,
        held_out_scores,
        label_names,
        with_calibration,
    )

    examples = examples_by(crew.map, labelled, sources, sight)
    whole = crew.submit(fitted, examples, label_names(examples))
    unseen = held_out_scores(examples, label_names(examples), crew.map)
    if show:
        also = load_rulebook(sources).thresholds.also
        show_cross_validation(out, cross_validate(examples, also, unseen))
    model = with_calibration(whole.result(), examples, unseen)
    return ModelFile(
        FILE, classifier_text(model, fingerprint.of_kinds(labelled, examples[:: fingerprint.EVERY]))
    )


def _all_kept(folder: Path, made: Sequence[Future[ModelFile]], *, check: bool) -> bool:
    same = [_kept(folder, future.result(), check=check) for future in made]
    return all(same)


def _kept(folder: Path, model: ModelFile, *, check: bool) -> bool:
    """Write the model, or say whether the file holds the same."""
    target, text = folder / model.name, model.text
    same = target.exists() and target.read_text(encoding="utf-8") == text
    if check:
        out.print(f"{target}: {'та же модель' if same else 'модель другая; пересоберите её: mailbot train'}")
        return same
    target.write_text(text, encoding="utf-8")
    out.print(f"Записано: {target}, {len(text) // 1024} КБ.")
    return True
