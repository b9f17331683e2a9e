"""Configuration: one TOML file, secrets from the environment or a file, and where our own files lie."""

from __future__ import annotations

import logging
import os
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from mailbot.model import SourceFile
from mailbot.text_files import InputFileError, read_folder, read_text

log = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent


class ConfigError(Exception):
    """The configuration is at fault; each line says file, line, and what to do (Russian)."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def resource_folder(name: Literal["rules", "templates", "db", "samples", "training"]) -> Path:
    """The folder of that name: inside the installed wheel, else at the top of the checkout."""
    for folder in (PACKAGE / "_data" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigError((f"Не найдена папка «{name}»: переустановите mailbot.",))


resource = resource_folder
"""The name by which scripts outside the package ask for a folder: it stays, whatever we call it here."""


def load_sources(name: Literal["rules", "templates"], override: Path | None = None) -> tuple[SourceFile, ...]:
    """All text files of `rules/` or `templates/`, each replaced by the override's file of that name."""
    if override is not None and not override.is_dir():
        raise ConfigError((f"Папка «{override}» не найдена: создайте её или уберите из настройки.",))
    try:
        texts = read_folder(resource_folder(name), name) | (read_folder(override, name) if override else {})
    except InputFileError as error:
        raise ConfigError((str(error),)) from error
    return tuple(SourceFile(key, text) for key, text in sorted(texts.items()))


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ImapSection(_Section):
    """The mailbox that is polled. `folders` empty: every folder but sent, drafts, trash and spam.

    `start_date`: the first day, where the company is, whose letters are answered; None: see `start_of_work`.
    """

    host: str = "imap.mail.ru"
    port: int = Field(default=993, ge=1, le=65535)
    security: Literal["tls", "starttls", "plain"] = "tls"
    login: str = "8666@bk.ru"
    password_file: Path | None = None
    folders: tuple[str, ...] = ()
    timeout_seconds: float = Field(default=30, gt=0, le=600)
    poll_seconds: float = Field(default=30, gt=0, le=3600)
    size_limit_bytes: int = Field(default=30_000_000, ge=10_000)
    start_date: date | None = None
    ca_file: Path | None = None

    @field_validator("start_date", mode="before")
    @classmethod
    def _a_day(cls, value: object) -> object:
        """A day alone: pydantic would take a number for seconds since 1970."""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise ValueError("нужен день: год, месяц и число, например 2026-12-01") from None


class SmtpSection(_Section):
    """The server that takes our letters. `login` empty: no authentication."""

    host: str = "smtp.mail.ru"
    port: int = Field(default=465, ge=1, le=65535)
    security: Literal["tls", "starttls", "plain"] = "tls"
    login: str = "8666@bk.ru"
    password_file: Path | None = None
    timeout_seconds: float = Field(default=60, gt=0, le=600)
    ca_file: Path | None = None


class DaemonSection(_Section):
    """`handle_seconds`: a letter that takes longer is set aside, tried again, then given to a person. One that takes more than
    `letter_cpu_seconds` of the processor's time, or `letter_megabytes` of memory, a person sees at once."""

    workers: int = Field(default=1, ge=1, le=64)
    handle_seconds: float = Field(default=30, gt=0, le=3600)
    letter_cpu_seconds: float = Field(default=8, ge=1, le=3600)
    letter_megabytes: int = Field(default=500, ge=100)
    retry_seconds: float = Field(default=60, gt=0, le=86400)


