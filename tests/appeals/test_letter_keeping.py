"""Keeping care, a late appeal, someone to act, a complaint and the employer, by their anatomy."""

import pytest

from appeals.letters.compose import MissingBlockError
from appeals.letters.content import Signature
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import TOLD
from tests.appeals.letter_reading import block_text, letter, text_of
from tests.appeals.letter_requests import HELPER, LATE, by_kind

# Keeping care, and a late appeal


@pytest.mark.parametrize(
    ("plan", "state", "first", "owes"),
    [
        ("medicaid_plan", "OH", "(42 CFR 438.420)", True),
        ("medicaid_state", "OH", "(42 CFR 431.231)", True),
        ("insured_job", "WA", "(RCW 48.43.535(9))", True),
        ("bought", "WA", "(RCW 48.43.535(9))", True),
        ("insured_job", "OH", "while the appeal is open.", False),
        ("government", "OH", "while the appeal is open.", False),
    ],
)
def test_the_request_to_keep_care_comes_first_and_says_what_may_be_owed(
    plan: str, state: str, first: str, *, owes: bool
) -> None:
    denied = make_case(plan, state=state, reasons=("continuation_without_benefit",))
    content = letter("keep_services", denied=denied, care_ends_on=TOLD["starts_on"])
    said = block_text(content, "keep_request")
    opening = said.partition(" It is to end")[0]
    assert opening.startswith("Please ")
    assert opening.endswith((first, f"{first}."))
    assert "December 14, 2026" in said
    assert "October 30, 2026" in said
    assert "reference SAMPLE-77" in said
    assert "This letter also files my appeal of that decision." in said
    assert ("I know that I may" in block_text(content, "keep_facts")) is owes


@pytest.mark.parametrize(
    "plan", ["self_funded_job", "church", "original_medicare", "tricare", "va", "federal"]
)
def test_no_letter_to_keep_care_is_written_where_no_rule_was_found(plan: str) -> None:
    with pytest.raises(MissingBlockError):
        letter("keep_services", denied=make_case(plan))


def test_an_urgent_appeal_that_is_filed_with_it_names_who_certifies() -> None:
    said = block_text(
        letter("keep_services", denied=make_case("medicaid_plan", is_expedited=True)),
        "keep_request",
    )
    assert "expedited" in said
    assert "Alex Sample, MD" in said


@pytest.mark.parametrize("plan", ["original_medicare", "medicare_advantage"])
def test_a_late_appeal_gives_its_reason_with_proof_as_a_request(plan: str) -> None:
    content = letter("good_cause", denied=make_case(plan), facts=LATE)
    said = block_text(content, "late_request")
    assert said.startswith("Please accept this appeal late, for good cause.")
    assert "this is for you to decide" in said
    assert said.index("I was in the hospital.") < said.index("The discharge paper.")
    assert said.endswith("The appeal itself goes with this letter.")
    for one in ("right", "must", "CFR", "entitled"):
        assert one not in said


# Someone to act, a complaint, the employer


@pytest.mark.parametrize(
    ("voice", "opening"),
    [
        ("patient", "I, Sample Patient, name Sample Helper"),
        ("parent", "I, Sample Writer, Mother of Sample Patient, name Sample Helper"),
    ],
)
def test_the_authorization_names_who_acts_and_ends_with_two_signatures(
    voice: str, opening: str
) -> None:
    content = by_kind("representative", voice)
    assert block_text(content, "authorization_text").startswith(opening)
    limits = block_text(content, "authorization_limits")
    assert "this matter" in limits
    assert "taken back" in limits
    block = next(one for one in content.blocks if one.id == "signatures")
    signed = [one.lines[0].text for one in block.elements if isinstance(one, Signature)]
    assert signed == ["Sample Patient" if voice == "patient" else "Sample Writer", "Sample Helper"]


def test_a_parent_names_nobody_else_by_their_own_name() -> None:
    facts = {**HELPER, "representative_name": "sample writer"}
    content = letter("representative", "parent", facts=facts)
    opening = block_text(content, "authorization_text")
    assert opening.startswith("I, Sample Writer, Mother of Sample Patient, who is a minor, act for")
    block = next(one for one in content.blocks if one.id == "signatures")
    signed = [one.lines[0].text for one in block.elements if isinstance(one, Signature)]
    assert signed == ["Sample Writer"]
    assert "I agree to act" not in text_of(content)


def test_traps_of_single_programs_stay_off_the_paper() -> None:
    for plan in ("tricare", "medicare_advantage", "federal"):
        content = letter("representative", denied=make_case(plan), facts=HELPER)
        assert "network" not in text_of(content)


def test_a_complaint_stands_beside_the_appeal_and_threatens_nobody() -> None:
    content = by_kind("complaint")
    assert block_text(content, "recipient").startswith("Sample Department of Insurance")
    assert "Sample Health Plan" in block_text(content, "complaint_text")
    assert "(Enclosure 1)" in block_text(content, "complaint_text")
    beside = block_text(content, "beside_appeal")
    assert "beside the appeal" in beside
    assert "does not replace it" in beside
    for one in ("lawyer", "attorney", "court", "sue", "legal action", "penalt", "illegal"):
        assert one not in text_of(content)


def test_the_agency_is_given_no_phone_number_of_ours() -> None:
    assert "Phone" not in text_of(by_kind("complaint"))


@pytest.mark.parametrize("voice", ["patient", "parent", "representative"])
def test_the_employer_reads_no_diagnosis_treatment_or_number_of_ours(voice: str) -> None:
    content = by_kind("employer_exception", voice)
    body = text_of(content).lower()
    for one in ("ketamine", "depress", "disorder", "f33", "j3490", "psychiat"):
        assert one not in body
    for one in ("sample-0042", "sample-77", "1982", "october 30", "investigational"):
        assert one not in body
    assert "with this care i could come back to full hours." in body


def test_the_employer_is_asked_and_told_of_no_right() -> None:
    said = block_text(by_kind("employer_exception"), "employer_request")
    assert "I ask Sample Works to make an exception" in said
    assert "this is for you to decide" in said
    for one in ("right", "must", "law", "CFR"):
        assert one not in said.replace("With this care", "")
