"""Which letters fit a case, in which order, and why another does not: a row for each plan."""

import pytest
from django.utils.translation import override

from appeals.denied import DeniedCase
from appeals.law.stages import Service
from appeals.law.state_reviews import state_reviews
from appeals.letters.kinds import LetterKind, Voice, kind_plans
from appeals.letters.offer import Offer, kinds_offered, why_not
from appeals.letters.regulators import regulator_for
from policies.situation import Treatment
from tests.appeals.denied_cases import ON, PLANS, make_case
from tests.appeals.letter_cases import make_answer

# Under each plan, which of the kinds that depend on it are offered after a first denial.
DEPENDING = {
    "self_funded_job": {"external_review", "parity_request", "employer_exception", "complaint"},
    "insured_job": {"external_review", "parity_request", "keep_services", "complaint"},
    "insured_or_self_funded_job": {"external_review", "parity_request", "complaint"},
    "grandfathered_job": {"complaint"},
    "grandfathered_bought": {"complaint"},
    "bought": {"external_review", "keep_services", "complaint"},
    "government": {"external_review", "parity_request", "keep_services", "employer_exception"},
    "government_insured": {"external_review", "parity_request", "keep_services", "complaint"},
    "church": {"external_review", "complaint"},
    "medicaid_plan": {"keep_services"},
    "medicaid_state": {"keep_services"},
    "medicaid_unknown": {"keep_services"},
    "original_medicare": {"good_cause"},
    "medicare_advantage": {"good_cause"},
    "medicare_original_or_advantage": {"good_cause"},
    "medicare_drug": set(),
    "medicare_unknown": set(),
    "bought_or_limited": {"complaint"},
    "tricare_or_va": set(),
    "tricare": set(),
    "va": set(),
    "federal": set(),
    "limited": {"complaint"},
}
ALL_DEPENDING = set().union(*DEPENDING.values())


def offered(case: DeniedCase | None = None, **more: object) -> dict[LetterKind, Offer]:
    found = kinds_offered(case, more.get("answer"), more.get("outcome"), on=ON)  # type: ignore[arg-type]
    assert len({one.kind for one in found}) == len(found)
    return {one.kind: one for one in found}


def reason_why_not(kind: str, case: DeniedCase | None) -> str:
    return why_not(LetterKind(kind), case, None, None, on=ON)


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_is_offered_the_letters_that_its_law_has(plan: str) -> None:
    assert ALL_DEPENDING & {*offered(make_case(plan))} == DEPENDING[plan]


@pytest.mark.parametrize("plan", PLANS)
def test_every_kind_is_offered_or_says_why_not(plan: str) -> None:
    case = make_case(plan)
    found = offered(case)
    for kind in LetterKind:
        assert (kind in found) is (reason_why_not(kind, case) == "")


@pytest.mark.parametrize("plan", PLANS)
def test_an_appeal_and_the_file_are_offered_after_every_first_denial(plan: str) -> None:
    found = offered(make_case(plan))
    assert {LetterKind.INTERNAL_APPEAL, LetterKind.DOCUMENTS_REQUEST} <= {*found}


def test_without_a_denial_only_what_needs_none_is_offered() -> None:
    found = offered(answer=make_answer())
    assert LetterKind.MEDICAL_NECESSITY in found
    assert LetterKind.PRIOR_AUTHORIZATION in found
    assert not {
        LetterKind.INTERNAL_APPEAL,
        LetterKind.EXTERNAL_REVIEW,
        LetterKind.DOCUMENTS_REQUEST,
        LetterKind.KEEP_SERVICES,
        LetterKind.COMPLAINT,
        LetterKind.PARITY_REQUEST,
    } & {*found}
    assert next(iter(found)) is LetterKind.PRIOR_AUTHORIZATION
    assert "denial" in reason_why_not("internal_appeal", None)


def test_with_the_kind_of_plan_known_the_parity_analysis_needs_no_denial() -> None:
    outcome = make_case("insured_job").outcome
    assert LetterKind.PARITY_REQUEST in offered(answer=make_answer(), outcome=outcome)


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        ("experimental_investigational", ["internal_appeal"]),
        ("step_therapy", ["step_exception"]),
        ("no_prior_authorization", ["retrospective_authorization"]),
        ("out_of_network_or_site", ["network_gap"]),
        ("missing_documentation", ["internal_appeal"]),
        ("wrong_or_unlisted_code", ["corrected_claim"]),
        ("duplicate_or_late_claim", ["corrected_claim"]),
        ("plan_exclusion", ["internal_appeal"]),
        ("continuation_without_benefit", ["internal_appeal"]),
        ("rems_or_provider_not_certified", ["internal_appeal"]),
    ],
)
def test_the_letters_that_answer_the_reason_come_first(reason: str, first: list[str]) -> None:
    found = list(offered(make_case(reasons=(reason,))).values())
    assert [one.kind for one in found if one.is_first] == first
    assert all(one.is_first for one in found[: len(first)])


def test_an_appeal_comes_right_after_what_the_reason_wants() -> None:
    found = list(offered(make_case(reasons=("no_prior_authorization",))))
    assert found[1] is LetterKind.INTERNAL_APPEAL


