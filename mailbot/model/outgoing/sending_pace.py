"""The pace of letters that nobody has asked for today: slowly at first, by the recipient's provider, never at night.

A free box that sends thousands of letters at once is blocked («550 spam message rejected»), and then no answer leaves
either. So bills leave one by one, more of them each day, and what was missed is not made up for in a burst.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

ALL = "*"
"""The pace of all providers together: it is our own box that is blocked."""

PUBLIC_PROVIDERS = {
    "mail.ru": ("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "mail.ua", "xmail.ru"),
    "yandex.ru": (
        "yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "narod.ru",
    ),
    "gmail.com": ("gmail.com", "googlemail.com"),
    "rambler.ru": ("rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru", "rambler.ua"),
    "outlook.com": ("outlook.com", "hotmail.com", "live.com", "live.ru", "msn.com"),
    "icloud.com": ("icloud.com", "me.com", "mac.com"),
}  # fmt: skip
"""Where private people have their boxes, each with the domains of its boxes."""
_BY_DOMAIN = {domain: name for name, domains in PUBLIC_PROVIDERS.items() for domain in domains}


def provider_of(address: str) -> str:
    """Whose servers receive for the address (in ASCII): one of `PUBLIC_PROVIDERS`, else its domain, in lower case."""
    domain = address.rpartition("@")[2].strip().lower()
    return _BY_DOMAIN.get(domain, domain)


@dataclass(frozen=True, slots=True)
class BillLimits:
    """`[bills]` of `rules/limits.toml`, which never touch the caps of answers.

    `per_minute` and `per_day` hold for one provider, `all_per_minute` and `all_per_day` for all together. `ramp`: per
    cent of them on the first days of sending (1…100). `pause_hours` follow a refusal for spam; from then on the ramp
    begins anew. `address_per_day`: letters to one address within 24 hours. Nothing leaves from `quiet_from` till
    `quiet_until`, by the company's clock; equal: no quiet hours.
    """

    per_minute: int = 10
    per_day: int = 3000
    all_per_minute: int = 20
    all_per_day: int = 6000
    ramp: tuple[int, ...] = (10, 25, 50)
    pause_hours: int = 6
    address_per_day: int = 50
    quiet_from: time = time(21)
    quiet_until: time = time(8)

    @property
    def pause(self) -> timedelta:
        return timedelta(hours=self.pause_hours)

    def gap(self, provider: str, days: int) -> timedelta:
        """The least time between two letters, on a day so many after the first."""
        a_minute = self.all_per_minute if provider == ALL else self.per_minute
        return timedelta(minutes=1) * 100 / (a_minute * self._percent(days))

    def daily(self, provider: str, days: int) -> int:
        """How many letters may leave on a day so many after the first; one at least."""
        a_day = self.all_per_day if provider == ALL else self.per_day
        return max(1, a_day * self._percent(days) // 100)

    def quiet(self, at: time) -> bool:
        """Is it night? The quiet hours may reach over midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def _percent(self, days: int) -> int:
        return self.ramp[max(days, 0)] if days < len(self.ramp) else 100


@dataclass(frozen=True, slots=True)
class Pacing:
    """The limits, and what the company's clock shows: its day, and whether it is night there."""

    limits: BillLimits
    day: date
    quiet: bool
