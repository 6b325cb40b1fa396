"""What the -ing form of an English verb is, so that verbs of any tense name what people do."""

from __future__ import annotations

import re

_DOUBLED = re.compile(
    "admit|begin|commit|compel|control|defer|deter|emit|equip|expel|forget|format|incur|infer|occur|omit|patrol|permit|prefer|"
    "program|rebel|recur|refer|reformat|regret|repel|submit|transfer|transmit|unplug|unzip|upset"
)
"""Verbs of several syllables that are stressed on the last one."""

_CLOSED = re.compile(r"(?:[^aeiou]|^)[aeiouy][bdfgklmnprstvz]")
_VOWELS = re.compile(r"[aeiouy]+")


def ing_of(verb: str) -> str:
    """Return the -ing form of a verb given in its base form, lower case."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("ic"):
        return verb + "king"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(_VOWELS.findall(verb)) > 1:
        return verb[:-1] + "ing"
    sounds = verb.replace("qu", "q")
    short = len(_VOWELS.findall(sounds)) == 1 and _CLOSED.fullmatch(sounds[-3:]) is not None
    return verb + (verb[-1:] if short or _DOUBLED.fullmatch(verb) else "") + "ing"
