"""Does a text of ours speak to the matter? One that only greets, confirms, promises or asks back closes nothing.

Each sentence is judged by itself: a single one that says anything else makes the text an answer. What is doubtful
counts as an answer, for a person wrote it; whoever judges by this only asks that person once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from mailbot.language.dictionary import parse_word
from mailbot.model import ReplyEffect
from mailbot.wording.formal_phrases import FORMAL


class SpeechAct(StrEnum):
    """What a sentence does."""

    ANSWERS = "answers"
    ASKS = "asks"
    SAYS_NOTHING = "says nothing"


_SENTENCE = re.compile(r"(?<=[!?…])\s+|(?<=\w\w\w\w\.)\s+(?=[А-ЯЁ«\"])|\n+|(?<=\.\.\.)\s+")
_SIGNED = re.compile(
    r"(?im)^\W{0,9}с (?:глубоким )?уважением\b[^\n]{0,120}$|^(?:тел\w*\W{0,3})?(?=(?:\D{0,3}\d){10})[+\d][\d() -]{9,24}$"
)
"""Whose letter it is, and a telephone on a line of its own."""
_OUR_NUMBER = re.compile(r"(?:№ ?)?\b\d\d-\d{6}\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIGURE = re.compile(r"\d")
_MEASURE = re.compile(r"[%°₽$€@]|https?://|www\.")
_LETTER = re.compile(
    r"(?<!\w)(?:обращени|письм|заявлени|жалоб|вопрос|запрос|претенз|просьб|рассм|рассматр|регистр|зарегистр|ответ|отвеч|отпиш"
    r"|свяж|разбер|разбир|ожида|жд[иеу]|сообщи|перезвон|позвон)"
)
"""What only a receipt or a promise is about: the letter itself, and the answer to come."""

_TALK = re.compile(
    r"приветств|привет|пожалуйста|извин|прости|прощени|сожале|беспоко|волнуйт|переживайт|неудобств|задержк|терпени|важ(?:н|ен)"
    r"|понимани|помощ|помоч|помог|господ|коллег|всего|хорош|наилучш|пожелан|свидани|уваж|ок(?:ей)?\b|ооо\b|услыш|написал"
    r"|речь\b|рад[аы]?\b|очень|обязательн|непременн|пока\b|только|немедлен|незамедл|оператив|доставленн|организац|компани|виде\b"
    r"|мастер|слесар|диспетчер|бригад|юрист|бухгалтер|сантехник|начальник|директор|оператор|менеджер|экономист|абонентск"
    r"|расчетн|юридическ|техническ|занима|выясн|уточн(?:им|яем|ит|яют)|провер(?:им|яем|ит|ят|яют|яется|ка)|изуч|подготов"
    r"|готов(?:им|ит|ят)|постара|сдела(?:ем|ют|но)|дам\b|даем\b|дано\b|примем\b|жд[иеу]|подожд|ид[еу]т\b|вед[еу]т"
    r"|перенаправ|пересла|передас|исполн|закон(?:ом|ный|ные)\b|пробле|ситуац|случа|повод|касател|поставл|перезвон|позвон|набер|напиш|отпиш"
    r"|появ|обработ|обрабатыв|внесен|занесен|журнал|очеред|присво|остан[еу]т|оставл|реша|рассматр|просьб|телефон|звон|почт"
    r"|адрес|лично|отдельн|указанн|данн|настоящ|кажд|перв|втор|зависящ|входящ|прочита|прочт|вернемся|уже\b|дад(?:ут|им)\b|даст\b|держ(?:им|у)\b|разъясн|мнени|сигнал|прошу\b|просим\b"
)
"""Words that may stand beside formal ones and settle no more than they do."""

_TIME = re.compile(
    r"позж|поздн|попозж|скор|вскор|сегодня|завтра|послезавтра|утр|вечер|дн[яией]|час(?:а|ов)?\b|минут|недел|месяц|конц[аеу]\b"
    r"|течени|понедельник|вторник|сред[уы]\b|четверг|пятниц|январ|феврал|март[ае]?\b|апрел|ма[яе]\b|июн|июл|август|сентябр"
    r"|октябр|ноябр|декабр|календарн"
)
"""When an answer will come; by themselves they are one."""

_ASKS = re.compile(
    r"(?<!\w)(?:уточните|сообщите|укажите|назовите|напишите|пришлите|вышлите|направьте|предоставьте|подскажите|опишите"
    r"|поясните|приложите|перезвоните|позвоните|оставьте|дополните|(?:прошу|просим|просьба|можете|нужно|необходимо|надо|хотели бы)"
    r" (?:вас )?(?:ли )?(?:вы )?(?:еще раз )?(?:уточнить|сообщить|указать|назвать|написать|прислать|выслать|направить|предоставить"
    r"|описать|пояснить|приложить|знать|узнать|получить))(?!\w)"
)
_ASKED_FOR = re.compile(
    r"адрес|счет|л/с|лс\b|телефон|фамили|имя|имен|отчеств|фио\b|квартир|кв\b|дом[аеу]?\b|улиц|помещен|номер|показан|фото|снимок"
    r"|снимк|скриншот|скан|чек|квитанц|копи|документ|договор|паспорт|счетчик|прибор|контакт|данн|дат[аыу]|числ|врем|удобн|точн"
    r"|полн|подробн|конкретн|какой|какая|лицев|адрес|проблем|сут[ьи]|обстоятельств|пожалуйст|письмен|электрон|почт|заводск|собственник"
)
"""What a client is asked for."""

_NOT = re.compile(
    r"(?<!\w)не (?!(?:мож|могу|готов|рассм|остан|остав|поздн|позже|более|беспоко|волну|пережива|ранее)\w*)"
)
_YES_OR_NO = re.compile(r"\W*(?:да|нет|можно|нельзя|верно|так)\b")
_AGREED = re.compile(r",? *(?:хорошо|ладно|договорились|да|верно|правильно|понятно|так)\s*\?\W*$")
_JOINING = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"})
_NAMING = frozenset({"NOUN", "ADJF", "ADVB", "PRTF", "NUMR"})
_NAMES = frozenset({"Name", "Surn", "Patr"})

_STEM = 6  # letters

_SPEECH_BY_EFFECT = {
    ReplyEffect.ANSWERS: SpeechAct.ANSWERS,
    ReplyEffect.ASKS: SpeechAct.ASKS,
    ReplyEffect.ACKNOWLEDGES: SpeechAct.SAYS_NOTHING,
}
Known = tuple[tuple[ReplyEffect, frozenset[str]], ...]
"""What the ready texts of the house do, and their folded words."""

SHARED, MIN_SHARED = 0.6, 3
"""What share of a sentence's telling words, and how many at least, make it one of a ready text that was retouched."""


