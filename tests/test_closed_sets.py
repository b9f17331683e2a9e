"""Every member of every closed set has its words, its place in each table over the set, and its line in each list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from io import StringIO
from typing import get_args

import pytest
from rich.console import Console

import mailbot
from mailbot.config import resource_folder
from mailbot.console.cases import case_json, show_case
from mailbot.model import CaseState, Channel, LetterKind, Priority, Rulebook
from mailbot.model.bill.sending import STATES_BY_METHOD, BillState
from mailbot.model.case.staff_act import AnswerWay, CaseAct, OfficeAct
from mailbot.model.ledger.sources import READING_SOURCES_ENTERED, PaymentSource, ReadingSource
from mailbot.reporting.case_clocks import CaseOutcome
from mailbot.services.desk.accounts.timeline import Happening
from mailbot.services.evaluation.labelled_folder import RULES
from mailbot.store.cases.queue_filters import DueBucket
from mailbot.store.mail.before_start import BEFORE_START
from mailbot.store.schema.closed_sets import member_of
from mailbot.web.management.board_pages import DUES
from mailbot.web.value_display import REASONS
from mailbot.wording import account_titles, case_titles, staff_titles, survey_titles
from mailbot.wording.case_titles import NOT_APPEALS
from mailbot.wording.report import cell_titles
from tests.console.test_cases import CASE, HERE
from tests.reporting import material

RECEIVED = material.at("11-16 09:00")

PARTIAL = {
    "mailbot.console.bills.NEXT_COMMANDS": "only bills on paper and in ЭДО wait for a command",
    "mailbot.documents.questionnaire_sheet.HINTS": "only the scale of NPS wants a word",
    "mailbot.model.ledger.unit_conversion.GCAL_IN_UNIT": "a volume of water is no heat",
    "mailbot.policy.decision.completeness._DAMAGE": "what is read whole is no damage",
    "mailbot.policy.decision.completeness._FILES": "what was read, or is empty, hides nothing",
    "mailbot.policy.decision.silencing.PROPOSALS": "a review proposes nothing, and no rule takes readings",
    "mailbot.services.desk.writing.effect_of_text._WHY": "a text that answers needs no reason",
    "mailbot.services.reporting.workbook_columns._FORMS": "the rest is text",
    "mailbot.store.cases.deadline_warnings._WORDS": "only two marks are of a letter about a deadline",
    "mailbot.wording.account_titles.ACCOUNT_LETTERS": "the other letters belong to a case, or to the staff",
}
"""Tables that leave members out on purpose, and why."""

WORDS = (case_titles, account_titles, staff_titles, survey_titles)


def tables() -> Iterator[tuple[str, Mapping[StrEnum, object]]]:
    """Every table of the package whose keys are members of closed sets, where it is written."""
    for found in pkgutil.walk_packages(mailbot.__path__, "mailbot."):
        if found.name in (
            "mailbot.__main__",
            "mailbot.fork_preload",
        ):  # they begin to work when they are imported
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, Mapping) and value and all(isinstance(key, StrEnum) for key in value):
                yield f"{found.name}.{name}", value


def lacking(table: Mapping[StrEnum, object]) -> set[str]:
    sets = {type(key) for key in table}
    return {
        f"{type(member).__name__}.{member.name}"
        for members in sets
        for member in members
        if member not in table
    }


def test_every_table_over_a_closed_set_has_all_its_members() -> None:
    found = dict(tables())
    assert len(found) > 100, "the tables are not found any more"
    names = {path.rpartition(".")[2] for path in PARTIAL}
    short = {path: lacking(table) for path, table in found.items() if path.rpartition(".")[2] not in names}
    assert {path: members for path, members in short.items() if members} == {}


def test_a_table_that_is_partial_on_purpose_is_still_there_and_still_partial() -> None:
    found = dict(tables())
    assert {path for path in PARTIAL if path not in found or not lacking(found[path])} == set()


@pytest.mark.parametrize("home", WORDS, ids=lambda home: home.__name__.rpartition(".")[2])
def test_every_title_is_a_word_of_its_own(home: object) -> None:
    unmarked = {Priority.NORMAL}
    for name, table in vars(home).items():
        if not isinstance(table, Mapping) or name.startswith("_"):
            continue
        titles = [words for member, words in table.items() if member not in unmarked]
        assert all(isinstance(words, str) and words.strip() for words in titles), name
        assert len(set(titles)) == len(titles), f"{name}: two members that nobody can tell apart"


def test_every_shipped_rule_has_its_title_and_its_label(rulebook: Rulebook) -> None:
    assert {rule.short for rule in rulebook.ignore} | {BEFORE_START} == set(NOT_APPEALS)
    assert {rule.short for rule in rulebook.no_reply} == set(REASONS) == set(RULES)


def test_both_kinds_of_acts_are_named_in_the_log() -> None:
    assert set(staff_titles.AUDITED_ACTS) == {*CaseAct, *OfficeAct}
    assert not {*map(str, CaseAct)} & {*map(str, OfficeAct)}, "one word of the log would be two acts"


def test_a_letter_to_the_client_leaves_by_two_acts() -> None:
    assert [act for act in CaseAct if act.writes_letter] == [CaseAct.ANSWER, CaseAct.ASK]


def test_outcomes_are_named_though_reports_reckon_them_in_another_room() -> None:
    assert set(cell_titles.OUTCOMES) == set(CaseOutcome)


@pytest.mark.parametrize("channel", Channel)
def test_a_reading_has_the_source_of_the_channel_it_came_by(channel: Channel) -> None:
    assert ReadingSource(channel) == channel.value


def test_a_member_of_the_staff_enters_readings_from_sources_there_are() -> None:
    assert set(READING_SOURCES_ENTERED) < set(ReadingSource)
    assert {*ReadingSource} - {ReadingSource(channel) for channel in Channel} == {
        ReadingSource.TABLE,
        ReadingSource.PERSON,
    }


@pytest.mark.parametrize("channel", Channel)
def test_whoever_came_by_a_channel_has_a_usual_way_to_be_answered(channel: Channel) -> None:
    assert AnswerWay.usual(channel) in case_titles.ANSWER_WAYS


def test_appeals_that_nobody_else_enters_are_typed_in_the_office() -> None:
    assert {channel for channel in Channel if not channel.registered_by_staff} == {Channel.MAIL, Channel.SITE}


def test_only_a_clerk_who_speaks_with_the_client_has_asked_whose_account_it_is() -> None:
    unproven = {Channel.MAIL, Channel.SITE, Channel.MESSENGER}
    asked = {Channel.OFFICE, Channel.PHONE, Channel.ORAL}
    assert unproven | asked == set(Channel), "a new channel: has a clerk asked whose account it is?"
    assert {channel for channel in Channel if channel.writer_unproven} == unproven


def test_each_channel_has_its_usual_way_to_answer() -> None:
    assert {channel: AnswerWay.usual(channel) for channel in Channel} == {
        Channel.MAIL: AnswerWay.PHONE,
        Channel.OFFICE: AnswerWay.PAPER,
        Channel.PHONE: AnswerWay.PHONE,
        Channel.ORAL: AnswerWay.PERSON,
        Channel.SITE: AnswerWay.PHONE,
        Channel.MESSENGER: AnswerWay.PHONE,
    }


def test_ranks_tell_priorities_apart_and_keep_their_order() -> None:
    assert [priority.rank for priority in Priority] == [0, 1, 2]
    assert [Priority.of_rank(priority.rank) for priority in Priority] == list(Priority)


def test_a_bill_stands_in_one_list_only() -> None:
    listed = [state for states in STATES_BY_METHOD.values() for state in states]
    assert sorted(listed) == sorted(BillState)


def test_the_filter_of_the_queue_offers_every_term() -> None:
    assert set(DUES) == set(DueBucket)


@pytest.mark.parametrize("sets", [(Channel,), (ReadingSource,), (PaymentSource,), (CaseAct, OfficeAct)])
def test_a_column_is_as_wide_as_its_longest_member(sets: Sequence[type[StrEnum]]) -> None:
    width = member_of(*sets).length
    assert width is not None
    assert all(len(member) <= width for members in sets for member in members)


@pytest.mark.parametrize("channel", Channel)
def test_the_report_counts_every_channel(channel: Channel) -> None:
    case = material.a_case(1, RECEIVED, channel=channel)
    cells = {cell.title: cell.count for cell in material.figures_of([case]).by_channel}
    assert list(cells) == [case_titles.CHANNELS[one].capitalize() for one in Channel]
    assert {title for title, count in cells.items() if count} == {case_titles.CHANNELS[channel].capitalize()}


@pytest.mark.parametrize("kind", [*LetterKind, "", "tender"])
def test_the_report_counts_every_kind_and_shows_what_it_does_not_know(kind: str) -> None:
    found = material.figures_of([material.a_case(1, RECEIVED, kind=kind)]).by_kind
    assert [cell.key for cell in found][:4] == [f"kind:{one}" for one in LetterKind]
    counted = [cell for cell in found if cell.count]
    assert [cell.key for cell in counted] == [f"kind:{kind}"]
    assert counted[0].title == (
        cell_titles.KINDS[LetterKind(kind)] if kind in set(LetterKind) else kind or cell_titles.UNREAD
    )


@pytest.mark.parametrize("channel", Channel)
def test_the_terminal_tells_how_an_appeal_came(channel: Channel) -> None:
    out = Console(file=StringIO(), width=80, no_color=True)
    case = replace(CASE, channel=channel)
    show_case(out, case, [], [], HERE)
    assert isinstance(out.file, StringIO)
    told = case_titles.CHANNELS[channel] in out.file.getvalue()
    assert told == (channel is not Channel.MAIL), "nearly all are letters: that needs no line"
    assert case_json(case)["channel"] == channel.value


@pytest.mark.parametrize("state", CaseState)
def test_the_terminal_names_every_state(state: CaseState) -> None:
    out = Console(file=StringIO(), width=80, no_color=True)
    show_case(out, replace(CASE, state=state), [], [], HERE)
    assert isinstance(out.file, StringIO)
    assert case_titles.CASE_STATES[state] in out.file.getvalue()


def test_the_page_of_an_account_has_words_for_all_that_can_happen() -> None:
    text = (resource_folder("templates") / "web" / "_happened.html").read_text(encoding="utf-8")
    told = {one.__name__ for one in get_args(Happening)}
    assert {name for name in told if f'"{name}": of_{name},' not in text} == set()
