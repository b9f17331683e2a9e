"""A fault in the configuration is one clear line with file, line, and what to do; secrets stay secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot import daemon_roles
from mailbot.config import ConfigError, load_settings, load_sources, resource, resource_folder
from mailbot.first_settings import TEMPLATE


def write(folder: Path, text: str) -> Path:
    path = folder / "mailbot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fault(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(write(folder, text))
    (line,) = caught.value.faults
    return line


def test_what_init_writes_is_valid_and_means_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, TEMPLATE))
    assert settings.imap.host == "imap.mail.ru"
    assert settings.smtp.port == 465
    assert settings.data_dir == tmp_path / "var"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="mailbot init"):
        load_settings(tmp_path / "mailbot.toml")


def test_an_unknown_field_is_named_with_its_line(tmp_path: Path) -> None:
    line = fault(tmp_path, '[imap]\nhost = "a"\nprot = 993\n')
    assert line.startswith(f"{tmp_path / 'mailbot.toml'}:3:")
    assert "imap.prot" in line


def test_a_wrong_type_is_named_with_its_line(tmp_path: Path) -> None:
    assert ":2: «smtp.port»" in fault(tmp_path, '[smtp]\nport = "many"\n')


def test_a_number_out_of_bounds_is_named(tmp_path: Path) -> None:
    assert ":3: «daemon.workers»" in fault(tmp_path, "\n[daemon]\nworkers = 0\n")


@pytest.mark.parametrize("wrong", ['"вчера"', "20261201.5", "true", "2026-12-01T10:00:00Z", '""'])
def test_a_first_day_that_is_none_is_told_with_its_line_and_an_example(tmp_path: Path, wrong: str) -> None:
    told = fault(tmp_path, f"[imap]\nstart_date = {wrong}\n")
    assert ":2: «imap.start_date»: нужен день" in told
    assert "2026-12-01" in told


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "mailbot.toml:2: ошибка записи TOML" in fault(tmp_path, "[imap]\nhost = \n")


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mailbot.toml"
    path.write_bytes('data_dir = "данные"'.encode("cp1251"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_settings(path)


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    line = fault(tmp_path, 'imap_password = "hunter2"\n')
    assert "MAILBOT_IMAP_PASSWORD" in line
    assert "hunter2" not in line


def test_the_environment_gives_the_password_and_printing_hides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "hunter2")
    settings = load_settings(write(tmp_path, TEMPLATE))
    assert settings.imap_password.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)


def test_a_password_file_is_read_from_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "smtp.password").write_text("hunter2\n", encoding="utf-8")
    settings = load_settings(write(tmp_path, '[smtp]\npassword_file = "smtp.password"\n'))
    assert settings.smtp_password.get_secret_value() == "hunter2"


def test_a_password_file_that_was_changed_is_read_at_the_next_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "imap.password"
    file.write_text("old\n", encoding="utf-8")
    monkeypatch.chdir("/")
    settings = load_settings(write(tmp_path, '[imap]\npassword_file = "imap.password"\n'))
    at_login = daemon_roles.mailbox(settings)._settings.read_password
    assert at_login is not None
    assert at_login() == "old"
    file.write_text("new\n", encoding="utf-8")
    assert at_login() == "new"
    for broken in (lambda: file.write_text("", encoding="utf-8"), file.unlink):
        broken()
        assert at_login() == "old", "while the file is being written, the password of the start is tried"


def test_the_environment_comes_before_a_password_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "smtp.password").write_text("file\n", encoding="utf-8")
    monkeypatch.setenv("MAILBOT_SMTP_PASSWORD", "environment")
    settings = load_settings(write(tmp_path, '[smtp]\npassword_file = "smtp.password"\n'))
    at_login = daemon_roles.smtp(settings, "8666@bk.ru")._settings.read_password
    assert at_login is not None
    assert at_login() == "environment"


def test_a_missing_password_file_is_named(tmp_path: Path) -> None:
    assert "nowhere" in fault(tmp_path, '[smtp]\npassword_file = "nowhere"\n')


def test_an_own_rule_file_replaces_the_shipped_one_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "limits.toml").write_text("# ours\n", encoding="utf-8")
    texts = {source.name: source.text for source in load_sources("rules", tmp_path)}
    assert texts["rules/limits.toml"] == "# ours\n"
    assert "rules/standard.toml" in texts


def test_a_missing_own_folder_is_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="не найдена"):
        load_sources("rules", tmp_path / "nowhere")


def test_scripts_outside_the_package_ask_for_a_folder_by_its_first_name() -> None:
    assert resource("rules") == resource_folder("rules")
