"""What overheard raises on purpose. Every message is one line that names the place and the mend."""

from __future__ import annotations


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
