"""Letters of writers who knew nothing of the program, after their first look: they teach the model of kinds.

Each folder is one of labelled letters, as `mailbot eval` judges it; what its letters are about nobody has said.
"""

from __future__ import annotations

from pathlib import Path

from mailbot.services.evaluation.labelled_folder import IGNORE, LabelledLetter, read_folder
from mailbot.services.training.material.labelled_letters import TrainingLetter


def read_hands(folder: Path) -> tuple[TrainingLetter, ...]:
    """The letters of clients in every folder that lies in `folder`; FolderFault names each fault with file and line."""
    return tuple(
        _as_training(letter, hand)
        for hand in sorted(path for path in folder.iterdir() if path.is_dir())
        for letter in read_folder(hand).letters
        if letter.must != IGNORE
    )


def _as_training(letter: LabelledLetter, hand: Path) -> TrainingLetter:
    further = sorted(letter.kinds - {letter.primary})
    return TrainingLetter(
        place=f"{hand.name}/{letter.file}",
        kinds=(letter.primary, *further),
        topics=None,
        urgent=False,
        subject="",
        body="",
        hand=f"hands/{hand.name}",
        mail=letter.raw.content,
    )
