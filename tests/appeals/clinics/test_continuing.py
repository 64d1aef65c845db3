"""A continuation carries the course forward and holds the scales against the baseline."""

from dataclasses import replace

import pytest

from appeals.clinics.casework import Heading, change_case
from appeals.clinics.content import CaseContent
from appeals.clinics.continuing import begin_continuation, compared
from tests.appeals.clinics.building import make_case, make_clinic, make_member, reopened
from tests.factories import ON, make_score, make_situation, make_tried

pytestmark = pytest.mark.django_db


def test_the_course_goes_along_and_the_scores_become_the_baseline() -> None:
    clinic = make_clinic()
    person = make_member(clinic)
    course = make_situation(tried=[make_tried()], scores=[make_score(score=20)], insurer="acme")
    content = CaseContent(course, {"source": "job"}, {"dose": "0.5 mg/kg"})
    first = make_case(clinic, content=content, payer_name="Acme", issue_state="MA")
    second = reopened(begin_continuation(first, on=ON, by=person))
    held = second.content
    assert second.case.patient == first.case.patient
    assert (second.case.payer_name, second.case.issue_state) == ("Acme", "MA")
    assert held.situation.treatments_tried == course.treatments_tried
    assert held.situation.answers["request_phase"] == "continuing"
    assert (held.situation.scores, held.baseline) == ((), course.scores)
    assert (held.finder, held.told, held.continues) == (
        {"source": "job"},
        {"dose": "0.5 mg/kg"},
        str(first.case.pk),
    )


def test_the_change_is_told_in_points_and_percent_against_the_first_baseline() -> None:
    clinic = make_clinic()
    person = make_member(clinic)
    course = make_situation(scores=[make_score(score=20)])
    first = make_case(clinic, content=CaseContent(course))
    opened = begin_continuation(first, on=ON, by=person)
    assert [one.points for one in compared(opened.content)] == [None]
    later = replace(opened.content.situation, scores=(make_score(score=12),))
    content = replace(opened.content, situation=later)
    opened = change_case(opened, content, Heading(), based_on=0, on=ON, by=person)
    (phq9,) = compared(opened.content)
    assert (phq9.points, phq9.percent) == (-8, -40.0)
    # The next request still looks back to before the treatment.
    third = begin_continuation(opened, on=ON, by=person)
    assert third.content.baseline == course.scores


def test_of_a_score_of_zero_no_percent_is_told() -> None:
    zero, six = (make_score(score=score) for score in (0, 6))
    content = CaseContent(make_situation(scores=[six]), baseline=(zero,))
    (phq9,) = compared(content)
    assert (phq9.points, phq9.percent) == (6, None)
