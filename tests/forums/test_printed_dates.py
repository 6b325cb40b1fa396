"""What printed dates say, in the languages and forms of forums; what they leave open stays open."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.forums.dates import find_date, read_epoch, resolve
from overheard.forums.outline import outline_of, parse_html
from overheard.forums.structure.stamps import find_stamps

FETCHED = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)  # a Wednesday


def said(text: str) -> datetime | None:
    printed = find_date(text, FETCHED)
    return resolve(printed, "unknown", timedelta()) if printed else None


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-03-05T18:45:10Z", at(2020, 3, 5, 18, 45, 10)),
        ("2020-03-05 18:45:10 -0600", at(2020, 3, 6, 0, 45, 10)),
        ("2011.05.28 10:15", at(2011, 5, 28, 10, 15)),
        ("Thu Mar 05, 2020 7:45 pm", at(2020, 3, 5, 19, 45)),
        ("March 5th, 2020 at 12:05 AM", at(2020, 3, 5, 0, 5)),
        ("Posted 5 Mar 2020, 07:45", at(2020, 3, 5, 7, 45)),
        ("7. März 2020 um 23:20", at(2020, 3, 7, 23, 20)),
        ("14.12.2019 21:42", at(2019, 12, 14, 21, 42)),
        ("05.01.12 11:27", at(2012, 1, 5, 11, 27)),
        ("le 7 février 2020 à 9h05", at(2020, 2, 7, 9, 5)),
        ("7 de agosto de 2020", at(2020, 8, 7)),
        ("12 января 2020", at(2020, 1, 12)),
        ("3 września 2019, 8:00", at(2019, 9, 3, 8, 0)),
        ("2019年3月5日 12:30", at(2019, 3, 5, 12, 30)),
        ("28-Dec-19", at(2019, 12, 28)),
        ("12/31/2017", at(2017, 12, 31)),
        ("31/12/2017", at(2017, 12, 31)),
        # The day of the week tells day and month apart: 5 June 2013 was a Wednesday, 6 May a Monday.
        ("Wed, 05/06/2013 - 19:27", at(2013, 6, 5, 19, 27)),
        ("Mon, 05/06/2013 - 19:27", at(2013, 5, 6, 19, 27)),
        ("2021. május 3., 10:14", at(2021, 5, 3, 10, 14)),
        ("2021 m. gegužės 3 d. 10:14", at(2021, 5, 3, 10, 14)),
        ("3 tháng 5, 2021 10:14", at(2021, 5, 3, 10, 14)),
        ("2021. 5. 3. 오후 3:14", at(2021, 5, 3, 15, 14)),
        ("2021年5月3日 下午3:14", at(2021, 5, 3, 15, 14)),
        ("3 مايو 2021 - 10:14 مساء", at(2021, 5, 3, 22, 14)),
        ("٣ مايو ٢٠٢١", at(2021, 5, 3)),
        ("3 במאי 2021, 10:14", at(2021, 5, 3, 10, 14)),
        ("Δευ Μάι 03, 2021 10:14 pm", at(2021, 5, 3, 22, 14)),
        ("3 may 2021 10:14 p. m.", at(2021, 5, 3, 22, 14)),
        ("Mon May 03, 2021 12:14 and then", at(2021, 5, 3, 12, 14)),
        # One word for two months: Polish writes the day without a dot, Croatian with one.
        ("3 listopada 2021", at(2021, 11, 3)),
        ("3. listopada 2021.", at(2021, 10, 3)),
        ("2 days ago", at(2022, 5, 30, 12, 0)),
        ("vor 3 Stunden", at(2022, 6, 1, 9, 0)),
        ("il y a 2 jours", at(2022, 5, 30, 12, 0)),
        ("an hour ago", at(2022, 6, 1, 11, 0)),
        ("Yesterday, 09:12 PM", at(2022, 5, 31, 21, 12)),
        ("Heute, 08:10", at(2022, 6, 1, 8, 10)),
        ("Monday at 5:00 PM", at(2022, 5, 30, 17, 0)),
    ],
)
def test_a_printed_date_is_read(text: str, expected: datetime) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "05/06/2013",
        # These calendars count the years otherwise.
        "۱۳/۰۲/۱۴۰۰",
        "۱۳ اردیبهشت ۱۴۰۰",
        "3 พ.ค. 2564",
        "03/05/64",
        "令和3年5月3日",
        "15 رمضان 1442",
        "hier klicken",
        "vor Tagen",
        "I will do it today, as soon as I am home",
        "2 weeks ago",
        "6 months ago",
        "3 years ago",
        "September 2019",
        "March 30",
        "31.02.2020",
        "45/17/2020",
        "version 1.2.3",
        "192.168.10.12",
        "Posts: 2,339",
        "0123456789012345678901234567890",
        "",
    ],
)
def test_a_date_that_is_not_whole_or_not_certain_is_not_guessed(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("3 hours ago", "vor 3 Stunden", "il y a 3 heures", "hace 3 horas", "3 ore fa", "há 3 horas", "3 uur geleden"),
        *("för 3 timmar sedan", "for 3 timer siden", "3 tuntia sitten", "3 godziny temu", "před 3 hodinami"),
        *(
            "prije 3 sata",
            "acum 3 ore",
            "3 órája ezelőtt",
            "3 часа назад",
            "3 години тому",
            "преди 3 часа",
            "3 saat önce",
        ),
        *("πριν 3 ώρες", "منذ 3 ساعات", "לפני 3 שעות", "3 jam yang lalu", "3 giờ trước", "3 ชั่วโมงที่แล้ว"),
        *("3小时前", "3 個小時前", "3時間前", "3시간 전", "fa 3 hores"),
    ],
)
def test_hours_ago_are_read_in_many_languages(text: str) -> None:
    assert said(text) == at(2022, 6, 1, 9, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("Yesterday, 10:14", "Gestern um 10:14", "hier à 10h14", "ayer 10:14", "ieri, 10:14", "ontem às 10:14"),
        *(
            "gisteren 10:14",
            "igår 10:14",
            "i går 10:14",
            "eilen 10.14",
            "wczoraj, 10:14",
            "včera 10:14",
            "tegnap 10:14",
        ),
        *("jučer u 10:14", "вчера в 10:14", "вчора 10:14", "dün 10:14", "χθες 10:14", "أمس 10:14", "אתמול, 10:14"),
        *(
            "kemarin 10:14",
            "hôm qua 10:14",
            "昨天 10:14",
            "昨日 10:14",
            "어제 10:14",
            "昨天 上午 10:14",
            "어제 오전 10:14",
        ),
    ],
)
def test_yesterday_is_a_day_in_many_languages(text: str) -> None:
    assert said(text) == at(2022, 5, 31, 10, 14)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1)))
def test_a_date_written_out_comes_back_whatever_it_is(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert said(minute.strftime("%d %b %Y, %H:%M")) == minute
    assert said(minute.strftime("%B %d, %Y %I:%M %p")) == minute
    assert said(minute.isoformat()) == minute
    assert read_epoch(str(int(minute.timestamp()) * 1000).zfill(12)) == minute


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    found = find_date(text, FETCHED)
    assert found is None or 0 <= found.start <= found.end <= len(text)


def stamps_of(texts: list[str], language: str = "en") -> list[datetime | None]:
    spans = "".join(f"<div><span class='date'>{text}</span><p>words</p></div>" for text in texts)
    page = outline_of(parse_html(f"<html><body>{spans}</body></html>"))
    return [stamp.said_at for stamp in find_stamps(page, FETCHED, language)]


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        # One day over 12 settles the order for the page.
        (["03/04/2019", "25/04/2019"], "en", at(2019, 4, 3)),
        (["03/04/2019", "04/25/2019"], "en", at(2019, 3, 4)),
        # No post is from the future.
        (["03/12/2022", "01/05/2022"], "en", at(2022, 3, 12)),
        # Only English has two orders.
        (["03/04/2019"], "fr-FR", at(2019, 4, 3)),
        (["03/04/2019"], "en", None),
        # Nobody said which language, and it is not English.
        (["03/04/2019", *["mucho viento hoy en la playa de siempre"] * 10], "", at(2019, 4, 3)),
        (["03/04/2019", *["and this is what you have to do with it"] * 10], "", None),
        # Threads run in one direction.
        (["01/05/2019", "02/04/2019", "03/01/2019"], "en", at(2019, 1, 5)),
    ],
)
def test_the_page_as_a_whole_tells_days_from_months(texts: list[str], language: str, expected: datetime | None) -> None:
    assert stamps_of(texts, language)[0] == expected
