"""A person's word on a reading: what is missing or not proven is asked about once, on the spot, and then it is taken."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import RequestRefused, Resource, Rulebook
from mailbot.model.case.reading_state import ReadingState
from mailbot.policy import find_owner_doubt
from mailbot.services.confirmation import ConfirmationLevel
from mailbot.services.desk.case_acts.acts import ActContext, ReadingForm, judge_reading, parse_value
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.readings.likely_resource import LikelyResource, likely_resources
from mailbot.store import Store
from mailbot.store.accounts.accounts import registered


@dataclass(frozen=True, slots=True)
class AccountOwner:
    """Whose account it is by the register, and why the sender is not proven to be them (Russian)."""

    name: str
    address: str
    doubt: str


@dataclass(frozen=True, slots=True)
class AcceptanceQuestion:
    """What a person is asked before the reading is taken: of which resource it is (where none is named), and whether they
    are sure though the sender is not proven to be the `owner` of the account."""

    resources: tuple[LikelyResource, ...]
    owner: AccountOwner | None


class ReadingUnsettled(RequestRefused):
    """The reading is not taken yet."""

    def __init__(self, question: AcceptanceQuestion) -> None:
        missing = "Выберите, что измеряет счётчик." if question.resources else ""
        super().__init__(missing or "Отправитель не подтверждён: проверьте, чьё это показание.")
        self.question = question


def decide_reading(
    store: Store,
    rulebook: Rulebook,
    page: ActContext,
    file: CaseFile,
    reading_id: int,
    form: ReadingForm,
    sureness: ConfirmationLevel,
) -> None:
    """Accept or refuse the reading. Unsettled: the person is to be asked first; both questions are put at once."""
    if form.state is ReadingState.ACCEPTED:
        question = _question(store, rulebook, file, reading_id, form, sureness)
        if question.resources or question.owner:
            raise ReadingUnsettled(question)
    judge_reading(store, rulebook, page, reading_id, form)


def _question(
    store: Store,
    rulebook: Rulebook,
    file: CaseFile,
    reading_id: int,
    form: ReadingForm,
    sureness: ConfirmationLevel,
) -> AcceptanceQuestion:
    value, account = parse_value(form.value), form.account.strip()
    reading = next((reading for reading in file.readings if reading.id == reading_id), None)
    resources: tuple[LikelyResource, ...] = ()
    if reading is not None and account and form.resource not in tuple(Resource):
        resources = store.ask(likely_resources, rulebook, reading, account, value)
    owner = None if sureness is ConfirmationLevel.SURE else _owner(store, rulebook, file, account)
    return AcceptanceQuestion(resources, owner)


def _owner(store: Store, rulebook: Rulebook, file: CaseFile, number: str) -> AccountOwner | None:
    """None where the sender is proven, or no register moves by the reading."""
    if not file.line.channel.writer_unproven or file.letter is None:
        return None
    held = store.ask(registered, [number]).get(number)
    if held is None:
        return None
    doubt = find_owner_doubt(file.letter, file.client, rulebook)
    own = file.client.accounts if file.client else ()
    if not doubt and number not in own:
        doubt = "лицевой счёт не записан за отправителем"
    premises = held.account.premises
    return AccountOwner(held.name, premises.address, doubt) if doubt else None
