import pytest

from overheard.vocabulary.kinds import READ, find_kinds, load_tagger


class TableTagger:
    """Knows the tags of a few words and counts what it is asked."""

    def __init__(self, tags=()):
        self.tags, self.asked = dict(tags), 0

    def classes_of(self, uses):
        self.asked += len(uses)
        return [self.tags.get(text[start:end].lower(), "NN") for text, start, end in uses]


def use(text, term):
    at = text.lower().index(term)
    return text, at, at + len(term)


def kind_of(term, texts, products=(), is_common=False, tagger=None):
    uses = [use(text, term) for text in texts]
    return find_kinds([(term, uses, is_common)], products, tagger or TableTagger())[0]


@pytest.mark.parametrize(
    ("term", "texts", "kind"),
    [
        ("overdue", ["It is overdue again.", "Three are overdue."], "problem"),
        ("late invoices", ["I chase late invoices.", "Late invoices everywhere."], "problem"),
        ("peace of mind", ["I want peace of mind."], "outcome"),
        ("year end", ["At year end we panic."], "trigger"),
        ("monthly", ["A monthly bill."], "qualifier"),
        ("bookkeepers", ["We bookkeepers know it.", "As we bookkeepers say"], "self"),
        ("florist", ["I'm a florist in town.", "Being a small florist I buy early."], "self"),
        ("plumber", ["As a plumber I drive a lot.", "I was a plumber."], "self"),
        ("kiln", ["The kiln cracked.", "My kiln is old."], "thing"),
    ],
)
def test_a_term_is_known_by_what_it_says(term, texts, kind):
    assert kind_of(term, texts) == kind


@pytest.mark.parametrize(
    ("term", "texts"),
    [
        ("template", ["We use it as a template for letters.", "Sent as a template to all."]),
        ("retainer", ["I'm on a retainer.", "He pays a retainer."]),
        ("bill", ["We bill by the hour.", "We bill late."]),
        ("florist", ["I'm a florist.", "My florist is closed."]),
    ],
)
def test_what_is_used_or_done_or_said_by_one_is_no_name_for_themselves(term, texts):
    assert kind_of(term, texts) != "self"


def test_a_name_with_a_capital_is_a_tool_unless_every_dictionary_has_it():
    texts = ["I moved to Tallybook last year.", "Does anybody use Tallybook?"]
    assert kind_of("tallybook", texts) == "tool"
    assert kind_of("tallybook", texts, is_common=True) == "thing"
    assert kind_of("tallybook", ["Tallybook. It is slow.", "Oh. Tallybook."]) == "thing"
    assert kind_of("vat number", ["They want my VAT number now.", "No VAT number here."]) == "thing"


def test_a_product_people_recommend_is_a_tool_however_it_is_written():
    assert kind_of("slate", ["we put it on slate"], products={"slate"}) == "tool"


def test_what_no_list_knows_is_told_by_its_class():
    tagger = TableTagger({"chase": "VBP", "gloomy": "JJ"})
    assert kind_of("chase", ["I chase them."] * 9, tagger=tagger) == "action"
    assert tagger.asked == READ
    assert kind_of("gloomy", ["A gloomy shop."], tagger=tagger) == "qualifier"


@pytest.mark.slow
def test_the_tagger_reads_a_word_among_its_neighbours():
    from overheard.registry import SENTENCE_MODEL, verify_model

    tagger = load_tagger(verify_model(SENTENCE_MODEL))
    uses = [use("Every Friday I invoice the whole lot.", "invoice"), use("The invoice was wrong.", "invoice")]
    assert [tag[:2] for tag in tagger.classes_of(uses)] == ["VB", "NN"]
