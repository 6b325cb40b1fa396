"""Word documents and PDF files: how people lay a conversation out, and what must not be opened."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

import docx
import pytest
from docx.document import Document

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts import read_transcript

SAID = [
    ("Ines Vale", "How is the boat?"),
    ("Rob Tarn", "She leaks."),
    ("Ines Vale", "Since when?"),
    ("Rob Tarn", "May."),
]
URLS = ["#t=00:00:05", "#t=00:00:09", "#t=00:01:02", "#t=00:01:10"]
CLOCKS = ["0:05", "0:09", "1:02", "1:10"]


def turns(reading: Reading) -> list[tuple[str, str]]:
    return [(post.author, post.text) for post in reading.posts]


def saved(document: Document) -> bytes:
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def write_named(document: Document) -> None:
    for name, text in SAID:
        document.add_paragraph(f"{name}: {text}")


def write_bold(document: Document) -> None:
    for name, text in SAID:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f" {text}")


def write_teams(document: Document) -> None:
    for (name, text), clock in zip(SAID, CLOCKS, strict=True):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   {clock}").add_break()
        paragraph.add_run(text)


def write_old_teams(document: Document) -> None:
    for (name, text), clock in zip(SAID, CLOCKS, strict=True):
        start = clock.rjust(5, "0")
        for line in (f"00:{start}.000 --> 00:{start}.900", name, text):
            document.add_paragraph(line)


def write_word(document: Document) -> None:
    for line in ("Audio file", "boats.wav", "Transcript"):
        document.add_paragraph(line)
    for (name, text), clock in zip(SAID, CLOCKS, strict=True):
        document.add_paragraph(f"00:{clock.rjust(5, '0')} {name}")
        document.add_paragraph(text)


def write_table(document: Document) -> None:
    document.add_paragraph("An interview about boats")
    table = document.add_table(rows=0, cols=3)
    for row in [("Time", "Speaker", "Text"), *((clock, *said) for clock, said in zip(CLOCKS, SAID, strict=True))]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


@pytest.mark.parametrize("write", [write_named, write_bold, write_teams, write_old_teams, write_word, write_table])
def test_a_conversation_is_read_in_every_layout_of_a_document(write: Callable[[Document], None]) -> None:
    document = docx.Document()
    write(document)
    reading = read_transcript("talk.docx", saved(document))
    assert turns(reading) == SAID
    assert [post.url for post in reading.posts] in (URLS, [None] * 4)
    assert (reading.posts[0].url is None) == (write in (write_named, write_bold))
    assert reading.problems == ()


def test_a_documents_title_is_the_talks() -> None:
    document = docx.Document()
    document.core_properties.title = "Boats and  money"
    write_named(document)
    assert read_transcript("talk.docx", saved(document)).title == "Boats and money"


def test_an_empty_cell_goes_on_for_the_speaker_above() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [("Interviewer", "How is it?"), ("Participant", "It rained for weeks."), ("", "And the roof went.")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    reading = read_transcript("talk.docx", saved(document))
    assert turns(reading)[1] == ("Participant", "It rained for weeks.\nAnd the roof went.")


def test_a_table_of_figures_beside_a_talk_is_no_turn() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [("Boats", "4"), ("Nets", "17"), ("Crew", "9")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    write_named(document)
    assert turns(read_transcript("talk.docx", saved(document))) == SAID


def test_bold_words_that_do_not_come_back_are_emphasis() -> None:
    document = docx.Document()
    write_named(document)
    paragraph = document.add_paragraph()
    paragraph.add_run("Never").bold = True
    paragraph.add_run(" again, I said.")
    assert turns(read_transcript("talk.docx", saved(document)))[-1] == ("Rob Tarn", "May.\nNever again, I said.")


def test_what_was_taken_out_of_a_document_is_not_read_and_what_was_put_in_is() -> None:
    document = docx.Document()
    write_named(document)
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    changes = (
        f"<w:p {word}><w:r><w:t>Ines Vale: So </w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>yes.</w:t></w:r></w:ins></w:p>"
    )
    body = changed(saved(document), lambda xml: xml.replace(b"<w:sectPr", changes.encode() + b"<w:sectPr", 1))
    assert turns(read_transcript("talk.docx", body))[-1] == ("Ines Vale", "So yes.")


def changed(body: bytes, change: Callable[[bytes], bytes], name: str = "word/document.xml") -> bytes:
    """Return a document with one part changed."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in old.namelist():
            part = old.read(member)
            archive.writestr(member, change(part) if member == name else part)
    return new.getvalue()


@cache
def whole() -> bytes:
    document = docx.Document()
    write_named(document)
    return saved(document)


def with_entities(xml: bytes) -> bytes:
    return xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document', 1)


def with_members(count: int) -> bytes:
    body = io.BytesIO(whole())
    with zipfile.ZipFile(body, "a") as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.txt", "")
    return body.getvalue()


def with_filling(name: str, size: int) -> bytes:
    body = io.BytesIO(whole())
    with zipfile.ZipFile(body, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b" " * size)
    return body.getvalue()


def encrypted() -> bytes:
    body = bytearray(whole())
    at = body.find(b"PK\x01\x02")
    while at >= 0:
        body[at + 8] |= 1
        at = body.find(b"PK\x01\x02", at + 4)
    return bytes(body)


