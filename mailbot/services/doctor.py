"""Look at everything the daemon needs before it runs, and say for each fault what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.composing import find_differing_letters
from mailbot.model import ContactChannels, GateLimits, SourceFile
from mailbot.model.bill.bill import Payee
from mailbot.model.case.emergency import AlarmRules
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.model.rules.report_readers import ReportRules
from mailbot.policy.rulebook.protection_bounds import lifted_caps
from mailbot.services.letters.restored_database import find_restore
from mailbot.services.letters.start_of_work import LONGEST_WAIT, first_moment
from mailbot.store import Store, StoreUnavailable
from mailbot.store.cases import summaries
from mailbot.store.mail import before_start
from mailbot.transport import ImapMailbox, ProtocolError, SmtpClient, TransportError
from mailbot.transport.departure_journal import Departure
from mailbot.wording.mailbox_titles import describe_duty_fault


@dataclass(frozen=True, slots=True)
class StartQuestion:
    """What the beginning of work is asked by: the day that is set, the company's time zone, and now."""

    first_day: date | None
    time_zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One thing looked at. `fault` is empty where it is well; `note` is worth reading all the same."""

    what: str
    fault: str = ""
    note: str = ""


def check_channels(
    channels: ContactChannels, fill_in: str = "Впишите в channels.toml своей папки rules"
) -> DoctorCheck:
    """The phones in the package are placeholders: no client may ever read them. `fill_in`: «Впишите в …»."""
    if channels.confirmed:
        return DoctorCheck("Каналы связи", note=f"{channels.mail}, {', '.join(channels.phones)}")
    return DoctorCheck(
        "Каналы связи",
        f"стоят телефоны-образцы. {fill_in} настоящие телефоны, часы и адреса и поставьте confirmed = true.",
    )


def check_payee(payee: Payee, fill_in: str = "Впишите в bank.toml своей папки rules") -> DoctorCheck:
    """The requisites in the package are an example. Letters may be answered all the same; bills may not be sent."""
    if payee.confirmed:
        return DoctorCheck(
            "Реквизиты для оплаты", note=f"{payee.name}, счёт {payee.account}, БИК {payee.bic}"
        )
    return DoctorCheck(
        "Реквизиты для оплаты",
        note=f"стоит образец, квитанции не рассылаются. {fill_in} свои реквизиты и поставьте confirmed = true.",
    )


def check_readers(
    rules: ReportRules, fill_in: str = "Впишите в reports.toml своей папки rules"
) -> DoctorCheck:
    """Letters are answered all the same; but nobody would hear that they are not."""
    empty = [
        key
        for key, whom in (
            ("readers", rules.readers),
            ("warned", rules.warned),
            ("escalated", rules.escalated),
        )
        if not whom
    ]
    if not empty:
        return DoctorCheck("Отчёты и сроки", note=f"отчёт за неделю читают: {', '.join(rules.readers)}")
    return DoctorCheck(
        "Отчёты и сроки",
        note=f"никого нет в {', '.join(empty)}: этих писем никто не получит. {fill_in} адреса; "
        "очередь и страница «Сейчас» показывают сроки и так.",
    )


def check_alarm(rules: AlarmRules, fill_in: str = "Впишите в alarm.toml своей папки rules") -> DoctorCheck:
    """A burst pipe that nobody hears of until somebody happens to open the queue is a fault, not a note."""
    if rules.people:
        minutes = int(rules.wait.total_seconds()) // 60
        note = f"первым узнаёт {rules.people[0]}, всего {len(rules.people)}; если не открыто {minutes} мин, следующий"
        return DoctorCheck("Аварии", note=note)
    return DoctorCheck(
        "Аварии",
        f"об авариях никому не сообщают: нет людей. {fill_in} адреса по порядку, "
        'например people = ["disp@company.ru", "director@company.ru"].',
    )


def check_caps(limits: GateLimits) -> DoctorCheck:
    """Caps on automatic letters that would stop nothing: right for a trial, never for the company's mailbox."""
    lifted = lifted_caps(limits)
    if not lifted:
        return DoctorCheck(
            "Пределы писем", note=f"на один адрес {limits.per_day} в сутки, на все {limits.all_per_day}"
        )
    return DoctorCheck("Пределы писем", note=f"сняты, годится только для пробы: {'; '.join(lifted)}")


