"""Letters about networks, bills and claims: timing, codes and proof, and no medical argument."""

from collections.abc import Mapping

import pytest

from appeals.letters import LetterContent, compose
from appeals.letters.case import Value
from appeals.letters.content import Items, Table
from appeals.letters.kinds import LetterKind, kind_plan
from policies.situation import Treatment
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import TOLD, make_answer, make_letter, told
from tests.appeals.letter_reading import block_text, letter, stands_in_order, text_of

KINDS = (
    "network_gap",
    "retrospective_authorization",
    "corrected_claim",
    "out_of_network_claim",
)
CLAIM = {
    "service_on": "October 5 and 8, 2026",
    "searched": "Sample Group A, November 3, 2026: does not give it.\n"
    "Sample Group B, November 4, 2026: no place before May.",
    "why_site": "It is 12 miles from my home.",
    "rate": "$450 a session",
    "authorization_reason": "The clinic asked on September 28, 2026 and the portal was down.",
    "proof": "The portal's message of September 28, 2026.",
    "correction": "The place of service was 22 and is 11.",
    "units": "1",
    "place_of_service": "11",
    "amount_paid": "$900",
    "provider_license": "SAMPLE-LIC",
    "provider_tax_id": "00-0000000",
}
PAPERS = (
    "denial_notice",
    "network_search_log",
    "remittance",
    "corrected_claim",
    "itemized_bill",
    "representative_form",
)
MEDICAL = (
    *("medical", "necess", "trial", "antidepress", "evidence", "sertraline", "severe", "PHQ"),
    *("improve", "published", "FDA"),
)


def claim(kind: str, voice: str = "patient", **facts: str) -> LetterContent:
    return letter(kind, voice, enclosures=PAPERS, facts=CLAIM | facts)


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        (
            "network_gap",
            ("reference", "gap_request", "search_log", "why_site", "gap_terms", "next_steps"),
        ),
        (
            "retrospective_authorization",
            ("reference", "retrospective_request", "timing", "timing_proof", "next_steps"),
        ),
        ("corrected_claim", ("reference", "correction_text", "timing_proof", "next_steps")),
        (
            "out_of_network_claim",
            ("reference", "claim_request", "superbill", "claim_terms", "next_steps"),
        ),
    ],
)
def test_the_blocks_stand_in_the_order_of_the_anatomy(kind: str, order: tuple[str, ...]) -> None:
    voice = kind_plan(LetterKind(kind)).voices[0]
    assert stands_in_order(claim(kind, voice), *order)


@pytest.mark.parametrize(
    ("kind", "voice"),
    [(kind, voice) for kind in KINDS for voice in kind_plan(LetterKind(kind)).voices],
)
def test_with_all_told_a_letter_on_a_claim_has_no_gap_in_any_voice(kind: str, voice: str) -> None:
    assert [one.label for one in claim(kind, voice).gaps] == []


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        (kind, voice)
        for kind in KINDS
        for voice in kind_plan(LetterKind(kind)).voices
        if voice != "patient"
    ],
)
def test_only_the_patient_says_me_and_my(kind: str, voice: str) -> None:
    body = text_of(claim(kind, voice)).replace(CLAIM["why_site"], "")
    assert " my " not in body
    assert " me " not in body
    assert "Sample Patient" in body


@pytest.mark.parametrize("kind", ["retrospective_authorization", "corrected_claim"])
def test_a_letter_on_timing_or_code_makes_no_medical_argument(kind: str) -> None:
    case = make_letter(
        kind, "clinician", facts=told(**CLAIM), answer=make_answer(), enclosures=PAPERS
    )
    body = text_of(compose(case))
    for one in MEDICAL:
        assert one not in body
    assert "F33.2" not in body
    assert "depressi" not in body


