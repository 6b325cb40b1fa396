"""The report as one Markdown file: the same order every time, one fact a line, so that two nights diff well."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.report.charts import RUNG_LABELS
from overheard.report.decision.files import decision_markdown
from overheard.report.drafts.files import drafts_markdown
from overheard.report.escaping import escaped, origin_markdown
from overheard.report.figures import Share, counted, number
from overheard.report.heard import missing_told
from overheard.report.method import method_of
from overheard.report.persona_files import persona_markdown
from overheard.report.quotes import Quote
from overheard.report.references import ReferencesView, chance_of
from overheard.report.said.compose import WHOLE
from overheard.report.said.files import said_markdown
from overheard.report.swap_files import swaps_markdown
from overheard.report.term_view import TermsView, TermView
from overheard.report.view import PainView, ReportView, SegmentView

SOME = "some people, not counted out"
"""Of rows whose total is known: a number may be kept back for another's sake."""


def report_markdown(view: ReportView) -> bytes:
    """Write the whole report as Markdown (CommonMark with tables)."""
    lines = [f"# {escaped(view.market)}", ""]
    lines += [escaped(view.brief), ""] if view.brief else []
    lines += [f"{escaped(missing_told(view.heard))}.", ""] if view.heard.missing else []
    if view.since:
        changed = view.since.lines or ("nothing changed beyond chance",)
        lines += [f"Since the report of {view.since.night}:", "", *(f"- {escaped(line)}" for line in changed), ""]
    lines += _heard(view)
    lines += ["## Segments, by what hurts", ""]
    lines += [view.why_no_segments, ""] if view.why_no_segments else []
    lines += _ranked([(one.name, one.share, f"people, {one.verdict.standing}") for one in view.segments])
    for segment in sorted(view.segments, key=lambda one: (one.name.casefold(), one.segment_id)):
        lines += _segment(view, segment)
    if view.hidden_segments:
        lines += [f"{counted(view.hidden_segments, 'segment')} of too few people not shown.", ""]
    lines += _unplaced(view)
    lines += decision_markdown(view.decision, {one.segment_id: one.name for one in view.segments})
    lines += ["## Pains, by how many tell them", ""]
    lines += _ranked([(one.name, one.share, "people") for one in view.pains])
    for pain in _by_name(view.pains):
        lines += _pain(pain, 3, "people")
    lines += [view.last_doubling.words if view.pains else "No pain was told by enough people to be shown.", ""]
    lines += (
        [f"{counted(view.hidden_pains, 'pain')} told by too few people not shown.", ""] if view.hidden_pains else []
    )
    lines += ["## The market's words", "", *_terms(view.terms, with_group=True)]
    lines += ["## What they say, the whole market", "", *said_markdown(view.said[WHOLE], 3)]
    lines += _changes(view)
    lines += ["## How this was made", ""]
    for title, text in method_of(view):
        lines += [f"**{title}.** {escaped(text)}", ""]
    return "\n".join([*lines, f"Report {escaped(view.report_id)}", ""]).encode("utf-8", errors="replace")


def _heard(view: ReportView) -> list[str]:
    heard = view.heard
    lines = ["## What was heard", "", f"- {_people(view, heard.people)}", f"- {counted(heard.posts, 'post')}"]
    lines += [f"- {counted(heard.threads, 'thread')}"]
    lines += [f"- posts from {heard.first_day} to {heard.last_day}"] if heard.first_day else []
    lines += [f"- {counted(heard.undated, 'post')} without a date"] if heard.undated else []
    lines += [f"- {escaped(line)}" for line in view.in_short]
    if heard.loudest:
        lines.append(f"- of the words of these posts the loudest person said {heard.loudest.shown[0]}")
    lines += ["", "Sources:", ""]
    for source in heard.sources:
        shown = "too few people to show"
        if source.posts is not None and source.threads is not None:
            people = _people(view, source.people)
            shown = f"{people}, {counted(source.posts, 'post')}, {counted(source.threads, 'thread')}"
        lines.append(f"- {escaped(source.name)}: {shown}")
    lines += ["", "Left out:", ""]
    for one in heard.left_out:
        found = "; ".join(f"{rule}: {_people(view, people, SOME)}" for rule, people in one.evidence)
        lines.append(
            f"- {one.who}: {_people(view, one.people, SOME)} ({one.why}){f'. Found by {found}' if found else ''}"
        )
    for skip in heard.skips:
        where = f" ({escaped(', '.join(skip.places))})" if skip.places else ""
        lines.append(f"- {escaped(skip.source)}: {escaped(skip.why)}, {counted(skip.count, 'time')}{where}")
    lines += ["- nothing"] if not heard.left_out and not heard.skips else []
    return [*lines, ""]


