"""Criteria held against facts: what counts, which score decides, and what stays open."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Judge,
    Judgement,
    Node,
    ScaleCriterion,
    TrialDefinition,
    Unread,
)
from policies.facts import TriedFact
from policies.matcher import CountGiven, ScaleGiven, evaluate
from policies.situation import ScaleScore, TreatmentTried
from policies.truth import Count, Truth
from tests.factories import (
    ADULT,
    all_of,
    any_of,
    at_least_of,
    make_facts,
    make_score,
    make_tried,
    none_of,
)

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def fact(name: str, **tests: Any) -> FactCriterion:
    return FactCriterion(label=name, fact=name, **tests)


def count(*where: TrialDefinition, at_least: int = 2, classes: int = 1) -> CountCriterion:
    return CountCriterion(
        label=f"{at_least} treatments", where=where, min=at_least, min_classes=classes
    )


def define(kind: str = "antidepressant", **tests: Any) -> TrialDefinition:
    """A definition; texts stand for sets of one."""
    sets = {"drug", "drug_class", "outcome", "outcome_unclear"}
    values: dict[str, Any] = {
        name: frozenset([value] if isinstance(value, str) else value) if name in sets else value
        for name, value in tests.items()
    }
    return TrialDefinition(kind=frozenset(kind.split()), **values)


FAILED = ("no_response", "partial_response")
ANTIDEPRESSANT = define()
ADEQUATE_TRIAL = define(min_weeks=6, adequate_dose=True, outcome=FAILED)
TWO_TRIALS = count(ADEQUATE_TRIAL)

ADEQUATE = make_tried("sertraline")
ALSO_ADEQUATE = make_tried("venlafaxine")
UNSURE = make_tried("bupropion", adequate_dose=None)
TOO_LOW = make_tried("bupropion", adequate_dose=False)
SHORT = make_tried("bupropion", weeks=5.5)

ALL = True
MORE = False


def tried_truth(
    criterion: CountCriterion, rows: tuple[TreatmentTried, ...] | None, *, complete: bool | None
) -> Truth:
    return evaluate(criterion, make_facts(tried=rows, complete=complete)).truth


@pytest.mark.parametrize(
    ("rows", "complete", "expected"),
    [
        pytest.param(None, None, UNKNOWN, id="not asked yet"),
        pytest.param(None, ALL, UNKNOWN, id="called whole, but nothing was listed"),
        pytest.param((), ALL, NOT_MET, id="asked, and none tried"),
        pytest.param((), MORE, UNKNOWN, id="none named so far"),
        pytest.param((), None, UNKNOWN, id="none named, and nobody asked whether that is all"),
        pytest.param((ADEQUATE,), ALL, NOT_MET, id="one"),
        pytest.param((ADEQUATE,), MORE, UNKNOWN, id="one, and the list goes on"),
        pytest.param((ADEQUATE,), None, UNKNOWN, id="one, and the list may go on"),
        pytest.param((ADEQUATE, ALSO_ADEQUATE), ALL, MET, id="two"),
        pytest.param((ADEQUATE, ALSO_ADEQUATE), MORE, MET, id="two of a list that goes on"),
        pytest.param((ADEQUATE, UNSURE), ALL, UNKNOWN, id="the dose of the second is unknown"),
        pytest.param((ADEQUATE, TOO_LOW), ALL, NOT_MET, id="the dose of the second was too low"),
        pytest.param((ADEQUATE, SHORT), ALL, NOT_MET, id="the second was stopped too early"),
        pytest.param(
            (ADEQUATE, ALSO_ADEQUATE, SHORT), ALL, MET, id="a further short trial does no harm"
        ),
        pytest.param(
            (ADEQUATE, replace(SHORT, weeks=6)), ALL, MET, id="exactly six weeks are six weeks"
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, weeks=None)), ALL, UNKNOWN, id="weeks not known"
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, outcome=None)), ALL, UNKNOWN, id="outcome not known"
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, outcome="worked")), ALL, NOT_MET, id="one that worked"
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, outcome="not_tolerated")),
            ALL,
            NOT_MET,
            id="intolerance is not an inadequate response",
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, outcome="ongoing")),
            ALL,
            UNKNOWN,
            id="one still running has no outcome yet",
        ),
        pytest.param(
            (ADEQUATE, replace(ALSO_ADEQUATE, outcome="contraindicated", weeks=None)),
            ALL,
            NOT_MET,
            id="one never taken for a medical reason is no trial",
        ),
    ],
)
def test_two_adequate_trials(
    rows: tuple[TreatmentTried, ...] | None, complete: bool | None, expected: Truth
) -> None:
    assert tried_truth(TWO_TRIALS, rows, complete=complete) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(("Zoloft", "sertraline"), NOT_MET, id="brand and generic are one drug"),
        pytest.param(
            ("Zoloft 100 mg", "SERTRALINE HCL"), NOT_MET, id="salts and strengths make no new drug"
        ),
        pytest.param(("sertraline", "sertraline"), NOT_MET, id="one drug twice"),
        pytest.param(("sertraline", "lithium"), NOT_MET, id="an add-on is no antidepressant"),
        pytest.param(("sertraline", "lorazepam"), NOT_MET, id="nor is a benzodiazepine"),
        pytest.param(("sertraline", "ketamine"), NOT_MET, id="nor is ketamine"),
        pytest.param(("sertraline", "Spravato"), NOT_MET, id="nor is esketamine"),
        pytest.param(("sertraline", "quetiapine"), NOT_MET, id="nor is an antipsychotic"),
        pytest.param(("sertraline", "escitalopram"), MET, id="two of one class are two drugs"),
        pytest.param(("sertraline", "zzyzx"), UNKNOWN, id="a drug we do not know may be one"),
        pytest.param(("sertraline", "Symbyax"), UNKNOWN, id="a combination is not looked up"),
        pytest.param(("sertraline", None), UNKNOWN, id="a drug without a name may be the same"),
        pytest.param(("zzyzx", "xyzzy"), UNKNOWN, id="two that we do not know"),
        pytest.param((None, None), UNKNOWN, id="two without a name"),
    ],
)
def test_two_different_antidepressants(names: tuple[str | None, ...], expected: Truth) -> None:
    rows = tuple(make_tried(name) for name in names)
    assert tried_truth(count(ANTIDEPRESSANT), rows, complete=True) is expected


def test_a_drug_counts_as_what_it_is_whatever_kind_was_chosen() -> None:
    rows = (make_tried("sertraline", kind="other"), make_tried("venlafaxine", kind="augmentation"))
    assert tried_truth(count(ANTIDEPRESSANT), rows, complete=True) is MET
    assert tried_truth(count(define("augmentation"), at_least=1), rows, complete=True) is NOT_MET


def test_one_antidepressant_among_six_medicines_is_one() -> None:
    names = ("sertraline", "lithium", "lorazepam", "quetiapine", "gabapentin", "ketamine")
    found = evaluate(
        count(ANTIDEPRESSANT),
        make_facts(tried=[make_tried(name) for name in names], complete=True),
    )
    assert found.truth is NOT_MET
    assert isinstance(found.given, CountGiven)
    assert found.given.treatments == Count(1, 1)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(("sertraline", "escitalopram"), NOT_MET, id="two SSRIs are one class"),
        pytest.param(("sertraline", "venlafaxine"), MET, id="an SSRI and an SNRI are two"),
        pytest.param(
            ("bupropion", "mirtazapine"), UNKNOWN, id="bupropion and mirtazapine may be two"
        ),
        pytest.param(("bupropion", "Wellbutrin XL"), NOT_MET, id="bupropion twice is one"),
        pytest.param(("sertraline", "bupropion"), MET, id="an SSRI and bupropion are two"),
        pytest.param(
            ("sertraline", "zzyzx"), UNKNOWN, id="a drug we do not know may be of another class"
        ),
    ],
)
def test_two_classes(names: tuple[str, ...], expected: Truth) -> None:
    rows = tuple(make_tried(name) for name in names)
    criterion = count(ANTIDEPRESSANT, at_least=1, classes=2)
    assert tried_truth(criterion, rows, complete=True) is expected


def test_where_a_document_names_bupropion_and_mirtazapine_apart_they_are_two_drugs() -> None:
    closed = count(define(drug=("bupropion", "mirtazapine")))
    rows = (make_tried("bupropion"), make_tried("mirtazapine"))
    assert tried_truth(closed, rows, complete=True) is MET


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(make_tried("sertraline"), MET, id="a class of the list"),
        pytest.param(make_tried("bupropion"), MET, id="a drug of the list"),
        pytest.param(make_tried("trazodone"), NOT_MET, id="an antidepressant outside the list"),
        pytest.param(make_tried("zzyzx"), UNKNOWN, id="a drug we do not know"),
        pytest.param(make_tried(None, kind="ect"), NOT_MET, id="a treatment that is no drug"),
    ],
)
def test_a_closed_list_of_classes_and_drugs(row: TreatmentTried, expected: Truth) -> None:
    closed = count(
        TrialDefinition(drug_class=frozenset({"ssri", "snri"}), drug=frozenset({"bupropion"})),
        at_least=1,
    )
    assert tried_truth(closed, (row,), complete=True) is expected


@pytest.mark.parametrize(
    ("drug", "expected"),
    [
        pytest.param("sertraline", MET, id="a tablet"),
        pytest.param("Emsam", NOT_MET, id="the patch is not oral"),
        pytest.param("zzyzx", UNKNOWN, id="a drug we do not know"),
    ],
)
def test_oral_leaves_out_the_patch(drug: str, expected: Truth) -> None:
    oral = count(define(route="oral"), at_least=1)
    assert tried_truth(oral, (make_tried(drug),), complete=True) is expected


@pytest.mark.parametrize(
    ("adequate", "highest", "expected"),
    [
        pytest.param(True, None, MET, id="the clinician says yes"),
        pytest.param(True, 5, MET, id="the clinician says yes to a low dose"),
        pytest.param(False, 200, NOT_MET, id="the clinician says no to a high dose"),
        pytest.param(None, 200, UNKNOWN, id="a dose within the usual range settles nothing"),
        pytest.param(None, 50, UNKNOWN, id="nor does the usual minimum"),
        pytest.param(None, 10, UNKNOWN, id="a dose below it is not failed either"),
        pytest.param(None, None, UNKNOWN, id="no dose at all"),
    ],
)
def test_only_the_clinicians_word_settles_a_dose(
    adequate: bool | None, highest: float | None, expected: Truth
) -> None:
    row = make_tried("sertraline", adequate_dose=adequate, highest_dose_mg=highest)
    assert tried_truth(count(ADEQUATE_TRIAL, at_least=1), (row,), complete=True) is expected


def test_the_maximum_dose_is_an_adequate_one_and_a_low_one_is_not_the_maximum() -> None:
    adequate, most = define(adequate_dose=True), define(maximum_dose=True)
    at_most = make_tried(adequate_dose=None, maximum_dose=True)
    too_low = make_tried(adequate_dose=False, maximum_dose=None)
    assert tried_truth(count(adequate, at_least=1), (at_most,), complete=True) is MET
    assert tried_truth(count(most, at_least=1), (too_low,), complete=True) is NOT_MET
    assert tried_truth(count(most, at_least=1), (make_tried(),), complete=True) is UNKNOWN


# A trial fails in one of three ways: Highmark I-212.
THREE_WAYS = count(
    define(outcome="no_response", min_weeks=4, adequate_dose=True),
    define(outcome=FAILED, dose_limiting_side_effects=True),
    define(outcome="partial_response", min_weeks=8, maximum_dose=True),
    at_least=1,
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"weeks": 4}, MET, id="no response in four weeks"),
        pytest.param({"weeks": 3, "dose_limiting_side_effects": False}, NOT_MET, id="three weeks"),
        pytest.param(
            {"weeks": 3, "dose_limiting_side_effects": True}, MET, id="side effects kept it low"
        ),
        pytest.param({"weeks": 3}, UNKNOWN, id="side effects may have kept it low"),
        pytest.param(
            {"outcome": "partial_response", "maximum_dose": True},
            MET,
            id="partial response to eight weeks of the maximum",
        ),
        pytest.param(
            {
                "outcome": "partial_response",
                "maximum_dose": False,
                "dose_limiting_side_effects": False,
            },
            NOT_MET,
            id="partial response to less than the maximum",
        ),
        pytest.param(
            {"outcome": "partial_response", "dose_limiting_side_effects": False},
            UNKNOWN,
            id="partial response, and the maximum is not answered",
        ),
    ],
)
def test_one_of_several_definitions_is_enough(fields: dict[str, Any], expected: Truth) -> None:
    assert tried_truth(THREE_WAYS, (make_tried(**fields),), complete=True) is expected


def test_definitions_do_not_lend_each_other_their_halves() -> None:
    """Six weeks by one definition and an adequate dose by the other are no trial by either."""
    two = count(
        define(min_weeks=6, this_episode=True), define(adequate_dose=True, this_episode=True)
    )
    rows = (
        make_tried("sertraline", weeks=3, this_episode=True),
        make_tried("venlafaxine", adequate_dose=False, this_episode=False),
    )
    found = evaluate(two, make_facts(tried=rows, complete=True))
    assert isinstance(found.given, CountGiven)
    assert found.given.treatments == Count(1, 1)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        pytest.param("no_response", MET, id="no response"),
        pytest.param("partial_response", UNKNOWN, id="the document leaves partial response open"),
        pytest.param("not_tolerated", NOT_MET, id="intolerance is not that"),
        pytest.param("ongoing", UNKNOWN, id="still running"),
        pytest.param(None, UNKNOWN, id="not answered"),
    ],
)
def test_an_outcome_that_the_document_leaves_open(outcome: str | None, expected: Truth) -> None:
    strict = count(define(outcome="no_response", outcome_unclear="partial_response"), at_least=1)
    assert tried_truth(strict, (make_tried(outcome=outcome),), complete=True) is expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(24, MET), (25, MET), (26, NOT_MET), (-10, MET), (None, UNKNOWN)],
    ids=["below", "at", "above", "worse", "not measured"],
)
def test_percent_rules_decide_by_percent(percent: float | None, expected: Truth) -> None:
    little = count(define(max_improvement_percent=25), at_least=1)
    row = make_tried(improvement_percent=percent, outcome="partial_response")
    assert tried_truth(little, (row,), complete=True) is expected


@pytest.mark.parametrize("name", ["sufficient_length", "led_to_change", "this_episode"])
def test_a_yes_or_no_of_the_row_settles_its_test(name: str) -> None:
    wanted: dict[str, Any] = {name: True}
    criterion = count(define(**wanted), at_least=1)
    expected_by: dict[Any, Truth] = {True: MET, False: NOT_MET, None: UNKNOWN}
    for answer, expected in expected_by.items():
        row = replace(make_tried(), **{name: answer})
        assert tried_truth(criterion, (row,), complete=True) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"outcome": None, "weeks": None}, UNKNOWN, id="nothing says it was taken"),
        pytest.param({"outcome": None, "weeks": 2}, MET, id="it was taken for two weeks"),
        pytest.param({"outcome": "not_tolerated", "weeks": None}, MET, id="it was not tolerated"),
        pytest.param({"outcome": "ongoing", "weeks": None}, MET, id="it is being taken"),
        pytest.param({"outcome": "contraindicated", "weeks": None}, NOT_MET, id="never taken"),
    ],
)
def test_a_trial_without_further_definition_was_at_least_begun(
    fields: dict[str, Any], expected: Truth
) -> None:
    criterion = count(ANTIDEPRESSANT, at_least=1)
    assert tried_truth(criterion, (make_tried(**fields),), complete=True) is expected


def test_talk_therapy_and_ect_are_two_treatments_and_two_rows_of_ect_are_one() -> None:
    ect, talk = make_tried(None, kind="ect"), make_tried(None, kind="psychotherapy")
    criterion = count(define("ect psychotherapy"))
    assert tried_truth(criterion, (ect, talk), complete=True) is MET
    assert tried_truth(criterion, (ect, ect), complete=True) is UNKNOWN


def test_what_counts_and_what_may_count_is_kept() -> None:
    found = evaluate(TWO_TRIALS, make_facts(tried=(ADEQUATE, UNSURE, TOO_LOW), complete=False))
    given = found.given
    assert isinstance(given, CountGiven)

    def drugs(listed: tuple[TriedFact, ...]) -> list[str | None]:
        return [one.row.drug for one in listed]

    assert (drugs(given.counted), drugs(given.possible)) == (["sertraline"], ["bupropion"])
    assert (given.treatments, given.classes) == (Count(1, None), Count(1, None))


# Scales

PHQ9 = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)
RECENT = ScaleCriterion(label="PHQ-9 within 28 days", scales=("phq9",), min=15, within_days=28)
EITHER = ScaleCriterion(label="Either scale", scales=("phq9", "madrs"), min=15)
ANY = ScaleCriterion(label="A baseline score", scales=("phq9", "madrs"))


def day(month: int, of_month: int) -> dt.date:
    return dt.date(2026, month, of_month)


@pytest.mark.parametrize(
    ("criterion", "scores", "expected"),
    [
        pytest.param(PHQ9, [], UNKNOWN, id="a score that is not given is not zero"),
        pytest.param(PHQ9, [make_score(score=15)], MET, id="at the limit"),
        pytest.param(PHQ9, [make_score(score=14)], NOT_MET, id="just below"),
        pytest.param(PHQ9, [make_score("madrs", 40)], UNKNOWN, id="another scale says nothing"),
        pytest.param(
            PHQ9,
            [make_score(score=20, taken_on=day(3, 1)), make_score(score=9, taken_on=day(10, 1))],
            NOT_MET,
            id="the latest is below",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9, taken_on=day(3, 1)), make_score(score=20, taken_on=day(10, 1))],
            MET,
            id="the latest reaches it",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9, taken_on=day(10, 1)), make_score(score=20, taken_on=None)],
            NOT_MET,
            id="a dated score goes before an undated one",
        ),
        pytest.param(PHQ9, [make_score(score=20, taken_on=None)], MET, id="only an undated one"),
        pytest.param(
            PHQ9, [make_score(score=20, taken_on=day(11, 26))], UNKNOWN, id="dated tomorrow"
        ),
        pytest.param(PHQ9, [make_score(score=20, taken_on=day(11, 25))], MET, id="dated today"),
        pytest.param(
            PHQ9,
            [make_score(score=9), make_score(score=20, taken_on=day(12, 1))],
            NOT_MET,
            id="a later one does not count yet",
        ),
        pytest.param(
            PHQ9, [make_score(score=20, origin="self_completed")], UNKNOWN, id="self-completed"
        ),
        pytest.param(
            PHQ9, [make_score(score=3, origin="self_completed")], UNKNOWN, id="self-completed, low"
        ),
        pytest.param(
            PHQ9,
            [
                make_score(score=9, taken_on=day(10, 1)),
                make_score(score=20, origin="self_completed", taken_on=day(11, 20)),
            ],
            NOT_MET,
            id="a newer self-completed one does not beat the chart",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9), make_score(score=20)],
            UNKNOWN,
            id="two of one day that disagree",
        ),
        pytest.param(
            PHQ9, [make_score(score=16), make_score(score=20)], MET, id="two of one day that agree"
        ),
        pytest.param(RECENT, [make_score(taken_on=day(10, 28))], MET, id="28 days old"),
        pytest.param(RECENT, [make_score(taken_on=day(10, 27))], UNKNOWN, id="29 days old"),
        pytest.param(
            RECENT, [make_score(score=3, taken_on=day(10, 27))], UNKNOWN, id="29 days old, and low"
        ),
        pytest.param(
            RECENT, [make_score(taken_on=None)], UNKNOWN, id="recent or not, nobody knows"
        ),
        pytest.param(RECENT, [make_score(score=3)], NOT_MET, id="recent and low"),
        pytest.param(EITHER, [make_score(score=9)], UNKNOWN, id="the other may still reach it"),
        pytest.param(
            EITHER, [make_score(score=9), make_score("madrs", 9)], NOT_MET, id="both below"
        ),
        pytest.param(
            EITHER, [make_score(score=9), make_score("madrs", 15)], MET, id="one is enough"
        ),
        pytest.param(ANY, [make_score(score=0)], MET, id="any score will do, even zero"),
        pytest.param(ANY, [], UNKNOWN, id="no baseline"),
    ],
)
def test_scale(criterion: ScaleCriterion, scores: list[ScaleScore], expected: Truth) -> None:
    assert evaluate(criterion, make_facts(scores=scores)).truth is expected


def test_an_upper_limit_of_a_scale_is_kept_too() -> None:
    mild = ScaleCriterion(label="PHQ-9 of 5 to 9", scales=("phq9",), min=5, max=9)
    truths = {
        score: evaluate(mild, make_facts(scores=[make_score(score=score)])).truth
        for score in (4, 5, 9, 10)
    }
    assert truths == {4: NOT_MET, 5: MET, 9: MET, 10: NOT_MET}


def test_the_scores_that_were_looked_at_are_kept() -> None:
    own = make_score(score=20, origin="self_completed")
    newest = make_score(score=9, taken_on=day(10, 1))
    facts = make_facts(scores=[own, newest, make_score(score=8, taken_on=day(3, 1))])
    assert evaluate(PHQ9, facts).given == ScaleGiven((newest,), (own,))


# Facts


@pytest.mark.parametrize(
    ("criterion", "value", "expected"),
    [
        pytest.param(ADULT, 18, MET, id="18 is 18 or older"),
        pytest.param(ADULT, 17, NOT_MET, id="17 is not"),
        pytest.param(ADULT, 17.9, NOT_MET, id="nor is almost 18"),
        pytest.param(ADULT, None, UNKNOWN, id="age not answered"),
        pytest.param(fact("age", above=18), 18, NOT_MET, id="18 is not above 18"),
        pytest.param(fact("age", above=18), 18.5, MET, id="18.5 is"),
        pytest.param(fact("age", below=65), 65, NOT_MET, id="65 is not below 65"),
        pytest.param(fact("age", max=65), 65, MET, id="65 is at most 65"),
        pytest.param(fact("age", min=12, max=17), 18, NOT_MET, id="both tests must hold"),
        pytest.param(fact("pregnancy", equals=False), False, MET, id="no, and no is wanted"),
        pytest.param(fact("pregnancy", equals=False), None, UNKNOWN, id="no answer is not no"),
        pytest.param(
            fact("prescriber", equals="psychiatrist"),
            "psychiatric_nurse_practitioner",
            NOT_MET,
            id="psychiatrist alone means a psychiatrist",
        ),
        pytest.param(
            fact("substance_use_disorder", one_of=frozenset({"none", "in_remission"})),
            "in_remission",
            MET,
            id="no active disorder includes remission",
        ),
        pytest.param(
            fact("documents_on_hand", includes="visit_notes"),
            frozenset({"visit_notes", "denial_notice"}),
            MET,
            id="a list that has it",
        ),
        pytest.param(
            fact("documents_on_hand", includes="visit_notes"),
            frozenset(),
            NOT_MET,
            id="a list that is answered, and empty",
        ),
    ],
)
def test_fact(criterion: FactCriterion, value: Any, expected: Truth) -> None:
    answers = {} if value is None else {criterion.fact: value}
    found = evaluate(criterion, make_facts(answers=answers))
    assert found.truth is expected
    assert found.given == value


# Groups

YES = fact("age", min=18)
NO = fact("age", min=65)
OPEN = fact("pregnancy", equals=False)
PLAN = Judgement(label="Reasonable and necessary", judge=Judge.PLAN)
REST = Unread(label="The rest")


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param(all_of(YES, YES), MET, id="all"),
        pytest.param(all_of(YES, NO, OPEN), NOT_MET, id="one of all fails, whatever is open"),
        pytest.param(all_of(YES, OPEN), UNKNOWN, id="one of all is open"),
        pytest.param(any_of(NO, YES, OPEN), MET, id="one of any is met, whatever is open"),
        pytest.param(any_of(NO, OPEN), UNKNOWN, id="one of any is open"),
        pytest.param(any_of(NO, NO), NOT_MET, id="none of any"),
        pytest.param(at_least_of(2, YES, OPEN, NO), UNKNOWN, id="one met and one open of two"),
        pytest.param(at_least_of(2, YES, YES, NO), MET, id="two met of two"),
        pytest.param(at_least_of(2, YES, NO, NO), NOT_MET, id="two can't be reached any more"),
        pytest.param(none_of(NO, NO), MET, id="none applies"),
        pytest.param(none_of(NO, YES), NOT_MET, id="one applies"),
        pytest.param(none_of(YES, OPEN), NOT_MET, id="one applies, whatever is open"),
        pytest.param(none_of(NO, OPEN), UNKNOWN, id="one may apply"),
        pytest.param(none_of(NO, REST), UNKNOWN, id="what was not read may apply"),
        pytest.param(all_of(YES, REST), UNKNOWN, id="what was not read is never met"),
        pytest.param(all_of(NO, REST), NOT_MET, id="nor does it save what failed"),
        pytest.param(all_of(YES, PLAN), UNKNOWN, id="only the plan can answer"),
        pytest.param(any_of(PLAN, YES), MET, id="another way in is met"),
    ],
)
def test_group(tree: Node, expected: Truth) -> None:
    assert evaluate(tree, make_facts(answers={"age": 40})).truth is expected


def test_under_none_of_met_means_that_it_does_not_apply() -> None:
    found = evaluate(none_of(NO, YES, OPEN), make_facts(answers={"age": 40}))
    assert [one.truth for one in found.members] == [MET, NOT_MET, UNKNOWN]
    assert all(one.is_exclusion for one in found.members)
    assert [one.given for one in found.members] == [40, 40, None]
    assert not found.is_exclusion


def test_findings_stand_in_the_order_of_the_tree() -> None:
    tree = all_of(YES, any_of(NO, OPEN), REST)
    found = evaluate(tree, make_facts(answers={"age": 40}))
    assert [one.node for one in found.members] == list(tree.members)
    assert [one.node for one in found.members[1].members] == [NO, OPEN]
