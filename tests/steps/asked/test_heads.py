"""What the heads are fitted on: every shipped label can be read, and nothing of the test part is ever looked at."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import sklearn.linear_model  # noqa: F401 - only libraries loaded by then can be limited to a thread
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

import overheard.steps.asked.heads
from overheard.records import Force
from overheard.signals.heads.weights import KINDS, read_heads
from overheard.steps.asked.heads import (
    KIND_OF_CODE,
    fit_market_heads,
    is_for_test,
    load_documents,
    load_invented,
    load_labelled,
    load_labels,
    load_surveys,
)
from overheard.vectors import inner_encoder_id
from tests.demo.make_demo import ROOT

MODELS = ROOT / "models"
CODES = set(KIND_OF_CODE)
INVENTED = [json.loads(line) for line in (MODELS / "labels" / "invented.jsonl").read_text("utf-8").splitlines()]
REGISTERS = {"interviews", "trades", "reviews", "service", "suggestions", "surveys"}


def test_each_kind_has_a_code_of_one_letter() -> None:
    assert set(KIND_OF_CODE.values()) == set(KINDS)
    assert all(len(code) == 1 for code in CODES)


def test_every_invented_sentence_has_known_codes_a_rung_exactly_with_pain_and_a_known_force() -> None:
    for row in INVENTED:
        assert set(row) == {"register", "domain", "sentences"}
        assert row["register"] in REGISTERS
        assert row["domain"] and row["sentences"]
        for sentence, codes, rung, force in row["sentences"]:
            assert sentence == sentence.strip() != ""
            assert codes == "-" or (codes and set(codes) <= CODES and len(set(codes)) == len(codes)), row
            assert rung in ("", "0", "1", "2", "3", "4"), row
            assert (rung != "") == ("P" in codes), row
            assert force in get_args(Force), row


def test_no_sentence_was_invented_twice() -> None:
    counts = Counter(" ".join(one[0].lower().split()) for row in INVENTED for one in row["sentences"])
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_every_invented_sentence_becomes_an_example_with_those_beside_it() -> None:
    examples = load_invented(MODELS)
    assert [example.sentence for example in examples] == [one[0] for row in INVENTED for one in row["sentences"]]
    for first, second in pairwise(examples):
        beside = first.thread == second.thread
        assert (first.after, second.before) == ((second.sentence, first.sentence) if beside else ("", ""))
    assert len({example.thread for example in examples}) == len(INVENTED)
    assert {example.origin for example in examples} == {"invented post", "answer"}
    assert all(example.rung == 0 for example in examples if "pain" not in example.kinds)
    assert {kind for example in examples for kind in example.kinds} == set(KINDS)


def test_every_labelled_place_has_known_codes_a_rung_exactly_with_pain_and_no_words() -> None:
    labels = load_labels(MODELS)
    columns = {"corpus", "document", "thread", "start", "end", "labeller", "kinds", "rung", "force"}
    for (_, _, (start, end)), rows in labels.items():
        assert 0 <= start < end
        assert len(rows) in (1, 2)
        assert len({row["labeller"] for row in rows}) == len(rows)
        assert len({row["thread"] for row in rows}) == 1
        for row in rows:
            assert set(row) == columns
            assert row["kinds"] == "-" or set(row["kinds"]) <= CODES
            assert (row["rung"] != "") == ("P" in row["kinds"])
            assert row["rung"] in ("", "0", "1", "2", "3", "4")
            assert row["force"] in get_args(Force)


def test_a_document_lies_in_one_thread_and_its_labelled_sentences_apart() -> None:
    labels = load_labels(MODELS)
    threads: dict[tuple[str, str], set[str]] = {}
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for (corpus, document, span), rows in labels.items():
        threads.setdefault((corpus, document), set()).add(rows[0]["thread"])
        spans.setdefault((corpus, document), []).append(span)
    assert all(len(found) == 1 for found in threads.values())
    for found in spans.values():
        found.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(found))


def test_part_of_the_labelled_sentences_is_kept_for_the_end() -> None:
    tests = Counter(is_for_test(rows[0]["thread"]) for rows in load_labels(MODELS).values())
    assert tests[True] >= 500
    assert tests[False] > tests[True]


def test_two_in_five_threads_are_for_the_end_whatever_else_is_known_of_them() -> None:
    share = np.mean([is_for_test(f"thread {number}") for number in range(5000)])
    assert share == pytest.approx(0.4, abs=0.03)


def test_the_shipped_heads_can_be_read_and_have_a_card() -> None:
    heads = read_heads((MODELS / "heads.json").read_text(encoding="utf-8"))
    assert heads.encoder == inner_encoder_id()
    card = (MODELS / "heads.md").read_text(encoding="utf-8")
    assert heads.encoder in card
    assert "Licence" in card
    assert all(f"| {kind} |" in card for kind in KINDS)


@dataclass
class Recorded:
    """The inner encoder's stand-in: a row is drawn by the words, and what was asked for is kept."""

    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        generator = np.random.default_rng(61)
        return generator.standard_normal((len(texts), 6)).astype(np.float32)


class NeverSplitter:
    """Stands in for the sentence model: lines are sentences."""

    def find_starts(self, texts: Sequence[str]) -> list[list[int]]:
        return [[] for _ in texts]


THREADS = 60
LINES = ("we sat down", "the gander honks", "so it went", "and that was it")


def text_of(number: int) -> str:
    """Return a post of four lines, each with a word that tells its thread."""
    return "\n".join(f"{line} {word_of(number)}" for line in LINES)


