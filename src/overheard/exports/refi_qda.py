"""A REFI-QDA project (.qdpx), which programs for qualitative analysis exchange: codes, sources, codings, sets.

The format is QDA-XML 1.0 of 18 March 2019 (www.qdasoftware.org): a zip of project.qde and the sources as text. Places
count Unicode code points of the text with "\\n" at the end of each line; an end is one past the last character.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from overheard.exports.codebook import Code, distinct, guid_of, in_xml, make_codebook, pain_code_of
from overheard.exports.corpus import Conversation, Corpus
from overheard.records import Utterance

NAMESPACE = "urn:QDA-XML:project:1.0"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_USER = guid_of("user", "overheard")
_SOURCE_VARIABLE = guid_of("variable", "source")
_NO_FILE_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
"""Programs call the file of a source after its name."""


@dataclass(frozen=True)
class Placed:
    """The text of a source and where each utterance's own text begins in it."""

    text: str
    starts: Mapping[str, int]


def refi_qda_project(corpus: Corpus) -> bytes:
    """Return a .qdpx; the same corpus gives the same bytes."""
    codes = make_codebook(corpus)
    names = distinct([(one.document.document_id, _name(one)) for one in corpus.conversations])
    texts = {one.document.document_id: place_texts(corpus, one) for one in corpus.conversations}
    project = ElementTree.Element("Project", name=in_xml(corpus.market) or "market", origin="overheard",
                                  creatingUserGUID=_USER, xmlns=NAMESPACE)  # fmt: skip
    users = ElementTree.SubElement(project, "Users")
    ElementTree.SubElement(users, "User", guid=_USER, name="overheard")
    _add_codes(ElementTree.SubElement(ElementTree.SubElement(project, "CodeBook"), "Codes"), codes)
    variables = ElementTree.SubElement(project, "Variables")
    ElementTree.SubElement(variables, "Variable", guid=_SOURCE_VARIABLE, name="heard in", typeOfVariable="Text")
    if corpus.conversations:
        sources = ElementTree.SubElement(project, "Sources")
        pain_codes = pain_code_of(corpus)
        for one in corpus.conversations:
            key = one.document.document_id
            _add_source(sources, corpus, one, names[key], texts[key], pain_codes)
    _add_sets(project, corpus)
    ElementTree.indent(project)
    files = {"project.qde": ElementTree.tostring(project, encoding="utf-8", xml_declaration=True)}
    files |= {f"sources/{guid_of('source', key)}.txt": one.text.encode() for key, one in texts.items()}
    return _zipped(files)


def place_texts(corpus: Corpus, conversation: Conversation) -> Placed:
    """Write a conversation as text: before each utterance its speaker's pseudonym, role and day."""
    pieces, starts, at = [], {}, 0
    for one in conversation.utterances:
        role = corpus.role_of.get(one.person_id, "customer")
        day = one.said_at.date().isoformat() if one.said_at else ""
        head = ", ".join(part for part in (one.person_id, role if role != "customer" else "", day) if part) + "\n"
        starts[one.utterance_id] = at + len(head)
        pieces.append(head + with_plain_ends(one.text) + "\n\n")
        at += len(pieces[-1])
    return Placed("".join(pieces), starts)


