"""Whatever the bytes: a document is read or refused in one line, within 5 s and 500 MB, and nothing else happens."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.checking import Kind, read_and_check
from tests.fuzz.hostile import ADDRESSES, CONTENT_TYPES, WRAPPED
from tests.fuzz.limited_reader import MEGABYTES, SECONDS, LimitedReader, Outcome
from tests.fuzz.mutations import KINDS, Mutation, mutate, mutations
from tests.fuzz.seeds import page_seeds, transcript_seeds

PAGES, TRANSCRIPTS = page_seeds(), transcript_seeds()
LISTINGS = ("board", "board.html", "login.html", "/latest.json")
"""Pages without a post: refused, and followed."""
URL = "https://forum.example"
MANY = 2_000
LARGE_BYTES = 200_000


@pytest.mark.slow
@given(
    name=st.sampled_from(sorted(PAGES)),
    changes=mutations(),
    url=st.sampled_from(ADDRESSES),
    content_type=st.sampled_from(CONTENT_TYPES),
)
@settings(max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_page_is_read_or_refused(name: str, changes: list[Mutation], url: str, content_type: str) -> None:
    body = mutate(PAGES[name], changes)
    _read_in_time("page", body, url, content_type)
    _read_in_time("links", body, url, content_type)


@given(name=st.sampled_from(sorted(TRANSCRIPTS)), changes=mutations())
@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_transcript_is_read_or_refused(name: str, changes: list[Mutation]) -> None:
    _read_in_time("transcript", mutate(TRANSCRIPTS[name], changes), name, "")


@pytest.mark.slow
@pytest.mark.parametrize("opens", [opens for opens, _ in WRAPPED], ids=bytes.decode)
def test_a_long_thread_inside_a_thousand_elements_is_read_in_time(opens: bytes) -> None:
    head, posts = PAGES["thread"].split(b"</head>")
    body = head + b"</head>" + opens * 1_000 + b"<p>It rattles.</p>" * 5_000 + posts
    _read_in_time("page", body, URL, "text/html")
    _read_in_time("links", body, URL, "text/html")


def _read_in_time(kind: Kind, body: bytes, url: str, content_type: str) -> None:
    started = time.process_time()
    read_and_check(kind, body, url, content_type)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(("kind", "whole"), [("page", PAGES), ("transcript", TRANSCRIPTS)])
def test_what_is_damaged_is_read_while_it_is_whole(kind: Kind, whole: dict[str, bytes]) -> None:
    refused = {name for name, body in whole.items() if read_and_check(kind, body, f"{URL}/{name}", "") == "refused"}
    assert refused == (set(LISTINGS) if kind == "page" else set())


def test_a_whole_document_is_damaged_by_every_kind_of_change_and_always_the_same_way() -> None:
    whole = {"page": PAGES["thread"], "payload": PAGES["reddit.json"]}
    for kind in KINDS:
        change = Mutation(kind, where=5_000, size=7, choice=3)
        damaged = {name: mutate(body, [change]) for name, body in whole.items()}
        assert damaged != whole, kind
        assert damaged == {name: mutate(body, [change]) for name, body in whole.items()}


@pytest.mark.slow
@pytest.mark.timeout(1800)  # minutes alone; beside other work three times as long
def test_two_thousand_damaged_documents_are_read_or_refused_within_limits(shared_data: Path) -> None:
    pages = _in_turn(shared_data, "pages", "wf52")
    transcripts = _in_turn(shared_data, "transcripts", "corpora/interviews_pdpilot")
    outcomes: list[tuple[str, Outcome]] = []
    followed: list[tuple[str, Outcome]] = []

    with LimitedReader() as reader:

        @given(mutations(most=3), st.sampled_from(ADDRESSES[:2]), st.sampled_from(CONTENT_TYPES[:2]))
        @settings(
            max_examples=MANY,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def read_one(changes: list[Mutation], url: str, content_type: str) -> None:
            # Seven pages, then three transcripts: each whole document in its turn.
            kind: Kind = "page" if len(outcomes) % 10 < 7 else "transcript"
            path = next(pages if kind == "page" else transcripts)
            address = url if kind == "page" else path.name
            body = mutate(path.read_bytes(), changes)
            told = f"{path.relative_to(shared_data)} {changes} {address!r} {content_type!r}"
            outcomes.append((told, reader.read(kind, body, address, content_type)))
            if len(outcomes) % 10 in (1, 4):
                followed.append((f"links of {told}", reader.read("links", body, address, content_type)))

        read_one()
    print(f"\n{_summary('read', outcomes)}\n{_summary('followed', followed)}")
    failed = [f"{outcome.what}: {told}" for told, outcome in outcomes + followed if not _is_within_limits(outcome)]
    assert len(outcomes) == MANY
    assert not failed, f"{len(failed)} of {MANY} and {len(followed)}:\n" + "\n".join(failed)


@pytest.mark.slow
def test_a_reader_that_keeps_no_limit_is_found_out_and_the_next_document_is_read() -> None:
    with LimitedReader("tests.fuzz.breaking") as reader:
        outcomes = {body: reader.read("page", body, "", "") for body in (b"spin", b"fine", b"grow", b"fill", b"")}
    assert outcomes[b"spin"].what == "took more than 5 s"
    assert outcomes[b"grow"].what.startswith("MemoryError")
    assert outcomes[b"fill"].peak_megabytes > MEGABYTES
    assert [body for body, outcome in outcomes.items() if _is_within_limits(outcome)] == [b"fine", b""]


def _in_turn(shared_data: Path, *folders: str) -> Iterator[Path]:
    """Every document of the folders, over and over; the largest once, because each takes as long as fifty others."""
    files = [
        path
        for folder in folders
        for path in sorted((shared_data / folder).rglob("*"))
        if path.is_file() and path.name not in ("INDEX.tsv", "index.jsonl") and not path.name.endswith(".gold.json")
    ]
    return chain(files, cycle([path for path in files if path.stat().st_size <= LARGE_BYTES]))


def _is_within_limits(outcome: Outcome) -> bool:
    return outcome.is_fine and outcome.seconds <= SECONDS and outcome.peak_megabytes <= MEGABYTES


def _summary(what: str, told: list[tuple[str, Outcome]]) -> str:
    outcomes = [outcome for _, outcome in told]
    counts = Counter(outcome.what if outcome.is_fine else "failed" for outcome in outcomes)
    slowest = max(outcome.seconds for outcome in outcomes)
    largest = max(outcome.peak_megabytes for outcome in outcomes)
    return (
        f"{len(outcomes)} damaged documents: {counts['read']} {what}, {counts['refused']} without, "
        f"{counts['failed']} failed; slowest {slowest:.2f} s, peak {largest:.0f} MB, "
        f"{sum(outcome.seconds for outcome in outcomes):.0f} s in all"
    )
