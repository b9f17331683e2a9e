"""Words beside abuse that name a thing, a person or a deed: where one stands, there may be a matter (clause 2.2.email.2).

«Вы там совсем ослепли, твари» names nothing; «Твари, лифт стоит» names a lift, whatever the company has to do with it.
Cold, and what comes of it, is a matter even where a curse or a threat names it («урою, если мать помрёт от холода»); so is a
denial («это не моё», «я там не живу», «я уже говорила»), for it answers something of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailbot.language.dictionary import is_known
from mailbot.model import AbuseKind, ExtractedValue, Span
from mailbot.understanding.text.morphology import forms, is_number_word, lemmas
from mailbot.understanding.text.passages import Passage

_WORD = re.compile(r"(?<![\w@*#$])[^\W\d_]{3,}(?![\w@*#$])")  # not the halves of «шара@шка»
_STOP = re.compile(r"[.!?;\n]")
_SUBORDINATE = re.compile(
    r"(?:(?<=[,–—-])|(?<=[,–—-]\s)|(?<!\w))(?:если|ежели|коли|раз|пока|когда|потому|из-за|за то|ведь|у меня|у нас|у нее|у него)\b"
)
"""Here ends what a threat says of its own: what follows is why, or when."""

_COLD = re.compile(
    r"(?<!\w)(?:от |в |такой же |таком же )?(?:холод|мороз|стуж|ледян|дубак|(?:за|вы|пере|про)?м[её]р(?:з|знет|зл)|коче|окоче|стын"
    r"|переохлажд|обморо)\w*"
)
_KIN = (
    r"(?:мат(?:ь|ушк\w+)|мам\w*|отец|отца|пап\w*|батя|баб(?:к|ушк|ул)\w+|дед\w*|муж\w?|жена|жену|сын\w?|доч\w+|тещ\w+|тест\w+"
    r"|свекр\w+|брат\w?|сестр\w+|внук\w?|внуч\w+|ребен\w+|дети|детей|малыш\w*|старик\w*|старух\w*|старушк\w*|сосед\w*)"
)
_FALLS_ILL = (
    r"(?:(?:за)?боле[ею]\w*|болеет|заболел\w*|забол\w+|просту[дж]\w*|больниц\w*|скор(?:ую|ая|ой)|реанимаци\w*|температур\w*|воспалени\w*"
    r"|пневмони\w*|кашля\w*|(?:по|у|вы)м(?:рет|рут|ирает|ирают|ер|ерла|ерли)|околе\w+|окочур\w+|сляж\w+|слегл?а?|синя\w|синий"
    r"|посине\w+|загн\w+)"
)
_KIN_ILL = re.compile(
    rf"(?<!\w){_KIN}\b[^.!?;\n]{{0,40}}?(?<!\w){_FALLS_ILL}\b|(?<!\w){_FALLS_ILL}\b[^.!?;\n]{{0,20}}?(?<!\w){_KIN}\b"
)
_WISHED = re.compile(
    r"(?<!\w)(?:чтоб|чтобы|пусть|ваш\w*|твой|твоя|твои|твою|тебя|вас|вам)\b[^.!?;,\n]{0,40}$"
)
"""A curse on the reader or the reader's family."""

