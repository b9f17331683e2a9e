"""Signs that no person wrote the letter, each with its weight: RFC 3834 2, RFC 3464, RFC 2919, RFC 5546, and custom.

Strong signs are set by programs alone. Weak ones are met with in people's letters: a form mailer sends with an empty
return path, a client answers under a bounce's subject, a notary writes from `noreply@`. What follows from them, policy says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from mailbot.model import AutomaticReason, AutomaticSign, LetterPart, SegmentRole, SignWeight
from mailbot.parsing.automatic_mail import notice_wording
from mailbot.parsing.automatic_mail.delivery_report import (
    STATUS,
    decoded_text,
    failed_in_text,
    failed_recipients,
    first_text,
    kind_of,
    parts_of,
)
from mailbot.parsing.automatic_mail.program_phrases import find_program_wording
from mailbot.parsing.headers.header_values import text_of
from mailbot.parsing.text_repair.keyboard_layout import retyped
from mailbot.parsing.text_repair.transliteration import in_cyrillic

_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|no-?_?\.?reply|do-?_?not-?_?reply|noreply.*|bounces?(?:[-+].*)?"
    r"|.*[-_.]noreply|.*[-_.]no-reply|.*-bounces?|listserv|majordomo)@",
    re.IGNORECASE,
)
_CALENDAR_REPLY = re.compile(r"^METHOD:\s*REPLY\s*$", re.IGNORECASE | re.MULTILINE)
_MASS = re.compile(r"(?:bulk|list|junk|auto_reply)\b")
_RESPONDERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Reply",
    "X-Autoresponder",
    "X-POST-MessageClass",
    "X-Loop",
)
_LISTS = ("List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere")
_REPORTED = STATUS | {
    "message/disposition-notification", "message/feedback-report", "text/rfc822-headers", "message/rfc822"
}  # fmt: skip
_NOT = frozenset({"no", "none", "false", "0"})


def find_automatic_signs(
    message: Message, sender: str, subject: LetterPart, body: LetterPart
) -> tuple[AutomaticSign, ...]:
    """Every sign found, each with the header or words that show it."""
    signs = (
        *_header_signs(message),
        *_list_signs(message),
        *_report_signs(message, sender),
        *_subject_signs(subject),
        *_text_signs(subject, body),
    )
    if sender and _DAEMON.match(sender):
        signs = (*signs, _weak(AutomaticReason.DAEMON_SENDER, "From", sender))
    told = any(sign.reason is AutomaticReason.AUTOREPLY_WORDS for sign in signs)
    if not told and any(sign.weight is SignWeight.STRONG for sign in signs):
        signs = (*signs, *_notice_signs(subject, body))
    return tuple(dict.fromkeys((*signs, *(_supporting_signs(message) if signs else ()))))


def _notice_signs(subject: LetterPart, body: LetterPart) -> Iterator[AutomaticSign]:
    """Words of absence or receipt beside whatever else: they support a header, and prove nothing without one."""
    if words := notice_wording.find_mail_notice(f"{subject.text}\n{body.view(SegmentRole.WRITTEN)}"):
        yield _weak(AutomaticReason.NOTICE_WORDS, "текст", words)


def _supporting_signs(message: Message) -> Iterator[AutomaticSign]:
    """Headers that stand in people's letters as well (Exchange sets the first), and so only support others."""
    if text_of(message, "X-Auto-Response-Suppress").lower() == "all":
        yield _weak(AutomaticReason.AUTOREPLY_HEADER, "X-Auto-Response-Suppress", "All")
    if value := text_of(message, "Feedback-ID"):
        yield _weak(AutomaticReason.NEWSLETTER, "Feedback-ID", value)


def _header_signs(message: Message) -> Iterator[AutomaticSign]:
    submitted = text_of(message, "Auto-Submitted")
    if submitted and submitted.split(";")[0].strip().lower() != "no":
        yield _strong(AutomaticReason.AUTO_SUBMITTED, "Auto-Submitted", submitted)
    for name in _RESPONDERS:
        if (value := text_of(message, name)) and value.lower() not in _NOT:
            yield _weak(AutomaticReason.AUTOREPLY_HEADER, name, value)
            break  # one program sets several of them: together they are one sign
    paths = message.get_all("Return-Path") or []
    if any(str(path).strip() == "<>" for path in paths):
        yield _weak(AutomaticReason.BOUNCE, "Return-Path", "<>")
    if any(_replies_to_an_invitation(part) for part in parts_of(message)):
        yield _strong(AutomaticReason.CALENDAR_REPLY, "Content-Type", "text/calendar; method=REPLY")


def _replies_to_an_invitation(part: Message) -> bool:
    """RFC 5546 3.2.3: somebody accepts or declines. An invitation (REQUEST) is a letter of its sender's."""
    if kind_of(part) != "text/calendar":
        return False
    if method := _parameter(part, "method"):
        return method == "reply"
    return _CALENDAR_REPLY.search(decoded_text(part)) is not None


