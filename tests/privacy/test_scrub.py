"""Sixty and more ways of telling who somebody is, and figures that look alike and tell nothing."""

from __future__ import annotations

import pytest

from overheard.privacy import Blotter

ROSTER = ["Big Dave (the Sparky)", "Sam", "invoice", "tin_tin", "Wendeline Okafor", "李小明的店铺", "O'Brien-Walsh"]

TELLING = [
    # e-mail
    "jo.bloggs+x@mail.example.org", "JO@MAIL.EXAMPLE", "jo_b@sub.mail.example.co.uk", "jo (at) mail (dot) example",
    "jo[at]mail.example", "info@bücher.example",
    # phones
    "+44 20 7946 0958", "+1 (555) 123-4567", "+49 (0)30 123456", "+33 6 12 34 56 78", "+91 98765 43210",
    "+86 138 0013 8000", "+353 1 234 5678", "0044 20 7946 0958", "(555) 123-4567", "555.123.4567", "020 7946 0958",
    "07700 900123", "0171-2345678", "030/1234567", "06 12 34 56 78", "06.12.34.56.78", "(02) 9876 5432",
    "98765 43210", "138 0013 8000", "tel: 5551234", "whatsapp 7911 123 456",
    # machines
    "192.168.10.1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "2001:db8:85a3::8a2e:370:7334", "fe80:0:0::1",
    # accounts
    "@carpenter_ken", "@jo-ann.smith", "u/some_name", "/u/some_name", "https://forum.example/u/carpenter_ken",
    "https://forum.example/members/carpenter.77", "www.reddit.com/user/some_name", "https://linkedin.com/in/jo-bloggs-12",
    "https://medium.example/@jobloggs", "https://twitter.com/jobloggs", "x.com/jobloggs", "t.me/jobloggs",
    "&user=jobloggs", "?email=jo%40mail.example",
    # where somebody lives
    "12 Elm Street", "221B Baker Street", "7 Old Mill Lane", "1600 Long Acre Ave", "Hauptstraße 12a", "Kirchplatz 3",
    "14 rue de la Paix", "3 bis, avenue des Ternes", "P.O. Box 1234", "Springfield, IL 62704", "SW1A 1AA", "M1 1AE",
    # money and papers
    "GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "FR14 2004 1010 0505 0001 3M02 606",
    "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "078-05-1120",
    # names seen in the market
    "Big Dave the Sparky", "big dave, the sparky", "TIN_TIN", "Wendeline Okafor", "wendeline  okafor", "李小明的店铺",
    "O'Brien-Walsh", "Invoice",
]  # fmt: skip

PLAIN = [
    "paid 1,234.56 on 2026-05-04 at 12:30, invoice 20260504", "net-60 terms, version 3.11.7 and 10.5 hours",
    "Windows 10.0.19041.1348 and Python 3.12.0", "order 4111 1111 1111 1112", "order 1234567890123456",
    "GB82 WEST 1234 5698 7654 33", "part AB12 CDEF 3456", "from 10:15:30 to 11:00:00", "the ratio is 16:9:1",
    "std::vector::iterator", "1990-2026, 300-400 people", "Daves and sparkys", "my invoice is late",
    "Big. Dave. And then, the Sparky", "sam and Sam said so", "https://shop.example/products/in-stock",
    "either/or, and/or, I/O", "meet @ 5", "12 new streets", "5 Star reviews", "The Drive failed 12 times",
    "Weg damit, 3 mal", "a 3-2 vote, 24/7", "about 100 000 euros", "1 234 567 rows", "room B2 3rd floor",
    "https://example.org/2026/05/04/why-we-left", "model X100 4K", "code 12345-678", "RFC 9309 and ISO 27001",
]  # fmt: skip


@pytest.mark.parametrize("told", TELLING)
def test_what_tells_who_somebody_is_is_found_whole(told: str) -> None:
    text = f"Well: {told} is what I have."
    assert [text[start:end] for start, end in Blotter(ROSTER).find(text)] == [told]


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert [text[start:end] for start, end in Blotter(ROSTER).find(text)] == []


def test_the_table_is_long_enough_to_be_called_one() -> None:
    assert len(set(TELLING)) >= 60