def test_medicaid_that_cuts_care_is_first_asked_to_keep_it() -> None:
    found = offered(make_case("medicaid_plan", reasons=("continuation_without_benefit",)))
    assert [*found][:2] == [LetterKind.KEEP_SERVICES, LetterKind.INTERNAL_APPEAL]
    assert [one.kind for one in found.values() if one.is_first] == [*found][:2]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    "reasons", [("plan_exclusion", "step_therapy"), ("quantity_or_frequency",)]
)
def test_one_letter_is_first_where_no_care_is_cut(plan: str, reasons: tuple[str, ...]) -> None:
    found = [*offered(make_case(plan, reasons=reasons)).values()]
    assert [one.is_first for one in found] == [True] + [False] * (len(found) - 1)
    assert found[0].not_now == ""


SPENT = make_case("insured_job", answers="internal_2")
AFTER = make_case(service=Service.POST_SERVICE)
CUT = make_case("medicaid_plan", service=Service.CONCURRENT)


@pytest.mark.parametrize(
    ("kind", "case", "is_later"),
    [
        ("prior_authorization", make_case(), True),
        ("prior_authorization", make_case(reasons=("no_prior_authorization",)), False),
        ("prior_authorization", None, False),
        ("external_review", make_case("insured_job"), True),
        ("external_review", SPENT, False),
        ("keep_services", make_case("medicaid_plan"), True),
        ("keep_services", CUT, False),
        ("corrected_claim", make_case(), True),
        ("corrected_claim", AFTER, False),
        ("corrected_claim", make_case(reasons=("wrong_or_unlisted_code",)), False),
        ("retrospective_authorization", make_case(), True),
        ("retrospective_authorization", make_case(reasons=("no_prior_authorization",)), False),
        ("out_of_network_claim", make_case(), True),
        ("out_of_network_claim", make_case(reasons=("out_of_network_or_site",)), False),
        ("out_of_network_claim", None, True),
        ("internal_appeal", make_case(), False),
        ("documents_request", make_case(), False),
    ],
)
def test_what_is_for_another_moment_says_so_and_comes_last(
    kind: str, case: DeniedCase | None, is_later: bool
) -> None:
    found = [*offered(case, answer=make_answer()).values()]
    offer = next(one for one in found if one.kind == kind)
    assert bool(offer.not_now) is is_later
    assert [bool(one.not_now) for one in found] == sorted(bool(one.not_now) for one in found)


def test_where_a_state_lets_one_skip_the_appeal_the_outside_review_is_for_now() -> None:
    skipping = [
        state
        for state in state_reviews()
        for offer in [
            offered(make_case("insured_job", state=state)).get(LetterKind.EXTERNAL_REVIEW)
        ]
        if offer is not None and not offer.not_now
    ]
    assert 0 < len(skipping) < len(state_reviews())


def test_with_nothing_told_no_document_is_for_another_moment() -> None:
    assert not any(one.not_now for one in offered().values())


@pytest.mark.parametrize(
    ("plan", "answers"),
    [
        ("self_funded_job", "internal_2"),
        ("insured_job", "internal_2"),
        ("bought", "internal_1"),
        ("government_insured", "internal_2"),
    ],
)
def test_after_the_last_no_of_the_plan_the_outside_review_takes_the_place_of_the_appeal(
    plan: str, answers: str
) -> None:
    case = make_case(plan, answers=answers)
    found = offered(case)
    assert next(iter(found)) is LetterKind.EXTERNAL_REVIEW
    assert LetterKind.INTERNAL_APPEAL not in found
    assert "outside" in reason_why_not("internal_appeal", case)


def test_while_a_second_appeal_is_open_both_are_offered_and_the_review_first() -> None:
    found = list(offered(make_case(answers="internal_1")))
    assert found[0] is LetterKind.EXTERNAL_REVIEW
    assert LetterKind.INTERNAL_APPEAL in found


def test_before_the_plan_decided_the_appeal_the_outside_review_says_what_comes_first() -> None:
    found = offered(make_case())
    cautions = found[LetterKind.EXTERNAL_REVIEW].cautions
    assert not found[LetterKind.EXTERNAL_REVIEW].is_first
    assert any("own appeal comes first" in one for one in cautions)
    later = offered(make_case(answers="internal_2"))[LetterKind.EXTERNAL_REVIEW].cautions
    assert not any("own appeal comes first" in one for one in later)


def test_once_the_outside_review_decided_neither_it_nor_the_appeal_is_left() -> None:
    case = make_case(answers="external_federal")
    assert not {LetterKind.EXTERNAL_REVIEW, LetterKind.INTERNAL_APPEAL} & {*offered(case)}


