"""Kill and break whole nights at random: `python -m tests.chaos.drive ROUNDS [SEED]`.

A round is three nights of the made market. Before each finishes, one to four things go wrong, by the round's seed; then
the night is run again, as often as it takes, doing what the one line said, the back-up's too: a damaged table is mended
from the back-up of the night before. In the end every table and every byte of the report must be those of the same
nights left in peace: where a run ended well though the site or what was fetched was away, of nights in which the same
runs ended well and nothing else befell. Exit status 1: they were not, or something ended in another way than a kill or
a line.

Every night is a process of its own, forked from one that has loaded what takes long.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from overheard.errors import DamagedError, OverheardError, disk_error_of
from overheard.steps.upkeep.backup import backup_market
from overheard.steps.upkeep.restore import restore_market
from tests.chaos.faults import FAULTS, HEARS_LESS, KILLS
from tests.chaos.made_market import pass_night, use_stand_ins, write_mails, write_market

States = list[dict[str, Any]]
"""`state_of` after each night."""
EndedRun = tuple[str, int]
"""What made a run that ended well hear less, by its name and the seed of its choices; "" for one that heard all."""

NIGHTS = 3
_TRIES = 6
TOLD, DAMAGED, CRASHED = 10, 11, 12


def do_apart(work: Callable[[], None]) -> tuple[int, str]:
    """Do something in a process of its own; return how it ended and the line it told."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_ended(work, writer))
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        line = stream.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), line


def _ended(work: Callable[[], None], writer: int) -> int:
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        try:
            work()
        except OverheardError as error:
            stream.write(str(error))
            return DAMAGED if isinstance(error, DamagedError) else TOLD
        except BaseException as error:
            told = disk_error_of(error) if isinstance(error, OSError) else None
            stream.write(str(told) if told else traceback.format_exc())
            return TOLD if told else CRASHED
    return 0


