"""How sure a document's word is, on the day and to the day."""

import datetime as dt

import pytest

from policies.catalogue import PrintedDate, ReadingKind
from policies.sureness import Sureness, sureness_of
from tests.factories import ON, make_edition, make_reading, real_catalogue

LIVE, COPY, HEARSAY = ReadingKind.LIVE_DOCUMENT, ReadingKind.STORED_COPY, ReadingKind.SECOND_HAND
CURRENT, DATED = Sureness.CURRENT, Sureness.DATED
OLD, SECOND_HAND = Sureness.OLD_OR_UNDATED, Sureness.SECOND_HAND

READ_ON = dt.date(2025, 11, 25)


def days_after(days: int) -> dt.date:
    return READ_ON + dt.timedelta(days=days)


def place(
    *readings: tuple[ReadingKind, str],
    effective: str | None = None,
    reviewed: str | None = None,
    on: dt.date = ON,
) -> Sureness:
    edition = make_edition(
        effective=effective,
        readings=tuple(make_reading(kind, read_on) for kind, read_on in readings),
        last_reviewed=PrintedDate(reviewed) if reviewed else None,
    )
    return sureness_of(edition, on=on)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, OLD), (0, CURRENT), (364, CURRENT), (365, CURRENT), (366, OLD)],
    ids=["the day before", "the day itself", "364 days", "365 days", "366 days"],
)
def test_a_live_document_is_current_for_365_days(days: int, expected: Sureness) -> None:
    assert place((LIVE, "2025-11-25"), on=days_after(days)) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 11, 4), DATED),
        (dt.date(2026, 11, 5), DATED),
        (dt.date(2026, 11, 6), OLD),
    ],
    ids=["a day less", "two years to the day", "a day more"],
)
def test_a_printed_date_holds_for_two_years(on: dt.date, expected: Sureness) -> None:
    assert place((COPY, "2024-11-05"), effective="2024-11-05", on=on) is expected
    assert place((COPY, "2024-11-05"), reviewed="2024-11-05", on=on) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 10, 31), DATED),
        (dt.date(2026, 11, 1), DATED),
        (dt.date(2026, 11, 2), OLD),
    ],
    ids=["October 31", "November 1", "November 2"],
)
def test_a_printed_month_means_its_first_day(on: dt.date, expected: Sureness) -> None:
    assert place((COPY, "2026-01"), reviewed="2024-11", on=on) is expected


def test_a_printed_year_means_its_first_day() -> None:
    assert place((COPY, "2025"), reviewed="2025", on=dt.date(2027, 1, 1)) is DATED
    assert place((COPY, "2025"), reviewed="2025", on=dt.date(2027, 1, 2)) is OLD


def test_two_years_from_february_29_end_on_its_day_before() -> None:
    assert place((COPY, "2026-01"), effective="2026-02-28", on=dt.date(2028, 2, 29)) is DATED
    assert place((COPY, "2026-01"), effective="2026-02-27", on=dt.date(2028, 2, 29)) is OLD


@pytest.mark.parametrize(
    ("readings", "effective", "reviewed", "expected"),
    [
        pytest.param([(COPY, "2026-11")], None, None, OLD, id="undated"),
        pytest.param([(COPY, "2026-11")], "2021-04-01", None, OLD, id="old"),
        pytest.param(
            [(COPY, "2026-11")], "2021-04-01", "2026-01", DATED, id="old, and reviewed of late"
        ),
        pytest.param([(HEARSAY, "2026-11")], "2026-01-01", None, SECOND_HAND, id="second-hand"),
        pytest.param(
            [(HEARSAY, "2026-11"), (HEARSAY, "2026-11")],
            "2026-01-01",
            None,
            SECOND_HAND,
            id="second-hand twice is not first-hand",
        ),
        pytest.param(
            [(HEARSAY, "2026-11"), (COPY, "2026-11")],
            "2026-01-01",
            None,
            DATED,
            id="its own words beside an account",
        ),
        pytest.param(
            [(COPY, "2026-11"), (LIVE, "2026-01")], None, None, CURRENT, id="live beside a copy"
        ),
        pytest.param(
            [(LIVE, "2024-01"), (HEARSAY, "2026-11")],
            None,
            None,
            OLD,
            id="live too long ago, with a newer account",
        ),
        pytest.param(
            [(LIVE, "2024-01"), (COPY, "2026-11")],
            "2026-01-01",
            None,
            DATED,
            id="live too long ago, and dated",
        ),
        pytest.param(
            [(HEARSAY, "2026-01"), (LIVE, "2026-12")],
            "2026-01-01",
            None,
            SECOND_HAND,
            id="a live reading of next month does not count yet",
        ),
        pytest.param(
            [(LIVE, "2026-12")],
            "2026-01-01",
            None,
            DATED,
            id="only read later: its own words, but not current on that day",
        ),
        pytest.param(
            [(HEARSAY, "2026-12")], "2026-01-01", None, SECOND_HAND, id="only heard of later"
        ),
    ],
)
def test_sureness(
    readings: list[tuple[ReadingKind, str]],
    effective: str | None,
    reviewed: str | None,
    expected: Sureness,
) -> None:
    assert place(*readings, effective=effective, reviewed=reviewed) is expected


def test_none_of_the_twelve_is_current() -> None:
    found = {
        document.stem: sureness_of(document.editions[-1], on=ON)
        for document in real_catalogue().documents
    }
    assert len(found) >= 12
    assert CURRENT not in found.values()


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("bcbs-ma--087", SECOND_HAND),
        ("bcbs-ma--291", SECOND_HAND),
        ("bcbs-al--mp-446", OLD),  # last reviewed November 2024, so two years and 24 days
        ("aetna--cpb-0938", OLD),
        ("highmark--i-212", OLD),
        ("hcsc-bcbs-ok--rx501-105", SECOND_HAND),
        ("western-health-advantage--spravato", OLD),
        ("wisconsin-medicaid--iv-ketamine-mdd", SECOND_HAND),
        ("new-york-medicaid--spravato", OLD),
        ("medicare--benefit-policy-manual-ch15", SECOND_HAND),
        ("tricare-west--spravato-and-ketamine", OLD),
        ("va--iv-ketamine", SECOND_HAND),
    ],
)
def test_sureness_of_the_twelve(stem: str, expected: Sureness) -> None:
    (document,) = (one for one in real_catalogue().documents if one.stem == stem)
    assert sureness_of(document.editions[-1], on=ON) is expected


def test_every_sureness_has_a_label_and_an_explanation() -> None:
    assert len({one.label for one in Sureness}) == len(Sureness)
    assert all(one.explanation.endswith(".") for one in Sureness)
