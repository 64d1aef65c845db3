"""Requests that stand beside an appeal, held against the anatomy and the table of rights."""

from collections.abc import Mapping

import pytest

from appeals.law.rights import rights
from appeals.letters import LetterContent
from appeals.letters.blocks.requests import DAYS_TO_ANSWER
from appeals.letters.case import Value
from appeals.letters.compose import MissingBlockError
from appeals.letters.content import Items, Signature
from appeals.letters.kinds import LetterKind, kind_plan
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import TOLD
from tests.appeals.letter_reading import block_text, letter, stands_in_order, text_of

KINDS = (
    "documents_request",
    "parity_request",
    "keep_services",
    "good_cause",
    "representative",
    "complaint",
    "employer_exception",
)
LATE: Mapping[str, Value] = {
    "late_reason": "I was in the hospital.",
    "proof": "The discharge paper.",
}
HELPER: Mapping[str, Value] = {
    "representative_name": "Sample Helper",
    "representative_address": "2 Sample Street\nSampletown, OH 00000",
    "representative_phone": "555-0105",
    "representative_relation": "Sister",
}
WRONG: Mapping[str, Value] = {
    "regulator_name": "Sample Department of Insurance",
    "regulator_address": "3 Sample Street\nSampletown, OH 00000",
    "what_happened": "I called on November 3, 2026 and nobody called back.",
    "complaint_asks": "Whether the plan has to name the rule that it used.",
}
AT_WORK: Mapping[str, Value] = {
    "employer_name": "Sample Works",
    "employer_contact": "Benefits office\n4 Sample Street",
    "benefit_case": "With this care I could come back to full hours.",
}


def items_of(content: LetterContent, name: str) -> list[str]:
    block = next(one for one in content.blocks if one.id == name)
    listed = next(one for one in block.elements if isinstance(one, Items))
    return [" ".join(one.text for one in item) for item in listed.items]


def by_kind(kind: str, voice: str = "patient") -> LetterContent:
    """A letter of this kind under a plan that it fits, with all that it must be told."""
    plan = {"keep_services": "medicaid_plan", "good_cause": "original_medicare"}
    facts = {"appeal_follows": "follows", "care_ends_on": TOLD["starts_on"]}
    return letter(
        kind,
        voice,
        denied=make_case(plan.get(kind, "self_funded_job")),
        enclosures=("denial_notice", "representative_form"),
        facts={**facts, **LATE, **HELPER, **WRONG, **AT_WORK},
    )


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        (
            "documents_request",
            (
                *("date", "recipient", "reference", "documents_asked", "parity_documents"),
                *("by_when", "not_my_appeal", "closing"),
            ),
        ),
        (
            "parity_request",
            ("recipient", "reference", "parity_asked", "by_when", "not_my_appeal", "closing"),
        ),
        ("keep_services", ("recipient", "reference", "keep_request", "keep_facts", "closing")),
        ("good_cause", ("recipient", "reference", "late_request", "closing", "enclosures")),
        (
            "representative",
            ("recipient", "reference", "authorization_text", "authorization_limits", "signatures"),
        ),
        (
            "complaint",
            ("recipient", "complaint_text", "complaint_asked", "beside_appeal", "closing"),
        ),
        (
            "employer_exception",
            ("employer_recipient", "employer_reference", "employer_request", "closing"),
        ),
    ],
)
def test_the_blocks_stand_in_the_order_of_the_anatomy(kind: str, order: tuple[str, ...]) -> None:
    assert stands_in_order(by_kind(kind), *order)


@pytest.mark.parametrize(
    ("kind", "voice"),
    [(kind, voice) for kind in KINDS for voice in kind_plan(LetterKind(kind)).voices],
)
def test_with_all_told_a_request_has_no_gap_in_any_voice(kind: str, voice: str) -> None:
    assert [one.label for one in by_kind(kind, voice).gaps] == []


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        (kind, voice)
        for kind in KINDS
        for voice in kind_plan(LetterKind(kind)).voices
        if voice != "patient"
    ],
)
def test_only_the_patient_speaks_of_my_plan_and_my_appeal(kind: str, voice: str) -> None:
    content = by_kind(kind, voice)
    # What the writer typed is in the writer's own words.
    typed = {str(one) for one in {**LATE, **WRONG, **AT_WORK}.values()}
    body = text_of(content)
    for one in typed:
        body = body.replace(one, "")
    assert "my appeal" not in body
    assert "my health plan" not in body
    assert "Sample Patient" in body


