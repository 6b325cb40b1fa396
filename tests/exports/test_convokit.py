from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from overheard.exports import convokit_files
from overheard.records import Reference
from tests.exports.make_corpus import make_corpus, make_found


def files_of(corpus) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the utterances, and the other files by name, as ConvoKit reads them."""
    files = convokit_files(corpus)
    others = {name: json.loads(content) for name, content in files.items() if name != "utterances.jsonl"}
    return [json.loads(line) for line in files["utterances.jsonl"].splitlines()], others


def test_the_folder_holds_what_convokit_keeps() -> None:
    utterances, others = files_of(make_corpus())
    assert set(others) == {"speakers.json", "conversations.json", "corpus.json", "index.json"}
    wanted = {"id", "conversation_id", "text", "speaker", "meta", "reply-to", "timestamp", "vectors"}
    assert {frozenset(one) for one in utterances} == {frozenset(wanted)}
    assert {one["speaker"] for one in utterances} == set(others["speakers.json"])
    assert {one["conversation_id"] for one in utterances} == set(others["conversations.json"])


def test_every_conversation_is_one_tree_from_its_first_utterance() -> None:
    utterances, _ = files_of(make_corpus())
    known = {one["id"]: one for one in utterances}
    for one in utterances:
        at, steps = one, 0
        while at["reply-to"]:
            assert known[at["reply-to"]]["conversation_id"] == one["conversation_id"]
            at, steps = known[at["reply-to"]], steps + 1
            assert steps < 20
        assert at["id"] == one["conversation_id"]


def test_a_reply_its_source_tells_of_is_told_from_one_it_does_not() -> None:
    utterances, _ = files_of(make_corpus())
    known = {one["id"]: (one["reply-to"], one["meta"]["reply_is_known"]) for one in utterances}
    assert known["paper-logs-3"] == ("paper-logs-1", True)
    assert known["treatment-2"] == ("treatment-0", False)
    assert known["treatment-0"] == (None, False)


def test_replies_in_a_circle_or_to_elsewhere_are_not_followed() -> None:
    strange = [
        Reference("r1", "p01", "p04", "reply", "paper-logs-1", "paper-logs-3", "paper-logs", None),
        Reference("r2", "p04", "p01", "reply", "paper-logs-2", "treatment-0", "paper-logs", None),
    ]
    utterances, _ = files_of(make_corpus(references=strange))
    assert [one["reply-to"] for one in utterances if one["conversation_id"] == "paper-logs-0"][1:] == [
        "paper-logs-0"
    ] * 4


def test_a_signal_points_at_its_words() -> None:
    utterances, others = files_of(make_corpus(blots=lambda _: []))
    found = make_found()
    texts = {one.utterance_id: one.text for one in found.utterances}
    told = [one["text"][row["start"] : row["end"]] for one in utterances for row in one["meta"]["signals"]]
    assert sorted(told) == sorted(texts[one.utterance_id][one.start : one.end] for one in found.signals)
    pains = {pain for one in utterances for pain in one["meta"]["pains"]}
    assert pains == set(others["corpus.json"]["pains"]) == {"log", "mites", "swarm"}


def test_speakers_know_their_segment_and_role() -> None:
    _, others = files_of(make_corpus())
    assert others["speakers.json"]["p01"]["meta"] == {
        "role": "customer", "segment_id": "seg-log", "segment": "hive logs · forgotten inspections"
    }  # fmt: skip
    assert others["speakers.json"]["p12"]["meta"]["segment_id"] is None
    assert others["speakers.json"]["staff"]["meta"]["role"] == "staff"


def test_the_index_names_the_class_of_every_field() -> None:
    utterances, others = files_of(make_corpus())
    index = others["index.json"]
    assert set(index["utterances-index"]) == set(utterances[0]["meta"])
    assert index["utterances-index"]["reply_is_known"] == ["<class 'bool'>"]
    assert index["speakers-index"]["segment"] == ["<class 'str'>"]
    assert set(index["overall-index"]) == set(others["corpus.json"])


def test_a_time_nobody_told_is_null_and_others_are_seconds() -> None:
    utterances, _ = files_of(make_corpus())
    times = {one["id"]: one["timestamp"] for one in utterances}
    assert times["mite-counts-2"] is None
    assert times["paper-logs-0"] == 1780474500


def test_broken_characters_break_no_file() -> None:
    utterances = [replace(one, text=one.text + "\ud800\0\u2028 \x85") for one in make_found().utterances]
    rows, _ = files_of(make_corpus(utterances=utterances))
    assert all(row["text"].endswith("\ufffd\ufffd\u2028 \x85") for row in rows)
