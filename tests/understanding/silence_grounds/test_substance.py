"""Is there a matter beside the abuse («и одновременно отсутствует суть обращения», clause 2.2.email.2)."""

from __future__ import annotations

import pytest

from mailbot.model import Attachment, AttachmentText, Certainty, Judgement, Rulebook
from mailbot.understanding import understand
from tests.understanding.attached import with_attachment
from tests.understanding.letters import make_letter


def substance(body: str, rulebook: Rulebook, subject: str = "") -> Judgement:
    return understand(make_letter(body, subject), rulebook).substance


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (
            "Оператору Ольге",
            "Овца ты драная, корова безмозглая. Чтоб у тебя руки отсохли. Филимонова Г., лс 330215",
        ),
        (
            "",
            "Передайте Светке, что машина у неё красивая, хорошо гореть будет. Брюханов, тел 89026304411",
        ),
        ("экострой", "твари, ублюдки, мудачьё"),
        ("", "сдохните все"),
        ("вам", "Я тебя найду и ноги переломаю. 89120001122"),
    ],
)
def test_bare_abuse_has_no_substance(subject: str, body: str, rulebook: Rulebook) -> None:
    assert substance(body, rulebook, subject).answer is Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "вы там совсем охуели?? батареи холодные третий день, мира 10 кв 15, фадеев",
        "Откуда, бл*ть, 8 тысяч за октябрь?! Пересчитайте! ЛС 4480012",
        "чё за х**ня, месяц не можете договор на магазин сделать",
        "твари, воды нет",
        "уроды, когда тепло дадите",
        "suki vklyuchite batarei, gagarina 8 kv 3",
        "я вам ноги переломаю, если счётчик не опломбируете",
    ],
)
def test_abuse_with_a_matter_has_substance(body: str, rulebook: Rulebook) -> None:
    assert substance(body, rulebook).answer is Certainty.YES


@pytest.mark.parametrize(
    "body",
    [
        "сволочи, ответьте наконец!",
        "твари, деньги дерёте",
        "Слесарь ваш скотина и хам",
        "дебилы, позвоните мне 12 ноября",
    ],
)
def test_what_may_be_a_matter_goes_to_a_person(body: str, rulebook: Rulebook) -> None:
    assert substance(body, rulebook).answer is not Certainty.NO


def test_abuse_with_a_photograph_is_not_without_substance(rulebook: Rulebook) -> None:
    photo = Attachment(1, "foto.jpg", "image/jpeg", b"x", AttachmentText.PICTURE)
    letter = with_attachment(make_letter("твари, смотрите!"), photo)
    assert understand(letter, rulebook).substance.answer is Certainty.DOUBT


def test_a_decent_letter_we_do_not_understand_is_doubt(rulebook: Rulebook) -> None:
    assert substance("Пишу вам по известному делу, как уговорились", rulebook).answer is Certainty.DOUBT


def test_an_absence_says_what_was_searched_for(rulebook: Rulebook) -> None:
    judged = substance("твари, ублюдки", rulebook)
    assert judged.looked
    assert judged.because
