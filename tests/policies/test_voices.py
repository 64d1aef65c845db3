"""An answer speaks to the patient as "you", and to a parent, a carer or a clinic of the patient."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from policies.guidance import Guidance, guide
from policies.situation import Asker, LineOfBusiness, Treatment
from policies.verdict import Verdict
from policies.vocabulary import SettledBy
from policies.wording import document_verdict, headline, reason, standing
from policies.wording.calls import call_script
from policies.wording.changes import change_lines
from policies.wording.to_do import to_do_list
from policies.wording.voices import TO_ANOTHER, TO_CLINIC, TO_PATIENT, Voice, voice_for
from tests.factories import ON, make_situation, make_tried, real_catalogue

YOU = re.compile(r"\byou(r|rs)?\b", re.IGNORECASE)
OTHERS = (Asker.PARENT_OR_GUARDIAN, Asker.CARER, Asker.CLINIC)


def test_whoever_did_not_say_is_taken_to_be_the_patient() -> None:
    assert voice_for(None) is voice_for(Asker.PATIENT) is TO_PATIENT
    assert voice_for(Asker.CARER) is voice_for(Asker.PARENT_OR_GUARDIAN) is TO_ANOTHER
    assert voice_for(Asker.CLINIC) is TO_CLINIC


@pytest.mark.parametrize("voice", [TO_PATIENT, TO_ANOTHER, TO_CLINIC])
def test_a_voice_has_a_word_for_everything(voice: Voice) -> None:
    assert voice.verdicts.keys() == set(Verdict)
    assert voice.who_settles.keys() == set(SettledBy)
    assert all(getattr(voice, field.name) for field in fields(voice))


@pytest.mark.parametrize("name", ["other_list", "other_unread", "refused_for", "open_refusal"])
def test_both_voices_name_the_conditions(name: str) -> None:
    assert all("%(conditions)s" in getattr(voice, name) for voice in (TO_PATIENT, TO_ANOTHER))


def asked_by(asker: Asker, plan: str) -> Iterator[Guidance]:
    """What is told of both treatments under one plan to someone who asks."""
    for treatment in (Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL):
        asked = make_situation(
            treatment=treatment,
            insurer=plan,
            line_of_business=LineOfBusiness.COMMERCIAL,
            answers={"age": 41},
            tried=[make_tried("Zoloft"), make_tried("Lexapro", weeks=None)],
        )
        yield guide(replace(asked, asker=asker), catalogue=real_catalogue(), on=ON)


@pytest.mark.parametrize("asker", OTHERS)
@pytest.mark.parametrize("plan", ["bcbs-ma", "bcbs-al", "carefirst", "cigna", "aetna", "nobody"])
def test_nobody_else_is_called_you_as_if_the_patient(asker: Asker, plan: str) -> None:
    for guidance in asked_by(asker, plan):
        answer = guidance.answer
        said = [
            headline(answer),
            standing(answer),
            *(document_verdict(one, asker) for one in answer.documents),
            *(line.text for line in change_lines(guidance.changes, asker)),
            *(
                text
                for group in to_do_list(guidance.missing, asker)
                for item in group.items
                for text in (item.text, item.detail)
            ),
            call_script(answer, "esketamine").opening,
        ]
        told = [text.replace("nothing told to us", "") for text in said]
        assert [text for text in told if YOU.search(text)] == []


def test_the_clinic_is_told_of_the_patient_and_the_patient_of_you() -> None:
    own, clinics = (next(asked_by(asker, "bcbs-al")) for asker in (Asker.PATIENT, Asker.CLINIC))
    assert headline(own.answer).endswith("your plan's written rule does not cover this.")
    assert headline(clinics.answer).endswith("the plan's written rule does not cover this.")
    assert reason(own.answer) == reason(clinics.answer)


@pytest.mark.parametrize(
    ("asker", "plan"),
    [
        (Asker.PATIENT, "my plan"),
        (Asker.CARER, "the plan of the person I am calling for"),
        (Asker.CLINIC, "our patient's plan"),
    ],
)
def test_on_the_phone_everyone_names_the_plan_as_it_is_to_them(asker: Asker, plan: str) -> None:
    guidance = next(asked_by(asker, "bcbs-al"))
    opening = call_script(guidance.answer, "ketamine infusion").opening
    assert opening == f"I would like to know whether {plan} covers ketamine infusion."
