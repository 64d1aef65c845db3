"""Which documents answer, where they disagree, and what the answer must not claim."""

import datetime as dt
from typing import Any

import pytest

from policies.applicability import LeftOutReason
from policies.catalogue import Catalogue, CoveragePosition, EditionStatus, Position
from policies.check import Answer, NoDocumentReason, PlanCaution
from policies.situation import Funding, LineOfBusiness, Treatment
from policies.sureness import Sureness
from policies.verdict import Verdict
from tests.factories import make_catalogue, make_document, make_edition, make_insurer, make_position
from tests.policies.checking import (
    ACME,
    ADVANTAGE,
    CASE_BY_CASE,
    FAILED,
    NOT_COVERED,
    OPEN_LIST,
    OTHER,
    SILENT,
    ask,
    document,
    rule,
)

# Which documents answer


def test_a_plan_never_answers_from_another_insurers_policy() -> None:
    catalogue = make_catalogue(document(make_position(), insurer=OTHER), insurers=[ACME])
    answer = ask(catalogue)
    assert (answer.verdict, answer.headline, answer.documents) == (Verdict.NO_DOCUMENT, None, ())
    assert answer.no_document is NoDocumentReason.NOTHING_FOR_PLAN


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        pytest.param({"insurer": "nobody"}, NoDocumentReason.INSURER_NOT_HELD, id="unknown slug"),
        pytest.param(
            {"insurer": None, "insurer_name": "Zenith"},
            NoDocumentReason.INSURER_NOT_HELD,
            id="unknown name",
        ),
        pytest.param({"insurer": None}, NoDocumentReason.INSURER_NOT_GIVEN, id="no insurer"),
        pytest.param(
            {"treatment": Treatment.ESKETAMINE_NASAL},
            NoDocumentReason.NOTHING_ON_TREATMENT,
            id="another treatment",
        ),
        pytest.param(
            {"line_of_business": LineOfBusiness.MEDICAID},
            NoDocumentReason.NOTHING_FOR_PLAN,
            id="another line",
        ),
        pytest.param(
            {"on": dt.date(2025, 12, 31)},
            NoDocumentReason.BEFORE_FIRST_EDITION,
            id="before the first edition",
        ),
        pytest.param(
            {"line_of_business": LineOfBusiness.WORKERS_COMPENSATION},
            NoDocumentReason.NOT_HANDLED,
            id="workers' compensation",
        ),
        pytest.param(
            {"line_of_business": LineOfBusiness.CHIP}, NoDocumentReason.NOT_HANDLED, id="CHIP"
        ),
    ],
)
def test_where_there_is_no_document_the_reason_is_given(
    plan: dict[str, Any], reason: NoDocumentReason
) -> None:
    answer = ask(make_catalogue(document(make_position())), **plan)
    assert (answer.verdict, answer.no_document) == (Verdict.NO_DOCUMENT, reason)
    assert answer.headline is None
    assert answer.plan_caution is None


def test_a_document_left_out_says_why() -> None:
    answer = ask(make_catalogue(document(make_position())), on=dt.date(2025, 12, 31))
    assert [one.reason for one in answer.left_out] == [LeftOutReason.BEFORE_FIRST_EDITION]


def test_a_document_on_another_treatment_is_silent_beside_one_that_speaks() -> None:
    nasal = document(make_position(treatment=Treatment.ESKETAMINE_NASAL), slug="a-spray")
    answer = ask(make_catalogue(nasal, document(make_position())))
    assert [one.stem for one in answer.silent] == ["acme--a-spray"]
    assert [one.applied.document.stem for one in answer.documents] == ["acme--ketamine"]


def test_an_injection_is_not_an_infusion() -> None:
    whole = make_edition(make_position(NOT_COVERED), is_read_whole=True)
    answer = ask(
        make_catalogue(make_document(whole, insurer=ACME)), treatment=Treatment.IM_SC_KETAMINE
    )
    assert answer.no_document is NoDocumentReason.NOTHING_ON_TREATMENT


def test_a_withdrawn_edition_says_so() -> None:
    ended = make_edition(effective="2026-06-01", status=EditionStatus.WITHDRAWN)
    catalogue = make_catalogue(make_document(make_edition(make_position()), ended, insurer=ACME))
    assert ask(catalogue).verdict is Verdict.WITHDRAWN
    assert ask(catalogue, on=dt.date(2026, 5, 31)).verdict is Verdict.APPEARS_TO_QUALIFY


def test_a_verdict_carries_how_sure_its_document_is() -> None:
    answer = ask(make_catalogue(document(make_position())))
    assert answer.headline is not None
    assert answer.headline.sureness is Sureness.DATED


@pytest.mark.parametrize(
    ("name", "is_unproved"),
    [
        pytest.param(None, False, id="nobody named"),
        pytest.param("Mind Managers", True, id="named without a document"),
    ],
)
def test_a_company_that_is_only_said_to_decide_is_named_and_its_rules_are_not_used(
    name: str | None, *, is_unproved: bool
) -> None:
    vendors = document(make_position(NOT_COVERED), insurer=make_insurer("mind-managers"))
    answer = ask(make_catalogue(document(make_position()), vendors), administrator_name=name)
    assert [one.applied.document.insurer.slug for one in answer.documents] == ["acme"]
    assert answer.administrator_is_unproved is is_unproved


