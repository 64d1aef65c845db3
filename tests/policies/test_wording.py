"""Every word a patient reads about an answer: none missing, none surer than its source."""

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import pytest

from policies import terms, vocabulary, wording
from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import (
    CoveragePosition,
    Edition,
    PrintedDate,
    PriorAuthorization,
    ReadingKind,
)
from policies.catalogue.yaml_text import read_yaml
from policies.check import Answer, CheckedDocument, NoDocumentReason, PlanCaution, check
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Judge,
    Judgement,
    Node,
    ScaleCriterion,
    Source,
    TrialDefinition,
)
from policies.matcher import Finding, evaluate
from policies.situation import Funding, LineOfBusiness, Situation, Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Ground, Score, Verdict
from policies.wording import findings, phrases
from tests.factories import (
    ADULT,
    DATA,
    ON,
    REST,
    SEVERE,
    all_of,
    any_of,
    make_catalogue,
    make_document,
    make_edition,
    make_facts,
    make_insurer,
    make_position,
    make_reading,
    make_score,
    make_situation,
    make_tried,
    none_of,
    real_catalogue,
)

COPY, HEARSAY = ReadingKind.STORED_COPY, ReadingKind.SECOND_HAND
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


# Nothing lacks its words


@pytest.mark.parametrize(
    ("members", "listed"),
    [
        pytest.param(Verdict, phrases.VERDICTS, id="verdicts"),
        pytest.param(Ground, phrases.GROUNDS, id="grounds"),
        pytest.param(Sureness, phrases.HEDGES, id="hedges"),
        pytest.param(CoveragePosition, phrases.POSITIONS, id="positions"),
        pytest.param(PriorAuthorization, phrases.PRIOR_AUTHORIZATION, id="prior authorization"),
        pytest.param(Role, phrases.ROLES, id="roles"),
        pytest.param(Caution, phrases.CAUTIONS, id="cautions"),
        pytest.param(PlanCaution, phrases.PLAN_CAUTIONS, id="plan cautions"),
        pytest.param(LeftOutReason, phrases.LEFT_OUT, id="left out"),
        pytest.param(NoDocumentReason, phrases.NO_DOCUMENT, id="no document"),
        pytest.param(Truth, phrases.STATES, id="states"),
        pytest.param(Truth, phrases.EXCLUSION_STATES, id="states of an exclusion"),
    ],
)
def test_every_member_has_its_phrase(members: type[StrEnum], listed: dict[StrEnum, str]) -> None:
    assert listed.keys() == set(members)
    missing = [name for name, words in listed.items() if not words]
    assert missing == ([Sureness.CURRENT, Sureness.DATED] if listed is phrases.HEDGES else [])


@pytest.mark.parametrize("members", [Treatment, LineOfBusiness, Sureness])
def test_every_member_has_a_label(members: type[Treatment]) -> None:
    labels = [one.label for one in members]
    assert all(labels)
    assert len(labels) == len(set(labels))


# No sentence says too much

FORBIDDEN = re.compile(
    r"approved|guarantee|chance of success|!|%|\bNone\b(?! that)|_", re.IGNORECASE
)


def _fixed_sentences() -> Iterator[str]:
    for name, words in vars(phrases).items():
        if not name.isupper():
            continue
        if isinstance(words, str):
            yield words
        elif isinstance(words, dict):
            yield from (one for one in words.values() if isinstance(one, str))
    for one in Sureness:
        yield from (one.label, one.explanation)
    for definitions in (
        vocabulary.facts(),
        vocabulary.treatment_fields(),
        vocabulary.score_fields(),
    ):
        for definition in definitions.values():
            yield from (definition.label, definition.question, definition.help)


def _said_of(answer: Answer) -> Iterator[str]:
    """Every sentence that an answer can show."""
    yield wording.headline(answer)
    yield wording.reason(answer)
    for checked in answer.documents:
        yield wording.document_verdict(checked)
        yield wording.document_line(checked.applied.document, checked.applied.edition)
        for position in checked.answer.positions:
            yield wording.what_it_says(position)
            if position.score is not None:
                yield wording.score(position.score)
            if position.findings is not None:
                yield from _said_of_finding(position.findings, checked.applied.edition)


