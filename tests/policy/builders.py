"""Letters, facts and a small rulebook, built by hand: only what a test says differs from a plain letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from mailbot.model import (
    AbuseKind,
    Address,
    Attachment,
    AttachmentText,
    AutomaticReason,
    AutomaticSign,
    CaseContext,
    Certainty,
    Contacts,
    EarlierCase,
    ExtractedValue,
    Facts,
    Judgement,
    Letter,
    LetterDamage,
    LetterKind,
    LetterPart,
    Reading,
    Resource,
    Rulebook,
    Segment,
    SegmentRole,
    SignWeight,
    SourceFile,
    Unit,
)
from mailbot.policy import load_rulebook
from mailbot.policy.rulebook.trained_models.classifier_file import EMPTY, FILE, classifier_text
from mailbot.understanding.names.name_parts import holds_surname

NOW = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Chaikovsky
RULES = Path(__file__).parents[2] / "rules"
OWN = ("standard", "ignore", "no_reply", "deadlines", "limits")

TOPICS = """
[[topic]]
name = "burst"
title = "прорыв трубы"
kind = "complaint"
deadline = "emergency"
priority = "emergency"
emergency = true
patterns = ['прорва\\w*']

[[topic]]
name = "cold_radiators"
title = "холодные батареи"
kind = "complaint"
deadline = "complaint"
priority = "high"
emergency = false
patterns = ['холодн\\w+ батаре\\w*']

[[topic]]
name = "payment_ways"
title = "способы оплаты"
kind = "question"
deadline = "question"
priority = "normal"
emergency = false
patterns = ['как оплатить']

[[topic]]
name = "e_bill"
title = "электронная квитанция"
kind = "question"
deadline = "question"
priority = "normal"
emergency = false
patterns = ['электронн\\w+ квитанци\\w*']

[[topic]]
name = "penalty"
title = "пени"
kind = "question"
deadline = "charge"
priority = "normal"
emergency = false
patterns = ['пен[ияюей]+']
"""

ANSWERS = "".join(
    f'[[answer]]\nname = "{name}"\nwhen = "{when}"\ntemplate = "{template}"\n'
    f'authority = "act"\non_substance = {on_substance}\n\n'
    for name, when, template, on_substance in (
        ("emergency", "emergency", "emergency_received", "false"),
        ("reading-accepted", "reading:accepted", "reading_accepted", "true"),
        ("reading-refused", "reading:refused", "reading_refused", "false"),
        ("payment-ways", "topic:payment_ways", "payment_ways", "true"),
        ("e-bill", "topic:e_bill", "e_bill", "false"),
        ("complaint-received", "kind:complaint", "complaint_received", "false"),
        ("question-received", "kind:question", "question_received", "false"),
    )
)

CHANNELS = """
confirmed = true
company = "ООО «ЭкоСтрой»"
signature = "С уважением"
mail = "8666@bk.ru"
own_addresses = ["8666@bk.ru", "Office@Example.ru"]
office = "ул. Солнечная, 1/5"
office_hours = "с 8 до 17"
phones = ["8 (34241) 0-00-00"]
emergency_phone = "8 (34241) 0-00-00"
site = "сайт"
cabinet = "кабинет"
reading_days = "до 25-го числа"
payment_ways = ["в офисе"]
days = [1, 2, 3, 4, 5]
opens = 08:00:00
closes = 17:00:00
time_zone = "Asia/Yekaterinburg"
"""


def rule_sources(**replaced: str) -> tuple[SourceFile, ...]:
    """The rule files that are this room's, small stand-ins for the others, each replaceable by name."""
    texts = {name: (RULES / f"{name}.toml").read_text(encoding="utf-8") for name in OWN}
    texts |= {"topics": TOPICS, "answers": ANSWERS, "channels": CHANNELS} | replaced
    files = [SourceFile(f"rules/{name}.toml", text) for name, text in texts.items()]
    files.append(SourceFile(f"rules/{FILE}", classifier_text(EMPTY)))
    return (*files, SourceFile("rules/words/thanks.txt", "# спасибо\nспасибо\n\nблагодар\\w+\n"))


def small_rulebook(**replaced: str) -> Rulebook:
    return load_rulebook(rule_sources(**replaced))


YES, NO, DOUBT = (
    Judgement(Certainty.YES, "да"),
    Judgement(Certainty.NO, "нет"),
    Judgement(Certainty.DOUBT, "неясно"),
)


