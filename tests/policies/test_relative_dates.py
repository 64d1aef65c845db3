"""Worked cases whose days follow the edition, and whose dates follow the day."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.catalogue import EditionStatus
from policies.days import Span, Unit, months_after
from policies.situation import ScaleScore
from policies.verdict import Verdict
from policies.worked_cases import CaseError, read_cases, run_case, settle, write_case
from tests.factories import make_document, make_edition, make_position

SPANS = st.builds(Span, st.integers(0, 999), st.sampled_from(Unit))


def data_of(on: str = "30 days after effective", **situation: Any) -> dict[str, Any]:
    told = {"answers": {"age": 40, "conditions": ["treatment_resistant_depression"]}, **situation}
    return {
        "name": "A case",
        "on": on,
        "situation": {"treatment": "iv_ketamine", **told},
        "verdict": "appears_to_qualify",
    }


def test_a_case_moves_along_with_the_next_edition_and_still_runs() -> None:
    case = read_cases([data_of()])[0]
    first, second = (
        make_edition(make_position(), effective=day) for day in ("2026-01-01", "2027-06-01")
    )
    days = [settle(case, make_document(*some)).on for some in ((first,), (first, second))]
    assert days == [dt.date(2026, 1, 31), dt.date(2027, 7, 1)]
    assert settle(case, make_document(first, second)).edition is second
    assert run_case(case, make_document(first, second)) == ()


def test_a_case_stays_with_the_last_rule_once_the_policy_is_retired() -> None:
    rule = make_edition(make_position(), effective="2026-01-01")
    end = make_edition(effective="2027-01-01", status=EditionStatus.WITHDRAWN)
    of_rule = read_cases([data_of()])[0]
    of_end = read_cases([{**data_of("0 days after effective"), "verdict": "withdrawn"}])[0]
    document = make_document(rule, end)
    assert settle(of_rule, document).edition is rule
    assert settle(of_end, document).on == dt.date(2027, 1, 1)
    assert run_case(of_end, document) == ()


def test_a_day_of_an_edition_without_a_date_counts_from_its_first_reading() -> None:
    document = make_document(make_edition(make_position(), effective=None))
    assert settle(read_cases([data_of()])[0], document).on == dt.date(2026, 12, 1)


def test_dates_of_the_situation_keep_their_distance_from_the_day() -> None:
    row = {"kind": "antidepressant", "drug": "sertraline", "ended_on": "8 weeks before"}
    score = {"scale": "phq9", "score": 20, "origin": "chart", "taken_on": "1 month before"}
    data = data_of("2026-03-31", treatments_tried=[row], scores=[score])
    told = settle(read_cases([data])[0], make_document()).situation
    assert told.treatments_tried
    assert told.treatments_tried[0].ended_on == dt.date(2026, 2, 3)
    assert told.scores == (ScaleScore("phq9", 20, "chart", dt.date(2026, 2, 28)),)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        pytest.param("2026-03-31", -1, "2026-02-28", id="a month too short"),
        pytest.param("2028-03-31", -1, "2028-02-29", id="a month too short, in a leap year"),
        pytest.param("2028-02-29", 12, "2029-02-28", id="a leap day, a year later"),
        pytest.param("2026-01-15", -13, "2024-12-15", id="over two years' ends"),
        pytest.param("2026-12-31", 2, "2027-02-28", id="into the next year"),
    ],
)
def test_months_are_counted_by_the_calendar(day: str, months: int, found: str) -> None:
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(found)


@given(span=SPANS, inner=SPANS, scored=SPANS)
def test_what_is_written_of_a_case_reads_as_the_same(span: Span, inner: Span, scored: Span) -> None:
    row = {"kind": "antidepressant", "outcome": "no_response", "ended_on": f"{inner} before"}
    score = {"scale": "phq9", "score": 9, "origin": "chart", "taken_on": f"{scored} before"}
    data = data_of(f"{span} after effective", treatments_tried=[row], scores=[score])
    (case,) = read_cases([data])
    written = write_case(case)
    assert read_cases([written]) == (case,)
    assert written == {**data, "situation": written["situation"]}
    assert written["situation"]["treatments_tried"] == [row]


def test_a_case_with_dates_of_the_calendar_is_written_as_it_was() -> None:
    row = {"kind": "antidepressant", "drug": "sertraline", "ended_on": "2026-07-01"}
    data = data_of("2026-11-25", treatments_tried=[row])
    assert write_case(read_cases([data])[0])["situation"]["treatments_tried"] == [row]
    assert read_cases([data])[0].verdict is Verdict.APPEARS_TO_QUALIFY


def test_a_span_that_is_none_is_named_at_its_place() -> None:
    row = {"kind": "antidepressant", "ended_on": "8 moons before"}
    with pytest.raises(CaseError) as refused:
        read_cases([data_of("soon", treatments_tried=[row])])
    faults = {one.place: one.text for one in refused.value.faults}
    assert faults == {
        "[0].on": "'soon' is not a date like 2026-11-25, nor a span like 30 days after effective",
        "[0].situation.treatments_tried[0].ended_on": "'8 moons before' is not so long before "
        "the day of the case; write it like 8 weeks before",
    }
