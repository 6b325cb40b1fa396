"""Where does this site's odd theme keep its posts? The market's own CSS selectors, before any reader."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.errors import BadInputError, UnreadableError
from overheard.forums.elements import MarkedPage
from overheard.forums.layouts import Layout, is_selector, read_layout
from overheard.forums.reader import Content
from overheard.records import Reading
from overheard.settings import SelectorSettings


def read_selected(content: Content, selectors: SelectorSettings) -> Sequence[Reading]:
    """Read a web page by the market's selectors.

    What a selector names and a post does not have is not there; what has no selector is told by the structure of the
    page, as on any page.

    Args:
        content: a web page.
        selectors: where its theme keeps what.

    Raises:
        BadInputError: a selector is no CSS.
        UnreadableError: no element with words fits.
    """
    layout = layout_of(selectors)
    page = MarkedPage(content)
    posts = read_layout(page, content, layout, is_whole=True)
    if not posts:
        raise UnreadableError(content.url, *_missing(page, layout))
    return (Reading(page.title, tuple(posts), page.problems),)


def layout_of(selectors: SelectorSettings) -> Layout:
    """Turn the market's selectors into a layout.

    Raises:
        BadInputError: a selector is no CSS; names it.
    """
    told = {name: value for name, value in selectors.model_dump().items() if value is not None}
    for name, value in told.items():
        if not is_selector(value):
            raise BadInputError(f"selectors.{name}", f"{value!r} is no CSS selector", "correct it in market.toml")
    return Layout(**told)


def _missing(page: MarkedPage, layout: Layout) -> tuple[str, str]:
    """Say which selector found nothing, and the mend."""
    if page.first(layout.post) is None:
        return (
            f"nothing on the page is what selectors.post = {layout.post!r} names",
            "correct it, or leave the page out",
        )
    what = f"no post has words in what selectors.text = {layout.text!r} names"
    return what, "correct it: it is looked for inside each post"
