"""The letter's own text: of the alternatives the best, all inline parts one after another, within the limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.parsing import encoded
from mailbot.parsing.charsets import mojibake
from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.documents.text_documents.plain_text_files import is_page
from mailbot.parsing.layout.html_text import BEYOND, html_to_text, unmarked, without_tags
from mailbot.parsing.limits.letter_limits import HTML_CHARACTERS, TEXT_CHARACTERS
from mailbot.parsing.mime import attachments
from mailbot.parsing.mime.alternative_halves import find_additional_text, stands_in_for_html
from mailbot.parsing.mime.mime_tree import MimeLeaf, MimeTree
from mailbot.parsing.text_repair.normal_form import normalise, unflow
from mailbot.parsing.text_repair.traced_text import TracedText, join_traced, locate_words, trace_unchanged


@dataclass(frozen=True, slots=True)
class LetterBody:
    """Normalised text with quotation marks, the HTML as it came, the charset, and what was undone or wrong.

    After the mark `BEYOND` stand the sentences that only the half which was not read has. `original` is the text before any repair,
    traced to what stood in the letter.
    """

    text: str
    original: TracedText
    html: str
    charset: str
    repair: str
    decoded: bool
    present: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class InlineText:
    """One inline text in the form chosen to be read, and as it was before its repair."""

    text: str
    original: TracedText
    html: str
    charset: str
    repair: str
    fits: bool
    cut: bool
    beyond: str = ""


def read_body(tree: MimeTree) -> LetterBody:
    """All inline text, one after another; what is beyond the limits is left unread, and `cut` says so."""
    pieces: list[InlineText] = []
    length, cut = 0, False
    for group in tree.texts:
        if length > TEXT_CHARACTERS or sum(len(piece.html) for piece in pieces) > HTML_CHARACTERS:
            cut = True
            break
        pieces.append(_chosen(group))
        length += len(pieces[-1].text)
    read = [(piece.text, piece.original) for piece in pieces if piece.text.strip()]
    if more := "\n".join(piece.beyond for piece in pieces if piece.beyond):
        read.append((f"{BEYOND}\n{more}", trace_unchanged(f"{BEYOND}\n{more}")))
    text = "\n\n".join(words for words, _ in read)
    original = join_traced([came for _, came in read], "\n\n")
    junk = any(attachments.is_junk(leaf) for leaf in tree.attachments)
    return LetterBody(
        text=text[:TEXT_CHARACTERS],
        original=original.cut(TEXT_CHARACTERS),
        html=next((piece.html for piece in pieces if piece.html), ""),
        charset=next((piece.charset for piece in pieces if piece.charset != "ascii"), ""),
        repair=next((piece.repair for piece in pieces if piece.repair), ""),
        decoded=all(piece.fits for piece in pieces) and not junk,
        present=bool(tree.texts),
        cut=cut or len(text) > TEXT_CHARACTERS or any(piece.cut for piece in pieces),
    )


def _chosen(group: tuple[MimeLeaf, ...]) -> InlineText:
    """The plain form, unless there is none or it is clearly poorer than the HTML (RFC 2046 5.1.4)."""
    texts = [_plain(leaf) for leaf in group if leaf.media_type == "text/plain"]
    pages = [_page(leaf) for leaf in group if leaf.media_type == "text/html"]
    if not pages:
        first = _page(group[0]) if is_page(texts[0].original.text.encode()) else texts[0]
        return _whole([first, *texts[1:]])
    # some programs send «this letter is in HTML», or nothing, as the plain form
    poor = not texts or stands_in_for_html(texts[0].text) or _length(pages[0]) > 3 * _length(texts[0])
    if not poor:
        return replace(_whole([*texts, *pages]), html=pages[0].html)
    return _whole([*pages, *texts])


def _length(piece: InlineText) -> int:
    return len("".join(piece.text.split()))


def _whole(forms: Sequence[InlineText]) -> InlineText:
    """The first form, with all that the others say beyond it."""
    read, *others = forms
    more = list[str]()
    for form in others:
        more += filter(None, (find_additional_text(form.text, "\n".join((read.text, *more))),))
    return replace(read, beyond="\n".join(more), cut=any(form.cut for form in forms))


def _page(leaf: MimeLeaf) -> InlineText:
    """What a browser would show of an HTML part; encodings and damage undone in its source and in its words."""
    decoded = decode(leaf.content[: 4 * HTML_CHARACTERS], leaf.charset)
    source, encodings = encoded.decode_source(decoded.text[:HTML_CHARACTERS], leaf.charset)
    mended, repair = mojibake.repair(source.text)
    shown = html_to_text(mended)
    words, spelt = encoded.decode_stretches(shown)
    seen, again = mojibake.repair(words.text)  # damage may also stand in the HTML as entities
    seen = normalise(seen)
    cut = len(decoded.text) > HTML_CHARACTERS or len(seen) >= TEXT_CHARACTERS
    names = ", ".join(filter(None, (encodings, repair, spelt, again)))
    original = trace_unchanged(seen)
    if spelt:
        original = words
    elif names:
        original = trace_unchanged(html_to_text(source.text) if repair else shown)
    if encodings:
        original = source.then(locate_words(original.text, without_tags(source.text)))
    return InlineText(seen, original, source.text, decoded.charset, names, decoded.fits, cut)


def _plain(leaf: MimeLeaf) -> InlineText:
    decoded = decode(leaf.content[: 4 * TEXT_CHARACTERS], leaf.charset)
    came = unmarked(decoded.text[:TEXT_CHARACTERS].replace("\r\n", "\n"))
    original, encodings = encoded.decode_stretches(came, leaf.charset)
    text, repair = mojibake.repair(original.text)
    names = ", ".join(filter(None, (encodings, repair)))
    if leaf.flowed:
        text = unflow(text, delete_space=leaf.delete_space)
        original = original.narrowed(unflow(original.text, delete_space=leaf.delete_space))
    text = normalise(text)
    cut = len(decoded.text) > TEXT_CHARACTERS or len(leaf.content) > 4 * TEXT_CHARACTERS
    return InlineText(
        text, original if names else trace_unchanged(text), "", decoded.charset, names, decoded.fits, cut
    )
