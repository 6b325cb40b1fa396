"""Which of Prefect's own servers run on this machine, and which of them did a killed run leave behind? Linux alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_SERVER = b"prefect.server.api.server:create_app"
_EPHEMERAL = b"PREFECT__SERVER_EPHEMERAL=1"
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that a flow started for itself, and whether the flow is gone."""

    process: int
    parent: int
    is_left_behind: bool


def find_servers() -> list[Server]:
    """Return the servers started by flows of this user, by process; none on systems without /proc."""
    found = []
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            is_server = _SERVER in (folder / "cmdline").read_bytes()
            if is_server and _EPHEMERAL in (folder / "environ").read_bytes().split(b"\0"):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                found.append(Server(int(folder.name), parent, not _is_python(parent)))
        except OSError:
            continue  # it ended meanwhile, or is another user's
    return sorted(found, key=lambda server: server.process)


def own_servers() -> tuple[int, ...]:
    """Return the processes of the servers this very process started."""
    return tuple(server.process for server in find_servers() if server.parent == os.getpid())


def _is_python(process: int) -> bool:
    """Tell whether a process runs Python, as every flow does and whoever adopts an orphan does not."""
    try:
        return b"python" in (_PROCESSES / str(process) / "exe").readlink().name.encode()
    except OSError:
        return False
