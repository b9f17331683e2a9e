"""`mailbot train`: the models from the letters that people labelled and marked."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.shared_options import open_store, out
from mailbot.config import Settings, load
from mailbot.services.marked_letters import MarkedLetter, as_training, read_marked
from mailbot.services.sight import Sight


class Only(StrEnum):
    """Some of the models."""

    ROLES = "roles"
    KINDS = "kinds"
    TALK = "talk"


def train(
    letters: Annotated[
        list[Path] | None, typer.Option("--letters", help="Ещё папка размеченных писем (*.txt).")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="В какую папку записать модели.")] = None,
    sight: Annotated[Sight, typer.Option(help="На что модели видов смотреть: для сравнения.")] = Sight.ALL,
    only: Annotated[
        Only | None, typer.Option(help="Только эти модели: roles (числа и имена), kinds или talk.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Не писать, а сравнить с файлами.")] = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Файл настройки.")] = None,
) -> None:
    """Пересобрать модели видов, тем, чисел и имён из размеченных писем; показать перекрёстную проверку."""
    from mailbot.config import resource
    from mailbot.policy.names_file import FILE as NAMES
    from mailbot.policy.names_file import words_text
    from mailbot.policy.roles_file import FILE as ROLES
    from mailbot.policy.roles_file import roles_text
    from mailbot.services import fingerprint
    from mailbot.services.roles_training import train_roles
    from mailbot.services.words_training import train_words

    settings = load(config) if config else Settings()
    folder = to or settings.rules_dir or resource("rules")
    marked = read_marked(resource("training") / "marked")
    same = True
    if only in {None, Only.ROLES}:
        same &= _kept(
            folder / ROLES, roles_text(train_roles(marked), fingerprint.of_roles(marked)), check=check
        )
        same &= _kept(
            folder / NAMES, words_text(train_words(marked), fingerprint.of_words(marked)), check=check
        )
    if only in {None, Only.TALK}:
        same &= _train_talk(folder, marked, check=check)
    if only in {None, Only.KINDS}:
        same &= _train_kinds(
            folder, settings, letters or [], marked, sight, check=check, own=config is not None
        )
    if check:
        raise typer.Exit(0 if same else 1)


def _train_talk(folder: Path, marked: Sequence[MarkedLetter], *, check: bool) -> bool:
    """From the letters of the package alone: own letters have no hands that could be left out."""
    from mailbot.config import resource, sources
    from mailbot.policy import load_rulebook, without_model
    from mailbot.policy.net_file import FILE as NET
    from mailbot.policy.net_file import net_text
    from mailbot.policy.talk_file import FILE, SentenceModels, talk_text
    from mailbot.services import fingerprint
    from mailbot.services.answered_training import answered_lines, train_answered
    from mailbot.services.labelled_hands import read_hands
    from mailbot.services.net_training import train_net
    from mailbot.services.talk_training import talk_clauses, train_talk, whole_sentences
    from mailbot.services.training_letters import read_training
    from mailbot.understanding.accounting.talk import TALK

    rulebook = load_rulebook(without_model(sources("rules")))
    labelled = (
        *read_training([resource("training") / "letters"], (topic.name for topic in rulebook.topics)),
        *read_hands(resource("training") / "hands"),
    )
    talk = resource("training") / "talk"
    found = talk_clauses(marked, labelled, talk, rulebook)
    lines = answered_lines(resource("training") / "answered", talk)
    models = SentenceModels(train_talk(found), train_answered(lines))
    whole = whole_sentences(marked, talk)
    same = _kept(folder / FILE, talk_text(models, fingerprint.of_sentences(found, lines)), check=check)
    return _kept(folder / NET, net_text(train_net(whole, TALK), fingerprint.of_net(whole)), check=check) and same


def _train_kinds(
    folder: Path,
    settings: Settings,
    letters: list[Path],
    marked: Sequence[MarkedLetter],
    sight: Sight,
    *,
    check: bool,
    own: bool,
) -> bool:
    from mailbot.config import resource, sources
    from mailbot.console.evaluation import show_cross_validation
    from mailbot.policy import load_rulebook, without_model
    from mailbot.policy.classifier_file import FILE, classifier_text
    from mailbot.services import fingerprint
    from mailbot.services.cross_validation import cross_validate
    from mailbot.services.fingerprint import EVERY
    from mailbot.services.labelled_hands import read_hands
    from mailbot.services.train import examples, held_out_scores, label_names
    from mailbot.services.train import train as fit
    from mailbot.services.training_letters import corrected, read_training

    rulebook = load_rulebook(without_model(sources("rules", settings.rules_dir)))
    folders = [resource("training") / "letters", *letters]
    labelled = (
        *read_training(folders, (topic.name for topic in rulebook.topics)),
        *as_training(marked),
        *read_hands(resource("training") / "hands"),
    )
    if own:
        with open_store(settings) as store:
            store.check()
            labelled += corrected(store)
    found = examples(labelled, rulebook, sight)
    unseen = held_out_scores(found, label_names(found))
    if not check:
        show_cross_validation(out, cross_validate(found, rulebook.thresholds.also, unseen))
    return _kept(
        folder / FILE,
        classifier_text(fit(found, unseen), fingerprint.of_kinds(labelled, found[::EVERY])),
        check=check,
    )


def _kept(target: Path, text: str, *, check: bool) -> bool:
    """Write the model, or say whether the file holds the same."""
    same = target.exists() and target.read_text(encoding="utf-8") == text
    if check:
        out.print(f"{target}: {'та же модель' if same else 'модель другая; пересоберите её: mailbot train'}")
        return same
    target.write_text(text, encoding="utf-8")
    out.print(f"Записано: {target}, {len(text) // 1024} КБ.")
    return True
