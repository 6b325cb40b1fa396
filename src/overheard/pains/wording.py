"""The words and two-word phrases of a text that could tell one topic from another."""

from __future__ import annotations

import re

WORD = re.compile(r"(?u)\b[^\W\d_](?:[\w+#]|['’.&-](?=\w))*")
"""A word starts with a letter and may hold digits and inner marks: e-mail, don't, utf8, node.js, C++."""

ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\S+@\S+\.\w+|</?\w[^<>]*>")
"""Links, e-mail addresses and leftover tags, which name nothing."""

STOP_WORDS = frozenset(
    # Function words, fillers of complaints and requests, and the pieces tokenisers leave of contractions.
    """
    a able about above across actually after again against ago ain't all almost along already also although always am
    an and another any anybody anyone anything anyway are aren't around as ask asked at away back basically be became
    because become been before behind being below besides between both but by came can can't cannot cause certain come
    comes could couldn't cuz dear despite did didn't do does doesn't doing don don't done down due during each either
    else enough especially etc even ever every everybody everyone everything except far few find for found from further
    gave get gets getting give given go goes going gone gonna got gotta guess had hadn't happen happened happens hardly
    has hasn't have haven't having he he'd he'll he's hello help hence her here here's hers herself hey hi him himself
    his how how's however i i'd i'll i'm i've idk if ill im in indeed instead into is isn't it it'd it'll it's its
    itself ive just keep keeps kind knew know known last later latter least less let let's like likely literally ll
    look looking lot lots made make makes making many may maybe me mean meanwhile might mine more moreover most mostly
    much must my myself namely need needs neither never nevertheless no nobody none nor not nothing now nowhere of off
    often ok okay on once one ones only onto or other others otherwise ought our ours ourselves out over own per
    perhaps please possible pretty put quite rather re really right said same saw say saying says see seem seemed
    seems seen several shall shan't she she'd she'll she's should shouldn't simply since so some somebody somehow
    someone something sometimes somewhere soon still stuff such sure take taken tell than thank thanks that that's thats
    the their theirs them themselves then there there's thereby therefore these they they'd they'll they're they've
    thing things think this those though thought through throughout thus till to together told too took toward towards
    tried tries try trying u under unless until up upon ur us use used uses using usually various ve very via want
    wanted wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when when's
    whenever where where's whereas wherever whether which whichever while who who's whoever whole whom whose why will
    with within without won't would wouldn't ya yeah yes yet you you'd you'll you're you've your yours yourself
    yourselves
    """.split()
)

_CURLY = str.maketrans("’", "'")


def words_of(text: str) -> list[str]:
    """Return the words of `text` as written, in order, links and addresses left out."""
    return WORD.findall(ADDRESS.sub(" ", text))


def folded(word: str) -> str:
    """Return the form under which spellings of one word are counted together."""
    return word.casefold().translate(_CURLY)


def is_content(word: str) -> bool:
    """Say whether a folded word can stand in a name: no stop word, no single letter."""
    return len(word) > 1 and word not in STOP_WORDS


def terms_of(text: str) -> dict[str, str]:
    """Return the content words and pairs of neighbouring content words of `text`: folded form to form as written."""
    found: dict[str, str] = {}
    before = before_written = ""
    for written in words_of(text):
        word = folded(written)
        if not is_content(word):
            before = ""
            continue
        found.setdefault(word, written)
        if before and before != word:
            found.setdefault(f"{before} {word}", f"{before_written} {written}")
        before, before_written = word, written
    return found


def stems_of(term: str) -> frozenset[str]:
    """Return the words of a folded term without their inflection, coarse enough to see that two terms repeat."""
    return frozenset(_stem(word) for word in term.split())


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, kept in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + kept
    return word
