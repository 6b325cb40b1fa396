"""Whose words count? Staff, vendors, promoters, machines and interviewers are told from customers.

In doubt a person is a customer. Who only passes by is told as well: such words count where they tell of a need.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from overheard.people.roles.interviewing import interviewer_evidence
from overheard.people.roles.machines import machine_evidence, minutes_of
from overheard.people.roles.passing import passing_evidence
from overheard.people.roles.promotion import promotion_evidence
from overheard.people.roles.said import Said, linked_sites
from overheard.people.roles.staff import staff_evidence
from overheard.people.roles.vendors import vendor_evidence
from overheard.records import Role, RoleName, Utterance
from overheard.settings import PeopleSettings

_MOST_CHARACTERS = 20_000
"""Of one post that are looked at; a longer one is a log or a book somebody put there."""

Evidence = Mapping[str, tuple[str, ...]]
"""person_id → what shows the role: the rule in our words, then, after a colon, where it fits."""


def find_roles(
    utterances: Sequence[Utterance],
    names: Mapping[str, Collection[str]],
    interviews: Collection[str],
    settings: PeopleSettings,
    interviewers: Collection[str] = (),
) -> list[Role]:
    """Tell whose words count, with what shows it.

    Staff are declared in `settings.staff`, carry a staff rank or sign as the vendor's team; vendors sell for others;
    promoters post adverts; bots are machines; interviewers are declared or do the asking in an interview; passers-by
    left one short answer. Everybody else is a customer.

    Args:
        utterances: everything said, in any order.
        names: person_id → shown names, where known; several where a person approved that accounts are one person's.
        interviews: document_ids that are interviews (come from a transcripts source).
        settings: declared staff and exclusions, as shown names (case and spacing do not matter).
        interviewers: person_ids declared as interviewers.

    Returns:
        One role a person, by person_id. People with a name in `settings.exclude` get none, so that nothing of theirs
        counts anywhere.
    """
    people = sorted({utterance.person_id for utterance in utterances})
    plain = {person_id: {_plain(name) for name in names.get(person_id, ())} - {""} for person_id in people}
    staff_names = {_plain(name) for name in settings.staff}
    excluded_names = {_plain(name) for name in settings.exclude}
    declared_staff = [person_id for person_id in people if plain[person_id] & staff_names]
    declared_interviewers = [person_id for person_id in people if person_id in interviewers]
    # The first that knows a person decides.
    found: list[tuple[RoleName, Evidence]] = [
        ("staff", dict.fromkeys(declared_staff, ("declared in settings",))),
        ("interviewer", dict.fromkeys(declared_interviewers, ("declared for the source",))),
        *_found_in_threads([u for u in utterances if u.document_id not in interviews], names),
        ("interviewer", interviewer_evidence([u for u in utterances if u.document_id in interviews], names)),
    ]
    roles = []
    for person_id in people:
        if not plain[person_id] & excluded_names:
            known = ((role, evidence[person_id]) for role, evidence in found if person_id in evidence)
            roles.append(Role(person_id, *next(known, ("customer", ()))))
    return roles


def _found_in_threads(
    written: Sequence[Utterance], names: Mapping[str, Collection[str]]
) -> list[tuple[RoleName, Evidence]]:
    said = [
        _said(utterance) for utterance in sorted(written, key=lambda row: (row.document_id, row.position, row.text))
    ]
    by_person: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_person[one.person_id].append(one)
    minutes = minutes_of(said)
    linkers = Counter(
        site for own in by_person.values() for site in {site for one in own for site in linked_sites(one.text)}
    )
    machines = {key: machine_evidence(own, names.get(key, ()), minutes) for key, own in by_person.items()}
    staff = {key: staff_evidence(own) for key, own in by_person.items()}
    vendors = {key: vendor_evidence(own, names.get(key, ()), linkers) for key, own in by_person.items()}
    return [
        ("bot", _shown(machines)),
        ("staff", _shown(staff)),
        ("promoter", promotion_evidence(said)),
        ("vendor", _shown(vendors)),
        ("passer-by", passing_evidence(by_person)),
    ]


def _shown(evidence: Evidence) -> Evidence:
    return {person_id: what for person_id, what in evidence.items() if what}


def _said(utterance: Utterance) -> Said:
    """Cut out what others said, so that a quoted advert or a quoted moderator does not make its quoter one."""
    kept, at = [], 0
    for start, end in utterance.not_own:
        kept.append(utterance.text[at:start])
        at = end
    kept.append(utterance.text[at:])
    own = "\n".join(part for part in kept if part.strip())[:_MOST_CHARACTERS]
    return Said(utterance.person_id, utterance.document_id, own, utterance.position, utterance.said_at, utterance.rank)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
