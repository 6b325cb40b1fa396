"""Under which file name does a term's page lie?"""

from __future__ import annotations

import re

from overheard.records import id_of

LONGEST = 48
"""Characters of a term in a file name; file systems and archives take little more than a hundred."""


def term_file(text: str) -> str:
    """Return the file of a term's page, without regard to capitals; no two terms have the same."""
    folded = text.casefold()
    words = "-".join(re.findall(r"[a-z0-9]+", folded))[:LONGEST].rstrip("-")
    if words.replace("-", " ") == folded:
        return f"term-{words}.html"
    # "voice-notes" beside "voice notes", and whatever has letters that an address cannot hold.
    return f"term-{words or 'word'}-{id_of(folded)[:8]}.html"