def with_plain_ends(text: str) -> str:
    """Return `text` with "\\n" at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def place_of(text: str, at: int) -> int:
    """Return where character `at` of `text` stands once its lines end plainly."""
    return at - text.count("\r\n", 0, at)


def _name(one: Conversation) -> str:
    document = one.document
    title = document.title if document.title != document.url else document.url.rpartition("/")[2]
    return f"{document.source} - {title or document.document_id}".translate(_NO_FILE_NAME)


def _add_codes(parent: ElementTree.Element, codes: Sequence[Code]) -> None:
    made: dict[str, ElementTree.Element] = {"": parent}
    for code in codes:
        is_codable = "true" if code.is_codable else "false"
        made[code.key] = ElementTree.SubElement(
            made[code.parent], "Code", guid=guid_of("code", code.key), name=code.name, isCodable=is_codable
        )
        # The schema wants it before the codes below.
        ElementTree.SubElement(made[code.key], "Description").text = code.description


def _add_source(
    sources: ElementTree.Element,
    corpus: Corpus,
    conversation: Conversation,
    name: str,
    placed: Placed,
    pain_codes: Mapping[str, str],
) -> None:
    document = conversation.document
    guid = guid_of("source", document.document_id)
    source = ElementTree.SubElement(sources, "TextSource", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt",
                                    creatingUser=_USER)  # fmt: skip
    if document.url:
        ElementTree.SubElement(source, "Description").text = in_xml(document.url)
    for one in conversation.utterances:
        for (start, end), (codes, memo) in _codings(corpus, one, pain_codes):
            first, last = (placed.starts[one.utterance_id] + place_of(one.text, at) for at in (start, end))
            _add_selection(source, one.utterance_id, first, last, codes, memo)
    value = ElementTree.SubElement(source, "VariableValue")
    ElementTree.SubElement(value, "VariableRef", targetGUID=_SOURCE_VARIABLE)
    ElementTree.SubElement(value, "TextValue").text = in_xml(document.source)


def _codings(
    corpus: Corpus, one: Utterance, pain_codes: Mapping[str, str]
) -> Iterator[tuple[tuple[int, int], tuple[list[str], str]]]:
    """Yield span → the codes it has and a memo: the whole post for its writer's segment, then each signal."""
    segment = corpus.segment_of.get(one.person_id)
    spans: dict[tuple[int, int], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    if segment and one.text:
        spans[0, len(one.text)][0].append(f"segment:{segment}")
    for signal in corpus.signals.get(one.utterance_id, ()):
        codes, memos = spans[signal.start, signal.end]
        codes.append(f"signal:{signal.kind}")
        codes += [pain_codes[signal.signal_id]] if signal.signal_id in pain_codes else []
        rung = f", rung {signal.strength}" if signal.kind == "pain" else ""
        memos.append(f"{signal.kind}{rung}, probability {signal.probability:.2f}")
    for span, (codes, memos) in sorted(spans.items()):
        yield span, (sorted(set(codes)), "; ".join(memos))


def _add_selection(
    source: ElementTree.Element, utterance_id: str, start: int, end: int, codes: Sequence[str], memo: str
) -> None:
    what = ("selection", utterance_id, str(start), str(end))
    selection = ElementTree.SubElement(source, "PlainTextSelection", guid=guid_of(*what), creatingUser=_USER,
                                       startPosition=str(start), endPosition=str(end))  # fmt: skip
    if memo:
        ElementTree.SubElement(selection, "Description").text = memo
    for code in codes:
        coding = ElementTree.SubElement(selection, "Coding", guid=guid_of("coding", *what, code), creatingUser=_USER)
        ElementTree.SubElement(coding, "CodeRef", targetGUID=guid_of("code", code))


def _add_sets(project: ElementTree.Element, corpus: Corpus) -> None:
    """A set a segment: its code, and the sources its people write in."""
    if not corpus.segments:
        return
    sets = ElementTree.SubElement(project, "Sets")
    names = distinct([(one.segment_id, one.name or one.segment_id) for one in corpus.segments])
    for one in corpus.segments:
        made = ElementTree.SubElement(sets, "Set", guid=guid_of("set", one.segment_id), name=names[one.segment_id])
        ElementTree.SubElement(made, "Description").text = f"{one.people} people; the sources some of them write in"
        ElementTree.SubElement(made, "MemberCode", targetGUID=guid_of("code", f"segment:{one.segment_id}"))
        for conversation in corpus.conversations:
            if any(corpus.segment_of.get(said.person_id) == one.segment_id for said in conversation.utterances):
                guid = guid_of("source", conversation.document.document_id)
                ElementTree.SubElement(made, "MemberSource", targetGUID=guid)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack without packing tight: how that comes out hangs on the machine's library."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content)
    return stream.getvalue()
