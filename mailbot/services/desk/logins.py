"""Who may log in: passwords (NIST SP 800-63B), one-time links, sessions, and patience with guessers."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from mailbot.model import RequestRefused, StaffMember, StaffRole
from mailbot.model.case.staff_act import OfficeAct
from mailbot.store import Store
from mailbot.store.casework import page_acts
from mailbot.store.staff import audit_log, members_and_sessions

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD, MAX_PASSWORD_LENGTH = 15, 256
"""Characters (SP 800-63B-4, 3.1.1.2: at least 15 where the password is the only factor, 64 and more allowed)."""

LINK_LIFETIME = timedelta(days=2)
IDLE, WHOLE = timedelta(hours=1), timedelta(hours=12)
"""A session ends after an idle hour and after a working day (SP 800-63B-4, 2.2.3)."""

WINDOW, OF_LOGIN, OF_ADDRESS = timedelta(minutes=15), 5, 30
"""Wrong passwords that a login, and a network address, may give in the window."""

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,40}")
_COMMON = (
    "password", "пароль", "qwerty", "йцукен", "123456", "111111", "mailbot", "teplo", "тепло", "8666", "admin", "ekostroy",
)  # fmt: skip
"""A password made of little but one of these is guessed first (SP 800-63B-4, 3.1.1.2: blocklist)."""


class LoginRefused(RequestRefused):
    """The same words whatever was wrong: a guesser learns nothing."""


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A fresh session: the token goes into the cookie, and only its hash into the database."""

    token: str
    member: StaffMember


