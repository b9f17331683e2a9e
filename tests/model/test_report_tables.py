"""One layout for all forms: figures that fit one another, keys that name their cases, nothing dropped in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.model.letter.time_limit import DayKind
from mailbot.model.report.period import Period
from mailbot.model.report.report import CaseCount, Report
from mailbot.model.rules.rulebook import DeadlineRule
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.legend import build_legend
from mailbot.wording.report.specimen.reports import empty_report, future_report, specimen_report
from mailbot.wording.report.table_layout import CellUnit, ReportTable
from mailbot.wording.report.tables import received, second_looks, work_done
from mailbot.wording.report.tables.all_tables import (
    ORDER,
    build_headline,
    build_tables,
    format_as_of,
    title,
)


def table(report: Report, key: str) -> ReportTable:
    return next(one for one in build_tables(report) if one.key == key)


def told(one: ReportTable) -> dict[str, list[str]]:
    """The rows by their names, with plain blanks."""
    return {row[0].text: [cell.text.replace("\u00a0", " ") for cell in row[1:]] for row in one.rows}


@pytest.mark.parametrize(
    "report", [specimen_report(), empty_report(), future_report()], ids=["full", "empty", "future"]
)
def test_every_row_has_a_cell_for_each_column_and_no_table_is_without_rows(report: Report) -> None:
    for one in build_tables(report):
        assert one.rows, one.key
        assert all(len(row) == len(one.columns) for row in one.rows), one.key
    assert len({one.key for one in build_tables(report)}) == len(build_tables(report))


def test_every_table_has_its_place_in_the_order() -> None:
    """A table that is written and not ordered would stand in no mail, page, paper or workbook, and nobody would know."""
    written = {
        function
        for module in (received, second_looks, work_done)
        for name, function in vars(module).items()
        if not name.startswith("_")
        and getattr(function, "__annotations__", {}).get("return") == "ReportTable"
    }
    assert written == set(ORDER)
    assert len(ORDER) == len(written)


def test_the_main_figures_stand_beside_those_of_the_week_before_and_of_the_last_year() -> None:
    main = table(specimen_report(), "main")
    assert [one.title for one in main.columns] == ["Показатель", "эта неделя", "неделей раньше", "год назад"]
    rows = told(main)
    assert rows["Пришло обращений"] == ["240", "217", "198"]
    assert rows["Отвечено в срок"] == ["94 %, 202 из 215", "95,3 %, 184 из 193", "76,3 %, 122 из 160"]
    assert main.note.startswith("Неделей раньше — 9–15 ноября 2026; год назад — 17–23 ноября 2025.")


def test_where_nothing_is_known_of_before_no_column_claims_to() -> None:
    report = replace(specimen_report(), before=None, year_ago=None)
    main = table(report, "main")
    assert len(main.columns) == 2
    assert main.note.startswith("Сравнить не с чем: раньше писем не было.")
    assert main.note.endswith(
        "Обращения клиентов: «без ответа» — открытые на день отчёта; «ответил автомат», «ошибся», «отозван» — сделанное за "
        "период; остальное — пришедшие за период."
    )
    assert len(table(report, "topics").columns) == 3
    assert all(not one.note for one in build_headline(report))


@pytest.mark.parametrize("key", ["kinds", "channels", "weekdays", "hours", "topics"])
def test_the_parts_add_up_to_what_came(key: str) -> None:
    assert sum(int(row[1].text) for row in table(specimen_report(), key).rows) == 240


def test_ages_of_the_unanswered_add_up_to_the_figure_on_top() -> None:
    rows = table(specimen_report(), "unanswered").rows
    (on_top,) = [one for one in build_headline(specimen_report()) if one.key == "unanswered"]
    assert sum(int(row[1].text) for row in rows[:5]) == on_top.figure.number == 27


def test_a_count_is_opened_by_its_key_where_it_has_cases_and_another_periods_is_not() -> None:
    topics = table(specimen_report(), "topics")
    (heating,) = [row for row in topics.rows if row[0].text == "Нет отопления"]
    assert [cell.key for cell in heating] == ["", "topic:no_heating", "", "", ""]
    for empty in (*build_tables(empty_report()), *build_tables(future_report())):
        assert all(not cell.key for row in empty.rows for cell in row)
    assert all(not one.figure.key for one in build_headline(empty_report()))


def test_a_topic_that_only_the_week_before_had_is_not_forgotten() -> None:
    report = specimen_report()
    assert report.before is not None
    gone = CaseCount("topic:pipe_noise", "Шум в трубах", (1, 2, 3))
    report = replace(report, before=replace(report.before, by_topic=(*report.before.by_topic, gone)))
    assert told(table(report, "topics"))["Шум в трубах"] == ["0", "0 %", "3", "0"]


def test_the_longest_wait_names_its_case() -> None:
    report = specimen_report()
    row = table(report, "waits").rows[2]
    assert row[4].case == report.figures.answer.elapsed.worst
    assert row[4].at_least
    assert row[4].text.startswith("≥")
    assert [cell.unit for cell in row[2:]] == [CellUnit.SECONDS] * 3


def test_words_of_letters_and_rules_cannot_steer_what_shows_them() -> None:
    report = specimen_report()
    place = CaseCount("place:ул. Мира|5", "ул.\r\nМира\u202e, 5\x07", (1,))
    report = replace(report, figures=replace(report.figures, places=(place,)))
    assert table(report, "places").rows[0][0].text == "ул. Мира , 5"


def test_the_words_of_clients_stand_in_no_table() -> None:
    """The mail goes out of the house: what clients wrote is read on the page alone."""
    said = [one for group in specimen_report().figures.satisfaction for one in group.words]
    texts = [cell.text for one in build_tables(specimen_report()) for row in one.rows for cell in row]
    assert said
    assert not set(said) & set(texts)


def test_the_titles_of_an_empty_and_a_coming_week_say_what_they_are() -> None:
    assert title(empty_report()) == "Отчёт за неделю 47, 16–22 ноября 2026"
    assert format_as_of(specimen_report()) == "По состоянию на 23.11.2026 08:00."
    assert format_as_of(future_report()).endswith("Период ещё не начался: цифр пока нет.")
    assert format_as_of(replace(specimen_report(), complete=False)).endswith("цифры изменятся.")
    assert [one.figure.text for one in build_headline(empty_report())] == ["0", "—", "0", "0", "—", "—"]


def test_a_month_is_compared_with_a_month() -> None:
    report = specimen_report()
    assert report.before is not None
    month, before = Period.read("2026-10"), Period.read("2026-09")
    report = replace(
        report,
        figures=replace(report.figures, period=month),
        before=replace(report.before, period=before),
        year_ago=None,
    )
    assert title(report) == "Отчёт за октябрь 2026"
    assert [one.title for one in table(report, "main").columns][1:] == ["этот месяц", "месяцем раньше"]


def test_a_chart_says_all_its_values_in_words() -> None:
    found = {one.key: one for one in build_charts(specimen_report())}
    assert list(found) == ["trend", "ages", "waits", "received"]
    assert "; 47: пришло 230, закрыто 229, ждут 27." in found["trend"].alt
    assert found["ages"].alt == (
        "Без ответа, по возрасту. до 1 дня: 2; 1–3 дня: 10; 3–10 дней: 8; 10–30 дней: 5; больше 30 дней: 2."
    )
    assert "Перерасчёт за качество: медиана 3 дн 7 ч, 9 из 10 не дольше 4 дн 22 ч" in found["waits"].alt
    assert "час 9: 32; час 10: 22" in found["received"].alt
    assert "пн: 58; вт: 46" in found["received"].alt


def test_of_nothing_there_is_no_chart() -> None:
    assert build_charts(empty_report()) == build_charts(future_report()) == ()


def test_the_legend_names_each_deadline_with_its_source() -> None:
    deadlines = (
        DeadlineRule("complaint", 3, DayKind.WORKING, "ПП РФ № 354, п. 31 «к»"),
        DeadlineRule("emergency", 2, DayKind.HOURS, "срок компании"),
        DeadlineRule("day", 1, DayKind.CALENDAR, "закон"),
    )
    term, words = build_legend(deadlines)[-1]
    assert term == "Сроки"
    assert words.endswith(
        "Сроки компании: жалоба — 3 рабочих дня, ПП РФ № 354, п. 31 «к»; авария — 2 часа, срок компании; "
        "day — 1 календарный день, закон."
    )
    assert "ГК РФ, ст. 191" in words
    assert "Сроки компании" not in build_legend()[-1][1]
