"""What a mail server reports of a letter that did not arrive: RFC 3464, and texts of servers that write no such report."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message

from mailbot.model import DeliveryReport
from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.headers.mailbox_addresses import parse_addresses
from mailbot.parsing.limits.letter_limits import PARTS, cap_message
from mailbot.parsing.mime.mime_tree import read_message

SEARCHED = 512_000
"""Characters of a report that are looked at: it quotes our headers, then perhaps our whole letter."""

HEAD = 6_000
"""Characters in which the server's own words end, and the letter that it returns begins."""

STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})

_FIELD = re.compile(
    r"^(final-recipient|original-recipient|action|status)[ \t]*:[ \t]*(.*)$", re.IGNORECASE | re.MULTILINE
)
_FAILED_ACTION = re.compile(r"^action[ \t]*:[ \t]*failed", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(r"\n[ \t]+")
_BLOCK = re.compile(r"\n{2,}")
_ADDRESS = re.compile(r"[^\s<>@:;,()\"]{1,64}@[^\s<>@:;,()\"]{1,255}")
_FAILED = re.compile(
    r"could(?: not|n'?t) be delivered|was(?: not|n'?t) able to deliver|was(?: not|n'?t) delivered|unable to deliver"
    r"|delivery(?: to the following recipients?)?(?: has)? failed|undeliver(?:able|ed)|address(?:\(es\))? failed"
    r"|не (?:может|могло|смогло) быть (?:доставлено|отправлено)|не (?:было |был[аи]? )?доставлен[оа]?\b"
    r"|не удалось (?:доставить|отправить)|невозможно доставить|доставка [^\n]{0,80}не выполнена",
    re.IGNORECASE,
)
_WILL_RETRY = re.compile(
    r"not yet been delivered|attempts will continue|will (?:be retried|keep trying|retry|continue trying)"
    r"|you do not need to resend|попытки доставки будут|повторит попытку|будет повторять попытки",
    re.IGNORECASE,
)
_ADDRESS_LINE = re.compile(
    r"^[ \t>]*<?([^\s<>@:;,()\"]{1,64}@[^\s<>@:;,()\"]{1,255})>?[ \t]*(?:$|[:(]|[-–—] )", re.MULTILINE
)
_COPY = re.compile(
    r"copy of (?:the|your) (?:original )?message|original message (?:headers|follows)|-{3,} ?original message"
    r"|исходное (?:сообщение|письмо)|копия (?:вашего |исходного )?(?:сообщения|письма)|returned message",
    re.IGNORECASE,
)


def delivery_report(content: bytes) -> DeliveryReport | None:
    """What did not arrive, for good; None for any other letter, and for a notice that delivery is only delayed (2.3.3).

    It rests on structure alone: fields of a `message/delivery-status`, or the sentence and the list of addresses with
    which known servers begin. Whether a server wrote it is not asked here.
    """
    message, _ = read_message(cap_message(content)[0])
    status = status_of(message)
    recipients = _failed_in(status) if status else failed_in_text(first_text(message))
    if not recipients and not _FAILED_ACTION.search(status):
        return None
    return DeliveryReport(recipients, "\n".join(_quoted(message, content))[: 2 * SEARCHED])


def status_of(message: Message) -> str:
    """The fields of a `message/delivery-status` part, transfer encoding undone; empty where there is none."""
    for part in parts_of(message):
        if kind_of(part) in STATUS:
            return decoded_text(part)
    return ""


def failed_in_text(text: str) -> tuple[str, ...]:
    """The addresses that a server's own words say could not be reached; empty where they say no such thing."""
    head = text[:HEAD]
    if copy := _COPY.search(head):
        head = head[: copy.start()]
    if not _FAILED.search(" ".join(head.split())) or _WILL_RETRY.search(" ".join(head.split())):
        return ()
    return tuple(dict.fromkeys(match[1].lower().strip(".") for match in _ADDRESS_LINE.finditer(head)))


def parts_of(message: Message) -> Iterator[Message]:
    """The parts of a letter, not those of letters within it; at most so many."""
    waiting, seen = [message], 0
    while waiting and seen < PARTS:
        part, seen = waiting.pop(0), seen + 1
        yield part
        children = part.get_payload()
        if kind_of(part).startswith("multipart/") and isinstance(children, list):
            waiting += [child for child in children if isinstance(child, Message)]


def kind_of(part: Message) -> str:
    """The media type in lower case; a header that the library cannot read names none."""
    try:
        return part.get_content_type().lower()
    except Exception:
        return ""


def first_text(message: Message) -> str:
    """The words of the first part in plain text."""
    plain = (part for part in parts_of(message) if kind_of(part) == "text/plain")
    return next(map(decoded_text, plain), "")


def _failed_in(status: str) -> tuple[str, ...]:
    """The recipients of a delivery status whose action is `failed`, or whose status is permanent where none is given."""
    recipients: list[str] = []
    for block in _BLOCK.split(_FOLD.sub(" ", status)):
        fields = [(name.lower(), value) for name, value in _FIELD.findall(block)]
        action = next((value for name, value in fields if name == "action"), "").strip().lower()
        code = next((value for name, value in fields if name == "status"), "").strip()
        if action.startswith("failed") or (not action and code.startswith("5")):
            recipients += [value for name, value in fields if name.endswith("recipient")]
    return tuple(dict.fromkeys(match[0].lower() for value in recipients if (match := _ADDRESS.search(value))))


def _quoted(message: Message, content: bytes) -> Iterator[str]:
    """All that is said and cited: headers, texts, and letters within, however they were encoded."""
    yield "\n".join(f"{name}: {value}" for name, value in message.raw_items())
    left = SEARCHED
    for part in parts_of(message):
        if left > 0 and kind_of(part).partition("/")[0] in {"text", "message"}:
            text = decoded_text(part)[:left]
            left -= len(text)
            yield text
    yield content[:SEARCHED].decode("latin-1")


def decoded_text(part: Message) -> str:
    """The words of a part. A letter or a status in base64 (against RFC 2046 5.2.1, and met with) is decoded, too."""
    children = part.get_payload()
    try:
        if not isinstance(children, list):
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            return _lines(decode(payload, charset).text) if isinstance(payload, bytes) else ""
        whole = b"\n".join(child.as_bytes() for child in children if isinstance(child, Message))[:SEARCHED]
    except Exception:  # what the library cannot write out again is searched in the bytes as they came
        return ""
    return _lines(decode(_undone(whole, str(part.get("Content-Transfer-Encoding") or "")), None).text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _undone(content: bytes, encoding: str) -> bytes:
    name = encoding.strip().lower()
    if name == "quoted-printable":
        return quopri.decodestring(content)
    if name != "base64":
        return content
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4])
    except (binascii.Error, ValueError):
        return content


def failed_recipients(message: Message) -> tuple[str, ...]:
    """The addresses in `X-Failed-Recipients`, which Exim and Gmail set beside their text."""
    return tuple(
        address.email for address in parse_addresses(message, "X-Failed-Recipients") if address.email
    )
