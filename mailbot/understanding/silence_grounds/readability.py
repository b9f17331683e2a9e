"""Can the text be read at all (clause 2.2.email.3: «текст обращения не поддаётся прочтению»).

NO is said only of text that no repair brought back and no person could read: lost characters,
keyboard mash, ciphertext. A failure of ours to decode, a file a person could open, a stretch of words
or a long number that is left whole (`legible_rest`), is DOUBT.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mailbot.language.dictionary import is_known
from mailbot.model import AttachmentText, Certainty, Judgement, Letter, LetterDamage, Rulebook, SegmentRole
from mailbot.understanding.patterns.word_cues import cue_spans
from mailbot.understanding.silence_grounds.legible_remains import legible_rest
from mailbot.understanding.text.disguised_words import from_latin, without_lookalikes
from mailbot.understanding.text.passages import Passage

_LOOKED = (
    "слова на русском и других языках",
    "утраченные буквы",
    "случайный набор клавиш",
    "шифр",
    "вложения",
)

_OWN_WORDS = (SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    word
    for words in (
        "и в не на я у мы вы с к о по за что как это нет да мне нас вам вас же но из от до",
        "или так уже все бы",
        "ли а добрый день здравствуйте прошу спасибо привет лс кв ул дом счет тел гвс показания отопление",
        "гкал вода the and you is of to for not hello please і та що нема добрий мин бар юк һәм сез безнең",
    )
    for word in words.split()
)
_HUMAN_LETTERS = re.compile(r"[әөүңҗһіїєґўқғұ]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0530-\u1fff\u3040-\ud7ff]")
_DRAWN_OUT = re.compile(r"([а-яa-z])\1{2,}")
_LOST = re.compile(r"[?\ufffd\u25a0-\u25ff]{2,}|\ufffd")
_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COLUMNS = (
    "йфя",
    "цыч",
    "увс",
    "кам",
    "епи",
    "нрт",
    "гоь",
    "шлб",
    "щдю",
    "qaz",
    "wsx",
    "edc",
    "rfv",
    "tgb",
    "yhn",
    "ujm",
)
_NEIGHBOURS = frozenset(
    row[i : i + 2] for line in (*_ROWS, *_COLUMNS) for row in (line, line[::-1]) for i in range(len(line) - 1)
)
_VOWELS = frozenset("аеиоуыэюяaeiouyіїєәөү")
_READABLE_SHARE = 0.34
_MASH_SHARE = 0.6
# A subject that a machine put there («Message from KM_C224e», «scan») says nothing for a body of lost bytes.
_SPEAKS = re.compile(r"[а-яәөүңқғұһіїєґў]|\d{4}|[a-z]+ [a-z]+ [a-z]+ [a-z]+")
_LONG = 25  # no word of a language is this long: ciphertext and base64 are


def judge_readable(letter: Letter, texts: tuple[Passage, ...], rulebook: Rulebook) -> Judgement:
    """YES, NO or DOUBT, with the reason in Russian for staff."""
    carried = [file for file in letter.attachments if file.text is not AttachmentText.EMPTY]
    folded = "\n".join(text.folded for text in texts if text.part != "subject")
    subject = "\n".join(text.folded for text in texts if text.part == "subject")
    whole = f"{subject}\n{folded}".strip()
    if not folded.strip() and not carried and _is_junk(letter) and not _SPEAKS.search(subject):
        return Judgement(Certainty.NO, _CIPHER, looked=_LOOKED)
    if not whole:
        return _empty(letter, carries=bool(carried))
    reason = _unreadable_reason(letter, whole)
    if reason is None or (reason == _UNKNOWN_WORDS and cue_spans(rulebook.words("domain"), texts)):
        return _yes("текст читается")
    if LetterDamage.UNDECODED in letter.damage:
        return _doubt(f"{reason}, но часть письма осталась закодированной: её может раскодировать человек")
    if carried:
        return _doubt(f"{reason}, но к письму приложен файл: его может прочесть человек")
    if reason in (_FOREIGN, _UNKNOWN_WORDS):
        return _doubt(reason)
    if legible := legible_rest("\n".join(part.view(*_OWN_WORDS) for part in letter.parts)):
        return _doubt(f"{reason}, но часть может прочесть человек: «{legible}»")
    return Judgement(Certainty.NO, reason, looked=_LOOKED)


_LOST_LETTERS = "буквы утрачены"
_MASH = "случайный набор клавиш"
_CIPHER = "шифр или двоичные данные вместо текста"
_FOREIGN = "письмо на языке, которого программа не знает"
_UNKNOWN_WORDS = "знакомых слов в письме не нашлось"


def _unreadable_reason(letter: Letter, folded: str) -> str | None:
    """Why the words give no sense to the machine; None where they do."""
    words = _WORD.findall(_DRAWN_OUT.sub(r"\1", folded))  # «бляяяяя» is a word
    letters = sum(map(len, words))
    lost = sum(len(gap) for gap in _LOST.findall(folded))
    common = sum(word in _COMMON for word in words)
    if lost > 2 * letters and lost > 8:
        return None if common > 3 else _LOST_LETTERS
    if not common and set(_WRECKED) <= set(letter.damage):
        return _LOST_LETTERS
    if _HUMAN_LETTERS.search(folded) or (common and common >= len(words) / 12):
        return None
    if _OTHER_SCRIPT.search(folded):
        return _CIPHER if _mixes_scripts(words) else _FOREIGN
    if letters == 0:
        return None if re.search(r"\d", folded) else _damaged(letter, lost)
    return _judge_words(letter, words, folded)


def _damaged(letter: Letter, lost: int) -> str | None:
    """No letter and no digit: lost text where parsing saw damage, else signs («?», «+») a person reads."""
    return _LOST_LETTERS if lost or _is_damaged(letter) else None


def _mixes_scripts(words: list[str]) -> bool:
    """No language writes one word in three scripts; bytes read by a wrong table do."""
    return any(len({_script(letter) for letter in word}) > 2 for word in words)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


_WRECKED = (LetterDamage.LOST_CHARACTERS, LetterDamage.UNKNOWN_CHARSET)


def _is_junk(letter: Letter) -> bool:
    """Is the text nameless octets of no known format, which no person and no program could open?"""
    return any(
        file.text is AttachmentText.EMPTY and not file.filename and file.content.strip()
        for file in letter.attachments
    )


def _is_damaged(letter: Letter) -> bool:
    return any(damage in letter.damage for damage in _WRECKED)


def _judge_words(letter: Letter, words: list[str], folded: str) -> str | None:
    long_share = sum(len(word) for word in words if len(word) > _LONG) / sum(map(len, words))
    if long_share > _MASH_SHARE or _looks_like_base64(folded):
        return _CIPHER
    if _known_share(words) >= _READABLE_SHARE or re.search(r"\d{3,}", folded):
        return None  # «л/с 4401 гвс 87»: machine formats are read for their numbers
    if _mash_share(words) >= _MASH_SHARE:
        return _MASH
    return _LOST_LETTERS if _is_damaged(letter) else _UNKNOWN_WORDS


def _looks_like_base64(folded: str) -> bool:
    """One unbroken run of Latin letters and digits after another; words are short and have gaps."""
    runs = re.findall(r"[a-z0-9+/=]{40,}", folded)
    return sum(map(len, runs)) > 0.7 * len(folded.replace(" ", "").replace("\n", ""))


def _mash_share(words: list[str]) -> float:
    """Share of letters in words that walk over neighbouring keys or could not be spoken."""
    mashed = sum(len(word) for word in words if _is_mash(word))
    return mashed / sum(map(len, words))


def _is_mash(word: str) -> bool:
    if len(word) < 4 or not _VOWELS & set(word):
        return len(set(word)) == 1 or not _VOWELS & set(word)
    pairs = sum(word[i : i + 2] in _NEIGHBOURS or word[i] == word[i + 1] for i in range(len(word) - 1))
    unspeakable = re.search(r"[бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz]{6,}", word) is not None
    return pairs >= 0.45 * (len(word) - 1) or unspeakable


def _known_share(words: list[str]) -> float:
    """Share of the words (three letters and more) that the dictionary of Russian or a name knows."""
    long = [word for word in words[:60] if len(word) > 2]
    if not long:
        return 1.0
    return sum(_is_known(word) for word in long) / len(long)


@lru_cache(maxsize=4096)
def _is_known(word: str) -> bool:
    """A Russian word, be it in Latin letters («batarei») or with look-alikes («вaм»)."""
    return any(is_known(form) for form in {word, from_latin(word), without_lookalikes(word)} if len(form) > 2)


def _empty(letter: Letter, *, carries: bool) -> Judgement:
    pictures = any(file.text is AttachmentText.PICTURE for file in letter.attachments)
    if pictures:
        return _doubt("прислано изображение без текста, прочесть может человек")
    if carries:
        return _doubt("текста нет, но приложен файл: его может прочесть человек")
    if letter.damage and LetterDamage.NO_TEXT not in letter.damage:
        return _doubt("текст не удалось извлечь из письма: посмотрите исходное письмо")
    return _yes("в письме нет ни слова: читать нечего, и ничто не утрачено")


def _yes(because: str) -> Judgement:
    return Judgement(Certainty.YES, because, looked=_LOOKED)


def _doubt(because: str) -> Judgement:
    return Judgement(Certainty.DOUBT, because, looked=_LOOKED)
