"""Contact data of the writer (clause 2.2.email.1): account, phone, address, name; of who signs, and of all readers one list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mailbot.model import Contacts, ExtractedValue, Letter, LetterPart, SegmentRole, Span
from mailbot.understanding.addresses.address_finder import find_addresses, has_flat
from mailbot.understanding.contacts.agreed_names import merge_names, overlap, seen_surnames
from mailbot.understanding.contacts.personal_accounts import find_bare_accounts, find_labelled_accounts
from mailbot.understanding.contacts.phone_numbers import find_phones
from mailbot.understanding.contacts.sender_name import find_sender_name, with_sender
from mailbot.understanding.dial_values.meter_serials import find_meters
from mailbot.understanding.names.name_finder import find_names
from mailbot.understanding.names.name_parts import holds_surname
from mailbot.understanding.text.folding import searchable
from mailbot.understanding.text.marked_spans import TextMatch, mask_stretches
from mailbot.understanding.word_roles.names_and_addresses import NamedPart

_PATTERNS_ALONE = 0.8
"""What is left of the patterns' word where the models see no address."""


def merge_addresses(
    patterns: Sequence[ExtractedValue[str]], model: Sequence[ExtractedValue[str]]
) -> tuple[ExtractedValue[str], ...]:
    """The addresses that either has read: the models' where both have, but the one with the flat where only one has it."""
    left = list(patterns)
    addresses: list[ExtractedValue[str]] = []
    for item in model:
        if any(overlap(item.spans[:1], other.spans[:1]) for other in addresses):
            continue
        same = [other for other in left if overlap(item.spans, other.spans)]
        left = [other for other in left if other not in same]
        addresses.append(_joined(item, same))
    return (
        *addresses,
        *(replace(address, confidence=round(address.confidence * _PATTERNS_ALONE, 2)) for address in left),
    )


def _joined(one: ExtractedValue[str], same: Sequence[ExtractedValue[str]]) -> ExtractedValue[str]:
    flats = [other for other in same if has_flat(other.value)]
    if flats and not has_flat(one.value):
        return flats[0]
    return replace(one, confidence=max([one.confidence, *(other.confidence for other in same)]))


_POST = re.compile(r"\s*[А-ЯЁ][^\d\n@:;!?]{3,80}?[\s_/]*")
"""«Начальник отдела», before the name on its line."""
_INITIALS = re.compile(r"(?<!\w)[А-ЯЁA-Z]\.")
_NOTHING = re.compile(r"[\s._/()]*")
_PROBABLE = 0.5


def signers_first(names: Sequence[ExtractedValue[str]], letter: Letter) -> tuple[ExtractedValue[str], ...]:
    """The names in their order, but for those that sign: «Заведующий   Т.И. Оборина» comes before «Исп. Гилязова Р.Ф.»."""
    return tuple(sorted(names, key=lambda name: not _signs(name, letter)))


def _signs(one: ExtractedValue[str], letter: Letter) -> bool:
    initials = one.confidence >= _PROBABLE and _INITIALS.search(one.value) is not None
    return initials and any(_closes_its_line(span, letter) for span in one.spans)


def _closes_its_line(span: Span, letter: Letter) -> bool:
    text = letter.part(span.part).text
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return _POST.fullmatch(before) is not None and _NOTHING.fullmatch(after) is not None


_OWN_WORDS = (SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)
_PROFILE = 0.35  # the profile may be a child's or an earlier owner's
_OWN = 0.5  # below it, a phone may be ours and a house the neighbours'
_MIN_CONFIDENCE = 0.85  # «Школьная 20, 22» may be two houses
_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S+|www\.\S+")
_IN_QUOTES = re.compile(r"[«\"“„][^«»\"“”„\n]{1,60}[»\"”“]")
_FORMER_SURNAME = re.compile(r"(?<=[а-яё])\s\([А-ЯЁ][а-яё]{2,20}\)(?=\s[А-ЯЁ][а-яё])")
_POSTSCRIPT = re.compile(r"(?<!\w)(?:P\.\s?){1,3}S\b\.?")
_STREET_OR_TOWN = re.compile(
    r"\b(?:ул\.|улиц\w+|г\.|гор\.|с\.|пос\.|п\.|д\.|пгт|им\.|имени|пер\.)\s*[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё]+(?![а-яё]*\s?[А-ЯЁ]\.))?"
)


