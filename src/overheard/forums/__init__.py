"""Page or payload to posts: one reader per engine or API, and one that goes by the structure of any thread page."""

from overheard.forums.address import address_of, thread_of
from overheard.forums.read import read_page

__all__ = ["address_of", "read_page", "thread_of"]