def _said_of_finding(found: Finding, edition: Edition) -> Iterator[str]:
    yield findings.state(found)
    yield findings.whose_words(found.node.source, edition)
    yield findings.given(found)
    for member in found.members:
        yield from _said_of_finding(member, edition)


PLANS: dict[str, dict[str, str]] = {
    document.stem: {
        "insurer": document.insurer.slug,
        "line_of_business": document.lines_of_business[-1].value,
        "issue_state": (document.states or ("MA",))[0],
        "residence_state": (document.states or ("MA",))[0],
    }
    for document in real_catalogue().documents
}


@cache
def real_answers() -> tuple[Answer, ...]:
    """The answer to every worked case, asked as a member of the document's own plan."""
    answers = []
    for path in sorted((DATA / "cases").glob("*.yaml")):
        for case in read_yaml(path.read_text(encoding="utf-8")).data:
            data = {"version": 1, "plan": PLANS[path.stem], **case["situation"]}
            on = dt.date.fromisoformat(case["on"])
            answers.append(check(Situation.from_json(data), catalogue=real_catalogue(), on=on))
    return tuple(answers)


def test_no_fixed_sentence_promises_anything() -> None:
    sentences = list(_fixed_sentences())
    assert len(sentences) > 100
    assert [one for one in sentences if FORBIDDEN.search(one)] == []


def test_no_sentence_of_a_real_answer_promises_anything() -> None:
    sentences = {sentence for answer in real_answers() for sentence in _said_of(answer)}
    assert len(sentences) > 100
    assert [one for one in sorted(sentences) if FORBIDDEN.search(one)] == []


def test_every_sentence_of_a_real_answer_is_whole() -> None:
    for answer in real_answers():
        for sentence in (wording.headline(answer), wording.reason(answer)):
            assert sentence[0].isupper(), sentence
            assert sentence.endswith("."), sentence
            assert "  " not in sentence, sentence
            assert ".." not in sentence, sentence


def test_no_label_or_limit_of_the_documents_promises_anything() -> None:
    promise = re.compile(r"guarantee|chance of success|!", re.IGNORECASE)
    words = [
        *(node.label for one in real_answers() for node in _nodes(one)),
        *(
            limit
            for document in real_catalogue().documents
            for edition in document.editions
            for position in edition.positions
            for limit in position.limits
        ),
    ]
    assert words
    assert [one for one in words if promise.search(one)] == []


def _nodes(answer: Answer) -> Iterator[Node]:
    for checked in answer.documents:
        for position in checked.answer.positions:
            if position.findings is not None:
                yield from _walk(position.findings)


def _walk(found: Finding) -> Iterator[Node]:
    yield found.node
    for member in found.members:
        yield from _walk(member)


# No sentence is surer than its source


def test_a_second_hand_or_old_source_always_hedges() -> None:
    hedges = {
        Sureness.SECOND_HAND: "Going by a second-hand account, ",
        Sureness.OLD_OR_UNDATED: "In the copy we read, which may be out of date, ",
    }
    seen = set()
    for answer in real_answers():
        for checked in answer.documents:
            sentence = wording.document_verdict(checked)
            assert sentence.startswith(hedges.get(checked.sureness, "")), sentence
            seen.add(checked.sureness)
    assert hedges.keys() <= seen


def test_a_headline_hedges_as_its_document_does() -> None:
    for answer in real_answers():
        if answer.headline is not None and not answer.disagreeing:
            assert wording.headline(answer).endswith(wording.document_verdict(answer.headline))


