"""The MIME tree, taken apart within its limits: text parts, alternatives, attachments, nested letters."""

from __future__ import annotations

import logging
import quopri
import re
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from mailbot.parsing.headers.header_values import decode_header, raw_values
from mailbot.parsing.limits.letter_limits import DEPTH, PARTS, cap_message
from mailbot.parsing.mime import transfer_encoding

_FIRST = re.compile(
    rb"^--(?P<boundary>[^\r\n]{1,200}?)[ \t]*\r?\n(?:content-[a-z-]{1,40}|mime-version):",
    re.IGNORECASE | re.MULTILINE,
)
_NOTICE = re.compile(rb"\s*(?:this is a (?:multi-?part|cryptographically)[^\r\n]{0,200}\s*)?", re.IGNORECASE)


def restore_multipart(content: bytes, kind: str) -> Message | None:
    """The multipart that the bytes hold, by the boundary that stands in them; None where none does.

    `kind` is the declared multipart type. Bytes of another type must hold nothing before the first boundary:
    a letter that quotes a multipart is no multipart.
    """
    if not (first := _FIRST.search(content)):
        return None
    if not kind.startswith("multipart/"):
        if _NOTICE.fullmatch(content[: first.start()]) is None:
            return None
        kind = "multipart/alternative" if _is_twofold(content) else "multipart/mixed"
    boundary = first["boundary"].decode("latin-1").replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Type: {kind}; boundary="{boundary}"\r\n\r\n'.encode("latin-1")
    try:
        message = message_from_bytes(cap_message(head + content)[0], policy=compat32)
    except Exception:
        return None
    return message if message.is_multipart() else None


def _is_twofold(content: bytes) -> bool:
    """A plain text and one page: the same words twice."""
    low = content.lower()
    return all(low.count(b"content-type: " + kind) == 1 for kind in (b"text/plain", b"text/html"))


NESTED = "message/rfc822"
_HEADER = re.compile(rb"\s*(?:>?From [^\r\n]{1,200}\r?\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]")

logging.getLogger("mailparser").setLevel(logging.CRITICAL)  # it tells of each part it leaves to us


@dataclass(frozen=True, slots=True)
class MimeLeaf:
    """A part without parts. `content` is its payload with the transfer encoding undone.

    `content_id` is what the HTML cites it by (RFC 2392), without angle brackets; empty where it has none.
    """

    media_type: str
    charset: str | None
    filename: str
    attached: bool
    flowed: bool
    delete_space: str
    content: bytes
    content_id: str = ""


@dataclass(slots=True)
class MimeTree:
    """What a letter is made of: `texts` in order, each as its alternatives (plain, HTML), then the rest."""

    texts: list[tuple[MimeLeaf, ...]] = field(default_factory=list)
    attachments: list[MimeLeaf] = field(default_factory=list)
    broken: bool = False
    cut: bool = False
    parts: int = 0


def read_message(content: bytes) -> tuple[Message, bool]:
    """The letter as the library's tree, and whether its structure was broken. Never raises."""
    from mailparser import MailParser

    class Structure(MailParser):  # type: ignore[misc]  # the package has no types
        """Only the tree: the library would decode every text by its declared charset, at any cost."""

        def parse(self) -> Structure:
            return self

    try:
        message = Structure.from_bytes(content).message
        if isinstance(message, Message):
            return message, False
    except Exception:  # too deep, or too hostile for the parser: the plain one takes anything
        pass
    try:
        return message_from_bytes(content, policy=compat32), True
    except Exception:
        plain = Message()
        plain.set_payload(content.decode("latin-1"))
        return plain, True


def split_parts(message: Message) -> MimeTree:
    """The parts of a letter; what is beyond the limits is left out, and `cut` says so."""
    tree = MimeTree()
    _walk(message, tree, 0)
    return tree


def _walk(message: Message, tree: MimeTree, depth: int) -> None:
    tree.parts += 1
    if depth > DEPTH or tree.parts > PARTS:
        tree.cut = True
        return
    kind = _kind(message)
    if kind == NESTED:
        tree.attachments.append(_nested(message))
    elif message.is_multipart():
        children = [part for part in message.get_payload() if isinstance(part, Message)]
        if kind == "multipart/alternative":
            _alternatives(children, tree, depth)
        else:
            for child in children:
                _walk(child, tree, depth + 1)
    else:
        _leaf_of(message, tree, depth)


