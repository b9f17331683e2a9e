"""What the pages and the API list, they list whole: an appeal or a reading of any kind is shown in words."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from mailbot.model import CaseState, Channel, LetterKind, StaffRole
from mailbot.model.case.staff_act import AnswerWay, OfficeAct
from mailbot.model.ledger.accounts_and_meters import DatedReading
from mailbot.model.ledger.sources import READING_SOURCES_ENTERED, PaymentSource, ReadingSource
from mailbot.services.desk.office_appeals import Appeal, register
from mailbot.store.cases import summaries
from mailbot.store.cases.queue_filters import DueBucket
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.staff import audit_log
from mailbot.wording.account_titles import PAYMENT_SOURCES, READING_SOURCES
from mailbot.wording.case_titles import ANSWER_WAYS, CASE_STATES, CHANNELS
from mailbot.wording.staff_titles import AUDITED_ACTS
from tests.material import flat
from tests.web.accounts.test_account import PAGE, shown, words
from tests.web.conftest import NOW, Desk, _rules

TYPED = [channel for channel in Channel if channel.registered_by_staff]


def offered(page: str, name: str) -> set[str]:
    """The values of a select, the empty one left out."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    assert select, name
    return set(re.findall(r'<option value="([^"]+)"', select[0]))


def brought(
    desk: Desk, channel: Channel, text: str = "Батареи холодные, Мира 5-12, Иванов", **fields: str
) -> str:
    rules = _rules()
    case = register(
        desk.store, rules.rulebook, rules.templates, Appeal(channel, "", text, **fields), by="anna", now=NOW
    )
    assert case.number
    return case.number


def test_the_queues_filter_offers_every_channel_kind_and_term(bare: Desk) -> None:
    page = bare.client().get("/queue").text
    assert offered(page, "channel") == set(Channel)
    assert offered(page, "kind") == set(LetterKind)
    assert offered(page, "due") == set(DueBucket)


@pytest.mark.parametrize("due", DueBucket)
def test_a_term_that_the_address_names_is_chosen_in_the_form(bare: Desk, due: DueBucket) -> None:
    page = bare.client().get(f"/queue?due={due}").text
    assert f'<option value="{due}" selected>' in page


@pytest.mark.parametrize("channel", TYPED)
def test_an_appeal_is_typed_in_the_office_by_every_channel_that_needs_it(
    bare: Desk, channel: Channel
) -> None:
    client = bare.client()
    assert f'name="channel" value="{channel}"' in client.get("/office").text
    form = {"channel": channel, "text": "Батареи холодные, Мира 5-12, Иванов"}
    receipt = client.post("/office", data=form, follow_redirects=True)
    assert f"Принято 23.11 11:00, {CHANNELS[channel]}" in words(receipt.text)
    (case,) = bare.store.ask(summaries.cases, None, 10)
    assert case.channel is channel
    for path in ("/queue", f"/queue?channel={channel}", f"/case/{case.number}"):
        page = client.get(path).text
        assert f'<span class="tag">{CHANNELS[channel]}</span>' in page, path


def test_what_the_site_and_the_mailbox_bring_nobody_types(bare: Desk) -> None:
    page = bare.client().get("/office").text
    assert re.findall(r'name="channel" value="(\w+)"', page) == TYPED


@pytest.mark.parametrize("channel", TYPED)
def test_the_way_to_answer_fits_how_the_client_came(bare: Desk, channel: Channel) -> None:
    page = bare.client().get(f"/case/{brought(bare, channel)}").text
    assert offered(page, "way") == set(AnswerWay)
    way = AnswerWay.usual(channel)
    assert f'<option value="{way}" selected>{ANSWER_WAYS[way]}</option>' in page


@pytest.mark.parametrize("source", ReadingSource)
def test_the_account_tells_in_words_whence_a_reading_came(ledger: Desk, source: ReadingSource) -> None:
    reading = DatedReading(flat.WATER.serial, Decimal("777.5"), NOW.date(), flat.LAST)
    with ledger.store.write() as transaction:
        meter_readings.save_readings(transaction, [ReadingToStore(flat.NUMBER, reading, source)], "Зоя", NOW)
    text = shown(ledger.client())
    assert text.count(f"{READING_SOURCES[source]}, Зоя") == 2, (
        "in the list of readings, and in the line of time"
    )
    assert f"{source}, Зоя" not in text


def test_a_reading_written_in_a_messenger_is_kept_with_that_source(ledger: Desk) -> None:
    number = brought(
        ledger,
        Channel.MESSENGER,
        f"Передаю показания, счётчик {flat.WATER.serial}, горячая вода 560 м3",
        account=flat.NUMBER,
    )
    newest = max(ledger.store.ask(meter_readings.of_accounts, [flat.NUMBER]), key=lambda one: one.id)
    assert (newest.value, newest.source) == (Decimal(560), ReadingSource.MESSENGER)
    assert f"мессенджер, mailbot, № {number}" in shown(ledger.client())


def test_the_form_of_a_reading_offers_the_sources_that_a_clerk_has(ledger: Desk) -> None:
    assert offered(ledger.client().get(PAGE).text, "source") == set(READING_SOURCES_ENTERED)


def test_the_account_tells_in_words_whence_money_came(ledger: Desk) -> None:
    text = shown(ledger.client())
    assert PAYMENT_SOURCES[PaymentSource.BANK] in text
    assert f" {PaymentSource.BANK}" not in text


def test_the_log_of_acts_is_in_russian_and_shows_what_an_older_program_wrote(bare: Desk) -> None:
    with bare.store.write() as transaction:
        for act in OfficeAct:
            audit_log.log_act(transaction, "anna", act, "26-000001", "", NOW)
        audit_log.log_act(transaction, "anna", "of_long_ago", "", "", NOW)  # type: ignore[arg-type]  # an old row
    text = words(bare.client(StaffRole.MANAGER).get("/log").text)
    for act in OfficeAct:
        assert f"anna {AUDITED_ACTS[act]} 26-000001" in text
    assert "anna of_long_ago" in text


@pytest.fixture
def site(bare: Desk) -> FlaskClient:
    """The company's site with a key of its own."""
    page = bare.client(StaffRole.ADMINISTRATOR).post(
        "/people/keys", data={"name": "сайт"}, follow_redirects=True
    )
    found = re.search(r"mb_[\w-]+", page.text)
    assert found
    client = bare.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {found[0]}"
    return client


def test_the_description_of_the_api_knows_every_state_and_channel(site: FlaskClient) -> None:
    answer = site.get("/api/v1/openapi.json").json
    assert answer
    schemas = answer["components"]["schemas"]
    assert schemas["CaseState"]["enum"] == [state.value for state in CaseState]
    assert schemas["Channel"]["enum"] == [channel.value for channel in Channel]
    assert {"state", "channel"} <= set(schemas["StateBody"]["required"])


@pytest.mark.parametrize("channel", TYPED)
def test_the_api_tells_how_an_appeal_came(bare: Desk, site: FlaskClient, channel: Channel) -> None:
    told = site.get(f"/api/v1/appeals/{brought(bare, channel)}").json
    assert told
    assert told["channel"] == channel.value
    assert told["state"] in set(CASE_STATES)
