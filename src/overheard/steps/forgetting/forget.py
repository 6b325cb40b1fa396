"""Somebody is forgotten: found, noted by a keyed hash, taken out of everything, and looked for everywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from overheard.errors import BadInputError
from overheard.privacy import Forgotten, finished, person_id_of, seal
from overheard.records import Document, Utterance
from overheard.steps.customers import OWN
from overheard.steps.forgetting.cascade import Doomed, blot_file, cascade
from overheard.steps.forgetting.doomed import gather
from overheard.steps.forgetting.places import own_files
from overheard.steps.forgetting.proof import File, Proof, prove_gone
from overheard.steps.forgetting.refusals import load_forgotten, load_refusals, save_forgotten
from overheard.steps.heard import load_joined
from overheard.steps.market import Market, log
from overheard.storage import write_atomically


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done: `counts` by kind, `proof` of the search, `path` of what was written down, without any name.

    `nameless`: of names that are short or plain words, by which nobody can be told; they were not looked for.
    """

    person: str
    counts: dict[str, int]
    proof: Proof
    path: Path
    nameless: int


def forget_person(
    market: Market,
    who: str,
    source: str = "",
    also_sources: bool = False,
    again: Callable[[], None] = lambda: None,
    beside: Sequence[Path] = (),
) -> Receipt:
    """Forget a person; call it under the market's lock.

    Args:
        market: with what was collected.
        who: a pseudonym, the id or address of a post, or a shown name.
        source: where a name is shown, if several sources have it.
        also_sources: take the person's words out of the user's own text files as well.
        again: makes what is told again, without them.
        beside: further folders that are searched.

    Raises:
        BadInputError: nobody is found, or more than one.
    """
    finish_forgetting(market)
    accounts = find_accounts(market, who, source)
    person, doomed = _note_start(market, accounts) if accounts else _known(market, who, source)
    return _finish(market, person, doomed, also_sources, again, beside)


def finish_forgetting(market: Market) -> None:
    """Finish what a killed run began; nothing where nothing is open."""
    for person in load_forgotten(market):
        if not person.finished_at:
            receipt = _finish(market, person, Doomed(person.doomed, person.traces(market.key)), False, lambda: None, ())
            log.info("forget: what was begun is done, %d kinds of things went", len(receipt.counts))


def forget_refused(market: Market) -> int:
    """Forget whoever was heard and opted out since, or came back with a back-up; return how many that were."""
    refusals = load_refusals(market)
    if refusals.is_empty:
        return 0
    names, joined = market.load_names(), load_joined(market)
    source_of = {one.document_id: one.source for one in market.tables.load("documents", Document)}
    heard = {one.person_id: source_of.get(one.document_id, "") for one in market.tables.load("utterances", Utterance)}
    refused = {
        joined.get(account, account)
        for account, source in heard.items()
        if refusals.is_person(account)
        or refusals.is_person(joined.get(account, account))
        or refusals.is_author(source, names.get(account, ""))
    }
    for person in sorted(refused):
        accounts = frozenset({person, *(account for account, of in joined.items() if of == person)})
        _finish(market, *_note_start(market, accounts), also_sources=False, again=lambda: None, beside=())
    if refused:
        log.info("forget: %d people who are not to be heard are forgotten", len(refused))
    return len(refused)


def find_accounts(market: Market, who: str, source: str = "") -> frozenset[str]:
    """Return the accounts of a person, all that were approved as one; none where nobody is found.

    Raises:
        BadInputError: several people are.
    """
    names, joined = market.load_names(), load_joined(market)
    utterances = market.tables.load("utterances", Utterance)
    known = {*names, *joined, *joined.values(), *(one.person_id for one in utterances)}
    if who in known:
        found = {who}
    else:
        found = {one.person_id for one in utterances if who in (one.utterance_id, one.url)}
        sources = [source] if source else [one.name for one in market.settings.source]
        found |= {key for one in sources if (key := person_id_of(one, who, market.key)) in known}
    people = {joined.get(account, account) for account in found}
    if len(people) > 1:
        what = f"{len(people)} people are meant by that"
        raise BadInputError("forget", what, "add --source, or give the pseudonym or the address of one post")
    return frozenset({*people, *(account for account, person in joined.items() if person in people)})


