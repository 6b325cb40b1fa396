"""Which words of general English are how common?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import overheard
from overheard.registry import verify_model

COMMON_WORDS_MODEL = "all-MiniLM-L6-v2"


def load_common_words() -> list[str]:
    """Load common English words, the commonest first.

    The encoder's vocabulary is the one of BERT: after its marks, digits and letters the words stand in the order of how
    often books and Wikipedia use them.
    """
    path = verify_model(COMMON_WORDS_MODEL) / "tokenizer.json"
    places: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in sorted(places, key=places.__getitem__) if len(word) > 1 and word.isalpha()]


def load_our_words() -> frozenset[str]:
    """Load the words our own pages and tables are written with, in lower case."""
    folder = Path(overheard.__file__).parent
    paths = sorted(path for part in ("report", "records", "settings") for path in (folder / part).rglob("*"))
    texts = (path.read_text(encoding="utf-8") for path in paths if path.suffix in (".py", ".html", ".js"))
    return frozenset(word for text in texts for word in re.findall(r"[^\W_]+", text.lower()))
