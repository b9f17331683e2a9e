"""The rulebook: what staff may write, and what the start refuses with file and line."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Container
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.config import PACKAGE, resource_folder
from mailbot.model import RulebookError, SourceFile
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.ledger.charges import PriceComponent
from mailbot.policy import load_rulebook
from mailbot.policy.checks import CHECKS
from tests.policy.builders import ANSWERS, CHANNELS, RULES, TOPICS, rule_sources, small_rulebook
from tests.scale import tries

RULE = """
[[rule]]
name = "no-contact-data"
short = "no_contacts"
clause = "2.2.email.1"
check = "no_contact_data"
action = "no_reply"
authority = "act"
"""


def faults_of(**replaced: str) -> tuple[str, ...]:
    with pytest.raises(RulebookError) as caught:
        small_rulebook(**replaced)
    return caught.value.faults


def test_every_list_of_words_is_asked_for() -> None:
    """A list that no finder names is kept up by staff and read by nobody."""
    named = {
        node.value
        for room in ("understanding", "policy")
        for path in (PACKAGE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    lists = {path.stem for path in (resource_folder("rules") / "words").glob("*.txt")}
    assert len(lists) > 30
    assert not lists - named


def words(text: str) -> str:
    return " ".join(text.split())


def test_each_wording_stands_word_for_word_in_the_published_standard(shared: Path) -> None:
    standard = words((shared / "standard" / "standard-2022.txt").read_text(encoding="utf-8"))
    rows = tomllib.loads((RULES / "standard.toml").read_text(encoding="utf-8"))["clause"]
    assert [row["id"] for row in rows if words(row["wording"]) not in standard] == []


def test_the_four_exceptions_of_the_standard_are_the_rules_as_shipped() -> None:
    rules = {rule.clause: (rule.short, rule.check, rule.action) for rule in small_rulebook().no_reply}
    assert rules == {
        "2.2.email.1": ("no_contacts", "no_contact_data", "no_reply"),
        "2.2.email.2": ("abuse", "abuse_without_substance", "no_reply"),
        "2.2.email.3": ("unreadable", "unreadable_text", "no_reply"),
        "2.2.email.4": ("repeat", "answered_repeat", "no_reply"),
    }


def test_an_unknown_check_is_told_with_file_line_and_the_possible_ones() -> None:
    (fault,) = faults_of(no_reply=RULE.replace('check = "no_contact_data"', 'check = "foo"'))
    assert fault.startswith("rules/no_reply.toml:6: неизвестная проверка «foo»; возможные: own_address, ")


@pytest.mark.parametrize(
    ("was", "became", "line", "what"),
    [
        ('clause = "2.2.email.1"', 'clause = "9.9"', 5, "неизвестный пункт Стандарта «9.9»"),
        ('clause = "2.2.email.1"', 'clause = "RFC 3834 2"', 5, "неизвестный пункт Стандарта"),
        (
            'action = "no_reply"',
            'action = "silence"',
            7,
            "неизвестное действие «silence»; возможные: no_reply",
        ),
        ('action = "no_reply"', 'action = "ignore"', 7, "неизвестное действие «ignore»"),
        ('action = "no_reply"', 'action = "answer"', 7, "допишите template"),
        ('authority = "act"', 'authority = "acts"', 8, "неизвестное полномочие «acts»"),
        ('authority = "act"', 'authority = "act"\ntemplate = "x"', 9, "уберите template"),
        ('short = "no_contacts"', "short = 3", 4, "нужен текст в кавычках"),
        ('short = "no_contacts"', 'short = " "', 4, "поле «short» пустое"),
        ('short = "no_contacts"', 'shrot = "no_contacts"', 4, "лишнее поле «shrot»"),
        ('short = "no_contacts"', "", 2, "нет поля «short»"),
        ('name = "no-contact-data"', 'name = "own-address"', 3, "«own-address» уже есть (rules/ignore.toml:"),
    ],
)
def test_a_fault_in_a_rule_stops_the_start_with_its_line(was: str, became: str, line: int, what: str) -> None:
    faults = faults_of(no_reply=RULE.replace(was, became))
    assert any(fault.startswith(f"rules/no_reply.toml:{line}: ") and what in fault for fault in faults), (
        faults
    )


@pytest.mark.parametrize(
    ("file", "text", "was", "became", "what"),
    [
        ("topics", TOPICS, 'deadline = "charge"', 'deadline = "soon"', "неизвестный срок «soon»"),
        ("topics", TOPICS, "'пен[ияюей]+'", "'пен[ия'", "не разбирается"),
        ("topics", TOPICS, 'kind = "question"', 'kind = "plea"', "неизвестный вид обращения «plea»"),
        ("topics", TOPICS, 'priority = "high"', 'priority = "top"', "неизвестная важность «top»"),
        ("topics", TOPICS, "emergency = true", 'emergency = "yes"', "нужно true или false"),
        ("answers", ANSWERS, "topic:e_bill", "topic:bills", "неизвестная тема «bills»"),
        ("answers", ANSWERS, "kind:complaint", "kind:plea", "неизвестное условие «kind:plea»"),
        ("channels", CHANNELS, "08:00:00", '"08:00"', "нужно время без кавычек"),
        ("channels", CHANNELS, "17:00:00", "07:00:00", "закрывается раньше"),
        ("channels", CHANNELS, "Asia/Yekaterinburg", "Asia/Chaikovsky", "неизвестный часовой пояс"),
        ("channels", CHANNELS, "[1, 2, 3, 4, 5]", "[0, 8]", "нужны дни недели"),
        ("channels", CHANNELS, 'mail = "8666@bk.ru"', 'mail = "8666"', "не адрес почты"),
        ("limits", "trusted_authservers = []\n[caps]\nper_hour = -1", "", "", "нет раздела [thresholds]"),
        ("deadlines", "", "", "", "нет ни одной строки [[deadline]]"),
        ("no_reply", "[[rule]\nname = 1", "", "", "файл записан с ошибкой"),
    ],
)
def test_a_fault_in_any_file_is_told(file: str, text: str, was: str, became: str, what: str) -> None:
    faults = faults_of(**{file: text.replace(was, became) if was else text})
    assert any(fault.startswith(f"rules/{file}.toml:") and what in fault for fault in faults), faults


def test_all_faults_of_all_files_are_told_at_once() -> None:
    faults = faults_of(
        no_reply=RULE.replace("no_contact_data", "foo") + RULE.replace("2.2.email.1", "7"),
        topics=TOPICS.replace('"charge"', '"soon"'),
        channels=CHANNELS.replace("confirmed = true", ""),
    )
    assert {fault.split(":")[0] for fault in faults} == {
        "rules/no_reply.toml", "rules/topics.toml", "rules/channels.toml",
    }  # fmt: skip
    assert len(faults) == 5  # two rules at fault and one name given twice in no_reply.toml


def test_the_fields_that_there_are_are_listed_once_each() -> None:
    (fault,) = (one for one in faults_of(no_reply=RULE.replace("short", "shrot")) if "лишнее поле" in one)
    listed = fault.partition("исправьте имя: ")[2].split(", ")
    assert len(listed) == len(set(listed))


def test_the_second_row_is_found_at_its_own_line() -> None:
    second = RULE.replace("no-contact-data", "second").replace("no_contact_data", "foo")
    (fault,) = faults_of(no_reply=RULE + second)
    assert fault.startswith("rules/no_reply.toml:14: ")


def test_a_missing_file_is_told_once() -> None:
    sources = tuple(source for source in rule_sources() if not source.name.endswith("limits.toml"))
    with pytest.raises(RulebookError) as caught:
        load_rulebook(sources)
    assert caught.value.faults == ("rules/limits.toml:1: файла нет; верните его из поставки",)


def test_a_misnamed_file_does_not_pass_unread() -> None:
    with pytest.raises(RulebookError, match=r"rules/no_replay\.toml:1: лишний файл"):
        load_rulebook((*rule_sources(), SourceFile("rules/no_replay.toml", RULE)))


def test_a_broken_pattern_in_a_word_list_is_told_with_its_line() -> None:
    with pytest.raises(RulebookError, match=r"rules/words/abuse\.txt:3: выражение «\[а» не разбирается"):
        load_rulebook((*rule_sources(), SourceFile("rules/words/abuse.txt", "# слова\nбрань\n[а\n")))


def test_word_lists_lose_comments_and_blank_lines() -> None:
    assert small_rulebook().words("thanks") == ("спасибо", "благодар\\w+")


@pytest.mark.parametrize(
    ("file", "comment", "known"),
    [
        ("ignore.toml", "check", CHECKS),
        ("no_reply.toml", "check", CHECKS),
        ("tariffs.toml", "component", tuple(PriceComponent)),
        ("tariffs.toml", "groups", tuple(ClientGroup)),
    ],
)
def test_what_the_comment_of_a_file_offers_may_stand_in_it(
    file: str, comment: str, known: Container[str]
) -> None:
    offered = _offered(file, comment)
    assert offered
    assert [name for name in offered if name not in known] == []


def test_the_comments_of_the_two_files_of_silence_offer_every_check() -> None:
    assert {*_offered("ignore.toml", "check"), *_offered("no_reply.toml", "check")} == set(CHECKS)


def _offered(file: str, comment: str) -> list[str]:
    """The words of code that the comment of a shipped file lists after this word, to the end of the line or of the list."""
    text = (resource_folder("rules") / file).read_text(encoding="utf-8")
    (line,) = re.findall(rf"^#.*\b{comment}(?::| {{2,}})(.*)$", text, re.MULTILINE)
    return re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", line.partition(";")[0])


def test_own_addresses_hold_our_mail_in_lower_case() -> None:
    assert small_rulebook().channels.own_addresses == ("8666@bk.ru", "office@example.ru")


def test_the_version_changes_with_any_letter_of_any_file_and_not_with_the_order() -> None:
    sources = rule_sources()
    version = load_rulebook(sources).version
    assert len(version) == 12
    assert load_rulebook(sources[::-1]).version == version
    assert small_rulebook(no_reply=RULE).version != version


def damaged(file: str, text: str) -> tuple[str, ...]:
    """The faults of the rulebook with that text in that file; none where the damage left it whole."""
    try:
        small_rulebook(**{file: text})
    except RulebookError as error:
        return error.faults
    return ()


@settings(max_examples=tries(60), deadline=None)
@given(st.sampled_from(["topics", "answers", "channels", "limits", "no_reply", "deadlines"]), st.data())
def test_any_damage_to_a_file_is_a_fault_or_a_rulebook_never_a_crash(file: str, data: st.DataObject) -> None:
    """Cut a file anywhere and put anything there: staff edit these files in a plain editor."""
    text = next(source.text for source in rule_sources() if source.name == f"rules/{file}.toml")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    scrap = data.draw(st.text(alphabet="[]=\"\n#x1,.ы '", max_size=12))
    faults = damaged(file, text[:start] + scrap + text[end:])
    assert [fault for fault in faults if not re.match(r"rules/[a-z_]+\.toml:\d+: .", fault)] == []
