"""What people wrote, and where it stands, so that Markdown shows it as it is."""

from __future__ import annotations

import re

from overheard.report.quotes import Quote

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>|~&$])")
_LIVE = re.compile(r"(https?|ftp)(?=:)|(www)(?=\.)", re.IGNORECASE)
"""What many programs make a link of, with no markup round it."""
_LIST_START = re.compile(r"^(\d+)([.)])|^([+\-=:#])")


def escaped(text: str) -> str:
    """Return `text` on one line so that Markdown shows it as it is: no markup, no HTML, no link, no list."""
    line = _LIVE.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
    return _LIST_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def origin_markdown(quote: Quote) -> str:
    """Return where a quote stands: its title, linked where it can be, its source and its date."""
    title = escaped(quote.title or ("" if quote.link.path else "the post"))
    if quote.link.href:
        # Parentheses and backslashes end an address early.
        href = quote.link.href.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
        title = f"[{title}](<{href}>)"
    elif quote.link.path:
        title = f"{title} {escaped(quote.link.path)}".lstrip()
    return f"{title}, {escaped(quote.source)}, {quote.said_on or 'no date'}"
