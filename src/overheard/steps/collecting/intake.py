"""What do the sources show now? Items are read again where they changed, and taken as they were where they did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin

from overheard.errors import BadInputError
from overheard.privacy import Refusals, person_id_of
from overheard.records import Document, Intake, Post, Skip, Utterance, id_of
from overheard.settings import SourceSettings, TableSource, TranscriptsSource, WebSource
from overheard.steps.code import code_digest
from overheard.steps.collecting.items import GONE, Contents, Found, Item
from overheard.steps.market import log
from overheard.storage import digest_of
from overheard.transcripts import names_nobody

MOST_ALIKE = 3
"""Lines told of one thing that is wrong all over a file; the report counts every one."""


@dataclass(slots=True)
class Basket:
    """What was found so far.

    Attributes:
        step: named in skips.
        key: makes pseudonyms.
        names: shown names by person id.
        intakes: of every item, whether read now or earlier.
        documents, utterances: read now, by id.
        skips: what was left out and why.
        refusals: who is not taken in; `refused` counts their posts.
        oldest: what was said before is not taken in; `expired` counts it.
    """

    step: str
    key: bytes
    names: dict[str, str]
    refusals: Refusals
    oldest: datetime | None = None
    intakes: list[Intake] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    utterances: dict[str, Utterance] = field(default_factory=dict)
    skips: list[Skip] = field(default_factory=list)
    refused: int = 0
    expired: int = 0

    def shown(self) -> frozenset[str]:
        """Return the ids of all utterances the sources hold, read now or earlier."""
        return frozenset(utterance_id for intake in self.intakes for utterance_id in intake.utterances)


def fill_basket(
    basket: Basket,
    source: SourceSettings,
    contents: Contents,
    items: list[Item],
    known: Mapping[str, Intake],
    full: bool,
) -> None:
    """Add what one source shows.

    Args:
        basket: filled further.
        source, contents, items: what to read.
        known: intakes of the last run, by id.
        full: read everything again.
    """
    reading = _Source(basket, source, contents)
    # A file that is called after somebody who was forgotten is theirs as a whole.
    items = [item for item in items if not basket.refusals.has_traces(item.place)]
    changed = {
        item.group for item in items if full or not reading.is_as_before(item, known.get(reading.intake_id_of(item)))
    }
    for item in items:
        before = known.get(reading.intake_id_of(item))
        if item.group in changed or before is None:
            intake = reading.read(item, before)
        else:
            intake = before
            for utterance_id in intake.utterances:
                # Shown by a later item than the one just read: its words are the newer ones.
                basket.utterances.pop(utterance_id, None)
        basket.skips += [Skip(basket.step, source.name, place, why) for place, why in intake.problems]
        basket.intakes.append(intake)
    if not isinstance(source, WebSource):
        # A file that was moved away took nothing back; `Contents` tells only what lies there now.
        there = {reading.intake_id_of(item) for item in items}
        basket.intakes += [intake for key, intake in known.items() if intake.source == source.name and key not in there]


class _Source:
    """Reads one source's items into a basket."""

    def __init__(self, basket: Basket, source: SourceSettings, contents: Contents) -> None:
        self._basket, self._source, self._contents = basket, source, contents
        self._settings = source.model_dump_json()
        self._sizes: Counter[str] = Counter()
        self._twins: Counter[str] = Counter()

    def intake_id_of(self, item: Item) -> str:
        return id_of(self._source.name, item.place)

    def is_as_before(self, item: Item, before: Intake | None) -> bool:
        return before is not None and before.digest == self._digest_of(item)

    def read(self, item: Item, before: Intake | None) -> Intake:
        """Read one item; one that cannot be read any more still counts as it was read last."""
        problems: list[tuple[str, str]] = []
        utterances: dict[str, Utterance] = {}
        try:
            for found in self._contents.read(item):
                utterances |= self._take(found)
                problems += [
                    (f"{item.place}:{line}" if line else item.place, what) for line, what in found.reading.problems
                ]
        except BadInputError as error:
            problems.append((error.place, f"{error.what}; {error.mend}"))
        except Exception as error:
            # What strangers wrote must not cost the night; the message may hold their words, so its kind must do.
            problems.append((item.place, f"reading it failed ({type(error).__name__}); save it anew, or leave it out"))
        alike: Counter[str] = Counter()
        for place, why in problems:
            alike[why] += 1
            if alike[why] <= MOST_ALIKE:
                log.warning("%s: %s", place, why)
        for why, times in sorted(alike.items()):
            if times > MOST_ALIKE:
                log.warning("%s: %d times more: %s", item.place, times - MOST_ALIKE, why)
        self._basket.utterances |= utterances
        return Intake(
            intake_id=self.intake_id_of(item),
            source=self._source.name,
            place=item.place,
            content=item.digest,
            digest=self._digest_of(item),
            utterances=tuple(dict.fromkeys((*utterances, *self._kept(item, before, bool(utterances))))),
            problems=tuple(problems),
        )

    def _kept(self, item: Item, before: Intake | None, is_read: bool) -> tuple[str, ...]:
        """Return what an earlier reading of the item gave and still holds.

        What can be read shows what is there now, and a page that is gone shows nothing. A table may be an export of the
        last weeks that replaced the one before: unless its bytes are the same, its rows add to those of the last time.
        """
        if before is None or item.digest == GONE:
            return ()
        is_rolling = isinstance(self._source, TableSource) and before.content != item.digest
        return before.utterances if is_rolling or not is_read else ()

    def _digest_of(self, item: Item) -> str:
        return digest_of(item.digest, item.group, self._settings, code_digest())

    def _take(self, found: Found) -> dict[str, Utterance]:
        """Turn one thread's posts into utterances and note its document."""
        document_id = id_of(self._source.name, found.key)
        before = self._sizes[document_id]
        self._sizes[document_id] += len(found.reading.posts)
        taken = [self._utterance(document_id, found.url, before, post) for post in found.reading.posts]
        utterances = [utterance for utterance in taken if utterance is not None]
        if taken and not utterances:
            return {}
        dates = [utterance.said_at for utterance in utterances if utterance.said_at]
        url, title = (self._basket.refusals.blot(text) for text in (found.url, found.reading.title))
        document = Document(document_id, self._source.name, url, title, min(dates, default=None))
        first = self._basket.documents.setdefault(document_id, document)
        started = [at for at in (first.started_at, document.started_at) if at]
        self._basket.documents[document_id] = replace(
            first, title=first.title or document.title, started_at=min(started, default=None)
        )
        return {utterance.utterance_id: utterance for utterance in utterances}

    def _id_of_words(self, document_id: str, post: Post) -> str:
        """Name a post without an address by who said what when; the second "Yes." of a talk is another one."""
        words = id_of(document_id, post.author, post.said_at, post.text)
        self._twins[words] += 1
        return id_of(words, self._twins[words])

    def _account(self, document_id: str, utterance_id: str, post: Post) -> str:
        """Return what tells a person from the others of the source.

        Unsigned posts are nobody's twins. In a talk, unsigned turns are taken for one speaker's, and a label such as
        "Participant" or "Speaker 1" is another person in every file, unless it is the one who asks.
        """
        if not isinstance(self._source, TranscriptsSource):
            return post.author or f"unsigned {utterance_id}"
        asks = post.rank == "Interviewer" or post.author in self._source.interviewers
        if post.author and (asks or not names_nobody(post.author)):
            return post.author
        return f"{post.author or 'unsigned'} {document_id}"

    def _is_refused(self, utterance_id: str, person_id: str, post: Post) -> bool:
        """Tell whether a post is not taken in, and count it."""
        basket = self._basket
        is_old = bool(basket.oldest and post.said_at and post.said_at < basket.oldest)
        refusals = basket.refusals
        is_theirs = refusals.is_person(person_id) or refusals.is_post(utterance_id)
        is_theirs = is_theirs or refusals.is_author(self._source.name, post.author)
        basket.refused += is_theirs
        basket.expired += is_old and not is_theirs
        return is_theirs or is_old

    def _utterance(self, document_id: str, url: str, before: int, post: Post) -> Utterance | None:
        # A later page prints its posts' places in the thread, or counts from 0 anew.
        position = post.position if post.position >= before else before + post.position
        # A fragment alone ("#t=00:01:02") is a place in the document, not an address of its own, and may come twice.
        address = post.url if post.url and not post.url.startswith("#") else None
        name = post.key or address
        utterance_id = id_of(self._source.name, name) if name else self._id_of_words(document_id, post)
        person_id = person_id_of(self._source.name, self._account(document_id, utterance_id, post), self._basket.key)
        if self._is_refused(utterance_id, person_id, post):
            return None
        if post.author:
            self._basket.names.setdefault(person_id, post.author)
        blot = self._basket.refusals.blot
        return Utterance(
            utterance_id=utterance_id,
            document_id=document_id,
            person_id=person_id,
            position=position,
            text=blot(post.text),
            not_own=post.not_own,
            said_at=post.said_at,
            replies_to=blot(post.replies_to) if post.replies_to else None,
            url=blot(urljoin(url, post.url) if post.url else url),
            rank=blot(post.rank),
            aside=post.aside,
        )
