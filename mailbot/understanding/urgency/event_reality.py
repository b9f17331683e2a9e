"""Is an event asserted, present and at the company's or the writer's? What speaks against it, weighed one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.understanding.urgency.event_times import EventRecency, moment_in, moment_of
from mailbot.understanding.urgency.predicate_context import DANGER, DESPAIR, FROST
from mailbot.understanding.urgency.sentence_events import EmergencyEvent
from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.whole_letter_signs import UrgencySigns
from mailbot.understanding.urgency.word_forms import Tense

UNCLEAR = "что случилось и насколько сильно, сказано неясно"
IN_ANGER = "это, возможно, сказано в сердцах"


@dataclass(frozen=True, slots=True)
class EventReality:
    """`unreal`: it is none, and no cry for help would change that. `over`: it was one. `doubts` each weaken it.

    All three say why, in Russian.
    """

    unreal: str = ""
    over: str = ""
    doubts: tuple[str, ...] = ()


def judge(event: EmergencyEvent, signs: UrgencySigns, received_at: datetime) -> EventReality:
    """What speaks against the event's being an emergency now."""
    if event.topic == DESPAIR:
        return _spoken_in_despair(event, received_at)
    tense = _tense(event)
    if reason := _unreal(event, tense, signs):
        return EventReality(unreal=reason)
    if reason := _over(event, tense, signs, received_at):
        return EventReality(over=reason)
    return EventReality(doubts=tuple(_doubts(event, tense, signs, received_at)))


def _spoken_in_despair(event: EmergencyEvent, received_at: datetime) -> EventReality:
    """Future and conditional as it is («если отключите, повешусь»), it is meant; what was long ago, or is denied, is not."""
    if _negated(event):
        return EventReality(unreal="о ней говорится, что её нет")
    if moment_of(event, received_at) is EventRecency.PAST:
        return EventReality(over="она, судя по письму, была давно")
    return EventReality(doubts=() if event.plain else (IN_ANGER,))


# --- asserted? --------------------------------------------------------------------------------------


def _tense(event: EmergencyEvent) -> Tense:
    """The tense of the predicate: «начало хлестать», «был залит», «произошёл прорыв» by their auxiliary."""
    sentence, at = event.sentence, event.at
    own = event.tense
    clause = [word for word in sentence.clause(event.word.clause) if word is not event.word]
    if own is Tense.INFINITIVE:
        before = sentence.words[max(0, at - 3) : at]
        return next(
            (word.form.tense for word in before if word.means(WordSense.STARTS) and word.form.tense), own
        )
    if own is None or event.word.form.part == "PRTS":
        tenses = [word.form.tense for word in clause if word.means(WordSense.HAPPENS) and word.form.tense]
        return tenses[-1] if tenses else own or Tense.NOW
    return own


def _unreal(event: EmergencyEvent, tense: Tense, signs: UrgencySigns) -> str:
    """Not asserted: negated, future, wished, conditional, asked, dreamt, rehearsed; or not of heat at all."""
    if tense in (Tense.WILL, Tense.INFINITIVE, Tense.ORDER):
        return "о ней говорится как о возможной"
    if event.topic != FROST and _negated(event):
        return "о ней говорится, что её нет"
    before = _governing(event)
    clause = event.sentence.clause(event.word.clause)
    if any(word.means(WordSense.CONDITION) for word in before) or any(
        word.text in ("бы", "ли") for word in clause
    ):
        return "о ней говорится как о возможной"
    if any(word.means(WordSense.DREAMS) for word in event.sentence.words):
        return "о ней рассказано как о вымысле"
    if signs.rehearsed > 1:
        return "это учения"
    if _asked(event) and not any(word.text in ("нас", "меня", "нам") for word in clause):
        return "о ней спрашивают"
    if event.topic != DANGER and (_foreign(event.sentence.words) or _foreign(clause)):
        return "она, судя по словам, не на тепловых сетях"
    return ""


def _foreign(words: tuple[SentenceWord, ...]) -> bool:
    """Are the words of others' nets, and none of heat?"""
    return any(word.means(WordSense.FOREIGN) for word in words) and not any(
        word.means(WordSense.HOT) for word in words
    )


def _negated(event: EmergencyEvent) -> bool:
    words, at = event.sentence.words, event.at
    if event.word.text.startswith("сознани"):  # «без сознания»
        return False
    if at and words[at - 1].text in ("не", "ни", "нет", "без"):
        return True
    return at > 1 and words[at - 2].text in ("не", "нет") and words[at - 1].form.part in ("ADVB", "ADJF")


def _governing(event: EmergencyEvent) -> tuple[SentenceWord, ...]:
    """The words of the clause before the event, back to the predicate before it."""
    before: list[SentenceWord] = []
    for word in reversed(event.sentence.words[: event.at]):
        if word.clause != event.word.clause or word.form.tense is not None or word.form.part == "PRED":
            break
        before.append(word)
    return tuple(before)


