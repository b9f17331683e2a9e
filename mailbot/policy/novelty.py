"""What a letter brings that an earlier one and our answer did not: «новые доводы или обстоятельства».

Clause 2.2.email.4 silences only where nothing of this is found, so every doubt counts as new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.policy.similarity import folded

SELF_REPEAT = re.compile(
    r"(?:(?:повторно|еще раз|ещераз|снова|опять|вновь|в (?:который|сотый|третий|пятый|десятый) раз|(?:во )?второй раз"
    r"|вторично|третий раз|напоминаю)[\s,:]+(?:я )?(?:к )?(?:вам )?(?:уже )?"
    r"(?:прошу|пишу|обраща\w*|спрашива\w*|зада\w*|требую|повторя\w*|направля\w*|здравствуйте|добрый|хочу|интересу\w*"
    r"|вас|вам|о том же|про то же|тот же|та же|то же|по поводу|по вопросу))"
    r"|повторн\w+ (?:обращени\w*|письмо|запрос|вопрос|просьб\w*)|повторно\b|повторяю\w*"
    r"|(?:я )?(?:же )?(?:уже|ведь|же) (?:вас |вам |к вам )?(?:писал|спрашивал|обращал|просил|задавал|направлял)\w*"
    r"|(?:писал|спрашивал|просил)[аи]? (?:уже|же|вам|вас|ранее|раньше)\b"
    r"|(?:вопрос|просьба) (?:прежн\w+|тот же|та же|все тот же|не изменил\w+|остается)|тот же (?:самый )?вопрос|та же просьба"
    r"|еще раз|напоминаю (?:о|про|вам)|(?:о|про) (?:том|то) же|ранее (?:писал|обращал|просил)\w*"
)
"""The writer says that they repeat themselves; these words are no new circumstance."""

_DATE_WORDS = (
    r"вчера\w*|позавчера|сегодня|с утра|ночью|с (?:прошл|вчераш|позавчераш)\w+|на (?:этой|прошлой) неделе"
    r"|январ\w+|феврал\w+|март[аеу]?|апрел\w+|ма[йяе]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+"
)
SURE: tuple[tuple[str, str], ...] = (
    ("документ", r"при(?:лага|кладыва|крепля|клады|ложи|крепи|лож)\w*|во вложени\w*|вложил\w*|высылаю (?:копи|скан|справк)\w*"
     r"|скан\w*|фото\w*|видео\w*|справк\w+|экспертиз\w*|заключени\w+|протокол\w*|решени\w+ суда|чек\w?\b|квитанци\w+ об оплате"),
    ("замер", r"замер(?:я|ил|ен|ы|а|ов)\w*|измер\w+|термометр\w*|градусник\w*|градус\w*|°|тепловизор\w*"),
    ("повторение события", r"возобнов\w*|повтори(?:л[аои]сь|лся)|(?:снова|опять|вновь) (?:теч|потек|холод|замерз|прорва|капа|нет"
     r"|не |лопн|отключ|остыл|начисл|пришл|выстав|появи|побеж|сорва|слома)\w*|ничего не (?:измен|сдела|поменя)\w*|стало (?:хуже|еще)"
     r"|(?:теперь|сейчас) (?:еще|уже|тоже|снова|опять|и )|ухудш\w*|после (?:вашего|ремонта|замены|промывки|ответа|визита|работ)\w*"),
    ("срок прошёл", r"(?:срок|обещ)\w*|до сих пор|(?:так и|все еще) не \w+|не (?:выполн|устран|сдела|приш[её]?л|приех|исполн|появи)\w*"
     r"|прош(?:ел|ла|ло|ли) \w+|никто не \w+"),
    ("другое место", r"друг(?:ая|ой|ую|ом|ого|ие) (?:квартир|дом|счет|адрес|прибор|счетчик|комнат|месяц|период|помещен|стояк|батаре)\w*"
     r"|так(?:ой|ая|ое|ую) же|втор(?:ая|ой|ую) (?:квартир|счет|счетчик)\w*|(?:мам|отц|брат|сестр|сосед|бабушк|дочер|сын|родител)\w*"),
    ("возражение", r"(?:акт|замер|провер|расчет|сведени|данные|ответ)\w* (?:\w+ ){0,3}(?:неверн|неправ|ошиб|лож|не соответ|поддел|недостовер)\w*"
     r"|не соответству\w*|не подписыва\w*|поддел\w*|оспарива\w*|на самом деле|в действительности|неправд\w*|ложь|вранье|не был\w? \w+"
     r"|ошиб\w+|неверн\w+|не согласн\w* с (?:акт|замер|расчет)\w*"),
    ("ответ был не по существу", r"отписк\w*|не по существу|по существу (?:не|вопрос)\w*|не ответ\w+|формальн\w+|без ответа|ответа (?:нет|не)\w*"
     r"|не получ\w+"),
    ("закон", r"(?:постановлени|закон|кодекс|стать|правил)\w*|\bст\.\s*\d|\bп\.\s*\d|прокур\w*|жилинспекц\w*|роспотреб\w*|суд\w?\b"),
    ("новая вещь", r"\bнов(?:ый|ая|ое|ые|ого|ой|ом|ую|ых|ым)\b|появил\w+|выяснил\w+|узнал\w*|оказал\w+|обнаруж\w+"),
)  # fmt: skip
"""Words that name a new circumstance wherever the earlier letter and our answer lack them."""

UNSURE: tuple[tuple[str, str], ...] = (
    ("время", _DATE_WORDS),
    ("несогласие", r"не согла\w+|возража\w+|не устраива\w+"),
    ("довод", r"потому что|так как|поскольку|дело в том|кроме того|к тому же|помимо"),
)
"""Words that may be only feeling: a person looks."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Novelty:
    """What is new, in words for staff: `sure` surely, `unsure` perhaps; `looked` is what was searched for."""

    sure: tuple[str, ...]
    unsure: tuple[str, ...]
    looked: tuple[str, ...]


