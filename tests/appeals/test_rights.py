"""What may be demanded and what only asked for, of whom, and from which day."""

import datetime as dt
from typing import Any

import pytest

from appeals.law import files
from appeals.law.files import LawDataError, read_data
from appeals.law.plan_types import PlanType
from appeals.law.rights import Right, Wording, read_rights, rights, rights_for
from appeals.law.state_reviews import READ_ITSELF
from policies import terms
from policies.faults import InputError
from tests.appeals.law_cases import NEVER_INSURED, ON, case_of
from tests.policies.reading_level import school_years
from tests.policies.test_guide import EIGHTH_GRADE, PROMISE

SELF_FUNDED = PlanType.ERISA_SELF_FUNDED
INSURED_JOB = PlanType.ERISA_INSURED
OWN = PlanType.INDIVIDUAL_ACA
GRANDFATHERED = PlanType.GRANDFATHERED
COUNTY = PlanType.NONFEDERAL_GOVERNMENTAL
CHURCH = PlanType.CHURCH
MEDICAID_PLAN = PlanType.MEDICAID_MANAGED_CARE
MEDICAID = PlanType.MEDICAID_FFS
MEDICARE = PlanType.ORIGINAL_MEDICARE
ADVANTAGE = PlanType.MEDICARE_ADVANTAGE
PART_D = PlanType.MEDICARE_PART_D
MUST, ASK = Wording.MUST, Wording.ASK


def held(name: str, plan_type: PlanType, **told: Any) -> Right | None:
    found = {one.id: one for one in rights_for(case_of(plan_type, **told))}
    return found.get(name)


@pytest.mark.parametrize(
    ("name", "plan_type", "wording", "citation"),
    [
        ("claim_file", SELF_FUNDED, MUST, "29 CFR 2560.503-1(h)(2)(iii)"),
        ("claim_file", OWN, MUST, "45 CFR 147.136, which takes over 29 CFR 2560.503-1"),
        ("claim_file", COUNTY, ASK, "45 CFR 147.136"),
        ("claim_file", CHURCH, ASK, "26 CFR 54.9815-2719"),
        ("claim_file", GRANDFATHERED, ASK, "29 CFR 2560.503-1(h)(2)(iii)"),
        ("claim_file", ADVANTAGE, None, ""),
        ("medicaid_file", MEDICAID_PLAN, MUST, "42 CFR 438.404(b)(2)"),
        ("medicaid_file", MEDICAID, None, ""),
        ("criteria", SELF_FUNDED, ASK, "29 CFR 2560.503-1(g) and (j)"),
        ("prior_authorization_reason", ADVANTAGE, ASK, "CMS-0057-F"),
        ("prior_authorization_reason", SELF_FUNDED, None, ""),
        ("medicare_advantage_notice", ADVANTAGE, MUST, "42 CFR 422.568(e)"),
        ("expert_names", INSURED_JOB, MUST, "29 CFR 2560.503-1(h)(3)(iv)"),
        ("expert_names", OWN, None, ""),
        ("reviewer_in_field", SELF_FUNDED, MUST, "29 CFR 2560.503-1(h)(3)(iii) and (v)"),
        ("reviewer_in_field", COUNTY, None, ""),
        ("fresh_look", SELF_FUNDED, MUST, "29 CFR 2560.503-1(h)(3)(ii)"),
        ("new_evidence", INSURED_JOB, MUST, "29 CFR 2560.503-1(h)(2)"),
        ("no_fee", SELF_FUNDED, MUST, "29 CFR 2560.503-1(b)(3)"),
        ("deemed_exhausted", OWN, MUST, "45 CFR 147.136(b)(2)(ii)(F)"),
        ("deemed_exhausted", SELF_FUNDED, ASK, "29 CFR 2590.715-2719"),
        ("deemed_exhausted", GRANDFATHERED, None, ""),
        ("medicaid_exhausted", MEDICAID_PLAN, MUST, "42 CFR 438.408(c)(3)"),
        ("part_d_late", PART_D, MUST, "42 CFR 423.568(h), 423.572"),
        ("language", MEDICAID, ASK, "42 CFR 431.206(e)"),
        ("expedited", MEDICARE, None, ""),
        ("fast_way_of_its_own", PlanType.TRICARE, MUST, "32 CFR 199.10"),
        ("fast_way_of_its_own", PlanType.FEHB, ASK, "5 CFR 890.105(e)"),
        ("urgent_when_the_doctor_says_so", OWN, MUST, "29 CFR 2560.503-1(m)(1)(iii)"),
        ("representative", PlanType.FEHB, MUST, "5 CFR 890.105(a)(2)"),
        ("representative", PlanType.VA, MUST, "VA clinical appeals guidance"),
        ("external_review", SELF_FUNDED, MUST, "29 CFR 2590.715-2719(d)"),
        ("external_review", CHURCH, ASK, "26 CFR 54.9815-2719(d)"),
        ("external_review", GRANDFATHERED, None, ""),
        ("external_review", ADVANTAGE, None, ""),
        ("keep_services", MEDICAID_PLAN, MUST, "42 CFR 438.420"),
        ("keep_services", OWN, None, ""),
        ("ask_to_keep_course", OWN, ASK, "45 CFR 147.136(b)(2)(iii)"),
        (
            "part_b_drug_times",
            ADVANTAGE,
            MUST,
            "42 CFR 422.568(b)(3), 422.572, 422.590(c)",
        ),
        ("medicaid_reviewer", MEDICAID_PLAN, MUST, "42 CFR 438.406(b)(2)(i)"),
        ("medicare_advantage_reviewer", ADVANTAGE, MUST, "42 CFR 422.590(h)(1)-(2)"),
        ("automatic_forwarding", ADVANTAGE, MUST, "42 CFR 422.590(d), (g), 422.592(a)"),
        ("automatic_forwarding", PART_D, None, ""),
        ("late_for_good_cause", MEDICARE, ASK, "42 CFR 405.942(b)"),
    ],
)
def test_a_right_is_said_as_strongly_as_it_was_read_for_that_plan(
    name: str, plan_type: PlanType, wording: Wording | None, citation: str
) -> None:
    right = held(name, plan_type)
    if wording is None:
        assert right is None
    else:
        assert right is not None
        assert right.asks is wording
        assert right.citations == (citation,)
        assert right.demand == (right.must if wording is MUST else right.ask)


