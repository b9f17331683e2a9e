"""Training the model of words: from marks to tags, and the same letters give the same model."""

from __future__ import annotations

from mailbot.model import Source
from mailbot.model.word_model import NONE, OTHER, OWN
from mailbot.policy.names_file import read_words, words_text
from mailbot.services.marked_letters import MarkedLetter, read_marked
from mailbot.services.marked_words import plain_words, shown
from mailbot.services.words_training import train_words
from mailbot.understanding.roles.tagging import tag

LETTER = """=== complaint | cold_radiators
Тема: холодно
От: Ольга Деменева <demeneva@mail.ru>
Батареи холодные. [[8 Марта|street]] [[12|house]]-[[3|flat]]. Сосед [[Пинаев|surname]] тоже ждёт.
[[Деменева|surname]] [[О. П.|initials]]
"""
LETTERS = "\n".join(
    LETTER.replace("Деменева", f"{name}ова").replace("demeneva", "olga")
    for name in ("Сюткин", "Вахруш", "Оборин", "Трефил", "Лекомц", "Зорин")
)


def _letters(tmp_path, text: str) -> tuple[MarkedLetter, ...]:
    (tmp_path / "hand_01.txt").write_text(text, encoding="utf-8")
    return read_marked(tmp_path)


def test_marks_become_tags_of_words(tmp_path) -> None:
    (_, body) = shown(_letters(tmp_path, LETTER)[0])
    tags = {word.text: name for word, name in zip(body.page.words, body.tags, strict=True) if name != NONE}
    assert tags == {
        "8": "B-street",
        "Марта": "I-street",
        "Пинаев": "B-surname",
        "Деменева": "B-surname",
        "О": "B-initials",
        "П": "I-initials",
    }


def test_a_number_is_a_word_with_its_role(tmp_path) -> None:
    (_, body) = shown(_letters(tmp_path, LETTER)[0])
    assert [word.known for word in body.page.words if word.number][1:] == ["#house", "#flat"]


def test_frequent_words_that_name_nothing_are_not_looked_at(tmp_path) -> None:
    letters = _letters(tmp_path, LETTERS)
    parts = [part for letter in letters for part in shown(letter)]
    assert plain_words(parts) == frozenset()  # one hand proves nothing


def test_the_same_letters_give_the_same_model_and_it_knows_them(tmp_path) -> None:
    letters = _letters(tmp_path, LETTERS)
    models = train_words(letters)
    assert words_text(models) == words_text(train_words(letters))
    (_, body) = shown(letters[0])
    assert {one.role for one in tag(body.page, models.tagged)} == {"street", "surname", "initials"}


def test_the_written_file_holds_the_model(tmp_path) -> None:
    models = train_words(_letters(tmp_path, LETTERS))
    faults: list[str] = []
    kept = read_words(Source("rules/names.json", words_text(models)), faults)
    assert faults == []
    assert kept.own.classes == models.own.classes == (OTHER, OWN)
    assert kept.own.rows.shape[1] == 2
    assert kept.tagged.tags == models.tagged.tags
