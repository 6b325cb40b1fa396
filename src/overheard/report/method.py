"""How the report was made, for a reader who never heard of any of it."""

from __future__ import annotations

from overheard.report.figures import FEWEST_FOR_PERCENT, counted
from overheard.report.trust import DOUBTFUL, FEWEST_PEOPLE, FEWEST_THREADS, LOUD_SHARE, STABLE, TOO_LOUD_SHARE
from overheard.report.view import ReportView

METHOD_FILE = "method.html"
SHORT = ("Whose words", "A pain", "A segment", "The verdict", "Numbers", "Small groups")
"""What the first page tells of the method."""


def method_of(view: ReportView) -> tuple[tuple[str, str], ...]:
    """Return (title, paragraph) in plain words; the numbers are those this report was made with."""
    return (
        *_what_is_what(view),
        *_how_it_is_shown(view),
        *(_sheets() if view.sheets else ()),
        *(_affinity() if view.affinity else ()),
    )


def short_method(view: ReportView) -> tuple[tuple[str, str], ...]:
    """Return what a reader must know to judge a line; the whole of it has a page of its own."""
    return tuple(one for one in method_of(view) if one[0] in SHORT)


def _affinity() -> tuple[tuple[str, str], ...]:
    return (
        (
            "Who is like whom",
            "Two people are compared by what their pain sentences mean, by their words and by the pains they share, "
            "less what all people compared have in common. Sentences side by side are each other's nearest, less how "
            "near each is to everybody. It ranks people against each other and proves nothing.",
        ),
    )


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
            "Only customers count. Staff, vendors, promoters, machines and interviewers are recognised by what they "
            "declare, by their rank and by what they post where, and left out. Who left one short answer in another's "
            "thread counts only where it tells of something. Words somebody quotes from another count for nobody but "
            "their author. A person is one account of one source, or several that were approved by hand as one "
            "person's. Nobody weighs more for saying more: a pain counts people, a word counts people, and a person's "
            "own needs count threads.",
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
            "References",
            "One person answers, names or quotes another, or takes their advice; what is written below somebody is no "
            "reference. However often, it counts once a thread, and only between people in segments. The E-I index "
            "(Krackhardt and Stern, 1988) is compared with the same references when the people of each source are "
            "dealt to segments at random 999 times, and corrected for testing all segments (Benjamini and "
            "Hochberg). Names that are also ordinary words are not looked for.",
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
    pain_people = counted(int(rules["pain_people"]), "person", "people")
    return (
        (
            "Their words",
            "Words and phrases are counted by the people who use them and compared with everybody else heard here. "
            f"“3 times as often” compares the two shares of people. Fewer than {least_people} is no vocabulary, and "
            "what hardly more than one of them or one thread says is kept apart. “At least” holds for all terms tried "
            "at once (conservative log ratio, Evert, 2022). “Beyond chance” means that at most one in twenty such "
            "terms is a false find: the group is dealt anew among people who talk as much (exact test, corrected after "
            "Benjamini and Hochberg).",
        ),
        (
            "Checked on people who did not choose them",
            "Segments are found from what people say, so their words differ by construction. Therefore all people are "
            "cut into two halves, in 16 ways; each half chooses its terms, and the other half is looked at, only in "
            "sentences that had no part in making the groups. What remains: the people of the other half came into "
            "the segment by other sentences of theirs, and who complains of a thing also talks of it elsewhere.",
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
            "What is still unheard",
            f"Pains that nobody told cannot be counted here: fewer than {pain_people} make no pain, and a sentence "
            "like no other may differ in its wording only. So the report tells how many of the pains any half of the "
            "people would have told often enough. That as many people again bring as many new pains is a rough guide: "
            "where it was tried it foretold .7 to 1.04 times the pains then found. What is missing of a segment is "
            "estimated by Chao1 and Good-Turing, because pains told by one of its people are known from the whole "
            "market.",
        ),
        (
            "Small groups",
            f"Anything told by fewer than {counted(int(rules['smallest_group']), 'person', 'people')} is counted but "
            "not shown; where rows add up and one hidden number could be worked out, a second is hidden with it. "
            f"Single words are listed from {least_people} on.",
        ),
    )
