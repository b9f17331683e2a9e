"""How fast bills may leave: the file's limits with their faults, the providers, the gate of letters that answer none."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile
from mailbot.model.outgoing.sending_pace import ALL, BillLimits, provider_of
from mailbot.policy import load_rulebook
from mailbot.policy.sending_gate import check_unsolicited_gate

SHIPPED = load_sources("rules")
RULEBOOK = load_rulebook(SHIPPED)


def with_limits(old: str, new: str) -> tuple[SourceFile, ...]:
    changed = []
    for source in SHIPPED:
        if source.name.endswith("limits.toml"):
            assert old in source.text
            source = replace(source, text=source.text.replace(old, new, 1))
        changed.append(source)
    return tuple(changed)


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("anna@mail.ru", "mail.ru"),
        ("anna@BK.ru", "mail.ru"),
        ("anna@inbox.ru", "mail.ru"),
        ("anna@list.ru", "mail.ru"),
        ("anna@internet.ru", "mail.ru"),
        ("anna@ya.ru", "yandex.ru"),
        ("anna@yandex.com", "yandex.ru"),
        ("anna@gmail.com", "gmail.com"),
        ("anna@zavod.example", "zavod.example"),
        ("anna@notmail.ru", "notmail.ru"),
    ],
)
def test_addresses_of_one_provider_share_its_pace(address: str, provider: str) -> None:
    assert provider_of(address) == provider


def test_the_pace_of_the_first_days_is_a_share_of_the_full_one() -> None:
    limits = BillLimits(per_minute=10, per_day=1000, all_per_minute=20, all_per_day=5000, ramp=(10, 50))
    assert [limits.daily("mail.ru", day) for day in range(4)] == [100, 500, 1000, 1000]
    assert [limits.gap("mail.ru", day) for day in range(3)] == [timedelta(seconds=one) for one in (60, 12, 6)]
    assert (limits.daily(ALL, 9), limits.gap(ALL, 9)) == (5000, timedelta(seconds=3))
    assert BillLimits(per_day=3, ramp=(1,)).daily("mail.ru", 0) == 1, "never none: bills are owed"


@pytest.mark.parametrize(
    ("since", "until", "quiet", "awake"),
    [
        (time(21), time(8), [time(21), time(23, 59), time(0), time(7, 59)], [time(8), time(20, 59)]),
        (time(1), time(6), [time(1), time(5, 59)], [time(0), time(6), time(23)]),
        (time(0), time(0), [], [time(0), time(12)]),
    ],
)
def test_quiet_hours_may_reach_over_midnight(
    since: time, until: time, quiet: list[time], awake: list[time]
) -> None:
    limits = BillLimits(quiet_from=since, quiet_until=until)
    assert all(limits.quiet(at) for at in quiet)
    assert not any(limits.quiet(at) for at in awake)


def test_the_shipped_limits_are_those_of_the_model() -> None:
    assert RULEBOOK.bills == BillLimits()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("per_minute = 10 ", "per_minute = 0 ", "per_minute.*целое число от 1"),
        ("per_minute = 10 ", "per_minute = 21 ", "per_minute.*больше, чем «all_per_minute»"),
        ("ramp = [10, 25, 50]", "ramp = [0, 25]", "ramp.*от 1 до 100"),
        ("ramp = [10, 25, 50]", 'ramp = ["10"]', "ramp.*нужен список чисел"),
        ("quiet_from = 21:00:00", 'quiet_from = "вечер"', "quiet_from.*нужно время"),
        ("pause_hours = 6", "pause = 6", "нет поля «pause_hours»"),
        ("pause_hours = 6", "pause_hours = 6\npause = 6", "лишнее поле «pause»"),
        ("[bills]", "[bill]", "«bill»"),
    ],
)
def test_a_fault_of_the_limits_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    with pytest.raises(RulebookError, match=rf"rules/limits\.toml:\d+: .*{fault}"):
        load_rulebook(with_limits(old, new))


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("no-reply@mail.ru", "программе"),
        ("mailer-daemon@mail.ru", "программе"),
        (RULEBOOK.channels.own_addresses[0], "собственный"),
        ("anna", "не годится"),
        ("anna@mail.ru, olga@mail.ru", "не годится"),
    ],
)
def test_the_gate_lets_no_bill_to_robots_ourselves_or_two_at_once(to: str, why: str) -> None:
    held = check_unsolicited_gate(to, 0, RULEBOOK)
    assert held is not None
    assert why in held.reason


def test_the_gate_counts_what_went_to_the_address_and_not_what_all_got() -> None:
    cap = RULEBOOK.bills.address_per_day
    assert check_unsolicited_gate("anna@mail.ru", cap - 1, RULEBOOK) is None
    held = check_unsolicited_gate("anna@mail.ru", cap, RULEBOOK)
    assert held is not None
    assert str(cap) in held.reason


def test_a_file_from_before_there_were_bills_still_holds() -> None:
    """A company's own limits.toml, or what staff changed in it, must not stop an upgrade."""
    older = tuple(
        SourceFile(
            one.name,
            one.text.partition("[bills]")[0] + "[thresholds]" + one.text.partition("[thresholds]")[2],
        )
        if one.name == "rules/limits.toml"
        else one
        for one in load_sources("rules")
    )
    assert load_rulebook(older).bills == BillLimits()