def check_halves(held: tuple[SourceFile, ...], shipped: tuple[SourceFile, ...]) -> DoctorCheck:
    """What the text of a letter says and its HTML does not, or the other way round: clients read the one or the other."""
    faults = [f"{path} — {difference}" for path, difference in find_differing_letters(held, shipped)]
    if not faults:
        return DoctorCheck("Письма", note="текст и оформление говорят одно и то же")
    return DoctorCheck(
        "Письма", note=f"текст и оформление расходятся, исправьте обе половины: {'; '.join(faults)}"
    )


def check_start_date(first_day: date | None, today: date) -> DoctorCheck:
    """A day still to come would leave unanswered everything that comes before it: a year of letters, by one wrong digit."""
    if first_day is None or first_day <= today:
        return DoctorCheck("Начало работы")
    return DoctorCheck(
        "Начало работы",
        f"imap.start_date = {first_day} ещё не наступило (сегодня {today}): на письма, которые придут до этого дня, не будет "
        "ответа. Поставьте сегодняшний день или более ранний.",
    )


def check_outside(
    open_store: Callable[[], Store],
    mailbox: ImapMailbox,
    smtp: SmtpClient,
    asked: StartQuestion,
    left: Sequence[Departure] = (),
) -> Iterator[DoctorCheck]:
    """Database, mailbox and SMTP server, each asked for real; nothing is changed or sent."""
    yield _ask("База данных", lambda: _store(open_store, left))
    reached = _ask("Почтовый ящик", lambda: _mailbox(mailbox))
    yield reached
    if not reached.fault:
        yield _ask("Начало работы", lambda: _beginning(open_store, mailbox, asked))
    yield _ask("Отправка писем", lambda: _smtp(smtp))


def _ask(what: str, question: Callable[[], str]) -> DoctorCheck:
    try:
        return DoctorCheck(what, note=question())
    except (TransportError, StoreUnavailable) as error:
        return DoctorCheck(what, fault=str(error))


def _store(open_store: Callable[[], Store], left: Sequence[Departure]) -> str:
    store = open_store()
    try:
        if store.is_empty():
            return "пока пуста; таблицы создаст «mailbot run»"
        store.check()
        counts = store.ask(summaries.counts)
        restored = find_restore(store, left)
        return f"обращений: {sum(counts.values())}" + (f"; {restored}" if restored else "")
    finally:
        store.close()


def _mailbox(mailbox: ImapMailbox) -> str:
    with mailbox:
        mailbox.list_folders()
        folders = mailbox.folders()
        if faults := [*_unreadable(mailbox, folders)]:
            raise ProtocolError(" ".join(faults))
        junk = mailbox.junk_count()
        spam = f"; в папке спама писем: {junk}, просмотрите её" if junk else ""
        sent = mailbox.sent_folder() or "нет, будет создана"
        return f"папок: {len(folders)} ({', '.join(folders)}); отправленные: {sent}{spam}"


def _unreadable(mailbox: ImapMailbox, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        try:
            mailbox.look_into(folder)
        except ProtocolError as error:
            yield describe_duty_fault(MailboxDuty.COLLECTING, folder, str(error))


def _beginning(open_store: Callable[[], Store], mailbox: ImapMailbox, asked: StartQuestion) -> str:
    """Who reads this must see at once whether years of old letters are to be answered."""
    store = open_store()
    try:
        blank = store.is_empty()
        remembered, collected = (None, False) if blank else store.ask(before_start.find_start, mailbox.name)
    finally:
        store.close()
    if asked.first_day is None and remembered is None and collected:
        return "ответим на все письма, и на старые: этот ящик уже принимали, а imap.start_date не задана"
    start = first_moment(asked.first_day, remembered or asked.now - LONGEST_WAIT, asked.time_zone)
    whence = (
        ""
        if asked.first_day
        else f", за {LONGEST_WAIT.days} дней до первого запуска: imap.start_date не задана"
    )
    with mailbox:
        before, since = mailbox.count_around(start)
    return (
        f"отвечаем на письма с {start:%d.%m.%Y %H:%M}{whence}; в ящике пришедших раньше: {before}, "
        f"их увидят среди «Не обращений», ответа не будет; с этого времени: {since}"
    )


def _smtp(smtp: SmtpClient) -> str:
    smtp.check()
    return "сервер принимает вход"
