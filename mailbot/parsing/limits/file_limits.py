"""What an attached file may cost to read, whoever made it: bytes and pieces, never seconds.

An archive of 40 KB may hold 40 MB, a sheet of two cells a rectangle of 17 billion, a PDF of 2 KB a page that
calls itself: each limit stands before the library that would pay. What is over one is left to a person.
"""

from __future__ import annotations

FILES = 20
"""Documents opened in one letter, those in archives and in letters within the letter included."""

UNPACKED_BYTES = 16_000_000
"""Of all files of a letter together, as really unpacked; a byte of RTF counts as four, it is as slow to read."""

MEMBER_BYTES = 10_000_000
RATIO, RATIO_FROM = 250, 2_000_000
"""Markup packs 5 to 60 times; beyond the ratio a member of this size is a bomb."""

MEMBERS = 1_000
ARCHIVED = 30
"""Files in an archive that are looked at."""

ELEMENTS = 500_000
"""Of all markup in a letter together; Python meets half a million a second."""

ELEMENT_DEPTH = 400
ATTRIBUTES = 100

SHEETS = 40
CELLS = 200_000
"""Cells that a workbook holds; 100,000 characters of text are reached long before."""

RECTANGLE = 3_000_000
"""Cells between the first and the last one of a sheet: the spreadsheet library lays all of them out."""

REPEATED_CHARACTERS = 4_000_000
"""Of all cells of a workbook: a text kept once and shown in 200,000 cells is copied into each."""

REPEATED_BYTES = 300_000_000
"""The same for .xls, as the most it can come to: all texts together, as often as the most frequent one is shown."""

COLUMNS = 250
RECORDS = 400_000
"""Records of a binary workbook (.xls)."""

PAGES = 100
PDF_BYTES = 1_000_000
"""Of page descriptions and character maps of a PDF as unpacked, repeated calls counted each time."""

PDF_STREAM_BYTES = 8_000_000
PDF_TOKENS = 150_000
PDF_OPERATIONS = 60_000
PDF_OBJECTS = 40_000
PDF_TAIL_FROM = 4_000_000
"""A PDF of this size is searched for its objects only where it says at its end where they are."""

LAYOUT_WORK = 1_000_000
"""Steps that looking for columns may take in all pages together: for each piece of text, the pieces before it
since the last jump to another place. An ordinary page takes 5,000, one set letter by letter 200,000."""

LAYOUT_BLANKS = 200
"""Blanks between two pieces of text on a line: more than a page is wide."""

RTF_BYTES = 3_000_000
RTF_WEIGHT = 4
RTF_DEPTH = 200
TNEF_ATTRIBUTES = 2_000
PROPERTIES = 5_000
PICTURE_BYTES = 40_000
"""A picture in a document from this size on may be a photographed page; logos and stamps are smaller."""
