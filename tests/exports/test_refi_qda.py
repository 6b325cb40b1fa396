from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.exports import refi_qda_project
from overheard.exports.codebook import distinct, make_codebook
from overheard.exports.refi_qda import NAMESPACE, place_of, with_plain_ends
from tests.exports.make_corpus import make_corpus, make_found
from tests.report.properties import PROPERTY

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORDER = {
    "Project": ("Users", "CodeBook", "Variables", "Sources", "Sets"),
    "TextSource": ("Description", "PlainTextSelection", "VariableValue"),
    "PlainTextSelection": ("Description", "Coding"),
    "Set": ("Description", "MemberCode", "MemberSource"),
    "Code": ("Description", "Code"),
}
"""Children in the order that QDA-XML 1.0 wants them in, of those we write."""
NEEDED = {
    "Project": {"name", "origin"},
    "User": {"guid", "name"},
    "Code": {"guid", "name", "isCodable"},
    "Variable": {"guid", "name", "typeOfVariable"},
    "TextSource": {"guid", "name", "plainTextPath"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "VariableRef": {"targetGUID"},
    "Set": {"guid", "name"},
    "MemberCode": {"targetGUID"},
    "MemberSource": {"targetGUID"},
}


class Project:
    """A .qdpx as a program reads it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.times = {one.date_time for one in archive.infolist()}
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.root = ElementTree.fromstring(self.files["project.qde"])
        self.codes = {one.get("guid"): one.get("name") for one in self.all("Code")}

    def all(self, name: str) -> list[ElementTree.Element]:
        return list(self.root.iter(f"{{{NAMESPACE}}}{name}"))

    def text_of(self, source: ElementTree.Element) -> str:
        path = str(source.get("plainTextPath")).removeprefix("internal://")
        return io.TextIOWrapper(io.BytesIO(self.files[f"sources/{path}"]), "utf-8").read()

    def codings(self) -> set[tuple[str, str]]:
        """Return (name of the code, coded words)."""
        found = set()
        for source in self.all("TextSource"):
            text = self.text_of(source)
            for one in source.iter(f"{{{NAMESPACE}}}PlainTextSelection"):
                words = text[int(one.get("startPosition", -1)) : int(one.get("endPosition", -1))]
                for ref in one.iter(f"{{{NAMESPACE}}}CodeRef"):
                    found.add((str(self.codes[ref.get("targetGUID")]), words))
        return found


def test_the_project_is_built_as_the_schema_wants_it() -> None:
    project = Project(refi_qda_project(make_corpus()))
    guids = []
    for one in project.root.iter():
        name = one.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert NEEDED.get(name, set()) <= set(one.attrib), name
        children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in one]
        order = ORDER.get(name, tuple(dict.fromkeys(children)))
        assert children == sorted(children, key=order.index), name
        guids += [one.get("guid")] if "guid" in one.attrib else []
        assert all(GUID.fullmatch(value) for key, value in one.attrib.items() if key.lower().endswith("guid"))
    assert len(set(guids)) == len(guids)
    targets = {one.get("targetGUID") for one in project.root.iter() if "targetGUID" in one.attrib}
    assert targets <= set(guids)


def test_pains_lie_below_their_families_and_parts_below_their_pains() -> None:
    codes = {code.key: code for code in make_codebook(make_corpus())}
    assert codes["pain:family"].parent == "pains"
    assert not codes["pain:family"].is_codable
    assert (codes["pain:log"].parent, codes["pain:log"].is_codable) == ("pain:family", True)
    assert codes["pain:wet"].parent == "pain:log"
    # A family of one pain is that pain.
    assert codes["pain:swarm"].parent == "pains"
    assert codes["signal:pain"].parent == "signals"
    # Two codes of a name are refused by programs.
    assert codes["pain:log"].name == "hive log, notes, paper"
    assert codes["pain:wet"].name == "hive log, notes, paper (wet)"


def test_signals_segments_and_pains_stand_at_their_words() -> None:
    corpus, found = make_corpus(), make_found()
    codings = Project(refi_qda_project(corpus)).codings()
    texts = {one.utterance_id: one.text for conversation in corpus.conversations for one in conversation.utterances}
    for signal in found.signals:
        assert (f"Signal: {signal.kind}", texts[signal.utterance_id][signal.start : signal.end]) in codings
    assert ("Segment: hive logs · forgotten inspections", texts["paper-logs-0"]) in codings
    assert (
        "mite count, strips, wash",
        "The wash kills three hundred bees and the mite count is still wrong.",
    ) in codings
    part = next(one for one in make_found().pain_groups if one.group_id == "voice")
    spoken = next(one for one in found.signals if one.signal_id == part.signals[0])
    assert ("voice notes", texts[spoken.utterance_id][spoken.start : spoken.end]) in codings


def test_the_speakers_pseudonym_and_day_stand_above_each_post() -> None:
    project = Project(refi_qda_project(make_corpus()))
    source = next(one for one in project.all("TextSource") if "Who still" in str(one.get("name")))
    assert project.text_of(source).startswith("p01, 2026-06-03\nI lose my notes between")
    assert "\nstaff, staff, 2026-06-03\nWe at HiveBook" in project.text_of(source)
    assert source.get("name") == "apiary - Who still writes hive logs on paper-"


def test_a_set_is_a_segment() -> None:
    sets = {one.get("name"): one for one in Project(refi_qda_project(make_corpus())).all("Set")}
    assert set(sets) == {"hive logs · forgotten inspections", "seg-mites"}
    members = sets["seg-mites"].findall(f"{{{NAMESPACE}}}MemberSource")
    assert len(members) == 2


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_places_hold_whatever_ends_a_line_and_beyond_the_first_plane(end: str) -> None:
    first = make_found().utterances[0]
    text = f"🐝🐝{end}{end}My hive 🐝 log{end}is wet.{end}"
    start = text.index("My")
    signal = replace(make_found().signals[0], utterance_id=first.utterance_id, start=start, end=text.index("wet"))
    corpus = make_corpus(utterances=[replace(first, text=text)], signals=[signal])
    assert (f"Signal: {signal.kind}", "My hive 🐝 log\nis ") in Project(refi_qda_project(corpus)).codings()


@PROPERTY
@given(st.text(st.sampled_from("ab \r\n🐝"), max_size=30), st.data())
def test_a_place_follows_its_character(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start - 1 : start + 1] == "\r\n" or text[end - 1 : end + 1] == "\r\n":
        return  # between the two no sentence begins or ends
    plain = with_plain_ends(text)
    assert plain[place_of(text, start) : place_of(text, end)] == with_plain_ends(text[start:end])


@pytest.mark.parametrize("name", ["<b>&\"'", "a\0b\x1b[31m", "../../etc", "]]>", "x" * 5000, "", "\ud800"])
def test_hostile_names_stay_text(name: str) -> None:
    found = make_found()
    corpus = make_corpus(
        market=name,
        pains=[replace(one, name=name) for one in found.pains],
        segments=[replace(one, name=name) for one in found.segments],
        documents=[replace(one, title=name, source=name, url=name) for one in found.documents],
    )
    project = Project(refi_qda_project(corpus))
    assert all(re.fullmatch(r"(project\.qde|sources/[0-9a-f-]{36}\.txt)", file) for file in project.files)
    assert all(not set(str(one.get("name"))) & set('/\\:*?"<>|') for one in project.all("TextSource"))
    assert len({str(one.get("name")).casefold() for one in project.all("TextSource")}) == 5
    assert len({str(name).casefold() for name in project.codes.values()}) == len(project.codes)


@PROPERTY
@given(st.lists(st.text(st.sampled_from("aA ("), max_size=4), max_size=12))
def test_no_two_names_are_alike(wanted: list[str]) -> None:
    given_names = distinct([(f"k:{at}", name) for at, name in enumerate(wanted)])
    assert len({name.casefold() for name in given_names.values()}) == len(wanted)
    assert all(given_names.values())


def test_the_same_corpus_is_the_same_file_on_any_day() -> None:
    assert refi_qda_project(make_corpus()) == refi_qda_project(make_corpus())
    assert Project(refi_qda_project(make_corpus())).times == {(1980, 1, 1, 0, 0, 0)}
