"""The whole check: one answer from every document that applies, and what it must not claim."""

import datetime as dt
from typing import Any

import pytest

from policies.applicability import LeftOutReason, Role
from policies.catalogue import Catalogue, CoveragePosition, Document, EditionStatus, Position
from policies.check import Answer, NoDocumentReason, PlanCaution, check
from policies.criteria import FactCriterion, Judge, Judgement
from policies.situation import Funding, LineOfBusiness, Treatment
from policies.sureness import Sureness
from policies.verdict import Ground, Score, Verdict, judge_document
from tests.factories import (
    ADULT,
    ON,
    REST,
    all_of,
    any_of,
    make_catalogue,
    make_document,
    make_edition,
    make_facts,
    make_insurer,
    make_position,
    make_score,
    make_situation,
    make_tried,
    real_catalogue,
)

COMMERCIAL, ADVANTAGE = LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICARE_ADVANTAGE
ORIGINAL = LineOfBusiness.ORIGINAL_MEDICARE
COVERED, NOT_COVERED = CoveragePosition.COVERED, CoveragePosition.INVESTIGATIONAL
CASE_BY_CASE = CoveragePosition.INDIVIDUAL_CONSIDERATION

ACME, OTHER = make_insurer("acme"), make_insurer("other")
MEDICARE = make_insurer("medicare", pays_for=ORIGINAL)

OLDER = FactCriterion(label="65 or older", fact="age", min=65)
SILENT = make_position(COVERED, indications=("ptsd",))
OPEN_LIST = make_position(criteria=Judgement(label="Necessary", judge=Judge.PLAN))


def document(*positions: Position, **fields: Any) -> Document:
    defaults: dict[str, Any] = {"insurer": ACME, "lines": (COMMERCIAL, ADVANTAGE)}
    return make_document(make_edition(*positions), **(defaults | fields))


def rule(*positions: Position) -> Document:
    return document(*positions, insurer=MEDICARE, lines=(ORIGINAL, ADVANTAGE), binds_line=True)


def ask(catalogue: Catalogue, *, on: dt.date = ON, **situation: Any) -> Answer:
    """An adult with treatment-resistant depression, a commercial plan of Acme and IV ketamine."""
    fields: dict[str, Any] = {
        "insurer": "acme",
        "line_of_business": COMMERCIAL,
        "funding": Funding.INSURED,
        "answers": {"age": 40},
    }
    return check(make_situation(**(fields | situation)), catalogue=catalogue, on=on)


# What one document says


@pytest.mark.parametrize(
    ("position", "verdict", "ground"),
    [
        pytest.param(make_position(), Verdict.APPEARS_TO_QUALIFY, None, id="all met"),
        pytest.param(make_position(COVERED), Verdict.APPEARS_TO_QUALIFY, None, id="no criteria"),
        pytest.param(OPEN_LIST, Verdict.COULD_QUALIFY, None, id="only the plan can answer"),
        pytest.param(
            make_position(criteria=all_of(ADULT, REST)),
            Verdict.COULD_QUALIFY,
            None,
            id="a list that is cut off is never fully met",
        ),
        pytest.param(
            make_position(criteria=any_of(ADULT, REST)),
            Verdict.COULD_QUALIFY,
            None,
            id="anything unread bars a yes, even where another way is met",
        ),
        pytest.param(
            make_position(criteria=all_of(REST)), Verdict.ANSWER_UNREAD, None, id="nothing was read"
        ),
        pytest.param(
            make_position(criteria=None), Verdict.ANSWER_UNREAD, None, id="the list was not read"
        ),
        pytest.param(
            make_position(NOT_COVERED),
            Verdict.NOT_COVERED,
            Ground.INVESTIGATIONAL,
            id="investigational",
        ),
        pytest.param(
            make_position(CoveragePosition.EXCLUDED),
            Verdict.NOT_COVERED,
            Ground.EXCLUDED,
            id="excluded",
        ),
        pytest.param(
            make_position(CoveragePosition.NOT_MEDICALLY_NECESSARY),
            Verdict.NOT_COVERED,
            Ground.NOT_MEDICALLY_NECESSARY,
            id="not medically necessary",
        ),
        pytest.param(make_position(CASE_BY_CASE), Verdict.CASE_BY_CASE, None, id="case by case"),
        pytest.param(
            make_position(CoveragePosition.NOT_ADDRESSED),
            Verdict.NOT_ADDRESSED,
            None,
            id="not addressed",
        ),
    ],
)
def test_position(position: Position, verdict: Verdict, ground: Ground | None) -> None:
    answer = ask(make_catalogue(document(position)))
    assert (answer.verdict, answer.ground) == (verdict, ground)
    assert answer.headline is not None
    assert answer.headline.applied.role is Role.OWN


