"""Which folder is what: by its flag (RFC 6154), else by the name that mail services give it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImapFolder:
    """A folder as LIST shows it: decoded name, flags in lower case."""

    name: str
    flags: frozenset[str]
    delimiter: str = "/"

    @property
    def leaf(self) -> str:
        """The last step of the name, in lower case: «INBOX.Спам» of some servers, «INBOX/Спам» of others."""
        return self.name.rpartition(self.delimiter)[2].lower()


NAMES = {
    "\\sent": ("отправленные", "sent", "sent items", "sent messages", "отправленное"),
    "\\drafts": ("черновики", "drafts"),
    "\\trash": ("корзина", "удаленные", "удалённые", "trash", "deleted items", "deleted messages"),
    "\\junk": ("спам", "junk", "spam", "нежелательная почта", "junk e-mail"),
}
"""Names in lower case; Mail.ru, Yandex, Outlook, Dovecot."""

NOT_INCOMING = (
    "\\sent",
    "\\drafts",
    "\\trash",
    "\\junk",
    "\\all",
    "\\flagged",
    "\\noselect",
    "\\nonexistent",
)


def incoming(folders: Iterable[ImapFolder]) -> tuple[str, ...]:
    """Folders that can hold clients' letters, INBOX first.

    Mail.ru sorts by itself into INBOX/ToMyself, INBOX/Newsletters and others: all are read.
    """
    folders = tuple(folders)
    out = {named_role(folders, role) for role in NAMES}
    out |= {folder.name for folder in folders if folder.flags & set(NOT_INCOMING)}
    kept = sorted(folder.name for folder in folders if folder.name not in out)
    return tuple(sorted(kept, key=lambda name: name.upper() != "INBOX"))


def named_role(folders: Iterable[ImapFolder], role: str) -> str | None:
    """The folder of a special use, None where there is none; a flag is believed before a name."""
    folders = tuple(folders)
    by_flag = (folder.name for folder in folders if role in folder.flags)
    by_name = (folder.name for folder in folders if folder.leaf in NAMES.get(role, ()))
    return next(by_flag, None) or next(by_name, None)
