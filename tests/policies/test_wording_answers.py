"""The headline of an answer, and the reason beside it."""

from typing import Any

import pytest

from policies import wording
from policies.catalogue import CoveragePosition, ReadingKind
from policies.check import Answer, CheckedDocument, check
from policies.criteria import FactCriterion, Node
from policies.situation import Funding, LineOfBusiness
from policies.wording import phrases
from tests.factories import (
    ADULT,
    COPY,
    HEARSAY,
    ON,
    REST,
    SEVERE,
    all_of,
    any_of,
    make_catalogue,
    make_document,
    make_edition,
    make_insurer,
    make_position,
    make_reading,
    make_situation,
)

MEDICARE = make_insurer("medicare")


def ask(
    *positions: Any, reading: ReadingKind = COPY, effective: str | None = "2026-01-01", **asked: Any
) -> Answer:
    """What Acme's document says to an adult with treatment-resistant depression."""
    edition = make_edition(*positions, effective=effective, readings=(make_reading(reading),))
    fields: dict[str, Any] = {
        "insurer": "acme",
        "line_of_business": LineOfBusiness.COMMERCIAL,
        "answers": {"age": 40},
    }
    return check(
        make_situation(**(fields | asked)),
        catalogue=make_catalogue(make_document(edition, number="K-1")),
        on=ON,
    )


# As sure as its source, and no surer


@pytest.mark.parametrize(
    ("reading", "effective", "expected"),
    [
        pytest.param(
            COPY,
            "2026-01-01",
            "You appear to meet every criterion in the document's list.",
            id="the insurer's own, dated",
        ),
        pytest.param(
            COPY,
            None,
            "In the copy we read, which may be out of date, you appear to meet every criterion in "
            "the document's list.",
            id="the insurer's own, undated",
        ),
        pytest.param(
            HEARSAY,
            "2026-01-01",
            "Going by a second-hand account, you appear to meet every criterion in the "
            "document's list.",
            id="second-hand",
        ),
    ],
)
def test_a_yes_is_as_sure_as_its_source(
    reading: ReadingKind, effective: str | None, expected: str
) -> None:
    answer = ask(make_position(), reading=reading, effective=effective)
    assert wording.headline(answer) == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param(
            all_of(ADULT, REST),
            "You meet what we could read; part of the list is missing.",
            id="all that was read is met",
        ),
        pytest.param(
            any_of(ADULT, REST),
            "You meet what we could read; part of the list is missing.",
            id="one way is met, another was not read",
        ),
        pytest.param(
            all_of(ADULT, SEVERE, REST),
            "You could qualify: nothing you told us rules it out.",
            id="something that was read is open",
        ),
        pytest.param(
            all_of(ADULT, SEVERE),
            "You could qualify: nothing you told us rules it out.",
            id="nothing is cut off, something is open",
        ),
        pytest.param(
            all_of(FactCriterion("65 or older", "age", min=65), REST),
            "You do not appear to meet your plan's written criteria.",
            id="something that was read is not met",
        ),
    ],
)
def test_what_could_be_read_is_told_from_what_is_open(tree: Node, expected: str) -> None:
    assert wording.headline(ask(make_position(criteria=tree))) == expected


# Headline and reason


def test_the_reason_names_the_document_its_own_date_and_what_it_says() -> None:
    assert wording.reason(ask(make_position())) == (
        "Acme, K-1 (in effect from January 1, 2026). It covers IV ketamine infusion for "
        "treatment-resistant depression when its criteria are met."
    )
    assert wording.reason(ask(make_position(CoveragePosition.INVESTIGATIONAL))) == (
        "Acme, K-1 (in effect from January 1, 2026). It calls IV ketamine infusion for "
        "treatment-resistant depression investigational (not proven enough, in the insurer's view)."
    )


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        (CoveragePosition.COVERED, "It covers IV ketamine infusion for PTSD."),
        (
            CoveragePosition.INDIVIDUAL_CONSIDERATION,
            "It leaves {about} to be decided case by case.",
        ),
        (CoveragePosition.NOT_ADDRESSED, "It says nothing about {about}."),
        (CoveragePosition.NOT_MEDICALLY_NECESSARY, "It calls {about} not medically necessary."),
        (
            CoveragePosition.EXCLUDED,
            "It excludes {about}: it is not a covered benefit.",
        ),
    ],
)
def test_what_a_position_says(coverage: CoveragePosition, expected: str) -> None:
    about = "IV ketamine infusion for post-traumatic stress disorder"
    answer = ask(make_position(coverage, indications=("ptsd",)), conditions=["ptsd"])
    (position,) = answer.documents[0].answer.positions
    said = expected.replace("IV ketamine infusion for PTSD", about).format(about=about)
    assert wording.what_it_says(position) == said


def test_what_is_not_certain_is_said_with_it() -> None:
    pain = make_position(indications=("chronic_pain",))
    (open_one,) = ask(pain, conditions=["crps"]).documents[0].answer.positions
    assert wording.what_it_says(open_one).endswith(
        " Whether that includes the condition asked about is not certain: "
        "ask the clinician and the plan."
    )


