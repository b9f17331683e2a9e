"""The words of programs that answer for somebody: subjects they put, and letters that are a notice and nothing else.

A subject, or a sentence on a holiday, proves little: people write them, too. But a letter in which each word belongs to
a notice of absence or of receipt, and which speaks of the mail itself («почту не читаю», «отвечу по возвращении»),
holds nothing that anybody could act on.
"""

from __future__ import annotations

import re

_REPLY = r"^\W*+(?:(?:re|fwd?|отв|ответ|aw|sv|на)(?:\[\d+\])?\s*:\W*+)*+"
_AUTOMATIC = re.compile(
    _REPLY + r"(?:автоматический ответ|автоответ(?:чик)?(?=\W*$|\s*[:\-–—«\"(])|автоматическое уведомление"
    r"|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|generated)|auto:|autoreply"
    r"|автоматична відповідь|аўтаматычны адказ|автоматты жауап|automatische antwort|abwesen|r[eé]ponse automatique"
    r"|absence du bureau|respuesta autom[aá]tica|risposta automatica|resposta autom[aá]tica|otomatik (?:yan[ıi]t|cevap)"
    r"|automatick[aá] odpov|odpowied[zź] automatyczna|自动(?:答复|回复)|自動(?:回覆|返信|応答)"
    r"|(?:прочитано|прочтено|не прочитано|уведомление о прочтении|read|not read|принято|отклонено|под вопросом|accepted"
    r"|declined|tentative)\s*:"
    r"|(?:\[[^\]\n]{1,30}\]\s*)?(?:ваш[ае]? )?(?:обращение|заявка|запрос|письмо|сообщение)(?: № ?[\w/-]+)? "
    r"(?:зарегистрирован[оа]?|принят[оа]?|получен[оа]?|создан[оа]?|закрыт[оа]?|выполнен[оа]?|передан[оа]?|решен[оа]?)"
    r"(?:\W+№? ?[\w/-]+)?\W*$"
    r"|новое голосовое сообщение\W*$|голосовая почта\W*$|пропущенный (?:звонок|вызов)\b|(?:новый|входящий|получен) факс\b"
    r"|(?:new )?voice ?mail\b|missed call\b)",
    re.IGNORECASE,
)
_BOUNCE = re.compile(
    _REPLY
    + r"(?:undeliver(?:ed|able)|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|failure|system)"
    r"|returned mail|failure notice|недоставленное сообщение|не удалось доставить (?:ваше )?(?:сообщение|письмо)"
    r"|(?:ваше )?(?:сообщение|письмо) не доставлено|mail failure|message not delivered|undelivered mail)",
    re.IGNORECASE,
)
_ABSENT_SUBJECT = re.compile(
    _REPLY
    + r"(?:vacation|(?:я )?(?:нахожусь )?в (?:отпуске|командировке)|нет на (?:работе|рабочем месте)|отпуск\W*$)",
    re.IGNORECASE,
)
_ABSENCE_FIRST = re.compile(
    r"^\W*(?:(?:здравствуйте|добрый (?:день|вечер)|доброе утро|hello|hi|dear \w+|thank you for your (?:e-?mail|message|letter)"
    r"|спасибо за (?:ваше )?письмо|благодар\w+ (?:вас )?за (?:ваше )?(?:письмо|обращение))[\W]+)*"
    r"(?:[^!?\n]{0,60}?\b)?(?:в (?:\w+ )?(?:отпуске|командировке|отпуску)|на больничном|(?:временно )?отсутствую|нет на рабочем месте"
    r"|out of (?:the )?office|on (?:\w+ )?(?:vacation|leave|holiday)|away (?:from|until|till))\b",
    re.IGNORECASE,
)
_SAYS_SO_FIRST = re.compile(
    r"^\W*(?:(?:здравствуйте|добрый день|уважаем\w+ \w+|hello|hi)\W+)?(?:автоответ(?:чик)?\s*[.:!\n\-–—]"
    r"|(?:это|вас приветствует|вам отвечает)\W{1,3}(?:автоматическ\w+ (?:ответ|сообщение|письмо|уведомление)|автоответчик|почтовый робот)"
    r"|(?:данное|это|настоящее) (?:письмо|сообщение|уведомление) (?:было )?(?:создано|сформировано|отправлено|составлено) автоматически"
    r"|this is an auto(?:mated|matic)(?:ally generated)? (?:reply|response|message|e-?mail))",
    re.IGNORECASE,
)

