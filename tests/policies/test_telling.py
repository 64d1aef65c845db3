"""What a person is told in so many words: why something fails, and what must never be urged."""

from typing import Any

import pytest

from policies import wording
from policies.answer_json import answer_to_json
from policies.check import Answer, check
from policies.criteria import Judge, Judgement
from policies.guidance import guide
from policies.matcher import evaluate
from policies.situation import Funding, LineOfBusiness, Situation, SituationError, Treatment
from policies.truth import Truth
from policies.verdict import Verdict
from policies.wording.findings import given, shown
from policies.wording.next_steps import (
    ANSWER_IT,
    ASK_HR,
    ASK_WHAT_IS_OPEN,
    FIND_OUT,
    next_steps,
)
from policies.wording.text import answer_to_text
from tests.factories import (
    ON,
    UNKNOWN,
    all_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_facts,
    make_position,
    make_situation,
    make_tried,
    none_of,
    real_catalogue,
)
from tests.policies.checking import COMMERCIAL
from tests.policies.counting import ADEQUATE_TRIAL, ANTIDEPRESSANT, count, define


def real(insurer: str, **situation: Any) -> Answer:
    asked = make_situation(insurer=insurer, **situation)
    return check(asked, catalogue=real_catalogue(), on=ON)


# Contradictions and what was named without a drug


def test_a_diagnosis_of_suicidal_depression_and_no_thoughts_of_suicide_are_refused() -> None:
    data = {
        "version": 1,
        "answers": {"conditions": ["mdd_suicidal"], "suicidal_ideation": "none"},
    }
    with pytest.raises(SituationError, match="correct one of them"):
        Situation.from_json(data)
    without = Situation.from_json({"version": 1, "answers": {"conditions": ["mdd_suicidal"]}})
    assert without.conditions == {"mdd_suicidal"}


@pytest.mark.parametrize("kind", ["esketamine", "ketamine", "ect", "tms"])
def test_what_is_no_antidepressant_needs_no_name_to_be_none(kind: str) -> None:
    row = make_tried(None, kind=kind, weeks=6)
    found = evaluate(count(ANTIDEPRESSANT, at_least=1), make_facts(tried=[row], complete=True))
    assert found.truth is Truth.NOT_MET


def test_a_kind_of_one_drug_is_that_drug_whatever_it_is_called() -> None:
    row = make_tried("something blue", kind="ketamine", weeks=6)
    found = evaluate(count(ANTIDEPRESSANT, at_least=1), make_facts(tried=[row], complete=True))
    assert found.truth is Truth.NOT_MET
    rows = [{"kind": "esketamine", "drug": "Zoloft", "weeks": 8}]
    with pytest.raises(SituationError, match="correct one of them"):
        Situation.from_json({"version": 1, "treatments_tried": rows})


def test_two_drugs_of_open_kinds_are_two_all_the_same() -> None:
    """Trazodone and quetiapine have other uses, so their kind is open; they are no one drug."""
    rows = [make_tried(name, kind=None) for name in ("trazodone", "quetiapine")]
    any_two = count(define("", outcome="no_response"))
    assert evaluate(any_two, make_facts(tried=rows)).truth is Truth.MET


def test_a_medicine_nobody_knows_is_no_talk_therapy() -> None:
    talk = count(define("psychotherapy"), at_least=1)
    found = evaluate(talk, make_facts(tried=[make_tried("Zolofft")], complete=True))
    assert found.truth is Truth.NOT_MET


def test_a_rule_for_going_on_that_was_read_is_not_called_unread() -> None:
    """CareFirst has a rule for going on for resistant depression, and none for suicidality."""
    answer = real(
        "carefirst",
        line_of_business=COMMERCIAL,
        issue_state="MD",
        treatment=Treatment.ESKETAMINE_NASAL,
        conditions=["mdd_suicidal"],
        answers={"request_phase": "continuing", "documented_improvement": True},
    )
    assert answer.verdict is Verdict.COULD_QUALIFY
    assert wording.headline(answer).endswith("nothing you told us rules it out.")


# Why something does not count


def told(*rows: Any, classes: int = 1) -> str:
    two = count(ADEQUATE_TRIAL, classes=classes)
    return given(evaluate(two, make_facts(tried=rows, complete=True)))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (make_tried("Prozac", weeks=5), "fluoxetine (not long enough)"),
        (make_tried("Prozac", adequate_dose=False), "fluoxetine (dose not adequate)"),
        (make_tried("Prozac", outcome="worked"), "fluoxetine (it worked)"),
        (
            make_tried("Prozac", outcome="not_tolerated"),
            "fluoxetine (stopped for side effects, which this does not count)",
        ),
    ],
)
def test_a_treatment_that_does_not_count_has_its_reason(row: Any, why: str) -> None:
    assert told(row) == f"Does not count: {why}."


def test_a_treatment_of_another_kind_is_not_mentioned() -> None:
    assert told(make_tried("lorazepam")) == "Nothing named so far counts."


def test_two_of_one_class_are_said_to_be_of_one_class() -> None:
    words = told(make_tried("Zoloft"), make_tried("Prozac"), classes=2)
    assert words.endswith("Wanted are 2 classes, and these are of 1.")


def test_too_few_of_too_few_classes_are_told_both_at_once() -> None:
    words = told(make_tried("Zoloft"), make_tried("Prozac", outcome="not_tolerated"), classes=2)
    assert "stopped for side effects" in words
    assert words.endswith("Wanted are 2 classes, and these are of 1.")