def _asked(event: EmergencyEvent) -> bool:
    """Does the question mark stand behind the event itself, and no reason or fact is asked of it?"""
    sentence = event.sentence
    if not sentence.asked or any(word.means(WordSense.WONDERS) for word in sentence.words):
        return False
    rest = sentence.words[event.at + 1 :]
    if any(word.form.tense is not None for word in rest):
        return False
    return sentence.clause(event.word.clause)[0].text not in ("что", "как")


# --- still going on? --------------------------------------------------------------------------------


def _over(event: EmergencyEvent, tense: Tense, signs: UrgencySigns, received_at: datetime) -> str:
    moment = _moment(event, tense, received_at)
    if event.tense is None and _repaired_in(event):
        return "её устранили"
    if tense is Tense.NOW:
        return ""
    if signs.goes_on and moment not in (EventRecency.PAST, EventRecency.SEASON):
        return ""
    if any(word.text == "когда" for word in _governing(event)):
        return "о ней говорится как о прошлой"
    if moment in (EventRecency.PAST, EventRecency.SEASON):
        return "она, судя по письму, была давно"
    if signs.repaired_after(event.word.start, event.sentence.passage.part):
        return "её устранили"
    if tense is Tense.WAS and (moment is not EventRecency.FRESH or signs.claims):
        return "о ней говорится в прошедшем времени"
    return ""


def _moment(event: EmergencyEvent, tense: Tense, received_at: datetime) -> EventRecency:
    """The event's own time; a tale told in the past goes on from one sentence to the next."""
    own = moment_of(event, received_at)
    if own is EventRecency.UNSAID and tense is not Tense.NOW:
        return moment_in(_sentence_before(event), received_at)
    return own


def _sentence_before(event: EmergencyEvent) -> str:
    folded, start = event.sentence.passage.folded, event.sentence.words[0].start
    before = folded[max(0, start - 120) : start].rstrip(" .!?…\n")
    return before[max(before.rfind(mark) for mark in (". ", "!", "?", "\n")) + 1 :]


def _repaired_in(event: EmergencyEvent) -> bool:
    """«устранили прорыв»; of one that is still to be mended the noun tells as of a present one."""
    clause = event.sentence.clause(event.word.clause)
    return any(word.means(WordSense.REPAIRS) and word.form.tense is Tense.DONE for word in clause)


# --- doubtful? --------------------------------------------------------------------------------------


def _doubts(event: EmergencyEvent, tense: Tense, signs: UrgencySigns, received_at: datetime) -> list[str]:
    sentence = event.sentence
    moment = _moment(event, tense, received_at)
    doubts = []
    if not event.plain and not signs.calls:
        doubts.append(UNCLEAR)
    if any(word.means(WordSense.HEARSAY) for word in sentence.words[: event.at]):
        doubts.append("сказано с чужих слов")
    if any(word.means(WordSense.FEARS) for word in sentence.words[: event.at]):
        doubts.append("сказано как опасение")
    ours = event.topic == DANGER or signs.hot_in(sentence)
    if signs.cold_water and not ours:
        doubts.append("вода, возможно, холодная и сети не наши")
    if signs.foreign and not ours:
        doubts.append("сети, возможно, не наши")
    if _elsewhere(sentence):
        doubts.append("место, возможно, не у нас")
    if signs.waits:
        doubts.append("автор пишет, что это терпит")
    if signs.rehearsed:
        doubts.append("возможно, это учения")
    if _asked(event):
        doubts.append("об этом спрашивают")
    if tense is Tense.NOW:
        return [*doubts, *(["это, возможно, бывает лишь временами"] if moment is EventRecency.SEASON else [])]
    return [*doubts, *_doubts_of_the_past(event, tense, moment, signs)]


def _doubts_of_the_past(
    event: EmergencyEvent, tense: Tense, moment: EventRecency, signs: UrgencySigns
) -> list[str]:
    doubts: list[str] = []
    if signs.goes_on:
        return doubts
    if moment is EventRecency.OLD and not signs.calls:
        doubts.append("случилось несколько дней назад")
    if tense is Tense.WAS:
        doubts.append("о ней говорится в прошедшем времени")
    if signs.claims and event.topic != FROST:
        doubts.append("речь и о деньгах или документах")
    if signs.thanks_before(event.word.start, event.sentence.passage.part):
        doubts.append("письмо благодарит")
    if signs.shut:
        doubts.append("воду уже перекрыли")
    return doubts


def _elsewhere(sentence: Sentence) -> bool:
    """«в Перми», «в соседнем городе»."""
    words = sentence.words
    for at in range(1, len(words)):
        named = words[at].form.place_name and sentence.passage.text[words[at].start].isupper()
        if named and "loct" in words[at].form.cases and words[at - 1].text in ("в", "во", "под"):
            return True
        if words[at - 1].text.startswith("соседн") and words[at].text.startswith(
            ("горо", "посел", "сел", "район")
        ):
            return True
    return False
