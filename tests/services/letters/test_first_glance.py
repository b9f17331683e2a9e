"""What a letter seems to be before it is understood: cheap, bounded, never a reason not to keep it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from mailbot.model import RawLetter
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters import first_glance
from mailbot.services.letters.attempt import WorkerContext, attempt_next
from mailbot.services.letters.collect import intake
from mailbot.services.letters.first_glance import LOOKED_AT, glance
from mailbot.store import Store
from mailbot.store.cases import summaries

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
BURST = "Срочно! В подвале прорвало трубу, хлещет кипяток, пришлите бригаду. Ленина 5"


def letter(body: str, *headers: str) -> RawLetter:
    head = ("From: anna@mail.example", "Content-Type: text/plain; charset=utf-8", *headers)
    return RawLetter(("\r\n".join(head) + "\r\n\r\n" + body).encode(), NOW)


def encoded(body: str) -> RawLetter:
    text = base64.encodebytes(body.encode()).decode()
    return letter(text, "Content-Transfer-Encoding: base64")


@pytest.mark.parametrize(
    "raw",
    [
        letter(BURST),
        encoded(BURST),
        letter(
            "ул. Ленина 5",
            f"Subject: =?utf-8?b?{base64.b64encode('Прорвало трубу в подвале, хлещет вода'.encode()).decode()}?=",
        ),
        RawLetter(
            b"From: a@b.ru\r\nContent-Type: text/html; charset=cp1251\r\n\r\n<p>" + BURST.encode("cp1251"),
            NOW,
        ),
        letter("В квартире нет отопления, на улице минус 30, в комнате +8, дети мёрзнут, батареи ледяные!"),
        encoded(BURST + "\n" + "Приложение. " * 20_000),
    ],
    ids=["plain", "base64", "subject", "html", "cold", "long"],
)
def test_an_emergency_is_seen_at_first_glance(raw: RawLetter) -> None:
    assert glance(raw)


@pytest.mark.parametrize(
    "raw",
    [
        letter("Лицевой счёт 4402215, горячая вода 345"),
        letter("Как оплатить квитанцию через банк?"),
        letter("В прошлом году прорвало трубу, всё починили, спасибо. Когда перерасчёт?"),
        RawLetter(b"", NOW),
        RawLetter(b"\x00\xff" * 40_000, NOW),
    ],
    ids=["readings", "question", "past", "nothing", "noise"],
)
def test_what_is_none_is_not_taken_for_one(raw: RawLetter) -> None:
    assert not glance(raw)


@pytest.mark.parametrize(
    "shape", ["а", "<", "> ", "прорвало трубу ", "кв 1-1-1 ", "--b\r\n\r\nа\r\n", "=?utf-8?q?a?= "]
)
def test_a_letter_of_megabytes_costs_no_more_than_its_beginning(shape: str) -> None:
    def cost(length: int) -> float:
        raw = letter(shape * (length // len(shape.encode())))
        began = process_time()
        glance(raw)
        return process_time() - began

    few, many = (min(cost(length) for _ in range(5)) for length in (2 * LOOKED_AT, 9_000_000))
    assert many < few * 3


def test_a_glance_that_fails_keeps_no_letter_from_being_kept(
    blank_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bool:
        raise RecursionError("no such luck")

    monkeypatch.setattr(first_glance, "seems_urgent", broken)
    file = tmp_path / "burst.eml"
    file.write_bytes(letter(BURST).content)
    assert len(list(intake(blank_store, [file], lambda: NOW))) == 1
    assert blank_store.ask(summaries.counts) == {"collected": 1}


def test_a_burst_pipe_behind_a_backlog_is_decided_first(
    blank_store: Store, rules: ActiveRules, tmp_path: Path
) -> None:
    texts = [f"Вопрос {n}: как оплатить? Л/с 44022{n:02}" for n in range(20)] + [BURST]
    for number, text in enumerate(texts):
        header = f"From: c{number}@mail.example\r\nDate: {NOW - timedelta(days=3, hours=20 - number):%a, %d %b %Y %H:%M:%S +0000}"
        (tmp_path / f"{number:02}.eml").write_bytes(f"{header}\r\n\r\n{text}".encode())
    assert len(list(intake(blank_store, sorted(tmp_path.iterdir()), lambda: NOW))) == 21
    assert attempt_next(
        blank_store, WorkerContext("w", rules, timedelta(seconds=30), timedelta(0)), lambda: NOW
    )
    (first,) = (case for case in blank_store.ask(summaries.cases, None, 30) if case.number)
    assert first.sender == "c20@mail.example"
