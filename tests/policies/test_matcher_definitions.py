"""What makes a treatment tried count: edges, grey zones and shares, as the documents word them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from policies.matcher import trial_counts
from policies.truth import Truth
from tests.factories import MET, NOT_MET, UNKNOWN, make_facts, make_tried
from tests.policies.counting import define


def counts(row: Mapping[str, Any], **wanted: Any) -> Truth:
    facts = make_facts(tried=[make_tried(**row)])
    assert facts.treatments is not None
    return trial_counts((define(**wanted),), facts.treatments[0])


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [(3, NOT_MET), (3.9, NOT_MET), (4, UNKNOWN), (5, UNKNOWN), (6, MET), (None, UNKNOWN)],
)
def test_typically_six_weeks_is_met_by_six_and_failed_under_four(
    weeks: float | None, expected: Truth
) -> None:
    assert counts({"weeks": weeks}, min_weeks=6, weeks_unclear_from=4) is expected


@pytest.mark.parametrize(
    ("weeks", "expected"), [(4, NOT_MET), (4.5, MET), (5, MET), (None, UNKNOWN)]
)
def test_over_four_weeks_is_taken_as_printed(weeks: float | None, expected: Truth) -> None:
    assert counts({"weeks": weeks}, above_weeks=4) is expected


@pytest.mark.parametrize(
    ("limit", "percent", "expected"),
    [
        pytest.param("max", 25, MET, id="25 percent or less, at 25"),
        pytest.param("max", 26, NOT_MET, id="25 percent or less, at 26"),
        pytest.param("below", 25, NOT_MET, id="less than 25 percent, at 25"),
        pytest.param("below", 24, MET, id="less than 25 percent, at 24"),
        pytest.param("above", 25, NOT_MET, id="over 25 percent, at 25"),
        pytest.param("above", 26, MET, id="over 25 percent, at 26"),
        pytest.param("below", None, UNKNOWN, id="not answered"),
    ],
)
def test_percent_rules_decide_by_percent(
    limit: str, percent: float | None, expected: Truth
) -> None:
    row = {"improvement_percent": percent, "outcome": "partial_response"}
    assert counts(row, **{f"{limit}_improvement_percent": 25}) is expected


@pytest.mark.parametrize(("percent", "expected"), [(80, MET), (79, NOT_MET), (None, UNKNOWN)])
def test_a_share_of_doses_taken(percent: float | None, expected: Truth) -> None:
    assert counts({"adherence_percent": percent}, min_adherence_percent=80) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"highest_tolerated_dose": True}, MET),
        ({"highest_tolerated_dose": False}, NOT_MET),
        ({}, UNKNOWN),
        ({"maximum_dose": True}, MET),
        ({"maximum_dose": False}, UNKNOWN),
    ],
)
def test_the_maximum_dose_is_as_high_as_anyone_tolerates(
    row: Mapping[str, Any], expected: Truth
) -> None:
    assert counts(row, highest_tolerated_dose=True) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"ended_on": dt.date(2021, 11, 25)}, MET, id="five years ago to the day"),
        pytest.param({"ended_on": dt.date(2021, 11, 24)}, NOT_MET, id="a day longer ago"),
        pytest.param({"outcome": "ongoing"}, MET, id="it has not ended"),
        pytest.param({}, UNKNOWN, id="nobody said when it ended"),
    ],
)
def test_within_the_past_five_years(row: Mapping[str, Any], expected: Truth) -> None:
    assert counts(row, ended_within_years=5) is expected


@pytest.mark.parametrize(
    ("ended", "years", "expected"),
    [
        pytest.param(dt.date(2023, 2, 28), 5, MET, id="a year without the leap day"),
        pytest.param(dt.date(2024, 2, 29), 4, MET, id="a year with it"),
        pytest.param(dt.date(2024, 2, 28), 4, NOT_MET, id="a day longer ago"),
        pytest.param(dt.date(2028, 3, 1), 4, UNKNOWN, id="a day to come"),
    ],
)
def test_years_before_a_leap_day(ended: dt.date, years: int, expected: Truth) -> None:
    facts = make_facts(on=dt.date(2028, 2, 29), tried=[make_tried(ended_on=ended)])
    assert facts.treatments is not None
    assert facts.treatments[0].ended_within(years) is expected


def test_a_treatment_never_taken_counts_only_where_contraindication_is_named() -> None:
    row = {"outcome": "contraindicated", "weeks": None}
    assert counts(row, this_episode=False) is NOT_MET
    assert counts(row, outcome={"contraindicated", "not_tolerated"}) is MET


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"outcome": "ongoing"}, NOT_MET, id="still taken"),
        pytest.param({"outcome": None, "weeks": 3}, NOT_MET, id="taken for weeks"),
        pytest.param({"outcome": None, "weeks": None}, UNKNOWN, id="nobody said whether"),
    ],
)
def test_what_was_taken_was_not_ruled_out(row: dict[str, Any], expected: Truth) -> None:
    assert counts(row, outcome={"contraindicated"}) is expected
