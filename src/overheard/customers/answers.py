"""A survey's rows → answers, one a person and question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overheard.customers.row import NameOf, Row, Unread
from overheard.customers.scales import read_feeling, read_rating
from overheard.customers.times import is_day_first, read_time
from overheard.records import Answer, Asked, id_of
from overheard.settings import SurveySettings

_RATED: tuple[tuple[Asked, str], ...] = (("importance", "importance"), ("satisfaction", "satisfaction"))


def read_answers(rows: Sequence[Row], settings: SurveySettings, person_of: NameOf) -> tuple[list[Answer], list[Unread]]:
    """Read a survey's answers.

    Everybody counts once: of a person who answered again the last answers stay, and the row before is told as unread.
    Without a column for persons every row is its own person.

    Args:
        rows: of the file, in its order.
        settings: which column holds what.
        person_of: makes a person_id.

    Returns:
        The answers in the order of rows and questions, and what was left out. Feelings are stored as "very",
        "somewhat", "not" and "no longer", ratings as "1" to "5".
    """
    unread: list[Unread] = []
    last: dict[str, Row] = {}
    for row in rows:
        who = row.cell(settings.person) if settings.person else f"{settings.name} line {row.line}"
        if not who:
            unread.append(Unread(row.line, f"nobody is named in `{settings.person}`; fill it or leave `person` out"))
            continue
        if (before := last.pop(who.casefold(), None)) is not None:
            unread.append(Unread(before.line, "the same person answered again later; their last answers count"))
        last[who.casefold()] = row
    day_first = is_day_first(row.cell(settings.answered_at) for row in rows)
    answers: list[Answer] = []
    for who, row in last.items():
        person_id = person_of(row.cell(settings.person) or who)
        then = read_time(row.cell(settings.answered_at), day_first)
        for asked, column, subject, text in _cells(row, settings, unread):
            answer_id = id_of("answer", settings.name, person_id, column)
            answers.append(Answer(answer_id, settings.name, person_id, asked, column, subject, text, then))
    return answers, sorted(unread, key=lambda one: (one.line, one.why))


def _cells(row: Row, settings: SurveySettings, unread: list[Unread]) -> Iterator[tuple[Asked, str, str, str]]:
    """Yield (asked, column, subject, text) of each answered question of a row."""
    if settings.feeling and (said := row.cell(settings.feeling)):
        feeling = settings.feelings.get(said) or read_feeling(said)
        if feeling:
            yield "feeling", settings.feeling, "", feeling
        else:
            unread.append(Unread(row.line, f'"{said[:40]}" is no known feeling; say what it means in `feelings`'))
    texts: tuple[tuple[Asked, tuple[str, ...]], ...] = (
        ("who benefits", settings.who_benefits),
        ("benefit", settings.benefit),
        ("hold-back", settings.hold_back),
        ("text", settings.texts),
        ("choice", settings.choices),
    )
    for asked, columns in texts:
        for column in columns:
            if said := row.cell(column):
                yield asked, column, "", said
    for asked, part in _RATED:
        for subject, column in sorted(getattr(settings, part).items()):
            if not (said := row.cell(column)):
                continue
            if rating := read_rating(said):
                yield asked, column, subject, str(rating)
            else:
                unread.append(Unread(row.line, f'"{said[:40]}" is no rating of 1 to 5'))
