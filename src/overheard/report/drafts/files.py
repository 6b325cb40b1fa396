"""Words for the product and the landing page's variants in report.md and report.json."""

from __future__ import annotations

from typing import Any

from overheard.report.drafts.landing import VARIED
from overheard.report.drafts.product_words import ProductWord
from overheard.report.drafts.views import DraftSlot, Landing, SegmentDrafts
from overheard.report.escaping import escaped, origin_markdown
from overheard.report.json_parts import line_json, quote_json, share_json


def drafts_json(one: SegmentDrafts) -> dict[str, Any]:
    """Return the fields `Drafts` of report.schema.json."""
    return {
        "product_words": [_word_json(word) for word in one.words],
        "landings": [_landing_json(file, landing) for file, landing in one.landings.items()],
        "trial": list(one.trial),
    }


def drafts_markdown(one: SegmentDrafts) -> list[str]:
    """Return a segment's lines of report.md; of a second variant only what differs from the first."""
    lines = ["#### What the product should call things", ""] if one.words else []
    lines += [_word_line(word) for word in one.words]
    lines += [""] if one.words else []
    for landing in one.landings.values():
        is_first = landing is one.landing
        lines += [f"#### Landing page, variant {landing.variant}", ""]
        lines += [f"Opens with {escaped(landing.about)}.", ""] if landing.about else []
        lines += [] if is_first else [f"The rest is as in variant {one.landing.variant}.", ""]
        for slot in landing.slots:
            lines += _slot_lines(slot) if is_first or slot.name in VARIED else []
        lines.append("")
    if one.trial:
        lines += ["#### Which variant does better", "", *(f"- {escaped(line)}" for line in one.trial), ""]
    return lines


def _word_json(one: ProductWord) -> dict[str, Any]:
    return {
        "call_it": one.word,
        "your_page_says": one.concept,
        "theirs": share_json(one.theirs),
        "yours": share_json(one.yours),
        "elsewhere": share_json(one.others),
        "why": one.why,
        "line": line_json(one.example) if one.example else None,
    }


def _landing_json(file: str, one: Landing) -> dict[str, Any]:
    return {
        "file": file,
        "tag": one.tag,
        "variant": one.variant,
        "about": one.about,
        "slots": [_slot_json(slot) for slot in one.slots],
        "question": one.question,
        "choices": [{"segment_id": choice.segment_id, "text": choice.text} for choice in one.choices],
    }


def _slot_json(one: DraftSlot) -> dict[str, Any]:
    return {
        "name": one.name,
        "ask": one.ask,
        "owner": one.owner,
        "entries": [
            {"text": entry.text, "quote": quote_json(entry.quote) if entry.quote else None} for entry in one.entries
        ],
        "polished": one.polished,
    }


def _word_line(one: ProductWord) -> str:
    is_other = one.concept not in ("", one.word)
    counts = [f"said by {one.theirs.counted}"]
    counts += [f"of the others by {one.others.counted}"] if one.others else []
    counts += [f"your page’s “{escaped(one.concept)}” by {one.yours.counted}"] if one.yours and is_other else []
    return f"- {escaped(one.word)}: {', '.join(counts)}; {escaped(one.why)}"


def _slot_lines(one: DraftSlot) -> list[str]:
    if not one.entries:
        whose = "yours to write" if one.owner == "founder" else "nothing was heard"
        return [f"- **{one.name}.** EMPTY, {whose}: {one.ask}"]
    lines = [f"- **{one.name}.** {escaped(one.polished)}".rstrip()]
    for entry in one.entries:
        origin = f" ({origin_markdown(entry.quote)})" if entry.quote else ""
        lines.append(f"  - “{escaped(entry.text)}”{origin}")
    return lines
