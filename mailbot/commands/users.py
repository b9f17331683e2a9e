"""`mailbot users`: who may log in."""

from __future__ import annotations

from typing import Annotated

import typer

from mailbot.commands.shared_options import CONFIG, CONSOLE_ACTOR, ConfigPath, open_store, out
from mailbot.config import Settings, load_settings
from mailbot.model import StaffRole

users = typer.Typer(help="Сотрудники, которые входят в очередь.", no_args_is_help=True)
Login = Annotated[str, typer.Argument(help="Имя для входа: латинские буквы.")]


@users.command("add")
def add_user(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="Имя и фамилия.")],
    role: Annotated[StaffRole, typer.Option("--role", help="Роль.")] = StaffRole.OPERATOR,
    config: ConfigPath = CONFIG,
) -> None:
    """Пригласить сотрудника: печатает одноразовую ссылку, по которой он задаст пароль."""
    from mailbot.command_setup import clock
    from mailbot.services.desk import logins

    settings = load_settings(config)
    with open_store(settings) as store:
        store.migrate()
        token = logins.invite(store, login, name, role, by=CONSOLE_ACTOR, now=clock())
    _print_link(settings, token)


@users.command("reset")
def reset_user(login: Login, config: ConfigPath = CONFIG) -> None:
    """Дать одноразовую ссылку для нового пароля."""
    from mailbot.command_setup import clock
    from mailbot.services.desk import logins

    settings = load_settings(config)
    with open_store(settings) as store:
        token = logins.reset(store, login, by=CONSOLE_ACTOR, now=clock())
    _print_link(settings, token)


def _print_link(settings: Settings, token: str) -> None:
    out.print("Ссылка действует двое суток и один раз:")
    out.print(f"{settings.web.address.rstrip('/')}/welcome/{token}", soft_wrap=True, markup=False)


@users.command("disable")
def disable_user(
    login: Login,
    enable: Annotated[bool, typer.Option("--enable", help="Наоборот, открыть вход снова.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Закрыть сотруднику вход, сразу."""
    from mailbot.command_setup import clock
    from mailbot.services.desk import logins

    with open_store(load_settings(config)) as store:
        logins.set_disabled(store, login, disabled=not enable, by=CONSOLE_ACTOR, now=clock())
    out.print(f"{login}: вход {'открыт' if enable else 'закрыт'}.")


@users.command("list")
def list_users(config: ConfigPath = CONFIG) -> None:
    """Показать сотрудников."""
    from mailbot.store.staff import members_and_sessions

    with open_store(load_settings(config)) as store:
        for member in store.ask(members_and_sessions.members):
            state = "закрыт" if member.disabled else "открыт" if member.signed_up else "ждёт пароля"
            out.print(f"{member.login:20} {member.role:14} {state:12} {member.name}", markup=False)
