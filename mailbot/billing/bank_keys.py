"""Control keys of bank accounts: whether account and bank belong together, so that a typing error pays nobody else.

The order of the Bank of Russia of 08.09.1997 № 515: digits × 7, 1, 3, …; their last digits add up to a multiple of ten.
"""

from __future__ import annotations

from itertools import cycle

WEIGHTS = (7, 1, 3)


def account_fits(bic: str, account: str) -> bool:
    """Does a settlement account (расчётный счёт) of 20 digits belong to the bank of that BIC of 9 digits?"""
    return _fits(bic[-3:] + account)


def correspondent_fits(bic: str, account: str) -> bool:
    """The same of the bank's own correspondent account (корреспондентский счёт) with the Bank of Russia."""
    return _fits("0" + bic[4:6] + account)


def _fits(digits: str) -> bool:
    return (
        sum(int(digit) * weight % 10 for digit, weight in zip(digits, cycle(WEIGHTS), strict=False)) % 10 == 0
    )
