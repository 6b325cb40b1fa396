"""How many words does a real transcript hold? Counted by patterns alone, without any reader of the project."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORD = re.compile(r"[^\W_]+")
_TIMES = re.compile(r"^\W*\d+:\d\d(?::\d\d)?\W+", re.MULTILINE)
_STAMPED_NAME = re.compile(r"^([A-Z][A-Za-z]*(?: [A-Z][a-z]+)?)\s+\d+:\d\d\s*$", re.MULTILINE)
_BOLD_NAME = re.compile(r"^\*\*[^*\n]{1,40}\*\*:?(?:\s*\\?\[[\d:.]+\\?\]|\s+[\d:]+\s*$)?", re.MULTILINE)


def count_spoken(path: Path) -> Counter[str]:
    """Count the words of one file of the collection, by the format its folder is named after."""
    text = path.read_text(encoding="utf-8-sig")
    return Counter(WORD.findall(html.unescape(_SPOKEN[path.parent.name](text))))


def _webvtt(text: str) -> str:
    lines = [line for line in text.splitlines() if "-->" not in line and not line.startswith("WEBVTT")]
    return re.sub(r"<[^>]*>", " ", "\n".join(lines))


def _markdown(text: str) -> str:
    names = set(_STAMPED_NAME.findall(text))
    text = re.sub(r"\\?\[\d+:\d\d[\d:.]*\\?\]", " ", _BOLD_NAME.sub(" ", _STAMPED_NAME.sub(" ", text)))
    return "\n".join(line for line in text.splitlines() if line.strip() not in names and not line.startswith("# "))


def _timed(text: str) -> str:
    return _TIMES.sub("", text)


def _coded(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return re.sub(r"^\[[\d:]+\] \[\w+\]", "", "\n".join(lines), flags=re.MULTILINE)


def _questions(text: str) -> str:
    return re.sub(r"^(?:Pergunta \d+|Resposta):", "", text, flags=re.MULTILINE)


def _json(find: Callable[[Any], str]) -> Callable[[str], str]:
    return lambda text: find(json.loads(text))


def _google(data: Any) -> str:
    """The last result says everything again where speakers are told apart."""
    said = [result["alternatives"][0] for result in data["results"] if "alternatives" in result]
    told = [one for one in said if any(word.get("speakerTag") for word in one.get("words", []))]
    return " ".join(word["word"] for word in told[-1]["words"]) if told else " ".join(one["transcript"] for one in said)


def _watson(data: Any) -> str:
    said = [row["alternatives"][0]["transcript"] for row in data["results"][0]["results"]]
    return " ".join(said).replace("%HESITATION", " ")


_SPOKEN: dict[str, Callable[[str], str]] = {
    "vtt": _webvtt,
    "vtt_speaker_synthetic": _webvtt,
    "timestamped_txt": _timed,
    "markdown_bold": _markdown,
    "pii_synthetic": _coded,
    "plain_qa_notes": _questions,
    "assemblyai_json": _json(lambda data: data["text"]),
    "aws_transcribe_json": _json(lambda data: data["results"]["transcripts"][0]["transcript"]),
    "bbc_kaldi_json": _json(lambda data: data["retval"]["punct"]),
    "deepgram_json": _json(lambda data: data["results"]["channels"][0]["alternatives"][0]["transcript"]),
    "google_stt_json": _json(_google),
    "ibm_watson_json": _json(_watson),
    "whisper_json": _json(lambda data: data["text"]),
}
