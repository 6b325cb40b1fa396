"""The only room that opens a socket: polite, patient, and never led into a private network."""

from overheard.web.fetch import Fetcher
from overheard.web.hosts import Host

__all__ = ["Fetcher", "Host"]
