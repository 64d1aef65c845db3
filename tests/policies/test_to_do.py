"""What is to find out, in plain words: what the document wants, and what must never be urged."""

from dataclasses import replace
from typing import Any

from policies import vocabulary
from policies.criteria import Judge, Judgement, Node, ScaleCriterion
from policies.guidance import guide
from policies.situation import Asker
from policies.vocabulary import SettledBy
from policies.wording.to_do import ONE_WAY, to_do_list
from tests.factories import (
    ON,
    all_of,
    any_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_position,
    make_score,
    make_situation,
    make_tried,
    none_of,
)
from tests.policies.checking import COMMERCIAL
from tests.policies.counting import ADEQUATE_TRIAL, count

PSYCHIATRIST = fact("prescriber", equals="psychiatrist")


def to_do(*criteria: Node, asker: Asker | None = None, **situation: Any) -> list[tuple[str, str]]:
    """Every point to find out, with what is said to it."""
    met = fact("structured_interview", equals=True)
    document = make_document(make_edition(make_position(criteria=all_of(met, *criteria))))
    answers = {"structured_interview": True} | situation.pop("answers", {})
    asked = make_situation(
        insurer="acme", line_of_business=COMMERCIAL, answers=answers, **situation
    )
    found = guide(replace(asked, asker=asker), catalogue=make_catalogue(document), on=ON)
    return [
        (item.text, item.detail)
        for group in to_do_list(found.missing, asker)
        for item in group.items
    ]


def question(name: str) -> str:
    return vocabulary.fact(name).question


def test_a_choice_is_told_with_what_the_document_wants() -> None:
    assert to_do(PSYCHIATRIST) == [(question("prescriber"), "The document wants: prescriber.")]


def test_one_way_of_several_is_told_as_such() -> None:
    either = any_of(PSYCHIATRIST, fact("psychiatrist_consulted", equals=True))
    assert to_do(either) == [
        (question("prescriber"), "One way that the document accepts: prescriber."),
        (question("psychiatrist_consulted"), ONE_WAY),
    ]


def test_where_every_member_is_wanted_none_is_one_way() -> None:
    both = all_of(PSYCHIATRIST, fact("psychiatrist_consulted", equals=True))
    assert ONE_WAY not in [detail for _, detail in to_do(both)]


def test_what_must_not_apply_is_told_as_such() -> None:
    barred = none_of(
        Judgement("An allergy", Judge.CLINIC), fact("treatment_setting", equals="home")
    )
    details = [detail for _, detail in to_do(barred)]
    assert details == [
        "This must not apply: an allergy.",
        "This must not apply: treatment_setting.",
    ]


def test_of_what_is_never_to_be_suggested_only_the_question_is_asked() -> None:
    intent = fact("suicidal_ideation", equals="with_intent")
    assert to_do(intent) == [(question("suicidal_ideation"), "")]


def test_no_score_is_named_as_the_one_to_have() -> None:
    severe = ScaleCriterion("PHQ-9 of 20 or more", ("phq9",), min=20, within_days=28)
    assert to_do(severe) == [
        ("A score on PHQ-9 in the chart, with its date, no older than 28 days.", "")
    ]
    any_scale = ScaleCriterion("Any", ("phq9", "madrs", "hamd17", "bdi2"))
    assert to_do(any_scale)[0][0].startswith("A score on a rating scale such as PHQ-9, MADRS or")


def test_a_self_completed_score_is_told_apart_from_one_in_the_chart() -> None:
    wanted = ScaleCriterion("PHQ-9", ("phq9",), min=10)
    ((_, detail),) = to_do(wanted, scores=[make_score(origin="self_completed")])
    assert detail == "The score told to us was self-completed: the clinic has to take one."
    assert to_do(wanted, scores=[make_score()]) == []


def test_a_part_that_someone_weighs_is_told_by_the_requirement_around_it() -> None:
    either = any_of(Judgement("All of them hold", Judge.CLINIC), PSYCHIATRIST)
    assert ("Any of the following.", "Open in it: all of them hold.") in to_do(either)
    parts = any_of(*(Judgement(name, Judge.CLINIC) for name in ("One", "Two", "Three")))
    assert to_do(parts) == [
        ("Any of the following.", "What is open in it stands in the list of criteria.")
    ]


def test_each_treatment_is_named_once_with_all_that_is_open_of_it() -> None:
    rows = [make_tried("Zoloft", adequate_dose=None, weeks=None, outcome=None)]
    texts = [
        text for text, _ in to_do(count(ADEQUATE_TRIAL, at_least=1), tried=rows, complete=True)
    ]
    assert texts == [
        "Sertraline: what happened.",
        "Sertraline: for how many weeks it was taken.",
        "Sertraline: whether the dose was adequate.",
    ]


def test_others_than_the_patient_read_the_short_label() -> None:
    consulted = fact("psychiatrist_consulted", equals=True)
    assert to_do(consulted)[0][0] == question("psychiatrist_consulted")
    label = vocabulary.fact("psychiatrist_consulted").label
    assert to_do(consulted, asker=Asker.CLINIC) == [(f"{label}.", "")]


def test_under_the_clinic_the_patient_is_who_can_tell() -> None:
    document = make_document(make_edition(make_position(criteria=fact("age", min=18))))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL)
    found = guide(asked, catalogue=make_catalogue(document), on=ON)
    headings = {
        asker: [one.heading for one in to_do_list(found.missing, asker)]
        for asker in (Asker.PATIENT, Asker.CLINIC)
    }
    assert headings == {
        Asker.PATIENT: ["You can answer this"],
        Asker.CLINIC: ["The patient can say"],
    }
    assert [one.who for one in to_do_list(found.missing)] == [SettledBy.YOU]
