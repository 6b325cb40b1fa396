"""A draft's quotes → a question to a model, and its answer → better words, or the reason why they are refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from overheard.positioning.support import find_fault
from overheard.records import PolishRequest, PolishTask

LONGEST: Mapping[PolishTask, int] = {"slot": 280, "pain name": 60}
"""Characters of what is written for each task."""
_PROMPTS: Mapping[PolishTask, str] = {"slot": "slot.txt", "pain name": "pain_name.txt"}
_MOST_WORDS = 6
_LONGEST_ANSWER = 4_000


@cache
def prompt_of(task: PolishTask) -> str:
    """Return our instruction for a task."""
    return files("overheard.positioning").joinpath("prompts", _PROMPTS[task]).read_text(encoding="utf-8")


def write_question(request: PolishRequest) -> str:
    """Write what is asked: strangers' sentences as JSON, fenced by a marker that none of them can hold."""
    data = json.dumps(
        {"part": request.about, "sentences": [{"id": key, "said": text} for key, text in request.quotes]},
        ensure_ascii=True,
        indent=1,
    )
    # A digest of the data cannot stand in the data.
    marker = f"DATA-{hashlib.sha256(data.encode()).hexdigest()[:16]}"
    return f"{marker}\n{data}\n{marker}\n"


def read_answer(answer: str, request: PolishRequest) -> tuple[str, str]:
    """Read and check what the model answered.

    Returns:
        Its text and "", or "" and why it is refused.
    """
    told = _object_in(answer)
    if told is None or set(told) != {"text", "quotes"} or not isinstance(told["text"], str):
        return "", "is no JSON object of text and quotes"
    wanted = {key for key, _ in request.quotes}
    named = told["quotes"]
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named) or set(named) != wanted:
        return "", "does not keep the ids of its quotes"
    text = told["text"].strip()
    is_name = request.task == "pain name"
    if is_name and len(text.split()) > _MOST_WORDS:
        return "", f"is longer than {_MOST_WORDS} words"
    fault = find_fault(text, [said for _, said in request.quotes], request.terms, LONGEST[request.task], is_name)
    return ("", fault) if fault else (text, "")


def _object_in(answer: str) -> dict[str, Any] | None:
    """Return the JSON object an answer holds; models put fences and a greeting round it."""
    first, last = answer.find("{"), answer.rfind("}")
    if len(answer) > _LONGEST_ANSWER or not 0 <= first < last:
        return None
    try:
        found = json.loads(answer[first : last + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
