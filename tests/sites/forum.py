"""An invented forum and what happens in it between two nights. How its pages look is up to the modules beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

BOARDS = ("Frames and boxes", "Motors and batteries", "Rides with children")
AUTHORS = tuple(
    """
Oda Brink|wheelwright7|Tamsin Rook|kettle_and_chain|J. Pfau|milo.k|Grandad Spokes|Ines Varga|boxbike_bo|Saltmarsh
Petra L.|rainproof|Yusuf Ameln|three_on_board|Lena Korhonen|torque Tom|Priya N|hillstart|Bram v. d. Meer|nightshift
Óscar Ruiz|Zoë|low_rider_22|Astrid Å.|crumbs in the box
""".strip()
    .replace("\n", "|")
    .split("|")
)
_OPENERS = (
    """
My cargo bike|The front box|The rear hub motor|Our second battery|The rain tent|The parking stand|The steering linkage
The child bench|The chain tensioner|The brake on the left|The wiring under the box|The charger in the shed
""".strip()
    .replace("\n", "|")
    .split("|")
)
_VERBS = (
    """
rattles on every kerb|lost its thread after a winter|cuts out on the first hill|takes an hour to take apart
leaks at the seam|bends when both children climb in|costs more than the frame|squeals when it is wet
needs a tool nobody sells|froze solid last night|works again since the new bolts|came without a manual
""".strip()
    .replace("\n", "|")
    .split("|")
)
_ENDINGS = (
    """
and I have tried everything in the manual|so we walked home|and the shop wants 140 € for it|but only below 5 °C
and I would pay for one that lasts|which the seller never mentioned|and now it holds|so I wrote to the maker
& nobody answers|even though it was serviced in May|and it takes me a whole Saturday|until I greased it
""".strip()
    .replace("\n", "|")
    .split("|")
)
_QUESTIONS = (
    """
Has anybody fixed this?|What do you use instead?|Is there a part that fits?|How long did yours last?
Which torque did you set?|Where did you order it?
""".strip()
    .replace("\n", "|")
    .split("|")
)


@dataclass(frozen=True)
class Said:
    """What a reader should find: `own` is the author's own words, without what they quote."""

    own: str
    author: str
    said_at: datetime
    url: str
    thread: str


