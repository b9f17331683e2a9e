"""The figures of an evaluation and of a training in a terminal, and as JSON."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from mailbot.model import LetterKind
from mailbot.services.evaluation.counting import Evaluation, EvaluationFigure, Share
from mailbot.services.evaluation.reliability import Reliability
from mailbot.services.training.cross_validation import CrossValidation
from mailbot.wording.case_titles import LETTER_KINDS

Confusion = tuple[tuple[tuple[LetterKind, LetterKind], int], ...]


def show_evaluation(console: Console, evaluation: Evaluation, most_failures: int) -> None:
    """Figures, the confusion of primary kinds, and the failures."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    for figure in evaluation.figures:
        table.add_row(figure.title, *_words(figure))
    console.print(table)
    _show_confusion(console, evaluation.confusion)
    _show_reliability(console, evaluation.reliability)
    console.print(f"\nРасхождений с разметкой: {len(evaluation.failures)}")
    for failure in evaluation.failures[:most_failures]:
        line = (
            f"  {failure.file}: {failure.what}. Положено {failure.owed}, вышло {failure.got}. {failure.why}"
        )
        console.print(line, markup=False, soft_wrap=True)
    if len(evaluation.failures) > most_failures:
        console.print(f"  … и ещё {len(evaluation.failures) - most_failures} (--failures N)")


def evaluation_json(evaluation: Evaluation) -> dict[str, object]:
    """The keys of `mailbot eval --json`: figures by name, the confusion, the failures."""
    return {
        "figures": {
            figure.name: {"good": figure.value.good, "whole": figure.value.whole}
            if isinstance(figure.value, Share)
            else round(figure.value, 4)
            for figure in evaluation.figures
        },
        "reliability": {
            reliability.field: [
                {"least": bin.least, "most": bin.most, "things": bin.things, "right": bin.right}
                for bin in reliability.bins
            ]
            for reliability in evaluation.reliability
        },
        "confusion": [
            {"label": str(label), "found": str(kind), "letters": count}
            for (label, kind), count in evaluation.confusion
        ],
        "failures": [
            {
                "what": failure.what,
                "file": failure.file,
                "owed": failure.owed,
                "got": failure.got,
                "why": failure.why,
            }
            for failure in evaluation.failures
        ],
    }


def show_cross_validation(console: Console, found: CrossValidation) -> None:
    """What the model makes of letters it did not learn from."""
    console.print(
        f"Перекрёстная проверка, {found.folds} частей, {found.letters} писем: "
        f"главный вид верен {found.primary_accuracy:.1%}, macro-F1 {found.primary_macro_f1:.4f}; "
        f"все виды, средняя F1 {found.kinds_f1:.4f}; "
        f"потеря (log-loss) {found.log_loss:.4f}, ошибка калибровки {found.calibration_error:.4f}"
    )
    _show_confusion(console, found.confusion)
    table = Table(box=None, padding=(0, 1), header_style="dim")
    for heading in ("Признак", "Писем", "F1", "Ошибка калибровки"):
        table.add_column(heading, justify="left" if heading == "Признак" else "right")
    for label in found.labels:
        table.add_row(label.name, str(label.letters), f"{label.f1:.3f}", f"{label.calibration_error:.3f}")
    console.print(table)


def _words(figure: EvaluationFigure) -> tuple[str, str]:
    if not isinstance(figure.value, Share):
        return f"{figure.value:.4f}", ""
    share = figure.value.value
    return f"{figure.value.good} из {figure.value.whole}", "" if share is None else f"{share:.1%}"


_FIELDS = {
    "primary": "главный вид", "readings": "показание", "name": "имя", "account": "лицевой счёт",
    "phone": "телефон", "address": "адрес",
}  # fmt: skip


def _show_reliability(console: Console, found: tuple[Reliability, ...]) -> None:
    console.print("\nВерно из всех, при такой уверенности:")
    for reliability in found:
        bins = (f"{bin.least:.1f}–{bin.most:.1f}: {bin.right} из {bin.things}" for bin in reliability.bins)
        console.print(f"  {_FIELDS[reliability.field]:13} " + ";  ".join(bins), markup=False, soft_wrap=True)


def _show_confusion(console: Console, confusion: Confusion) -> None:
    counts = dict(confusion)
    table = Table(
        box=None,
        padding=(0, 1),
        header_style="dim",
        title="Главный вид: в строке метка, в столбце — что вышло",
    )
    table.add_column("")
    for kind in LetterKind:
        table.add_column(LETTER_KINDS[kind], justify="right")
    for label in LetterKind:
        table.add_row(LETTER_KINDS[label], *(str(counts.get((label, kind), 0) or "·") for kind in LetterKind))
    console.print(table)
