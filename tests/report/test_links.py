import pytest

from overheard.report.links import Link, link_of


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://forum.example/t/1#p2", Link("https://forum.example/t/1#p2")),
        ("HTTP://forum.example/?a=1&b=%20", Link("HTTP://forum.example/?a=1&b=%20")),
        ("https://forum.example/käse tisch", Link(None)),
        ("https://forum.example/käse", Link("https://forum.example/k%C3%A4se")),
        ("https://forum.example/\"onmouseover='x'", Link("https://forum.example/%22onmouseover=%27x%27")),
        ("https://forum.example/(a)<b>", Link("https://forum.example/%28a%29%3Cb%3E")),
        ("visits/north-shed.vtt", Link(None, "visits/north-shed.vtt")),
        ("javascript:alert(1)", Link(None)),
        (" JaVaScRiPt:alert(1)", Link(None)),
        ("java\tscript:alert(1)", Link(None)),
        ("\x01javascript:alert(1)", Link(None)),
        ("data:text/html,x", Link(None)),
        ("vbscript:x", Link(None)),
        ("file:///etc/passwd", Link(None)),
        ("//evil.example/x", Link(None)),
        ("https://", Link(None)),
        ("https:///x", Link(None)),
        ("https://name:word@forum.example/", Link(None)),
        ("https://forum.example:port/", Link(None)),
        ("https://[::1/", Link(None)),
        ("https://evil.example\\@forum.example/", Link(None)),
        ("", Link(None)),
    ],
)
def test_only_web_addresses_are_clickable(url, link):
    assert link_of(url) == link