@dataclass
class Post:
    """One post. `number` counts from 1 in its thread and is never given twice; a quotation keeps the words it took."""

    post_id: int
    number: int
    author: str
    said_at: datetime
    paragraphs: tuple[str, ...]
    quoted: Post | None = None
    quoted_words: str = ""
    edits: int = 0

    @property
    def own(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass
class Thread:
    """A thread with its posts, oldest first."""

    thread_id: int
    board: int
    title: str
    posts: list[Post]
    is_sticky: bool = False
    posts_ever: int = 0

    @property
    def last(self) -> Post:
        return self.posts[-1]


@dataclass
class Forum:
    """Threads by id. Time goes on with every post."""

    seed: int = 3
    threads: dict[int, Thread] = field(default_factory=dict)
    now: datetime = datetime(2024, 1, 8, 7, 30, tzinfo=UTC)
    posts_ever: int = 100
    threads_ever: int = 10

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)
        self._used: set[str] = set()

    def open_thread(self, board: int, is_sticky: bool = False) -> Thread:
        """Begin a thread with its first post."""
        self.threads_ever += 1
        subject = f"{self._chance.choice(_OPENERS)} {self._chance.choice(_VERBS)}"
        thread = Thread(self.threads_ever, board, f"{subject} (no. {self.threads_ever})", [], is_sticky)
        self.threads[thread.thread_id] = thread
        self.reply(thread.thread_id)
        return thread

    def reply(self, thread_id: int, text: str = "") -> Post:
        """Add a post to a thread; now and then it quotes an earlier one."""
        thread = self.threads[thread_id]
        self.posts_ever += 1
        self.now += timedelta(minutes=self._chance.randint(11, 900))
        quoted = self._chance.choice(thread.posts) if thread.posts and self._chance.random() < 0.25 else None
        thread.posts_ever += 1
        post = Post(
            self.posts_ever,
            thread.posts_ever,
            self._chance.choice(AUTHORS),
            self.now,
            (text,) if text else self._invent(),
            quoted,
            quoted.paragraphs[0] if quoted else "",
        )
        thread.posts.append(post)
        return post

    def edit(self, post_id: int, text: str) -> Post:
        """Replace what a post says; neither its date nor its place changes."""
        _, post = self.find_post(post_id)
        post.paragraphs = (text,)
        post.edits += 1
        return post

    def delete_post(self, post_id: int) -> None:
        """Take a post out of its thread."""
        thread, post = self.find_post(post_id)
        thread.posts.remove(post)

    def delete_thread(self, thread_id: int) -> None:
        """Take a thread away with all its posts."""
        del self.threads[thread_id]

    def find_post(self, post_id: int) -> tuple[Thread, Post]:
        """Return a post and the thread it stands in."""
        return next((thread, post) for thread, post in self.every_post() if post.post_id == post_id)

    def every_post(self) -> Iterator[tuple[Thread, Post]]:
        """Each post with its thread, thread by thread."""
        return ((thread, post) for thread in self.threads.values() for post in thread.posts)

    def listed(self, board: int | None = None) -> list[Thread]:
        """Threads as a listing shows them: sticky ones first, then those last written in."""
        found = [thread for thread in self.threads.values() if board is None or thread.board == board]
        return sorted(found, key=lambda thread: (not thread.is_sticky, -thread.last.post_id))

    def _invent(self) -> tuple[str, ...]:
        while True:
            paragraphs = tuple(self._paragraph() for _ in range(self._chance.choice((1, 1, 2))))
            if "\n".join(paragraphs) not in self._used:
                self._used.add("\n".join(paragraphs))
                return paragraphs

    def _paragraph(self) -> str:
        parts = (self._chance.choice(_OPENERS), self._chance.choice(_VERBS), self._chance.choice(_ENDINGS))
        question = f" {self._chance.choice(_QUESTIONS)}" if self._chance.random() < 0.3 else ""
        return f"{' '.join(parts)}.{question}"


def make_forum(threads: int = 30, most_posts: int = 12, seed: int = 3) -> Forum:
    """Make a forum whose threads have 1 to `most_posts` posts, most of them few; every tenth is sticky."""
    forum = Forum(seed)
    chance = Random(f"{seed} sizes")
    for number in range(threads):
        thread = forum.open_thread(number % len(BOARDS), is_sticky=number % 10 == 4)
        for _ in range(min(most_posts, 1 + int(chance.expovariate(1 / 4))) - 1):
            forum.reply(thread.thread_id)
    return forum


def change_overnight(forum: Forum) -> dict[str, int]:
    """Let a night pass: new replies, a new thread, an edited post, a deleted post, a deleted thread.

    Returns:
        What changed: ids of threads and posts by what happened to them.
    """
    by_size = sorted(forum.threads.values(), key=lambda thread: (len(thread.posts), thread.thread_id))
    longest, small, middle, gone = by_size[-1], by_size[0], by_size[len(by_size) // 2], by_size[1]
    edited = longest.posts[1].post_id
    deleted = middle.posts[len(middle.posts) // 2].post_id
    forum.reply(longest.thread_id, "Thank you all, the new bolts have held for a week.")
    forum.reply(small.thread_id, "Same here, and I wrote to the maker as well.")
    opened = forum.open_thread(1)
    forum.edit(edited, "Edited: it was the bearing after all, not the motor.")
    forum.delete_post(deleted)
    forum.delete_thread(gone.thread_id)
    return {
        "replied": longest.thread_id,
        "replied too": small.thread_id,
        "opened": opened.thread_id,
        "edited post": edited,
        "deleted post": deleted,
        "shortened": middle.thread_id,
        "deleted": gone.thread_id,
    }
