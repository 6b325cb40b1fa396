"""What one message says: who, when, in which words, and which of them are somebody else's."""

from datetime import UTC, datetime

import pytest

from overheard.forums.mail.charsets import decode_text
from overheard.forums.mail.headers import ids_in, name_of_sender, read_mail_date
from overheard.forums.mail.message import Message, read_messages
from overheard.forums.mail.parts import join_flowed
from overheard.forums.mail.threads import bare_subject, clean_subject


def message(text: str | bytes, *headers: str) -> Message:
    shown = "\n".join((*headers, "From: Ann Baker <ann@bread.example>", "Subject: Slow oven"))
    body = text if isinstance(text, bytes) else text.encode()
    (found,) = read_messages(shown.encode() + b"\n\n" + body)
    return found


def others(found: Message) -> list[str]:
    return [found.text[slice(*span)] for span in found.not_own]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Ann Baker <ann@bread.example>", "Ann Baker"),
        ('"Baker, Ann" <ann@bread.example>', "Baker, Ann"),
        ('"Ann \\"Crust\\" Baker" <ann@bread.example>', 'Ann "Crust" Baker'),
        ("ann@bread.example", "ann"),
        ("<ann@bread.example>", "ann"),
        ("ann@bread.example (Ann Baker)", "Ann Baker"),
        ("ann at bread.example (Ann Baker)", "Ann Baker"),
        ("ann at bread.example", "ann"),
        ("ann at bread.example ()", "ann"),
        ('"ann@bread.example" <ann@bread.example>', "ann"),
        ("=?ISO-8859-1?Q?J=F6rg_M=FCller?= <j@bread.example>", "Jörg Müller"),
        ("=?utf-8?B?SsO2?= =?utf-8?B?cmc=?= <j@bread.example>", "Jörg"),
        ("=?utf-8?Q?J=C3?= =?utf-8?Q?=B6rg?= <j@bread.example>", "Jörg"),
        ("=?UTF-8?Q?J=F6rg?= <j@bread.example>", "Jörg"),
        ("Ann via Ovens <ovens@lists.example>", "Ann"),
        ("'Ann' via Ovens <ovens@lists.example>", "Ann"),
        ("ann=bread.example@lists.example", "ann"),
        ("Ann", "Ann"),
        ("", ""),
    ],
)
def test_a_sender_is_shown_by_name_and_never_by_address(header: str, name: str) -> None:
    assert name_of_sender(header, is_list=True) == name


@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("Mon, 3 May 2021 11:00:00 +0200", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon, 3 May 2021 11:00:00 +0200 (CEST)", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("3 May 2021 09:00:00 GMT", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon, 3 May 2021 09:00:00 -0000", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon, 3 May 2021 09:00:00", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon May  3 11:00:00 CEST 2021", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon May  3 04:00:00 EST 2021", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon, 3 May 2021 11:00:00 GMT+0200", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Mon, 3 May 99 09:00:00 GMT", datetime(1999, 5, 3, 9, tzinfo=UTC)),
        ("2021-05-03T11:00:00+02:00", datetime(2021, 5, 3, 9, tzinfo=UTC)),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Mon, 33 May 2021 09:00:00 +0000", None),
        ("Mon, 3 May 2021 09:00:00 +99999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_an_instant_or_none(header: str, at: datetime | None) -> None:
    assert read_mail_date(header) == at


def test_ids_are_found_in_prose_and_without_brackets() -> None:
    assert ids_in("Your message of Monday <1@bread.example>", "<2@b> <1@bread.example>") == ("1@bread.example", "2@b")
    assert ids_in("1@bread.example") == ("1@bread.example",)
    assert ids_in("no id at all") == ()


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("öfen".encode(), "us-ascii", "öfen"),
        ("öfen".encode("cp1252"), "us-ascii", "öfen"),
        ("öfen".encode("cp1252"), "utf-8", "öfen"),
        ("“öfen”".encode("cp1252"), "iso-8859-1", "“öfen”"),
        ("öfen".encode(), "iso-8859-1", "öfen"),
        ("печь".encode("koi8-r"), "koi8-r", "печь"),
        ("オーブン".encode("iso-2022-jp"), "ISO-2022-JP", "オーブン"),
        ("烤箱".encode("gb18030"), "gb2312", "烤箱"),
        ("öfen".encode(), "no-such-charset", "öfen"),
        ("öfen".encode(), "punycode", "öfen"),
        ("öfen und öl".encode()[:-1] + b"\xc3", "utf-8", "öfen und ö\ufffd"),
    ],
)
def test_bytes_are_believed_before_what_a_mail_declares(data: bytes, declared: str, text: str) -> None:
    assert decode_text(data, declared) == text


