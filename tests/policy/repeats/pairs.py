"""Threads of two letters, read from `repeat_pairs/*.txt`, and judged the whole way from bytes to decision.

    === repeat | new: what it shows
    --- 02.11.2026 Subject          the first letter; contact data as people give them
    --- ответ 05.11.2026            what the company answered
    --- 19.11.2026 Re: Subject      the letter to be judged; «| от a@b Имя» after the subject: another sender
    --- вложение check.jpg          optional: a picture that came with it

A subject with «Re:» answers in our thread; any other begins a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from mailbot.model import CaseContext, Decision, EarlierCase, Facts, Letter, RawLetter, Rulebook, SegmentRole
from mailbot.parsing import parse
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand

FOLDER = Path(__file__).parent / "repeat_pairs"
NUMBER = "26-000417"
_HEAD = re.compile(r"^=== (?P<what>repeat|new): (?P<shows>.+)$", re.M)
_BLOCK = re.compile(
    r"^--- (?:(?P<answer>ответ )?(?P<day>\d\d\.\d\d\.\d{4})|вложение (?P<file>\S+))"
    r"(?: (?P<subject>[^|\n]*?))?(?: \| от (?P<sender>\S+) (?P<name>.+))?$",
    re.M,
)


@dataclass(frozen=True)
class Written:
    """One letter of a pair, or our answer."""

    at: datetime
    subject: str
    text: str
    sender: str
    name: str


@dataclass(frozen=True)
class Pair:
    """`what` is repeat (nothing new: silenced) or new (must be answered)."""

    what: str
    shows: str
    file: str
    first: Written
    answer: Written
    second: Written
    attachment: str


def read_pairs(folder: Path = FOLDER) -> tuple[Pair, ...]:
    """All pairs of the folder, in the order of the files."""
    return tuple(pair for path in sorted(folder.glob("*.txt")) for pair in _pairs(path))


def _pairs(path: Path) -> list[Pair]:
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    assert len(heads) == text.count("\n===") + text.startswith("==="), f"{path.name}: a head is misspelt"
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        _pair(path.name, head["what"], head["shows"], text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def _pair(file: str, what: str, shows: str, text: str) -> Pair:
    blocks = list(_BLOCK.finditer(text))
    ends = [block.start() for block in blocks[1:]] + [len(text)]
    bodies = [text[block.end() : end].strip() for block, end in zip(blocks, ends, strict=True)]
    written = [_written(block, body) for block, body in zip(blocks, bodies, strict=True) if not block["file"]]
    assert len(written) == 3, f"{file}: {shows}: first letter, answer, second letter"
    first, answer, second = written
    assert blocks[1]["answer"], f"{file}: {shows}: the second is the answer"
    files = [block["file"] for block in blocks if block["file"]]
    return Pair(what, shows, file, first, answer, second, attachment=files[0] if files else "")


def _written(block: re.Match[str], body: str) -> Written:
    at = datetime.strptime(block["day"], "%d.%m.%Y").replace(hour=6, tzinfo=UTC)
    sender = block["sender"] or "client@yandex.ru"
    return Written(at, (block["subject"] or "").strip(), body, sender, block["name"] or "")


def letter_of(written: Written, attachment: str = "") -> Letter:
    """The letter as it comes out of its bytes."""
    message = EmailMessage()
    message["From"] = f"{written.name} <{written.sender}>" if written.name else written.sender
    message["To"] = "8666@bk.ru"
    message["Subject"] = written.subject
    message["Message-ID"] = f"<{written.at:%Y%m%d}@yandex.ru>"
    message.set_content(written.text)
    if attachment:
        message.add_attachment(
            b"\xff\xd8\xff\xe0 JFIF", maintype="image", subtype="jpeg", filename=attachment
        )
    return parse(RawLetter(message.as_bytes(), written.at))


def earlier_case(pair: Pair, rulebook: Rulebook) -> EarlierCase:
    """What the store keeps of the first letter once a person has answered it."""
    letter = letter_of(pair.first)
    facts = understand(letter, rulebook)
    return EarlierCase(
        number=NUMBER,
        received_at=pair.first.at,
        topics=tuple(found.value for found in facts.topics),
        text=f"{letter.subject}\n{letter.part('body').view(SegmentRole.WRITTEN, SegmentRole.FORWARDED)}".strip(),
        answered_on_substance=True,
        answered_at=pair.answer.at,
        answer=pair.answer.text,
        arguments=tuple(dict.fromkeys(found.value for found in facts.arguments)),
    )


def seen(pair: Pair, rulebook: Rulebook) -> tuple[Letter, Facts, CaseContext]:
    """What the decision on the second letter is made from."""
    letter = letter_of(pair.second, pair.attachment)
    follows = NUMBER if pair.second.subject.startswith("Re:") else None
    context = CaseContext("26-000999", True, follows=follows, earlier=(earlier_case(pair, rulebook),))
    return letter, understand(letter, rulebook), context


def decided(pair: Pair, rulebook: Rulebook) -> Decision:
    """The decision on the second letter, by the whole way."""
    letter, facts, context = seen(pair, rulebook)
    return decide(LetterInContext(letter, facts, context, rulebook), pair.second.at)
