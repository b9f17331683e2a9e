"""What a trained model was made of, in one line: enough to notice that letters or what is seen of them changed.

Training anew takes minutes, this seconds; `mailbot train --check` does it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from mailbot.services.training.letter_kinds import TrainingExample
from mailbot.services.training.material.labelled_letters import TrainingLetter
from mailbot.services.training.material.labelled_lines import LabelledLine
from mailbot.services.training.material.marked_letters import MarkedLetter
from mailbot.services.training.material.marked_words import shown as shown_words
from mailbot.services.training.number_roles import shown
from mailbot.services.training.talk import TalkClause
from mailbot.understanding.completeness.small_talk_features import talk_features
from mailbot.understanding.word_roles.context_features import WordFeatures

EVERY = 40
"""Of so many letters one is looked at for what a model sees of it."""


def of_kinds(letters: Sequence[TrainingLetter], sampled: Iterable[TrainingExample]) -> str:
    """SHA-256 over all letters with their labels and over what is seen of `sample(letters)`."""
    seen = (
        repr(
            (
                sorted(example.features.ngrams.items()),
                sorted(example.features.words.items()),
                example.features.signals,
            )
        )
        for example in sampled
    )
    return _digest(*(letter.text() + letter.mail.decode("latin-1") for letter in letters), *seen)


def of_roles(letters: Sequence[MarkedLetter]) -> str:
    """SHA-256 over all letters with their marks and over the features of the sampled ones' numbers."""
    lines = (repr((letter.subject, letter.body, letter.in_subject, letter.in_body)) for letter in letters)
    seen = (repr((part.features, part.labels)) for letter in letters[::EVERY] for part in shown(letter))
    return _digest(*lines, *seen)


def of_words(letters: Sequence[MarkedLetter]) -> str:
    """SHA-256 over all letters with their marks and over the features of the sampled ones' words."""
    pages = (part.page for letter in letters[::EVERY] for part in shown_words(letter))
    seen = (repr([WordFeatures(page).features(nth) for nth in range(len(page.words))]) for page in pages)
    return _digest(
        *(
            repr((letter.sender, letter.subject, letter.body, letter.in_subject, letter.in_body))
            for letter in letters
        ),
        *seen,
    )


def of_sentences(found: Sequence[TalkClause], lines: Sequence[LabelledLine]) -> str:
    """SHA-256 over all sentences and over the features of the sampled ones."""
    sampled = (*(clause.text for clause in found[::EVERY]), *(line.text for line in lines[::EVERY]))
    seen = (repr(talk_features(text)) for text in sampled)
    told = (repr((clause.text, clause.says, clause.plainly)) for clause in found)
    return _digest(*told, *(repr((line.text, line.says, line.weight)) for line in lines), *seen)


def of_net(found: Iterable[LabelledLine]) -> str:
    """SHA-256 over all sentences as the network reads them."""
    return _digest(*(repr((line.text, line.says, line.weight)) for line in found))


def _digest(*texts: str) -> str:
    digest = sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
