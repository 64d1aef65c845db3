"""Whose plan it is: the insurer named, the only payer, or those of a like name."""

import pytest

from policies.applicability import insurer_of, similar_insurers
from policies.situation import LineOfBusiness, Plan
from tests.factories import make_catalogue, real_catalogue
from tests.policies.selecting import ACME, ACME_DOCUMENT, COMMERCIAL, MEDICARE, ORIGINAL, RULE


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(Plan(line_of_business=ORIGINAL), MEDICARE, id="the only payer of its line"),
        pytest.param(Plan(insurer="acme"), ACME, id="the insurer named"),
        pytest.param(
            Plan(insurer="acme", line_of_business=ORIGINAL), ACME, id="the named one wins"
        ),
        pytest.param(
            Plan(insurer_name="Zenith", line_of_business=ORIGINAL), None, id="a name we do not hold"
        ),
        pytest.param(Plan(line_of_business=COMMERCIAL), None, id="a line with many payers"),
        pytest.param(Plan(), None, id="nothing given"),
    ],
)
def test_the_insurer_of_a_plan(plan: Plan, expected: object) -> None:
    assert insurer_of(make_catalogue(RULE, ACME_DOCUMENT), plan) == expected


@pytest.mark.parametrize(
    ("line", "state", "expected"),
    [
        pytest.param(LineOfBusiness.MEDICAID, "WI", "wisconsin-medicaid", id="the state's own"),
        pytest.param(LineOfBusiness.MEDICAID, "UT", None, id="a state we hold nothing of"),
        pytest.param(LineOfBusiness.MEDICAID, None, None, id="no state"),
        pytest.param(LineOfBusiness.MEDICAID_MANAGED_CARE, "WI", None, id="a health plan's"),
        pytest.param(LineOfBusiness.VA, None, "va", id="the nation's"),
    ],
)
def test_the_only_payer_of_a_kind_of_coverage_need_not_be_named(
    line: LineOfBusiness, state: str | None, expected: str | None
) -> None:
    plan = Plan(line_of_business=line, residence_state=state)
    insurer = insurer_of(real_catalogue(), plan)
    assert (insurer.slug if insurer else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Blue Cross of Massachusetts", ["bcbs-ma"], id="fewer words"),
        pytest.param("BCBS Alabama", ["bcbs-al"], id="for short"),
        pytest.param("Atena", ["aetna"], id="a slip of the hand"),
        pytest.param("Zephyr Mutual", [], id="nothing like it"),
        pytest.param(None, [], id="no name"),
    ],
)
def test_a_name_that_we_do_not_hold_is_answered_with_those_like_it(
    name: str | None, expected: list[str]
) -> None:
    found = similar_insurers(real_catalogue(), Plan(insurer_name=name))
    assert [insurer.slug for insurer in found] == expected
