"""What does a whole line look like: a log's, a prompt's, a program's code, or what somebody announced to paste?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from overheard.signals.own_words.lexicons import load_rows, load_words


@dataclass(frozen=True, slots=True)
class Look:
    """What a line's look says.

    `bonus` is for a machine, in log-odds; `factor` how much of the weight of plain words, which speak against it, is
    left; `may_lead` says that a person may announce the rest of the line in it ("My system: ...").
    """

    bonus: float
    factor: float
    may_lead: bool = False


PLAIN = Look(0, 1)
LOOKS = {
    "log": Look(5, 0.3),
    "prompt": Look(5, 0.3),
    "code": Look(3, 0.6),
    "data": Look(1, 0.8, may_lead=True),
    "remark": Look(4, 0.3),
    "comment": Look(2.5, 0.2),
}
_ANNOUNCED, SPECIFIED = Look(4, 0.5, may_lead=True), Look(7, 0.5, may_lead=True)
_OF_PROGRAM = frozenset(("prompt", "code", "data"))
# A heading belongs to what a person wrote below it, also where that is a command.
_HEADED = Look(-2, 1)

_ARGUMENT = re.compile(r" (?:--?[a-z][\w-]*|[./~][\w.~-]*/\S*|\|)(?: |$)")
_COMMAND = re.compile(r"([$#%] )?([a-z][\w.+-]*)(?:$| +(\S+))")
_LIST_ITEM = re.compile(r"(?:[-*•+]|\(?\d{1,2}[.)])\s")
# People announce what they paste.
_CUE = re.compile(
    r"\b(?:errors?|messages?|warnings?|outputs?|logs?|console|trace|backtrace|pop-?ups?|dump|code|script|config\w*|specs?"
    r"|specifications|headers?|system info\w*)\b[^:.!?]{0,60}:\W*$",
    re.IGNORECASE,
)
_EDGES = ".,;:()[]*_-–>"
_LONGEST_SPECIFICATION, _FEWEST_SPECIFIED = 250, 3
_LONGEST_CUE, _COLON_WITHIN = 160, 4


def judge_line(body: str, above: str, look_above: Look = PLAIN, remarked: str = "") -> Look:
    """Say what a line looks like.

    Args:
        body: the whole line, without white space at its ends.
        above: the line above it; empty where there is none.
        look_above: what that looks like.
        remarked: where it may be a remark in a program, the line of the program right below it; else empty.
    """
    name = _name_of(body)
    is_cued = ":" in above[-_COLON_WITHIN:] and _CUE.search(above[-_LONGEST_CUE:]) is not None
    if is_cued and name in (None, "data", "comment") and not _LIST_ITEM.match(body):
        return _ANNOUNCED
    if name in (None, "data") and _is_specification(body):
        return SPECIFIED
    is_remark = name == "comment" and remarked and _name_of(remarked) in _OF_PROGRAM
    if name in (None, "comment") and body[0] == "#" and not is_remark and look_above in (PLAIN, _ANNOUNCED, _HEADED):
        return _HEADED
    if name is None:
        return PLAIN
    return LOOKS[name]


def _name_of(body: str) -> str | None:
    """Return the look of a line by itself; None where it looks like nothing of a machine's."""
    found = _patterns().match(body)
    name = found.lastgroup if found else None
    return "prompt" if name not in ("log", "prompt") and _is_command(body) else name


@cache
def _patterns() -> re.Pattern[str]:
    """Return the pattern of all looks, a group a look; the first look that fits counts."""
    rows = load_rows("looks")
    return re.compile("|".join(f"(?P<{look}>{'|'.join(row[1] for row in rows if row[0] == look)})" for look in LOOKS))


def _is_command(body: str) -> bool:
    """Say whether a line begins with a known command, and goes on as commands do, not as a sentence does."""
    found = _COMMAND.match(body)
    if not found or found[2] not in _commands():
        return False
    is_argued = found[3] is not None and not found[3].isalpha() and found[3][0] in "-./~$\"'{"
    return found[1] is not None or is_argued or _ARGUMENT.search(body) is not None


def _is_specification(body: str) -> bool:
    """Say whether a line only names systems, parts and their versions ("Windows 11 Home, 16 GB RAM")."""
    if len(body) > _LONGEST_SPECIFICATION or "://" in body or not any(map(str.isdigit, body)):
        return False
    kinds = load_words("tokens")
    words = [word.strip(_EDGES).casefold() for word in body.split()]
    systems = sum(word in kinds["system"] or f"{word}:" in kinds["key"] for word in words)
    values = sum(any(map(str.isdigit, word)) for word in words)
    sentence = sum(word in kinds["function"] or word in kinds["writer"] for word in words)
    return (
        systems > 0
        and values > 0
        and systems + values >= max(_FEWEST_SPECIFIED, len(words) / 2)
        and sentence * 8 <= len(words)
    )


@cache
def _commands() -> frozenset[str]:
    return load_words("commands")["command"]