def _leaf_of(message: Message, tree: MimeTree, depth: int) -> None:
    """A part without parts; or one that turns out to be a multipart or a letter, whatever its header says."""
    leaf = _leaf(message)
    is_multipart = leaf.media_type.startswith("multipart/")
    if (is_multipart or (leaf.media_type == "text/plain" and not leaf.attached)) and (
        inner := restore_multipart(leaf.content, leaf.media_type)
    ):
        _walk(inner, tree, depth + 1)
        return
    if is_multipart:
        tree.broken = True  # a multipart in which no boundary stands: its bytes are read as text
        leaf = replace(leaf, media_type="text/plain", attached=False)
    if leaf.media_type in {"text/plain", "text/html"} and not leaf.attached:
        tree.texts.append((leaf,))
    elif leaf.filename.lower().endswith(".eml") and _HEADER.match(leaf.content):
        tree.attachments.append(replace(leaf, media_type=NESTED))
    else:
        tree.attachments.append(leaf)


def _alternatives(children: list[Message], tree: MimeTree, depth: int) -> None:
    """The same words in several forms (RFC 2046 5.1.4): one text, whichever form is read."""
    inner = MimeTree(parts=tree.parts)
    for child in children:
        _walk(child, inner, depth + 1)
    leaves = tuple(leaf for group in inner.texts for leaf in group)
    if leaves:
        tree.texts.append(leaves)
    tree.attachments += inner.attachments
    tree.parts, tree.cut = inner.parts, tree.cut or inner.cut
    tree.broken = tree.broken or inner.broken


def _kind(message: Message) -> str:
    try:
        return message.get_content_type().lower()
    except Exception:
        return "text/plain"


def _leaf(message: Message) -> MimeLeaf:
    filename = _filename(message)
    disposition = _parameterless(message, "Content-Disposition")
    kind = _kind(message)
    if not message.get("Content-Type") and filename:
        kind = "application/octet-stream"
    attached = disposition == "attachment" or bool(filename and disposition != "inline")
    return MimeLeaf(
        media_type=kind,
        charset=_parameter(message, "charset"),
        filename=filename,
        attached=attached,
        flowed=_parameter(message, "format").lower() == "flowed",
        delete_space=_parameter(message, "delsp").lower(),
        content=_payload(message),
        content_id=str(message.get("Content-ID", "")).strip(" <>\r\n\t")[:200],
    )


def _nested(message: Message) -> MimeLeaf:
    """A letter within the letter, as its own bytes; an encoding that RFC 2046 5.2.1 forbids there is undone."""
    children = message.get_payload()
    inner = children[0] if isinstance(children, list) and children else None
    try:
        content = inner.as_bytes() if isinstance(inner, Message) else _payload(message)
    except Exception:
        content = _payload(message)
    return MimeLeaf(NESTED, None, _filename(message), True, False, "", _letter_within(message, content))


def _letter_within(message: Message, content: bytes) -> bytes:
    if (
        not _HEADER.match(content)
        and (decoded := transfer_encoding.whole_base64(content))
        and _HEADER.match(decoded)
    ):
        return decoded
    if transfer_encoding.TransferEncoding.QUOTED_PRINTABLE in transfer_encoding.declared(message):
        return quopri.decodestring(content)
    return content


def _payload(message: Message) -> bytes:
    kind = _kind(message)
    return transfer_encoding.decode_payload(message, is_text=kind.startswith("text/"))


def _filename(message: Message) -> str:
    """RFC 2231 and RFC 2047 names alike; no path, whatever the sender wrote."""
    try:
        name = _eight_bit_filename(message) or (message.get_filename() or "").encode(
            "utf-8", "surrogateescape"
        )
    except Exception:
        return ""
    readable = decode_header(name)
    return readable.replace("\\", "/").rsplit("/", 1)[-1].strip()[:200]


def _eight_bit_filename(message: Message) -> bytes:
    """A name in raw 8-bit bytes, which the standard library replaces; empty where the name is not raw."""
    whole = Message()
    for name in ("Content-Disposition", "Content-Type"):
        for value in raw_values(message, name)[:1]:
            if not value.isascii():
                whole[name] = value.decode("latin-1")
    return (whole.get_filename() or "").encode("latin-1", "replace")


def _parameter(message: Message, name: str) -> str:
    try:
        value = message.get_param(name)
    except Exception:
        return ""
    if isinstance(value, tuple):
        value = value[2]
    return value if isinstance(value, str) else ""


def _parameterless(message: Message, name: str) -> str:
    return str(message.get(name) or "").partition(";")[0].strip().lower()
