"""Words of the documents that come with letters: Word, Excel, OpenDocument, PDF, RTF, tables, winmail.dat, zip.

`open_file` is the door. Libraries are imported where a file needs them, so that other letters do not pay.
"""

from mailbot.parsing.documents.content.file_content import ExtractedText, IncomingFile, ParsingBudget
from mailbot.parsing.documents.file_types import open_file

__all__ = ["ExtractedText", "IncomingFile", "ParsingBudget", "open_file"]