def test_a_failed_test_does_not_close_individual_consideration() -> None:
    position = Position(
        treatment=Treatment.IV_KETAMINE,
        indications=("treatment_resistant_depression",),
        coverage=CASE_BY_CASE,
        criteria=all_of(ADULT),
    )
    answer = ask(make_catalogue(document(position)), answers={"age": 15})
    assert answer.verdict is Verdict.CASE_BY_CASE


def test_a_failed_criterion_is_not_a_refusal_of_the_treatment() -> None:
    answer = ask(make_catalogue(document(make_position())), answers={"age": 15})
    assert (answer.verdict, answer.ground) == (Verdict.DOES_NOT_MEET, None)


@pytest.mark.parametrize(
    ("whole", "verdict"), [(True, Verdict.NOT_ADDRESSED), (False, Verdict.ANSWER_UNREAD)]
)
def test_silence_means_something_only_where_all_was_read(verdict: Verdict, *, whole: bool) -> None:
    edition = make_edition(SILENT, is_read_whole=whole)
    catalogue = make_catalogue(make_document(edition, insurer=ACME))
    assert ask(catalogue).verdict is verdict


def test_a_record_without_positions_is_an_answer_that_was_not_read() -> None:
    assert ask(make_catalogue(document())).verdict is Verdict.ANSWER_UNREAD


def test_a_refusal_of_other_conditions_is_silence_on_one_that_may_not_be_meant() -> None:
    pain = make_position(NOT_COVERED, indications=("chronic_pain",))
    answer = ask(make_catalogue(document(pain)), conditions=["crps"])
    assert (answer.verdict, answer.ground) == (Verdict.ANSWER_UNREAD, None)


def test_the_rule_for_the_condition_itself_beats_the_wider_one() -> None:
    wide = make_position(NOT_COVERED, indications=("psychiatric_disorders",))
    own = make_position(COVERED)
    for positions in ((wide, own), (own, wide)):
        answer = ask(make_catalogue(document(*positions)))
        assert answer.verdict is Verdict.APPEARS_TO_QUALIFY
    answer = ask(make_catalogue(document(wide, own)), conditions=["ptsd"])
    assert answer.verdict is Verdict.NOT_COVERED


SUICIDAL = ("mdd_suicidal",)


def test_thoughts_of_suicide_open_a_way_that_asks_for_no_failed_trial() -> None:
    resistant = make_position(criteria=OLDER)
    suicidal = make_position(COVERED, indications=SUICIDAL)
    catalogue = make_catalogue(document(resistant, suicidal))
    verdicts = {
        ideation: ask(
            catalogue,
            answers={"age": 40, "suicidal_ideation": ideation} if ideation else {"age": 40},
        ).verdict
        for ideation in ("with_intent", "none", None)
    }
    assert verdicts == {
        "with_intent": Verdict.APPEARS_TO_QUALIFY,
        "none": Verdict.DOES_NOT_MEET,
        None: Verdict.COULD_QUALIFY,
    }


UNREAD_WAY = make_position(criteria=None, indications=SUICIDAL)
FAILED = make_position(criteria=OLDER)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        pytest.param(FAILED, Verdict.COULD_QUALIFY, id="beside a list that fails"),
        pytest.param(
            make_position(NOT_COVERED), Verdict.ANSWER_UNREAD, id="beside a treatment not covered"
        ),
        pytest.param(
            make_position(CoveragePosition.NOT_ADDRESSED),
            Verdict.ANSWER_UNREAD,
            id="beside a condition not addressed",
        ),
        pytest.param(make_position(), Verdict.APPEARS_TO_QUALIFY, id="beside a list that is met"),
        pytest.param(make_position(CASE_BY_CASE), Verdict.CASE_BY_CASE, id="beside a case by case"),
    ],
)
def test_a_way_that_was_not_read_is_neither_a_refusal_nor_silence(
    other: Position, verdict: Verdict
) -> None:
    answers = {"age": 40, "suicidal_ideation": "with_intent"}
    assert ask(make_catalogue(document(other, UNREAD_WAY)), answers=answers).verdict is verdict


def test_a_case_by_case_rule_that_may_apply_keeps_a_failed_list_from_being_the_last_word() -> None:
    catalogue = make_catalogue(document(FAILED, make_position(CASE_BY_CASE, indications=SUICIDAL)))
    early = ask(catalogue)
    full = ask(catalogue, answers={"age": 40, "suicidal_ideation": "with_intent"})
    assert early.verdict is full.verdict is Verdict.CASE_BY_CASE


