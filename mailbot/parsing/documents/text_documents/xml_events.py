"""XML as a stream of events: no tree, no DTD, no entities, bounded in elements and depth."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    ParsingBudget,
    UnreadableFileError,
)
from mailbot.parsing.limits.file_limits import ATTRIBUTES, ELEMENT_DEPTH

Attributes = dict[str, str]


def walk(
    content: bytes,
    allowance: ParsingBudget,
    started: Callable[[str, Attributes], None],
    ended: Callable[[str], None] | None = None,
    said: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element and text, names without their namespace prefix.

    Raises UnreadableFileError for broken XML and for any document type declaration: entities that expand or
    point elsewhere stand only there, and no office program writes one. Raises FileTooLargeError over a cap.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        allowance.elements -= 1
        if allowance.elements < 0 or depth > ELEMENT_DEPTH or len(attributes) > ATTRIBUTES:
            raise FileTooLargeError
        started(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if ended is not None:
            ended(_local(name))

    def refuse(*_: object) -> None:
        raise UnreadableFileError

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    if said is not None:
        parser.CharacterDataHandler = said
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableFileError from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]
