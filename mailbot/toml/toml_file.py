"""A TOML file: its tables, and on which line each table and key stands."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mailbot.model import SourceFile

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.\-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s="']+))\s*=""")


@dataclass(frozen=True, slots=True)
class TableLocation:
    """A table of a file: `header` is "" for the top of the file, `nth` counts tables of one header from 1."""

    header: str = ""
    nth: int = 1


def parse_toml(source: SourceFile, faults: list[str]) -> dict[str, object] | None:
    """The file as tomllib reads it; None, with a fault told, where it is no TOML (v1.0.0)."""
    try:
        return tomllib.loads(source.text, parse_float=Decimal)  # no float ever touches a sum
    except tomllib.TOMLDecodeError as error:
        line = _line_of_error(str(error), source.text)
        faults.append(
            f"{source.name}:{line}: файл записан с ошибкой ({error}); "
            "проверьте кавычки, скобки и знак «=» в этой строке и выше"
        )
        return None


def _line_of_error(message: str, text: str) -> int:
    """tomllib says «at line 3, column 5» or «at end of document»."""
    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else max(1, len(text.rstrip().splitlines()))


def line_of(text: str, where: TableLocation, key: str = "") -> int:
    """The line, from 1, of `key` in a table; of the table's header where the key is not written."""
    lines = _lines(text)
    header_line = lines.get((where, ""), 1)
    return lines.get((where, key), header_line) if key else header_line


@lru_cache(maxsize=64)
def _lines(text: str) -> Mapping[tuple[TableLocation, str], int]:
    """The line of every key of every table; under "" that of the table's header."""
    table, lines = TableLocation(), dict[tuple[TableLocation, str], int]()
    tables = Counter[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            tables[header[1]] += 1
            table = TableLocation(header[1], tables[header[1]])
            lines[table, ""] = number
        elif key := _KEY.match(line):
            lines.setdefault((table, key[key.lastindex or 0]), number)
    return lines
