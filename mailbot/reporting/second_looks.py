"""Which of the machine's silences a person looks at again, and what the looks came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, zip_longest

from mailbot.model import Rulebook
from mailbot.model.case.second_look import ClosedCase, DrawnCase
from mailbot.model.report.report import CaseCount, SecondLookFigures
from mailbot.wording.case_titles import NOT_APPEALS


def sample(closed: Iterable[ClosedCase], week: str, size: int) -> tuple[ClosedCase, ...]:
    """At most `size` of them, in turn from each rule so that a rare one is not missed; the same whenever it is drawn.

    Within a rule the order is that of a digest of case and week: nobody, the sender least of all, can steer it.
    """
    by_rule: dict[str, list[ClosedCase]] = {}
    for case in sorted(closed, key=lambda case: _digest(case, week)):
        by_rule.setdefault(case.rule, []).append(case)
    turns = zip_longest(*(by_rule[rule] for rule in sorted(by_rule)))
    return tuple(case for case in chain.from_iterable(turns) if case is not None)[:size]


def _digest(case: ClosedCase, week: str) -> bytes:
    return sha256(f"{week}\0{case.case_id}".encode()).digest()


def second_looks(looks: Sequence[DrawnCase], rulebook: Rulebook) -> tuple[SecondLookFigures, ...]:
    """By rule, those of the rulebook in its order first; rules of which nothing was drawn are left out."""
    rules = dict.fromkeys(
        (*(rule.short for rule in (*rulebook.no_reply, *rulebook.ignore)), *(look.rule for look in looks))
    )
    return tuple(_lines(looks, tuple(rules), rulebook))


def _lines(
    looks: Sequence[DrawnCase], rules: tuple[str, ...], rulebook: Rulebook
) -> Iterator[SecondLookFigures]:
    for rule in rules:
        of_rule = [look for look in looks if look.rule == rule]
        if not of_rule:
            continue
        title = title_of(rule, rulebook)
        checked = [look for look in of_rule if look.owed is not None]
        yield SecondLookFigures(
            rule,
            title,
            _cell(f"second_look:{rule}", title, checked),
            _cell(f"second_look_wrong:{rule}", title, [look for look in checked if look.owed]),
            _cell(f"second_look_waiting:{rule}", title, [look for look in of_rule if look.owed is None]),
        )


def title_of(rule: str, rulebook: Rulebook) -> str:
    """What a rule is called in a report: its clause where it silences, else what it takes the letter for."""
    silencing = next((row for row in rulebook.no_reply if row.short == rule), None)
    clause = rulebook.clause(silencing.clause) if silencing is not None else None
    if clause is not None:
        return clause.wording
    return f"не обращение: {NOT_APPEALS[rule]}" if rule in NOT_APPEALS else rule


def _cell(key: str, title: str, looks: Sequence[DrawnCase]) -> CaseCount:
    return CaseCount(key, title, tuple(look.case_id for look in looks))