def test_of_what_must_not_apply_the_reason_names_what_does() -> None:
    tree = all_of(none_of(fact("pregnancy", equals=True), fact("dementia", equals=True)))
    catalogue = make_catalogue(make_document(make_edition(make_position(criteria=tree))))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL, answers={"pregnancy": True})
    reason = wording.reason(check(asked, catalogue=catalogue, on=ON))
    assert "none of the following (this applies: pregnancy)" in reason


# The help line, and what is never urged


@pytest.mark.parametrize(
    ("situation", "is_shown"),
    [
        ({"conditions": ["mdd_suicidal"]}, True),
        ({"answers": {"suicidal_ideation": "with_intent"}}, True),
        ({"icd10_codes": ("R45.851",)}, True),
        ({"answers": {"suicidal_ideation": "none"}}, False),
    ],
)
def test_whoever_tells_of_such_thoughts_is_shown_the_help_line(
    situation: dict[str, Any], is_shown: bool
) -> None:
    found = guide(
        make_situation(insurer="cigna", line_of_business=COMMERCIAL, **situation),
        catalogue=real_catalogue(),
        on=ON,
    )
    assert (answer_to_json(found)["help_line"] is not None) is is_shown
    assert answer_to_text(found).startswith("If you might act on") is is_shown


def test_no_symptom_score_or_pregnancy_is_named_as_a_way() -> None:
    """Nothing that is never to be suggested is printed, nor given as a value."""
    asked = make_situation(
        treatment=Treatment.IV_KETAMINE,
        line_of_business=LineOfBusiness.VA,
        answers={"pregnancy": True, "age": 30, "suicidal_ideation": "none"},
        tried=[make_tried("Zoloft")],
        complete=True,
    )
    found = guide(asked, catalogue=real_catalogue(), on=ON)
    changes = answer_to_json(found)["would_change"]
    values = [edit["value"] for change in changes for edit in change["edits"]]
    assert not {"without_intent", "with_intent", False} & set(values)
    text = answer_to_text(found)
    section = text[text.find("What would change what a document says") :]
    assert "regnan" not in section.split("\n\n")[0]


def test_where_one_of_several_is_enough_the_others_are_not_shown() -> None:
    cigna = real(
        "cigna",
        line_of_business=COMMERCIAL,
        treatment=Treatment.ESKETAMINE_NASAL,
        answers={"psychosis_history": False},
    )
    findings = cigna.documents[0].answer.positions[0].findings
    assert findings is not None
    way = next(one for one in findings.members if one.node.id == "no_psychosis_or_other")
    assert [one.node.id for one in shown(way)] == ["no_psychosis"]


def test_with_nothing_settled_nobody_is_told_that_they_could_qualify() -> None:
    blank = real("cigna", line_of_business=COMMERCIAL, treatment=Treatment.ESKETAMINE_NASAL)
    assert wording.headline(blank).endswith("nothing in the list is settled.")
    begun = real(
        "cigna",
        line_of_business=COMMERCIAL,
        treatment=Treatment.ESKETAMINE_NASAL,
        answers={"age": 40},
    )
    assert wording.headline(begun).endswith("nothing you told us rules it out.")


def test_an_exclusion_says_what_it_rests_on() -> None:
    """Washington's rule does not name ketamine."""
    answer = real(
        "wa-lni",
        line_of_business=LineOfBusiness.WORKERS_COMPENSATION,
        residence_state="WA",
        conditions=["chronic_pain"],
    )
    assert "The rule does not name ketamine." in wording.reason(answer)


@pytest.mark.parametrize(
    ("criteria", "step"),
    [
        (fact("rems_certified_site", equals=True), FIND_OUT),
        (fact("age", min=18), ANSWER_IT),
        (all_of(fact("age", min=18), Judgement("Needed", Judge.PLAN)), ASK_WHAT_IS_OPEN),
    ],
)
def test_the_first_step_goes_to_who_can_settle_it(criteria: Any, step: str) -> None:
    catalogue = make_catalogue(make_document(make_edition(make_position(criteria=criteria))))
    answers = {"age": 40} if step == ASK_WHAT_IS_OPEN else {}
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL, answers=answers)
    assert next_steps(check(asked, catalogue=catalogue, on=ON))[0] == step


# The plan's own side


def test_a_list_of_the_payers_own_duties_has_no_score() -> None:
    duties = all_of(Judgement("Cover what Medicare covers", Judge.PLAN))
    catalogue = make_catalogue(make_document(make_edition(make_position(criteria=duties))))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL)
    found = guide(asked, catalogue=catalogue, on=ON)
    (position,) = found.answer.documents[0].answer.positions
    assert position.findings is not None
    assert (position.findings.truth, position.score, found.missing) == (UNKNOWN, None, ())
    assert wording.headline(found.answer) == (
        "The rule binds the plan, and sets nothing for you to meet."
    )


def test_what_hangs_on_the_formulary_is_told_both_ways() -> None:
    answer = real(
        "selecthealth",
        line_of_business=COMMERCIAL,
        issue_state="UT",
        treatment=Treatment.ESKETAMINE_NASAL,
    )
    assert wording.headline(answer).endswith("whether the plan uses the RxSelect formulary.")
    reason = wording.reason(answer)
    assert "RxCore" in reason
    assert "RxSelect" in reason


@pytest.mark.parametrize(
    ("funding", "is_asked"), [(None, True), (Funding.INSURED, False), (Funding.SELF_FUNDED, False)]
)
def test_hr_is_asked_only_where_nobody_said_who_pays(
    funding: Funding | None, is_asked: bool
) -> None:
    answer = real("cigna", line_of_business=COMMERCIAL, funding=funding)
    assert (ASK_HR in next_steps(answer)) is is_asked
