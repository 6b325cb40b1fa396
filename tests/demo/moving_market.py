"""A small invented market that is walked through months: five in which nothing moves, and a sixth in which it may.

People who look after village halls, four needs. Everything is drawn from a seed; the same month makes the same files.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

Change = Literal["", "newcomers", "cooling", "moving"]
"""What happens in the last month: nothing, many come with a need nobody had, many of those with the loved need come and
love nothing, or those with the loved need talk of another one."""

MONTHS = tuple(date(2026, month, 1) for month in range(1, 7))
"""The night each month is run on; the first run is the one that is accepted."""
LAST = len(MONTHS) - 1
LOVED, TEMPTING = "keys", "bookings"
AT_FIRST, TEMPTED, EACH_MONTH, NEWCOMERS = 20, 32, 2, 40

TOML = """
[market]
name = "People who look after village halls"
[[source]]
name = "board"
kind = "table"
files = "posts.csv"
columns = {text = "text", author = "author", said_at = "date", document = "thread"}
[[survey]]
name = "members"
file = "survey.csv"
accounts_of = ["board"]
person = "Who"
answered_at = "When"
feeling = "How would you feel without Hallkeeper?"
[people]
most_segments = 5
[strategy]
goal = 20000
currency = "GBP"
[[strategy.potential]]
segment = "*"
people = [200, 400, 800]
win_rate = [0.1, 0.2, 0.3]
price = [300, 400]
"""

WHO = ("the judo club", "the quilters", "the playgroup", "the choir", "the bowls team", "the dance school")
WHEN = ("on Saturday", "last week", "in the half term", "on Monday night", "again this month", "before the wedding")
NEEDS: dict[str, tuple[str, ...]] = {
    "bookings": (
        "{who} and another group turned up for the same booking {when} and I was shouted at by both.",
        "Our booking diary is on paper and I double booked {who} {when}, which cost us the fee.",
        "I cannot see who has the hall booked {when}, so {who} lost their slot and I had to refund them.",
        "Two bookings clashed {when} and I spent the evening on the phone begging {who} to move.",
        "A double booking {when} left {who} on the pavement and me with an hour of apologies.",
        "{who} had to share the hall {when} because I wrote their booking on the wrong page.",
        "I copy every booking into three calendars and still missed {who} {when}, so I paid them back.",
        "My evenings go on sorting out who booked the hall {when}, and {who} threaten to leave.",
    ),
    "keys": (
        "{who} never brought the key back {when} and I had to pay a locksmith forty pounds.",
        "I drove out at ten at night to unlock the door for {who} {when} because nobody had the key.",
        "The key safe jammed {when}, {who} stood in the rain, and I lost an hour finding a spare key.",
        "I have no idea how many keys are out; {who} copied theirs {when} and it worries me sick.",
        "I changed the locks for two hundred pounds {when} after {who} lost the only key.",
        "Nobody was there to open the door {when}, so {who} went home and I refunded their hire.",
        "{who} rang at midnight {when} to ask where the key is, and I had to drive over in my slippers.",
        "I spend half my week handing keys to {who} and chasing the ones that went missing {when}.",
    ),
    "heating": (
        "{who} left the heating on {when} and the oil bill has ruined our budget.",
        "The boiler failed {when}, {who} sat in their coats, and I wasted two days waiting for the engineer.",
        "The radiators are freezing for {who} {when} and I cannot get the thermostat to behave.",
        "We spent nine hundred pounds on oil and {who} still complained of the cold {when}.",
        "I drove over {when} only to switch the heating on for {who}, and it wasted my afternoon.",
        "Our heating broke {when}, {who} asked for their money back, and the repair cost six hundred.",
        "{who} turned the thermostat to thirty {when} and I am furious about the gas bill.",
        "The hall is so cold {when} that {who} bring heaters, which blow the fuse every time.",
    ),
    "cleaning": (
        "{who} left the kitchen filthy {when} and I scrubbed the floor until midnight.",
        "Our cleaner quit {when} because {who} trod glitter into the floor, and I cannot find another.",
        "I had to mop up after {who} {when} and hire a machine for the stains, sixty pounds.",
        "The bins overflowed {when} after {who} and I ended up carrying their rubbish to the tip.",
        "{who} swear they swept {when}, yet I found mud all over and spent an hour on my knees.",
        "I pay a cleaner twice because {who} leave the toilets in such a state {when}.",
        "The hirers after {who} refused to pay {when} because the hall was dirty, so we lost the fee.",
        "I am sick of washing up for {who} {when} and nobody else will do it.",
    ),
    "licences": (
        "The music licence went up {when} and {who} refuse to pay their share of the fee.",
        "I filled in the licence form for {who} {when} and the council sent it back for the third time.",
        "Nobody can tell me whether {who} need a licence for recorded songs {when} and I dread the fine.",
        "We were fined {when} because {who} played songs our licence does not cover.",
        "I wasted a whole day {when} on the phone about a music licence for {who}.",
        "The licence lapsed {when} without a word, {who} had to cancel, and we lost the fee.",
        "{who} want to sell wine {when} and the alcohol licence takes me weeks of forms.",
        "We pay for two music licences because {who} need another one {when}, and it drives me mad.",
    ),
}
AT_HOME = tuple(NEEDS)[:4]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with one need, who says three sentences of it in the month they come, and one of that or another."""

    name: str
    need: str
    month: int


