"""The mail of a bill: a short letter, the payment code as a picture in it, and the bill itself as a PDF beside it.

It answers no letter and has no case; the same bill gives the same bytes, so a sending cut off goes on to no other.
"""

from __future__ import annotations

from datetime import datetime

from mailbot.composing.message.message_bytes import AttachedFile, Header, InlineImage, build_message
from mailbot.composing.message.message_ids import bill_message_id
from mailbot.composing.message.recipient import NoRecipient, to_ascii_address
from mailbot.composing.message.standing_headers import own_headers
from mailbot.composing.message.unsolicited_headers import UNSOLICITED_HEADERS
from mailbot.composing.templates.loaded_templates import BILL, MailTemplates
from mailbot.composing.views.bill_view import bill_title, build_bill_view
from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.bill.bill import Bill

PDF = "application/pdf"


def compose_bill(
    bill: Bill,
    pdf: bytes,
    qr_png: bytes | None,
    templates: MailTemplates,
    *,
    to: str,
    now: datetime,
    again: int = 0,
) -> OutgoingLetter:
    """The letter that brings the bill to `to`; the caller has made sure that it is the client's own address.

    `now` (aware) becomes its Date. `qr_png`: the payment code, None where nothing is to be paid. `again` counts the
    copies sent besides the first: each has its own Message-ID. A bill cannot be unsubscribed from: it is owed
    (ПП 354 п. 69), so there is no List-Unsubscribe. NoRecipient where SMTP would not take the address.
    """
    recipient = to_ascii_address(to)
    if recipient is None:
        raise NoRecipient(f"На адрес «{to}» письмо отправить нельзя: проверьте его.")
    id = bill_message_id(bill.account.number, bill.month, again, templates.domain)
    picture = InlineImage(f"qr.{id.strip('<>')}", qr_png) if qr_png is not None else None
    view = build_bill_view(bill, f"cid:{picture.content_id}" if picture else "", again=again > 0)
    rendered = templates.render(BILL, view)
    headers: tuple[Header, ...] = (
        *own_headers(
            templates.channels, templates.zone, to=recipient, subject=rendered.subject, id=id, at=now
        ),
        *UNSOLICITED_HEADERS,
    )
    attached = (AttachedFile(bill_file_name(bill), PDF, pdf),)
    pictures = () if picture is None else (picture,)
    content = build_message(headers, rendered.text, rendered.html, id, pictures=pictures, attached=attached)
    return OutgoingLetter(LetterPurpose.BILL, BILL, recipient, rendered.subject, id, rendered.text, content)


def bill_file_name(bill: Bill) -> str:
    """«Квитанция 2026-10, л-с 4710325.pdf»."""
    return f"{bill_title(bill)} {bill.month}, л-с {bill.account.number}.pdf"
