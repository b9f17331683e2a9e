"""`mailbot eval`: labelled letters go the real way, and the figures are those that the labels give."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.console.evaluation import evaluation_json
from mailbot.console.explanation import as_json
from mailbot.services.evaluation.counting import Evaluation, Share
from mailbot.services.evaluation.evaluate import evaluate_letters
from mailbot.services.evaluation.judging import JudgedFolder, judge
from mailbot.services.evaluation.label_agreement import same_account, same_address, same_name, same_phone
from mailbot.services.evaluation.labelled_folder import FolderFault, read_folder
from mailbot.services.in_force.rules_and_templates import ActiveRules

READING = (
    "From: a@b.ru\nSubject: показания\n\nЛицевой счёт 440215, горячая вода 118\nИванова Мария Петровна\n"
)
COMPLAINT = (
    "From: b@b.ru\nSubject: холодно\n\nБатареи ледяные третий день!\nКошкин П., Мира 5-12, тел. 89194502218\n"
)
AGAIN = "From: b@b.ru\nSubject: холодно\n\nПовторяю: батареи ледяные третий день!\nКошкин П., Мира 5-12, тел. 89194502218\n"
ANSWER = "Здравствуйте! Температура в квартире измерена: +21 °C, норма соблюдена. Акт № 5.\n"

LABELS = (
    {
        "file": "1.eml", "primary": "reading", "kinds": ["reading"], "must": "answer", "why": "обычные",
        "readings": [{"account": "440215", "meter": None, "resource": "hot_water", "value": "118", "unit": "м3"}],
        "contacts": {"name": "Иванова Мария Петровна", "account": "440215", "phone": None, "address": None},
        "tags": ["reading"],
    },
    {
        "file": "2.eml", "primary": "complaint", "kinds": ["complaint"], "must": "answer", "why": "жалоба",
        "readings": [], "tags": ["complaint"],
        "contacts": {"name": "Кошкин П.", "account": None, "phone": "+79194502218", "address": "Мира, 5-12"},
    },
    {
        "file": "3.eml", "primary": "question", "kinds": ["question"], "must": "no_reply:no_contacts",
        "why": "намеренно неверная метка", "readings": [], "tags": ["question"],
        "contacts": {"name": None, "account": "777", "phone": None, "address": None},
    },
)  # fmt: skip


def labelled(folder: Path) -> Path:
    (folder / "set").mkdir(parents=True)
    for name, text in (("1", READING), ("2", COMPLAINT), ("3", COMPLAINT)):
        (folder / "set" / f"{name}.eml").write_text(text, encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) for row in LABELS]
    (folder / "labels.jsonl").write_text("\n".join(lines), encoding="utf-8")
    thread = folder / "threads" / "7"
    thread.mkdir(parents=True)
    (thread / "01.eml").write_text(COMPLAINT, encoding="utf-8")
    (thread / "answer.txt").write_text(ANSWER, encoding="utf-8")
    (thread / "02.eml").write_text(AGAIN, encoding="utf-8")
    dates = {
        "first_date": "2026-11-03T10:00:00+05:00",
        "answer_date": "2026-11-04T10:00:00+05:00",
        "second_date": "2026-11-05T10:00:00+05:00",
    }
    label = {"must": "no_reply:repeat", "why": "та же жалоба"} | dates
    (thread / "label.json").write_text(json.dumps(label), encoding="utf-8")
    return folder


def figures(evaluation: Evaluation) -> dict[str, object]:
    return {figure.name: figure.value for figure in evaluation.figures}


def judged(folder: Path, rules: ActiveRules) -> JudgedFolder:
    return judge(read_folder(folder), rules, resource_folder("db"))


def test_figures_confusion_and_failures(tmp_path: Path, rules: ActiveRules) -> None:
    found = evaluate_letters(judged(labelled(tmp_path), rules))
    values = figures(found)
    assert values["wrongly_silenced"] == Share(0, 2)
    assert values["readings_exact"] == Share(1, 1)
    assert values["contact_account"] == Share(1, 2), "the third label names an account that is not there"
    assert values["no_reply_no_contacts"] == Share(0, 1)
    assert (("question", "complaint"), 1) in found.confusion
    assert {failure.file for failure in found.failures} == {"3.eml"}
    assert any("777" in failure.why for failure in found.failures)


def test_a_thread_is_judged_after_a_persons_answer(tmp_path: Path, rules: ActiveRules) -> None:
    (thread,) = judged(labelled(tmp_path), rules).threads
    (earlier,) = thread.result.context.earlier
    assert earlier.answered_on_substance
    assert earlier.answer.strip() == ANSWER.strip()
    assert (thread.result.decision.action, thread.result.decision.rule) == ("no_reply", "repeat")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("must", "answr", "labels.jsonl:2: запись не разбирается (must «answr»"),
        ("primary", "жалоба", "labels.jsonl:2: запись не разбирается"),
        ("file", "99.eml", "labels.jsonl:2"),
        ("kinds", None, "labels.jsonl:2"),
    ],
)
def test_a_wrong_label_is_told_with_its_line(field: str, value: object, told: str, tmp_path: Path) -> None:
    folder = labelled(tmp_path)
    rows: list[dict[str, object]] = [dict(row) for row in LABELS]
    rows[1][field] = value
    (folder / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(FolderFault) as fault:
        read_folder(folder)
    assert told in fault.value.faults[0]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderFault, match="укажите папку размеченных писем"):
        read_folder(tmp_path)


def test_ones_writing_is_as_good_as_anothers() -> None:
    assert same_name("Петров Иван Ильич", "Иван Ильич Петров (Petrov)")
    assert same_name("Сидоренко", "Сидоренко А. Б.")
    assert not same_name("Петров Иван", "Петрова")
    assert same_address("ул. Мира, д. 5, кв. 12", "Мира 5-12")
    assert not same_address("Мира 5-12", "Мира 5-13")
    assert not same_address("Мира 5-12", "Ленина 5-12")
    assert same_phone("+7 919 450-22-18", "89194502218")
    assert same_phone("5-56-01", "8 (34241) 5-56-01")
    assert not same_phone("89194502218", "450-22-18")
    assert same_account("000440215", "440215")


def test_the_figures_are_those_of_the_shared_scorer(tmp_path: Path, shared: Path, rules: ActiveRules) -> None:
    letters = shared / "letters"
    one = judged(letters, rules)
    predictions = tmp_path / "predictions.jsonl"
    lines = [json.dumps(as_json(item.label.file, item.result)) for item in one.all]
    predictions.write_text("\n".join(lines), encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        letters / "score.py",
        predictions,
        "--json",
        tmp_path / "score.json",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    score = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))["metrics"]
    ours = evaluation_json(evaluate_letters(one))["figures"]
    assert isinstance(ours, dict)
    assert ours["wrongly_silenced"]["good"] == score["wrongly_silenced"]
    assert ours["wrongly_answered"]["good"] == score["wrongly_answered"]
    assert ours["primary_macro_f1"] == pytest.approx(
        score["primary_macro_f1 all mails"], abs=2e-4
    )  # both are rounded
    assert ours["kinds_f1"] == score["kinds_mean_f1"]
    assert [ours["readings_exact"]["good"], ours["readings_exact"]["whole"]] == score["reading_list_exact"]
    assert ours["readings_ghost"]["good"] == score["ghost_readings"]
    assert ours["readings_accepted_wrong"]["good"] == score["accepted_wrong"]
    for field in ("name", "account", "phone", "address"):
        assert [ours[f"contact_{field}"]["good"], ours[f"contact_{field}"]["whole"]] == score[
            f"contact_{field}"
        ][:2]
    for rule in ("no_contacts", "abuse", "unreadable"):
        assert ours[f"no_reply_{rule}"]["good"] == score[f"recall_{rule}"]["accepted"]
    assert ours["repeats_found"]["good"] == score["threads"].get("repeat_ok", 0)


def test_the_shared_letters_meet_what_the_standard_owes(shared: Path, rules: ActiveRules) -> None:
    values = figures(evaluate_letters(judged(shared / "letters", rules)))
    for never in (
        "wrongly_silenced", "wrongly_answered", "readings_ghost", "readings_accepted_wrong", "traps_hit",
        "abuse_with_matter_silenced", "abuse_without_abuse", "new_facts_silenced",
    ):  # fmt: skip
        value = values[never]
        assert isinstance(value, Share)
        assert value.good == 0, never
