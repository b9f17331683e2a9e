"""What a letter holds beyond its readings, contacts and courtesy: each such sentence, for a person to read.

A sentence is without a matter of its own only if it is built of the closed lists `rules/words/plain_*.txt` alone, of
contact data, names, numbers and days (`proof`), or if, beside readings, it is surely talk (`talk`). Whatever else stands in
it, a word of any kind, a question mark, a sign of money or degrees, makes it a remainder.
"""

from __future__ import annotations

import re
from itertools import islice

from mailbot.model import Contacts, ExtractedValue, Letter, LetterPart, Reading, Rulebook, SegmentRole, Span
from mailbot.model.written_forms.surname import surname_stem
from mailbot.understanding.classification.insincere_thanks import is_mockery
from mailbot.understanding.completeness.closed_list_proof import (
    WORD,
    is_bare_thing,
    is_contact_line,
    is_signature,
    lists_of,
    unknown,
    without_phrases,
)
from mailbot.understanding.completeness.naming_words import without_named
from mailbot.understanding.completeness.own_sentences import RoleSentence, pieces, unread
from mailbot.understanding.completeness.own_words_quoted import is_ours
from mailbot.understanding.completeness.small_talk import (
    clauses,
    is_grave,
    is_talk,
    seems_a_matter,
    talk_probability,
)
from mailbot.understanding.completeness.small_talk_features import VALUE, with_signs
from mailbot.understanding.completeness.table_object_names import object_cells
from mailbot.understanding.completeness.used_spans import used_places, value_places
from mailbot.understanding.dial_values.meter_serials import find_models
from mailbot.understanding.number_roles.best_assignment import NumberRole
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.marked_spans import MASK, TextMatch, mask_stretches

_NOTICE = re.compile(r"конфиденциальн|предназначен|по ошибке|confidential|антивирус|на вирусы|virus")
"""What every notice of a mail program or of a firm's server has in its first sentence."""

_QUESTION = re.compile(r"[?�]")
_SIGN = re.compile(
    r"[?%°₽$€�]|(?<![\d+])\+\s?\d{1,2}(?![\d(-]|\s[\d(])"
    r"|(?<!\w)температур\w*\s(?!подач|обрат|прям|наруж)|(?<!\w)(?:стояк|батаре|радиатор|полотенц|труб)\w*[^.!?]{0,30}\s(?:холод|тепл|горяч)"
)
"""A question, money, a share, degrees, how warm a thing is: what readings and contacts need none of."""

_NUMBER = re.compile(r"\d")
_UNTAKEN = re.compile(r"(?<!\d)(?=0*[1-9])\d+")
_CORRECTS = re.compile(r"(?<!\w)(?:ошиб|исправ|опечат|описал|перепутал|неверн|неправильн)")
_SAYS_WHICH_HOLDS = re.compile(rf"{_CORRECTS.pattern}|(?<!\w)(?:верн(?:ый|ая|ое|о|ую)|правильн)")
_BARE_SUBJECT = re.compile(
    r"\W*(?:(?:re|fwd?|отв|на)\W+)*(?:вопрос|обращение|письмо|сообщение|без темы|нет темы)?\W*"
)
"""A subject that only says that this is a letter."""
_REPLIES = re.compile(r"\W*(?:re|отв)\s?:")
"""How the subject of a reply begins (RFC 5322, 3.6.5); the rest is that of the letter replied to."""
_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}")
_SURE = 0.9  # of an account that nobody took
_LIKELY = 0.5  # of a value that is no reading
_MAX_SENTENCES = 40  # sentences of a remainder: a person reads the whole letter anyway
_MAX_QUOTED_LENGTH = 300  # characters of a sentence that the doubt repeats


def find_remainder(
    letter: Letter,
    readings: tuple[Reading, ...],
    contacts: Contacts,
    rulebook: Rulebook,
    named: frozenset[str] = frozenset(),
    read: tuple[ReadPart, ...] = (),
) -> tuple[ExtractedValue[str], ...]:
    """The sentences that nothing accounts for, as written, in the order of the letter; empty where all are. The confidence
    is that one wants something: less than 1 where it may be mere talk beside readings.

    `named` are the stems of the words by which the register calls the client: such a word names them, and says no more.
    `read` says what the letter's numbers are.
    """
    judge = _Judge(letter, readings, contacts, rulebook, named, read)
    judged = (judge.remainder(piece) for piece in pieces(letter))
    sentences = list(islice((sentence for sentence in judged if sentence is not None), _MAX_SENTENCES))
    sentences += [
        ExtractedValue("письмо длиннее, чем читает машина", (Span(*rest),)) for rest in unread(letter)
    ]
    return tuple(sentences)


