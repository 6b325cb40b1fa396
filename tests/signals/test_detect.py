import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.records import Utterance
from overheard.settings import SignalSettings
from overheard.signals.detect import LEAST_PROBABILITY, Finding, detect_sentences, find_signals, judge_findings
from overheard.signals.rungs import find_rung
from overheard.signals.thresholds import KINDS, USUAL, fit_thresholds
from overheard.signals.traits import read_sentence
from overheard.signals.valence import measure_valence
from overheard.signals.weights import BASE, load_weights, measure_probability
from overheard.signals.words import read_words


def probability(sentence, kind="pain"):
    return measure_probability(read_sentence(sentence), kind)


PAINS = [
    "The oven doesn't heat up any more.",
    "There is no way to undo a booking.",
    "Matching the slips by hand is tedious.",
    "I am fed up with chasing them.",
    "We lost two customers over it.",
    "I tried three different glues and it still leaks.",
    "too expensive",
    "lack of parking",
    "cant log in since the last update",
    "Worst service ever, I want my money back!",
    "They owe us for four months and nobody answers the phone.",
    "My parcel never arrived.",
    "Battery died after two weeks.",
    "not intuitive at all",
]
PLAIN = [
    "Hello everyone!",
    "Thank you so much, that was very helpful.",
    "We opened the bakery in March.",
    "The staff are lovely and the room was clean.",
    "Good value and easy to use",
    "I had the soup and my wife had the fish.",
    "She lives next door to the church.",
    "It arrived on Monday in a blue box.",
]


@pytest.mark.parametrize("sentence", PAINS)
def test_a_stated_trouble_is_a_pain(sentence):
    assert probability(sentence) >= USUAL["pain"]


@pytest.mark.parametrize("sentence", PLAIN)
def test_small_talk_praise_and_news_are_no_pain(sentence):
    assert probability(sentence) < USUAL["pain"]


@pytest.mark.parametrize(
    ("trait", "weaker", "stronger"),
    [
        ("a denied problem", "There was no problem with the oven.", "There was a problem with the oven."),
        ("a denied issue", "The queue isn't an issue.", "The queue is an issue."),
        ("never any trouble", "I never had any trouble with it.", "I had trouble with it."),
        ("no errors", "It runs without any errors.", "It stops with errors."),
        ("an imagined trouble", "If it were slow I would complain.", "It was slow and I complained."),
        ("an imagined case", "In case it breaks there is a spare.", "It breaks and there is no spare."),
        ("advice to others", "If you have trouble with the lid, ask Ann.", "I have trouble with the lid."),
        ("advice in a question", "Have you tried a new fuse?", "I have tried a new fuse."),
        ("anothers words", "She says the lift is broken.", "The lift is broken."),
        ("a trouble that is over", "The leak is fixed now.", "The leak is getting worse."),
        ("a trouble solved", "Problem solved.", "Problem unsolved."),
        ("thanks", "Thanks for your help with the error.", "I get the same error."),
        ("a how-to", "How do I add a second price?", "I cannot add a second price."),
    ],
)
def test_what_surrounds_a_trouble_changes_what_it_counts(trait, weaker, stronger):
    assert probability(weaker) < USUAL["pain"] <= probability(stronger), trait


@pytest.mark.parametrize(
    ("rung", "sentence"),
    [
        (0, "The invoices are in the blue folder."),
        (1, "The invoices are wrong."),
        (1, "There is no list of past orders."),
        (2, "The invoices are wrong and I hate it."),
        (2, "The wrong invoices cost us two hours a week."),
        (3, "The invoices are wrong so I gave up on the program."),
        (3, "I tried everything to stop the leak."),
        (3, "My workaround is a shoebox."),
        (3, "It is so slow that I am looking for an alternative."),
        (4, "The invoices are wrong so we hired a bookkeeper and paid her ninety quid."),
        (4, "It is broken and I would gladly pay for a fix."),
    ],
)
def test_a_sentence_stands_on_the_rung_of_its_strongest_evidence(rung, sentence):
    assert find_rung(read_sentence(sentence)) == rung


def test_paying_and_switching_without_a_trouble_are_no_evidence_of_pain():
    assert find_rung(read_sentence("I paid the baker.")) == 0
    assert find_rung(read_sentence("We bought a bench from Ann.")) == 0


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("request", "It would be nice to have a second shelf."),
        ("request", "Please add a dark cover."),
        ("request", "The desk should have a bell."),
        ("request", "Allow customers to pay at the door."),
        ("request", "I wish the lid had a lock."),
        ("question", "Does anyone know a good baker?"),
        ("question", "how do i sharpen it"),
        ("question", "Is it made of oak?"),
        ("recommendation", "I highly recommend the baker on Mill Lane."),
        ("recommendation", "You should try linseed oil."),
        ("recommendation", "Have you tried linseed oil?"),
    ],
)
def test_each_kind_is_heard_and_a_plain_sentence_is_none_of_them(kind, sentence):
    assert probability(sentence, kind) >= USUAL[kind]
    assert probability("We opened the bakery in March.", kind) < USUAL[kind]