def test_flowed_lines_are_joined_as_they_were_written() -> None:
    text = "> The oven \n> is slow.\n>> How \n>> slow?\nIt takes \nan hour.\n-- \nAnn"
    assert join_flowed(text, False) == "> The oven is slow.\n>> How slow?\nIt takes an hour.\n-- \nAnn"
    assert join_flowed(" >no quotation\nKuchen \nform", True) == ">no quotation\nKuchenform"


def test_the_plain_text_is_read_and_attachments_are_not() -> None:
    found = message(
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        "--c\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "The oven takes an hour =E2=80=93 too=\n long.\n"
        "--c\nContent-Type: text/html\n\n<p>The <b>oven</b></p>\n--c--\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlines of a log\n--b--\n",
        'Content-Type: multipart/mixed; boundary="b"',
    )
    assert found.text == "The oven takes an hour – too long."


def test_html_is_read_where_the_plain_text_is_empty() -> None:
    found = message(
        "--c\nContent-Type: text/plain\n\n \n--c\nContent-Type: text/html; charset=utf-8\n"
        "Content-Transfer-Encoding: base64\n\nPHA+VGhlIG92ZW4gaXMgc2xvdy48L3A+\n--c--\n",
        "Content-Type: multipart/alternative; boundary=c",
    )
    assert found.text == "The oven is slow."


def test_a_quoted_reply_in_html_is_not_own() -> None:
    found = message(
        "<div>Mine too.<br></div><div class=gmail_quote><div class=gmail_attr>On Mon, May 3, 2021 at 9:00 AM Bo &lt;"
        "bo@bread.example&gt; wrote:</div><blockquote class=gmail_quote>The oven is slow.</blockquote></div>",
        "Content-Type: text/html",
    )
    assert found.text.startswith("Mine too.")
    assert others(found) == [found.text[len("Mine too.") :].strip()]


def test_the_line_above_a_quotation_in_html_belongs_to_it() -> None:
    found = message(
        "<p>Mine too.</p><div>On 3 May 2021 in the bakery of the market hall, at nine in the morning, Bo<br>Miller of "
        "Breadtown wrote:</div><blockquote type=cite>The oven is slow.</blockquote><p>Bye.</p>",
        "Content-Type: text/html",
    )
    (quotation,) = others(found)
    assert quotation.startswith("On 3 May 2021")
    assert quotation.endswith("The oven is slow.")
    assert found.quotes.startswith("Bo")


def test_a_footer_that_is_a_part_of_its_own_is_cut_off() -> None:
    found = message(
        "--b\n\nThe oven is slow.\n--b\nContent-Type: text/plain\n\n"
        "_______________________________________________\nOvens mailing list\nOvens@lists.example\n--b--\n",
        "Content-Type: multipart/mixed; boundary=b",
    )
    assert found.text == "The oven is slow."


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 3 May 2021 at 09:00, Bo Miller <bo@bread.example> wrote:",
        "On Mon, May 3, 2021 at 9:00 AM, Bo\nMiller <bo@bread.example> wrote:",
        "On Monday 3 May 2021 in the ovens list\nBo Miller of the bakery at the\nmarket wrote:",
        "2021-05-03 9:00 GMT+02:00 Bo Miller <bo at bread.example>:",
        "Am 03.05.21 um 09:00 schrieb Bo Miller:",
        "Le 03/05/2021 09:00, Bo Miller a écrit :",
        "El lun, 3 may 2021 a las 9:00, Bo Miller (<bo@bread.example>) escribió:",
        "Il giorno lun 3 mag 2021 alle ore 09:00 Bo Miller <bo@bread.example> ha\nscritto:",
        "Op ma 3 mei 2021 om 09:00 schreef Bo Miller <bo@bread.example>:",
        "Em seg., 3 de mai. de 2021 às 09:00, Bo <bo@bread.example> escreveu:",
        "Den mån 3 maj 2021 kl 09:00 skrev Bo Miller <bo@bread.example>:",
        "pon., 3 maj 2021 o 09:00 Bo Miller <bo@bread.example> napisał(a):",
        "пн, 3 мая 2021 г. в 09:00, Bo Miller <bo@bread.example>:",
        "2021年5月3日(月) 9:00 Bo Miller <bo@bread.example>:",
        "2021년 5월 3일 (월) 오전 9:00, Bo Miller <bo@bread.example>님이 작성:",
        "Bo Miller writes:",
        "In article <1@bread.example>, Bo Miller wrote:",
        "Quoting Bo Miller <bo@bread.example>:",
        "Zitat von Bo Miller <bo@bread.example>:",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_quotation_begins_with_the_lines_that_say_whose_it_is(attribution: str, gap: str) -> None:
    found = message(f"Thanks, it is slow.\n\n{attribution}{gap}> The oven is slow.\n>\n> Bo\n\nMine takes an hour.\n")
    assert others(found) == [f"{attribution}{gap}> The oven is slow.\n>\n> Bo"]


