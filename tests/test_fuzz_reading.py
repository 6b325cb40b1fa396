"""Whatever the bytes: a document is read or refused in one line, within 5 s and 500 MB, and nothing else happens."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.checking import Kind, read_and_check
from tests.fuzz.hostile import ADDRESSES, CONTENT_TYPES
from tests.fuzz.limited_reader import MEGABYTES, SECONDS, LimitedReader, Outcome
from tests.fuzz.mutations import KINDS, Mutation, mutate, mutations
from tests.fuzz.seeds import page_seeds, transcript_seeds

PAGES, TRANSCRIPTS = page_seeds(), transcript_seeds()
MANY = 2_000


@given(
    name=st.sampled_from(sorted(PAGES)),
    changes=mutations(),
    url=st.sampled_from(ADDRESSES),
    content_type=st.sampled_from(CONTENT_TYPES),
)
@settings(max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_page_is_read_or_refused(name: str, changes: list[Mutation], url: str, content_type: str) -> None:
    _read_in_time("page", mutate(PAGES[name], changes), url, content_type)


@given(name=st.sampled_from(sorted(TRANSCRIPTS)), changes=mutations())
@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_transcript_is_read_or_refused(name: str, changes: list[Mutation]) -> None:
    _read_in_time("transcript", mutate(TRANSCRIPTS[name], changes), name, "")


def _read_in_time(kind: Kind, body: bytes, url: str, content_type: str) -> None:
    started = time.process_time()
    read_and_check(kind, body, url, content_type)
    assert time.process_time() - started < SECONDS


def test_a_whole_document_is_damaged_by_every_kind_of_change_and_always_the_same_way() -> None:
    whole = {"page": PAGES["thread"], "payload": PAGES["reddit.json"]}
    for kind in KINDS:
        change = Mutation(kind, where=5_000, size=7, choice=3)
        damaged = {name: mutate(body, [change]) for name, body in whole.items()}
        assert damaged != whole, kind
        assert damaged == {name: mutate(body, [change]) for name, body in whole.items()}


@pytest.mark.slow
def test_two_thousand_damaged_documents_are_read_or_refused_within_limits(shared_data: Path) -> None:
    pages = _whole(shared_data, "pages", "wf52")
    transcripts = _whole(shared_data, "transcripts", "corpora/interviews_pdpilot")
    outcomes: list[tuple[str, Outcome]] = []

    with LimitedReader() as reader:

        @given(mutations(), st.sampled_from(ADDRESSES[:2]), st.sampled_from(CONTENT_TYPES[:2]))
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
            turn, place = divmod(len(outcomes), 10)
            kind: Kind = "page" if place < 7 else "transcript"
            files = pages if place < 7 else transcripts
            path = files[(turn * 7 + place if place < 7 else turn * 3 + place - 7) % len(files)]
            address = url if kind == "page" else path.name
            outcome = reader.read(kind, mutate(path.read_bytes(), changes), address, content_type)
            outcomes.append((f"{path.relative_to(shared_data)} {changes} {url!r} {content_type!r}", outcome))

        read_one()
    print(f"\n{_summary([outcome for _, outcome in outcomes])}")
    failed = [f"{outcome.what}: {told}" for told, outcome in outcomes if not _is_within_limits(outcome)]
    assert len(outcomes) == MANY
    assert not failed, f"{len(failed)} of {MANY}:\n" + "\n".join(failed)


@pytest.mark.slow
def test_a_reader_that_keeps_no_limit_is_found_out_and_the_next_document_is_read() -> None:
    with LimitedReader("tests.fuzz.breaking") as reader:
        outcomes = {body: reader.read("page", body, "", "") for body in (b"spin", b"fine", b"grow", b"fill", b"")}
    assert outcomes[b"spin"].what == "took more than 5 s"
    assert outcomes[b"grow"].what.startswith("MemoryError")
    assert outcomes[b"fill"].peak_megabytes > MEGABYTES
    assert [body for body, outcome in outcomes.items() if _is_within_limits(outcome)] == [b"fine", b""]


def _whole(shared_data: Path, *folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((shared_data / folder).rglob("*"))
        if path.is_file() and path.name not in ("INDEX.tsv", "index.jsonl") and not path.name.endswith(".gold.json")
    ]


def _is_within_limits(outcome: Outcome) -> bool:
    return outcome.is_fine and outcome.seconds <= SECONDS and outcome.peak_megabytes <= MEGABYTES


def _summary(outcomes: list[Outcome]) -> str:
    counts = Counter(outcome.what if outcome.is_fine else "failed" for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    largest = max(outcomes, key=lambda outcome: outcome.peak_megabytes)
    return (
        f"{len(outcomes)} damaged documents: {counts['read']} read, {counts['refused']} refused, "
        f"{counts['failed']} failed; slowest {slowest.seconds:.2f} s, "
        f"peak {largest.peak_megabytes:.0f} MB, {sum(outcome.seconds for outcome in outcomes):.0f} s in all"
    )