@pytest.mark.parametrize("reason", ["wrong_or_unlisted_code", "duplicate_or_late_claim"])
def test_no_outside_review_of_what_is_no_medical_judgment(reason: str) -> None:
    case = make_case(reasons=(reason,))
    assert LetterKind.EXTERNAL_REVIEW not in offered(case)
    assert "reason" in reason_why_not("external_review", case)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("medicaid_plan", "state fair hearing"),
        ("medicaid_state", "state fair hearing"),
        ("original_medicare", "Medicare has its own levels"),
        ("grandfathered_job", "grandfathered"),
    ],
)
def test_where_there_is_no_such_review_the_reason_names_what_there_is(
    plan: str, words: str
) -> None:
    assert words in reason_why_not("external_review", make_case(plan))


@pytest.mark.parametrize("condition", ["crps", "chronic_pain", "fibromyalgia", ""])
def test_parity_is_never_offered_for_pain_or_for_what_nobody_named(condition: str) -> None:
    case = make_case(condition=condition)
    assert LetterKind.PARITY_REQUEST not in offered(case)
    assert "mental health" in reason_why_not("parity_request", case)


def test_an_employer_is_asked_only_where_it_pays() -> None:
    assert LetterKind.EMPLOYER_EXCEPTION not in offered(make_case("government_insured"))
    assert "pays the claims" in reason_why_not("employer_exception", make_case("insured_job"))


def test_each_kind_is_offered_in_its_own_voices() -> None:
    for kind, offer in offered(make_case()).items():
        assert offer.voices == kind_plans()[kind].voices
    assert offered(make_case())[LetterKind.MEDICAL_NECESSITY].voices == (Voice.CLINICIAN,)


@pytest.mark.parametrize(
    ("kind", "plan", "words"),
    [
        ("peer_to_peer", "self_funded_job", "no appeal"),
        ("prior_authorization", "self_funded_job", "own form goes first"),
        ("representative", "self_funded_job", "own form goes first"),
        ("representative", "tricare", "network can never file"),
        ("representative", "federal", "this one matter"),
        ("representative", "medicaid_plan", "consent in writing"),
        ("complaint", "self_funded_job", "place of the appeal"),
        ("keep_services", "medicaid_plan", "pay the money back"),
        ("keep_services", "medicaid_plan", "within 10 days"),
        ("good_cause", "original_medicare", "It is not a right"),
        ("documents_request", "self_funded_job", "does not wait"),
        ("employer_exception", "self_funded_job", "no right to it"),
        ("out_of_network_claim", "self_funded_job", "outside its network"),
        ("expedited_certification", "self_funded_job", "Only a clinician"),
    ],
)
def test_what_has_to_be_known_before_stands_beside_the_offer(
    kind: str, plan: str, words: str
) -> None:
    cautions = offered(make_case(plan))[LetterKind(kind)].cautions
    assert any(words in one for one in cautions)


def test_a_trap_of_another_program_is_not_said() -> None:
    cautions = offered(make_case())[LetterKind.REPRESENTATIVE].cautions
    assert not any("network" in one for one in cautions)


def test_cautions_and_reasons_are_said_in_spanish() -> None:
    with override("es"):
        cautions = offered(make_case("medicaid_plan"))[LetterKind.KEEP_SERVICES].cautions
        assert all("You " not in one for one in cautions)


# To whom a complaint goes


@pytest.mark.parametrize(
    ("plan", "state", "name"),
    [
        ("self_funded_job", "OH", "Employee Benefits Security Administration (EBSA)"),
        ("insured_job", "OH", "Ohio Department of Insurance"),
        ("bought", "TX", "Texas Department of Insurance"),
        ("government_insured", "OH", "Ohio Department of Insurance"),
        ("insured_job", "AL", "Alabama Department of Insurance"),
        ("insured_job", "NV", "Nevada Division of Insurance"),
        # Two offices, by who watches over the plan: only the person can tell which.
        ("insured_job", "CA", None),
        ("insured_job", "MN", None),
        ("insured_job", "FL", None),
        # The office that is known runs the outside review, and takes no complaints.
        ("insured_job", "MA", None),
        ("insured_job", "dont_know", None),
        ("insured_or_self_funded_job", "OH", None),
        ("government", "OH", None),
        ("grandfathered_job", "OH", None),
        ("limited", "OH", None),
        ("medicaid_plan", "OH", None),
        ("original_medicare", "OH", None),
        ("medicare_advantage", "OH", None),
        ("tricare", "OH", None),
        ("va", "OH", None),
        ("federal", "OH", None),
    ],
)
def test_a_complaint_goes_to_the_agency_that_watches_over_the_plan(
    plan: str, state: str, name: str | None
) -> None:
    found = regulator_for(make_case(plan, state=state))
    assert (found.name if found else None) == name
    assert found is None or found.address == ()


@pytest.mark.parametrize("state", state_reviews())
def test_no_complaint_goes_to_an_office_that_only_runs_reviews(state: str) -> None:
    found = regulator_for(make_case("insured_job", state=state))
    if found is not None:
        (office,) = (one for one in state_reviews()[state].agencies if one.name == found.name)
        assert office.role not in ("Runs the federal review", "Takes the request")


def test_an_esketamine_denial_is_offered_the_same_letters() -> None:
    infused = offered(make_case(treatment=Treatment.IV_KETAMINE))
    spray = offered(make_case(treatment=Treatment.ESKETAMINE_NASAL))
    assert [*infused] == [*spray]