def people_until(month: int, change: Change) -> Iterator[Person]:
    """Return everybody who has come by a month, in the order they came."""
    for at in range(month + 1):
        for need in AT_HOME:
            count = EACH_MONTH if at else (TEMPTED if need == TEMPTING else AT_FIRST)
            yield from (Person(f"{need} {at} {number}", need, at) for number in range(count))
    if month == LAST and change in ("newcomers", "cooling"):
        need = "licences" if change == "newcomers" else LOVED
        yield from (Person(f"late {need} {number}", need, month) for number in range(NEWCOMERS))


def write_month(folder: Path, month: int, change: Change = "") -> None:
    """Write the market's files as they are on the night of a month."""
    people = list(people_until(month, change))
    (folder / "market.toml").write_text(TOML, encoding="utf-8")
    _write(folder / "posts.csv", ("text", "author", "date", "thread"), _posts(people, change))
    asked = "How would you feel without Hallkeeper?"
    _write(folder / "survey.csv", ("Who", "When", asked), _answers(people))


def _write(path: Path, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])


def _posts(people: list[Person], change: Change) -> Iterator[tuple[str, ...]]:
    for person in people:
        draw = random.Random(person.name)
        needs = [person.need, person.need, person.need, draw.choice([person.need, *AT_HOME])]
        yield from _sentences(person, needs, person.month, draw)
        if change == "moving" and person.need == LOVED:
            yield from _sentences(person, ["licences"] * 4, LAST, draw)


def _sentences(person: Person, needs: list[str], month: int, draw: random.Random) -> Iterator[tuple[str, ...]]:
    for number, need in enumerate(needs):
        sentence = draw.choice(NEEDS[need]).format(who=draw.choice(WHO), when=draw.choice(WHEN))
        thread = f"{need} {month} {number} {draw.randrange(3)}"
        yield sentence[0].upper() + sentence[1:], person.name, _moment(month, draw.randrange(27)), thread


def _answers(people: list[Person]) -> Iterator[tuple[str, ...]]:
    """Two of three answer; of those who lose keys most would be very disappointed, but none of those who come late."""
    for number, person in enumerate(people):
        draw = random.Random(f"answer {person.name}")
        chance = 0.9 if person.need == LOVED and not person.name.startswith("late") else 0.05
        if number % 3:
            feeling = "Very disappointed" if draw.random() < chance else "Not disappointed"
            yield person.name, _moment(person.month, 27), feeling


def _moment(month: int, day: int) -> str:
    """Return a moment in the thirty days before the night of a month."""
    night = datetime.combine(MONTHS[month], datetime.min.time())
    return (night - timedelta(days=30 - day, hours=3)).isoformat(timespec="seconds") + "Z"
