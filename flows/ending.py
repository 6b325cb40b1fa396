"""Prefect's own server ends with the run that started it, even a killed one. Linux alone; elsewhere it may stay behind.

Prefect stops it at the end of a run, but kill -9 runs no end, and 230 MB would stay behind each time. So a small
process waits until ours is gone, however it went, and then ends the server: that very one, by its pidfd, never another
process that has its number by then.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache

from overheard.steps.upkeep.servers import own_servers

_WATCH = """
import os, signal, sys
servers = [os.pidfd_open(int(number)) for number in sys.argv[1:]]
sys.stdin.read()
for server in servers:
    try:
        signal.pidfd_send_signal(server, signal.SIGTERM)
    except ProcessLookupError:
        pass
"""


def end_servers_with_us() -> None:
    """Have the servers of this process ended when it is gone; to be called inside a flow, when they are there."""
    servers = own_servers()
    if servers:
        _watch(servers)


@cache
def _watch(servers: tuple[int, ...]) -> subprocess.Popen[bytes]:
    # Its standard input is a pipe only we hold; the kernel closes it when we are gone.
    command = [sys.executable, "-S", "-c", _WATCH, *map(str, servers)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - a fixed command
