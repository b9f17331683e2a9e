"""Names of the writer: surname with first name, patronymic or initials, in any order and case of letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.language.dictionary import is_known
from mailbot.understanding.names.grammatical_case import in_nominative, may_be_nominative
from mailbot.understanding.names.name_candidates import NameCandidate, find_runs
from mailbot.understanding.names.name_parts import NameWord, is_plain_surname
from mailbot.understanding.names.surrounding_words import (
    ASKS,
    COMPANY_PEOPLE,
    FILLER,
    GENITIVE_OPENS,
    GENITIVE_SURELY,
    GREETED,
    INTRODUCES,
    NEVER_WRITER,
    OTHERS,
    OWN_WORDS,
    PREPARED,
    RELATIVES,
)
from mailbot.understanding.text.marked_spans import MASK, TextMatch
from mailbot.understanding.text.morphology import is_adjective, is_finite_verb, is_occupation, is_ordinary

_RELATIVE = 0.5  # «Мамина (Тиунова Клавдия Петровна) - счёт 410871»: the client, but not who writes


def find_names(text: str) -> tuple[TextMatch, ...]:
    """Names of the writer, the surest first; a first name alone only where a signature would stand.

    `text` must already be free of contact data (see `marked_spans.MASK`), addresses and e-mail addresses.
    """
    matches: list[TextMatch] = []
    for run in find_runs(text):
        confidence = _confidence(run)
        if confidence >= 0.25:
            start, end = run.words[0].start, _with_dot(text, run.words)
            matches.append(TextMatch(start, end, _value(text, run, end), round(min(confidence, 0.98), 2)))
    matches.sort(key=lambda mark: (-mark.confidence, -mark.start))
    return tuple(matches)


def _confidence(run: NameCandidate) -> float:
    if _is_other_person(run):
        return 0.0
    if RELATIVES.search(run.before):
        return _RELATIVE
    kinds = run.kinds
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
    if "I" in kinds and "W" in kinds and not _initials_hold(run, opens, closes):
        return 0.0
    if PREPARED.search(run.before):
        return 0.8  # «Исп. Шилова К.А.» below the signature of who writes
    return score + (0.03 if introduced or run.beside_contact or closes else -0.1)


def _is_edge(word: NameWord | None) -> bool:
    return word is None or word.kind in {"|", ".", MASK} or word.text.lower() in FILLER


def _alone(run: NameCandidate, kinds: str, *, opens: bool, closes: bool) -> float:
    """One word is a name only where a signature stands: on its own between boundaries."""
    word = run.words[0]
    if kinds == "s":
        return 0.5 if opens and closes and run.beside_contact and is_plain_surname(word.text) else 0.0
    if not (opens and closes):
        return _within_sentence(run, closes=closes) if kinds == "S" else 0.0
    ends = run.right is None or run.right.kind in {MASK, "|", "."} or run.right.text.lower() in FILLER
    if kinds == "S" and word.text.islower() and not run.beside_contact and not is_plain_surname(word.text):
        return 0.0
    if kinds == "S":
        return 0.75 if run.beside_contact or ends else 0.5
    if kinds == "F":
        last = run.right is None or run.right.kind in {"|", ".", MASK}
        return 0.3 if last and (word.capitalised or run.beside_contact) else 0.0
    near = _near_contact(run)
    if kinds == "W" and near and run.right is None and is_plain_surname(word.text):
        return 0.5  # «Лесная 4-12, Оборина»
    if kinds == "W" and near and not is_ordinary(word.text) and not word.text.isupper():
        return 0.45
    return 0.0


def _within_sentence(run: NameCandidate, *, closes: bool) -> float:
    """A surname that no boundary sets off: after contact data, after «я», before contact data, or last of all."""
    word = run.words[0]
    if _after_preposition(run):
        return 0.0
    after_contact = run.left is not None and run.left.kind == MASK
    if after_contact and word.capitalised and is_plain_surname(word.text):
        return 0.55
    if OWN_WORDS.search(run.before) and word.capitalised:
        return 0.6
    if closes and word.capitalised and _near_contact(run):
        return 0.6
    last = run.right is None and is_plain_surname(word.text) and not is_ordinary(word.text)
    return 0.45 if last and run.left is not None and not is_finite_verb(run.left.text) else 0.0


def _after_preposition(run: NameCandidate) -> bool:
    return bool(re.search(r"(?:^|\s)(?:на|по|с|у|к|от|за|для|в|о|про)\s+$", run.before, re.IGNORECASE))


def _near_contact(run: NameCandidate) -> bool:
    right = run.right is not None and (run.right.kind == MASK or run.right.text.lower() in FILLER)
    return MASK in run.before[-6:] or right


def _weak_pair_holds(run: NameCandidate, opens: bool, closes: bool, introduced: bool) -> bool:
    """«Убейволк Алексей» is a name, «Спасибо Наташа» is not: the weak word must be no ordinary one.

    A first name the dictionary lacks («Рахмонов Шерали») needs boundaries, foreigners («John Smith»)
    contact data beside.
    """
    kinds = run.kinds
    weak = [word.text for word in run.words if word.kind == "W"]
    if kinds == "WW":
        foreign = all(text.istitle() and not re.search("[а-яё]", text, re.IGNORECASE) for text in weak)
        apart = run.words[0].end < run.words[1].start
        return foreign and apart and opens and closes and run.beside_contact
    if "S" in kinds:
        return opens and closes and weak[0].istitle() and not is_known(weak[0])
    if introduced or (opens and closes):
        return not is_finite_verb(weak[0]) or not is_known(weak[0])
    return not is_known(weak[0])


def _initials_hold(run: NameCandidate, opens: bool, closes: bool) -> bool:
    """«Воробей Т.И.» and «Белый А.» are names; «+14 °С. Пациенты» and «5 Т. Мер нет» are sentences."""
    weak = next(word for word in run.words if word.kind == "W")
    if (
        run.words[0].kind == "W"
        and opens
        and closes
        and (is_adjective(weak.text) or is_occupation(weak.text))
    ):
        return True
    initials = sum(word.kind == "I" for word in run.words)
    return len(weak.text) > 2 and (
        not is_ordinary(weak.text) or (initials == 2 and not is_finite_verb(weak.text))
    )


def _is_other_person(run: NameCandidate) -> bool:
    folded = run.words[0].text.lower()
    if any(word.text.lower().startswith(COMPANY_PEOPLE) for word in run.words):
        return True
    if NEVER_WRITER.search(run.before):
        return True
    if GREETED.search(run.before) and not {"S", "s", "I"} & set(run.kinds):
        return True
    if OTHERS.search(run.before) and not INTRODUCES.search(run.before):
        return True
    if (
        run.right is not None
        and run.right.kind == "x"
        and _acts(run.right.text)
        and not ASKS.match(run.right.text)
        and not run.before.lower().endswith("я ")
    ):
        return folded != "я"
    if GENITIVE_OPENS.search(run.before):
        return False
    return not may_be_nominative(run.words)


def _acts(word: str) -> bool:
    return bool(re.search(r"(?:л|ла|ли|лся|лась|лись|ит|ет|ют|ут)$", word)) and is_finite_verb(word)


def _value(text: str, run: NameCandidate, end: int) -> str:
    """The nominative where an opening «от …» put the name into the genitive, else as written."""
    last = run.words[-1].end
    name = text[run.words[0].start : last]
    if GENITIVE_OPENS.search(run.before):
        name = in_nominative(text, run.words, surely_genitive=bool(GENITIVE_SURELY.search(run.before)))
    return " ".join((name + text[last:end]).split())


def _with_dot(text: str, words: Sequence[NameWord]) -> int:
    end = words[-1].end
    short = words[-1].kind == "I" or (len(words[-1].text) <= 3 and len(words) > 1)
    return end + 1 if short and text[end : end + 1] == "." else end
