"""The command line as a person meets it: each fault is one clear line that says what to do."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.cli import main
from mailbot.commands.shared_options import err, out
from mailbot.config import load_settings, resource_folder
from mailbot.store.mail.incoming_claims import TIME_ZONE
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.house import confirmed_rules
from tests.end_to_end.test_kill import configure
from tests.servers import ImapServer, pymap

__all__ = ["pymap"]

ROOT = Path(__file__).parents[1]
SAMPLES = resource_folder("samples") / "letters"
WIDE = {"COLUMNS": "400", "NO_COLOR": "1"}
"""Columns wide enough that no line is broken."""


def mailbot(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, but in this process: what it needs is imported and checked once for all."""
    shown, told = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(shown), redirect_stderr(told):
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["mailbot", *map(str, words)])
        for name, value in (WIDE | environment).items():
            patch.setenv(name, value)
        for console in (out, err):  # they have taken their width when they were made
            patch.setattr(console, "_width", int((WIDE | environment)["COLUMNS"]))
        code = _exit_code()
    stdout, stderr = (file.buffer.getvalue().decode() for file in (shown, told))
    return subprocess.CompletedProcess(words, code, stdout, stderr)


def _exit_code() -> int:
    """As the interpreter would end: 1 after a fault that nobody foresaw, with its traceback."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def process(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own: each group of commands has a test that starts one."""
    return subprocess.run(
        [sys.executable, "-m", "mailbot", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **WIDE, **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def init(folder: Path, extra: str = "") -> Path:
    path = folder / "mailbot.toml"
    assert mailbot("init", path).returncode == 0
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    return path


def own_rules(folder: Path) -> Path:
    """A configuration whose rules are a copy that the test may spoil."""
    config = init(folder)
    shutil.copytree(resource_folder("rules"), folder / "rules", dirs_exist_ok=True)
    return config


def spoil(file: Path, was: str, becomes: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def test_init_does_not_overwrite(tmp_path: Path) -> None:
    init(tmp_path)
    again = process("init", tmp_path / "mailbot.toml")
    assert again.returncode == 2
    assert "уже есть" in again.stderr


def test_a_missing_configuration_says_how_to_make_one(tmp_path: Path) -> None:
    run = mailbot("run", "-c", tmp_path / "nowhere.toml")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "mailbot init" in run.stderr


def test_run_refuses_placeholder_phones(tmp_path: Path) -> None:
    run = process("run", "-c", init(tmp_path))
    assert run.returncode == 2
    assert "confirmed = true" in run.stderr


@pytest.mark.parametrize(
    ("file", "was", "becomes", "said"),
    [
        ("no_reply.toml", 'check = "no_contact_data"', 'check = "no_such_check"', "no_such_check"),
        ("no_reply.toml", 'clause = "2.2.email.3"', 'clause = "9.9"', "9.9"),
        ("no_reply.toml", 'name = "answered-repeat"', 'name = "answered-repeat"\nfoo = 1', "foo"),
        ("answers.toml", 'template = "payment_ways"', 'template = "no_such_letter"', "no_such_letter"),
        ("deadlines.toml", "amount = 1\n", 'amount = "one"\n', "amount"),
        ("topics.toml", "[[topic]]", "[[topic", "topics.toml"),
    ],
    ids=["check", "clause", "field", "template", "type", "syntax"],
)
def test_a_fault_in_the_rules_stops_the_start_with_file_and_line(
    tmp_path: Path, file: str, was: str, becomes: str, said: str
) -> None:
    config = own_rules(tmp_path)
    spoil(tmp_path / "rules" / file, was, becomes)
    run = mailbot("run", "-c", config)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    line = next(line for line in run.stderr.splitlines() if said in line)
    name, number, _ = line.split(":", 2)
    assert (name.startswith(("rules/", "templates/")), number.isdigit()) == (True, True)


@pytest.mark.parametrize("command", ["run", "web", "doctor"])
def test_a_fault_in_the_tariffs_stops_the_start_with_file_and_line(tmp_path: Path, command: str) -> None:
    config = own_rules(tmp_path)
    spoil(tmp_path / "rules" / "tariffs.toml", "readings_until = 25", "readings_until = 45")
    run = mailbot(command, "-c", config)
    assert run.returncode == (1 if command == "doctor" else 2)
    assert "Traceback" not in run.stderr
    told = run.stdout if command == "doctor" else run.stderr
    line = next(line for line in told.splitlines() if "нужно число месяца от 1 до 28" in line)
    name, number = line.removeprefix("✗ Правила и шаблоны: ").split(":")[:2]
    assert (name, number.isdigit()) == ("rules/tariffs.toml", True)


def test_a_fault_in_a_template_stops_the_start_with_file_and_line(tmp_path: Path) -> None:
    config = init(tmp_path)
    spoil(config, '# templates_dir = "templates"', 'templates_dir = "own"')
    (tmp_path / "own" / "mail").mkdir(parents=True)
    (tmp_path / "own" / "mail" / "payment_ways.txt").write_text("Здравствуйте!\n{{ sum_owed }}\n", "utf-8")
    run = mailbot("run", "-c", config)
    assert run.returncode == 2
    assert "templates/mail/payment_ways.txt:2:" in run.stderr
    assert "sum_owed" in run.stderr


def test_a_fault_in_a_bills_template_stops_the_start_with_file_and_line(tmp_path: Path) -> None:
    config = init(tmp_path)
    spoil(config, '# templates_dir = "templates"', 'templates_dir = "own"')
    (tmp_path / "own" / "bill").mkdir(parents=True)
    (tmp_path / "own" / "bill" / "certificate.typ").write_text("#let paper(page) = [\n#page.debt]\n", "utf-8")
    run = mailbot("run", "-c", config)
    assert run.returncode == 2
    assert "templates/bill/certificate.typ:2:" in run.stderr


def test_init_sets_today_as_the_first_day_and_says_what_that_means(tmp_path: Path) -> None:
    told = mailbot("init", tmp_path / "mailbot.toml").stdout
    today = datetime.now().astimezone().date()
    assert load_settings(tmp_path / "mailbot.toml").imap.start_date == today
    assert f"{today:%d.%m.%Y} (start_date)" in told


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_first_day_still_to_come_stops_the_start_for_it_would_silence_all_till_then(
    tmp_path: Path, command: str
) -> None:
    config = init(tmp_path)
    confirmed_rules(tmp_path)
    today = datetime.now().astimezone().date()
    spoil(config, f"start_date = {today}", f"start_date = {today + timedelta(days=365)}")
    spoil(config, "imap.mail.ru", "127.0.0.1")
    spoil(config, "smtp.mail.ru", "127.0.0.1")
    spoil(config, "port = 993", "port = 1")
    spoil(config, "port = 465", "port = 1")
    refused = mailbot(command, "-c", config)
    assert refused.returncode != 0
    assert "ещё не наступило" in refused.stdout + refused.stderr


def test_doctor_tells_from_when_letters_are_answered_and_how_many_lie_before(
    pymap: ImapServer, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    for days in (900, 400, 40, 2, 0):
        pymap.append(b"From: a@b.example\r\n\r\nhello", now - timedelta(days=days))
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, pymap, sink)

        def told() -> str:
            said = mailbot("doctor", "-c", config, MAILBOT_IMAP_PASSWORD=pymap.password).stdout
            return next(line for line in said.splitlines() if "Начало работы" in line)

        first_day = now.astimezone(ZoneInfo(TIME_ZONE)).date()
        spoil(config, "start_date = 2026-01-01", f"start_date = {first_day}")
        assert "пришедших раньше: 4" in told()
        assert f"с {first_day:%d.%m.%Y} 00:00" in told()
        text = config.read_text(encoding="utf-8")
        config.write_text(
            "".join(line for line in text.splitlines(True) if "start_date" not in line), "utf-8"
        )
        assert "за 30 дней до первого запуска" in told()
        assert "пришедших раньше: 3" in told()


def test_doctor_names_each_fault_and_exits_1(tmp_path: Path) -> None:
    config = init(tmp_path)
    text = config.read_text(encoding="utf-8")
    text = text.replace("imap.mail.ru", "127.0.0.1").replace("smtp.mail.ru", "127.0.0.1")
    config.write_text(text.replace("port = 993", "port = 1").replace("port = 465", "port = 1"), "utf-8")
    doctor = mailbot("doctor", "-c", config)
    assert doctor.returncode == 1
    marks = {line[2:].split(":")[0]: line[0] for line in doctor.stdout.splitlines() if line[:1] in "✓✗"}
    assert marks == {
        "Настройка": "✓",
        "Правила и шаблоны": "✓",
        "Письма": "✓",
        "Пределы писем": "✓",
        "Каналы связи": "✗",
        "Реквизиты для оплаты": "✓",
        "Аварии": "✗",
        "Отчёты и сроки": "✓",
        "База данных": "✓",
        "Почтовый ящик": "✗",
        "Отправка писем": "✗",
    }


def test_doctor_is_content_with_a_healthy_house_and_names_a_wrong_password(
    pymap: ImapServer, tmp_path: Path
) -> None:
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, pymap, sink)
        letter = SAMPLES / "01-readings-plain.eml"
        assert mailbot("intake", letter, "-c", config).returncode == 0  # makes the database
        healthy = mailbot("doctor", "-c", config, MAILBOT_IMAP_PASSWORD=pymap.password)
        assert healthy.returncode == 0, healthy.stdout
        wrong = mailbot("doctor", "-c", config, MAILBOT_IMAP_PASSWORD="hunter2-wrong")
    assert wrong.returncode == 1
    assert "не принял пароль" in wrong.stdout
    assert "hunter2-wrong" not in wrong.stdout + wrong.stderr


def test_intake_takes_a_file_once_and_tells_of_what_is_no_letter(tmp_path: Path) -> None:
    config = init(tmp_path)
    confirmed_rules(tmp_path)
    empty = tmp_path / "empty.eml"
    empty.write_bytes(b"")
    first = mailbot("intake", SAMPLES / "01-readings-plain.eml", empty, tmp_path / "none", "-c", config)
    assert first.stdout == "Принято: 1, уже были: 0, не письма: 2.\n"
    assert first.returncode == 1
    again = mailbot("intake", SAMPLES / "01-readings-plain.eml", "-c", config)
    assert again.stdout == "Принято: 0, уже были: 1, не письма: 0.\n"
    listed = mailbot("cases", "--json", "-c", config)
    (case,) = (json.loads(line) for line in listed.stdout.splitlines())
    assert (case["state"], case["number"]) == ("collected", None)
    assert case["subject"]


def test_an_unknown_case_is_told(tmp_path: Path) -> None:
    config = init(tmp_path)
    mailbot("intake", SAMPLES / "01-readings-plain.eml", "-c", config)
    told = mailbot("case", "26-999999", "-c", config)
    assert told.returncode == 2
    assert "26-999999" in told.stderr


def test_explain_prints_one_object_a_line_with_the_promised_keys() -> None:
    explained = mailbot(
        "explain", "--json", SAMPLES / "01-readings-plain.eml", SAMPLES / "28-emergency-burst.eml"
    )
    assert explained.returncode == 0
    assert explained.stderr == ""
    reading, emergency = (json.loads(line) for line in explained.stdout.splitlines())
    assert {"file", "primary", "kinds", "action", "rule", "readings", "contacts", "clause", "evidence", "text",
            "confidence"} <= set(reading)  # fmt: skip
    assert (reading["action"], emergency["action"]) == ("reading_accepted", "review")
    for found in reading["evidence"]:
        assert found["text"]
    body = [found for found in reading["evidence"] if found["part"] == "body"]
    assert all(reading["text"][found["start"] : found["end"]] == found["text"] for found in body)


def test_explain_shows_the_rules_with_their_clauses_and_the_reply() -> None:
    shown = mailbot("explain", SAMPLES / "80-nocontacts-question.eml").stdout
    for words in ("2.2.email.1", "2.2.email.2", "2.2.email.3", "2.2.email.4", "без ответа"):
        assert words in shown


def test_explain_goes_on_after_a_file_that_is_no_letter(tmp_path: Path) -> None:
    explained = mailbot("explain", "--json", tmp_path / "nowhere.eml", SAMPLES / "01-readings-plain.eml")
    assert explained.returncode == 1
    assert "нет такого файла" in explained.stderr
    assert len(explained.stdout.splitlines()) == 1


def test_a_member_is_invited_shut_out_and_listed(tmp_path: Path) -> None:
    config = init(tmp_path)
    added = mailbot("users", "add", "anna", "--name", "Анна Зуева", "--role", "administrator", "-c", config)
    assert added.returncode == 0, added.stderr
    assert "http://127.0.0.1:8666/welcome/" in added.stdout
    again = mailbot("users", "add", "anna", "--name", "Другая", "-c", config)
    assert again.returncode == 2
    assert "уже есть" in again.stderr
    last = mailbot("users", "disable", "anna", "-c", config)
    assert last.returncode == 2
    assert "администратор" in last.stderr
    assert mailbot("users", "add", "boris", "--name", "Борис", "-c", config).returncode == 0
    assert mailbot("users", "disable", "boris", "-c", config).returncode == 0
    listed = process("users", "list", "-c", config).stdout
    assert "ждёт пароля" in listed
    assert "закрыт" in listed
    assert mailbot("users", "reset", "nobody", "-c", config).returncode == 2


def test_the_register_is_taken_in_whole_or_not_at_all(tmp_path: Path) -> None:
    config, table = init(tmp_path), tmp_path / "клиенты.csv"
    assert mailbot("clients", "import", "--template", table, "-c", config).returncode == 0
    head = table.read_text(encoding="utf-8-sig").splitlines()[0]
    good = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление;a@b.ru;;почта;;;;;;;;"
    table.write_text(
        "\n".join((head, good, good.replace("440215", "1").replace("54,3", "x"))), encoding="utf-8"
    )
    refused = mailbot("clients", "import", table, "-c", config)
    assert refused.returncode == 2
    assert "строка 3, столбец «Лицевой счёт»" in refused.stderr
    assert "строка 3, столбец «Площадь»" in refused.stderr
    table.write_text("\n".join((head, good)), encoding="utf-8")
    assert "новых 1" in mailbot("clients", "import", table, "--dry-run", "-c", config).stdout
    assert "новых 1" in mailbot("clients", "import", table, "-c", config).stdout
    assert "без изменений 1" in mailbot("clients", "import", table, "-c", config).stdout
    back = tmp_path / "назад.csv"
    assert "Записано строк: 1" in process("clients", "export", back, "-c", config).stdout
    assert "Кошкина Анна" in back.read_text(encoding="utf-8-sig")