@dataclass(frozen=True, slots=True)
class _Finds:
    part: str
    accounts: tuple[TextMatch, ...] = ()
    phones: tuple[TextMatch, ...] = ()
    addresses: tuple[TextMatch, ...] = ()
    names: tuple[TextMatch, ...] = ()


def find_contacts(letter: Letter, named: Sequence[NamedPart] = ()) -> Contacts:
    """The contact data in the letter's own words, its signature and attachments.

    Accounts stand in the order of the letter, all else with the surest first. Where the writer's words
    hold no account or address, the quoted correspondence is asked («Да, верно, 19,450» above our
    own question about an account); phones and names there may be ours and are left alone.
    `From` gives at most a doubtful name (`sender_name`), which is no contact data. `named` is what the models of roles
    read of names and addresses; without it the patterns read alone.
    """
    finds = [_search(part, searchable(part.view(*_OWN_WORDS))) for part in letter.parts if part.text.strip()]
    if not any(find.accounts for find in finds):
        bare = [_search_bare(part, find) for part, find in zip(_spoken(letter), finds, strict=True)]
        finds = bare
    accounts = _gather(finds, lambda find: find.accounts)
    read = _of_models(named)
    addresses = merge_addresses(_gather(finds, lambda find: find.addresses), read.addresses)
    if not accounts or not addresses:
        quoted = _search(letter.part("body"), searchable(letter.part("body").view(SegmentRole.QUOTED)))
        accounts = accounts or _weaker(_gather([quoted], lambda find: find.accounts))
        addresses = addresses or _weaker(
            merge_addresses(_gather([quoted], lambda find: find.addresses), read.quoted_addresses)
        )
    by_patterns = _gather(finds, lambda find: find.names)
    sender = find_sender(letter.from_.name)
    names = with_sender(
        merge_names(by_patterns, read.names) if named else by_patterns, letter.from_.name, sender.names
    )
    return Contacts(
        names=signers_first(sorted(names, key=lambda name: -name.confidence), letter),
        accounts=_accounts_first(_own_first(accounts or sender.accounts)),
        phones=_own_first(_gather(finds, lambda find: find.phones)),
        addresses=_whole_first(addresses or sender.addresses),
        surnames=_surnames(by_patterns, read.names, names),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    names: tuple[ExtractedValue[str], ...]
    addresses: tuple[ExtractedValue[str], ...]
    quoted_addresses: tuple[ExtractedValue[str], ...]


def _of_models(named: Sequence[NamedPart]) -> _Read:
    """What the models read, gathered over the parts like the patterns' finds."""
    plain = [_Finds(part.part, addresses=part.addresses, names=part.names) for part in named]
    quoted = [_Finds(part.part, addresses=part.quoted_addresses) for part in named]
    return _Read(
        _gather(plain, lambda find: find.names),
        _gather(plain, lambda find: find.addresses),
        _gather(quoted, lambda find: find.addresses),
    )


def _surnames(
    by_patterns: Sequence[ExtractedValue[str]],
    by_models: Sequence[ExtractedValue[str]],
    names: Sequence[ExtractedValue[str]],
) -> tuple[ExtractedValue[str], ...]:
    """All that were seen in the letter, and the sender's where it stands for the writer's name."""
    profile = tuple(name for name in names if not name.spans and holds_surname(name.value))
    return (*seen_surnames(by_patterns, by_models), *profile)


def find_sender(display: str) -> Contacts:
    """What the display name of `From` says: a name, or «Пермякова Анна, Мира 5-12»; doubtful, and without spans."""
    name = find_sender_name(display)
    if not any(character.isdigit() for character in display):
        return Contacts(names=(name,) if name else ())
    found = _search(LetterPart("from", display, ()), searchable(display))
    names, accounts, addresses = (
        tuple(ExtractedValue(mark.value, (), _PROFILE) for mark in marks[:1])
        for marks in (found.names, found.accounts, found.addresses)
    )
    return Contacts(names=names, accounts=accounts, addresses=addresses)


def _own_first(found: tuple[ExtractedValue[str], ...]) -> tuple[ExtractedValue[str], ...]:
    """In the order of the letter, what may be another's (our phone, the neighbours' house) last."""
    return tuple(sorted(found, key=lambda contact: contact.confidence < _OWN))


def _accounts_first(found: Sequence[ExtractedValue[str]]) -> tuple[ExtractedValue[str], ...]:
    """Personal accounts before contracts, which have letters: where a letter gives both, bills go by the account."""
    return tuple(sorted(found, key=lambda account: any(sign.isalpha() for sign in account.value)))


def _whole_first(addresses: tuple[ExtractedValue[str], ...]) -> tuple[ExtractedValue[str], ...]:
    """«копаете у Школьной 20, 22 … Ужегова, Школьная 22-3»: the one with a flat is where the writer lives."""
    return tuple(
        sorted(
            addresses,
            key=lambda address: (
                address.confidence < _OWN,
                not has_flat(address.value),
                address.confidence < _MIN_CONFIDENCE,
            ),
        )
    )


def _spoken(letter: Letter) -> list[LetterPart]:
    return [part for part in letter.parts if part.text.strip()]


def _search(part: LetterPart, text: str) -> _Finds:
    text = _ELECTRONIC.sub(lambda match: " " * len(match.group()), text)
    accounts = find_labelled_accounts(text)
    rest = mask_stretches(text, accounts)
    rest = mask_stretches(rest, find_meters(rest), " ")
    phones = find_phones(rest)
    rest = mask_stretches(rest, phones)
    addresses = find_addresses(rest)
    rest = mask_stretches(rest, addresses)
    return _Finds(part.name, accounts, phones, addresses, find_names(_without_others(rest)))


def _search_bare(part: LetterPart, find: _Finds) -> _Finds:
    """The same part again, with a number that nothing else explains taken for the account."""
    text = _ELECTRONIC.sub(lambda match: " " * len(match.group()), searchable(part.view(*_OWN_WORDS)))
    rest = mask_stretches(text, find_meters(text), " ")
    rest = mask_stretches(rest, (*find.phones, *find.addresses))
    accounts = find_bare_accounts(rest)
    if not accounts:
        return find
    return replace(find, accounts=accounts, names=find_names(_without_others(mask_stretches(rest, accounts))))


def _without_others(text: str) -> str:
    """Companies in quotation marks and places are no people, and «P.S.» are nobody's initials."""
    text = _POSTSCRIPT.sub(lambda match: "|" * len(match.group()), text)
    text = _FORMER_SURNAME.sub(lambda match: " " * len(match.group()), text)
    for pattern in (_IN_QUOTES, _STREET_OR_TOWN):
        text = pattern.sub(lambda match: "|" * len(match.group()), text)
    return text


def _gather(
    finds: Iterable[_Finds], pick: Callable[[_Finds], tuple[TextMatch, ...]]
) -> tuple[ExtractedValue[str], ...]:
    """All marks of a sort over the parts, equal values joined; the body before the subject."""
    joined: dict[str, ExtractedValue[str]] = {}
    for find in sorted(finds, key=lambda find: _ORDER.get(find.part, 2)):
        for mark in pick(find):
            spans = tuple(Span(find.part, start, end) for start, end in mark.stretches)
            key = re.sub(r"[\W_]+", "", mark.value.lower().replace("ё", "е"))
            earlier = joined.get(key)
            if earlier is None:
                joined[key] = ExtractedValue(mark.value, spans, mark.confidence)
            else:
                joined[key] = replace(
                    earlier,
                    spans=(*earlier.spans, *spans),
                    confidence=max(earlier.confidence, mark.confidence),
                )
    return tuple(joined.values())


_ORDER = {"body": 0, "subject": 1}


def _weaker(found: tuple[ExtractedValue[str], ...]) -> tuple[ExtractedValue[str], ...]:
    return tuple(replace(item, confidence=min(item.confidence, 0.75)) for item in found)
