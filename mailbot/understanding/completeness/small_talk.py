"""Talk beside readings: sentences that two trained models know from many lines that want nothing, and many that want something.

The closed lists cannot hold all that people say beside their numbers: «пишу с телефона мужа, очки забыла». One model judges
each clause by its words, the other reads the sentence whole (`sentence_net`); together they are believed only where no clause
nor any few words of one seem a matter, and no number stands there that may be a reading of its own, money or a temperature:
there a person looks, however harmless the sentence seems. Where a word of `rules/words/grave.txt` or a sign of a question, a
complaint or a threat stands, they must be surer still, and the clause longer than a cry. Nor do listed words prove a sentence
that a model takes for a matter: «счётчик сняли».
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mailbot.language.word_pieces import piece_numbers, piece_vectors
from mailbot.model import Rulebook
from mailbot.model.trained.number_roles import NUMBER_ROLES
from mailbot.model.trained.sentence_network import SentenceNet
from mailbot.understanding.completeness.closed_list_proof import WORD, lists_of, unknown, without_phrases
from mailbot.understanding.completeness.small_talk_features import VALUE, sign_of, talk_features
from mailbot.understanding.patterns.word_cues import any_of
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.marked_spans import MASK

LEXICONS = ("grave", "question", "complaint", "threat", "insult", "obscene")
TALK, MATTER = "talk", "matter"
GRAVE_NUMBERS = frozenset({"value", "sum", "temperature", "account", "area"})
"""Roles of numbers that want a person where nothing took them."""

_OTHER_SIGNS = "".join(sign_of(role) for role in NUMBER_ROLES if role not in {"date", "hour"})
_NAMED = re.compile(rf"[\s:=№–—-]*(?:{MASK}+|{VALUE}+(?![\d.,]))")
"""What was read behind a clause that names it: «Баня 000», «Номер лицевого счёта: ¦¦¦»."""

_BETWEEN = re.compile(r"(?<!\d)[,;:().!…]+|[,;:().!…]+(?!\d)|\s[-–—]+\s|¦+|(?<![\d.,])0+(?![\d.,])|\n")
_NUMBER = re.compile(
    rf"(?<![\d.,:])(?![\d]{{1,2}}\.\d{{1,2}}(?!\d)|\d{{1,2}}:\d\d)(?=\d*[1-9])\d[\d.,]*|[{_OTHER_SIGNS}]+"
)
_WRITTEN = re.compile(r"\S+")
_IN_BRACKETS = re.compile(r"\(([^()]*\w\s+\w[^()]*)\)")
_CONTACT = re.compile(rf"{MASK}+")
_A_NUMBER = re.compile(rf"[\ue000-\ue0ff]+|(?<!\d){VALUE}+(?!\d)")
_NEVER = 1e-5
_TOLD = 5
"""Words that a clause with a grave one must have to be talk at all: «Горим!», «Давление скачет» say no more than that."""
_BY_WORDS = 0.5
"""How much the log odds by words alone count beside those of the network: chosen by hands that neither had seen."""
BY_ITSELF = 1.0
"""Log odds that the network must give each strange clause by itself, however harmless the sentence; where there is but one,
it is what the sentence says, and the reading beside it makes it no more harmless."""
_MIN_PROBABILITY = 0.1
"""How probably a clause must be talk by its words alone, for its sentence to be read whole at all: that takes time."""
_STRETCH = 4
"""Words of a long clause that are judged by themselves."""
_LONG = 6
"""Words beyond which a clause is long: told to a telephone without a stop, much talk may drown a matter."""
_EVEN = 0.4
"""How probably such a stretch must be talk: it may end in the middle of a thought."""
_MAX_LENGTH = 600
"""Characters of a sentence that is read whole: longer ones a person reads."""
_FEW = 2
"""Numbers that nothing took, days and hours aside: with more it is a printout, and a value may be among them."""
_SAID_NUMBER = re.compile(
    r"(?<!\w)(?:сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|тысяч\w{0,3}|целых|десятых|сотых)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class SentenceClause:
    """A clause of a sentence; `strange` where the closed lists do not account for it."""

    text: str
    strange: bool


def is_talk(text: str, numbers: Iterable[str], rulebook: Rulebook) -> bool:
    """Is the sentence surely talk? `text` as `talk_features` wants it; `numbers` are the roles of those left in it."""
    if not GRAVE_NUMBERS.isdisjoint(numbers) or len(_NUMBER.findall(text)) > _FEW:
        return False
    found = tuple(clauses(text, rulebook))
    grave = is_grave(text, rulebook)
    if (grave and _cries(found, rulebook)) or _may_drown_a_matter(found, rulebook):
        return False
    sure = rulebook.thresholds.grave_talk if grave else rulebook.thresholds.talk
    return _odds(text, [clause.text for clause in found if clause.strange], rulebook) >= _log_odds(sure)


def _cries(found: Iterable[SentenceClause], rulebook: Rulebook) -> bool:
    return any(len(WORD.findall(clause.text)) < _TOLD and is_grave(clause.text, rulebook) for clause in found)


def _may_drown_a_matter(found: Iterable[SentenceClause], rulebook: Rulebook) -> bool:
    parts = (part for clause in found for part in _stretches(clause.text))
    return any(talk_probability(part, rulebook) < _EVEN for part in parts)


def _odds(text: str, strange: list[str], rulebook: Rulebook) -> float:
    """How likely the sentence is talk by its strange clauses' words and by the network, in log odds; endlessly unlikely where
    one of these clauses is none by itself."""
    least = min((talk_probability(clause, rulebook) for clause in strange), default=1.0)
    if least < _MIN_PROBABILITY:
        return -math.inf
    apart = [_by_network(clause, rulebook) for clause in strange]
    if any(probability < BY_ITSELF for probability in apart):
        return -math.inf
    whole = read_whole(text, rulebook)
    return _BY_WORDS * _log_odds(least) + (min(whole, *apart) if len(apart) == 1 else whole)


def read_whole(text: str, rulebook: Rulebook) -> float:
    """How likely the sentence as a whole is talk, in log odds, and what it says in brackets by itself: the least of them.
    Endlessly unlikely where it is too long to be read whole."""
    if len(text) > _MAX_LENGTH:
        return -math.inf
    asides = (match[1] for match in _IN_BRACKETS.finditer(text))
    return min(_by_network(aside, rulebook) for aside in (text, *asides))


def _by_network(text: str, rulebook: Rulebook) -> float:
    return _read(rulebook.talk_net, as_said(text))


@lru_cache(maxsize=20_000)  # «лицевой счёт N», «ГВС 5» stand in every second letter
def _read(net: SentenceNet, said: str) -> float:
    return float(net.log_odds([piece_vectors(piece_numbers(said))])[0]) if net.weights else -math.inf


def as_said(text: str) -> str:
    """The sentence as its network reads it: of contact data and of numbers that they stand there, not which they are; and
    whoever writes in capitals, or «е» for «ё», says the same."""
    alike = text.lower().replace("ё", "е")
    return " ".join(_A_NUMBER.sub("5", _CONTACT.sub("N", alike)).split())


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _NEVER), 1 - _NEVER)
    return math.log(bounded / (1 - bounded))


def _stretches(clause: str) -> Iterator[str]:
    """Every four words of a long clause, by twos."""
    words = list(_WRITTEN.finditer(clause))
    if len(words) <= _LONG:
        return
    half = _STRETCH // 2
    for first in range(0, len(words) - half, half):
        yield clause[words[first].start() : words[min(first + _STRETCH, len(words)) - 1].end()]


def seems_a_matter(text: str, rulebook: Rulebook) -> bool:
    """Does a sentence made of listed words alone seem to want something? Not one of whole listed phrases; and without a
    network nothing seems."""
    if not rulebook.talk_net.weights or not any(clauses(text, rulebook)):
        return False
    return read_whole(text, rulebook) < _log_odds(rulebook.thresholds.seeming_talk)


def clauses(text: str, rulebook: Rulebook) -> Iterator[SentenceClause]:
    """The clauses of a sentence that have a word beyond the listed phrases.

    Each is judged by itself: a reading in front makes «в валенках спим» no more harmless. Where nobody wrote a comma, what
    was read parts the clauses: «¦¦¦ гвс 000 в валенках спим». What follows a clause and was read belongs to it.
    """
    lists = lists_of(rulebook)
    for clause, end in _between_stops(text):
        left = without_phrases(fold(clause), lists)
        if WORD.search(left):
            strange = any(unknown(clause, left, lists.plain))
            named = _NAMED.match(text, end)
            yield SentenceClause(clause + (named[0] if named else ""), strange)


def split_clauses(text: str) -> Iterator[str]:
    """Every clause of a sentence that has a word, and every four words of a longer one."""
    for clause, _ in _between_stops(text):
        if WORD.search(clause):
            yield clause
            yield from _stretches(clause)


def _between_stops(text: str) -> Iterator[tuple[str, int]]:
    """What stands between commas, stops and what was read, with where it ends."""
    edges = [(0, 0), *(match.span() for match in _BETWEEN.finditer(text)), (len(text), len(text))]
    yield from ((text[before[1] : after[0]], after[0]) for before, after in pairwise(edges))


def is_grave(text: str, rulebook: Rulebook) -> bool:
    """Does a word stand in the sentence behind which there may be a matter?"""
    folded = without_phrases(fold(text), lists_of(rulebook))
    return bool(_SAID_NUMBER.search(folded)) or any_of(rulebook, LEXICONS).first_in(folded) is not None


def talk_probability(text: str, rulebook: Rulebook) -> float:
    """How likely (0…1) a sentence with such words stands in a letter that passes on readings and wants nothing else."""
    model = rulebook.talk
    if TALK not in model.classes:
        return 0.0
    return math.exp(float(model.log_probabilities(talk_features(text))[model.classes.index(TALK)]))