def _segment(view: ReportView, one: SegmentView) -> list[str]:
    lines = [
        f"### {escaped(one.name)}",
        "",
        f"- {one.verdict.standing}: {'; '.join(one.verdict.reasons)}",
        f"- {_share(one.share, 'people')}",
        f"- stability: {one.stability.shown}" if one.stability.value is None else f"- stability {one.stability.shown}",
        f"- loudest person: {number(one.loudest[0])} of {counted(one.loudest[1], 'pain sentence')}",
        f"- {counted(one.threads, 'thread')}",
    ]
    for source in one.sources:
        hidden = "not shown: it or another source has too few people"
        lines.append(f"- {escaped(source.name)}: {_people(view, source.people, hidden)}")
    lines.append("")
    lines += persona_markdown(view.personas[one.segment_id])
    lines += _ranked([(pain.name, pain.share, "of them") for pain in one.pains])
    for pain in _by_name(one.pains):
        lines += _pain(pain, 4, "of them")
    if one.hidden_pains:
        lines += [f"{counted(one.hidden_pains, 'further pain')} told by too few of them not shown.", ""]
    lines += ["#### Their words", "", *([one.terms.checked, ""] if one.terms.checked else [])]
    lines += [*_terms(one.terms.all, with_group=False), *_one_voice(one.terms)]
    lines += said_markdown(view.said[one.segment_id], 4)
    lines += swaps_markdown(view.swaps[one.segment_id])
    lines += drafts_markdown(view.drafts[one.segment_id])
    lines += _references(view.references[one.segment_id])
    validity = view.validity[one.segment_id]
    lines += ["#### Is it a segment to work with?", ""]
    lines += [f"- {gate.name}: {gate.outcome}, {escaped(gate.reason)}" for gate in validity.gates]
    lines += [f"- {what.lower()}: {value}, {meaning}" for what, value, meaning in validity.figures]
    lines.append("")
    return [*lines, "#### What is missing", "", *(f"- {escaped(line)}" for line in one.missing), ""]


def _ranked(groups: Sequence[tuple[str, Share, str]]) -> list[str]:
    """List groups by their people, one line each: what grows moves a line, not the section that tells of it."""
    ranked = sorted(groups, key=lambda group: (-group[1].count, group[0].casefold()))
    return [*(f"- {share.counted} {noun}: {escaped(name)}" for name, share, noun in ranked), *([""] if groups else [])]


def _by_name(pains: Sequence[PainView]) -> list[PainView]:
    """Names last from night to night, ranks do not."""
    return sorted(pains, key=lambda pain: (pain.name.casefold(), pain.pain_id))


def _references(one: ReferencesView) -> list[str]:
    lines = ["#### Do they reference each other?", "", f"- {one.answer}: {one.meaning}"]
    lines += [f"- {one.counted}"] if one.counted else []
    told = one.measured
    if told is not None and told.index is not None:
        lines += [
            f"- E-I index {told.index:.2f} (by chance {told.expected:.2f}, by meeting {told.met:.2f}), "
            f"p {chance_of(told.p or 0.0)}, {chance_of(told.q or 0.0)} corrected"
        ]
    for kind in one.kinds:
        ties = "too few people to show" if kind.ties is None else counted(kind.ties, "time")
        lines.append(f"- {kind.words}: {ties}")
    for other in one.neighbours:
        if not other.is_own:
            ties = "too few people to show" if other.ties is None else counted(other.ties, "reference")
            lines.append(f"- to and from {escaped(other.name)}: {ties}")
    lines.append("")
    for voice in one.turned_to:
        lines += [f"{counted(voice.people, 'other')} refer to this voice:", ""]
        for quote in voice.quotes:
            lines += _quote(quote)
    return lines