def classify_non_answer(
    text: str, asked: str = "", ready: Iterable[tuple[ReplyEffect, str]] = ()
) -> ReplyEffect | None:
    """ASKS or ACKNOWLEDGES where the text says nothing to the matter; None where it may answer.

    `asked` is the client's letter: to name its matter again settles nothing. `ready` are the texts of the house with
    what they do: whoever retouches one has not made it another.
    """
    theirs = frozenset(_stem(word) for word in _words(asked))
    known = tuple((effect, frozenset(_words(words))) for effect, words in ready)
    spoken = {_speech(sentence, theirs, known) for sentence in _sentences(text)}
    if SpeechAct.ANSWERS in spoken:
        return None
    return ReplyEffect.ASKS if SpeechAct.ASKS in spoken else ReplyEffect.ACKNOWLEDGES


def only_promises(text: str) -> bool:
    """Is all that the text says beyond `classify_non_answer` what we shall do: «проверим», «пришлём акт»? No deed is told yet."""
    spoken = [
        sentence for sentence in _sentences(text) if _speech(sentence, frozenset(), ()) is SpeechAct.ANSWERS
    ]
    return bool(spoken) and all(map(_is_promise, spoken))


def _is_promise(sentence: str) -> bool:
    """Every verb is of ours and to come; no figure, measure or denial beside it."""
    folded = _folded(sentence)
    if _FIGURE.search(folded) or _MEASURE.search(folded) or _NOT.search(folded):
        return False
    tags = [parse_word(word)[0].tag for word in _words(sentence)]
    says = [tag for tag in tags if str(tag.POS) in ("VERB", "PRTS", "PRED", "ADJS")]
    return bool(says) and all({"futr", "plur", "1per"} <= set(tag.grammemes) for tag in says)


