"""Registration numbers: `YY-000001`, one row of numbers a year, without gaps."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.letters_and_cases import case, counter


def next_number(connection: Connection, now: datetime, time_zone: str) -> str:
    """The number the next registered case will carry; held by lock until the transaction ends.

    Nothing is used up until `use_number`: a letter that turns out to be advertising leaves no gap.
    Whoever decides a letter takes this lock first: decisions see each other, and cannot deadlock.
    """
    year = now.astimezone(ZoneInfo(time_zone)).year
    connection.execute(insert_into(connection, counter).values(year=year, last=0).on_conflict_do_nothing())
    held = select(counter.c.last).where(counter.c.year == year).with_for_update()
    last = connection.execute(held).scalar_one()
    return f"{year % 100:02}-{last + 1:06}"


def use_number(connection: Connection, case_id: int, number: str) -> None:
    """Give a case its number and move the counter on."""
    short, serial = number.split("-")
    year = 2000 + int(short)
    connection.execute(update(case).where(case.c.id == case_id).values(number=number))
    connection.execute(update(counter).where(counter.c.year == year).values(last=int(serial)))
