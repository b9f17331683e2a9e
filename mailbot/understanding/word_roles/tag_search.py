"""The likeliest tags of a part's words, found exactly, and the stretches they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mailbot.model.trained.name_words import GAPS, NONE, WordModel
from mailbot.understanding.word_roles.context_features import WordFeatures
from mailbot.understanding.word_roles.word_sequence import WordPage, candidates

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """Words `first`..`last` of a page that name something together, and how sure the least sure of them is."""

    first: int
    last: int
    role: str
    probability: float


def tag(page: WordPage, model: WordModel) -> tuple[NamedSpan, ...]:
    """What the words of a page name, in order, none overlapping another."""
    looked = candidates(page, model.plain)
    if not looked or len(model.tags) == 1:
        return ()
    seen = WordFeatures(page)
    scores = model.scores([seen.features(nth) for nth in looked])
    spans: list[NamedSpan] = []
    for start, end in runs(looked):
        gaps = [GAPS.index(page.words[nth].gap) for nth in looked[start:end]]
        path = likeliest_tags(scores[start:end], gaps, model)
        if any(path):
            sure = _sureness(scores[start:end], gaps, path, model)
            spans += _stretches(looked[start:end], path, sure, model.tags)
    return tuple(spans)


def runs(looked: Sequence[int]) -> list[tuple[int, int]]:
    """Bounds of stretches without a break: a word that was not looked at parts what stands on its sides."""
    breaks = [at for at in range(1, len(looked)) if looked[at] != looked[at - 1] + 1]
    return list(zip([0, *breaks], [*breaks, len(looked)], strict=True))


def likeliest_tags(scores: Scores, gaps: Sequence[int], model: WordModel) -> list[int]:
    """The best path of tags (Viterbi 1967): O(n) for n words."""
    best = scores[0] + model.opening
    backs: list[NDArray[np.intp]] = []
    for at in range(1, len(scores)):
        ways = best[:, None] + model.moves[gaps[at]]
        backs.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + scores[at]
    path = [int(best.argmax())]
    for back in reversed(backs):
        path.append(int(back[path[-1]]))
    return path[::-1]


def _sureness(scores: Scores, gaps: Sequence[int], path: Sequence[int], model: WordModel) -> list[float]:
    """How likely each tag is, its neighbours' given."""
    sure = []
    for at, tag_ in enumerate(path):
        row = scores[at] + (model.moves[gaps[at], path[at - 1]] if at else model.opening)
        if at + 1 < len(path):
            row = row + model.moves[gaps[at + 1], :, path[at + 1]]
        likely = np.exp(row - row.max())
        sure.append(float(likely[tag_] / likely.sum()))
    return sure


def _stretches(
    looked: Sequence[int], path: Sequence[int], sure: Sequence[float], tags: Sequence[str]
) -> list[NamedSpan]:
    spans: list[NamedSpan] = []
    for nth, tag_, probability in zip(looked, path, sure, strict=True):
        name = tags[tag_]
        if name == NONE:
            continue
        role = name[2:]
        if name[0] == "I" and spans and spans[-1].role == role and spans[-1].last == nth - 1:
            earlier = spans.pop()
            spans.append(NamedSpan(earlier.first, nth, role, min(earlier.probability, probability)))
        else:
            spans.append(NamedSpan(nth, nth, role, probability))
    return spans
