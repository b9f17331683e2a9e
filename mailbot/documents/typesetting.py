"""Papers set by typst: templates and data in, PDF bytes out; the same in, the same out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import typst

from mailbot.model.bill.bill import Bill

PaymentText = Callable[[Bill], bytes | None]
"""What a bill's payment QR says (ГОСТ Р 56042-2014); None where there is nothing to pay."""

FONTS: Final = typst.Fonts(include_system_fonts=False)
"""The fonts that typst brings along: a paper looks the same on every machine."""

ENTRY = "main.typ"

_LONG_WORD = re.compile(r"\S{25,}")
_STRETCH = re.compile(r"(.{12})")


@dataclass(frozen=True, slots=True)
class DocumentTemplates:
    """Checked templates of papers by their bare names, and where a bill's payment QR comes from.

    One value may serve several threads: each paper is set by a compiler of its own, over shared fonts.
    """

    files: Mapping[str, bytes]
    payment_text: PaymentText


def render_pdf(files: Mapping[str, bytes], template: str, page: object, day: date) -> bytes:
    """The PDF of that template; `page` is a dataclass of texts that the template reads, `day` dates the paper.

    TypstError where the template is at fault; `load_documents` has tried them all.
    """
    made = _compiler(files, template).compile(
        format="pdf",
        sys_inputs={"page": _data(page)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def render_png(files: Mapping[str, bytes], template: str, page: object, ppi: float) -> bytes:
    """The one page of that template as PNG, `ppi` dots an inch; otherwise as `render_pdf`."""
    made = _compiler(files, template).compile(format="png", ppi=ppi, sys_inputs={"page": _data(page)})
    assert isinstance(made, bytes)
    return made


def _compiler(files: Mapping[str, bytes], template: str) -> typst.Compiler:
    input_: Any = {**files, ENTRY: _entry(template)}  # typst takes files by name, its type stubs do not know
    return typst.Compiler(input_, ignore_system_fonts=True, font_paths=FONTS)


def _entry(template: str) -> bytes:
    return f'#import "{template}": paper\n#paper(json(bytes(sys.inputs.page)))\n'.encode()


def _data(page: object) -> str:
    """The page as JSON; a word longer than any line gets places where it may break, for nothing may be cut."""
    text = json.dumps(_plain(page), ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair is no letter: «?»


def _plain(value: Any) -> Any:
    """Dataclasses as objects, bytes as numbers, words with their breaks: in one pass, for it is done for each bill."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda match: _STRETCH.sub("\\1\u200b", match[0]), value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