@pytest.mark.parametrize(
    ("reading", "effective", "expected"),
    [
        pytest.param(
            COPY,
            "2026-01-01",
            "You appear to meet every criterion in the document.",
            id="the insurer's own, dated",
        ),
        pytest.param(
            COPY,
            None,
            "In the copy we read, which may be out of date, you appear to meet every criterion in "
            "the document.",
            id="the insurer's own, undated",
        ),
        pytest.param(
            HEARSAY,
            "2026-01-01",
            "Going by a second-hand account, you appear to meet every criterion in the document.",
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
        (CoveragePosition.INDIVIDUAL_CONSIDERATION, "It decides {about} case by case."),
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
        " Whether that includes your condition is not certain: ask your clinician and your plan."
    )


def test_without_a_rule_for_going_on_the_headline_says_so() -> None:
    going_on = ask(make_position(), answers={"age": 40, "request_phase": "continuing"})
    assert wording.headline(going_on) == (
        "We read no rule in the document for going on with this treatment."
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
            make_position(CoveragePosition.INDIVIDUAL_CONSIDERATION),
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
        "Medicare, M-2 (undated): going by a second-hand account, this is decided case by case."
    )


def test_a_rule_alone_says_that_there_is_no_document_of_the_plan() -> None:
    rule = make_document(make_edition(make_position()), insurer=MEDICARE, binds_line=True)
    asked = make_situation(line_of_business=LineOfBusiness.COMMERCIAL, answers={"age": 40})
    answer = check(asked, catalogue=make_catalogue(rule), on=ON)
    assert wording.headline(answer) == (
        "We hold no document from your plan, only a federal rule. You appear to meet every "
        "criterion in the document."
    )


def test_without_a_document_the_reason_says_why_and_what_to_do() -> None:
    answer = ask(make_position(), insurer="nobody")
    assert wording.headline(answer) == "We hold no document from your plan."
    assert wording.reason(answer) == (
        "We hold no policy under this insurer's name. We do not answer from another insurer's "
        "policy. Ask the plan for its written policy on this treatment."
    )


@pytest.mark.parametrize("funding", [Funding.SELF_FUNDED, None])
def test_the_caution_on_a_favorable_verdict_names_the_plan_document(
    funding: Funding | None,
) -> None:
    caution = ask(make_position(), funding=funding).plan_caution
    assert caution is not None
    assert "plan document" in phrases.PLAN_CAUTIONS[caution]
    assert "exclude" in phrases.PLAN_CAUTIONS[caution]


# Dates, scores, labels


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 5, 3), "May 3, 2026"),
        (dt.date(2026, 12, 31), "December 31, 2026"),
        (dt.date(2024, 2, 29), "February 29, 2024"),
    ],
)
def test_date(day: dt.date, expected: str) -> None:
    assert phrases.date(day) == expected


@pytest.mark.parametrize(
    ("effective", "reviewed", "expected"),
    [
        pytest.param("2026-05-03", None, "in effect from May 3, 2026", id="a day"),
        pytest.param(None, "2024-11", "last reviewed November 2024", id="a month, as printed"),
        pytest.param("2021", None, "in effect from 2021", id="a year, as printed"),
        pytest.param(
            "2024-08-05",
            "2024-06",
            "in effect from August 5, 2024, last reviewed June 2024",
            id="both",
        ),
        pytest.param(None, None, "undated", id="neither"),
    ],
)
def test_edition_date(effective: str | None, reviewed: str | None, expected: str) -> None:
    edition: Edition = make_edition(
        effective=effective, last_reviewed=PrintedDate(reviewed) if reviewed else None
    )
    assert wording.edition_date(edition) == expected


def test_every_document_is_named_with_its_own_date() -> None:
    lines = {
        document.stem: wording.document_line(document, document.editions[-1])
        for document in real_catalogue().documents
    }
    assert lines["bcbs-ma--087"] == (
        "Blue Cross Blue Shield of Massachusetts, 087 (in effect from April 1, 2021)"
    )
    assert lines["bcbs-al--mp-446"] == (
        "Blue Cross and Blue Shield of Alabama, MP-446 (last reviewed November 2024)"
    )
    assert lines["aetna--cpb-0938"] == "Aetna, CPB 0938 (undated)"


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (Score(6, 1, 2, at_least=True), "6 of at least 9 met, 1 not met, 2 to find out"),
        (Score(6, 1, 2, at_least=False), "6 of 9 met, 1 not met, 2 to find out"),
        (Score(0, 0, 1, at_least=False), "0 of 1 met, 0 not met, 1 to find out"),
    ],
)
def test_score(score: Score, expected: str) -> None:
    assert wording.score(score) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Major depressive disorder", "major depressive disorder"),
        ("CRPS", "CRPS"),
        ("PTSD", "PTSD"),
        ("IV ketamine infusion", "IV ketamine infusion"),
        ("PHQ-9", "PHQ-9"),
        ("You could qualify", "you could qualify"),
        ("A psychiatrist", "a psychiatrist"),
        ("", ""),
    ],
)
def test_lower_first(text: str, expected: str) -> None:
    assert phrases.lower_first(text) == expected


