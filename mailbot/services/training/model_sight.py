"""What the model may look at; the poorer sights are there to be compared with."""

from __future__ import annotations

from enum import StrEnum


class FeatureSet(StrEnum):
    """All terms; the n-grams alone; or only which word lists of `rules/words` were met, a keyword baseline."""

    ALL = "all"
    NGRAMS = "ngrams"
    WORDS = "words"
