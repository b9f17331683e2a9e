"""The values a letter passes on, as the model of roles sees them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import assert_never

from mailbot.model import Letter, LetterPart, Resource, Unit
from mailbot.model import SegmentRole as Segment
from mailbot.model.ledger.register import EMPTY, Register
from mailbot.model.trained.number_roles import RoleModels
from mailbot.understanding.dial_values.confidence import GUESSED
from mailbot.understanding.dial_values.passed_value import PassedValue, line_around, lone_unit
from mailbot.understanding.number_roles.best_assignment import Neighbourhood, NumberRole, measure_of, roles_of
from mailbot.understanding.number_roles.letter_features import about_letter
from mailbot.understanding.number_roles.number_features import NumberContext, scene
from mailbot.understanding.number_roles.register_features import number_facts
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.tables.cells import without_frame
from mailbot.understanding.text.marked_spans import TextMatch

_MAX_LENGTH = 12_000
"""Characters of a part that are looked through: what lies beyond a person reads."""

_UNIT_CUES = {unit: f"u_{unit.name.lower()}" for unit in Unit}
_UNITS = {cue: unit for unit, cue in _UNIT_CUES.items()}
_RESOURCES = {str(resource): resource for resource in Resource}
"""As the model names them («hot_water м3»)."""

_BESIDE = 3
"""Characters between a number and its unit."""

SURE = 0.9
"""An account that only the model sees is trusted from here on."""

NAMED = 0.8
"""A resource that nothing names is a guess below that."""

_SIDE_BY_SIDE = re.compile(r"[ \u00a0]{1,2}|[ \u00a0]?[-–—][ \u00a0]?")
_ROOM = re.compile(r"кухн|ванн|сануз|туалет|душ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part of a letter with the roles of its numbers, in order."""

    part: str
    text: str
    seen: NumberContext
    roles: tuple[NumberRole, ...]
    named: frozenset[str]
    """What the writer's own words in the whole letter name: `hot`, `heat`, `room`, units."""

    def of(self, *names: str) -> tuple[NumberRole, ...]:
        """The numbers with one of these roles."""
        return tuple(role for role in self.roles if role.role in names)


def read_parts(letter: Letter, models: RoleModels, register: Register = EMPTY) -> tuple[ReadPart, ...]:
    """Every part of a letter looked through once: subject, body and attachments with text."""
    about = about_letter(letter.part("subject").text, letter.part("body").text)
    scenes = [_scene(part, about, register) for part in letter.parts if part.text.strip()]
    named = frozenset(cue.name for seen in scenes for cue in seen.cues if not seen.is_quoted(cue.start))
    return tuple(
        ReadPart(
            seen.part, letter.part(seen.part).text[:_MAX_LENGTH], seen, tuple(roles_of(seen, models)), named
        )
        for seen in scenes
    )


def _scene(part: LetterPart, about: tuple[str, ...], register: Register) -> NumberContext:
    seen = scene(part.name, without_frame(part.text[:_MAX_LENGTH]), _stretches(part, Segment.QUOTED), about)
    return seen.beside(number_facts(seen.numbers, register))


def _stretches(part: LetterPart, *roles: Segment) -> list[tuple[int, int]]:
    return [(segment.start, segment.end) for segment in part.segments if segment.role in roles]


def passed_values(read: ReadPart, models: RoleModels) -> tuple[PassedValue, ...]:
    """The part's values as they would be billed."""
    serials, around, values = _serials(read), Neighbourhood(read.roles), read.of("value")
    return tuple(
        _passed(
            read, assignment, serials.get(assignment.number.start), models, around, listed=len(values) > 1
        )
        for assignment in values
        if not is_quoted(read, assignment)
    )


def is_quoted(read: ReadPart, one: NumberRole) -> bool:
    """Does the number stand in a letter of somebody else's?"""
    return read.seen.is_quoted(one.number.start)


def _passed(
    read: ReadPart,
    one: NumberRole,
    meter: str | None,
    models: RoleModels,
    around: Neighbourhood,
    *,
    listed: bool,
) -> PassedValue:
    measure, sure = measure_of(read.seen, around, one, models.measured)
    resource = _RESOURCES.get(measure.split()[0]) if sure >= NAMED else None
    if resource is not None and not _names_of(resource) & read.named:
        resource = None  # named in our quoted letter at best
    unit = _unit_beside(read.seen, one)
    if resource is not None and unit not in {None, *resource.dial_units}:
        sure = min(sure, 0.5)
    if unit is None and resource is not None:
        unit = lone_unit(resource) or _unit_named(read.seen, one)
    text = read.seen.text
    line = line_around(text, one.number.start)
    trust = round(min(one.probability, max(sure, 0.5)), 2)
    return PassedValue(
        start=one.number.start,
        end=one.number.end,
        line=line,
        value=one.number.value,
        unit=unit,
        resource=resource,
        meter=meter,
        confidence=min(trust, GUESSED) if one.number.form is NumberForm.CODE else trust,  # «i45», «8/1»
        listed=meter is not None or listed,
        place=_place(text, line, one),
    )


