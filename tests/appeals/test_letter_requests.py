"""Requests that stand beside an appeal, held against the anatomy and the table of rights."""

import pytest

from appeals.law.rights import rights
from appeals.letters.blocks.requests import DAYS_TO_ANSWER
from appeals.letters.compose import MissingBlockError
from appeals.letters.kinds import LetterKind, kind_plan
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import TOLD
from tests.appeals.letter_reading import block_text, letter, stands_in_order, text_of
from tests.appeals.letter_requests import AT_WORK, KINDS, LATE, WRONG, by_kind, items_of


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
