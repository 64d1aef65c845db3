"""How many treatments, drugs and classes count, and what may still count."""

from dataclasses import replace

import pytest

from policies.facts import TriedFact
from policies.matcher import CountGiven, evaluate
from policies.situation import TreatmentTried
from policies.truth import Count, Truth
from tests.factories import MET, NOT_MET, UNKNOWN, make_facts, make_tried
from tests.policies.counting import ADEQUATE_TRIAL, ANTIDEPRESSANT, count, define, tried_truth

TWO_TRIALS = count(ADEQUATE_TRIAL)

ADEQUATE = make_tried("sertraline")
ALSO_ADEQUATE = make_tried("venlafaxine")
UNSURE = make_tried("bupropion", adequate_dose=None)
TOO_LOW = make_tried("bupropion", adequate_dose=False)
SHORT = make_tried("bupropion", weeks=5.5)

ALL = True
MORE = False


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