def state_of(folder: Path) -> dict[str, Any]:
    """Return digests of all a market came to: every table and the latest report, and how many posts there are."""
    from deltalake import DeltaTable

    state: dict[str, Any] = {}
    for table in sorted((folder / "data" / "tables").iterdir()):
        rows = DeltaTable(table).to_pyarrow_dataset().to_table(use_threads=False).to_pylist()
        lines = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
        state[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        if table.name == "utterances":
            state["posts"] = sorted(row["utterance_id"] for row in rows)
    latest = (folder / "reports" / "latest").resolve()
    state |= {f"report {path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(latest.iterdir())}
    return state


def load_state(folder: Path) -> dict[str, Any]:
    """Return `state_of`, read in a process of its own: threads of the libraries do not survive a fork."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as stream:
        status, line = do_apart(lambda: _write_state(folder, stream.name))
        assert status == 0, line
        state: dict[str, Any] = json.load(stream)
        return state


def _write_state(folder: Path, path: str) -> None:
    Path(path).write_text(json.dumps(state_of(folder)), encoding="utf-8")


def live_in_peace(folder: Path, ended_runs: Mapping[int, Sequence[EndedRun]] = MappingProxyType({})) -> States:
    """Return what the market came to after each night, and after these runs before each night's last."""
    write_market(folder)
    states = []
    for day in range(NIGHTS):
        write_mails(folder, day)
        for name, seed in ended_runs.get(day, ()):
            run = FAULTS[name] if name else _pass
            status, line = do_apart(lambda: run(folder, day, random.Random(seed)))  # noqa: B023 - called at once
            assert status == 0, line
        status, line = do_apart(lambda: _pass(folder, day))  # noqa: B023
        assert status == 0, line
        states.append(load_state(folder))
    return states


def _pass(folder: Path, day: int, _: random.Random | None = None) -> None:
    pass_night(folder, day)


def live_through(folder: Path, seed: int, peace: States) -> tuple[Counter[str], list[str]]:
    """Live the same nights with faults; return what happened how often, and what was wrong in the end."""
    choice = random.Random(seed)
    happened: Counter[str] = Counter()
    wrong: list[str] = []
    states: dict[int, dict[str, Any]] = {}
    ended_runs: dict[int, list[EndedRun]] = defaultdict(list)
    write_market(folder)
    backup = folder.with_name("backup.zip")
    for day in range(NIGHTS):
        write_mails(folder, day)
        kills = [day == 0 or choice.random() < 0.6 for _ in range(choice.randint(1, 4))]
        # What is damaged is damaged between nights, before the kills: a step that finished tonight and is done again
        # tonight starts from its own work, as it would on the night after.
        for name in (choice.choice(list(KILLS if is_kill else FAULTS)) for is_kill in sorted(kills)):
            fault = (KILLS | FAULTS)[name]
            own = choice.randrange(1 << 30)
            ended, line = do_apart(lambda: fault(folder, day, random.Random(own)))  # noqa: B023 - called at once
            happened[name] += 1
            print(f"  seed {seed} night {day} {name}: {_told(ended, line)}", flush=True)
            wrong += _judge(ended, line, name)
            if ended == 0:  # it published a report, which later ones are compared with
                ended_runs[day].append((name, own) if name in HEARS_LESS else ("", 0))
            if ended == DAMAGED:
                # What was lost since the back-up was lost with what was heard of it.
                ended_runs[day].clear()
                _mend(folder, backup, day)
        wrong += _finish(folder, backup, day)
        ended, line = _back_up_anew(folder, backup)
        if ended == DAMAGED:
            # Damage that a run with nothing to do did not come across: the back-up says what to do, as a run does.
            print(f"    back-up: {line}", flush=True)
            ended_runs[day].clear()
            _mend(folder, backup, day)
            wrong += _finish(folder, backup, day)
            ended, line = _back_up_anew(folder, backup)
        wrong += [f"back-up: {line}"] if ended else []
        if day == NIGHTS - 1 or choice.random() < 0.3:
            states[day] = load_state(folder)
    backup.unlink(missing_ok=True)
    heard_less = any(name for runs in ended_runs.values() for name, _ in runs)
    beside = live_in_peace(folder.with_name("beside"), ended_runs) if heard_less else peace
    for day, found in states.items():
        wrong += [f"night {day}: {name} differs" for name in beside[day] if found.get(name) != beside[day][name]]
        posts = Counter(found["posts"])
        wrong += [f"night {day}: {post} is doubled" for post, times in posts.items() if times > 1]
        wrong += [f"night {day}: {post} is lost" for post in set(peace[day]["posts"]) - set(posts)]
    return happened, wrong


def _judge(ended: int, line: str, name: str) -> list[str]:
    """A night ends well, by a kill, or with one line."""
    if ended in (0, -signal.SIGKILL, -signal.SIGALRM) or (ended in (TOLD, DAMAGED) and "\n" not in line):
        return []
    return [f"{name}: ended with {ended}: {line[-2000:]}"]


def _told(ended: int, line: str) -> str:
    return {0: "ended well", TOLD: line, DAMAGED: line, CRASHED: "CRASHED"}.get(ended, f"signal {-ended}")


def _finish(folder: Path, backup: Path, day: int) -> list[str]:
    """Run the night until it ends well, doing what its line says."""
    for _ in range(_TRIES):
        ended, line = do_apart(lambda: _pass(folder, day))
        if ended == 0:
            return []
        print(f"    again: {_told(ended, line)}", flush=True)
        if ended != DAMAGED:
            return [f"night {day} did not end well: {line[-2000:]}"]
        _mend(folder, backup, day)
    return [f"night {day} did not end in {_TRIES} runs: {line}"]


def _mend(folder: Path, backup: Path, day: int) -> None:
    """Do what the line of a damaged table says: restore the back-up; before the first, begin anew."""
    shutil.rmtree(folder)
    if not backup.exists():
        write_market(folder)
    else:
        ended, line = do_apart(lambda: _restore(backup, folder))
        assert ended == 0, line
    for past in range(day + 1):
        write_mails(folder, past)


def _back_up_anew(folder: Path, backup: Path) -> tuple[int, str]:
    """Put a new back-up in the place of the one of the night before, which stays where there is none."""
    new = backup.with_name("new.zip")
    new.unlink(missing_ok=True)
    ended, line = do_apart(lambda: _back_up(folder, new))
    if ended == 0:
        new.replace(backup)
    return ended, line


def _back_up(folder: Path, backup: Path) -> None:
    backup_market(folder, backup, with_private=True)


def _restore(backup: Path, folder: Path) -> None:
    restore_market(backup, folder)


def main(rounds: int, seed: int) -> int:
    """Live the rounds; return how many were wrong."""
    use_stand_ins()
    happened: Counter[str] = Counter()
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        peace = live_in_peace(Path(place) / "peace" / "market")
        for number in range(rounds):
            there = Path(place) / "round" / "market"
            counts, wrong = live_through(there, seed + number, peace)
            happened += counts
            bad += bool(wrong)
            print(
                f"round {number + 1}, seed {seed + number}: {'; '.join(wrong) if wrong else 'as in peace'}", flush=True
            )
            shutil.rmtree(there.parent)
    total = sum(happened.values())
    print(f"{total} kills and faults in {rounds} rounds of {NIGHTS} nights; {bad} rounds wrong")
    for name, count in sorted(happened.items()):
        print(f"  {count:4} {name}")
    return bad


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1) else 0)