@pytest.mark.parametrize(
    ("indications", "expected"),
    [
        (("mdd",), "major depressive disorder"),
        (("crps",), "complex regional pain syndrome (CRPS)"),
        (("ptsd", "mdd"), "post-traumatic stress disorder and major depressive disorder"),
        (
            ("ocd", "mdd", "fibromyalgia"),
            "obsessive-compulsive disorder, major depressive disorder and fibromyalgia",
        ),
    ],
)
def test_conditions_named(indications: tuple[str, ...], expected: str) -> None:
    assert wording.conditions_named(indications) == expected


def test_every_label_of_a_condition_goes_inside_a_sentence() -> None:
    for item in terms.conditions().values():
        inside = wording.conditions_named((item.id,))
        # An abbreviation stays as it is.
        assert inside[0].islower() or inside[1].isupper(), inside
        assert inside[1:] == item.label[1:]


# Findings


def found(node: Node, **situation: Any) -> Finding:
    return evaluate(node, make_facts(**situation))


def test_the_state_of_a_criterion() -> None:
    states = [
        findings.state(found(ADULT, answers=answers)) for answers in ({"age": 40}, {"age": 15}, {})
    ]
    assert states == ["Met", "Not met", "To find out"]
    assert findings.state(found(REST)) == "Not readable"


def test_the_state_of_an_exclusion_says_whether_it_applies() -> None:
    pregnant = FactCriterion("Pregnancy", "pregnancy", equals=True)
    states = [
        findings.state(found(none_of(pregnant), answers=answers).members[0])
        for answers in ({"pregnancy": False}, {"pregnancy": True}, {})
    ]
    assert states == ["Met: does not apply", "Not met: applies", "To find out"]


def test_words_are_the_insurers_only_where_they_are_quoted() -> None:
    quoted = FactCriterion("Adult", "age", min=18, source=Source("form", "1", "18 or older"))
    named = FactCriterion("Adult", "age", min=18, source=Source("form", "1"))
    own = make_edition(readings=(make_reading(COPY, key="form"),))
    told = make_edition(readings=(make_reading(HEARSAY, key="form"),))
    assert findings.whose_words(quoted.source, own) == "The insurer's words"
    assert findings.whose_words(quoted.source, told) == (
        "The insurer's words, as someone else reproduces them"
    )
    assert {findings.whose_words(node.source, own) for node in (named, ADULT)} == {"Our words"}


CONDITION = FactCriterion("Depression", "conditions", includes="depression")


@pytest.mark.parametrize(
    ("node", "answers", "expected"),
    [
        pytest.param(ADULT, {"age": 44}, "You told us: 44 years.", id="a number and its unit"),
        pytest.param(ADULT, {}, "Not answered yet.", id="nothing"),
        pytest.param(
            SEVERE, {"episode_severity": "mild"}, "You told us: mild.", id="a choice by its label"
        ),
        pytest.param(
            FactCriterion("By", "prescriber", equals="psychiatrist"),
            {"prescriber": "psychiatrist"},
            "You told us: a psychiatrist.",
            id="a choice of several words",
        ),
        pytest.param(
            FactCriterion("Pregnancy", "pregnancy", equals=False),
            {"pregnancy": False},
            "You told us: no.",
            id="no",
        ),
        pytest.param(
            CONDITION,
            {"conditions": frozenset({"mdd", "crps"})},
            "You told us: complex regional pain syndrome (CRPS), major depressive disorder.",
            id="conditions",
        ),
        pytest.param(
            Judgement("Supervised", Judge.CLINIC),
            {},
            "Your clinic can answer this.",
            id="what the clinic judges",
        ),
        pytest.param(
            REST,
            {},
            "We could not read this part. Ask the plan for the whole document.",
            id="what was not read",
        ),
        pytest.param(all_of(ADULT), {"age": 44}, "", id="a group"),
    ],
)
def test_what_was_given(node: Node, answers: dict[str, Any], expected: str) -> None:
    assert findings.given(found(node, answers=answers, conditions=[])) == expected


