"""Did an answer of ours speak to the matter? A formal answer settles nothing (clause 2.2.email.4)."""

from __future__ import annotations

import re

from mailbot.policy.case_folding import fold_case
from mailbot.policy.repeats.lexemes import WordSort, lexeme
from mailbot.wording.formal_phrases import FORMAL

_SPECIFIC = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:руб|%|°|градус|гкал|м3|м²|м2|дн|час|кв|месяц|лет)|\b\d{1,2}\.\d{2}(?:\.\d{2,4})?\b"
    r"|\bп\.\s*\d|\bст\.\s*\d|\bч\.\s*\d|\bправил\w* (?:№|предоставл)|\bзакон\w*|\bпостановлени\w*|\bкодекс\w*"
)
"""A finding, a figure, a norm."""

MIN_WORDS, MIN_WITH_FIGURES = 4, 2
"""Words of its own, neither formal nor the writer's, that an answer needs; fewer where it gives a figure or a norm."""

_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*")


def answers_on_substance(answer: str, question: str = "") -> bool:
    """Does our answer hold anything beyond formal phrases and the writer's own words?

    Errs towards no: then nothing is silenced.
    """
    own = _lemmas(_without_names(answer)) - _lemmas(question)
    return len(own) >= (MIN_WITH_FIGURES if _SPECIFIC.search(fold_case(answer)) else MIN_WORDS)


_NAME = re.compile(r"(?<=[^.!?\n\s])([ \t]+[«\"]?|[«\"])[А-ЯЁ][А-ЯЁа-яё-]*")
"""A capital inside a sentence or behind a quotation mark: whom we greet, who signs; that settles nothing."""


def _without_names(text: str) -> str:
    return _NAME.sub(" ", text)


def _lemmas(text: str) -> set[str]:
    return {
        lexeme(word).lemma
        for word in _WORD.findall(fold_case(text))
        if lexeme(word).sort not in (WordSort.FUNCTION, WordSort.NUMERAL) and not FORMAL.match(word)
    }
