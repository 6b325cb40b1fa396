"""Thread pages to read, with what is on them: invented talks, poured into layouts written by hand after real ones.

A layout is a page with `<!--each-->…<!--/each-->` around one post; `<!--first-->…<!--/first-->` is the first post where
that looks otherwise, `<!--sig-->…<!--/sig-->` is shown for those who sign, and `<!--ad-->…<!--/ad-->` stands between
posts. Its first line may name the language of the talk. What is in braces is filled in; see `_Filler`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent
LAYOUTS = sorted(path.stem for path in (FOLDER / "layouts").glob("*.html"))
FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ja": "月 火 水 木 金 土 日",
}
_PARTS = {
    "nav": '<ul class="nav"><li><a href="/">Home</a></li><li><a href="/members/">Members</a></li>'
    '<li><a href="/search">Search</a></li><li><a href="/login">Log in</a></li></ul>',
    "recent": '<div class="widget recent"><h3>Recent threads</h3><ul>'
    '<li><a href="/t/91">Smoker will not stay lit</a> by <a href="/members/9">Nell</a> on 3 May 2022</li>'
    '<li><a href="/t/92">Where to buy oak dowels</a> by <a href="/members/8">Hob</a> on 2 May 2022</li>'
    '<li><a href="/t/93">A mouse in the feeder</a> by <a href="/members/7">Ulla</a> on 1 May 2022</li></ul></div>',
    "form": '<form action="/reply" method="post"><fieldset><legend>Quick reply</legend><label>Name</label>'
    '<input name="author"><label>Message</label><textarea name="comment" rows="7"></textarea>'
    '<input type="submit" value="Post reply"></fieldset></form>',
    "online": '<div class="online"><h4>Who is online</h4><a href="/members/ann.1/">ann</a>, '
    '<a href="/members/bert.2/">bert</a>, <a href="/members/cleo.3/">cleo</a> and 14 guests</div>',
}


@dataclass(frozen=True)
class Said:
    """One post as its page shows it; `said_at` is midnight where no time is shown, None where no date is."""

    text: str
    author: str
    said_at: datetime | None


@dataclass(frozen=True)
class Talk:
    """A talk in one language."""

    title: str
    names: list[str]
    texts: list[str]


@cache
def talk_in(language: str) -> Talk:
    """Read the talk in one language."""
    title, names, *texts = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    return Talk(title.removeprefix("Thread: "), names.removeprefix("Names: ").split(", "), texts)


def make_thread(name: str, count: int) -> tuple[str, list[Said]]:
    """Pour `count` posts of a talk into a layout; return the page and its posts."""
    layout = (FOLDER / "layouts" / f"{name}.html").read_text("utf-8")
    told = re.match(r"<!-- (\w\w)\b.*-->\n", layout)
    language = told[1] if told else "en"
    layout = layout[told.end() :] if told else layout
    talk = talk_in(language)
    chance = Random(f"{name} {count}")
    filler = _Filler(language, talk, chance)
    before, each, after = re.split(r"<!--/?each-->", layout)
    before, *first = re.split(r"<!--/?first-->", before)
    advert = re.search(r"<!--ad-->(.*?)<!--/ad-->", after, re.DOTALL)
    after = after.replace(advert[0], "") if advert else after
    pages, said = [filler.fill(before)], []
    first_text = chance.randrange(2) if len(talk.texts) > count + 1 else 0
    for number in range(count):
        filler.next_post(talk.texts[(first_text + number) % len(talk.texts)])
        pages.append(filler.fill(first[0] if first and not number else each))
        said.append(filler.said(first[0] if first and not number else each))
        if advert and number % 3 == 1:
            pages.append(advert[1])
    return "".join([*pages, filler.fill(after)]), said


class _Filler:
    """Knows what is put where a layout says {author}, {date:%d %B %Y}, {text}, {id}, {n} …"""

    def __init__(self, language: str, talk: Talk, chance: Random) -> None:
        self.language, self.talk, self.chance = language, talk, chance
        self.number = 0
        self.message_id = chance.randrange(300, 90000)
        self.at = datetime(2021, chance.randrange(1, 12), chance.randrange(1, 28), 7, 30, tzinfo=UTC)
        self.text = self.author = ""

    def next_post(self, text: str) -> None:
        self.number += 1
        self.message_id += self.chance.randrange(1, 40)
        self.at += timedelta(minutes=self.chance.randrange(3, 4000))
        self.text = text
        names = self.talk.names
        self.author = names[0] if self.number == 1 else self.chance.choice(names)

    def said(self, template: str) -> Said:
        shown = "".join(re.findall(r"\{date:([^}]*)\}", template))
        at = self.at.replace(second=self.at.second if "%S" in shown else 0)
        if "{ago}" in template:
            at = FETCHED - timedelta(days=(FETCHED - self.at).days)
        elif "{iso}" not in template and "{epoch}" not in template and "%M" not in shown:
            at = at.replace(hour=0, minute=0)
        dated = shown or "{ago}" in template
        return Said(self.text.replace(" | ", "\n\n"), self.author, at if dated else None)

    def fill(self, template: str) -> str:
        signs = self.author in self.talk.names[1:3]
        template = re.sub(r"<!--sig-->(.*?)<!--/sig-->", r"\1" if signs else "", template, flags=re.DOTALL)
        return re.sub(r"\{(\w+)(?::([^}]*))?\}", self._value, template)

    def _value(self, found: re.Match[str]) -> str:
        name, form = found[1], found[2] or ""
        if name in _PARTS:
            return _PARTS[name]
        uid = 100 + self.talk.names.index(self.author) if self.author else 0
        values = {
            "title": self.talk.title,
            "author": self.author,
            "uid": str(uid),
            "slug": f"user-{uid}",
            "id": str(self.message_id),
            "n": str(self.number),
            "odd": str(1 + self.number % 2),
            "count": str(uid * 7 % 400 + 3),
            "iso": self.at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
            "epoch": str(int(self.at.timestamp())),
            "ago": str((FETCHED - self.at).days),
            "sig": "Three hives, one ladder, no plan. See my shed on the web.",
            "text": self._marked(form),
            "date": self._printed(form),
        }
        return values.get(name, found[0])

    def _marked(self, form: str) -> str:
        paragraphs = self.text.split(" | ")
        if form == "p":
            return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return ("\n\n" if form == "plain" else "<br><br>").join(paragraphs)

    def _printed(self, form: str) -> str:
        months = _MONTHS.get(self.language, _MONTHS["en"]).split()
        weekdays = _WEEKDAYS.get(self.language, _WEEKDAYS["en"]).split()
        month, weekday = months[self.at.month - 1], weekdays[self.at.weekday()]
        form = form.replace("%B", month).replace("%b", month[:3])
        return self.at.strftime(form.replace("%A", weekday).replace("%a", weekday[:3]))
