"""What overheard raises on purpose. Every message is one line that names the place and the mend."""

from __future__ import annotations

import errno
import shlex
from pathlib import Path


def as_word(path: Path) -> str:
    """Return a path as one word of a command that a message tells to type: quoted where it holds a blank."""
    return shlex.quote(str(path))


class OverheardError(Exception):
    """A failure a person can act on; the command line prints it as one line and exits with `exit_status`."""

    exit_status = 1


class BadInputError(OverheardError):
    """Something a person wrote or saved cannot be read; says which file, which line, and what to change."""

    exit_status = 2

    def __init__(self, place: str, what: str, mend: str) -> None:
        """Args: place: `FILE` or `FILE:LINE`; what: what is wrong; mend: what to do about it."""
        self.place, self.what, self.mend = place, what, mend
        super().__init__(f"{place}: {what}; {mend}")


class UnreadableError(BadInputError):
    """A source file holds nothing that can be read. The file is skipped and counted; the others go on."""


class LockedError(OverheardError):
    """Another run works on the same market."""


class DamagedError(OverheardError):
    """Something of a market's data is not what was written there."""

    def __init__(self, place: str, mend: str) -> None:
        """Args: place: the file; mend: what to do about it."""
        super().__init__(f"{place}: is damaged or missing; {mend}")


class NewerSchemaError(OverheardError):
    """A newer release wrote this market; what it means by its columns is not known here."""


class DiskError(OverheardError):
    """The disk takes nothing more, or gives nothing back."""


_DISK = {
    errno.ENOSPC: "the disk is full; free some space and run again",
    errno.EDQUOT: "your share of the disk is used up; free some space and run again",
    errno.EROFS: "the disk is read-only; mount it for writing and run again",
    errno.EACCES: "is not yours to read or write; give the user who runs overheard the right to",
    errno.EPERM: "is not yours to read or write; give the user who runs overheard the right to",
    errno.EIO: "the disk does not answer; check it (`dmesg`), then run again",
}


def disk_error_of(error: BaseException, place: str = "") -> DiskError | None:
    """Return what an operating system's or a library's error says about the disk, None where it says nothing of it."""
    number = getattr(error, "errno", None)
    if number is None:  # libraries written in Rust tell the number in words only
        number = next((number for number in _DISK if f"(os error {number})" in str(error)), None)
    if number not in _DISK:
        return None
    return DiskError(f"{getattr(error, 'filename', None) or place or 'the disk'}: {_DISK[number]}")


class EngineError(OverheardError):
    """The processes or machines that share the work cannot do it."""


class ModelError(OverheardError):
    """A model is missing or is not the one whose fingerprint the registry holds."""


class UnfaithfulQuoteError(OverheardError):
    """A quote about to be shown is not the verbatim slice of its source."""


class FetchError(OverheardError):
    """A page could not be fetched, or must not be."""


class ForbiddenError(FetchError):
    """The site's owner does not want this page fetched (robots.txt, 401, 403, 451): not ours to ask for again."""


class AwayError(FetchError):
    """The host asked us to stay away for longer than a run waits; nothing more is asked of it now."""
