"""Reads the report's pages as a browser would, for the tests."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "rect", "circle"}

BLOCKS = {"td", "th", "li", "p", "h1", "h2", "h3", "h4", "dt", "dd", "caption", "figcaption"}


class Page(HTMLParser):
    """Tags with their attributes in order, the text, headings' levels, and whether every tag closes."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.quotes: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in BLOCKS:
            self.text.append(" ")
        if tag not in VOID:
            self._open.append(tag)
        elif self.get_starttag_text().endswith("/>"):
            raise AssertionError(f"self-closing {tag}")
        if tag == "blockquote":
            self.quotes.append("")

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" in self._open:
            self.style += data
        elif "script" in self._open:
            pass
        else:
            self.text.append(data)
        if "blockquote" in self._open and "p" in self._open:
            self.quotes[-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    return {name: Page(content.decode()) for name, content in files.items() if name.endswith(".html")}
