"""Asks a language model behind an OpenAI-compatible endpoint one question.

The endpoint is the owner's word: https, or http on this machine. It is not followed elsewhere, its answer is limited in
size and time, and it is given no tools. The key is a secret: no error and no log line holds it.
"""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import urlsplit

import httpx2

from overheard.errors import OverheardError
from overheard.settings import LlmSettings
from overheard.web.addresses import make_transport
from overheard.web.bodies import ENCODINGS, read_body
from overheard.web.notify import is_this_machine

logging.getLogger("httpx2").setLevel(logging.WARNING)

MOST_BYTES = 200_000
MOST_TOKENS = 400
"""Of an answer; what is asked for takes a tenth."""


class ModelAnswerError(OverheardError):
    """The model could not be asked, or its answer is none; names no key."""


def ask_model(settings: LlmSettings, instruction: str, question: str, key: str, allow_private: bool = False) -> str:
    """Ask, and return what it answers, unchecked.

    Args:
        settings: whom.
        instruction: ours.
        question: what is asked, with strangers' text in it as data.
        key: a bearer token, "" for none.
        allow_private: as [web] of the market says; this machine is allowed where `url` names it.

    Raises:
        ModelAnswerError: the address is none of these, nobody answered in time, or the answer holds no text.
    """
    address, is_here = _address(settings.url)
    body = {
        "model": settings.model,
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "stream": False,
        "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": question}],
    }
    headers = {"Content-Type": "application/json", "Accept-Encoding": ENCODINGS}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace")
    transport = make_transport(allow_private or is_here)
    timeout = settings.timeout_seconds
    try:
        with (
            httpx2.Client(timeout=timeout, transport=transport, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, content=content, headers=headers) as answer,
        ):
            if not answer.is_success:
                raise ModelAnswerError(
                    f"the model's endpoint answered {answer.status_code}; check [llm] url and the key"
                )
            told = read_body(answer, MOST_BYTES, timeout)
    except ModelAnswerError:
        raise
    except OverheardError:
        raise ModelAnswerError("the model's answer is too large or too slow, or [llm] url is private") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise ModelAnswerError(f"the model cannot be reached ({type(error).__name__}); check [llm] url") from None
    return _text_of(told)


def _address(url: str) -> tuple[str, bool]:
    """Return the address to ask and whether it is on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    is_here = is_this_machine(host)
    if not host or "@" in parts.netloc or not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
        raise ModelAnswerError("[llm] url is not https, nor http on this machine; correct it, without a password in it")
    return f"{url.rstrip('/')}/chat/completions", is_here


def _text_of(body: bytes) -> str:
    try:
        told: Any = json.loads(body)
        text = told["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise ModelAnswerError("the model's answer holds no text; check that [llm] url speaks the OpenAI protocol")
    return text
