"""From marked letters to the model of whose a name is: whom the «От:» line names writes, others named beside him do not.

The model is shown all but the sender's name itself, so that it can tell where the sender's name says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model.trained.name_words import NONE, OTHER, OWN
from mailbot.model.trained.number_roles import RoleModel
from mailbot.services.training.material.marked_letters import MarkedLetter
from mailbot.services.training.material.marked_words import WordTrainingPart, shown
from mailbot.services.training.number_roles import fit
from mailbot.understanding.word_roles.person_assembly import is_sender, persons, seen_of
from mailbot.understanding.word_roles.tag_search import NamedSpan
from mailbot.understanding.word_roles.word_features import sort_of
from mailbot.understanding.word_roles.word_sequence import WordPage

_STRENGTH = 0.3


def train_own(letters: Sequence[MarkedLetter]) -> RoleModel:
    """The model of these letters; the same letters in the same order give the same weights."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for letter in letters:
        for seen, label in _told_apart(shown(letter)):
            rows.append(seen)
            labels.append(label)
    return fit(rows, labels, _STRENGTH)


def _told_apart(parts: Sequence[WordTrainingPart]) -> list[tuple[list[str], str]]:
    """The people of a letter of whom its sender's name tells whether they write, and what is seen of each."""
    pages = [(part.page, persons(part.page, marked(part))) for part in parts]
    everybody = [(page, person) for page, people in pages for person in people]
    senders = [(page, mention) for page, mention in everybody if is_sender(page, mention)]
    by_surname = any(mention.has_surname for _, mention in senders)
    if not senders and not (everybody and _holds_surname(everybody[0][0])):
        return []
    found = []
    for page, people in pages:
        for person in people:
            own = is_sender(page, person)
            if (own and by_surname and not person.has_surname) or (
                not own and not by_surname and senders and person.has_surname
            ):
                continue
            found.append((seen_of(page, person, people), OWN if own else OTHER))
    return found


def _holds_surname(page: WordPage) -> bool:
    return len(page.sender.words) == 2 and any("S" in sort_of(word) for word in page.sender.words)


def marked(part: WordTrainingPart) -> list[NamedSpan]:
    """The stretches that a person marked."""
    spans: list[NamedSpan] = []
    for nth, tag in enumerate(part.tags):
        if tag == NONE:
            continue
        if tag[0] == "I" and spans:
            earlier = spans.pop()
            spans.append(NamedSpan(earlier.first, nth, earlier.role, 1.0))
        else:
            spans.append(NamedSpan(nth, nth, tag[2:], 1.0))
    return spans
