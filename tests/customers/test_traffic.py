from overheard.customers import read_form_rows, read_web_log
from tests.customers.make import make_rows, person_of

SEGMENTS = ("54893aade705e14f", "120bef5bbd98efd0")
LATE, MATCH = SEGMENTS
BROWSER = "Mozilla/5.0 (X11; Linux) Firefox/140.0"


def line(target, host="192.0.2.7", status=200, agent=BROWSER):
    return f'{host} - - [04/May/2026:12:00:00 +0200] "GET {target} HTTP/1.1" {status} 512 "-" "{agent}"\n'


def visits(*lines):
    return read_web_log("log", lines, SEGMENTS, person_of)


def test_a_visit_and_its_answer_are_one():
    found, unread = visits(
        line(f"/landing-{LATE}.html?utm_source=forum"),
        line(f"/told?who={MATCH}&lp=lp-{LATE[:8]}&utm_source=landing"),
        line(f"/told?who=none&lp=lp-{LATE[:8]}", host="192.0.2.8"),
    )
    assert sorted((one.segment_id, one.answer) for one in found) == [(LATE, MATCH), (LATE, "none")]
    assert found[0].visited_at.isoformat() == "2026-05-04T10:00:00+00:00"
    assert unread == []


def test_other_pages_failures_and_machines_are_no_visits():
    found, unread = visits(
        line("/"),
        line(f"/landing-{LATE}.html", status=404),
        line(f"/landing-{LATE}.html", agent="ExampleBot/2.1"),
        line("/landing-ffffffff.html"),
        line(f"/told?who=%22%3E%3Cscript%3E&lp=lp-{LATE[:8]}"),
        "not a log line\n",
    )
    assert found == []
    assert [(one.line, one.why.split(" ")[0]) for one in unread] == [(6, "is"), (0, "1")]


def test_a_hostile_line_of_a_megabyte_is_passed_over_at_once():
    found, unread = visits("192.0.2.7 - - [" + "0" * 1_000_000 + '] "GET / HTTP/1.1" 200 1\n', '"' * 1_000_000)
    assert (found, len(unread)) == ([], 2)


def test_a_forms_export_tells_who_is_in_which_segment():
    rows = make_rows(
        f"Timestamp,email,lp,who,utm_source\n5/4/2026 10:00:00,ann@example.org,lp-{LATE[:8]},{LATE},forum\n"
        f"5/4/2026 11:00:00,bo@example.org,lp-{LATE[:8]},none,\n5/4/2026 11:00:00,cy@example.org,lp-zz,none,\n"
        f"5/4/2026 11:00:00,di@example.org,lp-{LATE[:8]},someone,\n"
    )
    found, unread = read_form_rows("form", rows, SEGMENTS, person_of)
    assert sorted((one.person_id, one.answer, one.source) for one in found) == [
        ("p:ann@example.org", LATE, "forum"), ("p:bo@example.org", "none", "")
    ]  # fmt: skip
    assert [one.line for one in unread] == [4, 5]


def test_the_page_that_was_served_tells_its_variant_and_a_campaigns_link_does_not():
    found, _ = visits(
        line(f"/landing-{LATE}.html?utm_content=b", host="192.0.2.1"),
        line(f"/landing-{LATE}_b.html?utm_content=banner-7", host="192.0.2.2"),
        line(f"/told?who={LATE}&lp=lp-{LATE[:8]}&utm_content=b", host="192.0.2.3"),
        line(f"/told?who={LATE}&lp=lp-{LATE[:8]}&utm_content=banner-7", host="192.0.2.4"),
        line(f"/landing-{LATE}_c.html", host="192.0.2.5"),
    )
    variants = {one.person_id.split()[0].removeprefix("p:192.0.2."): one.variant for one in found}
    assert variants == {"1": "a", "2": "b", "3": "b", "4": ""}


def test_who_saw_both_variants_counts_for_neither_and_a_visit_without_one_takes_none_away():
    found, _ = visits(
        line(f"/landing-{LATE}.html"),
        line(f"/landing-{LATE}_b.html"),
        line(f"/landing-{LATE}_b.html", host="192.0.2.9"),
        line(f"/told?who={LATE}&lp=lp-{LATE[:8]}", host="192.0.2.9"),
    )
    assert sorted((one.variant, one.answer) for one in found) == [("", ""), ("b", LATE)]


def test_a_forms_export_tells_the_variant():
    rows = make_rows(
        f"email,lp,who,utm_content\nann@example.org,lp-{LATE[:8]},{LATE},b\nbo@example.org,lp-{LATE[:8]},none,=1+1\n"
    )
    found, _ = read_form_rows("form", rows, SEGMENTS, person_of)
    assert sorted(one.variant for one in found) == ["", "b"]
