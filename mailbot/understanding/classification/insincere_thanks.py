"""Thanks that are none: said in mockery («спасибо за ледяные батареи»), or with a grievance behind them («…, но дети мёрзли»)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailbot.model import LetterKind, Rulebook
from mailbot.understanding.classification.letter_kinds import kind_shares
from mailbot.understanding.patterns.word_cues import compiled, word_list
from mailbot.understanding.text.passages import Passage

_THANKED = re.compile(
    r"(?<!\w)(?:спасиб\w*|благодар\w+|поклон\w*|признательн\w+)(?: [\w-]+){0,4}? за (?P<what>[\w-]+(?: [\w-]+){0,3})"
)
_TURN = re.compile(r"(?<!\w)(?:но|однако|хотя|правда|только вот|вот только)(?!\w)")
_AT_LAST = re.compile(
    r"(?<!\w)(?:хоть(?! и(?!\w))|хотя бы|жаль|увы|к сожалению|дождал\w+|наконец\w*(?:-то)?|всего-то|всего лишь|каких-то|не прошло и)(?!\w)"
)
_WORD = re.compile(r"[а-я]{2,}")
_CLAUSE = 3
"""Words that tell of something behind a turn."""

_GRIEVANCE, _THANKS = 0.6, 0.35
"""What a complaint and mere thanks are worth then: a person is to look."""


def is_mockery(folded: str, rulebook: Rulebook) -> bool:
    """Does the text thank for what nobody thanks for in earnest?"""
    earnest = rulebook.words("thanked_for")
    return any(not word_list(earnest).first_in(match["what"]) for match in _THANKED.finditer(folded))


def weigh_thanks(
    likely: Mapping[str, float], texts: tuple[Passage, ...], rulebook: Rulebook
) -> dict[str, float]:
    """The probabilities, with a complaint before thanks where the thanks are grudging; unchanged for any other letter."""
    shares = kind_shares(dict(likely))
    if max(LetterKind, key=lambda kind: shares[kind]) is not LetterKind.OTHER:
        return dict(likely)
    if not any(_is_grudging(text.folded, rulebook) for text in texts):
        return dict(likely)
    primary = {f"primary:{LetterKind.COMPLAINT}": _GRIEVANCE, f"primary:{LetterKind.OTHER}": _THANKS}
    kind = f"kind:{LetterKind.COMPLAINT}"
    return {**likely, **primary, kind: max(likely[kind], 1 - _THANKS)}


def _is_grudging(folded: str, rulebook: Rulebook) -> bool:
    thanks = (
        compiled(rulebook.words("thanks")).search(folded) or _THANKED.search(folded) or _BARE.search(folded)
    )
    if thanks is None:
        return False
    grave = compiled(rulebook.words("grave"))
    if is_mockery(folded, rulebook) and any(
        grave.search(match["what"]) for match in _THANKED.finditer(folded)
    ):
        return True
    if any(
        len(_WORD.findall(folded, turn.end())) >= _CLAUSE for turn in _TURN.finditer(folded, thanks.end())
    ):
        return True
    return _AT_LAST.search(folded) is not None and grave.search(folded, thanks.end()) is not None


_BARE = re.compile(r"(?<!\w)спасибо(?! за)(?!\w)")
