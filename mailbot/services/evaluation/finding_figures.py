"""Figures of what was found: kinds, readings, contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mailbot.model import Action, LetterKind
from mailbot.services.evaluation.counting import (
    EvaluationFailure,
    EvaluationFigure,
    Share,
    answered,
    count,
    failed,
    owed_of,
)
from mailbot.services.evaluation.judging import JudgedLetter
from mailbot.services.evaluation.label_agreement import SAME, Values, comparable_readings
from mailbot.services.evaluation.labelled_folder import ANSWER, IGNORE, NO_REPLY, LabelledLetter
from mailbot.services.training.classifier_measures import f1
from mailbot.services.trial.explanation import shown_contact

_TITLES = {"name": "Имя", "account": "Лицевой счёт", "phone": "Телефон", "address": "Адрес"}


def kinds(letters: Sequence[JudgedLetter]) -> tuple[EvaluationFigure, ...]:
    clients = owed_of(letters, ANSWER, NO_REPLY + "no_contacts")
    pairs = [_comparable(client) for client in clients]
    mean = sum(f1(len(a & b), len(b - a), len(a - b)) for a, b in pairs) / max(1, len(pairs))
    exact = sum(a == b for a, b in pairs)
    return (
        EvaluationFigure("primary_macro_f1", "Главный вид, macro-F1, все письма", _macro(letters)),
        EvaluationFigure(
            "primary_macro_f1_clients", "Главный вид, macro-F1, письма клиентов", _macro(clients)
        ),
        EvaluationFigure("kinds_f1", "Все виды письма, средняя F1", mean),
        EvaluationFigure("kinds_exact", "Все виды угаданы точно", Share(exact, len(pairs))),
    )


def _comparable(one: JudgedLetter) -> tuple[frozenset[LetterKind], frozenset[LetterKind]]:
    """The kinds of the label and those found; a demand inside a complaint is a question or none, as clerks differ."""
    label, judged = one.label.kinds, frozenset(kind.value for kind in one.result.facts.kinds)
    demand = {LetterKind.QUESTION} if LetterKind.COMPLAINT in label else set[LetterKind]()
    return label - demand, judged - demand


def _macro(letters: Sequence[JudgedLetter]) -> float:
    """Mean F1 over the kinds that labels name."""
    scores = []
    for kind in {letter.label.primary for letter in letters}:
        pairs = [(letter.label.primary is kind, letter.result.facts.primary is kind) for letter in letters]
        counts = Counter(pairs)
        scores.append(f1(counts[True, True], counts[False, True], counts[True, False]))
    return sum(scores) / max(1, len(scores))


def _labelled(label: LabelledLetter) -> Values:
    return comparable_readings((reading.account, str(reading.value)) for reading in label.readings)


def _found(one: JudgedLetter) -> Values:
    return comparable_readings((reading.account, str(reading.value)) for reading in one.readings)


def _differ(one: JudgedLetter) -> bool:
    return _found(one) != _labelled(one.label)


def readings(
    letters: Sequence[JudgedLetter], failures: list[EvaluationFailure]
) -> tuple[EvaluationFigure, ...]:
    given = [letter for letter in letters if letter.label.readings]
    bare = [letter for letter in letters if not letter.label.readings]
    taken = [letter for letter in letters if letter.result.decision.action is Action.READING_ACCEPTED]
    wrong = [letter for letter in given if _differ(letter)]
    for letter in wrong:
        failures.append(
            failed(
                "показания",
                letter,
                f"в письме {_list(_labelled(letter.label))}, вышло {_list(_found(letter))}",
            )
        )
    ghosts = count(bare, lambda letter: bool(letter.readings), failures, "показание из ничего")
    accepted = count(taken, _differ, failures, "принято неверное")
    clean = [
        letter
        for letter in given
        if letter.label.must == ANSWER and letter.label.kinds == {LetterKind.READING}
    ]
    finished = sum(answered(letter.result) for letter in clean)
    return (
        EvaluationFigure(
            "readings_exact", "Показания прочитаны точно", Share(len(given) - len(wrong), len(given))
        ),
        EvaluationFigure("readings_ghost", "Показания там, где их нет", ghosts),
        EvaluationFigure("readings_accepted_wrong", "Приняты неверные показания", accepted),
        EvaluationFigure(
            "readings_finished", "Чистые показания приняты без сотрудника", Share(finished, len(clean))
        ),
    )


def _list(values: Values) -> str:
    return ", ".join(f"{account or '—'}: {value}" for account, value in values.elements()) or "ничего"


def contacts(
    letters: Sequence[JudgedLetter], failures: list[EvaluationFailure]
) -> tuple[EvaluationFigure, ...]:
    figures = []
    for field, title in _TITLES.items():
        given = [
            letter
            for letter in letters
            if letter.label.must != IGNORE and getattr(letter.label.contacts, field)
        ]
        good = 0
        for letter in given:
            label, shown = getattr(letter.label.contacts, field), shown_contact(letter.result, field)
            if shown and SAME[field](label, shown):
                good += 1
            else:
                failures.append(failed(title, letter, f"в письме «{label}», вышло «{shown or ''}»"))
        figures.append(EvaluationFigure(f"contact_{field}", title, Share(good, len(given))))
    return tuple(figures)
