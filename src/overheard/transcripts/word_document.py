"""Word documents (.docx): what Teams, Word, Otter, Rev and people who transcribe by hand save.

Reads: paragraphs, as `named` reads lines, with a bold name before the words as a label; tables whose columns are a
time, a speaker and the words, in any order; Teams (name, time and words in one paragraph with line breaks; before 2022
a line of times with an arrow, the name and the words below); Word's own recogniser (`00:00:12 Speaker 1`).
Seen: documented only; tested with documents that python-docx writes.
Traps: tracked changes (what was taken out is not read, what was put in is); text boxes stand twice, once for old
programs; a bold word is emphasis unless it comes back as a name; a table's first row may name its columns; headers,
footers, comments and footnotes are not spoken.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts.archive import check_archive
from overheard.transcripts.clocks import read_clock
from overheard.transcripts.heads import first_time, is_time
from overheard.transcripts.labels import clean_name, is_name_shaped
from overheard.transcripts.lines import read_lines
from overheard.transcripts.parts import is_role
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}pPr", f"{_WORD}rPr", _FALLBACK}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MEND = "open it in the word processor and save it as .docx again"
_LONGEST_NAME = 60
_SHORT_CELL = 6
"""Words. A speaker's cell has a name in it, the words' cell mostly more."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph's text, and how many characters of its beginning are bold."""

    text: str
    bold: int


def recognises(content: Content) -> bool:
    """Say whether this is a zip archive with a Word document in it."""
    return content.body.startswith(b"PK\x03\x04") and b"word/" in content.body


def read_word_document(content: Content) -> Reading:
    """Read the turns of the body: of its tables where they hold a talk, else of its paragraphs.

    Raises:
        UnreadableError: the document is damaged, unsafe or too large.
    """
    check_archive(content.place, content.body)
    title, body = _opened(content)
    paragraphs: list[_Paragraph] = []
    tables: list[list[list[str]]] = []
    for block in body.iterchildren():
        if block.tag == f"{_WORD}tbl":
            tables.append([[_cell(cell) for cell in row.iterchildren(f"{_WORD}tc")] for row in _rows(block)])
        else:
            inner = [block] if block.tag == f"{_WORD}p" else block.iter(f"{_WORD}p")
            paragraphs += [_paragraph(element) for element in inner]
    speeches = [speech for table in tables for speech in _speeches(table)]
    if speeches:
        return Reading(title or content.place, read_turns(speeches))
    reading = read_lines(content.place, _lines(paragraphs))
    return Reading(title, reading.posts, reading.problems) if title and reading.title == content.place else reading


def _opened(content: Content) -> tuple[str, Any]:
    """Return the document's title, empty where none is told, and the element of its body."""
    import docx  # takes a fifth of a second, and most files need it not

    try:
        document = docx.Document(io.BytesIO(content.body))
        title, body = document.core_properties.title, document.element.body
    except Exception as error:  # it raises whatever it trips over
        raise UnreadableError(content.place, "is a damaged document", _MEND) from error
    if body is None:
        raise UnreadableError(content.place, "is a damaged document", _MEND)
    return " ".join((title or "").split()), body


def _rows(table: Any) -> Iterator[Any]:
    return (row for row in table.iterchildren(f"{_WORD}tr"))


def _cell(cell: Any) -> str:
    return "\n".join(text for element in cell.iter(f"{_WORD}p") if (text := _paragraph(element).text))


