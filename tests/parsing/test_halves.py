"""`multipart/alternative` promises the same words twice (RFC 2046 5.1.4); what one half alone says is a word of the letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Letter, LetterDamage, SegmentRole
from mailbot.parsing.mime.alternative_halves import find_additional_text
from tests.parsing.letters import raw, read, words


def halves(*forms: tuple[str, str], subject: str = "вопрос") -> Letter:
    """A letter of alternative forms («plain», «html»), parsed."""
    pieces = "".join(
        f"--B\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in forms
    )
    return read(raw(f"{pieces}--B--\r\n".encode(), "multipart/alternative; boundary=B", subject=subject))


READINGS = "лс 4710325 гвс 350. Ложкина Елена"


def test_a_matter_in_the_html_alone_is_a_word_of_the_letter() -> None:
    found = halves(("plain", READINGS), ("html", "<div>Стояк ледяной с пятницы. Мира 7 кв 10</div>"))
    assert found.body == f"{READINGS}\n\nСтояк ледяной с пятницы. Мира 7 кв 10"
    assert found.beyond == "Стояк ледяной с пятницы. Мира 7 кв 10"
    assert words(found, SegmentRole.WRITTEN).endswith("Мира 7 кв 10")


def test_only_the_sentences_that_the_plain_half_lacks_are_added() -> None:
    found = halves(
        ("plain", "Когда дадут тепло?"), ("html", "<p>Когда дадут <b>тепло</b>? Мира 7-10, Гончаров</p>")
    )
    assert found.beyond == "Мира 7-10, Гончаров"


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        (READINGS, f"<div>{READINGS}</div>"),
        (READINGS.replace(" ", "  "), f"<p>{READINGS.replace(' ', '&nbsp;')}</p>"),
        (
            "Добрый день!\nНа сайте <https://eko.example/s?a=1> не вижу счёта.",
            "<p>Добрый день!</p><p>На <a href='https://eko.example/s?a=1'>сайте</a> не вижу счёта.</p>",
        ),
        (
            "*Ложкина* Елена\n[image: logo.png]\nwww.eko.example <http://www.eko.example/>",
            "<b>Ложкина</b> Елена<br><img src='cid:1' alt='logo'><br><a href='http://www.eko.example/'>www.eko.example</a>",
        ),
        (
            "не вижу счёта [1] с июля\n\nLinks:\n------\n[1] http://eko.example/s",
            "не вижу <a href='http://eko.example/s'>счёта</a> с июля",
        ),
        (
            "Квартира\n10\nПоказание\n45",
            "<table><tr><td>Квартира</td><td>10</td></tr><tr><td>Показание</td><td>45</td></tr></table>",
        ),
        ("тепло\nвода", "<ol><li>тепло</li><li>вода</li></ol>"),
        (
            "Нет счёта.\n\n> Мы получили\n> ваше письмо",
            "Нет счёта.<blockquote>Мы получили ваше письмо</blockquote>",
        ),
        (READINGS, f"{READINGS}<br><br>Отправлено из мобильной Почты Mail"),
        (READINGS, f"{READINGS}<div style='display:none'>просмотр</div><img src='http://x.example/p.gif'>"),
        (READINGS, f"<!-- прорыв --><style>.a{{}}</style>{READINGS}"),
        ("ЕЛЕНА ЛОЖКИНА, счёт", "<h1>Елена Ложкина, счет</h1>"),
    ],
)
def test_usual_differences_of_form_add_nothing(plain: str, html: str) -> None:
    found = halves(("plain", plain), ("html", html))
    assert found.part("body").beyond is None
    assert found.part("body").segments == halves(("plain", plain)).part("body").segments
    assert found.body == halves(("plain", plain)).body


@pytest.mark.parametrize("stub", ["HTML only", "Ваша почтовая программа не поддерживает HTML", ""])
def test_a_plain_half_that_only_speaks_of_html_adds_nothing(stub: str) -> None:
    found = halves(("plain", stub), ("html", "<p>Передаю показания горячей воды: 45, счёт 123456</p>"))
    assert found.body == "Передаю показания горячей воды: 45, счёт 123456"
    assert found.beyond == ""


def test_what_only_the_poorer_plain_half_says_is_added_to_the_html() -> None:
    long = "Уважаемые абоненты, сообщаем о порядке передачи показаний в отопительный период. " * 3
    found = halves(("plain", "Прорвало трубу, Мира 7"), ("html", f"<p>{long}</p>"))
    assert found.body.startswith("Уважаемые абоненты")
    assert found.beyond == "Прорвало трубу, Мира 7"


def test_another_value_in_the_html_is_no_equal_half() -> None:
    found = halves(("plain", "гвс 350, хвс 360"), ("html", "гвс 360, хвс 350"))
    assert found.beyond == "гвс 360, хвс 350"


def test_a_quotation_in_the_html_alone_stays_a_quotation() -> None:
    found = halves(
        ("plain", "Спасибо, всё понятно"),
        ("html", "Спасибо, всё понятно<blockquote>Когда придёт мастер?</blockquote>"),
    )
    assert words(found, SegmentRole.QUOTED) == "Когда придёт мастер?"
    assert found.beyond == ""
    assert found.part("body").beyond is not None


def test_the_quotation_of_the_plain_half_does_not_run_on_into_the_words_of_the_html() -> None:
    quoted = "29.11.2026 20:01, ЭкоСтрой <a@b.example> пишет:\nМы получили письмо."
    found = halves(
        ("plain", f"Спасибо.\n\n{quoted}"),
        ("html", f"Спасибо.<br>Стояк ледяной!<br>{quoted.replace('<', '&lt;').replace(chr(10), '<br>')}"),
    )
    assert found.beyond == "Стояк ледяной!"
    assert words(found, SegmentRole.WRITTEN) == "Спасибо. Стояк ледяной!"


def test_every_page_of_several_is_held_against_the_plain_half() -> None:
    found = halves(("plain", READINGS), ("html", READINGS), ("html", "<p>Прошу акт за октябрь</p>"))
    assert found.beyond == "Прошу акт за октябрь"


def test_a_half_that_was_not_read_whole_is_a_letter_not_read_whole() -> None:
    found = halves(("plain", READINGS), ("html", f"{READINGS}<!--{'x' * 1_000_001}-->"))
    assert LetterDamage.CUT in found.damage


def test_a_stranger_cannot_set_the_marks_of_this_room() -> None:
    found = read(raw("Нет тепла\n\ue000\nпрорыв в подвале\n\ue003\nзовите мастера".encode()))
    assert "прорыв в подвале" in words(found, SegmentRole.WRITTEN)
    assert found.part("body").beyond is None


TEXT = st.text(st.sampled_from("аб1 .!?\n,-«»<>"), max_size=60)


@given(TEXT, TEXT)
def test_words_added_to_one_half_are_found_there_and_nowhere_else(text: str, other: str) -> None:
    assert find_additional_text(text, text) == ""
    assert find_additional_text(text, f"{text}\n{other}") == ""
    assert "ледяной" in find_additional_text(f"{text}\nстояк ледяной", text)


@given(TEXT, TEXT)
def test_any_two_halves_make_a_sound_letter(plain: str, html: str) -> None:
    body = halves(("plain", plain), ("html", html)).part("body")
    edges = [0, *(segment.end for segment in body.segments)]
    assert [segment.start for segment in body.segments] == edges[:-1]
    assert edges[-1] == len(body.text)
    assert body.beyond is None or 0 <= body.beyond < len(body.text)


@pytest.mark.parametrize("piece", ["<", "[image ", "a b ", "www.", "x. ", "html ", "1) "])
def test_hostile_halves_take_linear_time(piece: str) -> None:
    short, long = (_seconds(piece, times) for times in (3_000, 12_000))
    assert long < 20 * max(short, 0.005)


def _seconds(piece: str, times: int) -> float:
    started = time.process_time()
    find_additional_text(piece * times + "!ы", f"привет {piece[::-1] * times}")
    return time.process_time() - started