def _sentences(text: str) -> tuple[str, ...]:
    """Without the signature; the number of the case is ours and says nothing."""
    plain = _OUR_NUMBER.sub(" ", _SIGNED.sub("\n", text.strip()))
    return tuple(
        sentence
        for sentence in _SENTENCE.split(plain)
        if (sentence and _WORD.search(sentence)) or _FIGURE.search(sentence)
    )


def _speech(sentence: str, theirs: frozenset[str], known: Known) -> SpeechAct:
    folded = _folded(sentence)
    if "?" in folded and not _AGREED.search(folded):
        return SpeechAct.ASKS
    telling = [word for word in _telling(sentence) if not FORMAL.match(word)]
    if (near := _nearest(telling, known)) is not None:
        return _SPEECH_BY_EFFECT[near]
    if _asks_for_data(folded, theirs):
        return SpeechAct.ASKS
    of_letter = _LETTER.search(folded) is not None
    if _NOT.search(folded) or _MEASURE.search(folded) or (not of_letter and _says_by_itself(folded, telling)):
        return SpeechAct.ANSWERS
    strange = [
        word for word in telling if not _beside(word) and not (of_letter and _names_theirs(word, theirs))
    ]
    if of_letter and len(strange) == 1 and _only_names(strange[0], folded):
        return SpeechAct.SAYS_NOTHING
    return SpeechAct.ANSWERS if strange else SpeechAct.SAYS_NOTHING


def _asks_for_data(folded: str, theirs: frozenset[str]) -> bool:
    """«Пришлите адрес»: a demand, and nothing but data that it asks for; with a figure it may tell where to send them."""
    if not _ASKS.search(folded) or _FIGURE.search(folded):
        return False
    left = _telling(_ASKS.sub(" ", folded))
    return all(_beside(word) or _ASKED_FOR.match(word) or _stem(word) in theirs for word in left)


def _says_by_itself(folded: str, telling: list[str]) -> bool:
    """A figure, a day, a bare «да»: an answer, unless the sentence is about the letter."""
    only_when = bool(telling) and all(_TIME.match(word) for word in telling)
    return only_when or _FIGURE.search(folded) is not None or _YES_OR_NO.match(folded) is not None


def _beside(word: str) -> bool:
    return any(words.match(word) for words in (FORMAL, _TALK, _TIME))


def _nearest(telling: list[str], known: Known) -> ReplyEffect | None:
    """What the ready text does that most words of the sentence come from; None where none is near."""
    if len(telling) < MIN_SHARED:
        return None
    shares = [(sum(word in words for word in telling) / len(telling), effect) for effect, words in known]
    best = max(shares, key=lambda share: (share[0], share[1] is ReplyEffect.ANSWERS), default=(0.0, None))
    return best[1] if best[0] >= SHARED else None


def _names_theirs(word: str, theirs: frozenset[str]) -> bool:
    """Does the word only name what the client wrote of? A verb of theirs says that something is or is not so."""
    return _stem(word) in theirs and str(parse_word(word)[0].tag.POS) in _NAMING


def _only_names(word: str, folded: str) -> bool:
    """A lone noun or adjective of a receipt, such as whom it was handed to; not the place where something is."""
    place = re.search(rf"(?<!\w)(?:в|во|на) {re.escape(word)}(?!\w)", folded)
    return place is None and str(parse_word(word)[0].tag.POS) in ("NOUN", "ADJF")


def _telling(sentence: str) -> list[str]:
    """Folded words that say anything by themselves; names, by their capital inside the sentence or the dictionary, say
    whom we speak to."""
    words = []
    for place, match in enumerate(_WORD.finditer(sentence)):
        word = match.group()
        if (
            len(word) == 1
            or (place and word[:1].isupper() and not word.isupper())
            or _joins_or_names(word.lower())
        ):
            continue
        words.append(_folded(word))
    return words


@lru_cache(maxsize=20_000)
def _joins_or_names(word: str) -> bool:
    tag = parse_word(word)[0].tag
    return str(tag.POS) in _JOINING or "Apro" in tag or bool(_NAMES & set(tag.grammemes))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """The beginning of the dictionary form: «начисление» of who wrote «начислено»."""
    return str(parse_word(word)[0].normal_form).replace("ё", "е")[:_STEM]


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")
