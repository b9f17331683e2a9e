"""What people enter on an account's page: corrections, readings, payments, grounds; and who may take them back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.model import StaffRole
from mailbot.store.accounts import register_import
from mailbot.store.ledger import adjustments, payment_lists
from mailbot.store.staff import audit_log
from tests.material import flat
from tests.web.accounts.test_account import BREAK, PAGE, WATER, newest, shown, words
from tests.web.conftest import Desk


def test_a_correction_is_kept_told_and_logged(ledger: Desk) -> None:
    client, row = ledger.client(), newest(ledger)
    form = client.get(f"{PAGE}/reading/{row}")
    assert "войдёт в следующий расчёт" in words(form.text)
    answer = client.post(
        f"{PAGE}/reading/{row}", data={"value": "73,4", "reason": "перечитали"}, follow_redirects=True
    )
    text = words(answer.text)
    assert "Показание исправлено. Месяц закрыт: исправление войдёт в следующий расчёт." in text
    assert "Показание исправлено 08436501: 73,4 за октябрь 2026" in text
    assert "<s>73,6</s>" in answer.text
    line = ledger.store.ask(audit_log.load_log, 1)[0]
    assert (line.by, line.what, line.about) == ("operator", "reading_correct", flat.NUMBER)


def test_a_page_that_a_colleague_has_overtaken_is_refused_with_what_was_typed(ledger: Desk) -> None:
    first, second, row = ledger.client(), ledger.client(), newest(ledger)
    first.post(f"{PAGE}/reading/{row}", data={"value": "73,4", "reason": "перечитали"})
    answer = second.post(f"{PAGE}/reading/{row}", data={"value": "73,5", "reason": "по фото"})
    assert answer.status_code == 409
    assert "уже исправлено" in words(answer.text)
    assert newest(ledger) != row


def test_a_fault_brings_the_form_back_as_it_was_filled(ledger: Desk) -> None:
    client = ledger.client()
    answer = client.post(f"{PAGE}/reading/{newest(ledger)}", data={"value": "сто", "reason": "по фото"})
    assert answer.status_code == 409
    assert 'value="сто"' in answer.text
    assert 'value="по фото"' in answer.text
    answer = client.post(f"{PAGE}/payments", data={"amount": "сто", "day": "2026-11-20", "document": "17"})
    assert answer.status_code == 409
    assert 'value="сто"' in answer.text
    assert 'value="17"' in answer.text
    answer = client.post(f"{PAGE}/grounds", data={**BREAK, "document": "", "hours": "500"})
    assert answer.status_code == 409
    assert "назовите документ" in words(answer.text)
    assert 'value="500"' in answer.text


def test_a_withdrawn_reading_stays_in_sight(ledger: Desk) -> None:
    client, row = ledger.client(), newest(ledger)
    answer = client.post(
        f"{PAGE}/reading/{row}", data={"act": "withdraw", "reason": "чужой"}, follow_redirects=True
    )
    assert "Показание отозвано 08436501 за октябрь 2026" in words(answer.text)
    assert "<s>73,6</s>" in answer.text


def test_a_doubtful_reading_is_taken_at_the_second_press_with_a_reason(ledger: Desk) -> None:
    client = ledger.client()
    form = {"serial": WATER, "value": "500", "day": "2026-11-20", "source": "phone"}
    assert "Всё равно принять" not in client.get(PAGE).text
    asked = client.post(f"{PAGE}/readings", data=form)
    assert asked.status_code == 409
    assert "показание меньше предыдущего" in words(asked.text)
    assert "Всё равно принять" in asked.text
    without = client.post(f"{PAGE}/readings", data={**form, "sure": "1"})
    assert without.status_code == 409
    assert "Напишите, почему" in words(without.text)
    assert "Всё равно принять" in without.text
    taken = client.post(
        f"{PAGE}/readings", data={**form, "sure": "1", "reason": "новый механизм"}, follow_redirects=True
    )
    assert "Показание принято за ноябрь 2026." in words(taken.text)
    assert "новый механизм" in words(taken.text)


def test_a_payment_lowers_the_debt_and_only_a_manager_cancels_it(ledger: Desk) -> None:
    client, manager = ledger.client(), ledger.client(StaffRole.MANAGER)
    form = {"amount": "1 411,09", "day": "2026-11-20", "document": "касса 17", "month": "2026-10"}
    paid = client.post(f"{PAGE}/payments", data=form, follow_redirects=True)
    assert "Оплата внесена." in words(paid.text)
    assert "долга нет" in words(paid.text)
    assert "уже внесён" in words(client.post(f"{PAGE}/payments", data=form).text), "not twice"
    row = ledger.store.ask(payment_lists.of_account, flat.NUMBER)[-1]
    cancel = f"{PAGE}/payment/{row.id}/cancel"
    assert "Отменить платёж" not in client.get(PAGE).text
    assert client.post(cancel, data={"why": "ошибка"}).status_code == 403
    assert manager.post(cancel, data={"why": " "}).status_code == 409
    text = words(manager.post(cancel, data={"why": "ошибка кассира"}, follow_redirects=True).text)
    assert f"Платёж № {row.id} отменён." in text
    assert "ошибка кассира" in text
    assert "к оплате" in text


def test_a_payment_or_ground_of_another_account_is_not_cancelled_from_here(ledger: Desk) -> None:
    other = replace(
        flat.person(),
        account=replace(flat.person().account, number="440215", meters=()),
        emails=(),
        phones=(),
    )
    with ledger.store.write() as transaction:
        register_import.import_register(transaction, [other])
    row = ledger.store.ask(payment_lists.of_account, flat.NUMBER)[0]
    manager = ledger.client(StaffRole.MANAGER)
    manager.post(f"{PAGE}/grounds", data=BREAK)
    ground = ledger.store.ask(adjustments.of_account, flat.NUMBER)[0]
    for path in (f"/account/440215/payment/{row.id}/cancel", f"/account/440215/ground/{ground.id}/cancel"):
        assert manager.post(path, data={"why": "x"}).status_code == 409, path
    assert ledger.store.ask(payment_lists.of_account, flat.NUMBER)[0].cancelled_by is None


def test_a_ground_is_entered_with_its_document_and_cancelled_by_a_manager(ledger: Desk) -> None:
    client, manager = ledger.client(), ledger.client(StaffRole.MANAGER)
    text = words(client.post(f"{PAGE}/grounds", data=BREAK, follow_redirects=True).text)
    assert "Основание внесено: учтём в следующем расчёте." in text
    assert "перерыв в подаче отопление, 50 ч, 14 °C" in text
    (row,) = ledger.store.ask(adjustments.of_account, flat.NUMBER)
    assert (row.ground.hours, row.by) == (Decimal(50), "operator")
    cancel = f"{PAGE}/ground/{row.id}/cancel"
    assert client.post(cancel, data={"why": "ошибка"}).status_code == 403
    assert "отменено" in words(manager.post(cancel, data={"why": "ошибка"}, follow_redirects=True).text)
    assert "Основание отменено" in shown(client)
