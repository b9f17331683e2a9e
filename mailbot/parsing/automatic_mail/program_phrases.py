"""How programs word what they send for somebody: receipts of ticket systems, voicemail, faxes, absence; header or none.

The wording alone proves little, for clients quote it. It must stand where programs set it, at the head of the letter and
turned to the reader, or as the program's own last line, and a receipt must say nothing of its writer («мне», «у нас»).
"""

from __future__ import annotations

import re

HEAD = 400
"""Characters of a letter in which a program says what it is about."""

MAX_LENGTH = 5_000

_GREETING = (
    r"^\W{0,5}+(?:(?:здравствуйте|добр(?:ый|ого|ое|ой) (?:день|дня|вечер|утро)|уважаем\w++(?: [\w.]++){1,3}|hello|hi|dear \w++)"
    r"\W{0,5}+){0,3}"
)
_TICKET = r"(?:обращени[еяю]|заявк[аиуе]|запросу?|заявлени[еяю]|письмо|сообщени[ея]|тикет|инцидент|жалоба|ticket|request|case)"
_NUMBER = r"(?:№|n|#|номер\W|id)?\W{0,3}[\w/-]{0,6}\d[\d/-]{1,15}"
_STATE = (
    r"(?:принят|зарегистрирован|получен|создан|передан|направлен|обработан|выполнен|закрыт|решен|доставлен|поставлен|поступил"
    r"|рассматрива|в работе|в обработке|has been|was received|received|registered|created|closed)"
)
_RECEIPT = re.compile(
    _GREETING
    + rf"(?:(?:по )?(?:ваш(?:[аеу]|ему|ей)?|your) {_TICKET}|{_TICKET} {_NUMBER})[^.!?\n]{{0,100}}?{_STATE}[^.!?\n]{{0,60}}"
)
_ONESELF = re.compile(r"(?<!\w)(?:я|мне|меня|мной|мо[яиюе]\w{0,2}|у нас|нам|мы|наш\w{0,3})(?!\w)")
_THANKS = re.compile(
    _GREETING
    + r"(?:спасибо|благодар\w++)[^.!?\n]{0,20}? за (?:\w++ ){0,2}(?:письмо|обращени[ея]|сообщени[ея]|заявку|запрос)|"
    + _GREETING
    + r"мы получили (?:ваш\w?|его|её|ее)"
)
_PROMISE = re.compile(
    r"(?<!\w)(?:ответим|свяжемся|свяжется|свяжутся|рассмотрим|ответит|перезвоним)(?!\w)|будет (?:рассмотрен|дан|обработан)\w*"
)
_CALL = re.compile(
    r"(?<!\w)(?:голосов\w++ (?:сообщени\w++|почт\w++)|пропущенн\w++ (?:звонок|вызов)\w*+|voice ?mail|missed call"
    r"|(?:получен|принят|входящ|поступил|новы)\w{0,3}+ (?:\w++ )?факс\w*+"
    r"|факс\w*+ (?:\w++ )?(?:получен|принят|от \+?\d)\w*+|(?:new|received) fax)"
)
_OF_A_CALL = re.compile(
    r"длительност|продолжительност|прослуша|(?:с номера|от абонента|от|from)\W{1,3}\+?\d[\d() -]{4,18}|\d{1,2}:\d\d|\d+ (?:стр|лист)"
)
_BY_ITSELF = re.compile(
    r"(?:^|[.!?\n])\W{0,5}+(?:это|данное|настоящее)? ?(?:письмо|сообщение|уведомление|ответ) (?:\w++ ){0,2}?"
    r"(?:создан|сформирован|отправлен|сгенерирован|составлен)\w?+ (?:автоматически|роботом|программой|системой)"
    r"|(?:^|[.!?\n])\W{0,5}+(?:пожалуйста\W{1,3})?(?:не отвечайте|отвечать) на (?:это|данное)"
    r" (?:автоматическое )?(?:письмо|сообщение|уведомление)"
)


def find_program_wording(text: str) -> str:
    """The words by which the text is a program's, whatever else stands in it; empty where it reads like a person's."""
    folded = text[:MAX_LENGTH].lower().replace("ё", "е")
    head = folded[:HEAD]
    return _receipt(head) or _thanks(head) or _call(head) or _own_line(folded)


def _receipt(head: str) -> str:
    """«Ваша заявка № 123 принята», «Заявка 12-345 закрыта»; who says «мне» there writes of his own request."""
    match = _RECEIPT.match(head)
    return _shown(match) if match and not _ONESELF.search(match[0]) else ""


def _thanks(head: str) -> str:
    """«Спасибо за обращение! Мы ответим в течение двух дней.»"""
    match = _THANKS.match(head)
    return _shown(match) if match and _PROMISE.search(head) and "?" not in head else ""


def _call(head: str) -> str:
    """«Вам оставлено голосовое сообщение с номера …», «Получен факс, 2 страницы»."""
    match = _CALL.search(head)
    return _shown(match) if match and _OF_A_CALL.search(head) and not _ONESELF.search(head) else ""


def _own_line(folded: str) -> str:
    match = _BY_ITSELF.search(folded)
    return _shown(match) if match else ""


def _shown(found: re.Match[str]) -> str:
    return " ".join(found[0].strip(" .!?\n").split())[-80:]
