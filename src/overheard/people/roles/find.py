"""Whose words count? Staff, promoters and interviewers are told from customers; in doubt a person is a customer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from overheard.people.roles.interviewing import interviewer_evidence
from overheard.people.roles.promotion import Said, promotion_evidence
from overheard.records import Role, Utterance
from overheard.settings import PeopleSettings

_STAFF_RANK = re.compile(
    r"\b(?:staff|employee|official|moderators?|mods?|super ?mod\w*|co-?mod\w*|admin(?:istrator|istration)?s?|webmaster"
    r"|team|vendor|site owner|community manager|support (?:agent|engineer|rep\w*|specialist)|bot"
    # GitHub's words for the project's own people.
    r"|organi[sz]ation member|collaborator)\b|^owner$",
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


def find_roles(
    utterances: Sequence[Utterance],
    names: Mapping[str, str],
    interviews: Collection[str],
    settings: PeopleSettings,
    interviewers: Collection[str] = (),
) -> list[Role]:
    """Tell whose words count, with what shows it.

    Staff are declared in `settings.staff`, carry a staff rank or sign as the vendor's team; promoters post to sell;
    interviewers are declared or do the asking in an interview. Everybody else is a customer.

    Args:
        utterances: everything said, in any order.
        names: person_id → shown name, where known.
        interviews: document_ids that are interviews (come from a transcripts source).
        settings: declared staff and exclusions, as shown names (case and spacing do not matter).
        interviewers: person_ids declared as interviewers.

    Returns:
        One role a person, by person_id. People whose name is in `settings.exclude` get none, so that nothing of theirs
        counts anywhere.
    """
    staff_names = {_plain(name) for name in settings.staff}
    excluded_names = {_plain(name) for name in settings.exclude}
    spoken: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        spoken[utterance.person_id].append(utterance)
    own = {utterance.utterance_id: _own_words(utterance) for utterance in utterances}
    written = [u for u in utterances if u.document_id not in interviews]
    promoters = promotion_evidence([Said(u.person_id, u.document_id, own[u.utterance_id]) for u in written])
    asking = interviewer_evidence([u for u in utterances if u.document_id in interviews], names)
    roles = []
    for person_id in sorted(spoken):
        name = _plain(names.get(person_id, ""))
        if name and name in excluded_names:
            continue
        if name and name in staff_names:
            roles.append(Role(person_id, "staff", ("declared in settings",)))
        elif person_id in interviewers:
            roles.append(Role(person_id, "interviewer", ("declared for the source",)))
        elif staff := _staff_evidence(spoken[person_id], [own[u.utterance_id] for u in spoken[person_id]], interviews):
            roles.append(Role(person_id, "staff", staff))
        elif person_id in promoters:
            roles.append(Role(person_id, "promoter", promoters[person_id]))
        elif person_id in asking:
            roles.append(Role(person_id, "interviewer", asking[person_id]))
        else:
            roles.append(Role(person_id, "customer", ()))
    return roles


def _staff_evidence(
    utterances: Sequence[Utterance], own: Sequence[str], interviews: Collection[str]
) -> tuple[str, ...]:
    """A rank or one self-naming is enough; speaking as a vendor must show in two ways, for customers have teams too."""
    ranks = sorted({u.rank.strip() for u in utterances if is_staff_rank(u.rank)})
    if ranks:
        return tuple(f"rank shown: {rank}" for rank in ranks)
    texts = [text for text, utterance in zip(own, utterances, strict=True) if utterance.document_id not in interviews]
    naming = [text for text in texts if "eam" in text or "Support" in text or "Customer" in text]
    signed = [match[0].strip() for text in naming for pattern in _SELF_NAMED if (match := pattern.search(text))]
    if signed:
        return (f"signs as the vendor's: {_shortened(signed[0])}",)
    ways = {
        index: match[0]
        for text in texts
        for index, pattern in enumerate(_SPEAKS_AS_VENDOR)
        if (match := pattern.search(text))
    }
    if len(ways) >= 2:
        return tuple(f"speaks as the vendor: {_shortened(ways[index])}" for index in sorted(ways))
    return ()


def is_staff_rank(rank: str) -> bool:
    """Tell whether the title under a name makes its bearer the forum's or the vendor's own."""
    return bool(_STAFF_RANK.search(rank)) and not _NO_STAFF_RANK.search(rank)


def _own_words(utterance: Utterance) -> str:
    """Cut out what others said, so that a quoted advert or a quoted moderator does not make its quoter one."""
    kept, at = [], 0
    for start, end in utterance.not_own:
        kept.append(utterance.text[at:start])
        at = end
    kept.append(utterance.text[at:])
    return "\n".join(part for part in kept if part.strip())


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
