"""The mail of a report: the figures and charts in it, the paper and the workbook beside it; and warnings of deadlines.

They answer no letter and have no case. The same report to the same reader gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.composing.message.message_bytes import AttachedFile, Header, InlineImage, build_message
from mailbot.composing.message.message_ids import report_message_id, warning_message_id
from mailbot.composing.message.recipient import NoRecipient, to_ascii_address
from mailbot.composing.message.standing_headers import own_headers
from mailbot.composing.message.unsolicited_headers import UNSOLICITED_HEADERS
from mailbot.composing.templates.loaded_templates import REPORT, WARNING, MailTemplates
from mailbot.composing.views.report_view import build_report_view
from mailbot.composing.views.warning_view import build_warning_view
from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.case.due_case import DueCase
from mailbot.model.report.report import Report
from mailbot.wording.report.tables.all_tables import title

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def compose_report(
    report: Report,
    templates: MailTemplates,
    *,
    to: str,
    charts: Sequence[tuple[str, bytes]],
    pdf: bytes,
    xlsx: bytes,
    address: str,
    now: datetime,
    again: int = 0,
) -> OutgoingLetter:
    """The letter that brings the report to `to`, a reader of `rules/reports.toml`.

    `charts` are (key, PNG) each. `address` is where the pages stand («https://mail.example»); empty: no links. `now`
    (aware) becomes its Date. `again` counts the copies sent besides the first, each with its own Message-ID.
    NoRecipient where SMTP would not take the address.
    """
    recipient = _recipient(to)
    id = report_message_id(report.period, recipient, again, templates.domain)
    pictures = [(key, InlineImage(f"{key}.{id.strip('<>')}", png)) for key, png in charts]
    shown = [(key, f"cid:{image.content_id}", image.png) for key, image in pictures]
    rendered = templates.render(REPORT, build_report_view(report, shown, address, templates.channels))
    name = title(report)
    content = build_message(
        _headers(templates, recipient, rendered.subject, id, now),
        rendered.text,
        rendered.html,
        id,
        pictures=[image for _, image in pictures],
        attached=(AttachedFile(f"{name}.pdf", PDF, pdf), AttachedFile(f"{name}.xlsx", XLSX, xlsx)),
    )
    return OutgoingLetter(
        LetterPurpose.REPORT, REPORT, recipient, rendered.subject, id, rendered.text, content
    )


def compose_warning(
    cases: Sequence[DueCase], templates: MailTemplates, *, to: str, address: str, now: datetime
) -> OutgoingLetter:
    """The letter about deadlines that have passed or are near; ValueError where there is no case to tell of.

    `address` and `now` are as above: how late a case is, is reckoned from `now`.
    """
    recipient = _recipient(to)
    id = warning_message_id(cases, recipient, templates.domain)
    rendered = templates.render(
        WARNING, build_warning_view(cases, address, templates.channels, templates.zone, now)
    )
    headers = _headers(templates, recipient, rendered.subject, id, now)
    content = build_message(headers, rendered.text, rendered.html, id)
    return OutgoingLetter(
        LetterPurpose.WARNING, WARNING, recipient, rendered.subject, id, rendered.text, content
    )


def _recipient(to: str) -> str:
    recipient = to_ascii_address(to)
    if recipient is None:
        raise NoRecipient(f"На адрес «{to}» письмо отправить нельзя: проверьте rules/reports.toml.")
    return recipient


def _headers(templates: MailTemplates, to: str, subject: str, id: str, at: datetime) -> tuple[Header, ...]:
    own = own_headers(templates.channels, templates.zone, to=to, subject=subject, id=id, at=at)
    return (*own, *UNSOLICITED_HEADERS)