def test_two_refusals_of_which_one_may_not_be_meant_are_a_refusal() -> None:
    refusals = [
        make_position(NOT_COVERED, indications=(name,))
        for name in ("crps", "neuropathic_pain", "chronic_pain")
    ]
    answer = ask(make_catalogue(document(*refusals)), conditions=["crps"])
    assert (answer.verdict, answer.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)


@pytest.mark.parametrize(
    ("criteria", "continuation", "verdict"),
    [
        pytest.param(ADULT, ADULT, Verdict.APPEARS_TO_QUALIFY, id="its own list is met"),
        pytest.param(ADULT, OLDER, Verdict.DOES_NOT_MEET, id="its own list is not met"),
        pytest.param(ADULT, None, Verdict.NOT_ADDRESSED, id="no rule was recorded"),
        pytest.param(
            all_of(ADULT, REST), None, Verdict.ANSWER_UNREAD, id="it may stand in the part cut off"
        ),
        pytest.param(None, None, Verdict.ANSWER_UNREAD, id="no list was read at all"),
    ],
)
def test_going_on_is_judged_by_its_own_list(
    criteria: Any, continuation: Any, verdict: Verdict
) -> None:
    position = make_position(criteria=criteria, continuation=continuation)
    answers = {"age": 40, "request_phase": "continuing"}
    assert ask(make_catalogue(document(position)), answers=answers).verdict is verdict


def test_the_score_counts_top_level_requirements_and_says_where_there_are_more() -> None:
    tree = all_of(ADULT, any_of(OLDER, ADULT), OLDER, Judgement("Judge", Judge.CLINIC), REST)
    edition = make_edition(make_position(criteria=tree))
    found = judge_document(
        make_document(edition),
        edition,
        treatment=Treatment.IV_KETAMINE,
        facts=make_facts(answers={"age": 40}),
    )
    assert found.positions[0].score == Score(met=2, not_met=1, to_find_out=2, at_least=True)
    assert Score(2, 1, 2, at_least=True).total == 5


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
        pytest.param(REFUSES, make_position(CASE_BY_CASE), id="no, and case by case"),
        pytest.param(REFUSES, QUALIFIES, id="no, and yes"),
        pytest.param(QUALIFIES, REFUSES, id="yes, and no"),
        pytest.param(OPEN_LIST, REFUSES, id="perhaps, and no"),
        pytest.param(FAILED, QUALIFIES, id="not met, and met"),
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


# The real catalogue


def really(
    line: LineOfBusiness,
    *,
    on: dt.date = ON,
    conditions: tuple[str, ...] = ("treatment_resistant_depression",),
    **situation: Any,
) -> Answer:
    asked = make_situation(conditions=conditions, line_of_business=line, **situation)
    return check(asked, catalogue=real_catalogue(), on=on)


def stems(documents: Any) -> list[str]:
    return [one.applied.document.stem for one in documents]


def test_a_member_in_massachusetts_with_resistant_depression_is_answered_from_087() -> None:
    answer = really(
        COMMERCIAL,
        insurer="bcbs-ma",
        issue_state="MA",
        answers={
            "age": 45,
            "structured_interview": True,
            "concurrent_antidepressant": "oral",
        },
        tried=[
            make_tried(name)
            for name in ("sertraline", "escitalopram", "venlafaxine", "bupropion", "aripiprazole")
        ],
        complete=True,
        scores=[make_score("madrs", 30)],
    )
    assert answer.verdict is Verdict.COULD_QUALIFY
    assert stems(answer.documents) == ["bcbs-ma--087"]
    assert [one.stem for one in answer.silent] == ["bcbs-ma--291"]
    assert answer.documents[0].sureness is Sureness.SECOND_HAND
    assert answer.plan_caution is PlanCaution.FUNDING_UNKNOWN
    score = answer.documents[0].answer.positions[0].score
    assert score == Score(met=7, not_met=0, to_find_out=2, at_least=True)


def test_chronic_pain_in_medicare_advantage_is_a_disagreement() -> None:
    answer = really(
        ADVANTAGE, insurer="bcbs-ma", residence_state="MA", conditions=("chronic_pain",)
    )
    assert answer.verdict is None
    assert answer.headline is not None
    assert stems([answer.headline]) == ["bcbs-ma--291"]
    assert answer.headline.answer.ground is Ground.INVESTIGATIONAL
    assert stems(answer.disagreeing) == ["medicare--benefit-policy-manual-ch15"]
    assert answer.disagreeing[0].answer.verdict is Verdict.CASE_BY_CASE
    assert answer.disagreeing[0].applied.role is Role.PROGRAM_RULE