_MATTER = re.compile(
    r"показани|лицев|л/с|\bлс\b|счётчик|счетчик|батаре|отоплен|гкал|перерасч|прошу(?! (?:вас )?(?:обращ|писать|звонить|связ|направ))"
    r"|\bгвс\b|квитанц|\?|холод|тепл|т[её]пл"
    r"|\bвод[аыуе]\b|начисл|оплат|долг|жалоб|авари|течь|теч[её]т|прорв|почему|пересчит|\bплат[аеуы]\b|\bкв\.? ?\d|\bсч[её]т",
    re.IGNORECASE,
)
"""Words of a client's own business."""

_AWAY = re.compile(
    r"отпуск|командировк|больничн|отсутству|не буду на (?:работе|месте|рабочем)|out of (?:the )?office"
    r"|on (?:\w+ )?(?:vacation|leave|holiday)|away (?:from|until)|business trip"
)
_RECEIVED = re.compile(
    r"(?:письмо|обращение|сообщение|заявка|запрос)\b[^.!\n]{0,40}\b(?:получен|принят|зарегистрирован|доставлен)"
    r"|(?:получил|зарегистрировал)[аи]? [^.!\n]{0,20}(?:письмо|обращение|сообщение|заявку|запрос)"
    r"|(?:message|request|e-?mail|ticket)\b[^.!\n]{0,40}\b(?:received|registered|created)"
)
_BY_ITSELF = re.compile(r"автоматич|автоответ|робот|auto(?:mated|matic|reply)")
_OF_THE_MAIL = re.compile(
    r"почт[уеойы]{0,2}\b[^.!\n]{0,30}\bне (?:читаю|проверяю|просматриваю|имею|смогу)"
    r"|не (?:читаю|проверяю|просматриваю|имею)\b[^.!\n]{0,30}\bпочт"
    r"|доступ\w*[^.!\n]{0,30}\bпочт|почт\w*[^.!\n]{0,30}\bдоступ|письм\w*[^.!\n]{0,30}\b(?:не буд|не переадрес|не пересыла|не прочит)"
    r"|отвечу|ответим|смогу ответить|свяж(?:емся|утся|ется)|не отвечайте|отвечать[^.!\n]{0,20}не (?:нужно|надо|требуется)"
    r"|(?:вопрос\w*|случа\w*|необходимости)[^.!\n]{0,60}\b(?:обращ|звон|пиш|писать|свя[жз])"
    r"|will (?:\w+ )?(?:reply|respond|answer|get back|contact)|no access|limited access|do not reply"
    r"|(?:urgent|immediate)[^.!\n]{0,60}(?:contact|call)"
)
_STEMS = """
    отпуск командировк больничн отсутств выходн офис рабоч работ период числ недел месяц январ феврал март апрел июн июл
    август сентябр октябр ноябр декабр понедельн вторник четверг пятниц суббот воскресен включител почт письм сообщени
    обращени обращайт обращать обратит запрос заявк номер вопрос случа необходим срочн неотложн экстренн просьб звон позвон
    напиш напис писать пишит свяж связ телефон сотов адрес электронн коллег заместит замещ замен исполн обязанност секретар
    приемн директор руководит менеджер специалист инженер бухгалтер юрист оператор сотрудник служб поддержк команд благодар
    понимани уважени здравств приветств автоматич автоответ созда сформир отправ ответ отвеч требуется робот сервер получ
    прочит прочт читать читаю провер просматрив доступ нахожусь находит находя возвращ вернусь вернется выйду зарегистр
    принят рассмотр рассматрив ближайш врем минут настоящ данно могу сможет смогу может ограничен возможност пересыла
    переадрес перенаправ переслан извин неудобств ежегодн очередн декретн добр понедел
"""
_WORDS = """
    я мы он она они его ее их вы ваш ваша ваше вашего вашу вам вами вас наш наша нам мой моя мое моей мне меня мной это этот
    эта по до с со в во на к ко за из о об от для или и а но не без при у также так как только уже еще если что все всем всех
    сейчас после буду будет будут был была было имею имеет г год года году ден день дня дней дни дата даты дату место месте места
    него нее
    нему ней мая май среда среды среду тел моб эл ув раз утро утра вечер спасибо пожалуйста прошу просим нужно надо либо далее ранее
    позднее позже снова вновь когда отдел отдела отделе тот том время час часа часов
    i am m we are is be will the a an of to in on at for from until till and or if you your my me it this that with no not do by
    as so any out office vacation leave holiday away business trip sick annual access limited mail e email emails message
    messages letter request ticket received registered created has have been reply replying respond response answer get back
    return returning soon possible when urgent matter matters question questions case immediate assistance help contact call
    please phone tel colleague thank thanks regards best kind dear hello hi automatic automated automatically auto generated
    currently during period january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday st nd rd th team support shortly
"""
_NOTICE_WORD = re.compile(rf"(?:(?:{'|'.join(_STEMS.split())})\w*|{'|'.join(_WORDS.split())})")
_WORD = re.compile(r"[^\W\d_]+")
_REACHED_AT = re.compile(r"[^\s<>@,;]{1,64}@[^\s<>@,;]{1,100}")
_SENTENCE = re.compile(r"[.!]+(?=\s|$)|\n+")