@pytest.mark.parametrize("kind", KINDS)
def test_no_law_is_named_where_none_was_read(kind: str) -> None:
    voice = kind_plan(LetterKind(kind)).voices[0]
    for plan in ("self_funded_job", "insured_job", "medicaid_plan", "original_medicare", "va"):
        content = letter(kind, voice, denied=make_case(plan), enclosures=PAPERS, facts=CLAIM)
        for one in ("CFR", "U.S.C.", "must", "required by"):
            assert one not in text_of(content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_no_has_to_come_in_writing_with_its_reason(kind: str) -> None:
    voice = kind_plan(LetterKind(kind)).voices[0]
    said = block_text(claim(kind, voice), "next_steps")
    assert "reason" in said
    assert "appeal" in said


def test_the_gap_letter_shows_who_was_asked_and_on_what_terms() -> None:
    content = claim("network_gap")
    asked = block_text(content, "gap_request")
    assert "Alex Sample, MD" in asked
    assert "Sample Clinic, Sampletown" in asked
    assert "December 14, 2026" in asked
    assert "single-case agreement" in asked
    block = next(one for one in content.blocks if one.id == "search_log")
    (log,) = (one for one in block.elements if isinstance(one, Items))
    assert len(log.items) == 2
    assert "(Enclosure 1)" in block_text(content, "search_log")
    assert block_text(content, "why_site") == CLAIM["why_site"]
    assert "$450 a session" in block_text(content, "gap_terms")
    assert "in the network" in block_text(content, "gap_terms")


def test_without_a_rate_none_is_spoken_of() -> None:
    content = letter("network_gap", enclosures=PAPERS, facts=CLAIM | {"rate": ""})
    assert "rate" not in block_text(content, "gap_terms")


def test_an_authorization_after_the_fact_says_what_happened_and_what_proves_it() -> None:
    content = claim("retrospective_authorization", authorization_number="SAMPLE-AUTH")
    asked = block_text(content, "retrospective_request")
    assert "ketamine by intravenous infusion" in asked
    assert "October 5 and 8, 2026" in asked
    assert "SAMPLE-77" in asked
    assert "portal was down" in block_text(content, "timing")
    assert "SAMPLE-AUTH" in block_text(content, "timing")
    assert "portal's message" in block_text(content, "timing_proof")


def test_proof_that_is_on_hand_is_named_by_its_number() -> None:
    content = letter(
        "retrospective_authorization",
        enclosures=("denial_notice", "authorization_proof"),
        facts=CLAIM,
    )
    assert "Enclosure 2" in block_text(content, "timing_proof")


def test_a_corrected_claim_says_what_changed_and_replaces_the_first() -> None:
    content = claim("corrected_claim", "clinician")
    said = block_text(content, "correction_text")
    assert "in place of claim SAMPLE-77" in said
    assert "October 5 and 8, 2026" in said
    assert CLAIM["correction"] in said
    assert "J3490" in said
    named = [one.id for one in content.enclosures][:3]
    assert named == ["corrected_claim", "remittance", "itemized_bill"]


@pytest.mark.parametrize("kind", KINDS)
def test_codes_of_esketamine_are_never_printed_for_another_treatment(kind: str) -> None:
    voice = kind_plan(LetterKind(kind)).voices[0]
    for codes in ("G2082", "S0013 and J3490", "g2083"):
        body = text_of(claim(kind, voice, codes=codes))
        assert codes not in body
    esketamine = make_case(treatment=Treatment.ESKETAMINE_NASAL)
    facts: Mapping[str, Value] = {**CLAIM, "codes": "G2082"}
    allowed = letter(kind, voice, denied=esketamine, enclosures=PAPERS, facts=facts)
    assert "G2082" in text_of(allowed)


def rows_of(content: LetterContent) -> dict[str, str]:
    block = next(one for one in content.blocks if one.id == "superbill")
    (table,) = (one for one in block.elements if isinstance(one, Table))
    return {row[0][0].text: " ".join(one.text for one in row[1]) for row in table.rows}


def test_the_bill_is_held_against_all_that_it_has_to_show() -> None:
    assert rows_of(claim("out_of_network_claim")) == {
        "Patient's name": "Sample Patient",
        "Patient's date of birth": "April 17, 1982",
        "Clinician's name": "Alex Sample, MD",
        "Clinician's license": "SAMPLE-LIC",
        "Clinician's NPI": "1234567893",
        "Tax ID": "00-0000000",
        "Dates of service": "October 5 and 8, 2026",
        "Procedure and drug codes": "J3490",
        "Diagnosis with its ICD code": "major depressive disorder, recurrent, severe (F33.2)",
        "Place of service": "11",
        "Units": "1",
        "Amount paid": "$900",
    }


def test_what_the_bill_does_not_show_is_a_gap() -> None:
    content = letter("out_of_network_claim", enclosures=(), without=[*TOLD])
    assert all(one.startswith("[") for one in rows_of(content).values())


def test_that_the_plan_pays_outside_its_network_is_not_ours_to_claim() -> None:
    asked = block_text(claim("out_of_network_claim"), "claim_request")
    assert "any benefits" in asked
    assert "$900" in asked
    assert "your benefits for" not in asked


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_fact_is_a_gap_and_never_a_break(kind: str) -> None:
    voice = kind_plan(LetterKind(kind)).voices[0]
    content = letter(kind, voice, without=[*TOLD], enclosures=())
    missing = {one.id for one in content.gaps}
    assert set(kind_plan(LetterKind(kind)).must) <= missing
