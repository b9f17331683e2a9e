"""Papers set by typst: templates and data in, PDF bytes out; the same in, the same out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import typst

from mailbot.model.bill import Bill

PaymentText = Callable[[Bill], bytes | None]
"""What a bill's payment QR says (ГОСТ Р 56042-2014); None where there is nothing to pay."""

FONTS: Final = typst.Fonts(include_system_fonts=False)
"""The fonts that typst brings along: a paper looks the same on every machine."""

ENTRY = "main.typ"


@dataclass(frozen=True, slots=True)
class Documents:
    """Checked templates of papers by their bare names, and where a bill's payment QR comes from.

    One value may serve several threads: each paper is set by a compiler of its own, over shared fonts.
    """

    files: Mapping[str, bytes]
    payment_text: PaymentText


def typeset(files: Mapping[str, bytes], template: str, page: object, day: date) -> bytes:
    """The PDF of that template; `page` is a dataclass of texts that the template reads, `day` dates the paper.

    TypstError where the template is at fault; `load_documents` has tried them all.
    """
    input_: Any = {**files, ENTRY: _entry(template)}  # typst takes files by name, its type stubs do not know
    compiler = typst.Compiler(input_, ignore_system_fonts=True, font_paths=FONTS)
    made = compiler.compile(
        format="pdf",
        sys_inputs={"page": json.dumps(asdict(page), ensure_ascii=False)},  # type: ignore[call-overload]
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def _entry(template: str) -> bytes:
    return f'#import "{template}": paper\n#paper(json(bytes(sys.inputs.page)))\n'.encode()
