"""From letters to the model of talk: what stands in letters of readings alone, against what stands in all others.

Nobody marked sentences. A sentence of a letter that wants nothing but its readings taken is surely talk; one of another letter
may be its matter, and counts as such: a greeting counts for both, and the model leaves it to a person when in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailbot.model import Kind, Rulebook
from mailbot.model.role_model import NUMBER_ROLES, RoleModel
from mailbot.services.marked_letters import MarkedLetter, MarkedStretch
from mailbot.services.roles_training import fit
from mailbot.services.training_letters import TrainingLetter
from mailbot.understanding.accounting.names import without_named
from mailbot.understanding.accounting.talk import MATTER, TALK, strange
from mailbot.understanding.accounting.talk_features import VALUE, talk_features, with_signs
from mailbot.understanding.intent import sentences
from mailbot.understanding.marks import TAKEN

_CONTACT_ROLES = frozenset(
    "account phone house flat street village surname given patronymic initials organisation".split()
)
_STRENGTH = 0.5


@dataclass(frozen=True, slots=True)
class TalkClause:
    """A clause of a sentence as `talk_features` wants it, with the letter it stands in; `says` is TALK or MATTER."""

    hand: str
    place: str
    text: str
    says: str


def talk_clauses(
    marked: Iterable[MarkedLetter],
    labelled: Iterable[TrainingLetter],
    brief: Path,
    rulebook: Rulebook,
) -> tuple[TalkClause, ...]:
    """The clauses that the closed lists do not account for. Letters without marks teach matters alone, and only by
    clauses without a number: nothing says what it is. The folder `brief` holds matters and talk
    said in a word or two, one a line."""
    found = [
        TalkClause(letter.hand, letter.place, clause, TALK if letter.kinds == (Kind.READING,) else MATTER)
        for letter in marked
        for text, marks in ((letter.subject, letter.in_subject), (letter.body, letter.in_body))
        for clause in _clauses(_with_marks(text, marks), rulebook)
    ]
    found += [
        TalkClause(letter.hand or letter.place.partition(":")[0], letter.place, clause, MATTER)
        for letter in labelled
        if letter.kinds != (Kind.READING,)
        for text in (letter.subject, letter.body)
        for clause in _clauses(text, rulebook)
        if not any(sign.isdigit() for sign in clause)
    ]
    for says in (MATTER, TALK):
        text = (brief / f"{says}.txt").read_text(encoding="utf-8")
        found += [TalkClause(brief.name, says, clause, says) for clause in _clauses(text, rulebook)]
    return tuple(found)


def train_talk(found: Sequence[TalkClause]) -> RoleModel:
    """The model of these sentences; the same in the same order give the same numbers."""
    return fit([talk_features(one.text) for one in found], [one.says for one in found], _STRENGTH)


def _with_marks(text: str, marks: Iterable[MarkedStretch]) -> str:
    """The text as the program sees it once it has read the letter: same length."""
    characters = list(text)
    numbers = []
    for mark in marks:
        if mark.role == "value":
            characters[mark.start : mark.end] = VALUE * (mark.end - mark.start)
        elif mark.role in _CONTACT_ROLES:
            characters[mark.start : mark.end] = TAKEN * (mark.end - mark.start)
        elif mark.role in NUMBER_ROLES:
            numbers.append((mark.start, mark.end, mark.role))
    return without_named(with_signs("".join(characters), numbers))


def _clauses(text: str, rulebook: Rulebook) -> Iterator[str]:
    for one in sentences(text):
        yield from strange(text[one.start : one.end], rulebook)
