"""Whose letter it is and where its answer goes: every way of borrowing a client's name that we could think of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.model import (
    Address,
    CaseContext,
    Client,
    DeliveryMethodChange,
    ExtractedValue,
    Facts,
    Letter,
    LetterKind,
    Rulebook,
    SegmentRole,
)
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.policy.account_ownership import (
    MAX_ACCOUNTS,
    accounts_asked_about,
    accounts_to_disclose,
    check_owner,
    names_other_place,
)
from mailbot.policy.answers.ledger_answers import accounts_to_load
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import NOBODY, a_letter, contacts_of, facts_of, small_rulebook

ANNA = "anna@bk.ru"
CLIENT = Client("Кошкина Анна", ("450123",), (ANNA, "anna.k@yandex.ru"), ClientProof.SENDER)
RULES = small_rulebook()
PASS = ("mail.ru; dmarc=pass header.from=bk.ru",)
OWN = a_letter(sender=ANNA, authentication=PASS)
QUESTION = facts_of(LetterKind.QUESTION, contacts=NOBODY)


def checked(*results: str) -> Letter:
    return replace(OWN, authentication_results=results)


def vouched_for(sender: str) -> Letter:
    """Another's letter that our provider vouches for."""
    domain = sender.rpartition("@")[2]
    return a_letter(sender=sender, authentication=(f"mail.ru; dmarc=pass header.from={domain}",))


def naming(*accounts: str) -> Facts:
    found = tuple(ExtractedValue(account, (), 1.0) for account in accounts)
    return replace(QUESTION, contacts=replace(NOBODY, accounts=found))


def test_the_client_at_the_registers_address_vouched_for_by_our_provider_is_the_owner() -> None:
    assert check_owner(OWN, CLIENT, RULES)
    assert accounts_to_disclose(OWN, QUESTION, CLIENT, RULES).accounts == ("450123",)


@pytest.mark.parametrize(
    ("what", "letter"),
    [
        ("no Authentication-Results", checked()),
        ("a check that failed", checked("mail.ru; dmarc=fail header.from=bk.ru")),
        ("another server's word", checked("mx.evil.ru; dmarc=pass header.from=bk.ru")),
        ("a forged header below the provider's", checked("mail.ru; dmarc=fail header.from=bk.ru", *PASS)),
        ("a server that only sounds like ours", checked("mail.ru.evil.ru; dmarc=pass header.from=bk.ru")),
        ("a pass of the forger's own domain", checked("mail.ru; dkim=pass header.d=evil.ru; spf=pass smtp.mailfrom=evil.ru")),
        ("the client's address as the display name", vouched_for("evil@evil.ru")),
        ("a Cyrillic к in the domain", vouched_for("anna@bк.ru")),
        ("a hyphen in the domain", vouched_for("anna@b-k.ru")),
        ("a subdomain", vouched_for("anna@mail.bk.ru")),
        ("the domain as a subdomain of another", vouched_for("anna@bk.ru.evil.ru")),
        ("another local part", a_letter(sender="anna1@bk.ru", authentication=PASS)),
        ("Reply-To elsewhere", replace(OWN, reply_to=(Address("", "evil@evil.ru"),))),
        ("Reply-To elsewhere beside the own", replace(OWN, reply_to=(Address("", ANNA), Address("", "evil@evil.ru")))),
        ("several in From", replace(OWN, writers=2)),
        ("none in From, one in Sender", replace(OWN, writers=0)),
    ],
)  # fmt: skip
def test_is_told_nothing(what: str, letter: Letter) -> None:
    assert not check_owner(letter, CLIENT, RULES), what
    told = accounts_to_disclose(letter, QUESTION, CLIENT, RULES)
    assert told.accounts == ()
    assert told.doubt, "staff are told why"


def test_reply_to_the_same_address_changes_nothing() -> None:
    assert check_owner(replace(OWN, reply_to=(Address("Анна", ANNA),)), CLIENT, RULES)


def test_a_client_known_by_the_account_alone_is_not_the_sender() -> None:
    stranger = a_letter(sender="son@mail.ru", authentication=("mail.ru; dmarc=pass header.from=mail.ru",))
    assert (
        accounts_to_disclose(
            stranger, naming("450123"), replace(CLIENT, tied_by=ClientProof.ACCOUNT), RULES
        ).accounts
        == ()
    )
    assert accounts_to_disclose(stranger, naming("450123"), None, RULES).accounts == ()


@pytest.mark.parametrize("named", [("450124",), ("450123", "450124")])
def test_a_neighbours_account_alone_or_beside_ones_own_goes_before_a_person(named: tuple[str, ...]) -> None:
    told = accounts_asked_about(naming(*named), CLIENT)
    assert told.accounts == ()
    assert "450124" in told.doubt


def test_of_several_accounts_the_named_one_is_told_and_without_a_name_all_but_not_too_many() -> None:
    two = replace(CLIENT, accounts=("450123", "450199"))
    assert accounts_asked_about(naming("450199"), two).accounts == ("450199",)
    assert accounts_asked_about(QUESTION, two).accounts == ("450123", "450199")
    many = replace(CLIENT, accounts=tuple(str(450000 + at) for at in range(MAX_ACCOUNTS + 1)))
    assert accounts_asked_about(QUESTION, many).accounts == ()


def test_a_letter_passed_on_asks_in_anothers_words() -> None:
    forwarded = a_letter("какой у меня долг", sender=ANNA, authentication=PASS, role=SegmentRole.FORWARDED)
    assert accounts_to_disclose(forwarded, QUESTION, CLIENT, RULES).accounts == ()


@pytest.mark.parametrize(
    ("written", "another"),
    [
        ("ул. Мира, д. 5, кв. 12", False),
        ("617766, Мира 5-12", False),
        ("Мира 5-13", True),
        ("Мира 10 кв 12", True),
    ],
)
def test_another_flat_than_the_accounts_is_seen_by_its_numbers(written: str, another: bool) -> None:
    facts = facts_of(contacts=contacts_of(address=written))
    assert names_other_place(facts, "п. Прикамский, Мира, 5-12") is another


def test_only_what_is_asked_and_proven_is_loaded(rulebook: Rulebook) -> None:
    question = a_letter("Какой у меня долг?", sender=ANNA, authentication=PASS)
    context = CaseContext("26-000001", True, CLIENT)
    assert accounts_to_load(LetterInContext(question, QUESTION, context, rulebook)) == ("450123",)
    assert accounts_to_load(LetterInContext(OWN, QUESTION, context, rulebook)) == (), (
        "nothing is asked of the ledger"
    )
    assert (
        accounts_to_load(
            LetterInContext(replace(question, authentication_results=()), QUESTION, context, rulebook)
        )
        == ()
    )


def test_what_our_letter_asked_about_is_loaded_of_the_clients_own_account_alone(rulebook: Rulebook) -> None:
    own = CaseContext("26-000001", True, CLIENT, asked=DeliveryMethodChange("450123", DeliveryMethod.EMAIL))
    assert accounts_to_load(LetterInContext(OWN, QUESTION, own, rulebook)) == ("450123",)
    assert accounts_to_load(LetterInContext(checked(), QUESTION, own, rulebook)) == ()
    neighbours = replace(own, asked=DeliveryMethodChange("450124", DeliveryMethod.EMAIL))
    assert accounts_to_load(LetterInContext(OWN, QUESTION, neighbours, rulebook)) == ()
