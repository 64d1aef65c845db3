"""Two orders of one drug are one trial; courses far apart are not one, and never mix."""

import datetime as dt
from typing import Any

import pytest

from policies.fhir import Caution, Found, Kind, Record
from policies.fhir.review import stated
from policies.situation import TreatmentTried
from tests.policies.fhir.bundles import MINE, RXNORM, concept, find, order, read_all, supply


def statement(start: str, end: str, mg: float | None = None) -> dict[str, Any]:
    repeat = {"frequency": 1, "period": 1, "periodUnit": "d"}
    dose = {"doseAndRate": [{"doseQuantity": {"value": mg, "code": "mg"}}]}
    return {
        "resourceType": "MedicationStatement",
        "status": "completed",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "36437"),
        "effectivePeriod": {"start": start, "end": end},
        **({"dosage": [{**dose, "timing": {"repeat": repeat}}]} if mg else {}),
    }


def sertraline(record: Record) -> tuple[Found, TreatmentTried]:
    found = find(record, Kind.TREATMENT, "sertraline")
    assert isinstance(found.value, TreatmentTried)
    return found, found.value


EARLIER = statement("2010-01-01", "2010-03-01", mg=200)
LATEST = statement("2026-02-01", "2026-02-15", mg=50)


@pytest.mark.parametrize("resources", [(EARLIER, LATEST), (LATEST, EARLIER)])
def test_of_two_courses_the_row_is_the_latest_and_waits_for_a_person(
    resources: tuple[dict[str, Any], ...],
) -> None:
    found, row = sertraline(read_all(*resources))
    assert (row.weeks, row.highest_dose_mg, row.ended_on) == (2.1, 50, dt.date(2026, 2, 15))
    assert row.this_episode is None
    assert found.unsure == {"weeks", "highest_dose_mg", "ended_on"}
    assert Caution.SEVERAL_COURSES in found.cautions
    assert {one.on for one in found.origins} == {dt.date(2010, 3, 1), dt.date(2026, 2, 15)}


def test_nothing_of_either_course_is_stated() -> None:
    (treatment,) = [one for one in stated(read_all(EARLIER, LATEST)) if one.kind is Kind.TREATMENT]
    assert treatment.value == TreatmentTried(kind="antidepressant", drug="sertraline")


@pytest.mark.parametrize(
    ("start", "is_one"), [("2026-06-01", True), ("2026-06-02", False)], ids=["a gap", "too long"]
)
def test_a_gap_of_three_months_is_the_longest_within_a_course(start: str, is_one: bool) -> None:
    record = read_all(statement("2026-01-01", "2026-03-01"), statement(start, "2026-06-10"))
    found, row = sertraline(record)
    assert (Caution.SEVERAL_COURSES in found.cautions) is not is_one
    assert (Caution.GAPS in found.cautions) is is_one
    assert row.weeks == (8.5 if is_one else 1.2)
    assert row.ended_on == dt.date(2026, 6, 10)


def test_supplies_that_follow_on_each_other_for_years_are_one_course() -> None:
    supplies = [
        supply("36437", f"{year}-{month:02}-01", 31)
        for year in (2024, 2025)
        for month in range(1, 13)
    ]
    found, row = sertraline(read_all(*supplies))
    assert row.weeks == 104.4
    assert Caution.SEVERAL_COURSES not in found.cautions


MONTHLY = ("2026-01-01", "2026-02-01", "2026-03-04", "2026-04-04")


def test_supplies_picked_up_a_day_late_are_one_trial_without_the_days_between() -> None:
    found, row = sertraline(read_all(*(supply("36437", day, 30) for day in MONTHLY)))
    # 120 days of tablets, in 124.
    assert row.weeks == 17.1
    assert Caution.GAPS not in found.cautions


@pytest.mark.parametrize(
    ("second", "weeks"), [("2026-02-07", 8.5), ("2026-02-08", 4.2)], ids=["a week", "a day more"]
)
def test_a_week_is_the_longest_that_a_refill_may_be_late(second: str, weeks: float) -> None:
    record = read_all(supply("36437", "2026-01-01", 30), supply("36437", second, 30))
    assert sertraline(record)[1].weeks == weeks


def test_a_dose_of_an_order_years_before_the_course_is_not_its_dose() -> None:
    instruction = EARLIER["dosage"]
    record = read_all(
        order("36437", authoredOn="2010-01-01", dosageInstruction=instruction), LATEST
    )
    assert sertraline(record)[1].highest_dose_mg == 50
