"""How figures are written for Russian readers: one form for bills, letters, pages and the terminal."""

from __future__ import annotations

from decimal import Decimal


def format_money(sum_: Decimal) -> str:
    """«1 234,56» with no-break spaces; whole kopecks, no minus before nothing."""
    text = f"{sum_:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return "0,00" if text == "-0,00" else text.replace("-", "\u2212")


def format_quantity(value: Decimal) -> str:
    """«6,5»: a volume, a price of a norm, hours; a comma, no idle zeros."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text.replace(".", ",").replace("-", "\u2212")
