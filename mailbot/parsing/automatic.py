"""Signs that no person wrote the letter: RFC 3834 2, RFC 3464, RFC 2919, RFC 2369, and custom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from mailbot.model import AutomaticReason, AutomaticSign
from mailbot.parsing.headers import text_of

_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|no-?_?\.?reply|do-?_?not-?_?reply|noreply.*|bounces?(?:[-+].*)?"
    r"|.*[-_.]noreply|.*[-_.]no-reply|.*-bounces?|listserv|majordomo)@",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W*+(?:(?:re|fwd?|отв)\W++)*+(?:автоматический ответ|автоответ(?:чик)?(?=\W*$|\s*[:\-–—«\"(])|автоматическое уведомление"
    r"|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|generated)|auto:|autoreply"
    r"|undeliver(?:ed|able)|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|failure|system)"
    r"|returned mail|failure notice|недоставленное сообщение|не удалось доставить (?:ваше )?(?:сообщение|письмо)"
    r"|(?:ваше )?(?:сообщение|письмо) не доставлено|abwesen)",
    re.IGNORECASE,
)
_ABSENT_SUBJECT = re.compile(
    r"^\W*+(?:(?:re|fwd?|отв)\W++)*+(?:vacation|(?:я )?(?:нахожусь )?в (?:отпуске|командировке)|нет на (?:работе|рабочем месте))",
    re.IGNORECASE,
)
"""These words open a client's letter, too: they count only where nothing else is said."""

_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice|недоставлен|не удалось доставить"
    r"|не доставлено",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^\W*(?:(?:здравствуйте|добрый день|hello|hi|dear \w+|thank you for your (?:e-?mail|message|letter)|спасибо за (?:ваше )?письмо"
    r"|благодар\w+ (?:вас )?за (?:ваше )?(?:письмо|обращение))[\W]+)*(?:я |сейчас я |в настоящее время я? ?|i am |i'm |i will be )?"
    r"(?:(?:сейчас )?(?:нахожусь|буду) в (?:отпуске|командировке)|в отпуске (?:до|с|по)|отсутствую на (?:работе|рабочем месте)"
    r"|(?:currently )?(?:out of (?:the )?office|on vacation|away from))",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    r"^\W*(?:(?:здравствуйте|добрый день|уважаем\w+ \w+|hello|hi)\W+)?(?:автоответ(?:чик)?\s*[.:!\n\-–—]"
    r"|(?:это|вас приветствует|вам отвечает)\W{1,3}(?:автоматическ\w+ (?:ответ|сообщение|письмо|уведомление)|автоответчик|почтовый робот)"
    r"|(?:данное|это|настоящее) (?:письмо|сообщение|уведомление) (?:было )?(?:создано|сформировано|отправлено|составлено) автоматически"
    r"|this is an auto(?:mated|matic)(?:ally generated)? (?:reply|response|message|e-?mail))",
    re.IGNORECASE,
)
"""The text itself says that a machine wrote it, in its first sentence."""

_MATTER = re.compile(
    r"показани|лицев|л/с|\bлс\b|счётчик|счетчик|батаре|отоплен|гкал|перерасч|прошу(?! (?:вас )?(?:обращ|писать|звонить|связ|направ))"
    r"|\bгвс\b|квитанц|\?|холод|тепл|т[её]пл"
    r"|\bвод[аыуе]\b|начисл|оплат|долг|жалоб|авари|течь|теч[её]т|прорв|почему|\bкв\.? ?\d|\bсч[её]т",
    re.IGNORECASE,
)


def signs(message: Message, sender: str, subject: str, text: str) -> tuple[AutomaticSign, ...]:
    """Every sign found, each with the header or words that show it."""
    found = (*_header_signs(message), *_bounce_signs(message), *_word_signs(sender, subject, text))
    return tuple(dict.fromkeys((*found, *(_supporting_signs(message) if found else ()))))


def _supporting_signs(message: Message) -> Iterator[AutomaticSign]:
    """Headers that stand in people's letters as well (Exchange sets the first), and so only support others."""
    if value := text_of(message, "X-Auto-Response-Suppress"):
        yield _sign(AutomaticReason.AUTOREPLY_HEADER, "X-Auto-Response-Suppress", value)
    if value := text_of(message, "Feedback-ID"):
        yield _sign(AutomaticReason.NEWSLETTER, "Feedback-ID", value)


def _header_signs(message: Message) -> Iterator[AutomaticSign]:
    submitted = text_of(message, "Auto-Submitted")
    if submitted and submitted.split(";")[0].strip().lower() != "no":
        yield _sign(AutomaticReason.AUTO_SUBMITTED, "Auto-Submitted", submitted)
    for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder", "X-POST-MessageClass"):
        if value := text_of(message, name):
            yield _sign(AutomaticReason.AUTOREPLY_HEADER, name, value)
    precedence = text_of(message, "Precedence").lower()
    if re.match(r"(?:bulk|list|junk|auto_reply)\b", precedence):
        yield _sign(AutomaticReason.PRECEDENCE, "Precedence", precedence)
    for name in ("List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere"):
        if value := text_of(message, name):
            yield _sign(AutomaticReason.MAILING_LIST, name, value)
    if value := text_of(message, "List-Unsubscribe"):
        yield _sign(AutomaticReason.NEWSLETTER, "List-Unsubscribe", value)


def _bounce_signs(message: Message) -> Iterator[AutomaticSign]:
    """An empty Return-Path marks what must not be answered at all (RFC 5321 4.5.5)."""
    if value := text_of(message, "X-Failed-Recipients"):
        yield _sign(AutomaticReason.BOUNCE, "X-Failed-Recipients", value)
    paths = message.get_all("Return-Path") or []
    if any(str(path).strip() == "<>" for path in paths):
        yield _sign(AutomaticReason.BOUNCE, "Return-Path", "<>")
    if message.get_content_type() == "multipart/report":
        kind = str(message.get_param("report-type") or "report")
        reason = (
            AutomaticReason.AUTO_SUBMITTED if kind == "disposition-notification" else AutomaticReason.BOUNCE
        )
        yield _sign(reason, "Content-Type", f"multipart/report; {kind}")
    for part in (message, *_parts(message)):
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            yield _sign(AutomaticReason.BOUNCE, "Content-Type", part.get_content_type())
            break


def _parts(message: Message) -> Iterator[Message]:
    children = message.get_payload()
    for child in children[:20] if isinstance(children, list) else ():
        if isinstance(child, Message):
            yield child


def _word_signs(sender: str, subject: str, text: str) -> Iterator[AutomaticSign]:
    if _DAEMON.match(sender):
        yield _sign(AutomaticReason.DAEMON_SENDER, "From", sender)
    if match := _SUBJECT.match(subject):
        bounce = _BOUNCE_SUBJECT.search(match[0]) is not None
        reason = AutomaticReason.BOUNCE if bounce else AutomaticReason.AUTOREPLY_WORDS
        yield _sign(reason, "тема", match[0].strip())
    elif _MATTER.search(subject) or _MATTER.search(text):
        return
    elif absent := _ABSENT_SUBJECT.match(subject):
        yield _sign(AutomaticReason.AUTOREPLY_WORDS, "тема", absent[0].strip())
    elif absent := _ABSENCE.match(text[:1000]) or _SAYS_SO.match(text[:1000]):
        yield _sign(AutomaticReason.AUTOREPLY_WORDS, "текст", " ".join(absent[0].split())[-80:])


def _sign(reason: AutomaticReason, where: str, value: str) -> AutomaticSign:
    return AutomaticSign(reason, f"{where}: {value}"[:200])
