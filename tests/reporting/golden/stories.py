"""Stories of cases for the golden data: what happens in which order, and from which moment to which each wait goes.

Moments are numbered in the order of time; 0 is the receipt, the last is the moment the report is as of. `responded` and
`answered` name the moments that end the two waits (None: nothing has), `pauses` the moments between which the client was
asked: said by a person who read the definitions, not reckoned.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log at a moment: the state from then on, who wrote it, what it means to the clocks («-»: nothing)."""

    at: int
    state: str
    by: str
    mark: str


@dataclass(frozen=True, slots=True)
class Story:
    """`moments` counts them all. `pauses_before_response`: the pauses also lie before the first response."""

    name: str
    moments: int
    lines: tuple[Line, ...]
    responded: int | None
    answered: int | None
    outcome: str
    pauses: tuple[tuple[int, int], ...] = ()
    pauses_before_response: bool = False


def _lines(text: str) -> tuple[Line, ...]:
    """«1 awaiting_review mailbot -» a line; the receipt and the first decision stand before them."""
    return tuple(
        Line(int(at), state, by, mark) for at, state, by, mark in (one.split() for one in text.split("; "))
    )


_TAKEN = "0 collected mailbot -"
_PERSON = f"{_TAKEN}; 0 awaiting_review mailbot -"
_MACHINE = f"{_TAKEN}; 0 answered mailbot -"

STORIES = (
    Story("answered by the machine at once", 3,
          _lines(f"{_MACHINE}; 1 answered mailbot answered"), 1, 1, "answered"),
    Story("acknowledged, answered by a person", 4,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot responded; 2 answered anna answered"), 1, 2, "answered"),
    Story("answered by a person, nothing before", 3,
          _lines(f"{_PERSON}; 1 answered anna -; 1 answered anna answered"), 1, 1, "answered"),
    Story("acknowledged, still open", 3,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot responded"), 1, None, "open"),
    Story("nothing left yet", 2,
          _lines(_PERSON), None, None, "open"),
    Story("the answer is written and has not left", 3,
          _lines(f"{_PERSON}; 1 answered anna -"), None, None, "open"),
    Story("asked, heard, answered", 5,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 awaiting_review клиент heard; 3 answered anna answered"),
          1, 3, "answered", ((1, 2),)),
    Story("acknowledged, asked twice, heard, answered", 7,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot responded; 2 awaiting_review anna asked; "
                 "3 awaiting_review boris asked; 4 awaiting_review клиент heard; 5 answered boris answered"),
          1, 5, "answered", ((2, 4),)),
    Story("asked, heard, asked again, heard, answered", 7,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 awaiting_review клиент heard; "
                 "3 awaiting_review anna asked; 4 awaiting_review клиент heard; 5 answered anna answered"),
          1, 5, "answered", ((1, 2), (3, 4))),
    Story("asked, answered without having heard", 4,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 answered anna answered"),
          1, 2, "answered", ((1, 2),)),
    Story("asked by a person, the client is silent", 3,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked"), 1, None, "open", ((1, 2),)),
    Story("asked by the machine, which closed it", 3,
          _lines(f"{_MACHINE}; 1 answered mailbot asked"), 1, None, "asked", ((1, 2),)),
    Story("heard before anybody asked", 5,
          _lines(f"{_PERSON}; 1 awaiting_review клиент heard; 2 awaiting_review mailbot responded; "
                 "3 answered anna answered"), 2, 3, "answered"),
    Story("the machine's answer bounced, a person answered", 5,
          _lines(f"{_MACHINE}; 1 answered mailbot answered; 2 awaiting_review mailbot -; "
                 "2 awaiting_review mailbot withdrawn; 3 answered anna answered"), 3, 3, "answered"),
    Story("the answer bounced, open", 4,
          _lines(f"{_MACHINE}; 1 answered mailbot answered; 2 awaiting_review mailbot -; "
                 "2 awaiting_review mailbot withdrawn"), None, None, "open"),
    Story("acknowledged, the answer bounced, open", 5,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot responded; 2 answered anna answered; "
                 "3 awaiting_review mailbot -; 3 awaiting_review mailbot withdrawn"), 1, None, "open"),
    Story("taken back by a person, answered again", 5,
          _lines(f"{_MACHINE}; 1 answered mailbot answered; 2 awaiting_review anna -; "
                 "2 awaiting_review anna withdrawn; 3 answered anna answered"), 1, 3, "answered"),
    Story("taken back by a person, open", 4,
          _lines(f"{_MACHINE}; 1 answered mailbot answered; 2 awaiting_review anna -; "
                 "2 awaiting_review anna withdrawn"), 1, None, "open"),
    Story("answered twice: the first counts", 5,
          _lines(f"{_PERSON}; 1 answered anna answered; 2 answered anna answered; 3 answered boris escalated"),
          1, 1, "answered"),
    Story("the acknowledgement bounced, answered", 5,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot responded; 2 awaiting_review mailbot undelivered; "
                 "3 answered anna answered"), 3, 3, "answered"),
    Story("the question bounced: nobody was asked", 5,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 awaiting_review mailbot undelivered; "
                 "3 answered anna answered"), 3, 3, "answered"),
    Story("the machine's question bounced: open again", 4,
          _lines(f"{_MACHINE}; 1 answered mailbot asked; 2 awaiting_review mailbot -; "
                 "2 awaiting_review mailbot undelivered"), None, None, "open"),
    Story("the second question bounced, the first stands", 6,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 awaiting_review anna asked; "
                 "3 awaiting_review mailbot undelivered; 4 answered anna answered"),
          1, 4, "answered", ((1, 4),)),
    Story("the question bounced after the client had written: the pause stands, the response does not", 6,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 awaiting_review клиент heard; "
                 "3 awaiting_review mailbot undelivered; 4 answered anna answered"),
          4, 4, "answered", ((1, 2),), pauses_before_response=True),
    Story("asked after the answer: no pause", 4,
          _lines(f"{_PERSON}; 1 answered anna answered; 2 answered anna asked"), 1, 1, "answered"),
    Story("asked, answered, taken back: the pause ended with the answer", 6,
          _lines(f"{_PERSON}; 1 awaiting_review anna asked; 2 answered anna answered; 3 awaiting_review boris -; "
                 "3 awaiting_review boris withdrawn; 4 answered boris answered"),
          1, 4, "answered", ((1, 2),)),
    Story("silenced by a person, taken back, answered", 5,
          _lines(f"{_PERSON}; 1 silenced anna -; 2 awaiting_review boris -; 3 answered boris answered"),
          3, 3, "answered"),
    Story("warned and escalated, acknowledged late, open", 5,
          _lines(f"{_PERSON}; 1 awaiting_review mailbot warned; 2 awaiting_review mailbot escalated; "
                 "3 awaiting_review anna responded"), 3, None, "open"),
)  # fmt: skip
"""Every rule of the definitions has a story; a deadline stands around each in turn."""
