"""What is said beside the matter is marked, kept word for word, and never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.records import Post
from overheard.transcripts import read_transcript
from overheard.transcripts.asides import with_asides

TALK = [
    "The pump failed twice last winter and nobody could tell us why.",
    "Did you go to harbour.example/pumps and read what they say there?",
    "We did, and it told us to wait for spring, which is no help at all in January.",
    "So you baled her out by hand, the whole crew, every morning before it was light?",
    "Every morning. I would pay for a pump that tells me when it is about to give up.",
] * 4


def marked(*said: str, author: str = "") -> list[tuple[str, str]]:
    """Return text and aside of turns said in the middle of a talk by turns, or all by one."""
    texts = [*TALK, *said, *TALK]
    posts = [Post(text, author or "AB"[row % 2], row) for row, text in enumerate(texts)]
    return [(post.text, post.aside) for post in with_asides(posts) if post.aside]


ADVERTS = [
    "This episode is brought to you by Tarbox.",
    "Today's show is sponsored by Tarbox, the people who tar.",
    "And it's also brought to you by Tarbox. Get started at tarbox.com/show.",
    "Let's take a quick break to hear from our sponsor.",
    "A word from our sponsors. Tarbox is the easiest way to tar a boat.",
    "Our sponsor this week is Tarbox.",
    "Huge thanks to our sponsor Tarbox for sponsoring the show. Use code HARBOUR at checkout for 10 % off.",
    "Are you tired of leaks? Tarbox has everything you need to keep your boat dry. Use promo code HARBOUR at checkout.",
    "Tarbox is the leading platform for boats. You'll love it. Start your free trial, just go to tarbox.com/harbour.",
    "Make sure to subscribe and leave us a review.",
    "If you enjoyed this episode, leave us a five star review.",
    "Diese Folge wird präsentiert von Tarbox.",
    "Cet épisode est sponsorisé par Tarbox.",
    "Este episodio está patrocinado por Tarbox.",
]


@pytest.mark.parametrize("text", ADVERTS)
def test_a_sponsors_copy_is_an_advert(text: str) -> None:
    assert marked(text) == [(text, "advert")]


TALKED = [
    "Go to github.com/tarbox and you will see what I mean by that.",
    "You can get the book at tarbox.com/book if you like.",
    "I put it on github.com/tarbox for you. Are you still looking for a pump?",
    "Just go to github.com/tarbox and you will see. Are you still doing anything with boats?",
    "We sponsored a boat race once, and it was brought to you by nobody.",
    "Brought to you by... the rain. All of it.",
    "Our biggest sponsor left and we had to sell the cart.",
    "I use a code for the shed and the code is on the wall.",
    "We give a discount code to people who complain, and they still complain.",
    "They told me to subscribe, and I cannot cancel. It is free for a month and then it is not.",
    "The pump is the best thing we ever bought, and you can try it.",
    "I had to leave a review to get my money back.",
    "Is it the easiest way to do that? Are you looking for another one?",
]


@pytest.mark.parametrize("text", TALKED)
def test_talk_about_selling_is_no_advert(text: str) -> None:
    assert marked(text) == []


def test_an_advert_beside_talk_is_cut_out_of_the_turn_and_no_word_is_lost() -> None:
    copy = (
        "This portion of the show is brought to you by Tarbox. Are you tired of leaks? They have tar for every boat. "
        "Visit tarbox.com/harbour. Thank you to Tarbox for supporting the show."
    )
    turn = f"So that was the winter. {copy} Now, where were we with the pump?"
    posts = with_asides([Post(turn, "A", 0, url="#t=00:00:09"), Post("In January.", "B", 1)])
    assert [(post.text, post.aside) for post in posts] == [
        ("So that was the winter.", ""),
        (copy, "advert"),
        ("Now, where were we with the pump?", ""),
        ("In January.", ""),
    ]
    assert [post.position for post in posts] == [0, 1, 2, 3]
    assert [post.url for post in posts] == ["#t=00:00:09"] * 3 + [None]


def test_an_advert_goes_on_over_the_turns_of_a_talk_where_nobody_is_named() -> None:
    pitch = "Tarbox keeps every plank dry, and the tins come to the harbour by post, even in a gale."
    thanks = "That's tarbox.com/harbour. Thank you to Tarbox for supporting the show."
    assert marked("This part of the show is brought to you by Tarbox.", pitch, thanks, author="Ada") == [
        ("This part of the show is brought to you by Tarbox.", "advert"),
        (pitch, "advert"),
        (thanks, "advert"),
    ]


@pytest.mark.parametrize("speaker", ["Break", "Sponsor", "Ad", "Werbung"])
def test_what_a_break_says_is_an_advert(speaker: str) -> None:
    said = [("Ada", "It leaked."), (speaker, "Tar!"), ("Bo", "Oh."), ("Ada", "Yes."), (speaker, "More tar!")]
    posts = read_transcript("talk.md", "\n\n".join(f"**{who}:** {text}" for who, text in said).encode()).posts
    assert [post.aside for post in posts] == ["", "advert", "", "", "advert"]


GREETINGS = [
    "Hi everyone, welcome to the Harbour show. I'm Ada.",
    "Thanks for having me. It's great to be here.",
    "Can you hear me? Yes, I can hear you fine.",
    "Okay, we are recording now.",
    "How's the weather there? It's raining here.",
    "Hello! How are you?",
    "Guten Tag, vielen Dank, dass Sie sich Zeit genommen haben.",
    "Bonjour, merci beaucoup d'être là.",
    "Hola, buenos días. Muchas gracias por tu tiempo.",
    "Olá, bom dia! Tudo bem?",
    "Buongiorno, grazie mille.",
    "Goedemorgen, hoe gaat het?",
    "Dzień dobry. Dziękuję bardzo.",
    "Здравствуйте! Спасибо, что пришли.",
    "你好，谢谢你。",
    "こんにちは。本日はよろしくお願いします。",
    "안녕하세요. 반갑습니다.",
]
GOODBYES = [
    "Thank you so much for your time, Bo. I really appreciate it.",
    "No worries, it was fun to talk about.",
    "Likewise. Bye!",
    "Cheers, take care.",
    "Vielen Dank für das Gespräch. Tschüss!",
    "Merci. Au revoir, bonne journée.",
    "Obrigada! Tchau, até logo.",
    "ありがとうございました。",
]


@pytest.mark.parametrize("text", GREETINGS)
def test_a_greeting_at_the_start_is_small_talk(text: str) -> None:
    posts = with_asides([Post(text, "Ada", 0), *(Post(one, "Bo", row) for row, one in enumerate(TALK, 1))])
    assert [post.aside for post in posts] == ["small talk"] + [""] * len(TALK)


@pytest.mark.parametrize("text", GOODBYES)
def test_a_goodbye_at_the_end_is_small_talk(text: str) -> None:
    posts = with_asides([*(Post(one, "Bo", row) for row, one in enumerate(TALK)), Post(text, "Ada", len(TALK))])
    assert [post.aside for post in posts] == [""] * len(TALK) + ["small talk"]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for coming. How did you get into boats?",
        "Thank you, but the pump never worked.",
        "It's great to use and it breaks every week.",
        "How about you?",
        "Good question.",
        "Hello is what the machine says when it has lost my form.",
        "The weather ruined the nets.",
        "It is cold in the shed and I cannot hear you over the pump.",
        "Yes.",
    ],
)
def test_what_may_be_about_the_matter_is_no_small_talk(text: str) -> None:
    posts = with_asides([Post(text, "Ada", 0), *(Post(one, "Bo", row) for row, one in enumerate(TALK, 1))])
    assert {post.aside for post in posts} == {""}


def test_thanks_in_the_middle_of_a_talk_are_no_small_talk() -> None:
    assert marked("Thank you so much!", "Hello!", "Bye!") == []


def test_short_answers_between_greetings_are_small_talk_too() -> None:
    texts = ["Welcome to the show. I'm Ada.", "I'm Bo.", "Thanks for having us.", *TALK]
    posts = with_asides([Post(text, "AB"[row % 2], row) for row, text in enumerate(texts)])
    assert [post.aside for post in posts[:4]] == ["small talk"] * 3 + [""]


SENTENCES = st.sampled_from([*ADVERTS, *TALKED, *GREETINGS, *GOODBYES, *TALK[:5], "…", "Yes.\n\nNo"])


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo", ""]), st.lists(SENTENCES, min_size=1, max_size=4)), max_size=9))
@settings(max_examples=30, deadline=None)
def test_marking_loses_no_word_and_keeps_who_said_it(turns: list[tuple[str, list[str]]]) -> None:
    posts = [Post(" ".join(texts), author, row) for row, (author, texts) in enumerate(turns)]
    after = with_asides(posts)
    assert [word for post in after for word in post.text.split()] == [
        word for post in posts for word in post.text.split()
    ]
    assert [post.position for post in after] == list(range(len(after)))
    assert {post.author for post in after} == {post.author for post in posts}
