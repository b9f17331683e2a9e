"""The letter's own text: of the alternatives the best, all inline parts one after another, within the limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailbot.parsing import attachments, mojibake
from mailbot.parsing.caps import HTML_CHARACTERS, TEXT_CHARACTERS
from mailbot.parsing.charset import decode
from mailbot.parsing.html_text import to_text
from mailbot.parsing.normalise import normalise, unflow
from mailbot.parsing.structure import Leaf, Tree


@dataclass(frozen=True, slots=True)
class Body:
    """Normalised text with quotation marks, the HTML as it came, the charset, and what was undone or wrong.

    `original` is the text before any repair.
    """

    text: str
    original: str
    html: str
    charset: str
    repair: str
    decoded: bool
    present: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One inline text in the form chosen to be read, and as it was before its repair."""

    text: str
    original: str
    html: str
    charset: str
    repair: str
    fits: bool
    cut: bool


def body_of(tree: Tree) -> Body:
    """All inline text, one after another; what is beyond the limits is left unread, and `cut` says so."""
    pieces: list[Piece] = []
    length, cut = 0, False
    for group in tree.texts:
        if length > TEXT_CHARACTERS or sum(len(piece.html) for piece in pieces) > HTML_CHARACTERS:
            cut = True
            break
        pieces.append(_chosen(group))
        length += len(pieces[-1].text)
    text = "\n\n".join(piece.text for piece in pieces if piece.text.strip())
    original = "\n\n".join(piece.original for piece in pieces if piece.text.strip())
    junk = any(attachments.is_junk(leaf) for leaf in tree.attachments)
    return Body(
        text=text[:TEXT_CHARACTERS],
        original=original[:TEXT_CHARACTERS],
        html=next((piece.html for piece in pieces if piece.html), ""),
        charset=next((piece.charset for piece in pieces if piece.charset != "ascii"), ""),
        repair=next((piece.repair for piece in pieces if piece.repair), ""),
        decoded=all(piece.fits for piece in pieces) and not junk,
        present=bool(tree.texts),
        cut=cut or len(text) > TEXT_CHARACTERS or any(piece.cut for piece in pieces),
    )


def _chosen(group: tuple[Leaf, ...]) -> Piece:
    """The plain form, unless there is none or it is clearly poorer than the HTML (RFC 2046 5.1.4)."""
    plain = next((leaf for leaf in group if leaf.media_type == "text/plain"), None)
    rich = next((leaf for leaf in group if leaf.media_type == "text/html"), None)
    words = _plain(plain) if plain is not None else Piece("", "", "", "ascii", "", True, False)
    if rich is None:
        return words
    found = decode(rich.content[: 4 * HTML_CHARACTERS], rich.charset)
    source = found.text[:HTML_CHARACTERS]
    mended, repair = mojibake.repair(source)
    shown = to_text(mended)
    seen, again = mojibake.repair(shown)  # damage may also stand in the HTML as entities
    seen = normalise(seen)
    # some programs send «this letter is in HTML», or nothing, as the plain form
    if plain is not None and len("".join(seen.split())) <= 3 * len("".join(words.text.split())):
        return replace(words, html=source)
    cut = len(found.text) > HTML_CHARACTERS or len(seen) >= TEXT_CHARACTERS
    original = to_text(source) if repair else shown if again else seen
    return Piece(seen, original, source, found.charset, repair or again, found.fits, cut)


def _plain(leaf: Leaf) -> Piece:
    found = decode(leaf.content[: 4 * TEXT_CHARACTERS], leaf.charset)
    original = found.text[:TEXT_CHARACTERS].replace("\r\n", "\n")
    text, repair = mojibake.repair(original)
    if leaf.flowed:
        text = unflow(text, delete_space=leaf.delete_space)
        original = unflow(original, delete_space=leaf.delete_space) if repair else original
    text = normalise(text)
    cut = len(found.text) > TEXT_CHARACTERS or len(leaf.content) > 4 * TEXT_CHARACTERS
    return Piece(text, original if repair else text, "", found.charset, repair, found.fits, cut)
