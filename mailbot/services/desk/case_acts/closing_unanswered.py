"""Closing a letter without an answer: whoever does it is asked once, with the client's words that are at stake.

A letter in which nothing is found that could be owed an answer is closed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import CaseState, Priority, RequestRefused, Rulebook
from mailbot.model.case.staff_act import CaseAct
from mailbot.services.confirmation import ConfirmationLevel
from mailbot.services.desk.case_acts.acts import ActContext, record_act
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.case_file.possible_repeat import repeat_of
from mailbot.services.desk.case_file.unaccounted_text import find_left_over
from mailbot.store import Store
from mailbot.store.casework import moves_and_answers

MAX_WORDS = 4
"""Sentences and numbers of one sort that are shown; the whole letter stands beside them."""


@dataclass(frozen=True, slots=True)
class UnansweredMatter:
    """What of the letter would stay unanswered, in Russian: «телефон», and the client's words."""

    what: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what}: {'; '.join(self.words)}"


class AnswerMayBeOwed(RequestRefused):
    """The letter holds what may be owed an answer, and the person has not said that they are sure."""

    def __init__(self, stakes: tuple[UnansweredMatter, ...]) -> None:
        super().__init__(f"В письме есть то, на что может быть нужен ответ ({stakes[0]}).")
        self.stakes = stakes


def silence(
    store: Store,
    rulebook: Rulebook,
    page: ActContext,
    file: CaseFile,
    clause: str,
    sureness: ConfirmationLevel,
) -> None:
    """No reply is owed, by a clause of the standard. AnswerMayBeOwed: the person is to be asked first."""
    if clause not in {rule.clause for rule in rulebook.no_reply}:
        raise RequestRefused("Выберите пункт стандарта, по которому ответ не положен.")
    if not _is_compared(store, rulebook, file, clause):
        _ask(file, sureness)
    with record_act(store, page, CaseAct.SILENCE, clause) as (transaction, _):
        why = f"ответ не положен: п. {clause}"
        moves_and_answers.move(
            transaction, page.number, CaseState.SILENCED, page.by, why, page.now, clause=clause
        )


def ignore(store: Store, page: ActContext, file: CaseFile, sureness: ConfirmationLevel) -> None:
    """Not a client's letter. AnswerMayBeOwed: the person is to be asked first."""
    _ask(file, sureness)
    with record_act(store, page, CaseAct.IGNORE) as (transaction, _):
        moves_and_answers.move(
            transaction, page.number, CaseState.IGNORED, page.by, "не обращение клиента", page.now
        )


def _ask(file: CaseFile, sureness: ConfirmationLevel) -> None:
    if sureness is ConfirmationLevel.ONCE and (stakes := find_stakes(file)):
        raise AnswerMayBeOwed(stakes)


def _is_compared(store: Store, rulebook: Rulebook, file: CaseFile, clause: str) -> bool:
    """Do both letters and our answer stand side by side, and says the new one nothing that the others do not?"""
    repeat = repeat_of(store, file, rulebook)
    return repeat is not None and repeat.clause == clause and not any(piece.new for piece in repeat.fresh)


def find_stakes(file: CaseFile) -> tuple[UnansweredMatter, ...]:
    """What in the letter may be owed an answer, the gravest first; empty where nothing is found."""
    words_by_matter = {what: tuple(dict.fromkeys(words)) for what, words in _stakes(file)}
    return tuple(
        UnansweredMatter(what, words[:MAX_WORDS]) for what, words in words_by_matter.items() if words
    )


def _stakes(file: CaseFile) -> Iterator[tuple[str, list[str]]]:
    if file.judged is None or file.letter is None:
        yield "программа письмо не разобрала", ["прочитайте его целиком"]
        return
    facts, contacts = file.judged.facts, file.judged.facts.contacts
    alarming = [f"«{file.letter.quote(span)}»" for phrase in facts.urgent for span in phrase.spans]
    marked = ["так отмечено"] if facts.urgent or file.line.rank == Priority.EMERGENCY.rank else []
    yield "авария", alarming or marked
    yield "показания", [str(reading.value) for reading in facts.readings]
    yield "лицевой счёт", [account.value for account in (*contacts.accounts, *facts.implied)]
    yield "имя", [name.value for name in (*contacts.names, *contacts.surnames)]
    yield "телефон", [phone.value for phone in contacts.phones]
    yield "адрес", [address.value for address in contacts.addresses]
    earlier = [f"№ {neighbour.reference}" for neighbour in file.neighbours]
    yield "другие обращения этого клиента", earlier
    rest = find_left_over(file)
    yield "слова письма", [f"«{sentence.value}»" for sentence in rest.sentences]
    yield "не прочитано программой", list(rest.unseen)
