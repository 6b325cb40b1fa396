import pytest

from overheard.customers.times import is_day_first, read_time


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-10-05 07:01:21", "2026-10-05T07:01:21+00:00"),
        ("2026-10-05T07:01:21.123Z", "2026-10-05T07:01:21+00:00"),
        ("2026-10-05T07:01:21+0200", "2026-10-05T05:01:21+00:00"),
        ("2026/10/05 3:02:25 pm CET", "2026-10-05T15:02:25+00:00"),
        ("2026/10/05 12:14:20 AM GMT+2", "2026-10-04T22:14:20+00:00"),
        ("10/5/2026 15:02", "2026-10-05T15:02:00+00:00"),
        ("10/05/26", "2026-10-05T00:00:00+00:00"),
        ("5 Oct 2026, 15:02", "2026-10-05T15:02:00+00:00"),
        ("October 5, 2026 3:02 PM", "2026-10-05T15:02:00+00:00"),
        ("1791212481", "2026-10-05T15:01:21+00:00"),
        ("1791212481000", "2026-10-05T15:01:21+00:00"),
    ],
)
def test_times_are_read_as_survey_tools_print_them(text, told):
    assert read_time(text).isoformat() == told


@pytest.mark.parametrize("text", ["", "soon", "2026-13-05", "31/31/2026", "2026-10-05 25:00", "4.5", "12"])
def test_what_is_no_time_is_none(text):
    assert read_time(text) is None


def test_one_day_above_twelve_tells_how_the_whole_column_is_written():
    assert is_day_first(["03/04/2026", "25/04/2026"])
    assert not is_day_first(["03/04/2026", "2026-25-04"])
    assert read_time("03/04/2026", day_first=True).month == 4