LOOKED = (
    *(name for name, _ in SURE), *(name for name, _ in UNSURE),
    "числа и даты", "вложения", "новые сведения из письма",
)  # fmt: skip


def novelty(later: str, known: str) -> Novelty:
    """What the text of the later letter holds that the `known` texts (first letter, our answer) do not.

    Both are the writer's plain words; contact data should be blanked from `later`, for a phone added
    to a repeated question is no new circumstance.
    """
    text, known = SELF_REPEAT.sub(" ", folded(later)), folded(known)
    numbers = _new_numbers(text, known)
    return Novelty(
        sure=(*_found(SURE, text, known), *(f"число {number}" for number in numbers)),
        unsure=_found(UNSURE, text, known),
        looked=LOOKED,
    )


def repeats_itself(text: str) -> bool:
    """Does the writer say that they ask again?"""
    return SELF_REPEAT.search(folded(text)) is not None


def _found(markers: tuple[tuple[str, str], ...], text: str, known: str) -> tuple[str, ...]:
    """«замер: «14 градусов»»: the first word of each marker that the known texts do not hold."""
    found = []
    for name, pattern in markers:
        for match in re.finditer(rf"\b(?:{pattern})" if pattern[0] != "\\" else pattern, text):
            word = match[0].strip()
            if word and word[:6] not in known:
                found.append(f"{name}: «{word}»")
                break
    return tuple(found)


def _new_numbers(text: str, known: str) -> tuple[str, ...]:
    before = {_number(number) for number in _NUMBER.findall(known)}
    return tuple(dict.fromkeys(found for found in _NUMBER.findall(text) if _number(found) not in before))[:5]


def _number(text: str) -> str:
    """«1,50» and «1.5» are one number; «007» is 7."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
