"""A surname as it is compared: whatever its case and gender, a family has one stem."""

from __future__ import annotations

import re

_ENDING = re.compile(
    r"(?<=[а-я]{3})(?:ого|его|ому|ему|ыми|ими|ых|их|ым|им|ой|ей|ая|яя|ую|юю|ый|ий|ою|ом|ем|а|я|у|ю|е|ы|и|ь|й)$"
)


def surname_stem(word: str) -> str:
    """«кокшаров» for «Кокшаров», «Кокшаровой» and «КОКШАРОВЫМ»; «чечкин» for «Чечкина»."""
    return _ENDING.sub("", word.lower().replace("ё", "е"))
