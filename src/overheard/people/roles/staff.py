"""Who speaks for the forum or for the product it is about?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.people.roles.said import Said, shortened

_STAFF_RANK = re.compile(
    r"\b(?:staff|employee|official|moderators?|mods?|super ?mod\w*|co-?mod\w*|admin(?:istrator|istration)?s?|webmaster"
    r"|team|vendor|site owner|community manager|support (?:agent|engineer|rep\w*|specialist)"
    # GitHub's words for the project's own people; stores show a maker's answer to a review as the Developer's.
    r"|organi[sz]ation member|collaborator)\b|^(?:owner|developer)$",
    re.I,
)
_NO_STAFF_RANK = re.compile(
    r"\b(?:ex|former|retired|past|not|non|un|honou?rary|emeritus)\b|\bteam (?:player|fan|fortress)\b", re.I
)

_NAME = r"[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,2}"
_TEAM = rf"(?:the )?{_NAME}(?: (?:[Ss]upport|[Pp]roduct|[Dd]ev(?:elopment)?|[Cc]ommunity|[Cc]ustomer \w+))? [Tt]eam"
_SELF_NAMED = (
    # "Priya from the Tallybird team here", "I'm with the Tallybird support team"
    re.compile(rf"(?:\b[A-Z]\w+|\b[Ii](?:['’]m| am)?),? (?:from|with|on|at|of) {_TEAM} here\b"),
    re.compile(rf"\b(?:[Ii]['’]m|[Ii] am|[Tt]his is|[Ii]t['’]s) (?:[A-Z]\w+,? )?(?:from|with|on|part of) {_TEAM}\b"),
    re.compile(rf"\b(?:[Oo]n behalf of|[Ss]peaking for) {_TEAM}\b"),
    # A sign-off in the last line: "– The Tallybird team", "Priya, Tallybird Support"
    re.compile(rf"(?:^|\n)\W*(?:[A-Z]\w+(?: [A-Z]\w*)?\W{{1,3}})?{_TEAM}\W*\Z"),
    re.compile(r"(?:^|\n)\W*[A-Z]\w+\W{1,3}[A-Z]\w+ (?:Support|Customer (?:Support|Success|Care))\W*\Z"),
)
_SPEAKS_AS_VENDOR = (
    re.compile(rf"\b(?:[Ww]e (?:here )?at|[Hh]ere at) {_NAME},? (?:we|are|have|take|believe|want|know|built|never)\b"),
    re.compile(
        r"\b[Oo]ur (?:(?:product|engineering|support|dev(?:elopment)?|design) )?(?:team|engineers|developers|devs)"
        r" (?:has|have|is|are) (?:just |now |recently |already )?(?:released|shipped|rolled out|rolling out|deployed"
        r"|fixed|launched|looking into|working on|aware)\b"
    ),
    re.compile(
        r"\b[Ww]e(?:['’]ve| have)? (?:just |now |recently )?(?:released|shipped|rolled out|deployed|launched|pushed)"
        r" (?:a|an|the|our|version|v?\d)"
    ),
    re.compile(
        r"\b[Ww]e(?:['’]re| are) (?:happy|pleased|excited|thrilled|proud) to (?:announce|share|introduce|release)\b"
    ),
    re.compile(r"\b(?:on|to|in) our (?:roadmap|backlog|status page|release notes|knowledge base|help cent(?:er|re))\b"),
    re.compile(r"\b(?:contact|e-?mail|reach|write to|open a ticket with) our (?:support|customer)\b"),
    re.compile(r"\b[Tt]hank(?:s| you) for (?:your|the) (?:feedback|patience|report)\b.{0,80}\b(?:we|our)\b", re.S),
    re.compile(r"\b[Tt]hank(?:s| you) for (?:considering|choosing|trying) us\b|\bdrop us a line\b"),
    re.compile(
        r"\b(?:[Hh]appy|[Gg]lad|love|delighted|thrilled) to (?:walk (?:you|anyone)|set up|hop on|arrange|onboard)\b"
        r"|\bour onboarding\b"
    ),
    re.compile(
        r"\b(?:is|are) now (?:generally )?available (?:for|to|in|on) (?:all|every)\b|\b[Ww]e['’]re rolling out\b"
    ),
    re.compile(
        r"\b(?:passing|passed|forward(?:ed|ing)) (?:it|this|that|all of \w+)(?: on)? to (?:the|our) product team\b"
    ),
    re.compile(
        r"\b[Oo]ur (?:\w+ ){0,2}(?:engine|module|connector|sync|platform) (?:lets|now|supports?|is|checks|handles)\b"
    ),
)


def staff_evidence(said: Sequence[Said]) -> tuple[str, ...]:
    """Tell what shows that one person is staff; () for everybody else.

    A rank or one self-naming is enough; speaking as a vendor must show in two ways, for customers have teams too.
    """
    ranks = sorted({one.rank.strip() for one in said if is_staff_rank(one.rank)})
    if ranks:
        return tuple(f"rank shown: {rank}" for rank in ranks)
    naming = [one.text for one in said if "eam" in one.text or "Support" in one.text or "Customer" in one.text]
    signed = [match[0].strip() for text in naming for pattern in _SELF_NAMED if (match := pattern.search(text))]
    if signed:
        return (f"signs as the vendor's: {shortened(signed[0])}",)
    ways = {
        index: match[0]
        for one in said
        for index, pattern in enumerate(_SPEAKS_AS_VENDOR)
        if (match := pattern.search(one.text))
    }
    if len(ways) >= 2:
        return tuple(f"speaks as the vendor: {shortened(ways[index])}" for index in sorted(ways))
    return ()


def is_staff_rank(rank: str) -> bool:
    """Tell whether the title under a name makes its bearer the forum's or the vendor's own."""
    return bool(_STAFF_RANK.search(rank)) and not _NO_STAFF_RANK.search(rank)
