"""Which words of a text name a product?

By form and use alone, without a list of products: a name is written with a capital inside a sentence, in camel case,
with a digit or as a domain, and people use, try, buy or install what it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from overheard.records import Span

_TOKEN = re.compile(r"[^\W_](?:[\w'’+#]|[.\-&](?=\w))*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|app|dev|co|uk|de|fr|tv|fm|ly|me|info|biz)")
_CAMEL = re.compile(r"[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{2}[a-z]{2})[A-Za-z]*")
# A number with its unit or ending is no name: 5th, 30mm, 8gb, 2013s, 5ish.
_MEASURE = re.compile(
    r"[\d.,\-]+(?:[a-z]{0,3}|mins?|hours?|days?|years?|inch|[kmgt]b(?:ps)?|[kmg]?hz|mbps|watts?|ish)", re.I
)
# No name without one of these: a capital inside the sentence, a digit within a word, a point within a word.
_MAY_NAME = re.compile(r"(?<!\A)[^\W\d_a-z][^\W_]|[a-z][A-Z]|\d[^\W\d_]|\w\.\w|[^\W\d_]\d")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*")
_LEAST_CAPITAL_SHARE = 0.5
# Half of all people write "ebay", none writes "eBay" of anything else.
_LEAST_CAMEL_SHARE = 0.25
# Of all texts that name it, so many use it: a menu or a town is named often and used now and then.
_LEAST_USED_SHARE = 0.05
# People are in a town and in a program; but they never use the town.
_LEAST_USED_TO_ELSEWHERE = 0.25
# "My Nikon", "on Kickstarter" hint at a product; four of them are worth one "bought".
_HINT = 0.25
# "A VM", "my CV" are things with a short name, not names; "VLC" and "AKG" go without an article.
_MOST_ARTICLES_OF_ACRONYM = 0.25
# fmt: off
_NO_NAMES = frozenset((
    "i", "i'm", "i've", "i'd", "i'll", "im", "ive", "ok", "okay", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "mondays", "fridays", "saturdays", "sundays", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "christmas", "easter",
    "halloween", "thanksgiving", "english", "german", "french", "spanish", "italian", "chinese", "japanese",
    "russian", "american", "british", "european", "african", "asian", "indian", "canadian", "australian", "irish",
    "scottish", "dutch", "swedish", "polish", "korean", "latin", "greek", "christian", "catholic", "muslim",
    "jewish", "god", "jesus", "america", "europe", "africa", "asia", "england", "britain", "germany", "france",
    "spain", "italy", "china", "japan", "india", "canada", "australia", "ireland", "scotland", "london", "paris",
    "berlin", "us", "usa", "uk", "eu", "pc", "pcs", "tv", "tvs", "cd", "dvd", "usb", "cpu", "gpu", "ram", "ssd",
    "hdd", "os", "ui", "ux", "it", "hr", "ceo", "cto", "cfo", "faq", "pdf", "pdfs", "html", "css", "xml", "json",
    "sql", "url", "urls", "http", "https", "www", "api", "apis", "id", "ids", "ip", "dns", "vpn", "wifi", "wi-fi",
    "lan", "isp", "gb", "mb", "tb", "diy", "edit", "update", "tl", "dr", "tldr", "tl;dr", "fyi", "btw", "imo",
    "imho", "lol", "omg", "wtf", "aka", "etc", "eg", "ie", "ps", "asap", "rsvp", "ad", "ads", "am", "pm", "no",
    "yes", "a", "my", "the", "this", "that", "these", "what", "who", "mom", "dad", "mum", "mr", "mrs", "ms", "sir",
    "op", "not", "all", "and", "or", "so", "is", "if", "in", "on", "to", "for", "but", "how", "why", "when",
    "where", "hi", "hello", "hey", "please", "thanks", "you", "we", "he", "she", "they", "it's", "you're", "gui",
    "cli", "llm", "ml", "iot", "uv", "led", "ac", "dc", "sms", "gps", "rss", "hd", "vm", "vms", "cv", "pr", "qa",
    "vr", "ai", "at",
))
_USING = frozenset((
    "use", "uses", "used", "using", "try", "tries", "tried", "trying", "install", "installs", "installed",
    "installing", "reinstall", "reinstalled", "reinstalling", "uninstall", "uninstalled", "buy", "buys", "buying",
    "bought", "recommend", "recommended", "recommends", "download", "downloaded", "downloading", "run", "running",
    "launch", "launched", "own", "owned", "prefer", "vs", "versus", "via", "upgrade", "upgraded", "upgrading",
    "subscribe", "ordered", "order", "play", "played", "playing", "purchase", "purchased", "considering", "ditch",
    "ditched",
))
_GOING_TO = frozenset((
    "switch", "switched", "switching", "migrate", "migrated", "migrating", "moved", "moving", "upgrade", "upgraded",
    "upgrading", "subscribe", "subscribed", "converted", "changed",
))
_ARTICLES = frozenset(("a", "an", "my", "your", "our", "their", "his", "her"))
_BETWEEN = frozenset((
    "the", "a", "an", "my", "our", "your", "their", "new", "old", "free", "latest", "both", "either",
))
_PEOPLE = frozenset((
    "mr", "mrs", "ms", "dr", "dear", "hi", "hello", "hey", "thanks", "named", "met", "told", "asked", "president",
    "saint", "st", "uncle", "aunt", "professor", "sir", "judge", "coach",
))
_SAYING = frozenset(("said", "says", "wrote", "thinks", "told", "asked", "replied"))
_PLACES = frozenset(("in", "near", "at", "around", "across", "outside"))
# fmt: on


def find_names(sentence: str, products: Collection[str] = frozenset()) -> list[Span]:
    """Return where `sentence` writes a name, as spans of its characters, in their order.

    A name is a word with a capital that does not begin a sentence, in camel case, with a digit or shaped like a
    domain; or one of `products`. Neighbouring words of that kind and version numbers belong to one name.

    Args:
        sentence: one sentence.
        products: names known beforehand, in lower case, of one or two words.
    """
    if not products and not _MAY_NAME.search(sentence):
        return []
    found = list(_TOKEN.finditer(sentence))
    words = [token.group() for token in found]
    shouted = _is_shouted(words)
    names: list[Span] = []
    known_until = 0
    for at, text in enumerate(words):
        start = found[at].start()
        if products and at + 1 < len(words) and f"{text} {words[at + 1]}".lower() in products:
            known_until = found[at + 1].end()
        beside = bool(names) and names[-1][1] == start - 1 and sentence[start - 1] in " -"
        if _is_plain(text) and start >= known_until and text not in products and not beside:
            continue
        word = _Word(sentence, start, text)
        if beside and _VERSION.fullmatch(word.text):
            names[-1] = (names[-1][0], word.end)
        elif (
            start < known_until
            or word.lower in products
            or (word.has_form_of_name and not word.is_in_address)
            or (word.is_capital and not word.begins and not shouted)
        ):
            names[-1:] = [(names[-1][0], word.end)] if beside else [*names[-1:], (start, word.end)]
    return names


def find_product_names(texts: Sequence[str], least_documents: int = 3) -> tuple[str, ...]:
    """Return the words and two-word names that `texts` use like products, the most widely used first.

    A name is kept where at least `least_documents` texts write it with a capital (or in camel case) inside a sentence,
    most uses inside sentences do so, and it stands after words like "use", "try", "switched to", "bought" at least as
    often as after those that go with places or people.

    Args:
        texts: documents or posts, each counted once.
        least_documents: fewest texts that name it.
    """
    counts = _Counts()
    for text in texts:
        counts.add(text)
    names = [key for key, found in counts.named.items() if found >= least_documents and counts.is_product(key)]
    kept = [key for key in names if not counts.is_part_of_longer(key)]
    kept.sort(key=lambda key: (-counts.named[key], key))
    return tuple(counts.forms[key].most_common(1)[0][0] for key in kept)


class _Word:
    """One word of a line, with what its form and place say of it."""

    __slots__ = ("begins", "end", "has_form_of_name", "is_capital", "is_in_address", "lower", "start", "text")

    def __init__(self, line: str, start: int, text: str) -> None:
        self.text = text.removesuffix("'s").removesuffix("’s")
        self.start, self.end = start, start + len(self.text)
        self.lower = self.text.lower()
        self.has_form_of_name = has_form_of_name(self.text)
        self.is_capital = self.text[0].isupper() and self.lower not in _NO_NAMES and len(self.text) > 1
        before = line[max(0, start - 4) : start].rstrip(" \t'\"“‘*_([-–—")
        self.begins = not before or before[-1] in ".!?:;…\n>|•)"
        self.is_in_address = start > 0 and line[start - 1] in "/@"

    @property
    def may_be_name(self) -> bool:
        return self.is_capital or self.has_form_of_name


@lru_cache(maxsize=65536)
def has_form_of_name(word: str) -> bool:
    """Say whether a word's form alone makes it a name: camel case, letters with a digit, a domain."""
    if word.lower() in _NO_NAMES or _MEASURE.fullmatch(word):
        return False
    if _CAMEL.fullmatch(word) or _DOMAIN.fullmatch(word.lower()):
        return True
    return word[0].isupper() and any(map(str.isdigit, word)) and "." not in word and "/" not in word