def word_of(number: int) -> str:
    return "wug" + "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Labels of invented posts, each a thread, and the corpora that they point into."""
    models, corpora = tmp_path / "models", tmp_path / "corpora"
    (models / "labels").mkdir(parents=True)
    rows = []
    for number in range(THREADS):
        text, code, rung = text_of(number), "PJRQKCWOG"[number % 9], "1234"[number // 9 % 4]
        for line in (1, 2):
            start = text.index(LINES[line])
            place = [start, text.index("\n", start)]
            kinds = (code, rung if code == "P" else "") if line == 1 else ("-", "")
            force = get_args(Force)[number % 5] if line == 1 else ""
            rows.append(["mozilla_support", f"d{number}", f"t{number}", *place, "1", *kinds, force])
    with (models / "labels" / "sentences.tsv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t")
        writer.writerow(["corpus", "document", "thread", "start", "end", "labeller", "kinds", "rung", "force"])
        writer.writerows(rows)
    invented = [
        {
            "register": ("trades", "surveys")[number % 2],
            "domain": "geese",
            "sentences": [
                [f"zib {number}", "PJRQKCWOG"[number % 9], "1234"[number // 9 % 4] if number % 9 == 0 else "", "push"],
                [f"zab {number}", "-", "", ""],
            ],
        }
        for number in range(90)
    ]
    (models / "labels" / "invented.jsonl").write_text("\n".join(map(json.dumps, invented)), encoding="utf-8")
    write_lines(
        corpora / "mozilla_support.jsonl.gz",
        [{"id": f"d{number}", "text": text_of(number)} for number in range(THREADS + 20)],
    )
    write_lines(
        corpora / "survey_verbatims.jsonl.gz",
        [
            {"source": source, "person": "p1", "label": label, "text": f"{label} in {source}"}
            for source in ("jupyter2015", "mybinder2020", "another2019")
            for label in ("pain", "gain")
        ],
    )
    return models, corpora


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    found = Recorded()
    monkeypatch.setattr(overheard.steps.asked.heads, "load_inner_encoder", lambda: found)
    monkeypatch.setattr(overheard.steps.asked.heads, "load_sentence_splitter", lambda _: NeverSplitter())
    # Matrices this small are multiplied five times as fast on one thread.
    with threadpool_limits(1):
        yield found


def test_a_labelled_sentence_comes_with_those_beside_it(folders: tuple[Path, Path], encoder: Recorded) -> None:
    examples = load_labelled(*folders)
    assert len(examples) == 2 * THREADS
    one = next(example for example in examples if example.sentence == f"{LINES[1]} {word_of(9)}")
    assert (one.before, one.after) == (f"{LINES[0]} {word_of(9)}", f"{LINES[2]} {word_of(9)}")
    assert (one.kinds, one.rung, one.thread, one.origin) == (frozenset({"pain"}), 2, "t9", "said")


def test_nothing_of_the_test_part_is_ever_looked_at(folders: tuple[Path, Path], encoder: Recorded) -> None:
    models, corpora = folders
    card = fit_market_heads(models, corpora)
    kept_apart = [number for number in range(THREADS) if is_for_test(f"t{number}")]
    fitted = [number for number in range(THREADS) if not is_for_test(f"t{number}")]
    seen = " ".join(encoder.asked)
    assert 15 <= len(kept_apart) <= 35
    assert [number for number in kept_apart if word_of(number) in seen] == []
    assert all(word_of(number) in seen for number in fitted)
    assert f"| {2 * len(fitted)} |" in card
    assert (models / "heads.md").read_text(encoding="utf-8") == card
    heads = read_heads((models / "heads.json").read_text(encoding="utf-8"))
    assert heads.encoder == inner_encoder_id()
    assert heads.inner.shape == (6, len(heads.bias))


def test_only_surveys_that_may_be_learnt_from_are(folders: tuple[Path, Path]) -> None:
    _, corpora = folders
    answers = load_surveys(corpora)
    assert {answer.sentence for answer in answers} == {
        "pain in jupyter2015",
        "gain in jupyter2015",
        "pain in mybinder2020",
        "gain in mybinder2020",
    }
    assert {answer.origin for answer in answers} == {"answer"}
    assert all(answer.weight < 1 for answer in answers)
    assert {answer.sentence for answer in load_surveys(corpora, ["jupyter2015"])} == {
        "pain in mybinder2020",
        "gain in mybinder2020",
    }


def test_documents_are_found_in_every_shape_a_corpus_comes_in(folders: tuple[Path, Path]) -> None:
    _, corpora = folders
    comments = corpora / "goemotions" / "data" / "original" / "train.tsv"
    comments.parent.mkdir(parents=True)
    comments.write_text("The goose is late.\t3\tc1\nIs it?\t7\tc2\n", encoding="utf-8")
    dump = corpora / "stackexchange_geese" / "Posts.xml"
    dump.parent.mkdir()
    dump.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<posts>\n'
        '<row Id="1" PostTypeId="1" CreationDate="2026-01-02T03:04:05.000" OwnerUserId="5" Title="Geese" '
        'Body="&lt;p&gt;Why do geese honk?&lt;/p&gt;" />\n'
        '<row Id="2" PostTypeId="2" ParentId="1" CreationDate="2026-01-03T03:04:05.000" OwnerUserId="6" '
        'Body="&lt;p&gt;They like it.&lt;/p&gt;" />\n</posts>\n',
        encoding="utf-8",
    )
    assert dict(load_documents(corpora, "goemotions")) == {"c1": "The goose is late.", "c2": "Is it?"}
    assert [text.splitlines()[-1] for _, text in load_documents(corpora, "stackexchange_geese")] == [
        "Why do geese honk?",
        "They like it.",
    ]
    assert dict(load_documents(corpora, "mozilla_support"))["d7"] == text_of(7)
