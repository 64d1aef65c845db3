"""From what is typed to a situation: nothing is lost or guessed, and a fault finds its field."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from policies import terms
from policies.asked import Questions
from policies.forms import PlanForm, QuestionForms
from policies.forms.choices import grouped_conditions
from policies.questions import questions_for
from policies.situation import Funding, LineOfBusiness, TreatmentTried
from tests.factories import ON, real_catalogue

PLAN = {
    "plan-line_of_business": "commercial",
    "plan-insurer": "bcbs-ma",
    "plan-issue_state": "MA",
    "plan-treatment": "iv_ketamine",
    "plan-condition": "treatment_resistant_depression",
}


def sent(**fields: str) -> QueryDict:
    """A POST; two underscores stand for the hyphen in a field's name."""
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in fields.items()})
    return data


def plan_form(**changes: str) -> PlanForm:
    data = PLAN | {f"plan-{name}": value for name, value in changes.items()}
    return PlanForm(sent(**data), catalogue=real_catalogue())


def question_forms(data: QueryDict, *, is_checked: bool = True) -> QuestionForms:
    """The questions of Massachusetts 087, answered."""
    plan = plan_form()
    assert plan.is_valid()
    asked = questions_for(plan.situation(), catalogue=real_catalogue(), on=ON)
    return QuestionForms(
        [one.name for one in asked.in_order],
        row_fields=asked.treatment_fields,
        plan=plan,
        on=ON,
        data=data,
        is_checked=is_checked,
    )


def asked_of(**changes: str) -> Questions:
    plan = plan_form(**changes)
    assert plan.is_valid(), plan.errors
    return questions_for(plan.situation(), catalogue=real_catalogue(), on=ON)


# The plan


def test_a_plan_is_told_in_the_words_of_a_situation() -> None:
    form = plan_form(funding="self_funded", residence_state="NH", asker="clinic")
    assert form.is_valid()
    plan = form.situation().plan
    assert plan.line_of_business is LineOfBusiness.COMMERCIAL
    assert (plan.insurer, plan.funding) == ("bcbs-ma", Funding.SELF_FUNDED)
    assert (plan.residence_state, plan.issue_state) == ("NH", "MA")


def test_i_dont_know_is_never_an_answer() -> None:
    form = plan_form(
        line_of_business="unknown", insurer="unknown", funding="unknown", condition="unknown"
    )
    assert form.is_valid()
    situation = form.situation()
    assert situation.answers == {}
    assert situation.plan.line_of_business is None
    assert (situation.plan.insurer, situation.plan.insurer_name) == (None, None)
    assert situation.plan.funding is None


@pytest.mark.parametrize(
    ("typed", "slug", "name"),
    [
        pytest.param("Nobody Health", None, "Nobody Health", id="not one that we hold"),
        pytest.param(" forwardHEALTH ", "wisconsin-medicaid", None, id="held under another name"),
        pytest.param("HCSC", None, "HCSC", id="known, but without a document"),
    ],
)
def test_a_name_that_is_typed(typed: str, slug: str | None, name: str | None) -> None:
    form = plan_form(insurer="not-listed", insurer_name=typed)
    assert form.is_valid()
    assert (form.situation().plan.insurer, form.situation().plan.insurer_name) == (slug, name)


@pytest.mark.parametrize("line", ["va", "original_medicare", "workers_compensation"])
def test_no_insurer_is_asked_for_where_there_is_one_payer_or_none_we_handle(line: str) -> None:
    assert plan_form(line_of_business=line, insurer="").is_valid()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"line_of_business": ""}, "line_of_business", id="no line"),
        pytest.param({"insurer": ""}, "insurer", id="no insurer"),
        pytest.param({"insurer": "not-listed"}, "insurer_name", id="not listed, and no name"),
        pytest.param({"insurer": "hcsc"}, "insurer", id="an insurer that is not offered"),
        pytest.param({"condition": "psychiatric_disorders"}, "condition", id="a group"),
        pytest.param({"treatment": "snake oil"}, "treatment", id="no such treatment"),
        pytest.param({"issue_state": "ZZ"}, "issue_state", id="no such state"),
        pytest.param({"icd10_codes": "depression"}, "icd10_codes", id="not a code"),
        pytest.param({"icd10_codes": "F33"}, "icd10_codes", id="a heading of the code list"),
        pytest.param({"administrator_name": "x" * 201}, "administrator_name", id="too long"),
    ],
)
def test_a_fault_stands_beside_its_field(changes: dict[str, str], field: str) -> None:
    form = plan_form(**changes)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_codes_are_read_as_a_bill_prints_them() -> None:
    form = plan_form(icd10_codes="f332, R45.851")
    assert form.is_valid()
    assert form.situation().icd10_codes == ("F33.2", "R45.851")


def test_every_condition_of_a_person_is_offered_once() -> None:
    offered = [name for _, group in grouped_conditions() for name, _ in group]
    known = [one.id for one in terms.conditions().values() if not one.is_group]
    assert sorted(offered) == sorted([*known, "unknown"])


# Which questions


def test_only_what_the_documents_name_is_asked() -> None:
    asked = asked_of()
    assert [one.name for one in asked.facts] == [
        "age",
        "structured_interview",
        "request_phase",
        "concurrent_antidepressant",
    ]
    assert [one.id for one in asked.scales] == ["madrs", "hamd17"]
    assert "led_to_change" not in [one.name for one in asked.treatment_fields]
    assert [one.number for one in asked.asked_by] == ["087"]


