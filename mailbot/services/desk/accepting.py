"""A person's word on a reading: what is missing or not proven is asked about once, on the spot, and then it is taken."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import Channel, Refused, Resource, Rulebook
from mailbot.policy import doubt_of_owner
from mailbot.services.desk.acts import Page, ReadingForm, judge_reading, value_of
from mailbot.services.desk.casefile import CaseFile
from mailbot.services.desk.likely_resource import Likely, likely_resources
from mailbot.services.desk.sureness import Sureness
from mailbot.store import Store
from mailbot.store.accounts import registered

WRITTEN = (Channel.MAIL, Channel.SITE)
"""Channels on which anybody may give another's account; at the counter and on the telephone a clerk has asked."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose account it is by the register, and why the sender is not proven to be them (Russian)."""

    name: str
    address: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked before the reading is taken: of which resource it is (where none is named), and whether they
    are sure though the sender is not proven to be the `owner` of the account."""

    resources: tuple[Likely, ...]
    owner: Owner | None


class Unsettled(Refused):
    """The reading is not taken yet."""

    def __init__(self, question: Question) -> None:
        missing = "Выберите, что измеряет счётчик." if question.resources else ""
        super().__init__(missing or "Отправитель не подтверждён: проверьте, чьё это показание.")
        self.question = question


def settle_reading(
    store: Store,
    rulebook: Rulebook,
    page: Page,
    file: CaseFile,
    reading_id: int,
    form: ReadingForm,
    sureness: Sureness,
) -> None:
    """Accept or refuse the reading. Unsettled: the person is to be asked first; both questions are put at once."""
    if form.state == "accepted":
        question = _question(store, rulebook, file, reading_id, form, sureness)
        if question.resources or question.owner:
            raise Unsettled(question)
    judge_reading(store, rulebook, page, reading_id, form)


def _question(
    store: Store, rulebook: Rulebook, file: CaseFile, reading_id: int, form: ReadingForm, sureness: Sureness
) -> Question:
    value, account = value_of(form.value), form.account.strip()
    reading = next((one for one in file.readings if one.id == reading_id), None)
    resources: tuple[Likely, ...] = ()
    if reading is not None and account and form.resource not in tuple(Resource):
        resources = store.ask(likely_resources, rulebook, reading, account, value)
    owner = None if sureness is Sureness.SURE else _owner(store, rulebook, file, account)
    return Question(resources, owner)


def _owner(store: Store, rulebook: Rulebook, file: CaseFile, number: str) -> Owner | None:
    """None where the sender is proven, or no register moves by the reading."""
    if file.line.channel not in WRITTEN or file.letter is None:
        return None
    held = store.ask(registered, [number]).get(number)
    if held is None:
        return None
    doubt = doubt_of_owner(file.letter, file.client, rulebook)
    own = file.client.accounts if file.client else ()
    if not doubt and number not in own:
        doubt = "лицевой счёт не записан за отправителем"
    premises = held.account.premises
    return Owner(held.name, premises.address, doubt) if doubt else None
