"""A letter's readings against the register of accounts and meters: what is taken, and what is asked about, in whose words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.model import (
    Action,
    CaseContext,
    Client,
    Contacts,
    Decision,
    ExtractedValue,
    KnownAccount,
    LedgerRules,
    Letter,
    Reading,
    Resource,
    StandingReading,
    Unit,
)
from mailbot.model import LetterKind as K
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    BillingTerms,
    ClientGroup,
    DatedReading,
    Meter,
    Month,
    Norm,
    Premises,
)
from mailbot.policy import decide
from mailbot.policy.readings.meter_match import find_meter, serial_key
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import NOBODY, NOW, a_letter, a_reading, context_of, facts_of, small_rulebook

NORMS = (
    Norm(Resource.HOT_WATER, "Прикамский", Decimal("3.2"), date(2026, 1, 1), None, "пример"),
    Norm(Resource.HEATING, "Прикамский", Decimal("0.0235"), date(2026, 1, 1), None, "пример"),
)
RULEBOOK = replace(small_rulebook(), ledger=LedgerRules(BillingTerms(), NORMS))
OCTOBER, SEPTEMBER = Month(2026, 10), Month(2026, 9)
SINCE, VERIFIED = date(2024, 1, 1), date(2028, 1, 1)
KITCHEN = Meter("00-5501", Resource.HOT_WATER, Unit.M3, 5, SINCE, verified_until=VERIFIED)
BATH = Meter("77018802", Resource.HOT_WATER, Unit.M3, 5, SINCE, verified_until=VERIFIED)
HEAT = Meter("ТВ7-114", Resource.HEATING, Unit.GCAL, 5, SINCE, verified_until=VERIFIED)
PROVEN = "mail.ru; dmarc=pass header.from=mail.ru"
ANNA = Client("Кошкина Анна", ("1234567",), ("ivanova@mail.ru",), ClientProof.SENDER)


def stood(meter: Meter, value: str, day: date, id: int = 1, month: Month | None = None) -> StandingReading:
    return StandingReading(id, DatedReading(meter.serial, Decimal(value), day, month or Month.of(day)))


SEPTEMBERS = stood(KITCHEN, "112", date(2026, 9, 20))


def known(
    *meters: Meter, readings: tuple[StandingReading, ...] = (), number: str = "1234567"
) -> KnownAccount:
    account = Account(
        number,
        ClientGroup.INDIVIDUAL,
        "Прикамский",
        Premises("Мира, 5-12", Decimal("54.3"), 2),
        (Resource.HEATING, Resource.HOT_WATER),
        meters or (KITCHEN,),
    )
    return KnownAccount(account, ("ivanova@mail.ru",), readings)


def ledger_context(*accounts: KnownAccount, **fields: object) -> CaseContext:
    return context_of(ledger_known=True, accounts=accounts or (known(),), **fields)


def decided(*readings: Reading, context: CaseContext | None = None, letter: Letter | None = None) -> Decision:
    facts = facts_of(K.READING, readings=readings)
    return decide(
        LetterInContext(letter or a_letter("показания"), facts, context or ledger_context(), RULEBOOK), NOW
    )


def refusal(reading: Reading, context: CaseContext) -> str:
    decision = decided(reading, context=context)
    assert decision.action is Action.REVIEW
    assert (decision.accepted, decision.ledger) == ((), ())
    return decision.refused[0].reason


def test_a_reading_is_taken_for_the_only_meter_of_its_resource_on_the_day_of_its_letter() -> None:
    """«л/с 1234567 гвс 118» of 14 October: the register knows one meter of hot water."""
    context = ledger_context(known(KITCHEN, HEAT, readings=(SEPTEMBERS,)))
    decision = decided(a_reading("118"), context=context)
    assert decision.action is Action.READING_ACCEPTED
    (entry,) = decision.ledger
    assert entry.reading == DatedReading("00-5501", Decimal(118), date(2026, 10, 14), OCTOBER)
    assert (entry.account, entry.stands, entry.replaces, entry.late) == ("1234567", False, (), False)
    assert (decision.accepted[0].meter, decision.accepted[0].unit) == ("00-5501", Unit.M3)


@pytest.mark.parametrize(
    ("written", "meters", "found"),
    [
        ("5501", (KITCHEN, BATH), "00-5501"),
        ("№ 005501", (KITCHEN, BATH), "00-5501"),
        ("77018802", (KITCHEN, BATH), "77018802"),
        ("8802", (KITCHEN, BATH), "77018802"),  # the last four are enough
        ("802", (KITCHEN, BATH), ""),
        ("тв7 114", (HEAT, BATH), "ТВ7-114"),
        ("9999", (KITCHEN, BATH), ""),
        ("8802", (BATH, replace(BATH, serial="11118802")), ""),
    ],
)
def test_a_serial_is_compared_without_marks_and_by_its_end(
    written: str, meters: tuple[Meter, ...], found: str
) -> None:
    meter = find_meter(known(*meters).account, written, None, date(2026, 10, 14))
    assert (meter.serial if isinstance(meter, Meter) else "") == found


@pytest.mark.parametrize("serial", ["0", "000", "-", ""])
def test_a_serial_of_zeros_or_marks_breaks_nothing(serial: str) -> None:
    assert serial_key(serial) in ("0", "")


OTHER = replace(HEAT, serial="9")
GONE = replace(KITCHEN, removed=date(2026, 10, 1))
EXPIRED = replace(KITCHEN, verified_until=date(2026, 10, 13))


@pytest.mark.parametrize(
    ("reading", "accounts", "words"),
    [
        (a_reading(account="7654321"), (known(),), "такого лицевого счёта у нас нет"),
        (a_reading(meter="4242"), (known(),), "счётчика с номером 4242 у этого лицевого счёта нет; проверит"),
        (a_reading(resource=Resource.HEATING, unit=None), (known(),), "счётчика отопления нет"),
        (a_reading(), (known(KITCHEN, BATH),), "напишите, пожалуйста, номер каждого счётчика"),
        (a_reading(resource=None), (known(KITCHEN, HEAT),), "не указано, что измеряет счётчик"),
        (a_reading(meter="9"), (known(OTHER),), "это счётчик отопления, а в письме"),
        (a_reading(sure=0.4), (known(),), "прочитать уверенно"),
        (a_reading("118"), (known(GONE),), "этот счётчик снят"),
        (a_reading("118"), (known(EXPIRED),), "срок поверки счётчика истёк"),
        (a_reading("111.9"), (known(readings=(SEPTEMBERS,)),), "меньше предыдущего"),
        (a_reading("0"), (known(readings=(SEPTEMBERS,)),), "показание ноль"),
        (a_reading("3"), (known(readings=(stood(KITCHEN, "99998", date(2026, 9, 20)),)),), "полный круг"),
        (a_reading("138"), (known(readings=(SEPTEMBERS,)),), "подозрительно большой"),
        (a_reading("100000"), (known(),), "больше цифр"),
        (a_reading("1E+900000"), (known(),), "больше цифр"),
        (a_reading("1E+900000", resource=Resource.HEATING, unit=Unit.KWH), (known(HEAT),), "больше цифр"),
    ],
)
def test_what_the_register_contradicts_is_told_and_nothing_is_taken(
    reading: Reading, accounts: tuple[KnownAccount, ...], words: str
) -> None:
    """112 + 4 × 6.4 (two residents by the norm of 3.2) = 137.6."""
    reason = refusal(reading, ledger_context(*accounts)).replace(" — ", " это ")
    assert words in reason
    assert "112" not in reason
    assert "99998" not in reason


def test_the_staff_read_the_doubt_with_its_value() -> None:
    decision = decided(a_reading("138"), context=ledger_context(known(readings=(SEPTEMBERS,))))
    assert any("показание 138: объём подозрительно большой" in doubt for doubt in decision.doubts)


def test_a_value_in_another_unit_is_shown_converted_and_waits_for_a_person() -> None:
    """«отопление 1163 кВт·ч», the dial counts Гкал: 1163 кВт·ч = 1 Гкал."""
    reading = a_reading("1163", resource=Resource.HEATING, unit=Unit.KWH)
    told = refusal(reading, ledger_context(known(HEAT)))
    assert "1163 кВт·ч — это 1,000000 Гкал; проверит сотрудник" in told
    assert "он считает в Гкал" in refusal(
        replace(reading, unit=Unit.M3, value=Decimal(5)), ledger_context(known(HEAT))
    )


def test_a_value_without_a_unit_is_in_the_unit_of_its_meter() -> None:
    heat = replace(HEAT, unit=Unit.GJ)
    decision = decided(
        a_reading("12.5", resource=Resource.HEATING, unit=None), context=ledger_context(known(heat))
    )
    assert decision.accepted[0].unit is Unit.GJ


def test_a_known_client_who_names_a_neighbours_account_waits_for_a_person() -> None:
    context = ledger_context(known(number="1234567"), client=replace(ANNA, accounts=("555",)))
    assert "счёт записан на другого клиента" in refusal(a_reading(), context)
    by_phone = ledger_context(known(), client=replace(ANNA, accounts=("555",), tied_by=ClientProof.PHONE))
    assert decided(a_reading(), context=by_phone).action is Action.READING_ACCEPTED


def test_accounts_beyond_the_bound_wait_for_a_person_and_are_not_said_to_be_unknown() -> None:
    assert "очень много" in refusal(a_reading(account="9000001"), ledger_context(unasked=("9000001",)))


def of_a_proven_sender(client: Client, *readings: Reading, accounts: tuple[KnownAccount, ...]) -> Decision:
    letter = a_letter("гвс 118", authentication=(PROVEN,))
    facts = facts_of(K.READING, readings=readings, contacts=NOBODY)
    return decide(LetterInContext(letter, facts, ledger_context(*accounts, client=client), RULEBOOK), NOW)


def test_a_proven_sender_with_two_flats_is_known_by_the_number_of_the_meter() -> None:
    client = replace(ANNA, accounts=("1234567", "555"))
    flats = (known(KITCHEN), known(BATH, number="555"))
    decision = of_a_proven_sender(client, a_reading("118", account=None, meter="8802"), accounts=flats)
    assert [entry.account for entry in decision.ledger] == ["555"]
    asked = of_a_proven_sender(client, a_reading("118", account=None), accounts=flats)
    assert "не указан номер лицевого счёта" in asked.refused[0].reason


@pytest.mark.parametrize("tied_by", [proof for proof in ClientProof if proof is not ClientProof.SENDER])
def test_a_client_only_guessed_at_lends_no_account(tied_by: ClientProof) -> None:
    decision = of_a_proven_sender(
        replace(ANNA, tied_by=tied_by), a_reading("118", account=None), accounts=(known(),)
    )
    assert (decision.accepted, decision.ledger) == ((), ())


TWO = (stood(KITCHEN, "112", date(2026, 9, 20), 1), stood(BATH, "340", date(2026, 9, 20), 2))


def test_two_dials_are_told_apart_by_their_values_where_only_one_way_is_possible() -> None:
    """«гвс 118 и 345»: 345 would be too much for the kitchen, 118 is less than the bath stood at."""
    context = ledger_context(known(KITCHEN, BATH, readings=TWO))
    decision = decided(a_reading("118"), a_reading("345", place="ванн"), context=context)
    assert decision.action is Action.READING_ACCEPTED
    assert [(entry.reading.meter, entry.reading.value) for entry in decision.ledger] == [
        ("00-5501", Decimal(118)),
        ("77018802", Decimal(345)),
    ]


@pytest.mark.parametrize(
    ("values", "readings"),
    [
        (("118",), TWO),  # of two dials one value: whose?
        (("118", "120"), (TWO[0], stood(BATH, "110", date(2026, 9, 20), 2))),  # either way is possible
        (("118", "345"), (TWO[0],)),  # of the bath nothing is known: any value is possible
        (("118", "345", "346"), TWO),
        (("118", "9000"), TWO),
    ],
)
def test_where_values_do_not_tell_dials_apart_the_numbers_are_asked_for(
    values: tuple[str, ...], readings: tuple[StandingReading, ...]
) -> None:
    context = ledger_context(known(KITCHEN, BATH, readings=readings))
    decision = decided(*(a_reading(value) for value in values), context=context)
    assert decision.ledger == ()
    assert all("номер каждого счётчика" in one.reason for one in decision.refused)


def test_the_second_dial_is_what_is_left_where_the_first_is_named() -> None:
    """«сч. 5501 – 118, второй 345»."""
    context = ledger_context(known(KITCHEN, BATH, readings=TWO))
    decision = decided(a_reading("118", meter="5501"), a_reading("345"), context=context)
    assert [entry.reading.meter for entry in decision.ledger] == ["00-5501", "77018802"]


def test_two_values_for_one_meter_are_asked_about_and_one_said_twice_is_one() -> None:
    decision = decided(a_reading("118", meter="5501"), a_reading("119"))
    assert [one.reason[:17] for one in decision.refused] == ["для одного счётчи"] * 2
    assert len(decided(a_reading("118", meter="5501"), a_reading("118")).ledger) == 1


def later(day: int) -> Letter:
    return replace(a_letter("показания"), received_at=datetime(2026, 10, day, 5, 0, tzinfo=UTC))


def test_after_the_last_day_of_the_window_it_counts_for_the_next_month() -> None:
    in_time, late = decided(a_reading(), letter=later(25)), decided(a_reading(), letter=later(26))
    assert (in_time.ledger[0].reading.month, in_time.ledger[0].late) == (OCTOBER, False)
    assert (late.ledger[0].reading.month, late.ledger[0].late) == (Month(2026, 11), True)


def test_the_day_is_that_of_the_company_not_of_greenwich() -> None:
    """20:30 UTC of the 25th is half past one of the 26th in Chaikovsky."""
    night = replace(a_letter("показания"), received_at=datetime(2026, 10, 25, 20, 30, tzinfo=UTC))
    assert decided(a_reading(), letter=night).ledger[0].reading.day == date(2026, 10, 26)


OCTOBERS = stood(KITCHEN, "118", date(2026, 10, 10), 7)


def test_the_same_value_again_in_a_month_is_answered_and_not_written_again() -> None:
    context = ledger_context(known(readings=(SEPTEMBERS, OCTOBERS)))
    decision = decided(a_reading("118"), context=context)
    assert decision.action is Action.READING_ACCEPTED
    assert (decision.ledger[0].stands, decision.ledger[0].replaces) == (True, ())


def test_a_lower_value_of_the_same_month_corrects_and_is_compared_with_the_month_before() -> None:
    """«ошибся, правильно 115» after 118: September stood at 112."""
    context = ledger_context(known(readings=(SEPTEMBERS, OCTOBERS)))
    decision = decided(a_reading("115"), context=context)
    assert (decision.ledger[0].stands, decision.ledger[0].replaces) == (False, (7,))
    assert "меньше предыдущего" in refusal(a_reading("111"), context)


def test_a_greater_value_of_the_same_month_stands_beside_the_first() -> None:
    context = ledger_context(known(readings=(SEPTEMBERS, OCTOBERS)))
    assert decided(a_reading("119"), context=context).ledger[0].replaces == ()


def test_a_correction_below_two_values_of_the_month_replaces_both() -> None:
    second = stood(KITCHEN, "120", date(2026, 10, 12), 9)
    context = ledger_context(known(readings=(SEPTEMBERS, OCTOBERS, second)))
    assert decided(a_reading("115"), context=context).ledger[0].replaces == (7, 9)
    back = decided(a_reading("118"), context=context).ledger[0]
    assert (back.stands, back.replaces) == (False, (9,)), "118 stood already, but 120 came after it"


def test_a_correction_of_a_month_that_is_charged_waits_for_a_person() -> None:
    context = ledger_context(known(readings=(SEPTEMBERS, OCTOBERS)), closed=OCTOBER)
    assert "уже начислено" in refusal(a_reading("115"), context)
    assert decided(a_reading("119"), context=context).action is Action.READING_ACCEPTED


def test_a_value_above_what_a_later_day_showed_waits_for_a_person() -> None:
    """A table of the 20th was taken in before the letter of the 14th was decided."""
    context = ledger_context(known(readings=(SEPTEMBERS, stood(KITCHEN, "119", date(2026, 10, 20), 7))))
    later_than = refusal(a_reading("121"), replace(context, closed=None))
    assert "более поздний день" in later_than


def test_the_average_of_a_year_is_usual_where_it_is_above_the_norm() -> None:
    """20 м³ in 30 days; 33 days since 11 September: 4 × 20 × 33 / 30 = 88 more are taken, 89 are asked about."""
    year = tuple(
        stood(KITCHEN, str(100 + 20 * at), date(2026, 3, 15) + timedelta(days=30 * at), at) for at in range(7)
    )
    context = ledger_context(known(readings=year))
    last = Decimal(220)
    assert decided(a_reading(str(last + 88)), context=context).action is Action.READING_ACCEPTED
    assert "подозрительно" in refusal(a_reading(str(last + 89)), context)


def test_a_flat_where_nobody_lives_is_not_suspected_of_its_first_cubic_metre() -> None:
    empty = known(
        readings=tuple(stood(KITCHEN, "50", date(2026, month, 20), month) for month in range(3, 10))
    )
    account = replace(empty.account, premises=replace(empty.account.premises, residents=0))
    context = ledger_context(replace(empty, account=account))
    assert decided(a_reading("51"), context=context).action is Action.READING_ACCEPTED


def test_what_a_person_decides_first_enters_nothing() -> None:
    """A doubt about the kind of the letter: the readings wait with it."""
    facts = facts_of(K.READING, readings=(a_reading("118"),), sure=0.2)
    decision = decide(LetterInContext(a_letter("показания"), facts, ledger_context(), RULEBOOK), NOW)
    assert (decision.action, decision.accepted, decision.ledger) == (Action.REVIEW, (), ())


def test_while_no_register_is_imported_readings_are_judged_as_before() -> None:
    decision = decided(a_reading("118"), context=context_of(accounts=()))
    assert (decision.action, decision.ledger) == (Action.READING_ACCEPTED, ())


def from_address(*readings: Reading, context: CaseContext, letter: Letter | None = None) -> Decision:
    """Decided where the letter writes no account and its address leads to 1234567."""
    facts = facts_of(K.READING, readings=tuple(replace(one, account=None) for one in readings))
    facts = replace(
        facts,
        contacts=Contacts(addresses=(ExtractedValue("Мира 5-12", ()),)),
        implied=(ExtractedValue("1234567", ()),),
    )
    return decide(LetterInContext(letter or a_letter(), facts, context, RULEBOOK), NOW)


def test_an_account_that_only_the_address_tells_is_taken_where_the_dial_agrees() -> None:
    decision = from_address(
        a_reading("118"), context=ledger_context(known(readings=(SEPTEMBERS,)), client=None)
    )
    assert decision.action is Action.READING_ACCEPTED
    assert [one.account for one in decision.accepted] == ["1234567"]


@pytest.mark.parametrize("value", ["111", "918"])
def test_nor_where_the_value_is_not_what_the_dial_shows_next(value: str) -> None:
    decision = from_address(
        a_reading(value), context=ledger_context(known(readings=(SEPTEMBERS,)), client=None)
    )
    assert (decision.action, decision.accepted) == (Action.REVIEW, ())
    assert "не указан номер лицевого счёта" in decision.refused[0].reason


def test_nor_where_no_earlier_value_bears_it_out() -> None:
    decision = from_address(a_reading("118"), context=ledger_context(known(), client=None))
    assert (decision.action, decision.accepted) == (Action.REVIEW, ())


def test_an_address_of_anothers_account_is_not_billed_to_the_sender() -> None:
    letter = replace(a_letter(), authentication_results=(PROVEN,))
    mothers, hers = known(readings=(SEPTEMBERS,)), known(number="7654321", readings=(SEPTEMBERS,))
    client = replace(ANNA, accounts=("7654321",))
    decision = from_address(
        a_reading("118"), context=ledger_context(mothers, hers, client=client), letter=letter
    )
    assert (decision.action, decision.accepted) == (Action.REVIEW, ())


def test_several_dials_are_told_apart_by_their_values() -> None:
    before = (SEPTEMBERS, stood(BATH, "41", date(2026, 9, 20), id=2))
    context = ledger_context(known(KITCHEN, BATH, readings=before), client=None)
    decision = from_address(a_reading("118"), a_reading("45"), context=context)
    assert {(one.meter, str(one.value)) for one in decision.accepted} == {
        ("00-5501", "118"),
        ("77018802", "45"),
    }


def test_a_dial_of_many_years_says_itself_what_is_usual_for_it() -> None:
    """A building's meter counts more than the norm of the flat that the register has it down for."""
    whole = replace(HEAT, installed=date(2020, 10, 1))
    context = ledger_context(known(whole, readings=(stood(whole, "3600", date(2026, 9, 20)),)), client=None)
    assert decided(a_reading("3655", resource=Resource.HEATING, unit=Unit.GCAL), context=context).accepted
    assert not decided(a_reading("4855", resource=Resource.HEATING, unit=Unit.GCAL), context=context).accepted