def test_crps_at_aetna_stands_in_another_bulletin_that_was_not_read() -> None:
    answer = really(COMMERCIAL, insurer="aetna", conditions=("crps",))
    assert (answer.verdict, answer.ground) == (Verdict.ANSWER_UNREAD, None)
    depressed = really(COMMERCIAL, insurer="aetna")
    assert (depressed.verdict, depressed.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)


@pytest.mark.parametrize(
    ("treatment", "verdict", "ground"),
    [
        (Treatment.IV_KETAMINE, Verdict.NOT_COVERED, Ground.EXCLUDED),
        (Treatment.ORAL_KETAMINE, Verdict.NOT_COVERED, Ground.EXCLUDED),
        (Treatment.ESKETAMINE_NASAL, Verdict.APPEARS_TO_QUALIFY, None),
    ],
)
def test_tricare_west(treatment: Treatment, verdict: Verdict, ground: Ground | None) -> None:
    answer = really(
        LineOfBusiness.TRICARE, insurer="tricare-west", treatment=treatment, answers={"age": 40}
    )
    assert (answer.verdict, answer.ground) == (verdict, ground)
    assert answer.documents[0].sureness is Sureness.OLD_OR_UNDATED


def test_tricare_without_a_region_is_not_answered_from_the_west() -> None:
    answer = really(LineOfBusiness.TRICARE)
    assert answer.no_document is NoDocumentReason.INSURER_NOT_GIVEN


def test_the_va_answers_from_its_own_guidance_without_being_named() -> None:
    answer = really(LineOfBusiness.VA)
    assert answer.verdict is Verdict.COULD_QUALIFY
    assert stems(answer.documents) == ["va--iv-ketamine"]
    assert answer.insurer is not None
    assert answer.insurer.slug == "va"
    refused = really(LineOfBusiness.VA, answers={"bipolar_history": True})
    assert refused.verdict is Verdict.DOES_NOT_MEET


@pytest.mark.parametrize(
    ("condition", "treatment", "verdict"),
    [
        ("treatment_resistant_depression", Treatment.IV_KETAMINE, Verdict.CASE_BY_CASE),
        ("crps", Treatment.IV_KETAMINE, Verdict.CASE_BY_CASE),
        ("anesthesia", Treatment.IV_KETAMINE, Verdict.COULD_QUALIFY),
        ("treatment_resistant_depression", Treatment.ESKETAMINE_NASAL, Verdict.NO_DOCUMENT),
    ],
)
def test_original_medicare(condition: str, treatment: Treatment, verdict: Verdict) -> None:
    answer = really(ORIGINAL, conditions=(condition,), treatment=treatment)
    assert answer.verdict is verdict


@pytest.mark.parametrize(
    ("ideation", "verdict"),
    [
        ("none", Verdict.COULD_QUALIFY),  # the other conditions of its list were not read
        ("with_intent", Verdict.COULD_QUALIFY),  # the clinic must say that they need control
    ],
)
def test_wisconsin_medicaid_has_a_way_for_thoughts_of_suicide(
    ideation: str, verdict: Verdict
) -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="WI",
        answers={
            "age": 40,
            "suicidal_ideation": ideation,
            "substance_use_disorder": "none",
            "concurrent_antidepressant": "oral",
        },
        tried=[make_tried("sertraline"), make_tried("venlafaxine")],
        complete=True,
    )
    assert answer.verdict is verdict
    named = {
        name for one in answer.documents[0].answer.positions for name in one.position.indications
    }
    assert ("mdd_suicidal" in named) is (ideation == "with_intent")
    assert stems(answer.documents) == ["wisconsin-medicaid--iv-ketamine-mdd"]
    assert answer.documents[0].sureness is Sureness.SECOND_HAND


def test_wisconsin_before_its_rule_began() -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="WI",
        on=dt.date(2024, 12, 31),
    )
    assert answer.no_document is NoDocumentReason.BEFORE_FIRST_EDITION


def test_wisconsin_medicaid_is_not_for_a_resident_of_another_state() -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="IL",
        issue_state="WI",
    )
    assert answer.no_document is NoDocumentReason.NOTHING_FOR_PLAN
    assert [one.reason for one in answer.left_out] == [LeftOutReason.OTHER_STATE]


def test_an_insurer_we_do_not_hold_gets_no_answer_of_another() -> None:
    answer = really(COMMERCIAL, insurer_name="Zenith Mutual", issue_state="MA")
    assert answer.no_document is NoDocumentReason.INSURER_NOT_HELD
    assert answer.documents == ()


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
