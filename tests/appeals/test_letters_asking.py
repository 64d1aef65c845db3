"""Which facts a letter asks for in which case, and in which words."""

from typing import Any

import pytest
from django.test import Client

from appeals.forms.letters.numbers import wrong_number
from appeals.law.stages import Service
from appeals.letters import LetterCase, LetterKind, Voice
from appeals.letters.asking import is_asked_for
from appeals.letters.facts import letter_facts
from appeals.letters.kinds import kind_plans
from appeals.screens.letters.pages import asked_for, pages_for
from policies.situation import Treatment
from policies.truth import Truth
from tests.appeals.denied_cases import ON, make_case
from tests.appeals.letter_cases import make_answer, make_letter
from tests.appeals.letters_pages import CHECKED, DENIED, PRIOR, WHOLE_APPEAL, post
from tests.policies.html import text_of

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
BARE = LetterCase(LetterKind.MEDICAL_NECESSITY, Voice.CLINICIAN, ON)
SPRAY = Treatment.ESKETAMINE_NASAL
ANSWERS = {"age": 44, "conditions": ["treatment_resistant_depression"]}
GOES_ON = ANSWERS | {"request_phase": "continuing"}
BEGINS = ANSWERS | {"request_phase": "first"}


def before(**changes: Any) -> LetterCase:
    """A case with answers of the check and no denial."""
    return LetterCase(BARE.kind, BARE.voice, ON, answer=make_answer(**changes))


def after(**changes: Any) -> LetterCase:
    """A case with a denial and no check."""
    return make_letter("medical_necessity", "clinician", denied=make_case(**changes))


@pytest.mark.parametrize(
    ("fact", "case", "expected"),
    [
        ("why_not_esketamine", before(), MET),
        ("why_not_esketamine", after(treatment=SPRAY), NOT_MET),
        ("why_not_esketamine", BARE, UNKNOWN),
        ("watching", after(treatment=SPRAY), MET),
        ("watching", before(), NOT_MET),
        ("notice_on", before(), NOT_MET),
        ("notice_on", after(), MET),
        ("course_baseline", before(answers=GOES_ON), MET),
        ("course_baseline", before(answers=BEGINS), NOT_MET),
        ("course_baseline", before(), UNKNOWN),
        ("course_baseline", after(service=Service.CONCURRENT), MET),
        ("course_baseline", after(reasons=("continuation_without_benefit",)), MET),
        ("exclusion_answer", after(reasons=("plan_exclusion",)), MET),
        ("exclusion_answer", after(reasons=("step_therapy",)), NOT_MET),
        ("exclusion_answer", after(reasons=()), UNKNOWN),
        ("proof", after(reasons=("missing_documentation", "step_therapy")), MET),
        ("proof", after(reasons=("not_medically_necessary",)), NOT_MET),
        ("dose", BARE, MET),
    ],
)
def test_a_fact_is_asked_where_the_case_wants_it(
    fact: str, case: LetterCase, expected: Truth
) -> None:
    assert is_asked_for(fact, case) is expected


@pytest.mark.parametrize("kind", LetterKind)
def test_what_a_letter_needs_is_asked_in_every_case(kind: LetterKind) -> None:
    plan = kind_plans()[kind]
    for voice in plan.voices:
        assert {*plan.must} <= asked_for(LetterCase(kind, voice, ON))


def test_what_nobody_can_tell_yet_stands_folded_up() -> None:
    (story,) = (one for one in pages_for(before(), known=frozenset()) if one.id == "story")
    assert {"course_baseline", "course_latest"} <= {*story.folded}
    continuing = pages_for(before(answers=GOES_ON), known=frozenset())
    (story,) = (one for one in continuing if one.id == "story")
    assert "course_baseline" not in story.folded


@pytest.mark.parametrize(
    ("name", "text", "is_right"),
    [
        ("clinician_npi", "1234567893", True),
        ("clinician_npi", "1234 567 893", True),
        ("clinician_npi", "1234567890", False),
        ("clinician_npi", "123456789", False),
        ("clinician_npi", "12345678931", False),
        ("treating_npi", "NPI 1234567893", False),
        ("treating_npi", "", True),
        ("patient_phone", "555-0101", True),
        ("plan_fax", "(614) 555-0104", True),
        ("plan_fax", "555-01", False),
        ("call_phone", "ask at the desk", False),
        ("member_id", "7", True),
    ],
)
def test_a_number_that_cannot_be_right_is_told(name: str, text: str, is_right: bool) -> None:
    assert (wrong_number(name, text) == "") is is_right


@pytest.mark.django_db
@pytest.mark.usefixtures("real_policies")
def test_without_a_denial_nobody_is_asked_for_what_stands_on_a_notice(client: Client) -> None:
    kind = {"write-kind": "step_exception", "write-voice": "patient"}
    told = kind | {"told-patient_name": "Sample Patient", "go": "stay"}
    place = {"place": "at=facts&showing=plan"}
    page = text_of(post(client, CHECKED | told | place))
    assert "The address it goes to" in page
    assert "exactly as on the notice" not in page
    page = text_of(post(client, DENIED | told | place))
    assert "The address for appeals, exactly as on the notice" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("real_policies")
def test_a_clinician_is_spoken_to_as_one(client: Client) -> None:
    page = post(client, CHECKED | PRIOR | {"go": "stay", "place": "at=facts&showing=clinician"})
    assert "Your name and degree" in text_of(page)
    assert "The treating clinician's name" not in text_of(page)
    other = WHOLE_APPEAL | {"go": "stay", "place": "at=facts&showing=clinician"}
    assert "The treating clinician's name and degree" in text_of(post(client, other))


@pytest.mark.django_db
@pytest.mark.usefixtures("real_policies")
def test_what_the_check_has_asked_is_not_asked_again(client: Client) -> None:
    place = {"go": "stay", "place": "at=facts&showing=request"}
    question = letter_facts()["phase"].question
    unasked = {name: value for name, value in CHECKED.items() if "request_phase" not in name}
    assert question in text_of(post(client, unasked | PRIOR | place))
    assert question not in text_of(post(client, CHECKED | PRIOR | place))