def _names_of(resource: Resource) -> frozenset[str]:
    """What of the writer's own words names the resource."""
    units = frozenset(_UNIT_CUES[unit] for unit in resource.dial_units)
    match resource:
        case Resource.HEATING:
            return units | {"heat"}
        case Resource.HOT_WATER:
            return units | {"hot", "room"}
        case Resource.COLD_WATER:
            return frozenset({"cold"})
        case _:
            assert_never(resource)


def _unit_beside(seen: NumberContext, one: NumberRole) -> Unit | None:
    at = bisect_left(seen.cue_starts, one.number.end)
    for cue in seen.cues[at : at + 4]:
        if cue.start - one.number.end > _BESIDE:
            break
        if cue.name in _UNITS:
            return _UNITS[cue.name]
    return None


def _unit_named(seen: NumberContext, one: NumberRole) -> Unit | None:
    """The unit named before the number on its line, or over its column; None where several are."""
    start, end = line_around(seen.text, one.number.start)
    named = {_UNITS[cue.name] for cue in seen.cues if start <= cue.start < end and cue.name in _UNITS} - {
        Unit.M3
    }
    if not named:
        named = {_UNITS[cue.name] for cue in seen.cues if cue.name in _UNITS} - {Unit.M3}
    return named.pop() if len(named) == 1 else None


def _serials(read: ReadPart) -> dict[int, str]:
    """Which serial stands by which value: on its line the one behind it where all stand behind theirs, else the last one
    before it that no other value has, on its line or above it."""
    serials: dict[int, str] = {}
    free: list[NumberRole] = []
    behind = _behind(read)
    for role in read.roles:
        if role.role == "serial":
            free.append(role)
        elif role.role == "value" and role.number.start in behind:
            serials[role.number.start] = behind[role.number.start]
            free = []
        elif role.role == "value" and free:
            serials[role.number.start] = free.pop().number.digits
            free = []
    return serials


def _behind(read: ReadPart) -> dict[int, str]:
    """The serials that stand alone behind the only value of their lines («812,66 (прибор 30214)»); none where any stands
    before it."""
    serials: dict[int, str] = {}
    lines: dict[int, list[NumberRole]] = {}
    for role in read.roles:
        if role.role in {"serial", "value"}:
            lines.setdefault(line_around(read.text, role.number.start)[0], []).append(role)
    for first, *rest in lines.values():
        if first.role == "serial":
            return {}
        if [assignment.role for assignment in rest] == ["serial"]:
            serials[first.number.start] = rest[0].number.digits
    return serials


def _place(text: str, line: tuple[int, int], one: NumberRole) -> str:
    rooms = list(_ROOM.finditer(text[line[0] : line[1]]))
    if not rooms:
        return ""
    nearest = min(rooms, key=lambda match: abs(line[0] + match.start() - one.number.start))
    return nearest[0].lower()


def accounts_of(read: ReadPart, least: float = 0.5) -> tuple[TextMatch, ...]:
    """The accounts named in a part, quoted lines aside."""
    return tuple(
        TextMatch(
            assignment.number.start,
            assignment.number.end,
            _as_written(read, assignment),
            _trust(read, assignment),
        )
        for assignment in read.of("account")
        if assignment.probability >= least and not is_quoted(read, assignment)
    )


def _as_written(read: ReadPart, one: NumberRole) -> str:
    """The digits; of a number with letters («14-Т») the letters as they stand in the letter."""
    if one.number.form is not NumberForm.CODE:
        return one.number.digits
    return re.sub(r"[\s№]", "", read.text[one.number.start : one.number.end])


def _trust(read: ReadPart, one: NumberRole) -> float:
    """What may be trusted of an account: little where the model hesitates, or where a piece beside it is left over."""
    if one.probability < SURE or _is_cut(read, one):
        return min(round(one.probability, 2), GUESSED)
    return round(min(one.probability, 0.95), 2)


def _is_cut(read: ReadPart, one: NumberRole) -> bool:
    """Do digits or a numeral stand side by side with the number, and belong to no number («… шесть | девять»)?"""
    taken = [(other.number.start, other.number.end) for other in read.roles]
    return any(
        not any(start <= piece[0] < end for start, end in taken)
        and _SIDE_BY_SIDE.fullmatch(
            read.seen.text[piece[1] : one.number.start]
            if piece[1] <= one.number.start
            else read.seen.text[one.number.end : piece[0]]
        )
        for piece in read.seen.pieces
        if piece[1] <= one.number.start or piece[0] >= one.number.end
    )