_DENIES = re.compile(
    r"(?<!\w)не (?:(?:ко|к|у|за|про|о|от) (?:мне|меня|нам|нас)|мо[йяеию]|моего|моей|моих|наш\w{0,3}|мне|меня|нам|нас|я|мы"
    r"|то[тйм]?|того|та|те|тех|туда|там|тут|здесь|сюда|жив(?:у|ем|ет|ут)|прожива\w+|числ\w+|явля\w+|зарегистр\w+|прописан\w*)\b"
    r"|(?<!\w)(?:я|мы|вам|раз|уже|же)\b(?:\s+\w+){0,3}?\s+(?:говорил|сказал|писал|написал|объяснял|объяснил|звонил|сообщал|сообщил"
    r"|отвечал|ответил|повторял|просил|предупреждал|предупредил|отправлял|отправил|передавал|передал|платил|оплатил)(?:а|и)?\b"
)
"""«it is not mine», «I have told you already»: the writer answers what we sent or asked."""
_MIXED = re.compile(r"[а-яё][А-ЯЁ]")  # «хуК» is nobody's hook
_NAMES_NOTHING = frozenset(
    # the reader, as abuse addresses them
    "человек люди народ товарищ господин дама девушка тетка мужик баба бабка дед дядя мать мама отец папа сын дочь дети ребенок"
    " семья родня внук потомок начальник начальница директор компания контора организация фирма шарага шарашка шайка банда"
    " сборище кучка стая свора стадо порода племя отродье работник сотрудник сотрудница чиновник бюрократ дармоед бездельник"
    " лентяй лентяйка тунеядец ворюга вор жулик мошенник мошенница бандит грабитель хапуга жлоб рвач упырь паразит кровосос"
    " курица петух корова овца баран козел осел гадюка жаба змея шакал оператор бухгалтер бухгалтерша секретарша кассирша"
    " специалист пиявка хам хамка хамло нахал бессовестный подлец мерзость гадость дрянь мразь животное скот зверь свинья"
    # what of a person abuse is about
    " рука нога голова башка мозг ум рот пасть глаз глаза рожа морда харя рыло лицо ухо нос язык зуб горло глотка шея душа сердце"
    " кость зад задница спина пузо брюхо жир кишка печень кровь совесть стыд честь ум разум жизнь смерть гроб могила ад черт бес"
    " дьявол бог господь христос небо земля свет проклятие беда горе болезнь рак инфаркт инсульт чума холера понос"
    # empty words of anger
    " раз слово дело вещь штука место время день ночь час год век конец край предел пора крышка хана кранты"
    " нет сила терпение зло злость ненависть"
    " цирк балаган бардак дурдом дурка сарай помойка позор ужас кошмар безобразие беспредел наглость хамство глупость тупость"
    " бред чушь ерунда письмо привет здоровье счастье удача пожелание благодарность спасибо день утро вечер добрый".split()
)
_SAYS_NOTHING = frozenset(
    "быть есть мочь хотеть стать знать думать понимать видеть слышать сидеть жить сдохнуть подохнуть умереть гореть гнить"
    " провалиться идти пойти уйти пошел катиться валить сосать жрать лопнуть подавиться захлебнуться сгнить сгореть сгинуть"
    " ненавидеть проклинать презирать плевать наплевать желать терпеть надоесть достать бесить заткнуться молчать работать делать"
    " сделать уметь охренеть офигеть обнаглеть оборзеть ослепнуть оглохнуть зажраться спать проспаться проснуться лечиться"
    " стыдиться бояться уволиться говорить сказать писать читать звать назвать родить родиться держать взять заслужить получить"
    " ответить отвечать наказать накажет прийти найти вернуться убить".split()
)


_AGAIN = frozenset("опять снова вновь".split())
"""Whoever says so speaks of something that they and we know."""


def matter_in_abuse(texts: Iterable[Passage]) -> Iterator[Span]:
    """Cold and the illness of the writer's own people, be it within a curse or a threat, and what the writer denies."""
    for text in texts:
        for pattern in (_COLD, _DENIES):
            yield from (text.span(*match.span()) for match in pattern.finditer(text.folded))
        for match in _KIN_ILL.finditer(text.folded):
            if not _WISHED.search(text.folded, max(0, match.start() - 60), match.start()):
                yield text.span(*match.span())


def words_of_matter(rest: Iterable[Passage], abuse: tuple[ExtractedValue[AbuseKind], ...]) -> Iterator[Span]:
    """Nouns, deeds and numbers that the passages name beside abuse and contact data, which are blanked already.

    What a threat names («подкараулю у подъезда») is the threat's own.
    """
    threats = [span for insult in abuse if insult.value is AbuseKind.THREAT for span in insult.spans]
    for text in rest:
        own = [_clause(text, span) for span in threats if span.part == text.part]
        for match in _WORD.finditer(text.folded):
            threatened = any(start <= match.start() < end for start, end in own)
            disguised = _MIXED.search(text.text, match.start(), match.end())
            if not threatened and not disguised and _is_of_matter(match.group()):
                yield text.span(*match.span())


def _clause(text: Passage, threat: Span) -> tuple[int, int]:
    """The bounds of the clause that a threat stands in: up to a full stop, or to where its reason or condition begins."""
    left = max((match.end() for match in _STOP.finditer(text.folded, 0, threat.start)), default=0)
    stops = (pattern.search(text.folded, threat.end) for pattern in (_STOP, _SUBORDINATE))
    return left, min((stop.start() for stop in stops if stop), default=len(text.folded))


def _is_of_matter(word: str) -> bool:
    if not is_known(word):
        return False
    likely, named = forms(word)[0], lemmas(word)
    if "NOUN" in likely:
        return not named & _NAMES_NOTHING and not {"Name", "Patr", "Surn"} & likely
    if ("VERB" in likely and likely & {"past", "3per", "impr"}) or "PRTS" in likely:
        return not named & _SAYS_NOTHING
    return word in _AGAIN or is_number_word(word)