def lying() -> bytes:
    """A document whose main part says it is smaller than it is."""
    body = bytearray(whole())
    at = body.find(b"word/document.xml", body.find(b"PK\x01\x02")) - 46
    body[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(body)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: changed(whole(), with_entities), "is a document with unsafe XML"),
        (lambda: changed(whole(), lambda xml: xml[:-40]), "is a document with broken XML"),
        (
            lambda: changed(whole(), lambda xml: xml.replace(b"<w:t>", b"<w:t>" * 400, 1)),
            "is a damaged document",
        ),
        (lambda: changed(whole(), lambda xml: b"<x/>"), "is a damaged document"),
        (lambda: changed(whole(), lambda xml: xml.replace(b"w:body", b"w:x")), "is a damaged document"),
        (lambda: with_members(2001), "is a document of 2,0"),
        (lambda: with_filling("word/more.xml", 9_000_000), "too large to be a transcript"),
        (lambda: with_filling("word/media/a.png", 1_000_000), "is a document packed to burst"),
        (encrypted, "is an encrypted document"),
        (lying, "is a damaged document"),
        (lambda: whole()[:-60], "is a damaged document"),
        (lambda: whole()[:200], "is an archive, and no Word document"),
        (lambda: saved(docx.Document()), "no turn found"),
    ],
)
def test_a_document_that_is_unsafe_or_broken_is_refused(make: Callable[[], bytes], what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        read_transcript("talk.docx", make())


Line = tuple[float, float, str]


def make_pdf(pages: Sequence[Sequence[Line]], trailer: str = "") -> bytes:
    """Write a PDF whose pages show lines at (points from the left, points from the bottom)."""
    parts = ["", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        drawn = "".join(f"BT /F1 11 Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n" for x, y, text in page)
        parts.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream")
        kids.append(len(parts) + 1)
        parts.append(
            "<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 2 0 R >> >> "
            f"/Contents {len(parts)} 0 R >>"
        )
    parts[0] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    parts.append("<< /Type /Catalog /Pages 1 0 R >>")
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(parts) + 1} "
    return body + f"{end}/Root {len(parts)} 0 R {trailer}>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("(", "\\(").replace(")", "\\)")


def page_of(lines: Sequence[str], number: int = 1, count: int = 1) -> list[Line]:
    body = [(60.0, 780.0 - 16 * row, line) for row, line in enumerate(lines)]
    return [(60, 810, f"Interview notes {number}"), *body, (280, 30, f"Page {number} of {count}")]


def test_a_conversation_over_several_pages_is_put_together() -> None:
    long = "and the old pump would not start, so we baled her out by hand, the two of us, until morn-"
    pages = [
        ["Ines Vale: How is the boat?", "Rob Tarn: She leaks,", long, "ing came. It was a well-known leak."],
        ["Ines Vale: Since when?", "Rob Tarn: May. A well-", "known leak (at the stern)."],
        ["Ines Vale: And now?", "Rob Tarn: Sold."],
    ]
    reading = read_transcript("talk.pdf", make_pdf([page_of(page, n, 3) for n, page in enumerate(pages, 1)]))
    assert [post.author for post in reading.posts] == ["Ines Vale", "Rob Tarn"] * 3
    assert reading.posts[1].text == (
        "She leaks, and the old pump would not start, so we baled her out by hand, the two of us, until morning came. "
        "It was a well-known leak."
    )
    assert reading.posts[3].text == "May. A well-known leak (at the stern)."
    assert "Page" not in " ".join(post.text for post in reading.posts)


def test_a_speakers_name_at_the_top_of_every_page_is_no_title() -> None:
    said = [
        ["Participant:", f"It rained {what}.", "Ines:", f"Not {what}!"] for what in ("fish", "frogs", "nets", "tar")
    ]
    pages = [page_of(lines, number, 4) for number, lines in enumerate(said, 1)]
    reading = read_transcript("talk.pdf", make_pdf(pages))
    assert [post.author for post in reading.posts] == ["Participant", "Ines"] * 4
    assert [post.rank for post in reading.posts[:2]] == ["Participant", "Interviewer"]


def two_columns() -> list[Line]:
    left = [(60.0, 780.0 - 16 * row, "Ann: and so it went on and on") for row in range(20)]
    right = [(310.0, 780.0 - 16 * row, "Bo: for many a long wet year") for row in range(20)]
    return left + right


def speaker_column() -> list[Line]:
    rows = [("Ann:", "How is it with the boat and the nets?"), ("Bo:", "It rained for weeks and weeks on end.")] * 8
    heights = [700.0 - 16 * row for row in range(len(rows))]
    return [piece for y, (name, text) in zip(heights, rows, strict=True) for piece in ((60, y, name), (280, y, text))]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "what"),
    [
        (make_pdf([two_columns()]), "is a PDF set in columns"),
        (make_pdf([[]]), r"is a PDF without text \(a scan\)"),
        (make_pdf([[]] * 301), "is a PDF of 301 pages"),
        (make_pdf([[(1, 1, "Ann: yes " * 50_000)] * 10]), "is a PDF too large to be read"),
        (make_pdf([page_of(["Once upon a time"])]), "no turn found"),
        (make_pdf([page_of(["Ann: Hi"])])[:400], "is a damaged PDF"),
        (make_pdf([page_of(["Ann: Hi"])], "/Encrypt << /Filter /None /V 9 >> "), "PDF"),
    ],
    ids=["columns", "scan", "pages", "large", "no turn", "cut off", "encrypted"],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_a_mend(body: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        read_transcript("talk.pdf", body)


def test_speakers_in_a_column_of_their_own_are_read() -> None:
    reading = read_transcript("talk.pdf", make_pdf([speaker_column()]))
    assert [post.author for post in reading.posts] == ["Ann", "Bo"] * 8
