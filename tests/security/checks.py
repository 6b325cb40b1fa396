"""What must hold of a file, whatever anybody wrote into it. Each check returns what is wrong, in words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from importlib import resources
from typing import Any

import lxml.html
from defusedxml import ElementTree
from markdown_it import MarkdownIt

from overheard.report.links import link_of
from tests.security.poisoned import Files

SCRIPT = (resources.files("overheard.report") / "templates" / "search.js").read_text(encoding="utf-8").strip()
STYLES = {
    hashlib.sha256((resources.files("overheard.report") / "templates" / name).read_bytes().strip()).hexdigest()
    for name in ("style.css", "landing.css")
}
FORBIDDEN = {"iframe", "object", "embed", "base", "link", "frame", "frameset", "img", "image", "audio", "video", "math",
             "template", "portal", "use", "animate", "set", "marquee", "plaintext", "xmp", "textarea"}  # fmt: skip
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster", "background", "cite"}
FORMULA = set("=+-@|%")
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
# It drops what it thinks dangerous; other programs do not.
_MARKDOWN.validateLink = lambda _: True  # type: ignore[method-assign]
_LIVE = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def faults_of(files: Files) -> list[str]:
    """Check every file of a folder by its kind."""
    found = [f"{name!r} is no name of a file" for name in files if not re.fullmatch(r"[A-Za-z0-9_.-]{1,120}", name)]
    for name, content in files.items():
        ending = name.rpartition(".")[2]
        checks = {"html": page_faults, "csv": table_faults, "md": markdown_faults, "qdpx": project_faults,
                  "txt": notice_faults}  # fmt: skip
        if ending in checks:
            found += [f"{name}: {fault}" for fault in checks[ending](content)]
        if ending in ("json", "jsonl"):
            for line in content.split(b"\n") if ending == "jsonl" else [content]:
                json.loads(line or b"null")
        if ending == "html":
            found += [f"{name}: links to {one}, which is none of its files" for one in _strays(content, files)]
    return found


def page_faults(content: bytes) -> Iterator[str]:
    """Only our script and our style, no handler, no element that loads, no address but of the web or beside it."""
    page = lxml.html.document_fromstring(content.decode())
    for one in page.iter():
        if not isinstance(one.tag, str):
            yield f"holds a comment {lxml.html.tostring(one)[:60]!r}"
            continue
        tag = one.tag.lower()
        if tag in FORBIDDEN:
            yield f"holds <{tag}>"
        if tag == "script" and one.get("type") == "application/json":
            json.loads(one.text or "")
        elif tag == "script" and (one.text or "").strip() != SCRIPT:
            yield f"holds a script {one.text!r:.60}"
        if tag == "style" and hashlib.sha256((one.text or "").strip().encode()).hexdigest() not in STYLES:
            yield "holds a style that is not ours"
        if tag == "meta" and (one.get("http-equiv") or "").lower() not in ("", "content-security-policy"):
            yield f"holds a meta {one.get('http-equiv')}"
        for key, value in one.attrib.items():
            if key.startswith("on") or key in ("style", "srcdoc", "autofocus"):
                yield f"<{tag}> has {key}={value!r:.60}"
            if key in ADDRESSES and not _is_allowed(value):
                yield f"<{tag}> has {key}={value!r:.60}"


def _is_allowed(address: str) -> bool:
    bare = re.sub(r"[\x00-\x20\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", "", address)
    if re.match(r"https?://", bare, re.IGNORECASE):
        return link_of(address).href == address
    return not bare or re.fullmatch(r"(\.\./[\w.-]+/)?[\w.-]*\.?[\w-]*(#[^\s\"<>]*)?", bare) is not None


def _strays(content: bytes, files: Files) -> Iterator[str]:
    for address in lxml.html.document_fromstring(content.decode()).xpath("//@href"):
        path = address.partition("#")[0]
        if path and not path.startswith(("../", "http://", "https://")) and path not in files:
            yield address


def table_faults(content: bytes) -> Iterator[str]:
    """No cell begins as a formula once spreadsheets have made it plain; numbers may have a sign."""
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        for cell in row:
            seen = unicodedata.normalize("NFKC", cell)
            bare = "".join(one for one in seen if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc"))
            if cell[:1] in ("\t", "\r", "\n", "\0") or (bare[:1] in FORMULA and not _NUMBER.fullmatch(cell)):
                yield f"the cell {cell!r:.60} begins a formula"


def markdown_faults(content: bytes) -> Iterator[str]:
    """No HTML, no picture, no link but to a judged web address, nothing that turns into one by itself."""
    text = content.decode()
    for token in _MARKDOWN.parse(text):
        for one in [token, *(token.children or ())]:
            if one.type in ("html_block", "html_inline", "image", "fence", "code_block", "code_inline", "s_open"):
                yield f"holds {one.type} {one.content!r:.60}"
            href = str(one.attrGet("href") or "") if one.type == "link_open" else ""
            if href and not re.match(r"https?://", href):
                yield f"links to {href!r:.60}"
    found = _LIVE.search(re.sub(r"\]\(<[^<>\n]*>\)", "](<>)", text))
    if found:
        yield f"{text[max(0, found.start() - 30) : found.end() + 20]!r} becomes a link"


def project_faults(content: bytes) -> Iterator[str]:
    """A REFI-QDA project: XML without a document type, and no name that leads out of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if not re.fullmatch(r"(?:sources/)?[A-Za-z0-9-]+\.(?:txt|qde)", name):
                yield f"holds a file {name!r:.60}"
        ElementTree.fromstring(packed.read("project.qde"), forbid_dtd=True, forbid_entities=True, forbid_external=True)


def notice_faults(content: bytes) -> Iterator[str]:
    """Ten lines at most, and nothing in them that a terminal obeys."""
    lines = content.decode().split("\n")
    if len(lines) > 10:
        yield f"has {len(lines)} lines"
    yield from (f"{line!r:.60} holds what a terminal obeys" for line in lines if not line.isprintable())


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
