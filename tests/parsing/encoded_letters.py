"""Letters whose text still stands in a transfer encoding, as wrong headers and careless programs leave it."""

from __future__ import annotations

import base64
import codecs
import quopri
import textwrap
from collections.abc import Callable
from urllib.parse import quote

from hypothesis import strategies as st

from mailbot.model import Letter, LetterPart
from tests.parsing.letters import HEAD, raw, read

FOOTER = "---\nЭто сообщение проверено на вирусы антивирусом Avast.\nhttps://www.avast.com/antivirus"
LIST_FOOTER = (
    "_______________________________________________\nHouse mailing list\nhttp://lists.example/listinfo/house"
)

_WORDS = """
    здравствуйте прошу проверить отопление квартире холодно батареи горячая вода показания счётчика лицевой счёт
    передаю ноябрь октябрь улица Солнечная дом кв Петрова Анна Иванов пришлите квитанцию почему начислили больше
    спасибо когда включат тепло нет третий день соседи тоже жалуются перерасчёт сделайте пожалуйста срочно трубы текут в
    на не мы у нас что это за и ГВС Гкал тел уважаемые сотрудники обращение ответ объясните съезд подъезд ёмкость
""".split()
_SIGNS = [
    "4710325",
    "345",
    "12,481",
    "14-33",
    "8 912 345-67-89",
    "00123",
    "№ 8",
    "18.11.2026",
    "м³",
    "+5 °C",
    "«Мира»",
]

sentences = st.lists(
    st.one_of(*[st.sampled_from(_WORDS)] * 4, st.sampled_from(_SIGNS)), min_size=4, max_size=60
).map(" ".join)
russian = st.lists(sentences, min_size=1, max_size=4).map(
    lambda lines: "\n".join(f"Прошу {line}." for line in lines)
)
"""Letters of one to four paragraphs."""


def in_base64(content: bytes) -> bytes:
    return base64.encodebytes(content)


def in_quoted_printable(content: bytes) -> bytes:
    return quopri.encodestring(content)


def in_uuencode(content: bytes) -> bytes:
    return codecs.encode(content, "uu")


def in_entities(content: bytes) -> bytes:
    return content.decode().encode("ascii", "xmlcharrefreplace")


def in_utf7(content: bytes) -> bytes:
    return content.decode().encode("utf-7")


def in_percents(content: bytes) -> bytes:
    return "\n".join(
        quote(line, safe=" ,.«»()№+").replace("%0A", "\n") for line in content.decode().split("\n")
    ).encode()


def in_codes(content: bytes) -> bytes:
    return b"".join(sign.encode() if sign.isascii() else b"\\u%04x" % ord(sign) for sign in content.decode())


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "base64": in_base64, "quoted-printable": in_quoted_printable, "uuencode": in_uuencode,
}  # fmt: skip
"""Encodings of bytes, which may stand one in another."""

SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "entities": in_entities, "utf-7": in_utf7, "code escapes": in_codes,
}  # fmt: skip
"""Encodings of characters."""


def undeclared(body: bytes, charset: str = "utf-8") -> Letter:
    return read(raw(body, f"text/plain; charset={charset}"))


def declared(body: bytes, *encodings: str, charset: str = "utf-8") -> Letter:
    """One part with these Content-Transfer-Encoding fields, in this order."""
    fields = [f"Content-Type: text/plain; charset={charset}"]
    fields += [f"Content-Transfer-Encoding: {encoding}" for encoding in encodings]
    return read(HEAD + "\r\n".join(fields).encode() + b"\r\n\r\n" + body)


def with_wrong_boundary(
    body: bytes, encoding: str, stands: str = "----=_BBB", named: str = "----=_AAA"
) -> Letter:
    part = f"--{stands}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    content = part.encode() + body + f"\r\n--{stands}--\r\n".encode()
    return read(HEAD + f'Content-Type: multipart/mixed; boundary="{named}"\r\n\r\n'.encode() + content)


def narrowly(text: str, width: int) -> bytes:
    return "\n".join(textwrap.wrap(text, width)).encode()


def assert_monotone(part: LetterPart) -> None:
    """The map covers the text in its order, stays within what came, and never goes back."""
    assert part.origins
    for before, after in zip(part.origins, part.origins[1:], strict=False):
        assert before.end <= after.start
        assert before.was_start <= after.was_start
        assert before.was_end <= after.was_end
    for origin in part.origins:
        assert 0 <= origin.start < origin.end <= len(part.text)
        assert 0 <= origin.was_start <= origin.was_end <= len(part.as_came)
