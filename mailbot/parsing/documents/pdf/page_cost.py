"""What a page costs to read, counted before it is read: its description, and every form it calls, call by call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mailbot.parsing.documents.content.file_content import FileTooLargeError, ParsingBudget

_CALL = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_FORMS_DEPTH = 8
_FONTS = 200


@dataclass(slots=True)
class PageCost:
    """Charges pages of one PDF to the allowance of the letter. Forms may call forms: sums are kept, loops refused."""

    allowance: ParsingBudget
    _known: dict[int, int] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def charge(self, page: Any) -> None:
        """Raises FileTooLargeError where the page costs more than is left."""
        resources = _resolved(page.get("/Resources")) or {}
        contents = page.get_contents()
        if contents is not None:
            self.allowance.spend_pdf(self._stream(contents.get_data(), resources, 0))
        for length in _maps(resources):
            self.allowance.spend_pdf(length)

    def _stream(self, content: bytes, resources: Any, depth: int) -> int:
        if depth > _FORMS_DEPTH:
            raise FileTooLargeError
        total = len(content)
        if b" Do" in content or b"\nDo" in content or b"\rDo" in content:
            objects = _resolved(resources.get("/XObject")) or {}
            costs = {str(name): self._object(objects, name, depth) for name in objects}
            dearest = max(costs.values(), default=0)
            for match in _CALL.finditer(content):
                total += costs.get("/" + match[1].decode("latin-1"), dearest)
                if total > self.allowance.pdf:
                    raise FileTooLargeError
        return total

    def _object(self, objects: Any, name: Any, depth: int) -> int:
        form: Any = _resolved(objects.raw_get(name))
        if not hasattr(form, "get_data") or form.get("/Subtype") != "/Form":
            return 1
        key = id(form)
        if key in self._open:
            raise FileTooLargeError  # a form that calls itself
        if key not in self._known:
            self._open.add(key)
            inner = _resolved(form.get("/Resources")) or {}
            self._known[key] = self._stream(form.get_data(), inner, depth + 1)
            self._open.discard(key)
        return self._known[key]


def _resolved(value: Any) -> Any:
    return value.get_object() if value is not None else None


def _maps(resources: Any) -> Iterator[int]:
    """Bytes of the character maps of a page's fonts, which are read again for every page."""
    fonts: Any = _resolved(resources.get("/Font")) or {}
    if len(fonts) > _FONTS:
        raise FileTooLargeError
    for name in fonts:
        font = _resolved(fonts.raw_get(name))
        if isinstance(font, dict):
            for key in ("/ToUnicode", "/Encoding"):
                stream = _resolved(font.get(key))
                if hasattr(stream, "get_data"):
                    yield len(stream.get_data())
