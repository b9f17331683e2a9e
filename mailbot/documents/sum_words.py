"""A sum in Russian words, as invoices and acts have it: «Одна тысяча двести рублей 05 копеек»."""

from __future__ import annotations

from decimal import Decimal

_ONES = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
         "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
         "семнадцать", "восемнадцать", "девятнадцать")  # fmt: skip
_TENS = ("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят",
         "девяносто")  # fmt: skip
_HUNDREDS = ("", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот",
             "девятьсот")  # fmt: skip
_SCALES = (
    ("рубль", "рубля", "рублей"),
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
    ("триллион", "триллиона", "триллионов"),
)
_FEMININE = {"один": "одна", "два": "две"}


def spell_sum(sum_: Decimal) -> str:
    """Roubles in words, kopecks in figures; below zero with «минус». ValueError from a quadrillion on."""
    kopecks = int(abs(sum_) * 100)
    roubles, rest = divmod(kopecks, 100)
    if roubles >= 1000 ** len(_SCALES):
        raise ValueError(f"{sum_}: no such sum is owed")
    words = ["минус"] if sum_ < 0 else []
    if roubles == 0:
        words.append("ноль")
    for at in range(len(_SCALES) - 1, -1, -1):
        part = roubles // 1000**at % 1000
        if part or at == 0:
            words += [*_three(part, feminine=at == 1), _form(part, _SCALES[at])]
    text = " ".join(words) + f" {rest:02} {_form(rest, ('копейка', 'копейки', 'копеек'))}"
    return text[0].upper() + text[1:]


def _three(number: int, *, feminine: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = (0, rest) if rest < 20 else divmod(rest, 10)
    last = _FEMININE.get(_ONES[ones], _ONES[ones]) if feminine else _ONES[ones]
    return [word for word in (_HUNDREDS[hundreds], _TENS[tens], last) if word]


def _form(number: int, forms: tuple[str, str, str]) -> str:
    tens, ones = number % 100, number % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return forms[2]
    return forms[0] if ones == 1 else forms[1]