def _parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name) or "").strip().lower()
    except Exception:  # a header that the library cannot read names nothing
        return ""


def _list_signs(message: Message) -> Iterator[AutomaticSign]:
    """A list names itself (RFC 2919); «unsubscribe» and «bulk» alone are set by programs of organisations, too."""
    precedence = text_of(message, "Precedence").lower()
    mass = _MASS.match(precedence) is not None
    unsubscribe = text_of(message, "List-Unsubscribe")
    if mass:
        weight = SignWeight.STRONG if unsubscribe else SignWeight.WEAK
        yield AutomaticSign(AutomaticReason.PRECEDENCE, weight, "Precedence", precedence)
    for name in _LISTS:
        if value := text_of(message, name):
            yield _strong(AutomaticReason.MAILING_LIST, name, value)
    if unsubscribe:
        weight = SignWeight.STRONG if mass else SignWeight.WEAK
        yield AutomaticSign(AutomaticReason.NEWSLETTER, weight, "List-Unsubscribe", unsubscribe)


def _report_signs(message: Message, sender: str) -> Iterator[AutomaticSign]:
    """RFC 6522: a report has its parts. Servers that write no report begin with a sentence and a list of addresses."""
    failed = failed_recipients(message)
    types = {kind_of(part) for part in parts_of(message)}
    if kind_of(message) == "multipart/report":
        kind = _parameter(message, "report-type") or "report"
        receipt = kind == "disposition-notification"
        reason = AutomaticReason.AUTO_SUBMITTED if receipt else AutomaticReason.BOUNCE
        weight = SignWeight.STRONG if types & _REPORTED else SignWeight.WEAK
        yield AutomaticSign(reason, weight, "Content-Type", f"multipart/report; {kind}")
    elif status := next(iter(types & STATUS), ""):
        yield _weak(AutomaticReason.BOUNCE, "Content-Type", status)
    if failed:
        yield _weak(AutomaticReason.BOUNCE, "X-Failed-Recipients", ", ".join(failed))
    no_path = "<>" in (str(path).strip() for path in message.get_all("Return-Path") or [])
    from_a_server = bool(failed) or no_path or _DAEMON.match(sender) is not None
    if from_a_server and (returned := failed_in_text(first_text(message))):
        yield _strong(AutomaticReason.BOUNCE, "текст", f"письмо не доставлено: {', '.join(returned[:3])}")


def _subject_signs(subject: LetterPart) -> Iterator[AutomaticSign]:
    """Read as it came, as it was repaired, and as it would read in Cyrillic: «Auto: otpusk» is lost by spelling it anew."""
    came = subject.as_came
    for text in dict.fromkeys((came, subject.text, in_cyrillic(came[:500]), retyped(came[:500]))):
        if opening := notice_wording.bounce_subject(text):
            yield _weak(AutomaticReason.BOUNCE, "тема", opening)
            return
        if opening := notice_wording.automatic_subject(text):
            yield _weak(AutomaticReason.AUTOREPLY_WORDS, "тема", opening)
            return


def _text_signs(subject: LetterPart, body: LetterPart) -> Iterator[AutomaticSign]:
    """Words of absence and receipt: the whole letter, what only a program would word so, or the beginning where no word
    is of a client's business."""
    titles = dict.fromkeys((subject.text, subject.as_came))
    texts = dict.fromkeys((body.view(SegmentRole.WRITTEN), *((body.as_came,) if body.repair else ())))
    for shown in (notice_wording.find_bare_notice(title, text) for title in titles for text in texts):
        if shown:
            yield _strong(AutomaticReason.AUTOREPLY_WORDS, "текст", f"только уведомление: {shown}")
            return
    away = map(notice_wording.find_absence_with_contact, texts)
    business = any(notice_wording.speaks_of_business(title, text) for title in titles for text in texts)
    bare = () if business else map(notice_wording.find_opening_absence, texts)
    if not business and (opening := next(filter(None, map(notice_wording.absent_subject, titles)), "")):
        yield _weak(AutomaticReason.AUTOREPLY_WORDS, "тема", opening)
    if opening := next(filter(None, (*away, *bare)), ""):
        yield _weak(AutomaticReason.AUTOREPLY_WORDS, "текст", opening)
    elif worded := next(filter(None, map(find_program_wording, texts)), ""):
        yield _weak(AutomaticReason.PROGRAM_WORDS, "текст", worded)


def _strong(reason: AutomaticReason, where: str, value: str) -> AutomaticSign:
    return AutomaticSign(reason, SignWeight.STRONG, where, value)


def _weak(reason: AutomaticReason, where: str, value: str) -> AutomaticSign:
    return AutomaticSign(reason, SignWeight.WEAK, where, value)
