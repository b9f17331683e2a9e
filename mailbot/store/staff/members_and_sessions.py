"""Staff members, their one-time links, their sessions, and the failures that slow a guesser down."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from mailbot.model import RequestRefused, StaffMember, StaffRole
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.staff_and_casework import login_failure, staff, staff_link, staff_session


class NoSuchMember(RequestRefused):
    """There is no staff member of that login; the message (Russian) says so."""


def add(connection: Connection, login: str, name: str, role: StaffRole, now: datetime) -> StaffMember:
    """A new member without a password; RequestRefused where the login is taken."""
    statement = insert_into(connection, staff).values(login=login, name=name, role=role, created_at=now)
    statement = statement.on_conflict_do_nothing(index_elements=["login"])
    made = connection.scalar(statement.returning(staff.c.id))
    if made is None:
        raise RequestRefused(f"Сотрудник «{login}» уже есть.")
    return StaffMember(made, login, name, role, signed_up=False, disabled=False)


def members(connection: Connection) -> tuple[StaffMember, ...]:
    """Everybody, by name."""
    return tuple(_member(row) for row in connection.execute(select(staff).order_by(staff.c.name, staff.c.id)))


def names(connection: Connection) -> tuple[tuple[str, str], ...]:
    """(login, name) of everybody who ever had a login."""
    return tuple((row.login, row.name) for row in connection.execute(select(staff.c.login, staff.c.name)))


def by_login(connection: Connection, login: str) -> StaffMember:
    """NoSuchMember where there is none."""
    row = connection.execute(select(staff).where(staff.c.login == login)).one_or_none()
    if row is None:
        raise NoSuchMember(f"Сотрудника «{login}» нет. Имена показывает «mailbot users list».")
    return _member(row)


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(
        row.id,
        row.login,
        row.name,
        StaffRole(row.role),
        signed_up=row.password_hash is not None,
        disabled=row.disabled_at is not None,
    )


def password_hash(connection: Connection, login: str) -> str | None:
    """The hash to check a password against; None where the login is unknown, disabled or not signed up."""
    query = select(staff.c.password_hash).where(staff.c.login == login, staff.c.disabled_at.is_(None))
    return connection.scalar(query)


def set_password(connection: Connection, staff_id: int, hashed: str, now: datetime) -> None:
    """A new password ends every session of its owner (NIST SP 800-63B 7.1)."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(password_hash=hashed))
    end_sessions(connection, staff_id, now)


def set_role(connection: Connection, staff_id: int, role: StaffRole) -> None:
    connection.execute(update(staff).where(staff.c.id == staff_id).values(role=role))
    _one_administrator(connection)


def set_disabled(connection: Connection, staff_id: int, since: datetime | None, now: datetime) -> None:
    """Shut a member out, at once; or let them in again (`since` None)."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(disabled_at=since))
    end_sessions(connection, staff_id, now)
    _one_administrator(connection)


def _one_administrator(connection: Connection) -> None:
    left = select(func.count()).where(staff.c.role == StaffRole.ADMINISTRATOR, staff.c.disabled_at.is_(None))
    if not connection.scalar(left):
        raise RequestRefused("Должен остаться хотя бы один администратор.")


def add_link(
    connection: Connection, staff_id: int, token_sha256: str, now: datetime, lifetime: timedelta
) -> None:
    """A one-time link; older unused ones of the member stop working."""
    connection.execute(
        update(staff_link)
        .where(staff_link.c.staff_id == staff_id, staff_link.c.used_at.is_(None))
        .values(used_at=now)
    )
    connection.execute(
        insert(staff_link).values(
            token_sha256=token_sha256, staff_id=staff_id, created_at=now, expires_at=now + lifetime
        )
    )


def of_link(connection: Connection, token_sha256: str, now: datetime) -> StaffMember | None:
    """Whose link it is, while it may be used."""
    query = (
        select(staff)
        .join(staff_link, staff_link.c.staff_id == staff.c.id)
        .where(
            staff_link.c.token_sha256 == token_sha256,
            staff_link.c.used_at.is_(None),
            staff_link.c.expires_at > now,
            staff.c.disabled_at.is_(None),
        )
    )
    row = connection.execute(query).one_or_none()
    return _member(row) if row else None


def use_link(connection: Connection, token_sha256: str, now: datetime) -> None:
    connection.execute(
        update(staff_link).where(staff_link.c.token_sha256 == token_sha256).values(used_at=now)
    )


def open_session(connection: Connection, staff_id: int, token_sha256: str, now: datetime) -> None:
    values = {"token_sha256": token_sha256, "staff_id": staff_id, "created_at": now, "seen_at": now}
    connection.execute(insert(staff_session).values(**values))


def of_session(
    connection: Connection, token_sha256: str, now: datetime, idle: timedelta, whole: timedelta
) -> StaffMember | None:
    """Whose session it is; None where it ended, lay idle too long, or grew too old."""
    query = (
        select(staff)
        .join(staff_session, staff_session.c.staff_id == staff.c.id)
        .where(
            staff_session.c.token_sha256 == token_sha256,
            staff_session.c.ended_at.is_(None),
            staff_session.c.seen_at > now - idle,
            staff_session.c.created_at > now - whole,
            staff.c.disabled_at.is_(None),
        )
    )
    row = connection.execute(query).one_or_none()
    return _member(row) if row else None


def needs_use_record(connection: Connection, token_sha256: str, now: datetime) -> bool:
    """Was the session last noted more than a minute ago?"""
    old = staff_session.c.seen_at < now - timedelta(minutes=1)
    query = select(staff_session.c.staff_id).where(staff_session.c.token_sha256 == token_sha256, old)
    return connection.scalar(query) is not None


def record_use(connection: Connection, token_sha256: str, now: datetime) -> None:
    """The session is in use; written once a minute at most."""
    old = staff_session.c.seen_at < now - timedelta(minutes=1)
    connection.execute(
        update(staff_session).where(staff_session.c.token_sha256 == token_sha256, old).values(seen_at=now)
    )


def end_session(connection: Connection, token_sha256: str, now: datetime) -> None:
    connection.execute(
        update(staff_session).where(staff_session.c.token_sha256 == token_sha256).values(ended_at=now)
    )


def end_sessions(connection: Connection, staff_id: int, now: datetime) -> None:
    connection.execute(
        update(staff_session)
        .where(staff_session.c.staff_id == staff_id, staff_session.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def note_failure(connection: Connection, login: str, address: str, now: datetime) -> None:
    """Count a wrong password; what is older than a day is forgotten."""
    connection.execute(delete(login_failure).where(login_failure.c.at < now - timedelta(days=1)))
    connection.execute(insert(login_failure).values(at=now, login=login[:64], address=address[:64]))


def failures(connection: Connection, login: str, address: str, since: datetime) -> tuple[int, int]:
    """(of the login, of the network address) since a moment."""
    counts = []
    for own in (login_failure.c.login == login[:64], login_failure.c.address == address[:64]):
        query = select(func.count()).select_from(login_failure).where(own, login_failure.c.at > since)
        counts.append(connection.scalar(query) or 0)
    return counts[0], counts[1]
