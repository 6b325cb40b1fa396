import pytest

from overheard.signals.slots.product_names import find_names, find_product_names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We moved to Hayloft last May.", ["Hayloft"]),
        ("We moved to Hayloft Pro 3 last year.", ["Hayloft Pro 3"]),
        ("Hayloft is on the first shelf.", []),
        ("It runs on milkR and BarnBook.", ["milkR", "BarnBook"]),
        ("see hayloft.io for more", ["hayloft.io"]),
        ("the page is http://hayloft.io/goats", []),
        ("The M5 rake weighs 5kg, the 3rd one less.", ["M5"]),
        ("On Monday I saw the PDF in English.", []),
        ("Good: The rake. Better: The Hayloft rake.", ["Hayloft"]),
        ("THIS RAKE IS THE WORST THING EVER", []),
        ("the Hayloft's lid", ["Hayloft"]),
    ],
)
def test_a_name_is_told_by_its_form_and_place(sentence, names):
    assert [sentence[start:end] for start, end in find_names(sentence)] == names


def test_names_known_beforehand_are_found_in_any_case():
    sentence = "our hay loft beats barnly"
    spans = find_names(sentence, {"hay loft", "barnly"})
    assert [sentence[start:end] for start, end in spans] == ["hay loft", "barnly"]


POSTS = [
    "We use Hayloft for the books. My sister Berta said it works.",
    "I switched to Hayloft from paper, and Berta said so.",
    "Yesterday I bought a Barn Book and installed hayloft. In Upperton nobody has one.",
    "Has anyone tried Barn Book? We are using Hayloft in Upperton.",
    "In Upperton they sell the Barn Book; near Upperton they do not.",
    "I use Rakes, and all rakes rust; rakes and rakes and rakes.",
    "We use Rakes too, though the rakes rust.",
    "I bought Rakes, but rakes rust.",
    "Please ask Berta Huber about the goats.",
]


def test_names_people_use_and_buy_are_products_and_people_places_and_plain_words_are_not():
    assert find_product_names(POSTS) == ("Barn Book", "Hayloft")


def test_a_name_in_too_few_texts_is_left_out():
    assert find_product_names(POSTS, least_documents=4) == ()
    assert find_product_names(POSTS[:2], least_documents=3) == ()


def test_a_text_that_repeats_a_name_counts_once():
    assert find_product_names(["We use Hayloft and use Hayloft and use Hayloft."] * 2) == ()


def test_the_order_of_the_texts_changes_nothing():
    assert find_product_names(POSTS[::-1]) == find_product_names(POSTS)


@pytest.mark.bench
def test_names_of_products_and_companies_in_tweets_and_comments(shared_data):
    """WNUT 2017: nearly all its names occur once, so only the form of a name can tell."""
    told = found = 0
    for sentence, gold in _annotated((shared_data / "corpora" / "wnut17" / "emerging.dev.conll").read_text("utf-8")):
        spans = [sentence[start:end].lower() for start, end in find_names(sentence)]
        told += len(gold)
        found += sum(any(name in span or span in name for span in spans) for name in gold)
    print(f"\nwnut17 dev: {found / told:.2f} of {told} product and company names touched by a name found")
    assert found / told >= 0.4


def _annotated(text):
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        gold = []
        for word, tag in rows:
            if tag in ("B-product", "B-corporation"):
                gold.append([word])
            elif tag in ("I-product", "I-corporation") and gold:
                gold[-1].append(word)
        yield " ".join(word for word, _ in rows), [" ".join(name).lower() for name in gold]