def test_an_own_line_above_a_quotation_stays_own() -> None:
    found = message("I have two points:\n\n> The oven is slow.\n\nOn my 2 ovens it is fast.\nBo wrote:\n> Is it?\n")
    assert others(found) == ["> The oven is slow.", "Bo wrote:\n> Is it?"]


def test_other_quotation_marks_count_below_an_attribution_only() -> None:
    found = message("Bo writes:\n| The oven is slow.\n| Bo\n\n| oven | minutes |\n")
    assert others(found)[0].startswith("Bo writes:\n| The oven is slow.")
    assert message("Times:\n\n| oven | minutes |\n| big | 60 |\n").not_own == ()
    assert others(message("Bo Miller wrote:\nBM> The oven is slow.\n\nNo.")) == [
        "Bo Miller wrote:\nBM> The oven is slow."
    ]


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: Bo",
        "-------- Ursprüngliche Nachricht --------\nVon: Bo",
        "---------- Forwarded message ---------",
        "----- Forwarded by Bo Miller on 05/03/2021 -----",
        "Begin forwarded message:",
        "Début du message transféré :",
        "________________________________\nFrom: Bo Miller <bo@bread.example>\nSent: Monday\nTo: Ann\nSubject: Oven",
        "*From:* Bo Miller\n*Sent:* Monday\n*To:* Ann\n*Subject:* Oven",
        "Von: Bo Miller\nGesendet: Montag, 3. Mai 2021 09:00\nAn: Ann\nBetreff: Ofen",
        "De : Bo Miller\nEnvoyé : lundi 3 mai 2021 09:00\nÀ : Ann\nObjet : Four",
        "De: Bo Miller\nEnviado el: lunes\nPara: Ann\nAsunto: Horno",
        "Da: Bo Miller\nInviato: lunedì\nA: Ann\nOggetto: Forno",
        "От: Bo Miller\nОтправлено: понедельник\nКому: Ann\nТема: Печь",
        "发件人: Bo\n发送时间: 2021\n收件人: Ann\n主题: 烤箱",
        "On May 3, 2021, at 9:00 AM, Bo Miller <bo@bread.example> wrote:",
    ],
)
def test_everything_below_an_older_message_is_not_own(head: str) -> None:
    found = message(f"Mine is slow, too.\n\n{head}\n\nThe oven is slow.\n\nBo\n")
    assert others(found) == [f"{head}\n\nThe oven is slow.\n\nBo"]


def test_words_below_the_end_of_a_forwarded_message_are_own_again() -> None:
    found = message(
        "See below.\n\n----- Forwarded message from Bo -----\nThe oven is slow.\n"
        "----- End forwarded message -----\nI say it is fast.\n"
    )
    assert found.text.endswith("I say it is fast.")
    assert found.not_own[-1][1] < found.text.index("I say")


def test_fields_of_a_recipe_are_no_older_message() -> None:
    assert message("From: the fridge\nButter: 100 g\nFlour: 500 g\n").not_own == ()