class _Judge:
    """One letter with what was used of it, and its sentences judged in their order."""

    def __init__(
        self,
        letter: Letter,
        readings: tuple[Reading, ...],
        contacts: Contacts,
        rulebook: Rulebook,
        named: frozenset[str],
        read: tuple[ReadPart, ...],
    ) -> None:
        self._named = named
        self._rulebook = rulebook
        self._numbers = {part.part: part.roles for part in read}
        self._letter = letter
        self._lists = lists_of(rulebook)
        self._values = value_places(letter, readings)
        self._used = used_places(letter, contacts, read)
        for part in letter.parts:
            self._used[part.name] += object_cells(part.text, self._values[part.name], self._is_grave)
        self._readings = readings
        self._accounts = {account.value for account in contacts.accounts}
        self._in_notice = False

    def _is_grave(self, text: str) -> bool:
        return is_grave(text, self._rulebook)

    def remainder(self, piece: RoleSentence) -> ExtractedValue[str] | None:
        part = self._letter.part(piece.part)
        self._in_notice = piece.role is SegmentRole.DISCLAIMER or (
            self._in_notice and "\n\n" not in part.text[max(0, piece.start - 2) : piece.start + 2]
        )
        if is_ours(piece, part, self._rulebook.channels):
            return None
        written = self._without_used(piece)
        if not _stands_in_one_half(piece, part) and self._accounted(piece, written):
            return None
        words = " ".join(piece.text.split()).strip("—–- ")
        return ExtractedValue(_shortened(words), (_tight(piece),), self._wants(piece, written))

    def _wants(self, piece: RoleSentence, written: str) -> float:
        """How sure it is that the sentence wants something: surely, but where the model may at least be asked."""
        if not self._beside_readings(piece):
            return 1.0
        if _SIGN.search(written) or is_grave(written, self._rulebook) or self._mocks(written):
            return 1.0
        return 1.0 - min(
            (talk_probability(clause.text, self._rulebook) for clause in clauses(written, self._rulebook)),
            default=0.0,
        )

    def _mocks(self, written: str) -> bool:
        return is_mockery(" ".join(fold(written).split()), self._rulebook)

    def _accounted(self, piece: RoleSentence, written: str) -> bool:
        folded = fold(written)
        if self._mocks(written):
            return False
        if piece.part == "subject" and (
            _BARE_SUBJECT.fullmatch(folded) or self._is_of_what_is_replied_to(written, folded)
        ):
            return True
        self._in_notice = self._in_notice or bool(_NOTICE.search(folded))
        if self._in_notice and not any(unknown(written, folded, self._lists.notice)):
            return True
        if piece.part.startswith("attachment:"):
            return not (_QUESTION.search(written) or any(unknown(written, folded, self._lists.report)))
        left = without_phrases(folded, self._lists)
        if _SIGN.search(left) or self._leaves_a_number(piece, folded, left):
            return False
        if not any(unknown(written, left, self._lists.plain)):
            if piece.part == "subject":
                return True
            doubted = self._beside_readings(piece) and seems_a_matter(written, self._rulebook)
            return not (doubted or is_bare_thing(left, piece))
        if is_contact_line(written, folded, self._lists):
            return True
        signed = is_signature(written, left, self._lists.signature) and not is_grave(written, self._rulebook)
        return signed or self._is_talk(piece, written)

    def _is_of_what_is_replied_to(self, written: str, folded: str) -> bool:
        """Programs put «Re:» before it, and mostly the letter's Message-ID beside; without that a grave word is the writer's."""
        replies = _REPLIES.match(folded) is not None
        return replies and (
            bool(self._letter.in_reply_to) or not (is_grave(written, self._rulebook) or "?" in written)
        )

    def _is_talk(self, piece: RoleSentence, written: str) -> bool:
        if not self._beside_readings(piece):
            return False
        left = self._untaken(piece)
        marks = [
            (assignment.number.start - piece.start, assignment.number.end - piece.start, assignment.role)
            for assignment in left
        ]
        return is_talk(with_signs(written, marks), [assignment.role for assignment in left], self._rulebook)

    def _untaken(self, piece: RoleSentence) -> list[NumberRole]:
        """The numbers of the sentence that neither a reading nor contact data took."""
        taken = [*self._values[piece.part], *self._used[piece.part]]
        return [
            assignment
            for assignment in self._numbers.get(piece.part, ())
            if piece.start <= assignment.number.start
            and assignment.number.end <= piece.end
            and not any(
                start < assignment.number.end and assignment.number.start < end for start, end in taken
            )
        ]

    def _beside_readings(self, piece: RoleSentence) -> bool:
        """New words beside readings alone: the model knows no other letters."""
        return bool(self._readings) and piece.role not in (SegmentRole.QUOTED, SegmentRole.DISCLAIMER)

    def _leaves_a_number(self, piece: RoleSentence, folded: str, left: str) -> bool:
        """Does a number stand here that nobody took: where the letter gives no reading at all, or where one is
        corrected and the right value was not read, or is nowhere near?"""
        if not self._readings:
            return _NUMBER.search(left) is not None
        if self._was_more(piece) or self._names_another(piece) or self._leaves_a_value(piece):
            return True
        if not _SAYS_WHICH_HOLDS.search(folded):
            return False
        read = any(start < piece.end and end > piece.start for start, end in self._values[piece.part])
        if len(_UNTAKEN.findall(folded)) > (1 if read else 0):
            return True
        return _CORRECTS.search(folded) is not None and not (read or _NUMBER.search(piece.following))

    def _was_more(self, piece: RoleSentence) -> bool:
        """Does it name a former value above all that the letter passes on: «гвс 345, прошлые 350»?"""
        most = max(reading.value for reading in self._readings)
        return any(
            assignment.role == "before"
            and assignment.number.value > most
            and piece.start <= assignment.number.start < piece.end
            for assignment in self._numbers.get(piece.part, ())
        )

    def _leaves_a_value(self, piece: RoleSentence) -> bool:
        """Does a value stand in it that is none of the readings: «гвс 345. Соседка 211»?"""
        passed_on = {reading.value for reading in self._readings}
        return any(
            assignment.role == "value"
            and assignment.probability >= _LIKELY
            and assignment.number.value not in passed_on
            for assignment in self._untaken(piece)
        )

    def _names_another(self, piece: RoleSentence) -> bool:
        """Does an account stand in it that nobody took: «4710326 гвс как было»?"""
        return any(
            assignment.role == "account"
            and assignment.number.digits.isdigit()
            and assignment.number.digits not in self._accounts
            and assignment.probability >= _SURE
            for assignment in self._untaken(piece)
        )

    def _without_used(self, piece: RoleSentence) -> str:
        """The sentence with what was used of it marked by `¦`, and what names or numbers things blanked."""
        characters = list(piece.text)
        for mark, used in ((VALUE, self._values), (MASK, self._used)):
            for start, end in used[piece.part]:
                for at in range(max(start, piece.start), min(end, piece.end)):
                    characters[at - piece.start] = mark
        text = without_named(self._without_client("".join(characters)))
        text = mask_stretches(text, find_models(text), " ")
        return _ELECTRONIC.sub(lambda match: " " * len(match.group()), text)

    def _without_client(self, text: str) -> str:
        """The text without the client's registered name: words of it that begin with a capital, and those that follow them.

        A word of the trade stays: the sentences of whoever is called «Горячая вода» are read all the same.
        """
        folded, end, marks = fold(text), -1, []
        for match in WORD.finditer(text) if self._named else ():
            follows = 0 <= match.start() - end <= 1
            if (
                surname_stem(match.group()) in self._named
                and (follows or match.group()[0].isupper())
                and not self._lists.trade.match(folded, match.start())
            ):
                marks.append(TextMatch(*match.span(), ""))
                end = match.end()
        return mask_stretches(text, marks)


def _stands_in_one_half(piece: RoleSentence, part: LetterPart) -> bool:
    """Does the other half of the letter say something else? Even «ГВС 360» is then more than a value: which one holds?"""
    new = piece.role in (SegmentRole.WRITTEN, SegmentRole.FORWARDED)
    return new and part.beyond is not None and piece.start >= part.beyond


def _tight(piece: RoleSentence) -> Span:
    """The sentence without the blanks around it."""
    before = len(piece.text) - len(piece.text.lstrip())
    return Span(piece.part, piece.start + before, piece.start + len(piece.text.rstrip()))


def _shortened(words: str) -> str:
    return words if len(words) <= _MAX_QUOTED_LENGTH else words[: _MAX_QUOTED_LENGTH - 1] + "…"
