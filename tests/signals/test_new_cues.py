"""What the cues of jobs, workarounds, worldviews, objections, gains and the four forces find, and what they leave."""

import pytest

from overheard.signals.cues import load_lexicon
from overheard.signals.traits import (
    FORCE_ROLES,
    GAIN_ROLES,
    JOB_ROLES,
    OBJECTION_ROLES,
    WORKAROUND_ROLES,
    WORLDVIEW_ROLES,
    read_sentence,
)

ROLES_OF_FILE = {
    "job": JOB_ROLES,
    "workaround": WORKAROUND_ROLES,
    "worldview": WORLDVIEW_ROLES,
    "objection": OBJECTION_ROLES,
    "gain": GAIN_ROLES,
    "force": FORCE_ROLES,
}


@pytest.mark.parametrize("file", ROLES_OF_FILE)
def test_a_lexicon_holds_the_roles_of_its_kind_and_no_others(file):
    assert {one.role for one in load_lexicon().cues if one.file == file} == set(ROLES_OF_FILE[file])


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("aim", "I'm trying to get the barn dry before winter."),
        ("aim", "My goal is one delivery a day."),
        ("aim", "Looking for a way to weigh the sacks."),
        ("outcome", "I label every box so that my brother finds them."),
        ("outcome", "We open early in order to bake twice."),
        ("situation", "I run a small dairy on the hill."),
        ("situation", "We are renovating the mill."),
        ("purpose", "To keep track of the calves"),
        ("purpose", "Milking is my responsibility and I am in charge of the books."),
        ("detour", "We ended up weighing it on the kitchen scales."),
        ("detour", "The scale is broken, so I use two buckets."),
        ("manual", "I copy the weights into a spreadsheet by hand."),
        ("manual", "She takes a photo of the board every evening."),
        ("stopgap", "For the time being we guess."),
        ("ownmade", "He wrote a little script for the weights."),
        ("ownmade", "I taped the sensor to the gate."),
        ("generality", "Most people never look at the scale."),
        ("generality", "Nobody reads the label."),
        ("belief", "In my opinion hay should be weighed dry."),
        ("belief", "I have come to believe that cows count."),
        ("norm", "Milk should never be cheaper than water."),
        ("norm", "Farmers deserve a day off."),
        ("trade", "Early mornings are part of the job."),
        ("fear", "I am afraid of losing the whole herd book."),
        ("fear", "What if the barn floods?"),
        ("doubt", "I'm not sure I would trust a robot with calves."),
        ("doubt", "I don't see the point of a second scale."),
        ("price", "I can't justify a second scale."),
        ("price", "For that money we buy a cow."),
        ("refusal", "We won't buy a robot."),
        ("refusal", "A camera in the barn? No thanks."),
        ("bind", "We are locked into the milk contract."),
        ("liking", "I love the new gate."),
        ("liking", "The staff were very kind."),
        ("relief", "Finally I no longer have to count twice."),
        ("relief", "It saves me an hour a day."),
        ("working", "The pump works flawlessly."),
        ("working", "No complaints about the pump."),
        ("ease", "The gate is easy to lift."),
        ("value", "The gate was worth every minute."),
        ("push", "I am fed up with the old pump."),
        ("push", "It is time to switch."),
        ("pull", "I have heard good things about the new pump."),
        ("anxiety", "I don't want to lose the herd book."),
        ("habit", "I'd rather keep the old pump, it is muscle memory."),
    ],
)
def test_what_is_said_in_other_words_is_found_too(role, sentence):
    assert read_sentence(sentence).weight_of(role) > 0


@pytest.mark.parametrize("roles", ROLES_OF_FILE.values(), ids=list(ROLES_OF_FILE))
@pytest.mark.parametrize(
    "sentence",
    [
        "The calf was born on Tuesday in the upper barn.",
        "He is a tall man with a grey beard.",
        "Rain fell over the valley from noon until four.",
    ],
)
def test_plain_news_holds_no_cue(roles, sentence):
    assert not read_sentence(sentence).names_of(roles)


@pytest.mark.parametrize(
    ("denied", "roles", "sentence"),
    [
        ("denied fear", ("fear", "anxiety"), "I'm not worried about the flood."),
        ("denied fear", ("fear", "anxiety"), "We were never afraid of it."),
        ("denied gain", ("liking",), "The gate is not very good."),
        ("denied gain", ("working",), "The pump does not work well."),
        ("denied gain", ("ease",), "It is not easy to lift."),
        ("denied gain", ("value",), "It isn't worth every minute."),
    ],
)
def test_what_a_negation_reaches_counts_as_denied_and_not_as_said(denied, roles, sentence):
    reading = read_sentence(sentence)
    assert reading.weight_of(denied) > 0
    assert not any(reading.weight_of(role) for role in roles)


def test_a_denied_gain_leaves_the_pains_of_the_sentence_as_they_are():
    reading = read_sentence("The gate is not good.")
    assert reading.weight_of("lack") > 0
    assert reading.weight_of("denied") == 0


def test_the_evidence_of_a_kind_names_role_and_words():
    evidence = read_sentence("We ended up counting by hand for now.").names_of(WORKAROUND_ROLES)
    assert set(evidence) == {"detour:we ended up", "manual:by hand", "stopgap:for now"}