PHQ9 = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([], "No score yet.", id="none"),
        pytest.param(
            [make_score(score=19, taken_on=dt.date(2026, 5, 3))],
            "You told us: PHQ-9 19 on May 3, 2026.",
            id="dated",
        ),
        pytest.param(
            [make_score(score=19, taken_on=None)], "You told us: PHQ-9 19, undated.", id="undated"
        ),
        pytest.param(
            [make_score(score=19, origin="self_completed", taken_on=dt.date(2026, 5, 3))],
            "You filled in: PHQ-9 19 on May 3, 2026. The plan wants a score from your chart.",
            id="filled in by oneself",
        ),
    ],
)
def test_what_was_given_of_a_scale(scores: list[Any], expected: str) -> None:
    assert findings.given(found(PHQ9, scores=scores)) == expected


ADEQUATE_TRIAL = TrialDefinition(
    kind=frozenset({"antidepressant"}),
    min_weeks=6,
    adequate_dose=True,
    outcome=frozenset({"no_response"}),
)
TRIALS = CountCriterion(label="Two trials", where=(ADEQUATE_TRIAL,), min=2)


@pytest.mark.parametrize(
    ("rows", "complete", "expected"),
    [
        pytest.param(None, None, "Not answered yet.", id="not asked"),
        pytest.param([], True, "None that you told us of counts.", id="none"),
        pytest.param(
            [], False, "None that you told us of counts. Your list is not finished.", id="none yet"
        ),
        pytest.param(
            [make_tried("Zoloft")],
            True,
            "Counts (1 of the 2 wanted): sertraline.",
            id="one, by its name",
        ),
        pytest.param(
            [make_tried("Zoloft"), make_tried("venlafaxine", weeks=None)],
            False,
            "Counts (1 of the 2 wanted): sertraline. May count: venlafaxine (length not answered). "
            "Your list is not finished.",
            id="one that counts and one that may",
        ),
        pytest.param(
            [make_tried("lithium")], True, "None that you told us of counts.", id="an add-on"
        ),
    ],
)
def test_what_was_given_of_treatments(
    rows: list[Any] | None, complete: bool | None, expected: str
) -> None:
    assert findings.given(found(TRIALS, tried=rows, complete=complete)) == expected


@pytest.mark.parametrize(
    ("drug", "fields", "expected"),
    [
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 50},
            "sertraline (dose within the usual range, clinician to confirm)",
            id="within the usual range",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 25},
            "sertraline (dose below the usual range, clinician to say whether adequate)",
            id="below it",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 2000},
            "sertraline (dose above the usual range, check the number)",
            id="above it",
        ),
        pytest.param(
            "trazodone",
            {"kind": None},
            "trazodone (for what it was taken is not answered)",
            id="a medicine with other uses",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None},
            "sertraline (clinician to say whether the dose was adequate)",
            id="no dose",
        ),
        pytest.param(
            "sertraline",
            {"weeks": None, "outcome": None},
            "sertraline (what happened is not answered, length not answered)",
            id="two things open",
        ),
        pytest.param("zzyzx", {}, "zzyzx (a medicine we do not know)", id="an unknown medicine"),
        pytest.param(
            None,
            {},
            "antidepressant (which medicine is not answered)",
            id="a medicine without a name",
        ),
    ],
)
def test_the_open_points_of_a_trial_that_may_count(
    drug: str | None, fields: dict[str, Any], expected: str
) -> None:
    given = findings.given(found(TRIALS, tried=[make_tried(drug, **fields)], complete=True))
    assert given == f"May count: {expected}."


def test_the_open_points_are_those_of_the_definition_nearest_to_met() -> None:
    nearer = TrialDefinition(kind=frozenset({"antidepressant"}), this_episode=True)
    farther = TrialDefinition(
        kind=frozenset({"antidepressant"}), maximum_dose=True, led_to_change=True
    )
    criterion = CountCriterion(label="One", where=(farther, nearer), min=1)
    given = findings.given(found(criterion, tried=[make_tried()], complete=True))
    assert given == "May count: sertraline (not answered whether in this episode)."


def test_a_checked_document_is_worded_alone_as_in_the_headline() -> None:
    answer = ask(make_position())
    (checked,) = answer.documents
    assert isinstance(checked, CheckedDocument)
    assert wording.document_verdict(checked) == wording.headline(answer)
