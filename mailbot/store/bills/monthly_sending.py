"""A month's bills: begun once, each account's bill kept with its letter, none of them twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, insert, or_, select, update

from mailbot.model import GateHold, OutgoingLetter, RequestRefused
from mailbot.model.bill.sending import BillRoute, BillSending
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.model.outgoing.sending_pace import provider_of
from mailbot.store.accounts.register_record import AccountContact
from mailbot.store.database.upsert import insert_into
from mailbot.store.decisions.recording import queue
from mailbot.store.ledger import charges
from mailbot.store.mail import sending_pace
from mailbot.store.schema.bills import bill, bill_letter, bill_sending
from mailbot.store.schema.ledger import account, charge
from mailbot.store.schema.letters_and_cases import client_account, client_email, outbox


def refuse_open(connection: Connection, month: Month) -> None:
    """RequestRefused where the month is not closed: its bills could still change."""
    run = next((run for run in charges.runs(connection) if run.month == month), None)
    if run is None or run.finished_at is None:
        raise RequestRefused(
            f"Месяц {month} не закрыт, квитанции отправлять рано. Сначала: mailbot bill run --month {month}"
        )


def begin(connection: Connection, month: Month, issued_on: date, by: str, now: datetime) -> BillSending:
    """Begin the sending of a closed month, once; as it stands. Whoever began it first gave it its moment."""
    refuse_open(connection, month)
    values = {"month": str(month), "begun_at": now, "issued_on": issued_on, "by": by}
    connection.execute(insert_into(connection, bill_sending).values(**values).on_conflict_do_nothing())
    begun = sending(connection, month)
    assert begun is not None
    return begun


def sending(connection: Connection, month: Month) -> BillSending | None:
    """The sending of the month; None where it has not begun."""
    row = connection.execute(select(bill_sending).where(bill_sending.c.month == str(month))).one_or_none()
    return BillSending(month, row.begun_at, row.issued_on, row.finished_at, row.by) if row else None


def unbilled(
    connection: Connection,
    month: Month,
    after: str,
    limit: int,
    only: Sequence[str] = (),
    wanted: DeliveryMethod | None = None,
) -> tuple[str, ...]:
    """Accounts charged for the month without a bill, by number, beyond `after`; of `only` where that names any.

    `wanted`: only those whose client wants the bill that way.
    """
    done = select(bill.c.account).where(bill.c.account == charge.c.account, bill.c.month == str(month))
    query = select(charge.c.account).where(
        charge.c.month == str(month), charge.c.account > after, ~done.exists()
    )
    if only:
        query = query.where(charge.c.account.in_(only))
    if wanted is not None:
        query = query.join(account, account.c.number == charge.c.account).where(account.c.delivery == wanted)
    return tuple(connection.scalars(query.order_by(charge.c.account).limit(limit)))


def count_unbilled(connection: Connection, month: Month, only: Sequence[str] = ()) -> int:
    """How many of the accounts charged for the month (of `only`, where that names any) have no bill yet."""
    done = select(bill.c.account).where(bill.c.account == charge.c.account, bill.c.month == str(month))
    query = select(func.count()).select_from(charge).where(charge.c.month == str(month), ~done.exists())
    return connection.scalar(query.where(charge.c.account.in_(only)) if only else query) or 0


def addresses(
    connection: Connection, numbers: Sequence[str]
) -> dict[str, tuple[DeliveryMethod, tuple[AccountContact, ...]]]:
    """How each account's client wants the bill, and the client's own e-mails: those of the company's list first.

    The list is what the client signed; then those that came some other way. By name among equals, so that every
    month's bill goes to the same address.
    """
    query = (
        select(account.c.number, account.c.delivery, client_email.c.email, client_email.c.proof)
        .join(client_account, client_account.c.account == account.c.number)
        .outerjoin(client_email, client_email.c.client_id == client_account.c.client_id)
        .where(account.c.number.in_(numbers))
        .order_by(account.c.number, client_email.c.proof != "реестр", client_email.c.email)
    )
    ways: dict[str, tuple[DeliveryMethod, tuple[AccountContact, ...]]] = {}
    for row in connection.execute(query):
        _, before = ways.get(row.number, (None, ()))
        more = (AccountContact(row.email, row.proof),) if row.email else ()
        ways[row.number] = (DeliveryMethod(row.delivery), (*before, *more))
    return ways


def letters_today(connection: Connection, recipient: str, now: datetime) -> int:
    """Letters without a case to the address within 24 hours that the machine wrote and the gate let out."""
    query = select(func.count()).where(
        outbox.c.recipient == recipient,
        outbox.c.created_at > now - timedelta(days=1),
        outbox.c.provider.is_not(None),
        outbox.c.automatic.is_(True),
        outbox.c.held_reason.is_(None),
    )
    return connection.scalar(query) or 0


def save_bill(
    connection: Connection, number: str, of: BillSending, bill_number: str, way: BillRoute, now: datetime
) -> bool:
    """Keep that the account has its bill of the month; False where it has one already."""
    values = {
        "account": number,
        "month": str(of.month),
        "number": bill_number,
        "delivery": way.delivery,
        "recipient": way.recipient,
        "issued_on": of.issued_on,
        "created_at": now,
        "why": way.why,
    }
    statement = insert_into(connection, bill).values(**values)
    kept = statement.on_conflict_do_nothing(index_elements=["account", "month"]).returning(bill.c.account)
    return connection.scalar(kept) is not None


def queue_unasked(
    connection: Connection,
    number: str,
    month: Month,
    outgoing: OutgoingLetter,
    held: GateHold | None,
    day: date,
    now: datetime,
    *,
    again_by: str | None = None,
) -> int:
    """Put a letter about an account, a bill or a reminder, into the outbox at its provider's pace; its id.

    `day` is the company's. A letter of a person's (`again_by`) goes before the machine's. IntegrityError where the
    Message-ID stands in the outbox already: nothing is sent twice.
    """
    provider = provider_of(outgoing.recipient)
    sending_pace.add_provider(connection, provider, day, now)
    outbox_id = queue(connection, None, outgoing, held, now, automatic=again_by is None, provider=provider)
    values = {"outbox_id": outbox_id, "account": number, "month": str(month), "sent_again_by": again_by}
    connection.execute(insert(bill_letter).values(**values))
    return outbox_id


def hold(connection: Connection, number: str, month: Month) -> None:
    """Hold the account's bill for this transaction: two who send it again at once send one letter."""
    own = (bill.c.account == number, bill.c.month == str(month))
    connection.execute(select(bill.c.number).where(*own).with_for_update()).one()


