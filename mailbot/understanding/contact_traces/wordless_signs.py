"""Letters without a word that a person may yet read: pictures, Braille, Morse; and addresses of mail told in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SIGN = r"[.·•∙*_–—−-]{1,7}"
_MORSE = re.compile(rf"(?<![\w.]){_SIGN}(?:[ /|\n]{{1,3}}{_SIGN}){{2,}}(?!\w)")
_DASHES, _DOTS = frozenset("-–—−_"), frozenset(".·•∙")
_PROVIDERS = (
    r"(?:яндекс\w*|я\.? ?ру|м[аеэ]й?л\w*|г[- ]?м[аеэ]й?л\w*"
    r"|джи?[- ]?м[аеэ]йл\w*|рамблер\w*|бк|инбокс|лист|yandex|mail|gmail|bk|inbox|rambler)"
)
_SPOKEN = re.compile(
    rf"(?<!\w)(?:соба[кч]\w{{1,3}}|эт|at|\(at\))\s{{1,3}}{_PROVIDERS}(?!\w)"
    r"|(?<!\w)(?:точка|дот|dot)\s{1,3}(?:ру|ком|рф|ru|com)(?!\w)"
    r"|(?<!\w)(?:нижн\w{2,3} подч[её]ркивани\w|подч[её]ркивани\w)(?!\w)"
)


def spoken_addresses(folded: str) -> Iterator[tuple[str, int, int]]:
    """«мария точка к собака яндекс»: an address of mail as one says it."""
    for match in _SPOKEN.finditer(folded):
        yield "адрес почты словами", *match.span()


def morse(text: str) -> Iterator[tuple[str, int, int]]:
    """Dots and dashes in groups."""
    for match in _MORSE.finditer(text):
        if set(match.group()) & _DASHES and set(match.group()) & _DOTS:
            yield "похоже на азбуку Морзе", *match.span()


def pictures(text: str) -> Iterator[tuple[str, int, int]]:
    """Pictures and Braille, for a letter that has no word beside them."""
    positions = [at for at, sign in enumerate(text) if unicodedata.category(sign) == "So"]
    if positions:
        yield "рисунки или знаки вместо слов", positions[0], positions[-1] + 1