# Where documents disagree

REFUSES = make_position(NOT_COVERED)
QUALIFIES = make_position()


def on_advantage(catalogue: Catalogue) -> Answer:
    return ask(catalogue, line_of_business=ADVANTAGE)


def insurers(documents: Any) -> list[str]:
    return [one.applied.document.insurer.slug for one in documents]


@pytest.mark.parametrize(
    ("own", "ruled"),
    [
        pytest.param(REFUSES, QUALIFIES, id="no, and yes"),
        pytest.param(QUALIFIES, REFUSES, id="yes, and no"),
        pytest.param(OPEN_LIST, REFUSES, id="perhaps, and no"),
    ],
)
def test_a_disagreement_is_the_headline_and_never_the_best_verdict(
    own: Position, ruled: Position
) -> None:
    answer = on_advantage(make_catalogue(document(own), rule(ruled)))
    assert (answer.verdict, answer.ground) == (None, None)
    assert answer.headline is not None
    assert insurers([answer.headline]) == ["acme"]
    assert insurers(answer.disagreeing) == ["medicare"]
    assert insurers(answer.documents) == ["acme", "medicare"]


@pytest.mark.parametrize(
    ("own", "ruled", "verdict"),
    [
        pytest.param(
            make_position(CASE_BY_CASE), QUALIFIES, Verdict.CASE_BY_CASE, id="two ways to a yes"
        ),
        pytest.param(
            REFUSES,
            make_position(CASE_BY_CASE),
            Verdict.NOT_COVERED,
            id="a refusal where the rule leaves it to the plan",
        ),
        pytest.param(FAILED, QUALIFIES, Verdict.DOES_NOT_MEET, id="a list that the rule allows"),
        pytest.param(REFUSES, FAILED, Verdict.NOT_COVERED, id="two refusals"),
        pytest.param(REFUSES, SILENT, Verdict.NOT_COVERED, id="a refusal beside silence"),
        pytest.param(QUALIFIES, SILENT, Verdict.APPEARS_TO_QUALIFY, id="a yes beside silence"),
        pytest.param(
            QUALIFIES,
            make_position(CoveragePosition.NOT_ADDRESSED),
            Verdict.APPEARS_TO_QUALIFY,
            id="a yes beside not addressed",
        ),
    ],
)
def test_silence_and_the_same_side_do_not_disagree(
    own: Position, ruled: Position, verdict: Verdict
) -> None:
    answer = on_advantage(make_catalogue(document(own), rule(ruled)))
    assert (answer.verdict, answer.disagreeing) == (verdict, ())


def test_both_sides_of_a_disagreement_are_named_even_behind_a_document_that_takes_none() -> None:
    unread = document(make_position(criteria=None), slug="a-unread")
    refuses = document(REFUSES, slug="b-refuses")
    answer = on_advantage(make_catalogue(unread, refuses, rule(QUALIFIES)))
    assert answer.headline is not None
    assert answer.headline.applied.document.stem == "acme--b-refuses"
    assert insurers(answer.disagreeing) == ["medicare"]
    assert len(answer.documents) == 3


# What the employer may exclude


@pytest.mark.parametrize(
    ("funding", "caution"),
    [
        (Funding.SELF_FUNDED, PlanCaution.SELF_FUNDED),
        (None, PlanCaution.FUNDING_UNKNOWN),
        (Funding.INSURED, None),
    ],
    ids=["self-funded", "unknown", "insured"],
)
@pytest.mark.parametrize("position", [QUALIFIES, OPEN_LIST], ids=["appears", "could"])
def test_every_favorable_verdict_says_what_the_employer_may_exclude(
    position: Position, funding: Funding | None, caution: PlanCaution | None
) -> None:
    answer = ask(make_catalogue(document(position)), funding=funding)
    assert answer.plan_caution is caution


@pytest.mark.parametrize(
    "position",
    [REFUSES, FAILED, SILENT, make_position(CASE_BY_CASE), make_position(criteria=None)],
    ids=["not covered", "not met", "silent", "case by case", "unread"],
)
@pytest.mark.parametrize("funding", [Funding.SELF_FUNDED, None], ids=["self-funded", "unknown"])
def test_no_other_verdict_does(position: Position, funding: Funding | None) -> None:
    assert ask(make_catalogue(document(position)), funding=funding).plan_caution is None


def test_a_line_without_an_employer_needs_no_such_caution() -> None:
    answer = ask(make_catalogue(document(QUALIFIES)), funding=None, line_of_business=ADVANTAGE)
    assert answer.verdict is Verdict.APPEARS_TO_QUALIFY
    assert answer.plan_caution is None
    unknown = ask(make_catalogue(document(QUALIFIES)), funding=None, line_of_business=None)
    assert unknown.plan_caution is PlanCaution.FUNDING_UNKNOWN
