"""An emergency is a present, actual, physical event at the network or the writer's house; what only sounds like one is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Action, CaseContext, Decision, Facts, Priority, Rulebook
from mailbot.parsing import parse
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.scale import scale, tries
from tests.understanding.letters import make_letter
from tests.understanding.urgency.emergency_letters import RECEIVED, Example, examples

EMERGENCIES = examples("emergency")
SOUNDING = examples("doubt", "none")


def way_of(example: Example, rulebook: Rulebook) -> tuple[Facts, Decision]:
    letter = parse(example.raw)
    facts = understand(letter, rulebook)
    return facts, decide(
        LetterInContext(letter, facts, CaseContext(number="26-000001", register_known=True), rulebook),
        RECEIVED,
    )


def test_there_are_letters_enough() -> None:
    assert len(EMERGENCIES) >= 60
    assert len(SOUNDING) >= 40


@pytest.mark.parametrize("example", EMERGENCIES, ids=str)
def test_an_emergency_is_announced(example: Example, rulebook: Rulebook) -> None:
    facts, decision = way_of(example, rulebook)
    assert (decision.priority, decision.template) == (Priority.EMERGENCY, "emergency_received"), (
        facts.urgency_doubt
    )


@pytest.mark.parametrize("example", SOUNDING, ids=str)
def test_what_only_sounds_like_one_is_not_announced(example: Example, rulebook: Rulebook) -> None:
    _, decision = way_of(example, rulebook)
    assert decision.priority is not Priority.EMERGENCY
    assert decision.template != "emergency_received"


@pytest.mark.parametrize("example", examples("doubt"), ids=str)
def test_a_doubtful_one_is_before_a_person_at_once(example: Example, rulebook: Rulebook) -> None:
    _, decision = way_of(example, rulebook)
    assert (decision.action, decision.priority, decision.template) == (Action.REVIEW, Priority.HIGH, None)
    assert decision.doubts[0].startswith("похоже на аварию, но ")
    assert decision.respond_by is not None
    assert (decision.respond_by - RECEIVED).total_seconds() <= 2 * 3600


@pytest.mark.parametrize("example", examples("none"), ids=str)
def test_what_is_surely_none_is_no_doubt_either(example: Example, rulebook: Rulebook) -> None:
    facts, _ = way_of(example, rulebook)
    assert not facts.urgent


PLACES = {
    "subject": lambda words: make_letter("Гагарина 5, кв. 3", words),
    "postscript": lambda words: make_letter(f"ГВС 118, лс 330215. Спасибо.\n\nP.S. {words}"),
    "below the dashes": lambda words: make_letter("ГВС 118, лс 330215", signature=f"--\nИванова\n{words}"),
    "forwarded": lambda words: make_letter("Перешлите кому надо", forwarded=words),
    "attached": lambda words: make_letter("Обращение во вложении", attachment=words),
    "capitals": lambda words: make_letter(words.upper()),
    "voice": lambda words: make_letter(f"здравствуйте это лесная три {words.replace(',', '').lower()} вот"),
}
WORDS = (
    "Прорвало трубу в подъезде",
    "В подвале стоит кипяток",
    "С потолка льёт горячая вода",
    "Из колодца валит пар",
)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("place", PLACES)
def test_it_is_found_wherever_it_stands(place: str, words: str, rulebook: Rulebook) -> None:
    facts = understand(PLACES[place](words), rulebook)
    assert facts.urgent
    assert not facts.urgency_doubt


UNREAL = (
    "Не {past} трубу, слава богу",
    "Боюсь, что {future} трубу",
    "Если {future} трубу, куда звонить?",
    "Чтобы не {past} трубу, замените её летом",
    "Трубу {past} бы, если бы не ваш слесарь",
    "В прошлом году {past} трубу",
    "Не {past} ли трубу?",
    "Мне приснилось, что {past} трубу",
    "Когда {past} трубу, вы приехали быстро. Хочу узнать про льготы",
    "12 марта {past} трубу",
)


@pytest.mark.parametrize("frame", UNREAL)
@pytest.mark.parametrize(
    ("past", "future"), [("прорвало", "прорвёт"), ("разорвало", "разорвёт"), ("сорвало", "сорвёт")]
)
def test_an_event_that_is_not_asserted_or_long_past_is_none(
    frame: str, past: str, future: str, rulebook: Rulebook
) -> None:
    assert not understand(make_letter(frame.format(past=past, future=future)), rulebook).urgent


@pytest.mark.parametrize(
    "again", ["Вчера заварили, сегодня снова хлещет", "В марте прорвало трубу, сейчас опять хлещет кипяток"]
)
def test_one_that_is_back_after_a_repair_is_one(again: str, rulebook: Rulebook) -> None:
    facts = understand(make_letter(again), rulebook)
    assert facts.urgent
    assert not facts.urgency_doubt


@pytest.mark.parametrize(
    "words",
    [
        "Жить больше не хочу, покончу с собой",
        "Долг не отдать, выброшусь из окна",
        "Наложу на себя руки, сил нет больше с вашими счетами",
        "Наглотаюсь таблеток и всё",
        "Я решил уйти из жизни",
        "Если не сделаете перерасчёт, я удавлюсь",
    ],
)
def test_a_threat_of_suicide_calls_people_at_once_and_gets_no_letter(words: str, rulebook: Rulebook) -> None:
    _, decision = way_of(Example("", "", words), rulebook)
    assert (decision.action, decision.priority, decision.topic) == (
        Action.REVIEW,
        Priority.EMERGENCY,
        "despair",
    )
    assert decision.template is None
    assert decision.proposed is None


@pytest.mark.parametrize("words", ["Жить не хочется с такими тарифами", "не вижу смысла жить, прощайте"])
def test_weariness_of_life_is_before_a_person_at_once(words: str, rulebook: Rulebook) -> None:
    _, decision = way_of(Example("", "", words), rulebook)
    assert (decision.action, decision.priority, decision.template) == (Action.REVIEW, Priority.HIGH, None)
    assert decision.doubts[0].startswith("похоже на угрозу жизни, но ")


@pytest.mark.parametrize("words", ["Никогда не повешусь, не дождётесь", "Повесили бы график на дверь"])
def test_what_denies_it_or_hangs_a_thing_is_no_despair(words: str, rulebook: Rulebook) -> None:
    assert not understand(make_letter(words), rulebook).urgent


@given(st.text(alphabet="абвпртхлещиуя .,!?\n-«»", max_size=300))
@settings(max_examples=tries(60), deadline=None)
def test_evidence_lies_in_the_letter(rulebook: Rulebook, noise: str) -> None:
    letter = make_letter(f"{noise} прорвало трубу, хлещет кипяток {noise}")
    for found in understand(letter, rulebook).urgent:
        assert all(0 <= span.start < span.end <= len(letter.body) for span in found.spans)


@pytest.mark.parametrize(
    "piece",
    ["хлещет ", "прорвало трубу, ", "вода по лестнице бежит и ", "нет отопления мороз ", "если когда что "],
)
def test_time_grows_with_length_alone(piece: str, rulebook: Rulebook) -> None:
    def spent(times: int) -> float:
        letter = make_letter(piece * times)
        understand(letter, rulebook)
        began = time.process_time()
        understand(letter, rulebook)
        return time.process_time() - began

    once = scale(150, 300)
    short, long = min(spent(once) for _ in range(3)), min(spent(2 * once) for _ in range(3))
    assert long < 3.2 * short + 0.02


def test_a_date_is_read_against_the_letters_day(rulebook: Rulebook) -> None:
    letter = make_letter("20 ноября прорвало трубу в подвале, так и льёт")
    assert letter.received_at == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    assert understand(letter, rulebook).urgent
