"""Files in a zip archive, one level deep: a person sends «документы.zip» as readily as the documents."""

from __future__ import annotations

from collections.abc import Callable

from mailbot.parsing.documents.containers.safe_zip import ZipPackage
from mailbot.parsing.documents.content.file_content import (
    ExtractedText,
    FileTooLargeError,
    IncomingFile,
    WordCollector,
)
from mailbot.parsing.limits.file_limits import ARCHIVED

_RUBBISH = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read(
    package: ZipPackage, words: WordCollector, open_file: Callable[[IncomingFile], ExtractedText]
) -> None:
    """The words of every file in the archive, in its order, as `open_file` reads them."""
    names = [name for name in package.names if not name.endswith("/") and not _is_rubbish(name)]
    for count, name in enumerate(names, start=1):
        if count > ARCHIVED:
            raise FileTooLargeError
        words.include(
            open_file(IncomingFile(name.rsplit("/", 1)[-1], "application/octet-stream", package.read(name)))
        )


def _is_rubbish(name: str) -> bool:
    low = name.lower()
    return low.startswith(_RUBBISH[0]) or low.rsplit("/", 1)[-1] in _RUBBISH
