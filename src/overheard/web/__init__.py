"""The only room that opens a socket: polite, patient, and never led into a private network."""

from overheard.web.fetch import Fetcher
from overheard.web.hosts import Host
from overheard.web.llm import ModelAnswerError, ask_model
from overheard.web.notify import NoticeError, mail_notice, post_notice

__all__ = ["Fetcher", "Host", "ModelAnswerError", "NoticeError", "ask_model", "mail_notice", "post_notice"]
