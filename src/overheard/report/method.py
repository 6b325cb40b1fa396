"""How the report was made, for a reader who never heard of any of it."""

from __future__ import annotations

from overheard.report.figures import FEWEST_FOR_PERCENT, counted
from overheard.report.trust import DOUBTFUL, FEWEST_PEOPLE, FEWEST_THREADS, LOUD_SHARE, STABLE, TOO_LOUD_SHARE
from overheard.report.view import ReportView


def method_of(view: ReportView) -> tuple[tuple[str, str], ...]:
    """Return (title, paragraph) in plain words; the numbers are those this report was made with."""
    return (*_what_is_what(view), *_how_it_is_shown(view), *(_sheets() if view.sheets else ()))


def _sheets() -> tuple[tuple[str, str], ...]:
    return (
        (
            "Sheets",
            "A sheet lists what customers say in one thread or interview, the strongest and surest first, for somebody "
            "to read and judge. It quotes single people, which nothing else in this report does. Jargon candidates are "
            "words the market says far more often than general English, and this thread more often than others.",
        ),
        (
            "What to read first",
            "Each next passage is the one that, for every sentence it takes to read, adds most to how well all pain "
            "sentences are represented by something read already. What is like something above comes after everything "
            "that is not.",
        ),
    )


def _what_is_what(view: ReportView) -> tuple[tuple[str, str], ...]:
    rules = view.rules
    return (
        (
            "Whose words",
            "Only customers count. Staff, promoters and interviewers are recognised by what they declare, by their "
            "rank and by how they write, and left out. Words somebody quotes from another count for nobody but "
            "their author. A person is one account of one source.",
        ),
        (
            "A pain",
            "A sentence in which somebody says that something hurts them. Each sentence stands on one of five rungs: "
            "it mentions the topic; it says what is wrong; it says what that costs in time, money or nerves; it tells "
            "of something tried, a workaround or a search for another way; it tells of money spent. "
            f"Sentences alike in meaning make a pain when at least {rules['pain_people']} people tell them; the others "
            "stay out.",
        ),
        (
            "A segment",
            "People whose pains are alike, whatever their job, size or country. A person is placed only after "
            f"{counted(int(rules['minimum_signals']), 'pain sentence')} in "
            f"{counted(int(rules['minimum_documents']), 'thread')} (or in one interview), and only where the place is "
            f"at least {100 * rules['minimum_probability']:.0f}% sure. The others stay in none.",
        ),
        (
            "Stability",
            "The people are drawn again at random many times and grouped anew. Stability is how much of a segment "
            "comes back, from 0 (nobody) to 1 (exactly the same people). It says that a segment is no accident of "
            "who was heard, not that it is worth money.",
        ),
        (
            "The verdict",
            f"Usable: {FEWEST_PEOPLE} people or more, stability {STABLE:.2f} or more, no person telling more than "
            f"{100 * LOUD_SHARE:.0f} of 100 pain sentences, {FEWEST_THREADS} threads or more. "
            f"Do not use: stability below {DOUBTFUL:.2f}, or one person "
            f"telling more than {100 * TOO_LOUD_SHARE:.0f} of 100. Thin: everything between.",
        ),
    )


def _how_it_is_shown(view: ReportView) -> tuple[tuple[str, str], ...]:
    rules = view.rules
    least_people = counted(int(rules["minimum_people"]), "person", "people")
    return (
        (
            "Their words",
            "Words and phrases are counted by the people who use them and compared with everybody else heard here. "
            f"“3 times as often” compares the two shares of people. Fewer than {least_people} is no vocabulary. "
            "Because segments are found from what people say, these figures describe; they do not prove.",
        ),
        (
            "Numbers",
            "Every share has its denominator and the range it is likely in (95%, Wilson). Below "
            f"{FEWEST_FOR_PERCENT} people only the range is given. The people heard are those who write in these "
            "places; they are no random sample of a market.",
        ),
        (
            "Quotes",
            "Every quote stands in its source exactly so, letter for letter, and links to it. Names and contact "
            "details are replaced by [removed]. Each quote of a pain is of another person, and on one page nobody is "
            "quoted a third time while others could be.",
        ),
        (
            "Small groups",
            f"Anything told by fewer than {counted(int(rules['smallest_group']), 'person', 'people')} is counted but "
            "not shown; where rows add up and one hidden number could be worked out, a second is hidden with it. "
            f"Single words are listed from {least_people} on.",
        ),
    )