def fingerprint(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id with RFC 9106's second recommendation


def invite(store: Store, login: str, name: str, role: StaffRole, *, by: str, now: datetime) -> str:
    """A new member; the token of the one-time link by which they set their password."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise RequestRefused("Имя для входа: латинские буквы, цифры, точка или дефис, от 2 до 41 знака.")
    if not name.strip():
        raise RequestRefused("Напишите имя и фамилию сотрудника.")
    token = secrets.token_urlsafe(32)
    with store.write() as transaction:
        member = members_and_sessions.add(transaction, login, name.strip(), role, now)
        members_and_sessions.add_link(transaction, member.id, fingerprint(token), now, LINK_LIFETIME)
        audit_log.log_act(transaction, by, OfficeAct.INVITE, login, f"{name.strip()}, {role}", now)
    return token


def reset(store: Store, login: str, *, by: str, now: datetime) -> str:
    """The token of a one-time link to a new password; the old password works until then."""
    token = secrets.token_urlsafe(32)
    with store.write() as transaction:
        member = members_and_sessions.by_login(transaction, login)
        members_and_sessions.add_link(transaction, member.id, fingerprint(token), now, LINK_LIFETIME)
        audit_log.log_act(transaction, by, OfficeAct.RESET, login, "", now)
    return token


def set_disabled(store: Store, login: str, *, disabled: bool, by: str, now: datetime) -> None:
    """Shut a member out at once, or let them in again."""
    with store.write() as transaction:
        member = members_and_sessions.by_login(transaction, login)
        members_and_sessions.set_disabled(transaction, member.id, now if disabled else None, now)
        if disabled:
            page_acts.release(transaction, login)
        audit_log.log_act(
            transaction, by, OfficeAct.DISABLE if disabled else OfficeAct.ENABLE, login, "", now
        )


def set_role(store: Store, login: str, role: StaffRole, *, by: str, now: datetime) -> None:
    with store.write() as transaction:
        member = members_and_sessions.by_login(transaction, login)
        members_and_sessions.set_role(transaction, member.id, role)
        audit_log.log_act(transaction, by, OfficeAct.ROLE, login, role, now)


def owner_of_link(store: Store, token: str, now: datetime) -> StaffMember:
    """Whose link it is; RequestRefused where it was used or is too old."""
    member = store.ask(members_and_sessions.of_link, fingerprint(token), now)
    if member is None:
        raise RequestRefused("Ссылка уже использована или устарела. Попросите администратора прислать новую.")
    return member


def choose_password(store: Store, token: str, password: str, now: datetime) -> StaffMember:
    """Set the password that a one-time link allows; the link works no more."""
    member = owner_of_link(store, token, now)
    check_password(password, member)
    hashed = _hasher().hash(password)
    with store.write() as transaction:
        if members_and_sessions.of_link(transaction, fingerprint(token), now) is None:
            raise RequestRefused("Ссылка уже использована.")
        members_and_sessions.use_link(transaction, fingerprint(token), now)
        members_and_sessions.set_password(transaction, member.id, hashed, now)
        audit_log.log_act(transaction, member.login, OfficeAct.PASSWORD, member.login, "", now)
    return member


def check_password(password: str, member: StaffMember) -> None:
    """RequestRefused for what is too short or guessed first; no rules on digits and capitals (SP 800-63B-4, 3.1.1.2)."""
    if len(password) < MIN_PASSWORD:
        raise RequestRefused(
            f"Пароль короче {MIN_PASSWORD} знаков. Удобнее всего несколько слов подряд: их легко запомнить."
        )
    if len(password) > MAX_PASSWORD_LENGTH:
        raise RequestRefused(f"Пароль длиннее {MAX_PASSWORD_LENGTH} знаков.")
    rest = password.lower()
    for word in (*_COMMON, member.login, *member.name.lower().split()):
        rest = rest.replace(word, "")
    if len(set(rest)) < 5:
        raise RequestRefused("Такой пароль подберут первым: в нём мало разных знаков или известные слова.")


def log_in(store: Store, login: str, password: str, address: str, now: datetime) -> StaffSession:
    """A new session; LoginRefused where login or password are wrong, or too many were."""
    login = login.strip().lower()
    of_login, of_address = store.ask(members_and_sessions.failures, login, address, now - WINDOW)
    if of_login >= OF_LOGIN or of_address >= OF_ADDRESS:
        raise LoginRefused("Слишком много неверных попыток. Подождите 15 минут и попробуйте снова.")
    hashed = store.ask(members_and_sessions.password_hash, login)
    if not _matches(hashed, password):
        with store.write() as transaction:
            members_and_sessions.note_failure(transaction, login, address, now)
            audit_log.log_act(transaction, login[:40], OfficeAct.LOGIN_FAILED, login[:40], address, now)
        raise LoginRefused("Неверное имя или пароль.")
    token = secrets.token_urlsafe(32)
    with store.write() as transaction:
        member = members_and_sessions.by_login(transaction, login)
        members_and_sessions.open_session(transaction, member.id, fingerprint(token), now)
        audit_log.log_act(transaction, login, OfficeAct.LOGIN, login, address, now)
    return StaffSession(token, member)


def _matches(hashed: str | None, password: str) -> bool:
    """An unknown login costs the time of a wrong password: the clock tells nothing either."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed or _nobody(), password[:MAX_PASSWORD_LENGTH]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))


def member_of(store: Store, token: str, now: datetime, *, acts: bool = True) -> StaffMember | None:
    """Whose session the cookie names; None where it has ended. `acts` False: an open page asks by itself, and that
    keeps no session awake.
    """
    member = store.ask(members_and_sessions.of_session, fingerprint(token), now, IDLE, WHOLE)
    if (
        acts
        and member is not None
        and store.ask(members_and_sessions.needs_use_record, fingerprint(token), now)
    ):
        with store.write() as transaction:
            members_and_sessions.record_use(transaction, fingerprint(token), now)
    return member


def log_out(store: Store, token: str, member: StaffMember, now: datetime) -> None:
    with store.write() as transaction:
        members_and_sessions.end_session(transaction, fingerprint(token), now)
        audit_log.log_act(transaction, member.login, OfficeAct.LOGOUT, member.login, "", now)
