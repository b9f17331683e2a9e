"""A TOML file: its tables, and on which line each table and key stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal

from mailbot.model import Source


@dataclass(frozen=True, slots=True)
class Where:
    """A table of a file: `header` is "" for the top of the file, `nth` counts tables of one header from 1."""

    header: str = ""
    nth: int = 1


def parse_toml(source: Source, faults: list[str]) -> dict[str, object] | None:
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
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else max(1, len(text.rstrip().splitlines()))


def line_of(text: str, where: Where, key: str = "") -> int:
    """The line, from 1, of `key` in a table; of the table's header where the key is not written."""
    current, seen, header_line = "", 0, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[{1,2}\s*([\w.\-]+)\s*\]{1,2}\s*(?:#.*)?$", line):
            current = header[1]
            if current == where.header:
                seen += 1
                if seen == where.nth:
                    header_line = number
        elif _stands(line, key) and current == where.header and (seen == where.nth or not where.header):
            return number
    return header_line


def _stands(line: str, key: str) -> bool:
    return bool(key) and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) is not None
