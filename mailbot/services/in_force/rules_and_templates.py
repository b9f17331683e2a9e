"""What staff may change without a programmer: files of rules and templates, checked whole before they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from mailbot.billing.bank_file import FILE as BANK
from mailbot.billing.notice_file import FILE as NOTICES
from mailbot.billing.payment_qr import build_payment_text
from mailbot.billing.tariff_file import FILE as TARIFFS
from mailbot.billing.tariffs import Tariffs
from mailbot.composing import (
    HalfDifference,
    MailTemplates,
    counterpart_path,
    find_differing_letters,
    load_templates,
)
from mailbot.documents import DocumentTemplates, load_documents
from mailbot.model import RequestRefused, Rulebook, RulebookError, SourceFile
from mailbot.model.bill.bill import BillNotice, Payee
from mailbot.model.case.staff_act import OfficeAct
from mailbot.services.client_links.answer_rating import RateLinks
from mailbot.services.confirmation import ConfirmationLevel
from mailbot.services.in_force.answering_texts import answering_nothing
from mailbot.services.in_force.rules_loading import load_rules
from mailbot.store import Store
from mailbot.store.staff import audit_log, edited_files

TITLES = {
    "templates/snippets.toml": "Готовые фразы для ответов",
    "rules/answers.toml": "Какое письмо отправляется сразу",
    "rules/channels.toml": "Телефоны, офис, часы работы",
    "rules/deadlines.toml": "Сроки ответа",
    "rules/calendar.toml": "Рабочий календарь: выходные и переносы",
    "rules/alarm.toml": "Кому сообщать об авариях",
    "rules/reports.toml": "Кому приходят отчёты и предупреждения",
    "rules/limits.toml": "Пороги уверенности и пределы отправки",
    "rules/no_reply.toml": "Когда ответ не положен",
    "rules/topics.toml": "Темы обращений",
    "rules/correspondents.toml": "Ведомства, поставщики, банки: кто пишет, кроме клиентов",
    TARIFFS: "Тарифы, нормативы, НДС",
    BANK: "Реквизиты, по которым платят",
    NOTICES: "Объявления в квитанциях",
    "rules/surveys/individual.toml": "Анкета жителей",
    "rules/surveys/business.toml": "Анкета организаций и предпринимателей",
    "rules/surveys/provider.toml": "Анкета исполнителей коммунальных услуг",
}
"""Files that the page lists first, and what they are about; the mails are listed under their own names."""


@dataclass(frozen=True, slots=True)
class ActiveRules:
    """Rules, templates, tariffs, requisites and notices as they hold now. `version` is the newest change they hold.

    `rate_links` lead to where clients rate answers; None where no browser of theirs reaches the pages.
    """

    version: int
    sources: tuple[SourceFile, ...]
    rulebook: Rulebook
    templates: MailTemplates
    tariffs: Tariffs
    payee: Payee
    notices: tuple[BillNotice, ...]
    documents: DocumentTemplates
    rate_links: RateLinks | None = None


def overlay(sources: Iterable[SourceFile], changed: Mapping[str, str]) -> tuple[SourceFile, ...]:
    """The files, those that staff have changed in their words."""
    return tuple(SourceFile(source.name, changed.get(source.name, source.text)) for source in sources)


def load_current_rules(store: Store, sources: tuple[SourceFile, ...]) -> ActiveRules:
    """The rules that hold: the files of the package or of `rules_dir`, and above them what staff have changed.

    Where a change no longer fits (a newer version of mailbot), the files alone hold: a letter is never kept
    waiting for a fault in a setting.
    """
    version = store.ask(edited_files.newest_change)
    changed = store.ask(edited_files.changed)
    try:
        return load_checked_rules(version, overlay(sources, changed))
    except RulebookError:
        return load_checked_rules(version, sources)


def load_checked_rules(version: int, sources: tuple[SourceFile, ...]) -> ActiveRules:
    """The rules of these files, checked; RulebookError tells every fault."""
    return replace(_checked(sources), version=version)


@lru_cache(maxsize=4)
def _checked(sources: tuple[SourceFile, ...]) -> ActiveRules:
    """Remembered by the texts themselves: what is checked before the start, or before it is saved, is what then holds."""
    rulebook, tariffs, payee, notices = load_rules(
        tuple(source for source in sources if source.name.startswith("rules/"))
    )
    papers = tuple(source for source in sources if source.name.startswith("templates/"))
    return ActiveRules(
        version=0,
        sources=sources,
        rulebook=rulebook,
        templates=load_templates(papers, rulebook),
        tariffs=tariffs,
        payee=payee,
        notices=notices,
        documents=load_documents(papers, build_payment_text),
    )


def editable(sources: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """The files that staff may change: settings first, then mails; never the model or the standard's own words."""
    by_name = {source.name: source for source in sources}
    mails = [name for name in by_name if name.startswith("templates/mail/")]
    lists = [name for name in by_name if name.startswith("rules/words/")]
    return tuple(by_name[name] for name in (*TITLES, *sorted(mails), *sorted(lists)) if name in by_name)


