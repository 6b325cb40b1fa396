"""Page or payload to posts: one reader per engine or API, and one that goes by the structure of any thread page."""

from overheard.forums.address import address_of, payload_address, thread_of
from overheard.forums.read import NO_PAGE, engine_of, follow_page, read_page

__all__ = ["NO_PAGE", "address_of", "engine_of", "follow_page", "payload_address", "read_page", "thread_of"]
