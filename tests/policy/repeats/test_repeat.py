"""Clause 2.2.email.4: answered on substance before, and no new arguments or circumstances."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailbot.config import load_sources
from mailbot.model import (
    Action,
    AttachmentText,
    CaseContext,
    Certainty,
    Contacts,
    ExtractedValue,
    Facts,
    Judgement,
    LetterDamage,
    LetterKind,
)
from mailbot.policy import answers_on_substance, decide, load_rulebook
from mailbot.policy.checks.answered_before import answered_repeat
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import (
    NOW,
    a_letter,
    a_reading,
    an_attachment,
    answered,
    contacts_of,
    context_of,
    facts_of,
)
from tests.policy.repeats.pairs import Pair, decided, read_pairs
from tests.policy.repeats.thread_letters import THREADS

RULEBOOK = load_rulebook(load_sources("rules"))  # the word lists are half of the rule
QUESTION, ANSWER = THREADS[0].first, THREADS[0].answer
REPEATED = THREADS[0].repeats[0]
NEW = [(thread.first, thread.answer, later) for thread in THREADS for later in thread.new]
REPEATS = [(thread.first, thread.answer, later) for thread in THREADS for later in thread.repeats]


def plain_facts(arguments: tuple[ExtractedValue[str], ...] = ()) -> Facts:
    """A question whose contact data nobody found: they are judged elsewhere."""
    return facts_of(contacts=Contacts(), arguments=arguments)


def judged(later: str, context: CaseContext, facts: Facts | None = None) -> Judgement:
    return answered_repeat(LetterInContext(a_letter(later), facts or plain_facts(), context, RULEBOOK))


PAIRS = read_pairs()


def silenced(pair: Pair) -> bool:
    """Is the second letter left without reply as a repeat, the whole way from its bytes?"""
    return decided(pair, RULEBOOK).rule == "repeat"


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair.what == "new"], ids=lambda pair: f"{pair.file}: {pair.shows}"
)
def test_a_letter_with_something_new_is_never_silenced(pair: Pair) -> None:
    assert not silenced(pair)


@pytest.mark.parametrize(("first", "answer", "later"), NEW, ids=[later for *_, later in NEW])
def test_a_new_circumstance_is_never_silenced(first: str, answer: str, later: str) -> None:
    assert judged(later, answered(first, answer)).answer is not Certainty.YES


def test_most_repeats_in_other_words_are_proposed() -> None:
    found = [
        judged(later, answered(first, answer)).answer is not Certainty.NO for first, answer, later in REPEATS
    ]
    assert sum(found) >= 0.8 * len(found)


def test_a_repeat_in_other_words_goes_to_a_person_with_the_answered_case() -> None:
    decision = decide(
        LetterInContext(
            a_letter(REPEATED),
            facts_of(LetterKind.QUESTION, contacts=contacts_of(account="330145")),
            answered(QUESTION, ANSWER),
            RULEBOOK,
        ),
        NOW,
    )
    assert (decision.action, decision.repeats, decision.clause) == (Action.REVIEW, "26-000001", "2.2.email.4")
    (trial,) = (trial for trial in decision.trials if trial.rule == "answered-repeat")
    assert "вложения" in trial.finding.looked  # an absence: what was looked for is kept
    assert "26-000001" in trial.finding.because


def test_the_same_letter_without_an_earlier_answer_on_substance_is_no_repeat() -> None:
    assert judged(QUESTION, context_of()).answer is Certainty.NO
    formal = answered(QUESTION, "Ваше обращение рассмотрено, меры будут приняты. Благодарим за обращение.")
    assert judged(QUESTION, formal).answer is Certainty.NO


@pytest.mark.parametrize("text", [AttachmentText.READ, AttachmentText.UNREAD, AttachmentText.PICTURE])
def test_a_document_is_new(text: AttachmentText) -> None:
    letter = a_letter(QUESTION, attachments=(an_attachment(text),))
    judgement = answered_repeat(LetterInContext(letter, plain_facts(), answered(QUESTION, ANSWER), RULEBOOK))
    assert judgement.answer is Certainty.NO


@pytest.mark.parametrize(
    "damage", [LetterDamage.CUT, LetterDamage.LOST_CHARACTERS, LetterDamage.UNKNOWN_CHARSET]
)
def test_a_new_circumstance_may_stand_where_the_letter_was_not_read(damage: LetterDamage) -> None:
    letter = a_letter(QUESTION, damage=(damage,))
    judgement = answered_repeat(LetterInContext(letter, plain_facts(), answered(QUESTION, ANSWER), RULEBOOK))
    assert judgement.answer is Certainty.DOUBT


def test_a_sentence_more_is_new_unless_it_was_heard() -> None:
    later = f"{QUESTION}. Насос шумит."
    assert judged(later, answered(QUESTION, ANSWER)).answer is Certainty.DOUBT
    assert judged(later, answered(later, ANSWER)).answer is Certainty.YES


def test_readings_are_no_repeated_question() -> None:
    facts = facts_of(LetterKind.READING, readings=(a_reading(),))
    assert judged(QUESTION, answered(QUESTION, ANSWER), facts).answer is Certainty.NO


def test_another_question_of_the_same_client_is_no_repeat() -> None:
    assert judged("Как поверить счётчик воды? 330145", answered(QUESTION, ANSWER)).answer is Certainty.NO


@pytest.mark.parametrize("answer", [thread.answer for thread in THREADS if thread.repeats])
def test_an_answer_with_findings_norms_or_figures_is_on_substance(answer: str) -> None:
    assert answers_on_substance(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Уважаемый Роман Аркадьевич! Ваше письмо зарегистрировано под № 77 и передано специалистам.\nООО «ЭкоСтрой»",
        "",
        "Ваше обращение принято, номер 26-000001.",
        "Здравствуйте! Ваше обращение рассмотрено. Меры приняты. Благодарим за обращение!",
        "Ваш вопрос передан специалистам, ответ будет направлен в установленный срок.",
    ],
)
def test_a_formal_answer_is_not(answer: str) -> None:
    assert not answers_on_substance(answer)


def test_the_answers_of_the_shared_threads_are_on_substance(shared: Path) -> None:
    threads = sorted((shared / "letters" / "threads").iterdir())
    repeats = [
        thread for thread in threads if json.loads((thread / "label.json").read_text())["must"] != "answer"
    ]
    assert repeats
    for thread in repeats:
        assert answers_on_substance((thread / "answer.txt").read_text(encoding="utf-8")), thread.name