@pytest.mark.parametrize("kind", KINDS)
def test_an_urgent_denial_does_not_make_a_request_for_papers_urgent(kind: str) -> None:
    plan = {"keep_services": "medicaid_plan", "good_cause": "original_medicare"}
    urgent = make_case(plan.get(kind, "self_funded_job"), is_expedited=True)
    subject = block_text(letter(kind, denied=urgent), "subject")
    # To keep care going files the appeal too, and that is decided fast.
    assert ("EXPEDITED" in subject) is (kind == "keep_services")


# Documents and criteria


def test_it_asks_for_each_paper_by_number_and_free_of_charge() -> None:
    content = by_kind("documents_request")
    assert "free of charge" in block_text(content, "documents_asked")
    asked = items_of(content, "documents_asked")
    wanted = ("relevant", "version and date", "notes", "expert", "plan document", "calls")
    assert [word in item for word, item in zip(wanted, asked, strict=True)] == [True] * 6


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("self_funded_job", "29 CFR 2560.503-1(h)(2)(iii)"),
        ("insured_job", "29 CFR 2560.503-1(h)(2)(iii)"),
        ("bought", "45 CFR 147.136, which takes over 29 CFR 2560.503-1"),
        ("medicaid_plan", "42 CFR 438.404(b)(2)"),
        ("government", ""),
        ("church", ""),
        ("grandfathered_job", ""),
        ("insured_or_self_funded_job", ""),
        ("medicaid_state", ""),
        ("original_medicare", ""),
        ("medicare_advantage", ""),
        ("medicare_drug", ""),
        ("medicare_unknown", ""),
        ("tricare", ""),
        ("va", ""),
        ("federal", ""),
        ("limited", ""),
    ],
)
def test_the_file_is_asked_for_by_law_only_where_that_was_read_and_binds(
    plan: str, said: str
) -> None:
    content = letter("documents_request", denied=make_case(plan), appeal_follows="follows")
    first, *others = items_of(content, "documents_asked")
    assert (said and f"({said})" in first) or "CFR" not in first
    named = [one for one in others if "CFR" in one]
    assert len(named) == (plan in ("self_funded_job", "insured_job"))


def test_the_law_on_experts_is_named_for_their_names_and_not_their_specialties() -> None:
    expert = items_of(by_kind("documents_request"), "documents_asked")[3]
    before, _cited, after = expert.partition("(29 CFR 2560.503-1(h)(3)(iv))")
    assert "name of each" in before
    assert "specialty" not in before
    assert "specialty" in after


def test_a_medicaid_plan_is_asked_for_what_only_its_rule_opens() -> None:
    content = letter("documents_request", denied=make_case("medicaid_plan"))
    first = items_of(content, "documents_asked")[0]
    assert "medical necessity" in first
    assert "processes and standards" in first


@pytest.mark.parametrize("plan", ["va", "tricare", "original_medicare", "medicaid_state"])
def test_a_program_without_a_plan_document_is_not_asked_for_one(plan: str) -> None:
    content = letter("documents_request", denied=make_case(plan))
    assert not any("plan document" in one for one in items_of(content, "documents_asked"))


def test_a_clinician_asks_with_the_authorization_of_the_patient() -> None:
    assert "[enclosure: signed authorization" in block_text(
        letter("documents_request", "clinician"), "documents_asked"
    )
    assert "authorization" not in block_text(letter("documents_request"), "documents_asked")


