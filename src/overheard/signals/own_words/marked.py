"""Which stretches does markup or a moderator set apart? Code fences, quotation and code tags, marks in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overheard.records import Span

# Fences stand in pairs; one alone is a slip or a drawn line.
_FENCE = re.compile(r"```|^[ \t]{0,3}~~~[ \t]*\w{0,20}[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Keys, certificates and signatures of programs for programs.
_ARMOUR = re.compile(r"-----BEGIN [A-Z0-9 ]{2,40}-----.*?(?:-----END [A-Z0-9 ]{2,40}-----|\Z)", re.DOTALL)
_COMMENT_MARKS = (("/*", "*/"), ("<#", "#>"))
# What a telephone adds, where line breaks were lost on the way.
_DEVICE = re.compile(r"(?<=[\s.!?,])(?:sent from my [\w ]{2,30}|get outlook for \w{2,12})[.!]?\s*\Z", re.IGNORECASE)
# What an editor puts where words were meant to be.
_PLACEHOLDER = re.compile(
    r"\b(?:Bulleted|Numbered) list item\b|\bInsert (?:text|link|image) here\b|^\s?bold text (?=[A-Z])", re.MULTILINE
)
# Tags whose content is another's or a machine's; they may be nested.
_TAG = re.compile(
    r"\[(?P<closing>/)?(?P<bb>quote|code|codebox|php|log|pre)(?:[=:][^\]\n]{0,200}| [a-z_]+=[^\]\n]{0,200})?\]"
    r"|<(?P<closing_html>/)?(?P<html>pre|blockquote|samp|code)\b[^>\n]{0,200}>"
    r"|\{(?P<brace>quote|code|noformat)(?::[^}\n]{0,60})?\}",
    re.IGNORECASE,
)
_INLINE = frozenset(("code", "samp"))
_LINE_START = re.compile(r"(?:\A|\n)[ \t]*\Z")
_LONGEST_MARGIN = 20
# What moderators took out, what transcribers heard beside words, where a picture stood.
_MARK = re.compile(
    r"\\?\[\s?(?:(?:personal|private|contact|sensitive) (?:information|info|data|details)|edited|edit by|removed|hidden"
    r"|deleted|redacted|snip(?:ped)?|moderat\w+|mod (?:edit|note)|locked|moved|merged|quoted text"
    r"|(?:name|link|url) removed|(?:image|attachment|screenshot)s?(?= ?[:\\\]])|(?:tele)?phone(?: number)?|e-?mail"
    r"|unintelligible|inaudible|laughter|laughs?|laughing|crosstalk|applause|music|pause|silence|foreign"
    r"|\d{1,2}:\d\d(?::\d\d)?)\b[^\]\n\\]{0,120}\\?\]",
    re.IGNORECASE,
)
_MODERATION_LINE = re.compile(
    r"^[ \t]*[^\w\n]{0,4}(?:(?:last )?edited by\b|edited (?:on|at) \d"
    r"|mod(?:erator)?(?:'?s)? (?:note|edit|comment|action)\b|edit: moved\b"
    r"|edit(?:ed)?\b[^\n]{0,60}[-–—(] ?mod(?:erator)?s?\b(?=[^\n]{0,20}$)"
    r"|(?:thread|topic|post|question) (?:locked|closed|moved|merged|split)\b"
    r"|moved (?:from|to) (?:the )?[\w ]{2,40} (?:forum|section|board)"
    r"|this (?:post|thread|topic|question|message|comment) (?:was|has been)"
    r" (?:edited|moved|locked|closed|merged|deleted|split|archived|marked)\b).{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)


def find_marked(text: str) -> Iterator[Span]:
    """Yield the spans of `text` that markup or a moderator sets apart from its author's words."""
    for pattern in (_COMMENT, _ARMOUR, _DEVICE, _PLACEHOLDER, _MARK, _MODERATION_LINE):
        for found in pattern.finditer(text):
            yield found.span()
    yield from _fenced(text)
    for opening, closing in _COMMENT_MARKS:
        yield from _between(text, opening, closing)
    yield from _tagged(text)


def _fenced(text: str) -> Iterator[Span]:
    """Yield what stands between two fences of a kind, both included."""
    opening: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        if opening is None:
            opening = found
        elif found[0].strip()[0] == opening[0].strip()[0]:
            yield opening.start(), found.end()
            opening = None


def _between(text: str, opening: str, closing: str) -> Iterator[Span]:
    """Yield the comments of programs: what stands between two marks, both included."""
    start = text.find(opening)
    while start >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
        # Paths with stars look alike, but have no space behind them.
        if text[start + len(opening)] in " *\n\t-=":
            yield start, end + len(closing)
        start = text.find(opening, end + len(closing))


def _tagged(text: str) -> Iterator[Span]:
    """Yield what stands between tags; what begins a line and is never closed reaches to the end, as forums show it."""
    open_name, depth, start, is_block = "", 0, 0, False
    for found in _TAG.finditer(text):
        name = (found["html"] or (f"[{found['bb']}" if found["bb"] else "{" + found["brace"])).lower()
        closes = bool(found["closing"] or found["closing_html"]) or (found["brace"] is not None and name == open_name)
        if depth == 0 and not closes:
            open_name, depth, start = name, 1, found.start()
            is_block = _LINE_START.search(text, max(0, start - _LONGEST_MARGIN), start) is not None
        elif depth and name == open_name:
            depth += -1 if closes else 1
            # A name of code within a sentence is a part of it.
            if depth == 0 and (is_block or name not in _INLINE or "\n" in text[start : found.start()]):
                yield start, found.end()
    if depth and is_block:
        yield start, len(text)