def _is_plain(word: str) -> bool:
    return word.islower() and "." not in word


def _is_shouted(words: Sequence[str]) -> bool:
    """Say whether capitals tell nothing: a title, or somebody shouting."""
    long = [word for word in words if len(word) > 3]
    title = len(long) > 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)
    return title or (len(words) > 2 and all(word.isupper() for word in words))


class _Counts:
    """How often, and after which words, each word and pair of capitalised words is used inside sentences."""

    def __init__(self) -> None:
        self.named: Counter[str] = Counter()
        self.forms: dict[str, Counter[str]] = {}
        self._inside: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._used: Counter[str] = Counter()
        self._hinted: Counter[str] = Counter()
        self._with_article: Counter[str] = Counter()
        self._elsewhere: Counter[str] = Counter()
        self._in_pair: Counter[str] = Counter()

    def add(self, text: str) -> None:
        named: set[str] = set()
        for line in text.splitlines():
            found = list(_TOKEN.finditer(line))
            words = [token.group() for token in found]
            if not words or _is_shouted(words):
                continue
            plain = [_is_plain(word) for word in words]
            self._inside.update(word for word, is_plain in zip(words, plain, strict=True) if is_plain)
            for at, token in enumerate(found):
                if not plain[at] and not words[at].isdigit():
                    named.update(self._add_word(line, words, _Word(line, token.start(), words[at]), at))
        self.named.update(named)

    def is_product(self, key: str) -> bool:
        """Say whether the uses of `key` are those of a product."""
        used = self._used[key] + _HINT * self._hinted[key]
        form = self.forms[key].most_common(1)[0][0]
        acronym = form.removesuffix("s").isupper()
        least_capital = _LEAST_CAMEL_SHARE if has_form_of_name(form) else _LEAST_CAPITAL_SHARE
        # Where a name is rare a hint must do; where it is not, somebody says that he uses it.
        if not self._used[key] and self.named[key] > 2:
            return False
        return (
            self._capital[key] >= least_capital * self._inside[key]
            and used >= max(_HINT, _LEAST_USED_SHARE * self.named[key], _LEAST_USED_TO_ELSEWHERE * self._elsewhere[key])
            and not (acronym and self._with_article[key] > _MOST_ARTICLES_OF_ACRONYM * self._capital[key])
        )

    def is_part_of_longer(self, key: str) -> bool:
        """Say whether `key` stands in a two-word name nearly always."""
        return self._in_pair[key] > 0.6 * self._capital[key]

    def _add_word(self, line: str, words: Sequence[str], word: _Word, at: int) -> Iterator[str]:
        if word.begins and not word.has_form_of_name:
            return
        self._inside[word.lower] += 1
        if not word.may_be_name:
            return
        yield self._count(word.lower, word.text, words, at, at + 1)
        if at + 1 < len(words) and line.startswith(f" {words[at + 1]}", word.end):
            following = _Word(line, word.end + 1, words[at + 1])
            if following.may_be_name:
                key = f"{word.lower} {following.lower}"
                self._inside[key] += 1
                self._in_pair.update((word.lower, following.lower))
                yield self._count(key, f"{word.text} {following.text}", words, at, at + 2)

    def _count(self, key: str, form: str, words: Sequence[str], first: int, after: int) -> str:
        self._capital[key] += 1
        self.forms.setdefault(key, Counter())[form] += 1
        back = first - 1
        while back >= max(0, first - 2) and words[back].lower() in _BETWEEN:
            back -= 1
        before = words[back].lower() if back >= 0 else ""
        earlier = words[back - 1].lower() if back >= 1 else ""
        beside = words[first - 1].lower() if first else ""
        self._with_article[key] += beside in _ARTICLES
        if before in _USING or (before == "to" and earlier in _GOING_TO):
            self._used[key] += 1
        elif before in _PLACES or before in _PEOPLE or (after < len(words) and words[after].lower() in _SAYING):
            self._elsewhere[key] += 1
        elif beside in _ARTICLES or beside == "on":
            self._hinted[key] += 1
        return key