def point_to_letter(
    connection: Connection, number: str, month: Month, outbox_id: int, recipient: str
) -> None:
    """From here on the bill stands where this letter stands."""
    own = (bill.c.account == number, bill.c.month == str(month), bill.c.delivery == DeliveryMethod.EMAIL)
    connection.execute(update(bill).where(*own).values(outbox_id=outbox_id, recipient=recipient))


def finish(connection: Connection, month: Month, now: datetime) -> bool:
    """The month's bills are all made, if they are; were they?"""
    if unbilled(connection, month, "", 1):
        return False
    own = (bill_sending.c.month == str(month), bill_sending.c.finished_at.is_(None))
    connection.execute(update(bill_sending).where(*own).values(finished_at=now))
    return True


def mark_left(
    connection: Connection, numbers: Sequence[str], month: Month, batch: str, now: datetime, *, again: bool
) -> int:
    """Mark bills printed or exported with a batch; those that have left already only where `again`. How many."""
    own = [bill.c.account.in_(numbers), bill.c.month == str(month), bill.c.delivery != DeliveryMethod.EMAIL]
    if not again:
        own.append(or_(bill.c.left_at.is_(None), bill.c.batch == batch))
    return connection.execute(update(bill).where(*own).values(batch=batch, left_at=now)).rowcount
