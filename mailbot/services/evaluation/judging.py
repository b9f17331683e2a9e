"""Labelled letters sent the real way: each through the same rooms, a thread through a real database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from mailbot.model import CaseState, Reading, Rulebook
from mailbot.model.resource import may_be_charged
from mailbot.parsing import parse, read_envelope
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.writing.effect_of_text import ClosingInsistence
from mailbot.services.evaluation.labelled_folder import LabelledFolder, LabelledLetter, LetterThread
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.handle import handle
from mailbot.services.letters.letter_in_context import register_in_hand
from mailbot.services.trial.explanation import Explanation, explain, explained
from mailbot.services.trial.imported_register import explain_with_register, fill_store, import_into_new_store
from mailbot.store import Store
from mailbot.store.accounts import client_addresses
from mailbot.store.cases import summaries
from mailbot.store.decisions import context as stored_context
from mailbot.store.mail import incoming
from mailbot.understanding import understand

BY = "оценка"


@dataclass(frozen=True, slots=True)
class JudgedLetter:
    label: LabelledLetter
    result: Explanation

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What the letter gives for billing, as labels name it: cold water, which is told so to the writer, is none."""
        readings = self.result.facts.readings
        return tuple(reading for reading in readings if may_be_charged(reading.resource))


@dataclass(frozen=True, slots=True)
class JudgedThread:
    label: LetterThread
    result: Explanation


@dataclass(frozen=True, slots=True)
class JudgedFolder:
    letters: tuple[JudgedLetter, ...]
    threads: tuple[JudgedThread, ...]

    @property
    def all(self) -> tuple[JudgedLetter | JudgedThread, ...]:
        return (*self.letters, *self.threads)


def judge(folder: LabelledFolder, rules: ActiveRules, migrations: Path) -> JudgedFolder:
    """Every letter as the first of its sender, every thread after its first letter was answered by a person."""
    letters = tuple(_letters(folder, rules, migrations))
    if not folder.threads:
        return JudgedFolder(letters, ())
    with tempfile.TemporaryDirectory(prefix="mailbot-eval-") as home:
        empty = _migrated(Path(home) / "empty.db", migrations, folder, rules.rulebook)
        threads = tuple(_thread(label, rules, empty, migrations) for label in folder.threads)
    return JudgedFolder(letters, threads)


def _letters(folder: LabelledFolder, rules: ActiveRules, migrations: Path) -> Iterator[JudgedLetter]:
    """With the whole register in hand where the folder has one, else with its senders alone."""
    rulebook = rules.rulebook
    if folder.files is None:
        for label in folder.letters:
            at = label.raw.received_at
            yield JudgedLetter(label, explain(label.raw, rulebook, rules.templates, folder.register, at))
        return
    with import_into_new_store(folder.files, rulebook, migrations) as store:
        store.do(client_addresses.import_clients, folder.register or ())
        for label in folder.letters:
            at = label.raw.received_at
            yield JudgedLetter(label, explain_with_register(store, rulebook, rules.templates, label.raw, at))


def _migrated(path: Path, migrations: Path, folder: LabelledFolder, rulebook: Rulebook) -> Path:
    with _opened(path, migrations) as store:
        store.migrate()
        if folder.files is not None:
            fill_store(store, folder.files, rulebook)
        store.do(client_addresses.import_clients, folder.register or ())
    return path


def _thread(label: LetterThread, rules: ActiveRules, empty: Path, migrations: Path) -> JudgedThread:
    """Each thread has the database to itself: no other writer's letters stand in it."""
    rulebook, path = rules.rulebook, empty.with_name("thread.db")
    shutil.copyfile(empty, path)
    with _opened(path, migrations) as store:
        _answered(store, label, rules)
        judged = label.second.received_at
        kept = store.do(
            incoming.save_letter, label.second, read_envelope(label.second.content), None, label.file, judged
        )
        letter = parse(label.second)
        facts = understand(letter, rulebook, register_in_hand(store, letter))
        with store.write() as transaction:
            context = stored_context.context(
                transaction, kept.letter_id, letter, facts, judged, rulebook.channels.time_zone
            )
    result = explained(label.second, letter, facts, context, rulebook, rules.templates, judged)
    return JudgedThread(label, result)


def _answered(store: Store, label: LetterThread, rules: ActiveRules) -> None:
    """Take the first letter in, decide it, and answer it on substance as a person would."""
    now = label.first.received_at
    kept = store.do(
        incoming.save_letter, label.first, read_envelope(label.first.content), None, label.file, now
    )
    handle(store, rules, kept.letter_id, now)
    (case,) = store.ask(summaries.cases, None, 1)
    number = case.number or str(case.id)
    at = max(label.answered_at, now + timedelta(minutes=1))
    if case.state is not CaseState.AWAITING_REVIEW:
        acts.take_back(store, ActContext(number, None, BY, at), "ответ даст сотрудник")
        (case,) = store.ask(summaries.cases, None, 1)
        number = case.number or number
    letter_sending.send(
        store, rules, ActContext(number, None, BY, at), label.answer, closing=ClosingInsistence.INSISTED
    )


@contextmanager
def _opened(path: Path, migrations: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{path}", migrations)
    try:
        yield store
    finally:
        store.close()
        for rest in path.parent.glob(path.name + "-*"):
            rest.unlink()