def test_without_a_rule_for_going_on_the_headline_says_so() -> None:
    going_on = ask(make_position(), answers={"age": 40, "request_phase": "continuing"})
    assert wording.headline(going_on) == (
        "We did not read what the document asks for going on with this treatment."
    )


def test_a_refusal_of_another_condition_is_told_from_one_of_this() -> None:
    pain = make_position(CoveragePosition.INVESTIGATIONAL, indications=("chronic_pain",))
    assert wording.headline(ask(pain, conditions=["crps"])) == (
        "The document refuses this for chronic pain. It does not say whether for you too."
    )
    assert wording.headline(ask(pain, conditions=["chronic_pain"])) == (
        "Your plan's written rule does not cover this."
    )


def test_a_list_not_met_beside_one_that_may_be_meant_says_both() -> None:
    older = FactCriterion("65 or older", "age", min=65)
    answer = ask(
        make_position(criteria=older), make_position(criteria=None, indications=("mdd_suicidal",))
    )
    assert wording.headline(answer) == (
        "You do not appear to meet the list for treatment-resistant depression. The document has "
        "another list, and whether it is for you is not known."
    )


def test_a_disagreement_is_the_headline_and_names_both_sides() -> None:
    refuses = make_document(
        make_edition(make_position(CoveragePosition.INVESTIGATIONAL)), number="K-1"
    )
    allows = make_document(
        make_edition(
            make_position(CoveragePosition.COVERED),
            effective=None,
            readings=(make_reading(HEARSAY),),
        ),
        insurer=MEDICARE,
        number="M-2",
        binds_line=True,
    )
    answer = check(
        make_situation(insurer="acme", line_of_business=LineOfBusiness.COMMERCIAL),
        catalogue=make_catalogue(refuses, allows),
        on=ON,
    )
    assert wording.headline(answer) == "The documents that apply to your plan disagree."
    assert wording.reason(answer) == (
        "Acme, K-1 (in effect from January 1, 2026): your plan's written rule does not cover this. "
        "Medicare, M-2 (undated): going by a second-hand account, you appear to meet every "
        "criterion in the document's list."
    )


def test_a_rule_that_leaves_it_to_the_plan_is_named_beside_the_plans_refusal() -> None:
    answer = beside_a_rule(CoveragePosition.INVESTIGATIONAL)
    assert wording.headline(answer) == "Your plan's written rule does not cover this."
    assert wording.reason(answer).endswith(
        " A rule of the program stands beside it and leaves such cases to be decided one by one "
        "(Medicare, M-2)."
    )


def test_a_rule_that_speaks_stands_before_the_silence_of_the_plan() -> None:
    answer = beside_a_rule(CoveragePosition.NOT_ADDRESSED)
    assert wording.headline(answer) == (
        "Your plan's own document says nothing about this, but a rule of its program does. This "
        "is decided case by case."
    )


def beside_a_rule(coverage: CoveragePosition) -> Answer:
    own = make_document(make_edition(make_position(coverage)))
    rule = make_document(
        make_edition(make_position(CoveragePosition.INDIVIDUAL_CONSIDERATION)),
        insurer=MEDICARE,
        number="M-2",
        binds_line=True,
    )
    asked = make_situation(insurer="acme", line_of_business=LineOfBusiness.COMMERCIAL)
    return check(asked, catalogue=make_catalogue(own, rule), on=ON)


def test_a_rule_alone_says_that_there_is_no_document_of_the_plan() -> None:
    rule = make_document(make_edition(make_position()), insurer=MEDICARE, binds_line=True)
    asked = make_situation(line_of_business=LineOfBusiness.COMMERCIAL, answers={"age": 40})
    answer = check(asked, catalogue=make_catalogue(rule), on=ON)
    assert wording.headline(answer) == (
        "We hold no document from your plan itself, only a rule of its program. You appear to meet "
        "every criterion in the document's list."
    )


def test_without_a_document_the_reason_says_why_and_what_to_do() -> None:
    answer = ask(make_position(), insurer="nobody")
    assert wording.headline(answer) == "We hold no document from your plan."
    assert wording.reason(answer) == (
        "We hold no policy under this insurer's name. We do not answer from another insurer's "
        "policy. That is not a no: ask the plan for its written policy."
    )


@pytest.mark.parametrize("funding", [Funding.SELF_FUNDED, None])
def test_the_caution_on_a_favorable_verdict_names_the_plan_document(
    funding: Funding | None,
) -> None:
    caution = ask(make_position(), funding=funding).plan_caution
    assert caution is not None
    assert "plan document" in phrases.PLAN_CAUTIONS[caution]
    assert "exclude" in phrases.PLAN_CAUTIONS[caution]


def test_a_checked_document_is_worded_alone_as_in_the_headline() -> None:
    answer = ask(make_position())
    (checked,) = answer.documents
    assert isinstance(checked, CheckedDocument)
    assert wording.document_verdict(checked) == wording.headline(answer)