def test_what_was_not_read_itself_is_never_said_as_what_the_plan_must_do() -> None:
    for plan_type in PlanType:
        for state in terms.states():
            for right in rights_for(case_of(plan_type, state=state, told_insured=True)):
                read = [one for one in right.authorities if one.grade in READ_ITSELF]
                assert right.asks is ASK or any(not one.only_if for one in read)


@pytest.mark.parametrize("plan_type", NEVER_INSURED)
def test_no_right_of_a_state_is_named_where_no_insurer_sells_the_plan(plan_type: PlanType) -> None:
    for state in terms.states():
        for right in rights_for(case_of(plan_type, state=state, told_insured=True)):
            assert not any(one.scope.states for one in right.authorities)
            assert not any(one.scope.states for one in right.limits)


@pytest.mark.parametrize("plan_type", [COUNTY, CHURCH])
@pytest.mark.parametrize("told_insured", [False, None])
def test_a_plan_not_known_to_be_sold_by_an_insurer_gets_no_right_of_a_state(
    plan_type: PlanType, told_insured: bool | None
) -> None:
    case = case_of(plan_type, state="WA", told_insured=told_insured)
    assert not any(a.scope.states for one in rights_for(case) for a in one.authorities)
    assert held("keep_course", plan_type, state="WA", told_insured=True) is not None


@pytest.mark.parametrize(
    ("state", "on", "holds"),
    [
        pytest.param("WA", dt.date(2026, 6, 10), False, id="Washington, the day before"),
        pytest.param("WA", dt.date(2026, 6, 11), True, id="Washington, its first day"),
        pytest.param("MD", dt.date(2026, 5, 31), False, id="Maryland, the day before"),
        pytest.param("MD", dt.date(2026, 6, 1), True, id="Maryland, its first day"),
        pytest.param("GA", dt.date(2026, 12, 31), False, id="Georgia, the day before"),
        pytest.param("GA", dt.date(2027, 1, 1), True, id="Georgia, its first day"),
        pytest.param("CA", ON, True, id="California, no day read"),
        pytest.param("NY", ON, False, id="New York, none read"),
    ],
)
def test_a_licensed_reviewer_is_asked_for_from_the_day_of_the_law(
    state: str, on: dt.date, holds: bool
) -> None:
    right = held("licensed_reviewer", INSURED_JOB, state=state, on=on)
    assert (right is not None) is holds
    assert right is None or right.asks is ASK


@pytest.mark.parametrize(
    ("state", "right", "wording"),
    [
        ("PA", "external_review_free", MUST),
        ("TX", "external_review_free", MUST),
        ("VA", "external_review_free", MUST),
        ("NC", "external_review_free", MUST),
        ("LA", "external_review_free", MUST),
        ("CA", "external_review_free", ASK),
        ("NY", "external_review_small_fee", MUST),
        ("MA", "external_review_small_fee", MUST),
        ("NJ", "external_review_fee_back", MUST),
        ("CT", "external_review_fee", ASK),
        ("OH", "external_review_fee", ASK),
        (None, "external_review_fee", ASK),
    ],
)
def test_a_fee_is_told_as_it_was_read_for_the_state(
    state: str | None, right: str, wording: Wording
) -> None:
    fees = [
        one
        for one in rights_for(case_of(OWN, state=state))
        if one.id.startswith("external_review_")
    ]
    assert [(one.id, one.asks) for one in fees] == [(right, wording)]