def part(name: str, text: str, role: SegmentRole = SegmentRole.WRITTEN) -> LetterPart:
    return LetterPart(name, text, (Segment(0, len(text), role),) if text else ())


def a_letter(
    body: str = "Здравствуйте!",
    *,
    subject: str = "",
    sender: str = "ivanova@mail.ru",
    automatic: tuple[AutomaticReason, ...] = (),
    weak: tuple[AutomaticReason, ...] = (),
    damage: tuple[LetterDamage, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    role: SegmentRole = SegmentRole.WRITTEN,
    authentication: tuple[str, ...] = (),
) -> Letter:
    return Letter(
        message_id="<1@mail.ru>",
        from_=Address("", sender),
        reply_to=(),
        to=(Address("", "8666@bk.ru"),),
        cc=(),
        sent_at=None,
        in_reply_to=(),
        references=(),
        parts=(part("subject", subject), part("body", body, role)),
        html="",
        attachments=attachments,
        automatic=signs_of(automatic, weak),
        damage=damage,
        authentication_results=authentication,
        received_at=NOW,
    )


def signs_of(
    strong: tuple[AutomaticReason, ...], weak: tuple[AutomaticReason, ...] = ()
) -> tuple[AutomaticSign, ...]:
    """Signs of these reasons, each in a place of its own."""
    return (
        *(AutomaticSign(reason, SignWeight.STRONG, reason.value, "1") for reason in strong),
        *(AutomaticSign(reason, SignWeight.WEAK, reason.value, "1") for reason in weak),
    )


def an_attachment(text: AttachmentText, filename: str = "документ.pdf") -> Attachment:
    return Attachment(1, filename, "application/octet-stream", b"", text)


def facts_of(
    *kinds: LetterKind,
    sure: float = 0.9,
    topics: tuple[str, ...] = (),
    urgent: tuple[str, ...] = (),
    readings: tuple[Reading, ...] = (),
    contacts: Contacts | None = None,
    abuse: tuple[ExtractedValue[AbuseKind], ...] = (),
    substance: Judgement = YES,
    readable: Judgement = YES,
    client: Judgement = YES,
    arguments: tuple[ExtractedValue[str], ...] = (),
    remainder: tuple[str, ...] = (),
) -> Facts:
    """Facts of a readable client's letter with an account; `sure` is the confidence of kinds and topics."""
    return Facts(
        kinds=tuple(ExtractedValue(kind, (), sure) for kind in kinds or (LetterKind.QUESTION,)),
        topics=tuple(ExtractedValue(topic, (), sure) for topic in topics),
        urgent=tuple(ExtractedValue(topic, (), sure) for topic in urgent),
        readings=readings,
        contacts=ACCOUNT if contacts is None else contacts,
        abuse=abuse,
        substance=substance,
        readable=readable,
        client=client,
        arguments=arguments,
        remainder=tuple(ExtractedValue(words, ()) for words in remainder),
    )


def contacts_of(
    *, name: str = "", account: str = "", phone: str = "", address: str = "", sure: float = 1.0
) -> Contacts:
    def found(value: str) -> tuple[ExtractedValue[str], ...]:
        return (ExtractedValue(value, (), sure),) if value else ()

    surnames = found(name) if holds_surname(name) else ()
    return Contacts(found(name), found(account), found(phone), found(address), surnames)


ACCOUNT = contacts_of(account="1234567")
NOBODY = Contacts()


def a_reading(
    value: str = "123.4",
    *,
    account: str | None = "1234567",
    meter: str | None = None,
    resource: Resource | None = Resource.HOT_WATER,
    unit: Unit | None = Unit.M3,
    sure: float = 0.9,
    place: str = "",
) -> Reading:
    return Reading(Decimal(value), account, meter, resource, unit, (), sure, place)


def context_of(**fields: object) -> CaseContext:
    return CaseContext(**({"number": "26-000002", "register_known": True} | fields))  # type: ignore[arg-type]  # a test's own words


def answered(
    text: str, answer: str, *, topics: tuple[str, ...] = (), arguments: tuple[str, ...] = ()
) -> CaseContext:
    """The context of a sender whose earlier letter `text` was answered by `answer`."""
    before = NOW - timedelta(days=16)
    case = EarlierCase("26-000001", before, topics, text, True, before + timedelta(days=1), answer, arguments)
    return context_of(earlier=(case,))
