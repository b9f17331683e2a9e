"""Papers asked for by letter, through the whole house: the client gets theirs once, nobody else gets any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import pytest
from pypdf import PdfReader

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.model import CaseState, DocumentKind, DocumentRequest, RequestRefused, StaffMember, StaffRole
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.sources import PaymentSource
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.letter_sending import send
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.writing.account_answer import AccountAnswer, account_answer
from mailbot.services.desk.writing.proposed_letter import Proposal, propose
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.store import CaseSummary
from mailbot.store.cases import summaries
from mailbot.store.ledger import payments
from mailbot.store.ledger.payment_lists import NewPayment
from tests.services.conftest import House
from tests.services.ledger.neighbours import (
    ANNA,
    NEIGHBOURS,
    OCTOBER,
    OWN,
    PASS,
    SEPTEMBER,
    deliver,
    figures_in,
    letter,
    settled,
    words_of,
)

MEMBER = StaffMember(1, "olga", "Ольга", StaffRole.OPERATOR, signed_up=True, disabled=False)
EVIL = "evil@other.example"
EVIL_PASS = "Authentication-Results: mail.ru; dmarc=pass header.from=other.example\n"
PASSED_ON = f"-------- Пересылаемое сообщение --------\nОт: {EVIL}\n\nПришлите\n-------- Конец пересылаемого сообщения --------"
COPY = "Пришлите, пожалуйста, квитанцию за октябрь на почту"


@pytest.fixture
def town(house: House) -> House:
    """The neighbours, in a company that has confirmed its requisites."""
    rules = load_checked_rules(0, load_files(Settings()))
    rules = replace(rules, payee=replace(rules.payee, confirmed=True))
    house.rules = rules
    return settled(house)


def documents_of(town: House, case: CaseSummary) -> tuple[DocumentRequest, ...]:
    judged = town.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    return judged.decision.documents


def doubts_of(town: House, case: CaseSummary) -> str:
    judged = town.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    return "; ".join(judged.decision.doubts)


def sent(town: House) -> list[EmailMessage]:
    found = []
    for content in deliver(town):
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def papers(message: EmailMessage) -> dict[str, str]:
    """The names of the attached papers, and the words in them."""
    return {
        str(one.get_filename()): "\n".join(
            page.extract_text() for page in PdfReader(BytesIO(one.get_content())).pages
        )
        for one in message.iter_attachments()
    }


def a_bill(month: Month) -> DocumentRequest:
    return DocumentRequest(DocumentKind.BILL, OWN, month, month)


def test_a_copy_of_the_bill_comes_attached_in_the_thread_once(town: House) -> None:
    case = town.receive(letter(COPY))
    assert (case.state, case.template) == (CaseState.ANSWERED, "documents_sent")
    assert documents_of(town, case) == (a_bill(OCTOBER),)
    (reply,) = sent(town)
    assert reply["To"] == ANNA
    assert reply["In-Reply-To"] in reply["References"]
    assert reply["Auto-Submitted"] == "auto-replied"
    ((name, words),) = papers(reply).items()
    assert name == "Квитанция 2026-10, л-с 450123.pdf"
    assert OWN in words
    assert "1\u00a0993,76" in words.replace("\u202f", "\u00a0")
    assert NEIGHBOURS not in words
    assert "- квитанция за октябрь 2026, лицевой счёт 450123" in words_of(town, case)
    assert sent(town) == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Пришлите квитанцию", [OCTOBER]),
        ("Вышлите, пожалуйста, дубликат квитанции за сентябрь", [SEPTEMBER]),
        ("Дубликат за сентябрь пришлите пожалуйста", [SEPTEMBER]),
        ("Прошу выслать копию квитанции за 09.2026", [SEPTEMBER]),
        ("Скиньте платёжку за прошлый месяц", [OCTOBER]),
        ("Можно квитанцию за сентябрь и октябрь?", [SEPTEMBER, OCTOBER]),
        ("Присылайте квитанцию за октябрь на почту", [OCTOBER]),
        ("Здравствуйте! Отправьте мне счёт за октябрь на anna@mail.example. Спасибо", [OCTOBER]),
    ],
)
def test_the_month_is_the_one_that_the_letter_says(town: House, text: str, months: list[Month]) -> None:
    case = town.receive(letter(text))
    assert documents_of(town, case) == tuple(a_bill(month) for month in months), doubts_of(town, case)
    assert case.state is CaseState.ANSWERED


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Пришлите квитанцию за август", "за 2026-08 ничего не начислено"),
        ("Пришлите квитанцию за ноябрь", "за 2026-11 ничего не начислено"),
        ("Пришлите квитанции за последние три месяца", "за какие месяцы"),
        ("Пришлите квитанцию за октябрь на petrov@mail.example", "другой адрес почты: petrov@mail.example"),
        ("Пришлите квитанцию за октябрь. Почему не греют батареи в спальне?", ""),
        ("Пришлите квитанцию за октябрь по л/с 450124", "не записан за отправителем: 450124"),
    ],
)
def test_what_is_not_plain_a_person_decides(town: House, text: str, doubt: str) -> None:
    case = town.receive(letter(text))
    assert (case.state, documents_of(town, case)) == (CaseState.AWAITING_REVIEW, ())
    assert doubt in doubts_of(town, case)
    assert all(papers(one) == {} for one in sent(town))


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("a stranger", letter(f"{COPY}, л/с {OWN}, Кошкина Анна", sender=EVIL, headers=EVIL_PASS)),
        ("a spoofed From", letter(COPY, headers="")),
        ("Reply-To elsewhere", letter(COPY, headers=f"{PASS}Reply-To: {EVIL}\n")),
        ("the client passing on a stranger's letter", letter(f"{COPY}\n{PASSED_ON}")),
    ],
)  # fmt: skip
def test_a_stranger_gets_no_paper(town: House, what: str, content: str) -> None:
    case = town.receive(content)
    assert case.state is CaseState.AWAITING_REVIEW, what
    for message in sent(town):
        assert papers(message) == {}
        assert figures_in(message.as_string()) == set()


def test_while_the_requisites_are_examples_no_bill_leaves(town: House) -> None:
    town.rules = replace(town.rules, payee=replace(town.rules.payee, confirmed=False))
    case = town.receive(letter(COPY))
    assert case.state is CaseState.AWAITING_REVIEW
    assert "rules/bank.toml не подтверждены" in doubts_of(town, case)


def test_another_month_is_another_question_and_the_same_one_again_a_persons(town: House) -> None:
    first = town.receive(letter("Пришлите квитанцию за октябрь"))
    other = town.receive(letter("Пришлите квитанцию за сентябрь"))
    town.now += timedelta(hours=1)
    again = town.receive(letter("Пришлите квитанцию за октябрь"))
    assert (first.state, other.state) == (CaseState.ANSWERED, CaseState.ANSWERED)
    assert again.state is CaseState.AWAITING_REVIEW


def pay(town: House, amount: str) -> None:
    with town.store.write() as transaction:
        money = [NewPayment(OWN, Decimal(amount), town.now.date(), "п-9")]
        payments.save_payments(transaction, money, PaymentSource.BANK, "тест", town.now)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Пришлите, пожалуйста, акт сверки", SEPTEMBER, Month(2026, 11)),
        ("Прошу направить акт сверки за 2026 год", SEPTEMBER, Month(2026, 11)),
        ("Нужен акт сверки взаиморасчётов с сентября по октябрь 2026", SEPTEMBER, OCTOBER),
        ("Вышлите акт сверки за октябрь", OCTOBER, OCTOBER),
    ],
)
def test_a_statement_comes_attached(town: House, text: str, since: Month, until: Month) -> None:
    case = town.receive(letter(text))
    assert documents_of(town, case) == (DocumentRequest(DocumentKind.STATEMENT, OWN, since, until),), (
        doubts_of(town, case)
    )
    (reply,) = sent(town)
    ((name, words),) = papers(reply).items()
    assert name == f"Акт сверки {since} — {until}, л-с 450123.pdf"
    assert "1993,76" in "".join(words.split())
    assert NEIGHBOURS not in words


def test_a_certificate_is_given_only_where_nothing_is_owed(town: House) -> None:
    wish = "Пришлите, пожалуйста, справку об отсутствии задолженности"
    owing = town.receive(letter(wish))
    assert (owing.state, owing.proposed) == (CaseState.AWAITING_REVIEW, "ledger_balance")
    assert "есть долг: справку об отсутствии задолженности дать нельзя" in doubts_of(town, owing)
    assert all(papers(one) == {} for one in sent(town))
    pay(town, "1843.76")
    town.now += timedelta(days=40)
    paid = town.receive(letter(wish))
    assert documents_of(town, paid) == (DocumentRequest(DocumentKind.CERTIFICATE, OWN),), doubts_of(
        town, paid
    )
    (reply,) = sent(town)
    ((name, words),) = papers(reply).items()
    assert name == "Справка об отсутствии задолженности, л-с 450123.pdf"
    assert OWN in words
    assert "С подписью и печатью её можно получить в офисе" in words_of(town, paid)


@pytest.mark.parametrize(
    "text",
    [
        "Пришлите справку об отсутствии задолженности на 1 октября",
        "Нужна справка об отсутствии задолженности с печатью",
        "Пришлите акт сверки с подписью и печатью",
        "Пришлите акт сверки за весь отопительный сезон",
        "Акт сверки не сходится с моими платежами",
    ],
)
def test_papers_that_the_machine_cannot_make_are_a_persons(town: House, text: str) -> None:
    pay(town, "1843.76")
    case = town.receive(letter(text))
    assert (case.state, documents_of(town, case)) == (CaseState.AWAITING_REVIEW, ())


def proposal_of(town: House, case: CaseSummary) -> tuple[AccountAnswer, Proposal]:
    file = case_file(town.store, case.number or "", MEMBER, town.now)
    account = account_answer(town.store, file, town.rules, town.now)
    decision = file.judged.decision if file.judged else None
    shown = propose(
        file.line, file.topics, decision, file.readings, town.templates, town.now, account=account
    )
    return account, shown


def send_by_hand(town: House, case: CaseSummary, text: str, documents: tuple[DocumentRequest, ...]) -> None:
    page = ActContext(case.number or "", None, "olga", town.now)
    send(town.store, town.rules, page, text, enclosing=documents)
    town.now += timedelta(minutes=5)


def test_a_person_is_offered_the_paper_and_it_goes_with_the_answer(town: House) -> None:
    case = town.receive(letter("Квитанция за октябрь не пришла! Это безобразие, пришлите дубликат квитанции"))
    assert case.state is CaseState.AWAITING_REVIEW
    account, shown = proposal_of(town, case)
    assert account.documents == (a_bill(OCTOBER),)
    assert [one.title for one in shown.documents] == ["квитанция за октябрь 2026"]
    assert "- квитанция за октябрь 2026, лицевой счёт 450123" in shown.text
    deliver(town)
    send_by_hand(town, case, shown.text, account.documents)
    (reply,) = sent(town)
    assert list(papers(reply)) == ["Квитанция 2026-10, л-с 450123.pdf"]


def test_a_spoofed_letter_is_answered_by_a_person_to_the_clients_own_address(town: House) -> None:
    """Whoever wrote it, the paper goes where the register says."""
    case = town.receive(letter(COPY, headers=""))
    account, _ = proposal_of(town, case)
    assert account.documents == (a_bill(OCTOBER),)
    send_by_hand(town, case, "Вот квитанция.", account.documents)
    assert [one["To"] for one in sent(town) if papers(one)] == [ANNA]


@pytest.mark.parametrize(
    "content",
    [
        letter(f"{COPY}, л/с {OWN}, Кошкина Анна", sender=EVIL, headers=EVIL_PASS),
        letter(COPY, headers=f"{PASS}Reply-To: {EVIL}\n"),
    ],
    ids=["a stranger", "Reply-To elsewhere"],
)
def test_a_strangers_case_offers_no_paper_and_takes_none(town: House, content: str) -> None:
    case = town.receive(content)
    account, shown = proposal_of(town, case)
    assert (account.documents, shown.documents) == ((), ())
    with pytest.raises(RequestRefused, match="Документы к ответу приложить нельзя"):
        send_by_hand(town, case, "Вот квитанция.", (a_bill(OCTOBER),))
    assert all(papers(one) == {} for one in sent(town))


def test_a_neighbours_paper_cannot_be_enclosed(town: House) -> None:
    case = town.receive(letter("Пришлите квитанции за последние три месяца"))
    with pytest.raises(RequestRefused, match=f"{NEIGHBOURS} не записан за этим адресом"):
        send_by_hand(town, case, "Вот.", (replace(a_bill(OCTOBER), account=NEIGHBOURS),))


def test_a_month_that_is_not_charged_leaves_nothing_to_enclose(town: House) -> None:
    case = town.receive(letter("Пришлите квитанцию за август"))
    account, shown = proposal_of(town, case)
    assert (account.documents, shown.documents) == ((), ())
    assert "В приложенных файлах" not in shown.text
