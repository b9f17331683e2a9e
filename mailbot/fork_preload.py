"""What the processes of the daemon are forked from: one process that has loaded everything, and does nothing else.

It is started beside the supervisor, opens neither database nor socket, and sets no paper: threads do not survive a fork.
What a process needs is here before it is born: the code, the dictionaries, and of the rules that the package brings the
costly parts (models, patterns, templates), which are remembered by their texts and so serve the company's own rules too,
where these say the same.
"""

from __future__ import annotations

import contextlib
import gc
import signal

from mailbot import daemon_roles
from mailbot.command_setup import load_rules_and_templates
from mailbot.config import Settings
from mailbot.model import RulebookError

signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it goes when the supervisor is gone, after those it has borne
with contextlib.suppress(RulebookError):  # then each process reads its rules for itself
    daemon_roles.warm_up(load_rules_and_templates(Settings())[0])
gc.freeze()  # what is shared stays shared: no collection writes into it
