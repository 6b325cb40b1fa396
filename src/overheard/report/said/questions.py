"""What do they ask? Each question is an idea for a piece that answers it, with the threads where it would help."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from overheard.records import Utterance
from overheard.report.figures import counted
from overheard.report.findings import Told
from overheard.report.said.group import Group
from overheard.report.said.telling import leans, sentence_of
from overheard.report.said.views import Question
from overheard.report.said.wording import stems_of

MOST_QUESTIONS = 10
_POINTS = re.compile(r"\b(?:it|this|that|these|those|them|such)\b", re.I)
"""What points at something said before; a question that does must carry a word more to be understood."""
FEWEST_WORDS = 2
"""Words that carry a question; "Has anyone got a trick?" could be asked of anything."""


def list_questions(group: Group) -> tuple[tuple[Question, ...], str]:
    """List questions, those most people ask first, and say of how many people they are."""
    note, is_shown = group.note("ask something", ("question",))
    told = [one for one in group.telling("question") if _stands_alone(group, one)] if is_shown else []
    posts = _posts_by_thread(group)
    questions = []
    for alike in group.pick(told, MOST_QUESTIONS):
        threads = {one.document.document_id for one in alike}
        questions.append(Question(group.point(alike), len(threads), _answers(group, alike, posts)))
    return tuple(questions), note


def _stands_alone(group: Group, one: Told) -> bool:
    sentence = sentence_of(one)
    wanted = FEWEST_WORDS + bool(_POINTS.search(sentence))
    return not leans(sentence) and len(stems_of(sentence)) >= wanted


def _posts_by_thread(group: Group) -> dict[str, list[Utterance]]:
    posts: dict[str, list[Utterance]] = defaultdict(list)
    for one in group.market.utterances.values():
        posts[one.document_id].append(one)
    return posts


def _answers(group: Group, alike: Sequence[Told], posts: Mapping[str, Sequence[Utterance]]) -> str:
    """Say what came after: replies to the very post where the source tells them, else what others wrote below it."""
    ids = {one.utterance.utterance_id for one in alike}
    replies = {
        one.utterance_id
        for one in group.market.findings.references
        if one.kind == "reply" and one.to_utterance_id in ids
    }
    if replies:
        return counted(len(replies), "reply", "replies")
    below = {
        post.utterance_id
        for one in alike
        for post in posts[one.document.document_id]
        if post.position > one.utterance.position and post.person_id != one.signal.person_id
    }
    return f"{counted(len(below), 'post')} by others after it" if below else "nobody wrote after it"
