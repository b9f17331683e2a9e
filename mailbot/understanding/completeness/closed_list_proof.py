"""What the closed lists prove of one sentence: that nothing stands in it but words that want nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mailbot.model import Rulebook
from mailbot.understanding.completeness.closed_word_lists import Vocabulary, vocabulary
from mailbot.understanding.completeness.naming_words import is_personal
from mailbot.understanding.completeness.own_sentences import RoleSentence
from mailbot.understanding.patterns.word_cues import WordListMatcher, compiled, word_list
from mailbot.understanding.text.marked_spans import MASK
from mailbot.understanding.text.morphology import is_finite_verb, is_occupation, is_ordinary

LEXICONS = ("domain", "notice_words", "plain_phrases", "plain_words", "report_words", "signature_words")

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,200}")
_THING = re.compile(
    r"(?<!\w)(?:вод|гвс|хвс|холодн|отоп|тепл|счетчик|прибор|узел|стояк|договор|счет\b|услуг|ресурс)"
)
_OBJECT = re.compile(
    r"показан|показател|данн|цифр|значен|сведен|отчет|ведомост|вложен|(?<!\w)об[ае](?!\w)|\d|¦"
)
_WHERE = re.compile(r"(?<!\w)(?:в|во|на|у|из|от|под|к|без|о|об)(?!\w)")


@dataclass(frozen=True, slots=True)
class RoleVocabularies:
    """The vocabularies that the roles of a letter's text allow."""

    trade: re.Pattern[str]
    phrases: WordListMatcher
    plain: Vocabulary
    signature: Vocabulary
    notice: Vocabulary
    report: Vocabulary


@lru_cache(maxsize=8)
def _lists(*words: tuple[str, ...]) -> RoleVocabularies:
    domain, notice, phrases, plain, report, signature = words
    return RoleVocabularies(
        compiled(domain),
        word_list(phrases),
        vocabulary(plain),
        vocabulary(plain, signature),
        vocabulary(plain, notice),
        vocabulary(plain, report, signature),
    )


def lists_of(rulebook: Rulebook) -> RoleVocabularies:
    return _lists(*(rulebook.words(name) for name in LEXICONS))


def without_phrases(folded: str, lists: RoleVocabularies) -> str:
    """The text with the phrases that want nothing blanked; same length."""
    for match in lists.phrases.all_in(folded):
        folded = folded[: match.start()] + " " * len(match[0]) + folded[match.end() :]
    return folded


def unknown(written: str, folded: str, words: Vocabulary) -> Iterator[str]:
    """The words of `folded` that the vocabulary does not hold and that name nobody; `written` has their capitals."""
    for match in WORD.finditer(folded):
        if not words.holds(match.group()) and not is_personal(written[match.start() : match.end()]):
            yield match.group()


def is_bare_thing(folded: str, piece: RoleSentence) -> bool:
    """«Холодная вода.» on its own says that the water is cold; over a number it names what is measured."""
    return (
        bool(_THING.search(folded)) and not _OBJECT.search(folded) and not re.search(r"\d", piece.following)
    )


def is_contact_line(written: str, folded: str, lists: RoleVocabularies) -> bool:
    """Contact data that was found, beside names of people and places with a capital: no verb, no place where something
    is, no word of the trade. «¦, Гаревая, ¦» says where somebody lives; «Свекровь в больнице, ¦» says more."""
    words = list(WORD.finditer(folded))
    if MASK not in written or _WHERE.search(folded) or any(is_finite_verb(word.group()) for word in words):
        return False
    return all(
        _is_name_in_place(written[word.start() : word.end()], first=word is words[0])
        and not lists.trade.match(folded, word.start())
        for word in words
        if not lists.signature.holds(word.group())
    )


def _is_name_in_place(word: str, *, first: bool) -> bool:
    """A capital inside a sentence makes a name; at its beginning only a word that is no ordinary one."""
    if is_personal(word):
        return True
    return word[:1].isupper() and not word.isupper() and not (first and is_ordinary(word.lower()))


def is_signature(written: str, folded: str, words: Vocabulary) -> bool:
    """A post, a place of work, a trade: no verb, no place where something is, and no word beyond those of signatures; beside
    a name any word for a person is a post («Провизор ¦»)."""
    folded = _LINK.sub(lambda match: " " * len(match.group()), folded)
    if _WHERE.search(folded) or any(is_finite_verb(match.group()) for match in WORD.finditer(folded)):
        return False
    posts = MASK in written
    return all(posts and is_occupation(word) for word in unknown(written, folded, words))