MAX_NAMES = 4
"""Words of a sentence that may be a name: «Смирновой Ольге Ивановне»."""

MAX_NOTICE_LENGTH = 900
"""Characters beyond which a letter is no mere notice."""


def bounce_subject(subject: str) -> str:
    """The opening of a subject that mail servers give to what they return; empty where it is none."""
    return _opening(_BOUNCE, subject)


def automatic_subject(subject: str) -> str:
    """The opening of a subject that programs put before their answers; empty where it is none."""
    return _opening(_AUTOMATIC, subject)


def absent_subject(subject: str) -> str:
    """The opening of a subject on somebody's absence, which opens a client's letter, too; empty where it is none."""
    return _opening(_ABSENT_SUBJECT, subject)


def _opening(pattern: re.Pattern[str], subject: str) -> str:
    match = pattern.match(subject[:500])
    return match[0].strip() if match else ""


def is_reply(subject: str) -> bool:
    """Does the subject begin with «Re:»: is it the words of the letter answered?"""
    match = re.match(_REPLY, subject[:500], re.IGNORECASE)
    return match is not None and ":" in match[0]


def speaks_of_business(subject: str, text: str) -> bool:
    """Is there a word of a client's own business, in the text or in a subject that is not the answered letter's?"""
    return _MATTER.search(text) is not None or (_MATTER.search(subject) is not None and not is_reply(subject))


def find_opening_absence(text: str) -> str:
    """The words by which a letter begins as a notice of absence, or says that a program wrote it; empty where it does not."""
    match = _ABSENCE_FIRST.match(text[:1000]) or _SAYS_SO_FIRST.match(text[:1000])
    return " ".join(match[0].split())[-80:] if match else ""


def find_absence_with_contact(text: str) -> str:
    """The words of absence at the head of a letter that also says whom to turn to or when an answer comes; else empty."""
    return find_opening_absence(text) if _OF_THE_MAIL.search(text[:MAX_NOTICE_LENGTH].lower()) else ""


def find_bare_notice(subject: str, text: str) -> str:
    """The sentence that shows it, where subject and text together are a notice of absence or of receipt, and no more.

    The words after «Re:» are those of the letter answered: they are left aside. Empty where any word is of another sort.
    """
    own_subject = (
        "" if is_reply(subject) or automatic_subject(subject) or absent_subject(subject) else subject
    )
    whole = f"{own_subject}\n{text}".strip()
    if not whole or len(whole) > MAX_NOTICE_LENGTH or _MATTER.search(whole):
        return ""
    return "" if _has_other_words(whole) else find_mail_notice(whole)


def find_mail_notice(text: str) -> str:
    """The words on absence or receipt, where the text also speaks of the mail, or of itself as a program's; else empty.

    Beside a header that only programs set they tell whose telephones and names stand there: not the writer's own.
    """
    folded = text[:MAX_NOTICE_LENGTH].lower()
    about = [match for pattern in (_AWAY, _RECEIVED, _BY_ITSELF) if (match := pattern.search(folded))]
    if not about or not (len(about) > 1 or _OF_THE_MAIL.search(folded)):
        return ""
    return " ".join(about[0][0].split())


def _has_other_words(whole: str) -> bool:
    """Is there a word that is none of a notice's? Names are no words: capitals within a sentence, or all there is of one."""
    for sentence in _SENTENCE.split(_REACHED_AT.sub(" ", whole)):
        words = _WORD.findall(sentence.replace("ё", "е"))
        all_names = len(words) <= MAX_NAMES and all(word[0].isupper() for word in words)
        names = sum(word[0].isupper() for word in words[1:])
        for at, word in enumerate(words):
            name = word[0].isupper() and (at > 0 or all_names) and names <= MAX_NAMES
            if not name and not _NOTICE_WORD.fullmatch(word.lower()):
                return True
    return False
