"""Names of the writer: surname with first name, patronymic or initials, in any order and case of letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.understanding.marks import TAKEN, Mark
from mailbot.understanding.morphology import (
    is_finite_verb,
    is_known,
    is_occupation,
    is_ordinary,
    nominative,
    readings_with,
)
from mailbot.understanding.name_surroundings import (
    COMPANY_PEOPLE,
    FILLER,
    GENITIVE_OPENS,
    INTRODUCES,
    OTHERS,
)
from mailbot.understanding.name_words import Word, is_cut_name, sort_words

# Shapes over the kinds of words, best first; the number is how sure the shape alone makes us.
_SHAPES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(shape), confidence)
    for shape, confidence in (
        (r"[SWF]FP", 0.95),
        (r"FP[SW]", 0.95),
        (r"[SWF]I\.?I\.?", 0.93),
        (r"I\.?I\.?[SWF]", 0.93),
        (r"[SWF]I\.", 0.92),
        (r"I\.[SWF]", 0.92),
        (r"SII?", 0.85),
        (r"SF|FS", 0.92),
        (r"WF|FW|SS|FF", 0.75),
        (r"FP", 0.6),
        (r"S", 0.7),
        (r"W", 0.45),
        (r"F", 0.3),
    )
)


@dataclass(frozen=True, slots=True)
class _Run:
    words: tuple[Word, ...]  # the name's own words
    shape: float
    before: str  # up to 40 characters of the text before
    left: Word | None
    right: Word | None


def find_names(text: str) -> tuple[Mark, ...]:
    """Names of the writer, the surest first; a first name alone only where a signature would stand.

    `text` must already be free of contact data (see `marks.TAKEN`), addresses and e-mail addresses.
    """
    words = sort_words(text)
    found: list[Mark] = []
    for run in _runs(text, words):
        confidence = _confidence(run)
        if confidence >= 0.25:
            start, end = run.words[0].start, _with_dot(text, run.words)
            found.append(Mark(start, end, _value(text[start:end], run), round(min(confidence, 0.98), 2)))
    found.sort(key=lambda mark: (-mark.confidence, -mark.start))
    return tuple(found)


def _runs(text: str, words: Sequence[Word]) -> list[_Run]:
    kinds = "".join(word.kind for word in words)
    taken = [False] * len(words)
    runs = []
    for pattern, shape in _SHAPES:
        for match in pattern.finditer(kinds):
            first, last = match.span()
            if any(taken[first:last]):
                continue
            last = _with_abbreviation(words, first, last, kinds)
            taken[first:last] = [True] * (last - first)
            own = tuple(word for word in words[first:last] if word.kind != ".")
            runs.append(
                _Run(
                    own,
                    shape if last == match.end() else 0.85,
                    text[max(0, own[0].start - 40) : own[0].start],
                    words[first - 1] if first else None,
                    words[last] if last < len(words) else None,
                )
            )
    return runs


def _with_abbreviation(words: Sequence[Word], first: int, last: int, kinds: str) -> int:
    """«Краснопёрова св.»: a first name cut to two or three letters."""
    if last - first == 1 and kinds[first] in "SW" and last + 1 < len(words):
        following = words[last]
        short = following.text.lower()
        if kinds[last + 1] == "." and is_cut_name(short) and short not in FILLER:
            return last + 1
    return last


def _confidence(run: _Run) -> float:
    if _is_other_person(run):
        return 0.0
    kinds = "".join(word.kind for word in run.words)
    score = run.shape
    opens, closes = _is_edge(run.left), _is_edge(run.right)
    introduced = bool(INTRODUCES.search(run.before)) or (
        run.left is not None and is_occupation(run.left.text)
    )
    if len(run.words) == 1:
        return _alone(run, kinds, opens=opens or introduced, closes=closes)
    if (
        "W" in kinds
        and "I" not in kinds
        and "P" not in kinds
        and not _weak_pair_holds(run, opens, closes, introduced)
    ):
        return 0.0
    if not run.words[0].capitalised and not (closes or opens):
        return 0.0
    if "I" in kinds and "W" in kinds and not _initials_hold(run):
        return 0.0
    beside = (run.left is not None and run.left.kind == TAKEN) or (
        run.right is not None and run.right.kind == TAKEN
    )
    return score + (0.03 if introduced or beside or closes else -0.1)


def _is_edge(word: Word | None) -> bool:
    return word is None or word.kind in {"|", ".", TAKEN} or word.text.lower() in FILLER


def _alone(run: _Run, kinds: str, *, opens: bool, closes: bool) -> float:
    """One word is a name only where a signature stands: on its own between boundaries."""
    word = run.words[0]
    if not (opens and closes):
        between = (
            kinds == "S"
            and word.capitalised
            and closes
            and _near_contact(run)
            and not _after_preposition(run)
        )
        return 0.6 if between else 0.0
    ends = run.right is None or run.right.kind in {TAKEN, "|", "."} or run.right.text.lower() in FILLER
    beside = any(side is not None and side.kind == TAKEN for side in (run.left, run.right))
    if kinds == "S":
        return 0.75 if beside or ends else 0.5
    if kinds == "F":
        last = run.right is None or run.right.kind in {"|", ".", TAKEN}
        return 0.3 if last and word.capitalised else 0.0
    near = _near_contact(run)
    if kinds == "W" and near and not is_ordinary(word.text) and not word.text.isupper():
        return 0.45
    return 0.0


def _after_preposition(run: _Run) -> bool:
    return bool(re.search(r"(?:^|\s)(?:на|по|с|у|к|от|за|для|в|о|про)\s+$", run.before, re.IGNORECASE))


def _near_contact(run: _Run) -> bool:
    right = run.right is not None and (run.right.kind == TAKEN or run.right.text.lower() in FILLER)
    return TAKEN in run.before[-6:] or right


def _weak_pair_holds(run: _Run, opens: bool, closes: bool, introduced: bool) -> bool:
    """«Убейволк Алексей» is a name, «Спасибо Наташа» is not: the weak word must be no ordinary one."""
    weak = next(word for word in run.words if word.kind == "W")
    if introduced or (opens and closes):
        return not is_finite_verb(weak.text) or not is_known(weak.text)
    return not is_known(weak.text)


def _initials_hold(run: _Run) -> bool:
    """«Воробей Т.И.» is a name; «+14 °С. Пациенты» and «5 Т. Мер нет» are sentences."""
    weak = next(word for word in run.words if word.kind == "W")
    initials = sum(word.kind == "I" for word in run.words)
    return len(weak.text) > 2 and (
        not is_ordinary(weak.text) or (initials == 2 and not is_finite_verb(weak.text))
    )


def _is_other_person(run: _Run) -> bool:
    folded = run.words[0].text.lower()
    if any(word.text.lower().startswith(COMPANY_PEOPLE) for word in run.words):
        return True
    if OTHERS.search(run.before) and not INTRODUCES.search(run.before):
        return True
    if (
        run.right is not None
        and run.right.kind == "x"
        and _acts(run.right.text)
        and not run.before.lower().endswith("я ")
    ):
        return folded != "я"
    if GENITIVE_OPENS.search(run.before):
        return False
    return not _may_be_nominative(run)


def _acts(word: str) -> bool:
    return bool(re.search(r"(?:л|ла|ли|лся|лась|лись|ит|ет|ют|ут)$", word)) and is_finite_verb(word)


def _may_be_nominative(run: _Run) -> bool:
    """A writer signs in the nominative; «должником Сухановым Д.Е.» is somebody else."""
    for word in run.words:
        wanted = {"F": "Name", "P": "Patr", "S": "Surn"}.get(word.kind)
        cases = readings_with(word.text, wanted) if wanted else frozenset[str]()
        if cases and "nomn" not in cases and is_known(word.text):
            return False
        if (
            word.kind in "SW"
            and re.search(r"(?:[оеё]в|[иы]н)(?:ым|у|ой)$", word.text.lower())
            and not is_known(word.text)
        ):
            return False
    return True


def _with_dot(text: str, words: Sequence[Word]) -> int:
    end = words[-1].end
    short = words[-1].kind == "I" or (len(words[-1].text) <= 3 and len(words) > 1)
    return end + 1 if short and text[end : end + 1] == "." else end


def _value(written: str, run: _Run) -> str:
    """The nominative where an opening «от …» put the name into the genitive, else as written."""
    ambiguous = not any(word.kind in "FP" for word in run.words) and _may_be_nominative(run)
    if not GENITIVE_OPENS.search(run.before) or ambiguous:
        return " ".join(written.split())
    pieces = []
    for word in run.words:
        wanted = {"F": "Name", "P": "Patr", "S": "Surn"}.get(word.kind)
        feminine_surname = word.kind == "S" and _is_feminine(run) and word.text.lower().endswith("ой")
        form = _feminine(word.text) if feminine_surname else wanted and nominative(word.text, wanted)
        pieces.append(word.text + "." if word.kind == "I" else form or word.text)
    return " ".join(pieces)


def _is_feminine(run: _Run) -> bool:
    return (
        any(word.kind == "P" and re.search(r"[нч]н[ыеаоу]й?$", word.text) for word in run.words)
        or len(run.words) == 1
    )


def _feminine(word: str) -> str:
    stem = word[:-2]
    return stem + ("ая" if stem.lower().endswith(("ск", "цк")) else "а")