@pytest.mark.parametrize(
    ("plan", "condition", "is_asked"),
    [
        ("self_funded_job", "ptsd", True),
        ("insured_job", "treatment_resistant_depression", True),
        ("government", "ptsd", True),
        ("self_funded_job", "crps", False),
        ("self_funded_job", "chronic_pain", False),
        ("self_funded_job", "", False),
        ("bought", "ptsd", False),
        ("church", "ptsd", False),
        ("original_medicare", "ptsd", False),
        ("medicare_advantage", "ptsd", False),
        ("medicaid_plan", "ptsd", False),
        ("limited", "ptsd", False),
        ("federal", "ptsd", False),
        ("tricare", "ptsd", False),
        ("va", "ptsd", False),
    ],
)
def test_parity_is_asked_for_mental_health_alone_under_plans_it_binds(
    plan: str, condition: str, *, is_asked: bool
) -> None:
    denied = make_case(plan, condition=condition)
    body = text_of(letter("documents_request", denied=denied))
    assert ("comparative analysis" in body) is is_asked
    assert ("30 calendar days" in body) is is_asked
    if is_asked:
        assert "comparative analysis" in text_of(letter("parity_request", denied=denied))
    else:
        with pytest.raises(MissingBlockError):
            letter("parity_request", denied=denied)


def test_the_days_of_the_federal_form_are_those_that_were_read() -> None:
    limits = " ".join(one.text for one in rights()["parity_analysis"].limits)
    assert f"{DAYS_TO_ANSWER} calendar days" in limits


@pytest.mark.parametrize("kind", ["documents_request", "parity_request"])
def test_parity_is_asked_for_in_the_words_that_were_settled(kind: str) -> None:
    body = text_of(by_kind(kind))
    assert (
        "Please send the comparative analysis for this limit as applied to outpatient drugs given "
        "under supervision." in body
    )
    assert "comparable medical drugs" in body
    assert "factors" in body
    assert "evidentiary standards" in body
    for one in ("violat", "breach", "must", "meaningful benefit", "material difference", "2024"):
        assert one not in body
    assert "fiduciary" not in body
    assert "CFR" not in block_text(by_kind("parity_request"), "parity_asked")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("experimental_investigational", "the test of what is experimental"),
        ("not_medically_necessary", "the test of medical necessity"),
        ("step_therapy", "step therapy"),
        ("no_prior_authorization", "prior authorization"),
        ("plan_exclusion", "[which limit is asked about]"),
    ],
)
def test_the_limit_that_is_asked_about_is_named(reason: str, said: str) -> None:
    content = letter("parity_request", denied=make_case(reasons=(reason,)))
    assert f"The limit asked about is {said}." in block_text(content, "parity_asked")


def test_beside_the_file_no_analysis_is_asked_of_a_limit_that_nobody_named() -> None:
    excluded = make_case(reasons=("plan_exclusion",))
    assert "analysis" not in text_of(letter("documents_request", denied=excluded))
    named = letter("documents_request", denied=excluded, limit="six sessions a year")
    assert "The limit asked about is six sessions a year." in text_of(named)


def test_a_limit_that_was_told_goes_before_the_reason() -> None:
    content = letter("parity_request", limit="six sessions a year")
    assert "The limit asked about is six sessions a year." in text_of(content)


@pytest.mark.parametrize(
    ("follows", "said"),
    [
        ("follows", "This letter is not my appeal, which will follow."),
        ("enclosed", "This letter is not my appeal, which is enclosed."),
        (None, "This letter is not my appeal, [whether the appeal is enclosed or follows]."),
    ],
)
def test_it_says_that_it_is_not_the_appeal(follows: str | None, said: str) -> None:
    facts = {"appeal_follows": follows} if follows else {}
    assert block_text(letter("documents_request", facts=facts), "not_my_appeal") == said


def test_without_a_read_limit_no_day_is_set_and_electronic_papers_are_preferred() -> None:
    denied = make_case(condition="crps")
    said = block_text(letter("documents_request", denied=denied), "by_when")
    assert "electronically" in said
    assert "to the address above" in said
    assert not any(one.isdigit() for one in said)
    unknown = letter("documents_request", denied=denied, without=["patient_address"])
    assert "to the address on file" in block_text(unknown, "by_when")
    sent = letter("documents_request", denied=denied, send_to="sample@example.org")
    assert "to sample@example.org" in block_text(sent, "by_when")


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_fact_is_a_gap_and_never_a_break(kind: str) -> None:
    plan = {"keep_services": "medicaid_plan", "good_cause": "original_medicare"}
    content = letter(
        kind,
        denied=make_case(plan.get(kind, "self_funded_job")),
        without=[*TOLD],
        enclosures=(),
    )
    missing = {one.id for one in content.gaps}
    asked = set(kind_plan(LetterKind(kind)).must)
    assert asked <= missing
