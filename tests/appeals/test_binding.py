"""Which law binds which plan on which day, and what an outside review can look at."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from appeals.law.answers import answers_to
from appeals.law.arguments import ArgumentId
from appeals.law.binding import Binds, laws_for
from appeals.law.circumstances import Circumstances, is_mental_health
from appeals.law.external_review import Reach, external_review_for, way_for
from appeals.law.external_review_data import Limb, WayId, Whose, review_data
from appeals.law.plan_types import PlanType
from appeals.law.reasons import Reaches, ReasonId
from appeals.law.step_therapy import law_for, laws
from policies import terms
from policies.catalogue.yaml_text import read_yaml
from policies.guide.grades import Grade
from policies.situation import Treatment
from tests.appeals.law_cases import NEVER_INSURED, case_of
from tests.policies.reading_level import school_years
from tests.policies.test_guide import EIGHTH_GRADE, PROMISE

CASES = Path(__file__).parent / "deadline_cases" / "binding.yaml"
CONDITIONS = {"other_pain": "chronic_pain"}
EXPERIMENTAL = ReasonId.EXPERIMENTAL_INVESTIGATIONAL
EXCLUSION = ReasonId.PLAN_EXCLUSION
NECESSITY = ReasonId.NOT_MEDICALLY_NECESSARY


def rows() -> list[Any]:
    found = read_yaml(CASES.read_text("utf-8")).data
    assert len(found) >= 40
    return [pytest.param(row, id=row["name"]) for row in found]


@pytest.mark.parametrize("row", rows())
def test_what_binds_is_what_the_records_say(row: dict[str, Any]) -> None:
    indication = row["indication"]
    case = case_of(
        PlanType(row["plan_type"]),
        state=row.get("state"),
        told_insured=row.get("is_insured"),
        condition=CONDITIONS.get(indication, indication),
        treatment=Treatment(row["treatment"]),
        on=dt.date.fromisoformat(row["on"]),
    )
    found = laws_for(case)
    reason = ReasonId(row["reason"]) if "reason" in row else None
    law = found.state_step_therapy
    # Where a reason is given, the law may be named only if it answers that reason.
    if reason and not _answers_with_step_law(reason, case):
        law = None
    answer = {
        "state_external_review": found.state_external_review is Binds.YES,
        "federal_external_review": _as_written(found.federal_external_review),
        "parity": found.parity is Binds.YES,
        "state_step_therapy": law.state if law else None,
        "medicare_accepted_use": found.medicare_accepted_use,
    }
    if reason:
        answer["external_review_reaches"] = external_review_for((reason,), case).reaches.value
    expected = dict(row["expect"])
    never_named = expected.pop("never_named", ())
    assert {name: answer[name] for name in expected} == expected
    named = " ".join(law.citations) if law else ""
    assert not any(one in named for one in never_named)


def _answers_with_step_law(reason: ReasonId, case: Circumstances) -> bool:
    used = {one.argument.id for one in answers_to(reason, case).arguments}
    return ArgumentId.STEP_EXCEPTION_STATE in used


def _as_written(binds: Binds) -> bool | str:
    return "unverified" if binds is Binds.UNVERIFIED else binds is Binds.YES


# The condition


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("depression", True),
        ("treatment_resistant_depression", True),
        ("bipolar_depression", True),
        ("social_anxiety", True),
        ("psychiatric_other", True),
        ("substance_use_disorder", True),
        ("crps", False),
        ("fibromyalgia", False),
        ("central_pain", False),
        ("other", None),
        (None, None),
        ("no such condition", None),
    ],
)
def test_whether_care_is_mental_health_care(condition: str | None, expected: bool | None) -> None:
    assert is_mental_health(condition) is expected


def test_parity_depends_while_nobody_named_the_condition() -> None:
    assert laws_for(case_of(condition=None)).parity is Binds.DEPENDS
    assert laws_for(case_of(PlanType.ORIGINAL_MEDICARE, condition=None)).parity is Binds.NO


# Step therapy


@pytest.mark.parametrize("plan_type", NEVER_INSURED)
def test_no_state_law_is_named_where_no_insurer_sells_the_plan(plan_type: PlanType) -> None:
    for state in terms.states():
        found = laws_for(case_of(plan_type, state=state, told_insured=True))
        assert found.state_external_review is Binds.NO
        assert found.state_step_therapy is None


def test_only_the_states_that_were_read_are_named() -> None:
    named = [one for one in terms.states() if law_for(case_of(state=one))]
    assert sorted(named) == ["AR", "AZ", "KY", "OH", "TX", "WI", "WY"]


@pytest.mark.parametrize(
    ("treatment", "condition", "on", "is_named"),
    [
        (Treatment.ESKETAMINE_NASAL, "depression", dt.date(2024, 1, 1), True),
        (Treatment.ESKETAMINE_NASAL, "depression", dt.date(2023, 12, 31), False),
        (Treatment.ESKETAMINE_NASAL, "crps", dt.date(2026, 11, 25), False),
        (Treatment.IV_KETAMINE, "depression", dt.date(2026, 11, 25), False),
    ],
)
def test_the_one_drug_limit_of_texas_speaks_for_esketamine_in_mental_illness(
    treatment: Treatment, condition: str, on: dt.date, is_named: bool
) -> None:
    law = law_for(case_of(state="TX", treatment=treatment, condition=condition, on=on))
    assert law is not None
    assert any("1369.0547" in one for one in law.citations) is is_named


def test_only_ohio_was_read_to_reach_drugs_given_in_a_clinic() -> None:
    reaching = [one.state for one in laws().by_state.values() if one.covers_medical_benefit]
    assert reaching == ["OH"]


# The outside review


def reach_of(*reasons: ReasonId, **told: Any) -> Reach:
    return external_review_for(reasons, case_of(**told))


def test_two_reasons_that_differ_depend() -> None:
    assert reach_of(NECESSITY, EXPERIMENTAL, state="OH").reaches is Reaches.ELIGIBLE
    assert reach_of(NECESSITY, EXCLUSION, state="OH").reaches is Reaches.DEPENDS
    assert reach_of(EXCLUSION, state="OH").reaches is Reaches.NOT_ELIGIBLE
    assert reach_of(state="OH").reaches is Reaches.DEPENDS


@pytest.mark.parametrize(
    ("state", "reason", "may_skip"),
    [
        pytest.param("CA", EXPERIMENTAL, True, id="California, experimental"),
        pytest.param("CA", NECESSITY, False, id="California, medical need"),
        pytest.param("SC", EXPERIMENTAL, True, id="South Carolina, experimental"),
        pytest.param("TX", NECESSITY, True, id="Texas, infusions under way"),
        pytest.param("NY", EXPERIMENTAL, False, id="New York wants its first appeal"),
        pytest.param("VA", EXPERIMENTAL, False, id="Virginia, cancer alone"),
    ],
)
def test_when_the_plans_own_appeal_may_be_skipped(
    state: str, reason: ReasonId, may_skip: bool
) -> None:
    reach = reach_of(reason, state=state)
    assert reach.may_skip_internal is may_skip
    assert reach.before


@pytest.mark.parametrize(
    ("state", "grade", "word"),
    [
        ("CA", Grade.SOURCE, "life-threatening"),
        ("GA", Grade.SOURCE, "text of 2010"),
        ("IA", Grade.SOURCE, "certify"),
        ("IL", Grade.SOURCE, "ground"),
        ("NY", Grade.SOURCE, "attestation form"),
        ("OH", Grade.TO_CONFIRM, "did not read"),
        ("PA", Grade.SOURCE, "by phone"),
        ("SC", Grade.SOURCE, "seriously disabling"),
        ("SD", Grade.SOURCE, "form"),
        ("TN", Grade.SOURCE, "own section"),
        ("UT", Grade.TO_CONFIRM, "did not read"),
        ("VA", Grade.TO_CONFIRM, "only its title"),
        ("WI", Grade.SOURCE, "ground of its own"),
    ],
)
def test_the_track_of_a_state_says_what_was_read(state: str, grade: Grade, word: str) -> None:
    track = reach_of(EXPERIMENTAL, state=state).state_track
    assert track is not None
    assert track.grade is grade
    assert word in " ".join(track.says)


def test_the_track_is_for_experimental_denials_of_plans_with_an_outside_review() -> None:
    assert reach_of(NECESSITY, state="IA").track is None
    assert reach_of(EXPERIMENTAL, plan_type=PlanType.MEDICARE_ADVANTAGE, state="IA").track is None
    federal = reach_of(EXPERIMENTAL, plan_type=PlanType.ERISA_SELF_FUNDED, state="IA")
    assert federal.track is not None
    assert federal.state_track is None


def test_nothing_on_the_certification_is_marked_in_advance() -> None:
    assert [one.name for one in dataclasses.fields(Limb)] == ["id", "text"]
    assert len(review_data().track.one_of) == 3


def test_every_plan_has_a_way_with_a_rule() -> None:
    for plan_type in PlanType:
        for told in (True, False, None):
            for state in (None, *terms.states()):
                way = way_for(case_of(plan_type, state=state, told_insured=told))
                assert way.text
                assert way.citations
                assert not (way.whose is Whose.STATE and plan_type in NEVER_INSURED)


@pytest.mark.parametrize(
    ("plan_type", "state", "told_insured", "way"),
    [
        (PlanType.NONFEDERAL_GOVERNMENTAL, "OH", None, WayId.FUNDING_NOT_KNOWN),
        (PlanType.NONFEDERAL_GOVERNMENTAL, "OH", False, WayId.GOVERNMENT_SELF_FUNDED),
        (PlanType.CHURCH, "OH", False, WayId.CHURCH_SELF_FUNDED),
        (PlanType.CHURCH, "OH", True, WayId.STATE),
        (PlanType.INDIVIDUAL_ACA, None, None, WayId.STATE_NOT_KNOWN),
        (PlanType.INDIVIDUAL_ACA, "AR", None, WayId.STATE_NOT_READ),
        (PlanType.INDIVIDUAL_ACA, "MS", None, WayId.STATE_NOT_READ),
        (PlanType.INDIVIDUAL_ACA, "PR", None, WayId.STATE_NOT_READ),
        (PlanType.INDIVIDUAL_ACA, "FL", None, WayId.STATE_SAID_FEDERAL),
        (PlanType.ERISA_SELF_FUNDED, "OH", True, WayId.SELF_FUNDED),
    ],
)
def test_whose_review_it_is(
    plan_type: PlanType, state: str | None, told_insured: bool | None, way: WayId
) -> None:
    assert way_for(case_of(plan_type, state=state, told_insured=told_insured)).id == way


def test_an_unverified_way_is_never_graded_as_read() -> None:
    for way in review_data().ways.values():
        if way.whose is Whose.UNKNOWN or (way.whose is Whose.FEDERAL and not way.is_verified):
            assert way.grade in (Grade.SECOND_HAND, Grade.TO_CONFIRM)


def test_the_texts_read_at_eighth_grade_and_promise_nothing() -> None:
    data, step = review_data(), laws()
    texts = [
        *data.scope.reaches,
        *data.scope.does_not_reach,
        *(one.text for one in data.ways.values()),
        data.track.text,
        data.track.rule,
        *data.track.conditions,
        *(one.text for one in (*data.track.one_of, *data.track.and_also)),
        *(one.text for one in data.track.for_a_fast_review),
        *(said for one in data.track.states.values() for said in one.says),
        *step.reach,
        *step.pattern,
        *(part.text for one in step.by_state.values() for part in one.parts),
    ]
    assert school_years(texts) <= EIGHTH_GRADE
    for text in texts:
        assert "!" not in text
        assert not PROMISE.search(text)
