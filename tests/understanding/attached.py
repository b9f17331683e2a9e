"""Letters with files, for the tests of understanding."""

from __future__ import annotations

import dataclasses

from mailbot.model import Attachment, Letter


def with_attachment(letter: Letter, *files: Attachment) -> Letter:
    """The letter with the files attached."""
    return dataclasses.replace(letter, attachments=files)
