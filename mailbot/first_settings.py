"""What `mailbot init` writes: a commented configuration, and the rules that each company fills in for itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mailbot.config import ConfigError, Settings, resource_folder
from mailbot.text_files import read_text

FIRST_DAY = "2000-01-01"
"""What stands in `TEMPLATE` where it gets the day of its writing."""

FILES_TO_FILL_IN = ("channels.toml", "alarm.toml", "reports.toml", "bank.toml")
"""Files of `rules/` that no company can use as they are shipped."""


def write_initial_settings(path: Path, today: date) -> tuple[Path, ...]:
    """Write a commented `mailbot.toml`, and beside it the rules to be filled in; what was written. Work starts `today`.

    ConfigError where the file is there already; rules that are there stay as they are.
    """
    rules = path.parent / "rules"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.replace(FIRST_DAY, today.isoformat()))
        rules.mkdir(exist_ok=True)
        fresh = [name for name in FILES_TO_FILL_IN if not (rules / name).exists()]
        for name in fresh:
            (rules / name).write_text(read_text(resource_folder("rules") / name), encoding="utf-8")
    except FileExistsError:
        raise ConfigError((f"{path}: файл уже есть; он не изменён.",)) from None
    except OSError as error:
        raise ConfigError((f"{path}: записать не удалось ({error.strerror}).",)) from None
    return (path, *(rules / name for name in fresh))


def where_to_fill_in(settings: Settings, name: str) -> str:
    """Where a file of `rules/` is to be filled in, as the beginning of a sentence (Russian)."""
    own = settings.rules_dir / name if settings.rules_dir else None
    if own is not None and own.exists():
        return f"Впишите в {own}"
    folder = settings.rules_dir or "rules рядом с файлом настройки"
    return f"Скопируйте {resource_folder('rules') / name} в папку {folder} и впишите туда"


TEMPLATE = """\
# Настройка mailbot. Проверить её: mailbot doctor

# Где лежат данные (база SQLite, журналы), считая от этого файла.
data_dir = "var"

# База данных. Пусто: SQLite в data_dir. Для нескольких машин — PostgreSQL:
# database_url = "postgresql+psycopg://mailbot@localhost/mailbot"
database_url = ""

# Свои правила и шаблоны: файлы из папок rules и templates рядом с этим файлом заменяют одноимённые из поставки.
# Если папки лежат в другом месте, назовите их:
# rules_dir = "rules"
# templates_dir = "templates"

[imap]
host = "imap.mail.ru"
port = 993
security = "tls"          # tls | starttls | plain (plain — только для 127.0.0.1)
login = "8666@bk.ru"
# Пароль «для внешних приложений» задаётся не здесь, а переменной среды
# MAILBOT_IMAP_PASSWORD или файлом:
# password_file = "imap.password"
folders = []              # пусто: все папки, кроме отправленных, черновиков, корзины и спама
timeout_seconds = 30
poll_seconds = 30         # как часто опрашивать, если сервер не умеет IDLE
size_limit_bytes = 30000000
# С какого дня отвечать на письма. Письма, которые пришли в ящик раньше, mailbot примет и покажет в списке
# «Не обращения» с причиной «пришло до начала работы», но отвечать на них и брать из них показания не станет.
# Если среди них есть такие, на которые ещё не ответили, поставьте день пораньше ДО первого запуска
# или верните нужные письма в очередь.
start_date = 2000-01-01

[smtp]
host = "smtp.mail.ru"
port = 465
security = "tls"
login = "8666@bk.ru"
# Пароль: MAILBOT_SMTP_PASSWORD или файл:
# password_file = "smtp.password"
timeout_seconds = 60

[daemon]
workers = 1               # сколько писем разбирать одновременно
handle_seconds = 30       # дольше письмо не разбирают: его увидит сотрудник
letter_cpu_seconds = 8    # столько работы процессора достаётся одному письму; тяжёлое сразу увидит сотрудник
letter_megabytes = 500    # и столько памяти
retry_seconds = 60        # пауза перед новой попыткой

# Страницы сотрудников. Наружу их показывают через веб-сервер с TLS (nginx, caddy): https = true.
[web]
enabled = true            # показывать вместе с «mailbot run»
host = "127.0.0.1"
port = 8666
address = "http://127.0.0.1:8666"   # как страницы видны в браузере: для ссылок в приглашениях
https = false
"""
