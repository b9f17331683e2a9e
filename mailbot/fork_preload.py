"""What the processes of the daemon are forked from: one process that has loaded everything, and does nothing else.

It is started beside the supervisor, opens neither database nor socket, and sets no paper: threads do not survive a fork.
What a process needs is here before it is born: the code, the dictionaries, and the rules and mail templates of the company,
remembered by their texts: a process reads them anew only where they have changed since. Papers each checks for itself.
"""

from __future__ import annotations

import contextlib
import gc
import signal

from mailbot import daemon_roles
from mailbot.command_setup import load_files, rules_and_templates_of
from mailbot.config import ConfigError
from mailbot.fork_source import folders_to_load
from mailbot.model import RulebookError

signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it goes when the supervisor is gone, after those it has borne
with contextlib.suppress(ConfigError, RulebookError):  # the process that checks them tells the faults
    daemon_roles.warm_up(rules_and_templates_of(load_files(folders_to_load()))[0])
gc.collect()
gc.freeze()  # what is shared stays shared: no collection writes into it
