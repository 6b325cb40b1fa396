"""Which lines are somebody else's words? Quotations by mark or attribution, forwarded mail, heads of older mails."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from overheard.signals.own_words.lexicons import load_words
from overheard.signals.own_words.lines import Line, is_after_gap

# Drawn arrows are no quotations.
_MARKED = re.compile(r"(?:>|&gt;|\|[ \t]>)(?![>\s]*[-=_]{2,})")
# "> Tools > Options > Advanced" is a way through menus.
_MENU_WAY = re.compile(r"> ?[A-Z]\w[^>]{0,30}(?: > [^>]{1,40}){2,}")
_DIVIDER_END = re.compile(r"[-_=*]{2,}\s?end (?:of )?(?:the )?forwarded message", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\d{1,2}:\d\d|\d{1,2}[./]\d{1,2}")
# A name and a moment, as copied from above another's post.
_MOMENT = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? (?:at )?\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?"
# A moment and who spoke; a diary has a day there.
_CHAT_LINE = re.compile(
    r"\W{0,2}(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? )?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?\W{0,3}\s?"
    r"(?![^:\n]*day\b)([^:\n]{2,40})[:>]"
)
_FEWEST_CHAT_LINES = 4
_LONGEST_ATTRIBUTION = 200
_FEWEST_FIELDS = 3
_MOST_QUOTED_LINES = 12
_LINES_A_GAP = 4


def find_quoted(lines: Sequence[Line], are_known: Sequence[bool]) -> list[bool]:
    """Say for each line whether it is wholly somebody else's, or says whose the words are.

    Args:
        lines: the text's lines.
        are_known: for each line, whether it is known to be nobody's running words.
    """
    quoted = [known or _is_marked(lines, index) for index, known in enumerate(are_known)]
    attribution, answer, divider, _ = _patterns()
    # Where no empty lines stand between paragraphs, a line is one.
    gaps = sum(is_after_gap(lines, index) for index in range(1, len(lines)))
    are_lines = gaps * _LINES_A_GAP <= len(lines)
    has_own = False
    for index, line in enumerate(lines):
        if not line.is_first and quoted[index - 1] and not _is_last_part(lines, index):
            quoted[index] = True
        if quoted[index] or len(line.body) > _LONGEST_ATTRIBUTION:
            has_own |= not quoted[index]
        elif answer.fullmatch(line.body):
            quoted[index] = True
        elif divider.fullmatch(line.body):
            _mark_until_end(lines, index, quoted)
        elif attribution.fullmatch(line.body):
            if has_own and _DATED.search(line.body) and not all(quoted[index + 1 : index + 2]):
                _mark_until_end(lines, index, quoted)
            else:
                _mark_paragraph(lines, index, quoted, are_lines)
        else:
            has_own = True
    _mark_heads(lines, quoted)
    _mark_chats(lines, quoted)
    return quoted


def _is_last_part(lines: Sequence[Line], index: int) -> bool:
    """Say whether a part of a line is its last: behind a quotation whose line break was lost, the author goes on."""
    return index + 1 == len(lines) or lines[index + 1].is_first


def _is_marked(lines: Sequence[Line], index: int) -> bool:
    body = lines[index].body
    return _MARKED.match(body) is not None and not _MENU_WAY.match(body)


def _mark_until_end(lines: Sequence[Line], start: int, quoted: list[bool]) -> None:
    """Mark an older message below a reply, up to where it is said to end."""
    for index in range(start, len(lines)):
        quoted[index] = True
        if index > start and _DIVIDER_END.match(lines[index].body):
            return


def _mark_paragraph(lines: Sequence[Line], start: int, quoted: list[bool], are_lines: bool) -> None:
    """Mark an attribution and the paragraph below, unless marked lines follow."""
    quoted[start] = True
    first = start + 1
    attribution = _patterns()[0]
    while (
        first < len(lines)
        and len(lines[first].body) <= _LONGEST_ATTRIBUTION
        and attribution.fullmatch(lines[first].body)
    ):
        # A quotation within the quotation: what stands behind it is the quoted one's.
        quoted[first] = True
        first += 1
    if first < len(lines) and are_lines and lines[first].is_first:
        # What stood below the quotation now stands behind it, after a wide gap.
        last = first
        while last + 1 < len(lines) and not lines[last + 1].is_first:
            last += 1
        end = last if start + 1 == first and last > first else last + 1
        quoted[first:end] = [True] * (end - first)
        return
    for index in range(first, min(len(lines), first + _MOST_QUOTED_LINES)):
        is_over = not lines[first].is_first or is_after_gap(lines, index)
        if quoted[index] or (index > first and is_over):
            return
        quoted[index] = True


def _mark_heads(lines: Sequence[Line], quoted: list[bool]) -> None:
    """Mark the heads of pasted mails; below a reply, one with a date in it has the older mail below, up to the end."""
    field = _patterns()[3]
    first_own = next((index for index, other in enumerate(quoted) if not other), len(lines))
    index = 0
    while index < len(lines):
        names: set[str] = set()
        end = index
        while end < len(lines) and not quoted[end] and (found := field.fullmatch(lines[end].body)):
            names.add(found[1].casefold())
            end += 1
        head = "\n".join(line.body for line in lines[index:end])
        is_repeated = end - index > len(names) + 2
        if len(names) >= _FEWEST_FIELDS and _DATED.search(head) and not is_repeated and first_own < index:
            _mark_until_end(lines, index, quoted)
            return
        if not is_repeated and (len(names) >= _FEWEST_FIELDS or (len(names) > 1 and "@" in head)):
            quoted[index:end] = [True] * (end - index)
        index = max(end, index + 1)


def _mark_chats(lines: Sequence[Line], quoted: list[bool]) -> None:
    """Mark a chat pasted with its times and speakers, from the first of them to the paragraph of the last."""
    said = [(index, found[1]) for index, line in enumerate(lines) if (found := _CHAT_LINE.match(line.body))]
    speakers = {speaker for _, speaker in said}
    if len(said) < _FEWEST_CHAT_LINES or not 1 < len(speakers) * 2 <= len(said):
        return
    end = said[-1][0] + 1
    while end < len(lines) and not is_after_gap(lines, end):
        end += 1
    quoted[said[0][0] : end] = [True] * (end - said[0][0])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of attributions, of lines above answers, of dividers and of the fields of a mail's head."""
    kinds = {kind: "|".join(map(re.escape, sorted(words))) for kind, words in load_words("mail").items()}
    attribution = (
        rf".{{2,170}}\b(?<!\bI )(?:{kinds['wrote']}) ?: ?↑?"
        rf"|[^\s:]{{2,30}}(?: [^\s:]{{1,30}}){{0,3}} {{2}}(?:{kinds['said']})"
        rf"|[^\W\d_][\w.-]{{1,30}}(?: [\w.-]{{1,30}})? {_MOMENT}"
        rf"|(?:{kinds['source']})(?:\s.{{0,80}})?"
    )
    answer = rf"(?:{kinds['answer']})\s@?[^:]{{1,60}}:|@[\w.-]{{1,40}}:"
    divider = rf"[-_=*]{{2,}}\s?(?:{kinds['divider']})\b.*|(?:{kinds['divider']})\s?:?"
    field = rf"[*_]{{0,2}}({kinds['field']})\s?:[*_]{{0,2}}\s.{{1,200}}"
    first, second, third, fourth = (re.compile(one, re.IGNORECASE) for one in (attribution, answer, divider, field))
    return first, second, third, fourth
