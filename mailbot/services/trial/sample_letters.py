"""Sample letters with their expectations: what the demo shows and the tests hold."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mailbot.model import RawLetter
from mailbot.store import CaseSummary
from mailbot.transport import FileFault, read_path


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter and what should come of it. `template` is empty where no letter of ours is due."""

    name: str
    about: str
    raw: RawLetter
    primary: str
    kinds: frozenset[str]
    action: str
    rule: str | None
    template: str
    readings: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        return sha256(self.raw.content).hexdigest()


def load_samples(folder: Path) -> tuple[Sample, ...]:
    """Every `letters/*.eml` with the `.toml` beside it, in the order of their names."""
    return tuple(_sample(path) for path in sorted((folder / "letters").glob("*.eml")))


def _sample(path: Path) -> Sample:
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    ((_, raw),) = (item for item in read_path(path) if not isinstance(item, FileFault))
    return Sample(
        name=path.stem,
        about=expected["about"],
        raw=raw,
        primary=expected["primary"],
        kinds=frozenset(expected["kinds"]),
        action=expected["action"],
        rule=expected.get("rule"),
        template=expected["template"],
        readings=tuple((item.get("account", ""), item["value"]) for item in expected.get("readings", ())),
    )


def faults(sample: Sample, case: CaseSummary) -> Sequence[str]:
    """Where a case differs from what its sample expects; empty where it came out right."""
    pairs = (
        ("действие", sample.action, case.action),
        ("главный вид", sample.primary, case.kinds[0] if case.kinds else None),
        ("виды", sorted(sample.kinds), sorted(case.kinds)),
        ("правило", sample.rule, case.rule if case.action == "no_reply" else None),
        ("письмо", sample.template, case.template or ""),
        ("показания", sorted(sample.readings), sorted(case.readings)),
    )
    return tuple(f"{what}: ждали {want}, вышло {got}" for what, want, got in pairs if want != got)
