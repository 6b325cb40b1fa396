"""Whole documents to damage: one small invented page, payload or transcript of each kind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.forums.readers.engine_pages import PAGES
from tests.forums.readers.engine_threads import TEMPLATES, make_thread
from tests.sites.discourse_site import DiscourseSite
from tests.sites.forum import make_forum
from tests.sites.phpbb_site import PhpbbSite

HERE = Path(__file__).parent
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def page_seeds() -> dict[str, bytes]:
    """Small pages and payloads by name: those beside this module, those of the readers' tests, and made ones."""
    found = {path.name: path.read_bytes() for path in sorted((HERE / "pages").iterdir())}
    saved = sorted(path for path in PAGES.rglob("*.html") if path.parent != TEMPLATES)
    found |= {path.relative_to(PAGES).as_posix(): path.read_bytes() for path in saved}
    found |= {path.stem: make_thread(path.stem).page.body for path in sorted(TEMPLATES.glob("*.html"))}
    url = "https://forum.example"
    forum = make_forum(threads=6, most_posts=5)
    phpbb, discourse = PhpbbSite(forum, url).resources(), DiscourseSite(forum, url)
    longest = max(forum.threads.values(), key=lambda thread: len(thread.posts)).thread_id
    found["thread"] = phpbb[f"/viewtopic.php?t={longest}"].body
    found["board"] = phpbb["/viewforum.php?f=1"].body
    for target in ("/latest.json", f"/t/{longest}.json"):
        resource = discourse.find(target)
        assert resource is not None
        found[target] = resource.body
    found["slack archive"] = _packed({"users.json": b"[]", "general/2024-05-04.json": found["slack_day.json"]})
    found["mail archive"] = _packed({"messages.mbox": found["mail.mbox"]})
    return found


def transcript_seeds() -> dict[str, bytes]:
    """Small transcripts by name."""
    found = {path.name: path.read_bytes() for path in sorted((HERE / "transcripts").iterdir())}
    lines = [line for line in found["interview.md"].decode().replace("*", "").splitlines() if line]
    return found | {"interview.docx": _document(lines), "interview.pdf": _printed(lines)}


def _document(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_MAIN}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>',
    }
    return _packed({name: text.encode() for name, text in members.items()})


def _printed(lines: list[str]) -> bytes:
    shown = "".join(f"({line}) Tj T* " for line in lines)
    drawn = f"BT /F1 12 Tf 14 TL 72 720 Td {shown}ET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def _packed(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in members.items():
            # A member made from its name alone has a fixed date: the same bytes come every time.
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
