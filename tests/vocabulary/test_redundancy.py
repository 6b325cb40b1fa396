from overheard.vocabulary.redundancy import Candidate, keep_telling

SYNDROME, IMPOSTER_SYNDROME, SERVER, NEW_SERVER, PAYROLL = (7,), (3, 7), (1,), (2, 1), (9,)


def score(here, there):
    return (here - there) / 4


def candidate(parts, here, elsewhere=()):
    return Candidate(parts, score(len(here), len(elsewhere)), frozenset(here), frozenset(elsewhere))


def kept(*ranked, limit=9):
    return [ranked[index].parts for index in keep_telling(ranked, score, limit)]


def test_a_word_said_only_within_its_phrase_gives_way_to_the_phrase():
    assert kept(candidate(SYNDROME, range(21)), candidate(IMPOSTER_SYNDROME, range(20))) == [IMPOSTER_SYNDROME]


def test_a_phrase_much_weaker_than_its_word_only_repeats_it():
    assert kept(candidate(SERVER, range(40)), candidate(NEW_SERVER, range(6))) == [SERVER]


def test_a_word_and_a_phrase_that_both_tell_something_stay():
    assert kept(candidate(SERVER, range(40)), candidate(NEW_SERVER, range(24))) == [SERVER, NEW_SERVER]


def test_no_more_terms_are_kept_than_wanted():
    assert kept(candidate(SERVER, range(40)), candidate(PAYROLL, range(30)), limit=1) == [SERVER]