def _unplaced(view: ReportView) -> list[str]:
    if not view.segments and not view.hidden_segments:
        return []
    share = view.unplaced.share
    lines = ["### In no segment", "", f"- {_share(share, 'people')}" if share else "- too few people to show"]
    if share:
        lines += [f"- {_people(view, people, SOME)} {why}" for why, people in view.unplaced.reasons]
        for one in view.unplaced.asks:
            settled = _people(view, None) if one.settled is None else f"{number(one.settled)} of them"
            options = escaped(", ".join(f"“{option}”" for option in one.options))
            lines.append(f"- ask {counted(one.people, 'person', 'people')} which is closest: {options}; "
                         f"the answers would most likely place {settled}")  # fmt: skip
    return [*lines, ""]


def _pain(pain: PainView, depth: int, noun: str) -> list[str]:
    lines = [
        f"{'#' * depth} {escaped(pain.name)}",
        "",
        f"- {_share(pain.share, noun)}",
        f"- {pain.ladder.words}",
        f"- {counted(pain.sources, 'source')}, {counted(pain.threads, 'thread')}",
        "",
    ]
    for quote in pain.quotes:
        lines += _quote(quote)
    return lines


def _quote(quote: Quote) -> list[str]:
    rung = "" if quote.rung is None else f", {RUNG_LABELS[min(max(quote.rung, 0), len(RUNG_LABELS) - 1)]}"
    return [f"> {escaped(quote.text)}", ">", f"> {origin_markdown(quote)}{rung}", ""]


def _terms(terms: Sequence[TermView], with_group: bool) -> list[str]:
    if not terms:
        return ["None that enough people share.", ""]
    columns = ["they say", *(["mostly"] if with_group else []), "what", "people here", "others", "how sure",
               "how much more", "spread", "first said", "last said"]  # fmt: skip
    rows = [columns, ["---"] * len(columns)]
    for term in terms:
        others = term.others.counted if term.others else "–"
        told = term.figures
        rows.append([escaped(term.text), *([escaped(term.group)] if with_group else []), term.kind, term.here.counted,
                     others, told.sure if told and term.others else "–", term.often or "–",
                     told.spread if told else "–", term.first_said or "–", term.last_said or "–"])  # fmt: skip
    return [*(f"| {' | '.join(row)} |" for row in rows), ""]


def _one_voice(terms: TermsView) -> list[str]:
    lines = [
        f"- {escaped(one.text)}: {counted(one.people, 'person', 'people')}, as if {one.voices:.1f} said it alike"
        for one in terms.one_voice
    ]
    return ["Interesting, but one voice:", "", *lines, ""] if lines else []


def _changes(view: ReportView) -> list[str]:
    if view.changes is None:
        return []
    lines = ["## What changed", "", f"- night of {view.changes.night}"]
    if view.changes.is_first:
        return [*lines, "- the first night told: everything is new", ""]
    last = view.last_regrouped
    for kind, name, what, evidence in view.changes.lines:
        which = f"{kind} {escaped(name)}" if name else f"a {kind}"
        lines.append(f"- {which} {escaped(what)}" + (f" ({escaped(evidence)})" if evidence else ""))
    if last and last.night != view.changes.night:
        lines.append(f"- when pains were last grouped anew, {last.night}:")
        lines += [f"  - {escaped(one.sentence)}" for one in last.changes]
    return [*lines, ""]


def _share(share: Share, noun: str) -> str:
    return f"{share.counted} {noun}" + (f" ({share.percent})" if share.percent else "")


def _people(view: ReportView, people: int | None, hidden: str = "") -> str:
    if people is None:
        return hidden or f"fewer than {view.rules['smallest_group']} people"
    return counted(people, "person", "people")
