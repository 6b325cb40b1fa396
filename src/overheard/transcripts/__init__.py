"""Transcripts of interviews and talks become posts: who said what, in which order, from which second on."""

from overheard.transcripts.parts import names_nobody
from overheard.transcripts.read import read_transcript

__all__ = ["names_nobody", "read_transcript"]
