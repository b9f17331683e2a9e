"""Which reader a file goes to, by what its bytes are: names and media types lie."""

from __future__ import annotations

from mailbot.model import AttachmentText
from mailbot.parsing.documents import pictures
from mailbot.parsing.documents.containers import archives
from mailbot.parsing.documents.containers.compound_file import MAGIC as COMPOUND
from mailbot.parsing.documents.containers.compound_file import CompoundFile
from mailbot.parsing.documents.containers.safe_zip import ZipPackage
from mailbot.parsing.documents.content.file_content import (
    ExtractedText,
    FileTooLargeError,
    IncomingFile,
    ParsingBudget,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.documents.outlook import tnef
from mailbot.parsing.documents.pdf import pdf_reader
from mailbot.parsing.documents.text_documents import docx, opendocument, plain_text_files, rtf
from mailbot.parsing.documents.workbooks import spreadsheets

_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_PDF_WITHIN = 1024
_PAGE_NAMES = (".htm", ".html", ".doc", ".xls", ".mht")
_DEEPEST = 2
"""A file in an archive in an archive is not looked for."""


def open_file(file: IncomingFile, allowance: ParsingBudget, depth: int = 0) -> ExtractedText | None:
    """The words of a document; None where the bytes are no document that this machine opens.

    Never raises. Where a file is encrypted, damaged, over a cap or not quite understood, `text` is UNREAD,
    whatever words were found.
    """
    words = WordCollector(allowance)
    try:
        if not _is_known(file):
            return None
        allowance.spend_file()
        _read(file, words, depth)
    except FileTooLargeError:
        words.cut = True
    except Exception:  # any fault of a file, or of the library that reads it: a person looks
        words.unread = True
    return words.opened()


def _is_known(file: IncomingFile) -> bool:
    content = file.content
    return (
        content.startswith((_ZIP, _EMPTY_ZIP, COMPOUND, tnef.MAGIC))
        or b"%PDF-" in content[:_PDF_WITHIN]
        or content.lstrip().startswith(b"{\\rt")
        or _is_page(file)
        or _is_csv(file)
    )


def _is_page(file: IncomingFile) -> bool:
    named = file.name.lower().endswith(_PAGE_NAMES) or file.media_type == "text/html"
    return named and plain_text_files.is_page(file.content)


def _is_csv(file: IncomingFile) -> bool:
    named = file.name.lower().endswith((".csv", ".tsv")) or file.media_type == "text/csv"
    return named and b"\0" not in file.content[:4000]


def _read(file: IncomingFile, words: WordCollector, depth: int) -> None:
    content = file.content
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        _package(content, words, depth)
    elif content.startswith(COMPOUND):
        _compound(content, words)
    elif content.startswith(tnef.MAGIC):
        tnef.read(content, words, lambda inner: _within(inner, words.allowance, depth))
    elif b"%PDF-" in content[:_PDF_WITHIN]:
        pdf_reader.read(content, words)
    elif content.lstrip().startswith(b"{\\rt"):
        rtf.read(content, words)
    elif _is_page(file):
        plain_text_files.read_page(file, words)
    else:
        plain_text_files.read_csv(file, words)


def _package(content: bytes, words: WordCollector, depth: int) -> None:
    package = ZipPackage(content, words.allowance)
    names = {name.lower() for name in package.names}
    if any(name.startswith("word/") for name in names):
        docx.read(package, words)
    elif "xl/workbook.xml" in names:
        spreadsheets.read(package, words)
    elif "content.xml" in names and "mimetype" in names:
        opendocument.read(package, words)
    elif "[content_types].xml" in names:
        raise UnreadableFileError  # a presentation, a binary workbook or a drawing
    else:
        archives.read(package, words, lambda inner: _within(inner, words.allowance, depth))


def _compound(content: bytes, words: WordCollector) -> None:
    compound = CompoundFile(content)
    if not {"Workbook", "Book", "WORKBOOK", "BOOK"} & set(compound.streams):
        raise UnreadableFileError  # an old .doc, a saved Outlook letter, or an encrypted document
    spreadsheets.read_binary(content, compound, words)


def _within(file: IncomingFile, allowance: ParsingBudget, depth: int) -> ExtractedText:
    """A file in an archive or in winmail.dat; an archive within one is left to a person."""
    if depth + 1 >= _DEEPEST:
        return ExtractedText("", AttachmentText.UNREAD)
    extracted = open_file(file, allowance, depth + 1)
    return extracted if extracted is not None else _undocumented(file, allowance)


def _undocumented(file: IncomingFile, allowance: ParsingBudget) -> ExtractedText:
    """A picture, a plain text, or something that a person must look at."""
    if pictures.is_picture(file.name, file.media_type, file.content):
        return ExtractedText("", AttachmentText.PICTURE)
    words = WordCollector(allowance)
    words.unread = bool(file.content.strip()) and not file.name.lower().endswith(plain_text_files.NAMES)
    if not words.unread:
        try:
            plain_text_files.read_plain(file, words)
        except FileTooLargeError:
            words.cut = True
    return words.opened()
