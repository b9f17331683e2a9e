"""Readings on the page of a case: the person chooses the meter, and the ledger holds what they say."""

from __future__ import annotations

from mailbot.store.accounts import register_import
from mailbot.store.cases import review_queue as lists
from mailbot.store.ledger.meter_readings import of_accounts
from tests.services.ledger.conftest import COLD_FLAT, TWO_DIALS, letter
from tests.web.conftest import Desk


def test_the_meter_is_chosen_where_the_account_has_several(bare: Desk) -> None:
    with bare.store.write() as transaction:
        register_import.import_register(transaction, (COLD_FLAT, TWO_DIALS))
    case = bare.receive(letter("л/с 440300 гвс 45", sender="pavel@mail.example"))
    client = bare.client()
    page = client.get(f"/case/{case.number}").text
    assert '<option value="8101">8101</option>' in page
    (row,) = bare.store.ask(lists.readings, case.id)
    wanted = {"state": "accepted", "value": "45", "account": "440300", "resource": "hot_water"}
    refused = client.post(
        f"/case/{case.number}/reading/{row.id}", data={"version": "0", "sureness": "sure", **wanted}
    )
    assert refused.status_code == 409
    assert "Выберите прибор: у счёта 440300 их несколько (8101, 8102)" in refused.text
    taken = client.post(
        f"/case/{case.number}/reading/{row.id}",
        data={"version": "0", "sureness": "sure", **wanted, "meter": "8102"},
    )
    assert taken.status_code == 302
    (one,) = bare.store.ask(of_accounts, ["440300"])
    assert (one.meter, str(one.value), one.source) == ("8102", "45", "person")
    assert '<option value="8102" selected>8102</option>' in client.get(f"/case/{case.number}").text
