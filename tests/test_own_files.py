"""Own files of rules and templates: read as Notepad leaves them, and none lies there unread without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.command_setup import load_files, load_rules_and_templates
from mailbot.config import ConfigError, Settings, load_settings, resource_folder
from mailbot.model import RulebookError

BOM = b"\xef\xbb\xbf"


def own(folder: Path, name: str, content: str | bytes = "") -> Settings:
    """Settings of a configuration beside which `rules` or `templates` holds one file of the company's own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    config = folder / "mailbot.toml"
    config.write_text("", encoding="utf-8")
    return load_settings(config)


def shipped(name: str) -> str:
    folder, _, rest = name.partition("/")
    assert folder in ("rules", "templates")
    return (resource_folder("rules" if folder == "rules" else "templates") / rest).read_text(encoding="utf-8")


def faults(settings: Settings) -> tuple[str, ...]:
    with pytest.raises((ConfigError, RulebookError)) as caught:
        load_rules_and_templates(settings)
    assert isinstance(caught.value, ConfigError | RulebookError)
    return caught.value.faults


def test_a_folder_of_rules_beside_the_configuration_holds_without_being_named(tmp_path: Path) -> None:
    settings = own(
        tmp_path, "rules/channels.toml", shipped("rules/channels.toml").replace("0-00-00", "4-44-44")
    )
    assert load_rules_and_templates(settings)[0].channels.phones == ("8 (34241) 4-44-44",)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("rules/words/plain_wrds.txt", "rules/words/plain_words.txt"),
        ("rules/words/mine.txt", "уберите его"),
        ("templates/reading_accepted.txt", "templates/mail/reading_accepted.txt"),
        ("templates/mail/readng_accepted.txt", "templates/mail/reading_accepted.txt"),
        ("templates/web/case.html", "страницы сотрудников"),
        ("rules/channels.tml", "rules/channels.toml"),
    ],
)
def test_a_file_that_nothing_reads_is_told_by_its_name_and_what_it_may_be(
    tmp_path: Path, name: str, hint: str
) -> None:
    (fault,) = faults(own(tmp_path, name, "слово\n"))
    assert fault.startswith(f"{tmp_path / name}:1: ")
    assert hint in fault


@pytest.mark.parametrize(
    "name", ["rules/.DS_Store", "rules/answers.toml.bak", "templates/mail/alarm.txt~", "rules/README.md"]
)
def test_what_editors_leave_behind_is_no_fault(tmp_path: Path, name: str) -> None:
    assert load_rules_and_templates(own(tmp_path, name, b"\x00\xff"))


def test_a_new_letter_that_an_own_rule_names_is_read(tmp_path: Path) -> None:
    answers = shipped("rules/answers.toml").replace('template = "office_hours"', 'template = "our_hours"')
    for ending in (".txt", ".html", ".subject.txt"):
        own(tmp_path, f"templates/mail/our_hours{ending}", shipped(f"templates/mail/office_hours{ending}"))
    assert "our_hours" in load_rules_and_templates(own(tmp_path, "rules/answers.toml", answers))[1].effects


@pytest.mark.parametrize(
    "name", ["rules/channels.toml", "rules/words/plain_words.txt", "templates/snippets.toml"]
)
def test_a_byte_order_mark_of_notepad_is_read_over(tmp_path: Path, name: str) -> None:
    settings = own(tmp_path, name, BOM + shipped(name).replace("\n", "\r\n").encode())
    assert {one.name: one.text for one in load_files(settings)}[name] == shipped(name)
    (tmp_path / "mailbot.toml").write_bytes(BOM + b'data_dir = "here"\n')
    assert load_settings(tmp_path / "mailbot.toml").data_dir == tmp_path / "here"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("# по-русски\n".encode() + "# тепло\n".encode("cp1251"), 2, "cp1251"),
        ("# тепло\n".encode("utf-16"), 1, "UTF-16"),
    ],
    ids=["cp1251", "utf-16"],
)
def test_another_encoding_is_told_with_file_and_line(
    tmp_path: Path, content: bytes, line: int, said: str
) -> None:
    (fault,) = faults(own(tmp_path, "rules/alarm.toml", content))
    assert fault.startswith(f"{tmp_path / 'rules' / 'alarm.toml'}:{line}: ")
    assert said in fault
    assert "UTF-8" in fault


def test_an_acknowledgement_that_claims_to_answer_is_a_fault_with_its_line(tmp_path: Path) -> None:
    answers = shipped("rules/answers.toml").replace('does = "acknowledges"', 'does = "answers"')
    told = faults(own(tmp_path, "rules/answers.toml", answers))
    lines = answers.splitlines()
    for template in ("emergency_received", "reading_refused", "complaint_received", "question_received"):
        (fault,) = (one for one in told if template in one)
        number = int(fault.split(":")[1])
        assert lines[number - 1] == 'does = "answers"'
        assert 'напишите does = "acknowledges"' in fault


def test_a_letter_that_only_confirms_may_not_be_called_an_answer(tmp_path: Path) -> None:
    receipt = "{% extends '_layout.txt' %}{% block body %}Ваше обращение {{ number }} принято, ожидайте ответа.{% endblock %}"
    (fault,) = faults(own(tmp_path, "templates/mail/office_hours.txt", receipt))
    assert fault.startswith("templates/mail/office_hours.txt:1: ")
    assert "office-hours" in fault
