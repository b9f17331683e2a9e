"""Real mail servers for the tests, on 127.0.0.1 only: pymap, and a private Dovecot.

`imap` gives a test an empty mailbox on each server in turn; `pymap` and `dovecot` name one of them.
A room's conftest imports the fixtures it wants by name, with `dovecot_service` beside `dovecot`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mailbot.transport.embedded import EmbeddedImap
from mailbot.transport.security import without_delay
from tests.conftest import missing
from tests.transport.certificates import self_signed

HOST = "127.0.0.1"
PASSWORD = "teplo-Kotelnaya-17"
BINARY = shutil.which("dovecot") or "/usr/sbin/dovecot"
BOXES = 500
READY_SECONDS = 20.0
MAIL_USER = 65534
"""Dovecot refuses to read mail as root: there, mail belongs to `nobody`."""


@dataclass(frozen=True, slots=True)
class ImapServer:
    """How to reach one empty mailbox. The last three are None where the server has no such thing.

    `tls_port` speaks TLS at once, `port` takes STARTTLS; `maildir` is for tests that damage letters.
    """

    name: str
    host: str
    port: int
    login: str
    password: str
    tls_port: int | None = None
    ca_file: Path | None = None
    maildir: Path | None = None

    @contextlib.contextmanager
    def client(self) -> Iterator[IMAPClient]:
        """A plain client, to arrange a mailbox and to look into it behind mailbot's back."""
        with IMAPClient(self.host, self.port, ssl=False, timeout=20) as client:
            client.normalise_times = False
            client.login(self.login, self.password)
            without_delay(client)
            yield client

    def append(self, content: bytes, at: datetime, folder: str = "INBOX") -> None:
        """Put a letter into a folder with its INTERNALDATE, as a delivering server would."""
        with self.client() as client:
            if folder != "INBOX" and not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, content, msg_time=at)


@contextlib.contextmanager
def pymap_server() -> Iterator[ImapServer]:
    """A pymap of its own with one empty mailbox, in a thread of this process."""
    with EmbeddedImap(password=PASSWORD) as server:
        yield ImapServer("pymap", server.host, server.port, server.login, server.password)


class Dovecot:
    """A private Dovecot: own configuration, ports, users and mail in one folder that goes with it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._boxes = itertools.count()
        self._process: subprocess.Popen[bytes] | None = None
        self.port, self.tls_port = _free_ports(2)
        self.certificate = self_signed(home)

    def start(self) -> None:
        """Start in the foreground as a child; RuntimeError with its log where it does not come up."""
        (self._home / "mail").mkdir()
        if os.geteuid() == 0:
            os.chown(self._home / "mail", MAIL_USER, MAIL_USER)
        users = "".join(f"box{n}@bk.ru:{{PLAIN}}{PASSWORD}\n" for n in range(BOXES))
        (self._home / "users").write_text(users, encoding="ascii")
        (self._home / "dovecot.conf").write_text(self._configuration(), encoding="utf-8")
        self._process = subprocess.Popen([BINARY, "-F", "-c", str(self._home / "dovecot.conf")])
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 1) as probe:
                if probe.recv(16).startswith(b"* OK"):
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"Dovecot did not start:\n{(self._home / 'log').read_text('utf-8', 'replace')}")

    def stop(self) -> None:
        """End the master process, which ends its children."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def mailbox(self) -> ImapServer:
        """A mailbox that no test has used before."""
        login = f"box{next(self._boxes)}@bk.ru"
        return ImapServer(
            name="dovecot",
            host=HOST,
            port=self.port,
            login=login,
            password=PASSWORD,
            tls_port=self.tls_port,
            ca_file=self.certificate.certificate,
            maildir=self._home / "mail" / login / "Maildir",
        )

    def _configuration(self) -> str:
        home, owner = self._home, os.geteuid()
        mail_uid, mail_gid = (MAIL_USER, MAIL_USER) if owner == 0 else (owner, os.getegid())
        return f"""
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = {HOST}
{"" if owner == 0 else _as_one_user()}
ssl = yes
ssl_cert = <{self.certificate.certificate}
ssl_key = <{self.certificate.key}
disable_plaintext_auth = no
auth_failure_delay = 0
mail_max_userip_connections = 100
mail_location = maildir:~/Maildir
mailbox_idle_check_interval = 1 secs
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


def _as_one_user() -> str:
    """Without root Dovecot can neither change its user nor its root directory."""
    user = os.environ.get("USER") or subprocess.check_output(["id", "-un"], text=True).strip()
    group = subprocess.check_output(["id", "-gn"], text=True).strip()
    services = "\n".join(
        f"service {name} {{\n  chroot =\n}}" for name in ("imap-login", "anvil", "imap-urlauth-login")
    )
    return (
        f"default_internal_user = {user}\ndefault_internal_group = {group}\n"
        f"default_login_user = {user}\n{services}"
    )


def _free_ports(count: int) -> list[int]:
    """Ports that the system gave and took back a moment ago."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


@contextlib.contextmanager
def dovecot_server() -> Iterator[Dovecot]:
    """A running Dovecot in a short-named folder: its sockets' paths must fit into 108 bytes."""
    with tempfile.TemporaryDirectory(prefix="dc-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o755)  # Dovecot's own users pass through
        server = Dovecot(home)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def dovecot_service() -> Iterator[Dovecot]:
    """One Dovecot for all tests of a run; skipped where Debian's dovecot-imapd is not installed."""
    if not os.access(BINARY, os.X_OK):
        missing("dovecot")
    with dovecot_server() as server:
        yield server


@pytest.fixture
def dovecot(dovecot_service: Dovecot) -> ImapServer:
    """An empty mailbox on Dovecot."""
    return dovecot_service.mailbox()


@pytest.fixture
def pymap() -> Iterator[ImapServer]:
    """An empty mailbox on a pymap of its own."""
    with pymap_server() as server:
        yield server


@pytest.fixture(params=["pymap", pytest.param("dovecot", marks=pytest.mark.dovecot)])
def imap(request: pytest.FixtureRequest) -> ImapServer:
    """An empty mailbox on each real server in turn."""
    server: ImapServer = request.getfixturevalue(request.param)
    return server