def _paragraph(element: Any) -> _Paragraph:
    """Return the text as the document shows it, and how much of its beginning is bold."""
    pieces: list[tuple[str, bool]] = []
    waiting = list(reversed([(child, False) for child in element]))
    while waiting:
        child, is_bold = waiting.pop()
        tag = child.tag if isinstance(child.tag, str) else ""
        name = tag.removeprefix(_WORD)
        if tag in _LEFT_OUT or tag == f"{_WORD}p":
            continue
        if name == "t":
            pieces.append((child.text or "", is_bold))
        elif name in _SIGNS:
            pieces.append((_SIGNS[name], is_bold))
        else:
            bold = _is_bold(child) if name == "r" else is_bold
            waiting += reversed([(inner, bold) for inner in child])
    text = "".join(piece for piece, _ in pieces)
    bold = 0
    for piece, is_bold in pieces:
        if not is_bold and piece.strip():
            break
        bold += len(piece)
    return _Paragraph(text.strip(), len(text[:bold].strip()))


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_WORD}rPr/{_WORD}b")
    return mark is not None and mark.get(f"{_WORD}val", "true") not in ("0", "false", "off", "none")


def _lines(paragraphs: Sequence[_Paragraph]) -> list[str]:
    """Return paragraphs as lines of text; a bold name before the words gets the colon that stands for the bold."""
    heads = Counter(clean_name(_bold_head(paragraph)) for paragraph in paragraphs if _bold_head(paragraph))
    names = {name for name, uses in heads.items() if is_name_shaped(name) and (uses > 1 or is_role(name))}
    lines: list[str] = []
    for paragraph in paragraphs:
        head = _bold_head(paragraph)
        text = paragraph.text
        if head and clean_name(head) in names and not text[len(head) :].lstrip().startswith(":"):
            text = f"{clean_name(head)}: {text[len(head) :].lstrip()}"
        lines += text.split("\n")
    return lines


def _bold_head(paragraph: _Paragraph) -> str:
    """Return the bold beginning of a paragraph that goes on in plain type; empty where a time stands beside it."""
    head = paragraph.text[: paragraph.bold]
    rest = paragraph.text[paragraph.bold :].strip()
    has_time = is_time(rest.split("\n")[0]) or first_time(head) is not None
    return "" if not rest or has_time or len(head) > _LONGEST_NAME or "\n" in head else head


def _speeches(table: Sequence[Sequence[str]]) -> list[Speech]:
    """Return what a table's rows say; none where its columns are no speakers and words."""
    width = max((len(row) for row in table), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in table if any(cell.strip() for cell in row)]
    if width < 2 or len(rows) < 2:
        return []
    columns = list(zip(*rows, strict=True))
    times = [index for index, cells in enumerate(columns) if _mostly(map(is_time, _filled(cells)))]
    others = [index for index in range(width) if index not in times and _filled(columns[index])]
    if not others:
        return []
    words = max(others, key=lambda index: sum(len(cell) for cell in columns[index]))
    names = [index for index in others if index != words and _are_speakers(columns[index])]
    if not names and not times:
        return []
    speeches = []
    for row in rows[_is_heading(rows[0], times, words) :]:
        told = clean_name(row[names[0]].rstrip(":")) if names else ""
        clock = first_time(row[times[0]]) if times else None
        start = read_clock(clock) if clock else None
        speeches.append(Speech(told or None, row[words].strip(), start, begins=bool(told), joint="\n"))
    return speeches


def _filled(cells: Iterable[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _mostly(found: Iterable[bool]) -> bool:
    listed = list(found)
    return bool(listed) and 2 * sum(listed) > len(listed)


def _are_speakers(cells: Iterable[str]) -> bool:
    """Say whether a column names speakers: short cells shaped as names, and some come back or are roles."""
    filled = [clean_name(cell.rstrip(":")) for cell in _filled(cells)]
    if not _mostly(is_name_shaped(cell) and len(cell.split()) <= _SHORT_CELL for cell in filled):
        return False
    return len(set(filled)) < len(filled) or any(map(is_role, filled))


def _is_heading(row: Sequence[str], times: Sequence[int], words: int) -> bool:
    """Say whether the first row names the columns: no time where the others have one, and a word over the words."""
    return (
        all(not is_time(row[index]) for index in times)
        and len(row[words].split()) <= 2
        and not row[words].strip().endswith((".", "?", "!", "…"))
    )


READER = Reader("Word document", recognises, read_word_document)
