"""What programs that recognise speech answer, each in its own JSON: the same conversation in all of them."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts import read_transcript

Json = Any

SAID = [("A", "How is the boat?", 1.0), ("B", "She leaks.", 4.5), ("A", "Since when?", 62.25)]
URLS = ["#t=00:00:01", "#t=00:00:04", "#t=00:01:02"]


def read(payload: Json) -> Reading:
    return read_transcript("talk.json", json.dumps(payload).encode())


def words() -> list[tuple[str, str, float, float]]:
    """Each word with its speaker, start and end; signs stand on the words."""
    found = []
    for speaker, text, start in SAID:
        for number, word in enumerate(text.split()):
            found.append((word, speaker, start + number / 2, start + number / 2 + 0.4))
    return found


def signed() -> list[tuple[str, str, float | None]]:
    """Words and signs apart."""
    found: list[tuple[str, str, float | None]] = []
    for word, speaker, start, _ in words():
        found.append((word.rstrip(".?"), speaker, start))
        if word[-1] in ".?":
            found.append((word[-1], speaker, None))
    return found


def ticks(seconds: float) -> int:
    return int(seconds * 10_000_000)


def milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


SEGMENTS = [{"start": start, "end": start + 2, "text": f" {text}", "speaker": who} for who, text, start in SAID]
CHUNKS = [{"timestamp": [start, None], "text": f" {text}", "speaker": who} for who, text, start in SAID]
NUMBERS = {"A": 0, "B": 1}


PAYLOADS: dict[str, Json] = {
    "WhisperX": {"segments": SEGMENTS, "word_segments": [{"word": word} for word, *_ in words()]},
    "WhisperX, speakers on words": {
        "segments": [
            {
                "start": 0,
                "end": 70,
                "text": "all of it",
                "words": [{"word": word, "start": at, "speaker": who} for word, who, at, _ in words()],
            }
        ]
    },
    "insanely-fast-whisper": {"speakers": CHUNKS, "chunks": [], "text": "all of it"},
    "AssemblyAI": {
        "id": "1",
        "status": "completed",
        "audio_duration": 70,
        "words": [{"text": word, "start": milliseconds(at), "speaker": who} for word, who, at, _ in words()],
        "utterances": [{"speaker": who, "text": text, "start": milliseconds(start)} for who, text, start in SAID],
    },
    "AssemblyAI, words alone": {
        "status": "completed",
        "utterances": None,
        "words": [{"text": word, "start": milliseconds(at), "speaker": who} for word, who, at, _ in words()],
    },
    "Deepgram": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": "all of it",
                            "words": [
                                {"word": word.lower(), "punctuated_word": word, "start": at, "speaker": NUMBERS[who]}
                                for word, who, at, _ in words()
                            ],
                        }
                    ]
                }
            ],
            "utterances": [{"transcript": "all of it", "speaker": 0}],
        }
    },
    "Deepgram, utterances alone": {
        "results": {
            "channels": [{"alternatives": [{"transcript": "all of it"}]}],
            "utterances": [{"transcript": text, "start": start, "speaker": who} for who, text, start in SAID],
        }
    },
    "Deepgram, paragraphs": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "paragraphs": {
                                "paragraphs": [
                                    {"speaker": NUMBERS[who], "sentences": [{"text": text, "start": start}]}
                                    for who, text, start in SAID
                                ]
                            }
                        }
                    ]
                }
            ]
        }
    },
    "Deepgram, two channels": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {"words": [{"word": word, "start": at} for word, who, at, _ in words() if who == channel]}
                    ]
                }
                for channel in "AB"
            ]
        }
    },
    "Amazon, speakers beside the items": {
        "jobName": "boats",
        "status": "COMPLETED",
        "results": {
            "transcripts": [{"transcript": "all of it"}],
            "speaker_labels": {
                "segments": [
                    {"speaker_label": who, "items": [{"start_time": str(at), "speaker_label": who}]}
                    for _, who, at in signed()
                    if at is not None
                ]
            },
            "items": [
                {"type": "pronunciation", "start_time": str(at), "alternatives": [{"content": word}]}
                if at is not None
                else {"type": "punctuation", "alternatives": [{"content": word}]}
                for word, _, at in signed()
            ],
        },
    },
    "Amazon, speakers on the items": {
        "results": {
            "transcripts": [],
            "items": [
                {"type": "pronunciation", "start_time": str(at), "speaker_label": who, "alternatives": [{"content": w}]}
                if at is not None
                else {"type": "punctuation", "speaker_label": who, "alternatives": [{"content": w}]}
                for w, who, at in signed()
            ],
        }
    },
    "Amazon, segments alone": {
        "results": {
            "transcripts": [],
            "audio_segments": [
                {"transcript": text, "start_time": str(start), "speaker_label": who} for who, text, start in SAID
            ],
        }
    },
    "Google": {
        "results": [
            {"alternatives": [{"transcript": "all of it", "words": [{"word": word} for word, *_ in words()[:4]]}]},
            {"alternatives": [{"transcript": " of it", "words": [{"word": word} for word, *_ in words()[4:]]}]},
            {
                "alternatives": [
                    {
                        "words": [
                            {"word": word, "startTime": f"{at:.3f}s", "speakerTag": NUMBERS[who] + 1}
                            for word, who, at, _ in words()
                        ]
                    }
                ]
            },
        ]
    },
    "Google v2": {
        "results": [
            {
                "alternatives": [
                    {
                        "words": [
                            {"word": word, "startOffset": {"seconds": str(int(at)), "nanos": 0}, "speakerLabel": who}
                            for word, who, at, _ in words()
                        ]
                    },
                    {"words": [{"word": "other"}]},
                ]
            }
        ]
    },
    "Watson": {
        "result_index": 0,
        "results": [
            {"final": False, "alternatives": [{"transcript": "how", "timestamps": [["how", 1.0, 1.1]]}]},
            *(
                {
                    "final": True,
                    "alternatives": [
                        {"transcript": "", "timestamps": [[w, at, end], ["%HESITATION", end, end + 0.05]]}
                    ],
                }
                for w, _, at, end in words()
            ),
        ],
        "speaker_labels": [{"from": at, "to": end, "speaker": NUMBERS[who]} for _, who, at, end in words()],
    },
    "Speechmatics": {
        "format": "2.9",
        "results": [
            {"type": "word", "start_time": at, "alternatives": [{"content": word, "speaker": f"S{who}"}]}
            if at is not None
            else {"type": "punctuation", "attaches_to": "previous", "alternatives": [{"content": word}]}
            for word, who, at in signed()
        ],
    },
    "Speechmatics v1": {
        "speakers": [{"time": str(start), "duration": "2", "name": who} for who, _, start in SAID],
        "words": [{"name": word, "time": str(at or 0), "duration": "0.1"} for word, _, at in signed()],
    },
    "Kaldi": {
        "retval": {
            "words": [{"word": word.lower(), "punct": word, "start": at, "end": end} for word, _, at, end in words()],
            "segmentation": {
                "segments": [{"start": start, "duration": 2, "speaker": {"@id": who}} for who, _, start in SAID]
            },
        }
    },
    "Rev": {
        "speakers": [{"id": 0, "name": "Ines Vale"}],
        "monologues": [
            {
                "speaker": NUMBERS[who],
                "elements": [
                    {"type": "text", "value": text[:-1], "ts": start},
                    {"type": "punct", "value": f"{text[-1]} "},
                ],
            }
            for who, text, start in SAID
        ],
    },
    "Azure": {
        "recognizedPhrases": [
            {
                "recognitionStatus": "Success",
                "channel": 0,
                "speaker": NUMBERS[who],
                "offsetInTicks": float(ticks(start)),
                "nBest": [{"display": text}, {"display": "other"}],
            }
            for who, text, start in reversed(SAID)
        ]
    },
    "Azure, fast": {
        "combinedPhrases": [{"text": "all of it"}],
        "phrases": [
            {"speaker": NUMBERS[who], "offsetMilliseconds": milliseconds(start), "text": text}
            for who, text, start in SAID
        ],
    },
    "Call Analytics": {
        "Transcript": [
            {
                "ParticipantRole": {"A": "AGENT", "B": "CUSTOMER"}[who],
                "BeginOffsetMillis": milliseconds(at),
                "Content": t,
            }
            for who, t, at in SAID
        ]
    },
    "Teams": {
        "entries": [
            {"speakerDisplayName": who, "startOffset": clock, "text": text}
            for (who, text, _), clock in zip(SAID, ["00:00:01", "00:00:04.5", "00:01:02.2500000"], strict=True)
        ]
    },
    "Podcasting 2.0": {
        "segments": [{"speaker": who, "startTime": at, "endTime": at, "body": t} for who, t, at in SAID]
    },
    "Gladia": {
        "result": {
            "transcription": {
                "full_transcript": "all of it",
                "utterances": [
                    {"speaker": NUMBERS[who], "start": at, "text": t, "words": [{"word": t}]} for who, t, at in SAID
                ],
            },
            "summarization": {"results": "They talk about a boat, at great length and more than once, and about rain."},
        }
    },
    "Fireflies": {"sentences": [{"speaker_name": who, "text": text, "start_time": at} for who, text, at in SAID]},
    "ElevenLabs": {
        "words": [
            part
            for word, who, at, end in words()
            for part in (
                {"text": word, "type": "word", "start": at, "end": end, "speaker_id": f"speaker_{NUMBERS[who]}"},
                {"text": " ", "type": "spacing", "start": end, "end": end, "speaker_id": f"speaker_{NUMBERS[who]}"},
            )
        ]
    },
    "Recall": [
        {
            "participant": {"name": who},
            "words": [{"text": text, "start_timestamp": {"relative": start}, "end_timestamp": {"relative": start + 1}}],
        }
        for who, text, start in SAID
    ],
    "Digital Paper Edit": {
        "words": [{"id": 0, "start": at, "end": end, "text": word} for word, _, at, end in words()],
        "paragraphs": [{"id": 0, "start": start, "end": start + 2, "speaker": who} for who, _, start in SAID],
    },
    "Otter": {
        "speech": {
            "speakers": [{"id": 0, "speaker_name": "Ines Vale"}],
            "transcripts": [
                {"transcript": text, "start_offset": milliseconds(start), "speaker_id": NUMBERS[who]}
                for who, text, start in SAID
            ],
        }
    },
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_recogniser_tells_the_same_conversation(payload: Json) -> None:
    posts = read(payload).posts
    assert [post.text for post in posts] == [text for _, text, _ in SAID]
    assert [post.url for post in posts] == URLS
    assert posts[0].author == posts[2].author != posts[1].author
    assert all(post.author for post in posts)


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("AssemblyAI", {"Speaker A", "Speaker B"}),
        ("Deepgram", {"Speaker 0", "Speaker 1"}),
        ("Deepgram, two channels", {"Channel 0", "Channel 1"}),
        ("Google", {"Speaker 1", "Speaker 2"}),
        ("Speechmatics", {"SA", "SB"}),
        ("Rev", {"Ines Vale", "Speaker 1"}),
        ("Otter", {"Ines Vale", "Speaker 1"}),
        ("Call Analytics", {"Agent", "Customer"}),
        ("ElevenLabs", {"speaker_0", "speaker_1"}),
    ],
)
def test_speakers_keep_their_names_and_bare_numbers_and_letters_become_names(name: str, authors: set[str]) -> None:
    assert {post.author for post in read(PAYLOADS[name]).posts} == authors


def test_the_words_of_a_helplines_agent_are_told_from_a_customers() -> None:
    assert [post.rank for post in read(PAYLOADS["Call Analytics"]).posts] == [
        "Interviewer",
        "Participant",
        "Interviewer",
    ]


NOBODY: dict[str, Json] = {
    "openai-whisper": {"text": " all", "segments": [{"start": 1.0, "end": 2, "text": " We left."}], "language": "en"},
    "OpenAI json": {"text": "We left.", "usage": {"type": "tokens"}},
    "whisper.cpp": {
        "result": {"language": "en"},
        "transcription": [{"offsets": {"from": 1000, "to": 2000}, "text": " We left."}],
    },
    "transformers": {"text": "We left.", "chunks": [{"timestamp": [1.0, None], "text": " We left."}]},
    "AssemblyAI": {"status": "completed", "words": [], "utterances": None, "text": "We left.", "audio_url": "x"},
    "Deepgram": {"results": {"channels": [{"alternatives": [{"transcript": "We left."}]}]}},
    "Google": {"results": [{"alternatives": [{"transcript": "We left."}]}, {}]},
    "Watson": {
        "result_index": 0,
        "results": [{"final": True, "alternatives": [{"transcript": "We left. %HESITATION"}]}],
    },
    "Azure": {"recognizedPhrases": [], "combinedRecognizedPhrases": [{"channel": 0, "display": "We left."}]},
    "Amazon": {"results": {"items": [], "transcripts": [{"transcript": "We left."}]}},
    "youtube-transcript-api": [{"text": "We left.", "start": 1.0, "duration": 2.0}],
    "Trint": {"words": [{"time": 100, "duration": 50, "value": word, "speaker": None} for word in ("We", "left.")]},
}


@pytest.mark.parametrize("payload", NOBODY.values(), ids=NOBODY.keys())
def test_talks_in_which_nobody_is_told_apart_are_read(payload: Json) -> None:
    assert [(post.author, post.text) for post in read(payload).posts] == [("", "We left.")]


def test_scripts_without_spaces_get_none() -> None:
    said = [("我们", "S1"), ("回来", "S1"), ("了。", "S1"), ("OK", "S2")]
    results = [{"type": "word", "alternatives": [{"content": word, "speaker": who}]} for word, who in said]
    assert [post.text for post in read({"format": "2.9", "results": results}).posts] == ["我们回来了。", "OK"]


def test_milliseconds_are_known_by_the_speed_of_speech() -> None:
    rows = [{"speaker": who, "text": text, "start": milliseconds(start)} for who, text, start in SAID]
    assert [post.url for post in read({"data": rows}).posts] == URLS


def test_a_long_monologue_of_one_voice_is_cut_so_that_links_point_into_it() -> None:
    segments = [{"start": at, "end": at + 20, "text": "It rained.", "speaker": "A"} for at in range(0, 120, 20)]
    assert [post.url for post in read({"segments": segments}).posts] == ["#t=00:00:00", "#t=00:00:40", "#t=00:01:20"]


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        ({"status": "error", "words": None, "audio_url": "x", "error": "no"}, "a job of AssemblyAI's that failed"),
        ({"status": "queued", "words": None, "audio_url": "x"}, "a job that is not done yet"),
        ({"jobName": "x", "status": "FAILED"}, "a job of Amazon Transcribe's that failed"),
        ({"results": []}, "is JSON in which no speech is found"),
        ([{"text": "a message", "user": "U1", "ts": "1512085950.000216"}], "is JSON in which no speech is found"),
    ],
)
def test_what_holds_no_speech_is_refused(payload: Json, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        read(payload)


def keys_of(value: Json) -> set[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {*(value if isinstance(value, dict) else ()), *(key for below in inner for key in keys_of(below))}


KEYS = st.sampled_from(sorted(keys_of(PAYLOADS) | keys_of(NOBODY)))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["word", "1.5s", "PT2S"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)


@given(VALUES)
@settings(max_examples=40, deadline=None)
def test_any_json_is_read_or_refused(payload: Json) -> None:
    try:
        reading = read(payload)
    except UnreadableError:
        return
    assert reading.posts


def paths_of(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(below for key, one in inner for below in paths_of(one, (*path, key)))]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_a_recognisers_answer_with_a_strange_value_in_it_is_read_or_refused(payload: Json, data: st.DataObject) -> None:
    changed = json.loads(json.dumps(payload))
    *way, last = data.draw(st.sampled_from([path for path in paths_of(changed) if path]))
    holder = changed
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(VALUES)
    with contextlib.suppress(UnreadableError):
        assert read(changed).posts