def test_a_row_asks_further_only_where_a_criterion_does() -> None:
    asked = asked_of(insurer="highmark", issue_state="PA", treatment="esketamine_nasal")
    names = [one.name for one in asked.treatment_fields]
    assert {"led_to_change", "maximum_dose", "dose_limiting_side_effects"} <= set(names)
    assert "improvement_percent" not in names


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"insurer": "bcbs-al", "issue_state": "AL"}, id="investigational"),
        pytest.param({"insurer": "unknown"}, id="no insurer"),
        pytest.param({"condition": "fibromyalgia"}, id="the documents are silent"),
        pytest.param({"line_of_business": "original_medicare", "insurer": ""}, id="case by case"),
        pytest.param({"line_of_business": "chip", "insurer": ""}, id="not handled"),
    ],
)
def test_nothing_is_asked_where_no_answer_could_change_a_verdict(changes: dict[str, str]) -> None:
    assert asked_of(**changes).are_none


def test_thoughts_of_suicide_are_asked_only_where_a_document_has_a_rule_for_them() -> None:
    wisconsin = asked_of(
        line_of_business="medicaid", insurer="wisconsin-medicaid", residence_state="WI"
    )
    assert "suicidal_ideation" in [one.name for one in wisconsin.facts]
    assert "suicidal_ideation" not in [one.name for one in asked_of().facts]


# The answers


def test_answers_reach_the_situation() -> None:
    data = sent(
        answers__age="41",
        answers__structured_interview="yes",
        answers__concurrent_antidepressant="none",
        answers__request_phase="unknown",
        tried__0__kind="antidepressant",
        tried__0__drug="Zoloft",
        tried__0__weeks="8.5",
        tried__0__adequate_dose="yes",
        tried__0__outcome="no_response",
        tried__complete="yes",
        scores__madrs__score="30",
        scores__madrs__taken_on="2026-10-01",
        scores__madrs__origin="chart",
    )
    forms = question_forms(data)
    assert forms.is_valid()
    situation = forms.situation()
    assert situation.answers == {
        "age": 41,
        "structured_interview": True,
        "concurrent_antidepressant": "none",
        "conditions": frozenset({"treatment_resistant_depression"}),
    }
    assert situation.treatments_tried == (
        TreatmentTried(
            kind="antidepressant",
            drug="Zoloft",
            weeks=8.5,
            adequate_dose=True,
            outcome="no_response",
        ),
    )
    assert situation.treatments_complete is True
    assert [(one.scale, one.score, one.taken_on) for one in situation.scores] == [
        ("madrs", 30, dt.date(2026, 10, 1))
    ]


@pytest.mark.parametrize(
    ("fields", "tried"),
    [
        pytest.param({}, None, id="nothing said"),
        pytest.param({"tried__complete": "no"}, None, id="an empty list that is not complete"),
        pytest.param({"tried__complete": "yes"}, (), id="none was ever tried"),
        pytest.param(
            {"tried__0__drug": "", "tried__1__drug": "lithium", "tried__1__outcome": ""},
            (TreatmentTried(drug="lithium"),),
            id="an empty card among others",
        ),
        pytest.param(
            {"tried__0__drug": "no"}, (TreatmentTried(drug="no"),), id="a word is only a word"
        ),
    ],
)
def test_treatments_tried(fields: dict[str, str], tried: Any) -> None:
    forms = question_forms(sent(**fields))
    assert forms.is_valid()
    assert forms.situation().treatments_tried == tried


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            {"scores__madrs__score": "300", "scores__madrs__origin": "chart"},
            "MADRS goes from 0 to 60",
            id="a score out of range",
        ),
        pytest.param({"scores__madrs__score": "30"}, "is in the chart", id="from where is missing"),
        pytest.param({"scores__madrs__origin": "chart"}, "Enter the MADRS score", id="no score"),
        pytest.param(
            {
                "scores__madrs__score": "30",
                "scores__madrs__origin": "chart",
                "scores__madrs__taken_on": "2026-11-26",
            },
            "has not come yet",
            id="a score of tomorrow",
        ),
        pytest.param({"answers__age": "forty"}, "number in figures", id="a number in words"),
        pytest.param({"answers__age": "1e3"}, "number in figures", id="a number of programmers"),
        pytest.param({"answers__age": "140"}, "0 to 120 years", id="an age out of range"),
        pytest.param({"answers__structured_interview": "perhaps"}, "in the list", id="no choice"),
        pytest.param({"tried__0__kind": "magic"}, "in the list", id="no such kind of treatment"),
        pytest.param(
            {"tried__0__outcome": "contraindicated", "tried__0__weeks": "3"},
            "correct one of them",
            id="two answers that can't both be true",
        ),
        pytest.param({"tried__0__drug": "x\0"}, "Null characters", id="an unprintable name"),
    ],
)
def test_a_fault_of_an_answer_is_told(fields: dict[str, str], message: str) -> None:
    forms = question_forms(sent(**fields))
    assert not forms.is_valid()
    told = [error for form in forms.all for errors in form.errors.values() for error in errors]
    assert len(told) == 1
    assert message in told[0]


def test_a_fault_of_the_second_card_stands_on_the_second_card() -> None:
    forms = question_forms(
        sent(tried__0__drug="", tried__1__weeks="9999", tried__1__drug="lithium")
    )
    assert not forms.is_valid()
    assert [list(form.errors) for form in forms.rows] == [[], ["weeks"]]


def test_what_was_typed_is_shown_again_unchecked() -> None:
    forms = question_forms(
        sent(answers__age="forty", tried__0__drug="", tried__2__drug="Zoloft"), is_checked=False
    )
    assert forms.facts["age"].value() == "forty"
    assert [row["drug"].value() for row in forms.rows] == ["Zoloft"]
