"""The letter that tells a member of staff of an emergency."""

from __future__ import annotations

from datetime import datetime

from mailbot.composing.message.message_bytes import build_message
from mailbot.composing.message.message_ids import alarm_message_id
from mailbot.composing.message.recipient import NoRecipient, to_ascii_address
from mailbot.composing.message.standing_headers import own_headers
from mailbot.composing.message.unsolicited_headers import UNSOLICITED_HEADERS
from mailbot.composing.templates.loaded_templates import ALARM, MailTemplates
from mailbot.composing.views.alarm_view import build_alarm_view
from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.case.emergency import Emergency


def compose_alarm(
    emergency: Emergency, topic: str, templates: MailTemplates, *, to: str, address: str, now: datetime
) -> OutgoingLetter:
    """The letter to `to`, a person of `rules/alarm.toml`. `topic` is the title of the emergency's topic.

    `address` is where the pages are reached, empty for no link. NoRecipient where SMTP would not take `to`.
    """
    recipient = to_ascii_address(to)
    if recipient is None:
        raise NoRecipient(f"На адрес «{to}» письмо отправить нельзя: проверьте rules/alarm.toml.")
    id = alarm_message_id(emergency, recipient, templates.domain)
    rendered = templates.render(
        ALARM, build_alarm_view(emergency, topic, address, templates.channels, templates.zone)
    )
    own = own_headers(
        templates.channels, templates.zone, to=recipient, subject=rendered.subject, id=id, at=now
    )
    urgent = (("Importance", "high"), ("X-Priority", "1"))  # a phone rings for these at night, too
    content = build_message((*own, *UNSOLICITED_HEADERS, *urgent), rendered.text, rendered.html, id)
    return OutgoingLetter(
        LetterPurpose.WARNING, ALARM, recipient, rendered.subject, id, rendered.text, content
    )