class WebSection(_Section):
    """The pages of the staff. `address`: how browsers reach them, for links; `https`: a proxy before us speaks TLS."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8666, ge=1, le=65535)
    address: str = "http://127.0.0.1:8666"
    https: bool = False
    threads: int = Field(default=8, ge=1, le=64)


class Settings(_Section):
    """All of `mailbot.toml`. Paths are relative to the folder of that file."""

    data_dir: Path = Path("var")
    database_url: str = ""
    rules_dir: Path | None = None
    templates_dir: Path | None = None
    imap: ImapSection = ImapSection()
    smtp: SmtpSection = SmtpSection()
    daemon: DaemonSection = DaemonSection()
    web: WebSection = WebSection()
    imap_password: SecretStr = SecretStr("")
    smtp_password: SecretStr = SecretStr("")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: PostgreSQL where given, else SQLite in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'mailbot.db'}"


def load_settings(path: Path) -> Settings:
    """Read `mailbot.toml`; ConfigError names file and line of every fault, and what to do."""
    if not path.exists():
        raise ConfigError((f"{path}: файла нет. Создайте его командой «mailbot init».",))
    try:
        text = read_text(path)
    except InputFileError as error:
        raise ConfigError((str(error),)) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError((f"{path}:{line[1] if line else 1}: ошибка записи TOML: {error}.",)) from error
    if faults := _secrets_in_file(path, text, table):
        raise ConfigError(faults)
    try:
        settings = Settings.model_validate(_in_folder(table, path.parent) | _secrets(table, path.parent))
    except ValidationError as error:
        raise ConfigError(
            tuple(_fault(path, text, item["loc"], item["msg"]) for item in error.errors())
        ) from None
    return settings


def _secrets_in_file(path: Path, text: str, table: dict[str, object]) -> tuple[str, ...]:
    """A password in the configuration file ends in backups and logs: refuse it (OWASP)."""
    return tuple(
        f"{path}:{_line(text, (key,))}: пароль не хранят в файле настройки. Уберите «{key}» и задайте "
        f"переменную среды MAILBOT_{key.upper()} или «password_file»."
        for key in ("imap_password", "smtp_password")
        if key in table
    )


def _in_folder(table: dict[str, object], folder: Path) -> dict[str, object]:
    """Paths in the file are meant from where the file lies, not from where the daemon was started.

    Folders `rules` and `templates` beside it hold without being named.
    """
    beside = {f"{name}_dir": name for name in ("rules", "templates") if (folder / name).is_dir()}
    table = {"data_dir": "var"} | beside | table
    for name in ("imap", "smtp"):
        if isinstance(section := table.get(name), dict) and section.get("password_file"):
            # the environment comes first; what the file says is then nobody's password
            file = None if _secret_of_environment(name) else folder / str(section["password_file"])
            table[name] = section | {"password_file": file and file.absolute()}
    for key in ("data_dir", "rules_dir", "templates_dir"):
        if isinstance(value := table.get(key), str) and value:
            table[key] = (folder / value).absolute()
    return table


def _secret_of_environment(section: str) -> str:
    return os.environ.get(f"MAILBOT_{section.upper()}_PASSWORD", "")


def read_password(file: Path | None, known: SecretStr) -> str:
    """The password as it is now: what the file holds, or the one known at the start where there is no file.

    A file that cannot be read, or is empty, at this moment is being written: the known password is tried.
    """
    if file is not None:
        try:
            if value := read_text(file).strip():
                return value
        except InputFileError as error:
            log.warning("Файл с паролем: %s Пробуем прежний пароль.", error)
    return known.get_secret_value()


def _secrets(table: dict[str, object], folder: Path) -> dict[str, SecretStr]:
    secrets = {}
    for section in ("imap", "smtp"):
        value = _secret_of_environment(section)
        settings = table.get(section)
        if not value and isinstance(settings, dict) and settings.get("password_file"):
            file = folder / str(settings["password_file"])
            try:
                value = read_text(file).strip()
            except InputFileError as error:
                raise ConfigError((f"Файл с паролем: {error}",)) from None
        secrets[f"{section}_password"] = SecretStr(value)
    return secrets


def _fault(path: Path, text: str, where: tuple[int | str, ...], message: str) -> str:
    name = ".".join(str(step) for step in where)
    what = "такого поля нет; уберите его или исправьте опечатку" if "Extra inputs" in message else message
    what = what.removeprefix("Value error, ")
    return f"{path}:{_line(text, where)}: «{name}»: {what}."


def _line(text: str, where: tuple[int | str, ...]) -> int:
    """The line (from 1) of a key in TOML text: after its section's header, else 1."""
    keys = [step for step in where if isinstance(step, str)]
    section, key = ("", keys[0]) if len(keys) == 1 else (keys[0], keys[1]) if keys else ("", "")
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            current = header[1].strip()
            if current == key and not section:
                return number
        elif current == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 1
