"""Every regular expression of the sources against a megabyte made to hurt it: each takes time in proportion."""

from __future__ import annotations

import ast
import re
import re._parser as parser  # type: ignore[import-not-found]
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from tests.test_house_rules import ROOT, SOURCES

pytestmark = pytest.mark.slow

CHARACTERS = 80_000
"""Of one string; what takes time with the square of it takes seconds."""
SECONDS = 0.6
WHOLE = {"match", "fullmatch"}
"""Begin at the text's beginning; all other methods begin everywhere."""
SHORT_CHARACTERS = 1_000
SHORT = {
    "overheard.forums.feeds.threads._TITLES": "a title in a feed",
    "overheard.forums.mail.headers": "a header",
    "overheard.forums.mail.threads": "a subject",
    "overheard.forums.quotes": "the first words of a quotation",
    "overheard.forums.structure": "a line of a byline, a listing or a pager",
    "overheard.report.changes": "evidence, which is ours",
    "overheard.signals.slots": "a sentence, of [signals] longest_sentence at most",
    "overheard.transcripts": "a line of a transcript",
}
"""Patterns that take more than their share and hear short texts alone: they are held to a thousand characters."""
SAMPLES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
           "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-"}  # fmt: skip


def example_of(parts: Any, most: int = 1) -> str:
    """Write a text such a pattern may match: the first branch, each repeat as seldom as it may be, but once."""
    text = ""
    for kind, value in parts:
        name = str(kind)
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "b" if value == ord("a") else "a"
        elif name == "ANY":
            text += "x"
        elif name == "IN":
            text += _member(value)
        elif name == "CATEGORY":
            text += SAMPLES.get(str(value), "a")
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += example_of(value[2]) * max(value[0], min(most, value[1]))
        elif name == "SUBPATTERN":
            text += example_of(value[3])
        elif name == "ATOMIC_GROUP":
            text += example_of(value)
        elif name == "BRANCH":
            text += example_of(value[1][0])
    return text


def _member(members: Any) -> str:
    if members and str(members[0][0]) == "NEGATE":
        return next((one for one in "ax-7 \n" if not _is_in(one, members[1:])), "\0")
    kind, value = members[0]
    if str(kind) == "LITERAL":
        return chr(value)
    return chr(value[0]) if str(kind) == "RANGE" else SAMPLES.get(str(value), "a")


def _is_in(one: str, members: Any) -> bool:
    def fits(kind: str, value: Any) -> bool:
        if kind == "LITERAL":
            return ord(one) == int(value)
        if kind == "RANGE":
            return bool(value[0] <= ord(one) <= value[1])
        category = {"SPACE": r"\s", "DIGIT": r"\d", "WORD": r"\w"}.get(str(value).rpartition("_")[2], "a")
        return re.match(category, one) is not None

    return any(fits(str(kind), value) for kind, value in members)


def repeated_in(parts: Any) -> Iterator[str]:
    """Yield an example of everything a pattern may repeat without end."""
    for kind, value in parts:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 1_000:
                yield example_of(value[2])
            yield from repeated_in(value[2])
        elif name == "SUBPATTERN":
            yield from repeated_in(value[3])
        elif name == "ATOMIC_GROUP":
            yield from repeated_in(value)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repeated_in(branch)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repeated_in(value[1])


def hostile_texts(pattern: re.Pattern[str], characters: int) -> Iterator[str]:
    """Yield texts that come near to a match again and again: a megabyte and more for a pattern that repeats."""
    parts = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.DEBUG)
    whole = example_of(parts)
    units = dict.fromkeys([*repeated_in(parts), " ", "a", whole, *(whole[:at] for at in (1, 2, len(whole) // 2))])
    for unit in [one for one in units if one][:12]:
        run = (unit * (characters // len(unit) + 1))[:characters]
        yield from (f"{run}\0", f"{whole}{run}\0", f"a{run}\n\0")


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """Return every pattern a module holds by name, and how it is used; a pattern in a table counts as searched."""
    found = {}
    for path in SOURCES:
        if "src" not in path.parts or path.name == "__main__.py":
            continue
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        uses = _uses(path.read_text(encoding="utf-8"))
        for key, value in vars(import_module(name)).items():
            for at, one in enumerate(_patterns_in(value)):
                if getattr(sys.modules[name], "__name__", "") == name and isinstance(one.pattern, str):
                    found[f"{name}.{key}[{at}]"] = (one, tuple(sorted(uses[key] or {"search"})))
        found |= {f"{name}:{line}": (one, (how,)) for line, one, how in _written_in_place(path)}
    return found


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _patterns_in(one)
    elif isinstance(value, list | tuple | set | frozenset) and len(value) < 5_000:
        for one in value:
            yield from _patterns_in(one)


def _uses(code: str) -> dict[str, set[str]]:
    uses: dict[str, set[str]] = defaultdict(set)
    for name, method in re.findall(r"\b(\w+)\.(match|fullmatch|search|sub|subn|findall|finditer|split)\b", code):
        uses[name].add(method)
    # A table of patterns that a loop goes through is used as the loop's variable is.
    for name, table in re.findall(r"\bfor (\w+)(?:, \w+)? in \(?([\w, ]+)\)?:", code):
        for one in re.findall(r"\w+", table):
            uses[one] |= uses[name]
    return uses


def _written_in_place(path: Any) -> Iterator[tuple[int, re.Pattern[str], str]]:
    """Yield patterns in calls such as `re.sub("x", …)`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            how, first = ast.unparse(node.func)[3:], node.args[0]
            if how not in ("compile", "escape") and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, re.compile(first.value), how


def slowest(pattern: re.Pattern[str], methods: tuple[str, ...], characters: int = CHARACTERS) -> tuple[float, str]:
    """Return the seconds of the slowest string, and the string's beginning."""
    call: Callable[[str], Any] = pattern.match if set(methods) <= WHOLE else lambda text: pattern.sub("", text)
    worst = (0.0, "")
    for text in hostile_texts(pattern, characters):
        signal.setitimer(signal.ITIMER_REAL, 4 * SECONDS)
        started = time.process_time()
        try:
            call(text)
            if methods == ("fullmatch",):
                pattern.fullmatch(text)
        except TimeoutError:
            return 4 * SECONDS, text[:40]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        worst = max(worst, (time.process_time() - started, text[:40]))
    return worst


@pytest.fixture
def alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.signal(signal.SIGALRM, before)


def test_no_pattern_takes_longer_than_its_text_is_long(alarm: None) -> None:
    assert len(patterns()) > 300
    slow = {}
    for name, (pattern, methods) in patterns().items():
        seconds, text = slowest(pattern, methods, SHORT_CHARACTERS if name.startswith(tuple(SHORT)) else CHARACTERS)
        if seconds > SECONDS:
            slow[name] = (round(seconds, 2), methods, pattern.pattern[:120], text)
    assert slow == {}


@pytest.mark.parametrize("pattern", [r"\s+$", r"(a+)+b", r"<!--.*?-->", r"(\w+\s?)*!", r"[^<]*<"])
def test_a_pattern_that_takes_the_square_is_noticed(alarm: None, pattern: str) -> None:
    assert slowest(re.compile(pattern, re.DOTALL), ("search",))[0] > SECONDS


@pytest.mark.parametrize("pattern", [r"\s", r"a{1,20}b", r"(?<!\s)\s++$", r"<[^<>]{0,100}>"])
def test_a_pattern_that_takes_its_time_in_proportion_is_not(alarm: None, pattern: str) -> None:
    assert slowest(re.compile(pattern), ("search",))[0] < SECONDS
