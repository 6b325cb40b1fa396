"""Which messages belong to one thread? By the ids they answer, else by their subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from overheard.forums.mail.message import Message
from overheard.records import Post, Reading, id_of

_ANSWER = (
    r"re|aw|antw|antwort|sv|vs|vl|odp|ynt|cevap|res|resp|rif|ris|r|ref|rv|bls|balas|на|отв|ответ"
    r"|回复|回覆|答复|答覆|返信|답장|απ|σχετ|תשובה|رد"
)
_FORWARD = r"fwd?|wg|wtr|enc|vb|doorst|i|fs|pd|tr|rv|转发|轉寄|転送|전달"
_MARK = r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?\s*[:：]\s*"
_PREFIX = re.compile(rf"(?<!\s)\s*(?:(?:{_ANSWER}){_MARK})+", re.IGNORECASE)
_ANY_PREFIX = re.compile(rf"(?<!\s)\s*(?:(?:{_ANSWER}|{_FORWARD}){_MARK})+", re.IGNORECASE)
_TAG = re.compile(r"\s*\[[^\[\]]{1,60}\]\s*")
_WAS = re.compile(r"(?<!\s)\s*[(\[]\s*(?:was|war|ehemals|antes|était)\s*:?\s.{0,300}[)\]]\s*$", re.IGNORECASE)


def clean_subject(subject: str) -> str:
    """Return a subject without the marks of an answer; a list's tag stays, since that is what people see."""
    tag = _TAG.match(subject)
    rest = subject[tag.end() :] if tag else subject
    if tag and (found := _PREFIX.match(rest)):
        return f"{tag[0].strip()} {rest[found.end() :].strip()}".strip()
    return _PREFIX.sub("", subject, count=1).strip() if _PREFIX.match(subject) else subject.strip()


def bare_subject(subject: str) -> str:
    """Return what two subjects of one thread share: no answer marks, no tags, no "(was: …)", no case."""
    rest = _WAS.sub("", subject[:600])
    for _ in range(4):
        before = rest
        for mark in (_ANY_PREFIX, _TAG):
            found = mark.match(rest)
            rest = rest[found.end() :] if found and rest[found.end() :].strip() else rest
        if rest == before:
            break
    return " ".join(rest.split()).casefold()


def is_answer(subject: str) -> bool:
    """Say whether a subject is marked as an answer's."""
    return clean_subject(subject) != " ".join(subject.split())


@dataclass(slots=True)
class _Groups:
    """Disjoint sets of messages, by index; each is known by its first message."""

    above: list[int] = field(default_factory=list)

    def first(self, index: int) -> int:
        while self.above[index] != index:
            self.above[index] = self.above[self.above[index]]
            index = self.above[index]
        return index

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self.above[high] = low


def thread_messages(messages: Sequence[Message], place: str = "") -> tuple[Reading, ...]:
    """Sort messages into threads, in the order the threads begin; messages keep their order.

    Args:
        messages: in the order of their source.
        place: what tells this source's subjects from another's, for threads that have nothing but a subject.
    """
    groups = _grouped(messages)
    threads: dict[int, list[int]] = {}
    for index in range(len(messages)):
        threads.setdefault(groups.first(index), []).append(index)
    return tuple(_reading([messages[index] for index in indices], place) for indices in threads.values())


def read_alone(message: Message, archive: str) -> Reading:
    """Return the reading of a page that shows one message and does not tell its thread.

    Args:
        message: what the page shows.
        archive: the list's address; with the subject it is all that the pages of one thread share.
    """
    (reading,) = thread_messages((message,))
    return replace(reading, key=f"{archive} {bare_subject(message.subject)}")


def _grouped(messages: Sequence[Message]) -> _Groups:
    groups = _Groups(list(range(len(messages))))
    by_id: dict[str, int] = {}
    for index, message in enumerate(messages):
        ids = [message.key, *message.parents, f"thread {message.thread}" if message.thread else ""]
        for name in filter(None, ids):
            groups.join(by_id.setdefault(name, index), index)
    by_subject: dict[str, int] = {}
    for index, message in enumerate(messages):
        subject = bare_subject(message.subject)
        if not subject:
            continue
        if not message.parents and not message.thread and is_answer(message.subject) and subject in by_subject:
            groups.join(by_subject[subject], index)
        # The latest thread of that subject is the one an answer without ids belongs to.
        by_subject[subject] = index
    return groups


def _reading(messages: Sequence[Message], place: str) -> Reading:
    root = next((message for message in messages if not message.parents), messages[0])
    posts: list[Post] = []
    problems: list[tuple[int, str]] = []
    for message in messages:
        if not message.text:
            problems.append((0, f"message {message.key or message.subject or len(posts) + 1} has no text"))
            continue
        posts.append(
            Post(
                text=message.text,
                author=message.author,
                position=len(posts),
                said_at=message.said_at,
                url=message.url,
                not_own=message.not_own,
                replies_to=message.answers or message.quotes or None,
                rank=message.rank,
                key=message.key,
            )
        )
    return Reading(clean_subject(root.subject), tuple(posts), tuple(problems), _key(messages, place))


def _key(messages: Sequence[Message], place: str) -> str:
    """Return what the thread is called in every export that holds a part of it: its first message's id."""
    first = messages[0]
    if first.thread:
        return first.thread
    if first.parents:
        return first.parents[0]
    if first.key and not is_answer(first.subject):
        return first.key
    subject = bare_subject(first.subject)
    if subject and place:
        return f"{place} {subject}"
    return first.key or id_of(subject, first.author, first.said_at, first.text)
