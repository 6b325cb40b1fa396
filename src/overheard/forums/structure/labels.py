"""What stands around posts and not in their texts? Buttons, headings, signatures, labels repeated from post to post."""

from __future__ import annotations

import re
from collections import defaultdict

from overheard.forums.marks import is_heading, is_signature
from overheard.forums.outline import Outline

_BUTTON = re.compile(
    r"^(?:reply|quote|report|like|share|edit|multi-?quote|permalink|antworten|zitieren|melden|gefällt mir"
    r"|répondre|citer|"
    r"responder|citar|rispondi|quota|reply with quote|post reply|report post|thanks?|link to post|\+ ?quote)$",
    re.IGNORECASE,
)
_ANSWER_TO = re.compile(
    r"^(?:(?:re|aw|antw|sv|vs|rv|rif|res|odp|ynt|отв|ответ|回复|回覆|返信)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_LONGEST_LABEL = 40
_MOST_WORDS = 5


def furniture_of(page: Outline, title: str) -> list[int]:
    """Find the places of what stands around posts, in reading order.

    Args:
        page: the page laid out.
        title: the thread's; boards repeat it above every answer.
    """
    out = {
        page.start[index]
        for index, element in enumerate(page.elements)
        if is_signature(element) or is_heading(element) or (element.tag == "a" and _is_button(page, index))
    }
    shown: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    named = title.casefold()
    for piece in page.pieces:
        if len(piece.text) > 3 * _LONGEST_LABEL and len(piece.text) > 2 * len(named):
            continue
        text = " ".join(piece.text.split()).casefold()
        if named and text.endswith(named) and _ANSWER_TO.sub("", text) == named:
            out.add(piece.at)
        elif 0 < len(text) <= _LONGEST_LABEL and text.count(" ") < _MOST_WORDS:
            owner = page.elements[piece.owner]
            shown[owner.tag, owner.get("class") or "", _DIGITS.sub("#", text)].append(piece.at)
    for places in shown.values():
        if len(places) > 1:
            out.update(places)
    return sorted(out)


def _is_button(page: Outline, index: int) -> bool:
    start, end = page.start[index], page.end[index]
    return page.link_words(start, end) <= _MOST_WORDS and bool(_BUTTON.match(page.text(index, 30)))