@pytest.mark.parametrize(
    ("plan_type", "condition", "holds"),
    [
        pytest.param(SELF_FUNDED, "ptsd", True, id="a job's plan, PTSD"),
        pytest.param(INSURED_JOB, "substance_use_disorder", True, id="substance use"),
        pytest.param(COUNTY, "depression", True, id="a county's plan, depression"),
        pytest.param(SELF_FUNDED, None, True, id="condition not named"),
        pytest.param(SELF_FUNDED, "crps", False, id="a job's plan, CRPS"),
        pytest.param(SELF_FUNDED, "migraine", False, id="a job's plan, migraine"),
        pytest.param(MEDICARE, "ptsd", False, id="Original Medicare"),
        pytest.param(ADVANTAGE, "ptsd", False, id="Medicare Advantage: the records are silent"),
        pytest.param(GRANDFATHERED, "ptsd", False, id="grandfathered: the records are silent"),
        pytest.param(PlanType.SHORT_TERM_LIMITED_SHARING, "ptsd", False, id="a sharing plan"),
        pytest.param(PlanType.TRICARE, "ptsd", False, id="TRICARE"),
        pytest.param(PlanType.VA, "ptsd", False, id="the VA"),
    ],
)
def test_the_parity_analysis_is_asked_for_where_the_law_binds(
    plan_type: PlanType, condition: str | None, holds: bool
) -> None:
    right = held("parity_analysis", plan_type, condition=condition)
    assert (right is not None) is holds
    assert right is None or right.asks is ASK


def test_parity_is_worded_as_the_record_says() -> None:
    right = rights()["parity_analysis"]
    words = "Please send the comparative analysis for this limit as applied to outpatient drugs"
    assert words in right.demand
    said = " ".join([right.must, right.ask, *(one.text for one in right.limits)]).lower()
    for duty_of_2024 in ("meaningful benefit", "material difference", "fiduciary"):
        assert duty_of_2024 not in said
    assert "violat" not in said


def test_a_county_could_opt_out_of_parity_until_2023() -> None:
    assert held("parity_analysis", COUNTY, on=dt.date(2023, 6, 26)) is None
    assert held("parity_analysis", COUNTY, on=dt.date(2023, 6, 27)) is not None


def test_a_right_read_more_than_a_year_ago_is_stale() -> None:
    right = rights()["claim_file"]
    assert not right.is_stale(dt.date(2027, 11, 23))
    assert right.is_stale(dt.date(2027, 11, 24))


def test_the_rights_read_at_eighth_grade_and_promise_nothing() -> None:
    texts = [
        text
        for one in rights().values()
        for text in (one.must, one.ask, *(limit.text for limit in one.limits))
        if text
    ]
    assert school_years(texts) <= EIGHTH_GRADE
    for text in texts:
        assert school_years([text]) <= EIGHTH_GRADE + 3
        assert "!" not in text
        assert not PROMISE.search(text)


# The file


RIGHT: dict[str, Any] = {
    "id": "a_right",
    "ask": "Ask for it.",
    "authorities": [{"citation": "1 CFR 1", "plan_types": ["fehb"], "grade": "second_hand"}],
    "sources": ["https://example.org/law"],
    "read_on": "2026-11-23",
}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param(
            {"must": "The plan must."},
            "[0].must: nothing was read that settles it; leave it out",
            id="a demand without a rule that was read",
        ),
        pytest.param(
            {"sources": []},
            "[0].sources: missing: give the addresses, or `read_as`",
            id="no source",
        ),
        pytest.param(
            {"authorities": []},
            "[0].authorities: missing: give at least one, with its grade",
            id="no authority",
        ),
        pytest.param(
            {"authorities": [{"citation": "1 CFR 1", "grade": "copy"}]},
            "[0].authorities[0]: name the plan_types or the states that it binds",
            id="an authority that binds everyone",
        ),
        pytest.param(
            {"unless": ["another"]}, "[0].unless: there is no right 'another'", id="unless what"
        ),
        pytest.param(
            {"sources": ["a book"]},
            "[0].sources[0]: 'a book' is not an address like https://example.org/law",
            id="no address",
        ),
    ],
)
def test_a_right_that_claims_too_much_is_refused(changed: dict[str, Any], fault: str) -> None:
    assert read_rights([RIGHT])
    with pytest.raises(InputError) as raised:
        read_rights([RIGHT | changed])
    assert fault in str(raised.value).splitlines()


def test_a_fault_names_file_line_place_and_fix(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "DATA", tmp_path)
    text = "- id: one\n  ask: Ask.\n  authorities: []\n  read_as: A book.\n  read_on: 2026-11-23\n"
    (tmp_path / "rights.yaml").write_text(text)
    with pytest.raises(LawDataError) as raised:
        read_data("rights.yaml", read_rights)
    assert str(raised.value) == (
        "rights.yaml, line 3: [0].authorities: missing: give at least one, with its grade"
    )