class HalvesDiffer(RequestRefused):
    """The words of a letter's two halves would differ where they did not; the person may edit both, or be sure."""

    def __init__(self, other: str, found: tuple[HalfDifference, ...]) -> None:
        super().__init__("Текст и оформление письма теперь говорят разное: клиент увидит что-то одно.")
        self.other, self.differences = other, found


def check(sources: tuple[SourceFile, ...], path: str, text: str, half: str = "") -> ActiveRules:
    """All rules and templates with the new text, and with that of the letter's other `half` where it is given;
    RulebookError tells every fault with its file and line."""
    if path not in {source.name for source in editable(sources)}:
        raise RequestRefused("Этот файл изменить нельзя.")
    trial = load_checked_rules(0, overlay(sources, _changed(path, text, half)))
    if faults := answering_nothing(load_checked_rules(0, sources).templates, trial.templates):
        raise RulebookError(faults)
    return trial


def _changed(path: str, text: str, half: str) -> dict[str, str]:
    halves = {path: text} | ({counterpart_path(path): half} if half and counterpart_path(path) else {})
    return {name: words.replace("\r\n", "\n") for name, words in halves.items()}


def save(
    store: Store,
    sources: tuple[SourceFile, ...],
    path: str,
    text: str,
    note: str,
    *,
    by: str,
    now: datetime,
    half: str = "",
    sureness: ConfirmationLevel = ConfirmationLevel.ONCE,
) -> None:
    """Let the new text hold, with that of the letter's other `half` where it is given; RulebookError where it has a
    fault, and then the old one stays. HalvesDiffer: the two would say different things, and the person is asked first."""
    check(sources, path, text, half)
    changed = _changed(path, text, half)
    own = (path, counterpart_path(path))
    differences = tuple(
        difference
        for name, difference in find_differing_letters(overlay(sources, changed), sources)
        if name in own
    )
    if differences and sureness is ConfirmationLevel.ONCE:
        raise HalvesDiffer(counterpart_path(path), differences)
    for name, words in changed.items():
        _change(store, name, words, note, by, now)


def restore(
    store: Store, sources: tuple[SourceFile, ...], path: str, change_id: int | None, *, by: str, now: datetime
) -> None:
    """Take a change back: an earlier text, or (None) the file of the package, holds again."""
    text = None
    if change_id is not None:
        earlier = [change for change in store.ask(edited_files.history, path) if change.id == change_id]
        if not earlier:
            raise RequestRefused("Такой правки нет.")
        text = earlier[0].text
        if text is not None:
            check(sources, path, text)
    _change(store, path, text, "возврат", by, now)


def _change(store: Store, path: str, text: str | None, note: str, by: str, now: datetime) -> None:
    with store.write() as transaction:
        edited_files.change(transaction, path, text, by, note.strip(), now)
        audit_log.log_act(transaction, by, OfficeAct.SETTINGS, path, note.strip(), now)


class ActiveRulesCache:
    """The rules in memory, read anew where staff have changed them."""

    def __init__(
        self,
        store: Store,
        sources: Callable[[], tuple[SourceFile, ...]],
        rate_links: RateLinks | None = None,
    ) -> None:
        self._store, self._sources = store, sources
        self._rate_links = rate_links if rate_links is not None and rate_links.usable else None
        self._current: ActiveRules | None = None

    def current(self) -> ActiveRules:
        """What holds now; one small query where nothing has changed."""
        if self._current is None or self._current.version != self._store.ask(edited_files.newest_change):
            self._current = replace(
                load_current_rules(self._store, self._sources()), rate_links=self._rate_links
            )
        return self._current