@pytest.mark.parametrize(
    "tail",
    [
        "-- \nAnn Baker\nBakery, Market 1",
        "--\nAnn",
        "_______________________________________________\nOvens mailing list\nOvens at lists.example\nhttps://l.example",
        "------------------------------------------------------------\nTo unsubscribe, e-mail: x@lists.example",
        "-- \nAnn\n\n-- \nYou received this message because you are subscribed to the Google Groups group.\n"
        "To unsubscribe from this group, send an email to o+unsubscribe@groups.example.",
        "-=-=-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all messages sent to this group.\nhttps://g.example\n"
        "-=-=-=-=-=-=-=-=-=-=-=-",
        "To unsubscribe from this group, send an email to\nthe address o-unsubscribe@groups.example",
        "Sent from my iPhone",
        "Von meinem Telefon gesendet",
        "-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <http://l.example/a.html>",
        "-----BEGIN PGP SIGNATURE-----\n\niQEcBAEBAgAGBQJ\n-----END PGP SIGNATURE-----",
        "begin 644 oven.jpg\nM_]C_X``02D9)1@`!\n`\nend",
    ],
)
def test_what_programs_and_lists_add_is_no_part_of_the_text(tail: str) -> None:
    assert message(f"The oven is slow.\n\n{tail}\n").text == "The oven is slow."


def test_a_signature_above_the_quoted_message_is_cut_and_the_quotation_stays() -> None:
    found = message("Mine too.\n\n-- \nAnn Baker\n\nBo wrote:\n> The oven is slow.\n> -- \n> Bo\n")
    assert found.text == "Mine too.\n\nBo wrote:\n> The oven is slow.\n> --\n> Bo"
    assert others(found) == ["Bo wrote:\n> The oven is slow.\n> --\n> Bo"]


def test_a_drawn_line_and_a_long_part_below_it_stay() -> None:
    text = "First the dough.\n----------\nThen the oven.\n\n--\n" + "\n".join(f"Step {step}." for step in range(40))
    assert message(text).text == text


def test_an_inline_signed_message_shows_its_text() -> None:
    text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe oven is slow.\n-----BEGIN PGP SIGNATURE-----\n"
    assert message(text + "\niQEc\n-----END PGP SIGNATURE-----\n").text == "The oven is slow."


def test_a_message_tells_its_place_in_the_thread() -> None:
    found = message(
        "Yes.",
        "Message-ID: <3@bread.example>",
        "In-Reply-To: <2@bread.example>",
        "References: <1@bread.example>\n <2@bread.example>",
        "Archived-At: <https://lists.example/3>",
        "Date: Mon, 3 May 2021 09:00:00 +0000",
    )
    assert (found.key, found.answers, found.parents[0]) == ("3@bread.example", "2@bread.example", "1@bread.example")
    assert (found.url, found.author) == ("https://lists.example/3", "Ann Baker")
    assert found.said_at == datetime(2021, 5, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied", "Content-Type: multipart/report; report-type=delivery-status"]
)
def test_notices_of_programs_are_no_posts(header: str) -> None:
    assert not list(read_messages(f"{header}\nFrom: a@b.example\nSubject: away\n\nI am away.".encode()))


def test_a_digest_is_the_messages_in_it() -> None:
    inner = "".join(f"--d\n\nFrom: {name} <x@b.example>\nSubject: Oven\n\nI am {name}.\n" for name in ("Ann", "Bo"))
    raw = f"From: list@b.example\nContent-Type: multipart/digest; boundary=d\n\n{inner}--d--\n".encode()
    assert [(found.author, found.text) for found in read_messages(raw)] == [("Ann", "I am Ann."), ("Bo", "I am Bo.")]


@pytest.mark.parametrize(
    ("subject", "clean", "bare"),
    [
        ("Re: Slow oven", "Slow oven", "slow oven"),
        ("Re: Re[2]: Slow oven", "Slow oven", "slow oven"),
        ("AW: [ovens] Slow oven", "[ovens] Slow oven", "slow oven"),
        ("[ovens] Re: Slow oven", "[ovens] Slow oven", "slow oven"),
        ("Fwd: Slow oven", "Fwd: Slow oven", "slow oven"),
        ("SV: Slow oven (was: Fast oven)", "Slow oven (was: Fast oven)", "slow oven"),
        ("回复：烤箱", "烤箱", "烤箱"),
        ("Recipe: bread", "Recipe: bread", "recipe: bread"),
        ("Re:", "", "re:"),
    ],
)
def test_a_subject_loses_the_marks_of_an_answer(subject: str, clean: str, bare: str) -> None:
    assert clean_subject(subject) == clean
    assert bare_subject(subject) == bare
