"""What bytes did the server send? Unpacked piece by piece, so that no limit is passed before it is noticed."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import httpx2

from overheard.errors import FetchError

ENCODINGS = "gzip, identity"
"""What we ask for: what we can unpack with a limit."""

_PIECE = 1_000_000
_GZIP = 31  # zlib's window bits for a gzip header


def read_body(response: httpx2.Response, most_bytes: int, most_seconds: float, cut: bool = False) -> bytes:
    """Read a response's body.

    Args:
        response: being streamed.
        most_bytes: unpacked.
        most_seconds: from now on; a server that drips is left.
        cut: return the first `most_bytes` of a larger body instead of refusing it.

    Raises:
        FetchError: the body is too large, drips too slowly, or is packed in a way we did not ask for.
        httpx2.RemoteProtocolError: the packed body ends before its end or is damaged; worth another try.
    """
    url = response.url
    ends_at = time.monotonic() + most_seconds
    body = bytearray()
    for piece in _unpacked(response):
        body += piece
        if len(body) > most_bytes:
            if cut:
                return bytes(body[:most_bytes])
            raise FetchError(f"{url}: larger than {most_bytes / 1e6:.1f} MB; raise [web] largest_megabytes")
        if time.monotonic() > ends_at:
            raise FetchError(f"{url}: took longer than {most_seconds:.0f} s; try another night")
    return bytes(body)


def _unpacked(response: httpx2.Response) -> Iterator[bytes]:
    """Yield the body in pieces of bounded size; an empty piece says that time passes."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip"):
        raise FetchError(f"{response.url}: is packed as {encoding[:40]!r}, which was not asked for")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for piece in response.iter_raw():
            yield b""
            while piece:
                if unpacker.eof:  # gzip files may follow each other
                    unpacker = zlib.decompressobj(_GZIP)
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error:
        raise httpx2.RemoteProtocolError("the packed body is damaged") from None
    if not unpacker.eof:
        raise httpx2.RemoteProtocolError("the packed body ends before its end")
