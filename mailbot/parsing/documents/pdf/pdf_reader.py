"""PDF (ISO 32000) with a text layer, read by pypdf; a page without words is a picture to us.

Of pypdf, pdfminer.six and pypdfium2 all three give the same Cyrillic words. pypdf is plain Python with limits of
its own and lays out columns; pdfminer.six has no limits and takes tables apart, pypdfium2 is native code that a
hostile file could take the whole process down with.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.documents.content.in_memory_files import MemoryFile
from mailbot.parsing.documents.pdf.page_columns import rows
from mailbot.parsing.documents.pdf.page_cost import PageCost
from mailbot.parsing.limits.file_limits import (
    LAYOUT_BLANKS,
    LAYOUT_WORK,
    PAGES,
    PDF_OBJECTS,
    PDF_OPERATIONS,
    PDF_STREAM_BYTES,
    PDF_TAIL_FROM,
    PDF_TOKENS,
)
from mailbot.parsing.limits.letter_limits import TEXT_CHARACTERS

if TYPE_CHECKING:
    from pypdf import PageObject

_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_JUMPS = frozenset({b"BT", b"Td", b"TD", b"Tm", b"T*"})
_WHOLE = 0.9
"""Share of the words that the layout must keep to be taken: it does not follow forms."""

_STRANGE = 0.1
"""Share of characters outside of every alphabet above which the font tells nothing and a person must look."""

_TAIL = 2_000

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each fault of a file


def read(content: bytes, words: WordCollector) -> None:
    """The words of all pages, rows of tables part by tabs. Raises UnreadableFileError, FileTooLargeError."""
    from pypdf import apply_configuration
    from pypdf.errors import LimitReachedError

    most = PDF_STREAM_BYTES
    try:
        with apply_configuration(
            maximum_declared_stream_length=4 * most,
            array_based_stream_maximum_output_length=most,
            lzw_maximum_output_length=most,
            run_length_maximum_output_length=most,
            zlib_maximum_output_length=most,
            zlib_maximum_recovery_input_length=100_000,
            brotli_maximum_output_length=most,
            stream_filters_maximum_length=4,
            stream_decoding_work_maximum_length=2 * most,
            stream_parsing_work_maximum_count=PDF_TOKENS,
            page_tree_maximum_entries=10_000,
            xform_maximum_invocations_per_extraction=500,
            jbig2dec_binary=None,
            disable_legacy_handling=True,
        ):
            _document(content, words)
    except LimitReachedError as error:
        raise FileTooLargeError from error


def _document(content: bytes, words: WordCollector) -> None:
    from pypdf import PdfReader

    if content.count(b" obj") > PDF_OBJECTS:
        raise FileTooLargeError
    if len(content) > PDF_TAIL_FROM and b"startxref" not in content[-_TAIL:]:
        raise UnreadableFileError
    reader = PdfReader(MemoryFile(content), strict=False, root_object_recovery_limit=1_000)  # type: ignore[arg-type]
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFileError  # an empty password is none: every program opens such a file
    seen = _Seen(words, PageCost(words.allowance))
    count = 0
    for count, page in enumerate(reader.pages, start=1):
        if count > PAGES:
            raise FileTooLargeError
        seen.page(page)
    if not count:
        raise UnreadableFileError
    words.unread = words.unread or bool(reader.attachments)


class _Seen:
    """The pages of one file, and the work they have taken so far."""

    def __init__(self, words: WordCollector, cost: PageCost) -> None:
        self._words = words
        self._cost = cost
        self._operations = 0
        self._run = 0
        self._layout_work = 0

    def page(self, page: PageObject) -> None:
        """Read one page; where nothing can be read on it, it is a picture."""
        self._cost.charge(page)
        plain = page.extract_text(visitor_operand_before=self._count)
        if not plain.strip() or _is_strange(plain):
            self._words.picture = True
            return
        for row in rows(self._laid_out(page, plain)):
            self._words.row(row)

    def _count(self, operator: bytes, operands: Any, *_: Any) -> None:
        self._operations += 1
        if self._operations > PDF_OPERATIONS:
            raise FileTooLargeError
        if operator in _JUMPS:
            self._run = 0
        elif operator in _SHOWS:
            pieces = (
                len(operands[0]) if operator == b"TJ" and operands and isinstance(operands[0], list) else 1
            )
            self._layout_work += pieces * (self._run + pieces) + 10
            self._run += pieces

    def _laid_out(self, page: PageObject, plain: str) -> str:
        """The page with its columns kept apart by blanks, unless that costs too much or loses words."""
        if self._layout_work > LAYOUT_WORK or len(plain) > TEXT_CHARACTERS:
            return plain
        _few_blanks()
        try:
            laid_out = page.extract_text(
                extraction_mode="layout", layout_mode_space_vertically=False, layout_mode_strip_rotated=False
            )
        except Exception:  # the plain words are there already
            return plain
        return laid_out if len("".join(laid_out.split())) >= _WHOLE * len("".join(plain.split())) else plain


def _few_blanks() -> None:
    """The library allows 10,000 blanks between two pieces, for every piece; it has no setting for fewer."""
    from pypdf._text_extraction._layout_mode import _fixed_width_page

    _fixed_width_page.WHITESPACE_LIMIT = LAYOUT_BLANKS


def _is_strange(text: str) -> bool:
    """Letters of a font that does not tell which characters they are: private ones, controls, replacements."""
    bare = "".join(text.split())
    strange = sum(
        character < " "
        or "\x7f" <= character < "\xa0"
        or "\ue000" <= character <= "\uf8ff"
        or character == "\ufffd"
        for character in bare
    )
    return strange > _STRANGE * len(bare)
