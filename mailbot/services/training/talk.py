"""From letters to the model of talk: what stands in letters of readings alone, against what stands in all others.

Hands wrote lines of which they said whether they want something (`training/talk`); these weigh most. Of a letter's sentences only
the letter is known: one of a letter that wants nothing but its readings taken is surely talk, one of another may be its
matter, and counts as such unless it is made of listed words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mailbot.model import LetterKind, Rulebook, SegmentRole
from mailbot.model.trained.number_roles import NUMBER_ROLES, RoleModel
from mailbot.parsing import parse
from mailbot.services.training.material.labelled_letters import TrainingLetter
from mailbot.services.training.material.labelled_lines import LabelledLine, said_lines
from mailbot.services.training.material.marked_letters import MarkedLetter, MarkedStretch
from mailbot.services.training.number_roles import fit
from mailbot.understanding.completeness.closed_list_proof import WORD
from mailbot.understanding.completeness.naming_words import without_named
from mailbot.understanding.completeness.small_talk import MATTER, TALK, as_said, clauses
from mailbot.understanding.completeness.small_talk_features import VALUE, talk_features, with_signs
from mailbot.understanding.dial_values.passing_intent import sentences
from mailbot.understanding.text.marked_spans import MASK

_CONTACT_ROLES = frozenset(
    "account phone house flat street village surname given patronymic initials organisation".split()
)
_STRENGTH = 0.1
_SAID_PLAINLY = 20.0
"""The weight of a clause of which somebody said whether it wants something: of letters' clauses only the letter is known."""

_OF_A_LETTER = 0.5
"""The same for whole sentences of letters that pass on readings alone: now and then one says more, and nobody minded."""


@dataclass(frozen=True, slots=True)
class TalkClause:
    """A clause of a sentence as `talk_features` wants it, with the letter it stands in; `says` is TALK or MATTER.

    `plainly`: it was said of these words, not of their letter.
    """

    hand: str
    place: str
    text: str
    says: str
    plainly: bool = False


def talk_clauses(
    marked: Iterable[MarkedLetter],
    labelled: Iterable[TrainingLetter],
    brief: Path,
    rulebook: Rulebook,
) -> tuple[TalkClause, ...]:
    """The clauses of all. Letters without marks teach by clauses without a number alone: nothing says what it is. Each
    folder in `brief` is a hand's, with matters and talk said in a word or two, one a line."""
    material: list[TalkClause] = []
    for letter in marked:
        says = _says(letter.kinds)
        material += [
            TalkClause(letter.hand, letter.place, told, says)
            for text, marks in ((letter.subject, letter.in_subject), (letter.body, letter.in_body))
            for told in _told(_with_marks(text, marks), says, rulebook, by_itself=False)
        ]
    for other in labelled:
        says = _says(other.kinds)
        hand = other.hand or other.place.partition(":")[0]
        material += [
            TalkClause(hand, other.place, told, says)
            for text in _written(other)
            for told in _told(text, says, rulebook, by_itself=False)
            if not any(sign.isdigit() for sign in told)
        ]
    material += [
        TalkClause(line.hand, line.says, told, line.says, plainly=True)
        for line in said_lines(brief)
        for told in _told(line.text, line.says, rulebook, by_itself=True)
    ]
    return tuple(material)


def _told(text: str, says: str, rulebook: Rulebook, *, by_itself: bool) -> list[str]:
    """The clauses that show what is `says`. Beside a matter clauses of listed words show nothing: «Добрый день» stands in
    complaints too; but a text that is a matter `by_itself` and is made of such alone shows what they may want."""
    found = [
        clause
        for sentence in sentences(text)
        for clause in clauses(text[sentence.start : sentence.end], rulebook)
    ]
    listed = says == TALK or (by_itself and not any(clause.strange for clause in found))
    return [clause.text for clause in found if listed or clause.strange]


def _says(kinds: tuple[LetterKind, ...]) -> str:
    return TALK if kinds == (LetterKind.READING,) else MATTER


def _written(letter: TrainingLetter) -> tuple[str, ...]:
    """The subject, and the writer's own words of the body."""
    if not letter.mail:
        return letter.subject, letter.body
    seen = parse(letter.raw())
    body = seen.part("body")
    own = "\n".join(
        body.text[segment.start : segment.end]
        for segment in body.segments
        if segment.role is SegmentRole.WRITTEN
    )
    return seen.part("subject").text, own


def train_talk(found: Sequence[TalkClause]) -> RoleModel:
    """The model of these sentences; the same in the same order give the same numbers."""
    return fit(
        [talk_features(clause.text) for clause in found],
        [clause.says for clause in found],
        _STRENGTH,
        sample_weights=[_SAID_PLAINLY if clause.plainly else 1.0 for clause in found],
    )


def whole_sentences(marked: Iterable[MarkedLetter], brief: Path) -> tuple[LabelledLine, ...]:
    """As the network reads them: the lines of `brief`, and each sentence of the marked letters that want nothing but their
    readings taken, once."""
    lines = [replace(line, text=as_said(without_named(line.text))) for line in said_lines(brief)]
    told: dict[str, str] = {}
    for letter in marked:
        if _says(letter.kinds) == TALK:
            for text, marks in ((letter.subject, letter.in_subject), (letter.body, letter.in_body)):
                seen = _with_marks(text, marks)
                pieces = (seen[sentence.start : sentence.end] for sentence in sentences(seen))
                told |= {as_said(piece): letter.hand for piece in pieces if WORD.search(piece)}
    lines += [LabelledLine(hand, text, TALK, _OF_A_LETTER) for text, hand in told.items()]
    return tuple(lines)


def _with_marks(text: str, marks: Iterable[MarkedStretch]) -> str:
    """The text as the program sees it once it has read the letter: same length."""
    characters = list(text)
    numbers = []
    for mark in marks:
        if mark.role == "value":
            characters[mark.start : mark.end] = VALUE * (mark.end - mark.start)
        elif mark.role in _CONTACT_ROLES:
            characters[mark.start : mark.end] = MASK * (mark.end - mark.start)
        elif mark.role in NUMBER_ROLES:
            numbers.append((mark.start, mark.end, mark.role))
    return without_named(with_signs("".join(characters), numbers))
