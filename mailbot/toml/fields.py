"""Read the fields of one TOML table with their types; a fault is told with file and line, and read on.

Where a field is at fault a stand-in of the right type is returned, so that one start tells all
faults of all files. The loader refuses the rulebook whenever there was a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from mailbot.model import SourceFile
from mailbot.toml.toml_file import TableLocation, line_of

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class TableFields:
    """One table: every field is asked for once; `close` tells the fields nobody asked for."""

    def __init__(
        self, source: SourceFile, where: TableLocation, values: dict[str, object], faults: list[str]
    ) -> None:
        self._source = source
        self._where = where
        self._values = values
        self._faults = faults
        self._known: list[str] = []

    def place(self, key: str = "") -> str:
        """«rules/no_reply.toml:14»: where a field stands."""
        return f"{self._source.name}:{line_of(self._source.text, self._where, key)}"

    def fault(self, key: str, what: str) -> None:
        self._faults.append(f"{self.place(key)}: {what}")

    def text(self, key: str) -> str:
        """A string that is not blank."""
        value = self._value(key, str, "нужен текст в кавычках", "")
        if isinstance(self._values.get(key), str) and not value.strip():
            self.fault(key, f"поле «{key}» пустое; впишите значение")
        return value.strip()

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def has(self, key: str) -> bool:
        """Is a field that may be left out there? From here on it has a meaning in this table."""
        self._known.append(key)
        return key in self._values

    def flag(self, key: str) -> bool:
        return self._value(key, bool, "нужно true или false", False)

    def whole(self, key: str, least: int) -> int:
        """A whole number of at least `least`."""
        value = self._value(key, int, f"нужно целое число от {least}", least)
        if isinstance(value, bool) or value < least:
            self.fault(key, f"поле «{key}»: нужно целое число от {least}")
            return least
        return value

    def share(self, key: str) -> float:
        """A number of 0…1."""
        value = self._number(key, "нужно число от 0 до 1")
        if value is None or not 0 <= value <= 1:
            self.fault(key, f"поле «{key}»: нужно число от 0 до 1")
            return 0.0
        return float(value)

    def amount(self, key: str, least: Decimal = Decimal(0)) -> Decimal:
        """A number with its places as written, of at least `least`."""
        value = self._number(key, f"нужно число от {least}, например 2345.67")
        if value is None or not value.is_finite() or value < least:
            self.fault(key, f"поле «{key}»: нужно число от {least}")
            return least
        return value

    def _number(self, key: str, wanted: str) -> Decimal | None:
        """None for true and false, which Python takes for numbers."""
        value: object = self._value(key, (int, Decimal), wanted, Decimal(0))
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return Decimal(str(value)) if number else None

    def day(self, key: str) -> date:
        """A day, written 2026-07-01 without quotation marks (TOML local date)."""
        value = self._value(key, date, "нужна дата без кавычек, например 2026-07-01", date(2000, 1, 1))
        if isinstance(value, datetime):
            self.fault(key, f"поле «{key}»: нужна дата без времени, например 2026-07-01")
            return value.date()
        return value

    def optional_day(self, key: str) -> date | None:
        if key in self._values:
            return self.day(key)
        self._known.append(key)
        return None

    def moment(self, key: str) -> time:
        """A time of day, written 08:00:00 (TOML local time)."""
        value = self._value(key, time, "нужно время без кавычек, например 08:00:00", time(0))
        return value.replace(tzinfo=None)

    def texts(self, key: str) -> tuple[str, ...]:
        return self._list(key, str, 'нужен список текстов, например ["а", "б"]')

    def wholes(self, key: str) -> tuple[int, ...]:
        return self._list(key, int, "нужен список чисел, например [1, 2]")

    def days(self, key: str) -> tuple[date, ...]:
        """Days written without quotation marks; a moment is none."""
        days = self._list(key, date, "нужен список дат без кавычек, например [2026-05-01]")
        return tuple(day.date() if isinstance(day, datetime) else day for day in days)

    def choice(self, key: str, words: type[E], allowed: Sequence[E] | None = None) -> E:
        """One word of an enum, or of the part of it that is `allowed` here."""
        possible = tuple(words) if allowed is None else tuple(allowed)
        value = self.text(key)
        if value not in possible:
            if value:
                self.unknown(key, value, tuple(word.value for word in possible))
            return possible[0]
        return words(value)

    def unknown(self, key: str, value: str, possible: Sequence[str]) -> None:
        """Tell that a field holds a word that is not among the possible ones."""
        what = _UNKNOWN.get(key, f"поле «{key}»: неизвестное значение")
        self.fault(key, f"{what} «{value}»; возможные: {_listed(possible)}")

    def close(self) -> None:
        """Tell every field that has no meaning here: a misspelt name must not pass for a default."""
        for key in self._values:
            if key not in self._known:
                self.fault(key, f"лишнее поле «{key}»; уберите его или исправьте имя: {_listed(self._known)}")

    def _value(self, key: str, of: type[T] | tuple[type[T], ...], wanted: str, stand_in: T) -> T:
        self._known.append(key)
        if key not in self._values:
            self.fault(key, f"нет поля «{key}»; допишите его ({wanted})")
            return stand_in
        value = self._values[key]
        if not isinstance(value, of):
            self.fault(key, f"поле «{key}»: {wanted}")
            return stand_in
        return value

    def _list(self, key: str, of: type[T], wanted: str) -> tuple[T, ...]:
        values: list[object] = self._value(key, list, wanted, [])
        fitting = tuple(value for value in values if isinstance(value, of) and not isinstance(value, bool))
        if len(fitting) != len(values):
            self.fault(key, f"поле «{key}»: {wanted}")
        return fitting


_UNKNOWN = {
    "check": "неизвестная проверка",
    "clause": "неизвестный пункт Стандарта",
    "action": "неизвестное действие",
    "authority": "неизвестное полномочие",
    "kind": "неизвестный вид обращения",
    "priority": "неизвестная важность",
    "unit": "неизвестная единица срока",
    "deadline": "неизвестный срок",
    "when": "неизвестное условие",
    "time_zone": "неизвестный часовой пояс",
}


def _listed(words: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words)) if words else "ни одного"
