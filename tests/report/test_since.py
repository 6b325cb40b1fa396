from overheard.report.nights.page import nights_view
from overheard.report.nights.summary import Earlier, Group, Night
from overheard.report.since import MOST_LINES, since_view


def night(day, pains, segments=(), report_id=None):
    made = tuple(Group(name, name, people) for name, people in pains)
    groups = tuple(Group(name, name, people, words) for name, people, words in segments)
    return Night(day, report_id or day, 100, 900, day, made, groups)


def since(now, *earlier, accepted=""):
    shelf = [Earlier(f"folder-{one.report_id}", one) for one in earlier]
    return since_view(nights_view(now, shelf, (), 5), now.night, accepted, {})


def test_the_first_report_changed_nothing():
    assert since(night("2026-09-02", [])) is None


def test_a_report_made_again_in_the_same_night_is_no_news():
    assert since(night("2026-09-02", [], report_id="b"), night("2026-09-02", [("log", 9)], report_id="a")) is None


def test_it_is_told_since_the_newest_earlier_night_until_one_is_accepted():
    now = night("2026-09-03", [("log", 9)])
    first, second = night("2026-09-01", [("log", 9)]), night("2026-09-02", [("log", 9)])
    assert since(now, first, second).night == "2026-09-02"
    told = since(now, first, second, accepted="folder-2026-09-01")
    assert (told.night, told.is_accepted) == ("2026-09-01", True)


def test_what_changed_beyond_chance_is_told_and_nothing_else():
    then = night("2026-09-01", [("log", 10), ("mites", 20), ("gone", 8)])
    told = since(night("2026-09-02", [("log", 50), ("mites", 21), ("fresh", 7)]), then)
    assert sorted(told.lines) == [
        "New pain: “fresh”, 7 of 100 people.",
        "No longer shown: “gone”, 8 of 100 people.",
        "Told by a larger share: “log”, 10 of 100 people, now 50 of 100.",
    ]


def test_at_most_five_lines_and_the_rest_is_counted():
    told = since(night("2026-09-02", [(f"pain {at}", 9) for at in range(8)]), night("2026-09-01", []))
    assert len(told.lines) == MOST_LINES
    assert told.more == 3


def test_a_segment_tells_its_size_and_its_new_words():
    then = night("2026-09-01", [], [("log", 10, ("hive", "scale"))])
    now = night("2026-09-02", [], [("log", 20, ("hive", "tare")), ("mites", 6, ())])
    told = since(now, then)
    assert told.by_segment["log"] == (
        "10 people then, 20 now.", "New among their words: “tare”.", "No longer among them: “scale”."
    )  # fmt: skip
    assert told.by_segment["mites"] == ("This segment is new.",)
    assert told.lines == ("Segment “log”, 10 of 100 people, now 20 of 100.", "New segment: “mites”, 6 of 100 people.")