def test_a_negated_good_word_is_bad_and_a_negated_bad_word_is_a_little_good():
    assert measure_valence(read_words("not helpful")) == (0.0, pytest.approx(2 / 3))
    assert measure_valence(read_words("no delays")) == (pytest.approx(1 / 6), 0.0)
    assert measure_valence(read_words("good good good")) == (pytest.approx(1 / 3), 0.0)


def test_not_only_does_not_deny():
    assert measure_valence(read_words("not only terrible"))[1] == 1.0


def test_every_weight_is_of_a_trait_that_is_measured_and_every_kind_has_a_base():
    measured = read_sentence("Hello.").values
    assert set(load_weights()) == set(KINDS)
    for weights in load_weights().values():
        assert BASE in weights and set(weights) - {BASE} <= set(measured)


@given(st.text(max_size=200))
def test_any_text_gets_probabilities_from_zero_to_one_and_a_rung(text):
    for finding in detect_sentences(text, [(0, len(text))]):
        assert LEAST_PROBABILITY <= finding.probability <= 1 and 0 <= finding.strength <= 4


@given(st.lists(st.floats(0.01, 1), max_size=60), st.sampled_from(KINDS))
def test_a_threshold_never_leaves_its_range(probabilities, kind):
    assert 0.08 <= fit_thresholds({kind: probabilities})[kind] <= USUAL[kind] + 1e-9


@given(st.lists(st.floats(0.02, 0.5), min_size=1, max_size=40), st.floats(0.2, 0.9))
def test_a_source_whose_sentences_all_score_lower_never_gets_a_higher_threshold(probabilities, share):
    lower = [share * probability for probability in probabilities]
    assert fit_thresholds({"pain": lower})["pain"] <= fit_thresholds({"pain": probabilities})["pain"] + 1e-9


def test_a_source_of_short_answers_gets_a_lower_threshold_once_it_has_many():
    assert fit_thresholds({"pain": [0.1] * 500})["pain"] < 0.12
    assert fit_thresholds({"pain": [0.1] * 2})["pain"] > 0.24
    assert fit_thresholds({}) == dict(USUAL)


def utterance(text, name="u"):
    return Utterance(name, "d", "ann", 0, text, (), None, None, "", "")


def whole(utterances):
    return {one.utterance_id: [(0, len(one.text))] for one in utterances}


def test_a_signal_points_at_its_sentence_and_names_its_cues():
    text = "Hello. The oven doesn't work and I gave up."
    (signal,) = find_signals([utterance(text)], {"u": [(0, 6), (7, len(text))]}, SignalSettings())
    assert text[signal.start : signal.end] == "The oven doesn't work and I gave up."
    assert (signal.kind, signal.strength, signal.person_id) == ("pain", 3, "ann")
    assert {"fail:does not work", "act:gave up"} <= set(signal.evidence)


def test_a_sentence_may_be_a_pain_and_a_request_at_once():
    said = find_signals([utterance("Please fix the broken lid.")], {"u": [(0, 26)]}, SignalSettings())
    assert {signal.kind for signal in said} == {"pain", "request"}
    assert len({signal.signal_id for signal in said}) == 2


def test_the_lowest_rung_that_counts_is_the_markets_choice():
    one = [utterance("The oven does not work.")]
    assert [signal.kind for signal in find_signals(one, whole(one), SignalSettings(pain_rung=1))] == ["pain"]
    assert find_signals(one, whole(one), SignalSettings(pain_rung=2)) == []


def test_an_utterance_without_sentences_says_nothing_and_the_same_input_gives_the_same_signals():
    many = [utterance(text, f"u{number}") for number, text in enumerate(PAINS + PLAIN)]
    assert find_signals(many, {}, SignalSettings()) == []
    assert find_signals(many, whole(many), SignalSettings()) == find_signals(many, whole(many), SignalSettings())


def test_what_counts_depends_on_what_the_rest_of_the_source_is_like():
    middling = Finding(0, 5, "pain", 1, 0.2, ())
    among_low = [[middling], *([Finding(0, 5, "pain", 1, 0.05, ())] for _ in range(200))]
    among_high = [[middling], *([Finding(0, 5, "pain", 1, 0.6, ())] for _ in range(200))]
    assert judge_findings(among_low, SignalSettings())[0] == [(middling, True)]
    assert judge_findings(among_high, SignalSettings())[0] == [(middling, False)]