def _known(market: Market, who: str, source: str) -> tuple[Forgotten, Doomed]:
    """Return the record of somebody who was forgotten before."""
    key = market.key
    sources = [source] if source else [one.name for one in market.settings.source]
    ids = {who, *(person_id_of(one, who, key) for one in sources)}
    for person in load_forgotten(market):
        if any(seal(key, "account", one) in person.accounts or seal(key, "post", one) in person.posts for one in ids):
            return person, Doomed(person.doomed or frozenset(ids), person.traces(key))
    mend = "give a name as it is shown there (--source where several have it), a pseudonym or a post's address"
    raise BadInputError("forget", "nobody of that name, pseudonym or address was heard here", mend)


def _note_start(market: Market, accounts: frozenset[str]) -> tuple[Forgotten, Doomed]:
    """Note who is forgotten before anything goes: from now on nothing of theirs is taken in."""
    key, names = market.key, market.load_names()
    called = sorted({names[one] for one in accounts if one in names})
    accounts |= {person_id_of(OWN, name, key) for name in called}
    own = [one for one in market.tables.load("utterances", Utterance) if one.person_id in accounts]
    doomed = gather(market, own, accounts, called)
    person = Forgotten(
        person=seal(key, "person", *sorted(accounts)),
        started_at=_now(),
        finished_at="",
        accounts=frozenset(seal(key, "account", one) for one in accounts),
        posts=frozenset(seal(key, "post", one.utterance_id) for one in own),
        said=doomed.traces.said,
        names=doomed.traces.names,
        doomed=doomed.ids,
        nameless=sum(1 for name in called if not doomed.traces.find(name)),
    )
    for before in load_forgotten(market):
        if before.accounts & person.accounts:  # a back-up brought them back, without their name
            person = person.joined(before)
            doomed = replace(doomed, traces=person.traces(key))
    save_forgotten(market, person)
    return person, doomed


def _finish(
    market: Market,
    person: Forgotten,
    doomed: Doomed,
    also_sources: bool,
    again: Callable[[], None],
    beside: Sequence[Path],
) -> Receipt:
    counts = cascade(market, doomed)
    if also_sources:
        changed = [path for path in sorted(own_files(market)) if path.name != "opt_out.txt" and blot_file(path, doomed)]
        counts |= {"your own files, changed": len(changed)} if changed else {}
    again()
    proof = prove_gone(market, doomed, beside)
    total = Counter(person.counts) + Counter(counts)
    done = finished(person, _now(), total)
    path = _save_receipt(market, done, doomed, proof)
    save_forgotten(market, done)
    return Receipt(person.person, dict(sorted(total.items())), proof, path, person.nameless)


def _save_receipt(market: Market, person: Forgotten, doomed: Doomed, proof: Proof) -> Path:
    def told(paths: Iterable[File]) -> list[str]:
        # A file may be called after the person.
        return [doomed.traces.blot(str(path).removeprefix(f"{market.folder}/")) for path in paths]

    content = {
        "person": person.person,
        "started_at": person.started_at,
        "finished_at": person.finished_at,
        "removed": dict(sorted(person.counts.items())),
        "names_not_looked_for": person.nameless,
        "files_searched": proof.files,
        "texts_searched": proof.texts,
        "your_files_that_still_hold_something": told(proof.yours),
        "other_files_that_still_hold_something": told(proof.found),
        "files_that_could_not_be_searched": told(proof.unread),
    }
    path = market.folder / "private" / "receipts" / f"{person.person}.json"
    write_atomically(path, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode(), mode=0o600)
    return path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
