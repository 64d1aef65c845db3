"""A criteria tree read from its data form: every fault with its place and the fix."""

from typing import Any

import pytest

from policies.catalogue.fields import RecordError
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document, read_edition
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Operator,
    ScaleCriterion,
    Source,
    TrialDefinition,
    Unread,
)
from policies.criteria.reading import CriteriaError, read_criteria
from tests.factories import make_insurer

ORIGINS = frozenset({"form", "clinic"})
ADULT = {"label": "18 years or older", "fact": "age", "min": 18}
COUNT = {"label": "Two", "count": "treatments_tried", "where": {"kind": "ect"}, "min": 2}


def faults_of(data: Any) -> list[str]:
    with pytest.raises(CriteriaError) as caught:
        read_criteria(data, origins=ORIGINS)
    return [str(fault) for fault in caught.value.faults]


def test_the_example_of_the_house_style_is_read() -> None:
    """The words of the house style, with its `distinct: drug_class` as `min_classes`."""
    tree = read_criteria(
        {
            "label": "All of the following",
            "all_of": [
                ADULT
                | {
                    "source": {
                        "from": "form",
                        "section": "Criteria 1",
                        "quote": "The member is at least 18 years of age.",
                    }
                },
                {
                    "label": "Two antidepressants from two classes",
                    "count": "treatments_tried",
                    "where": {
                        "kind": "antidepressant",
                        "min_weeks": 6,
                        "adequate_dose": True,
                        "outcome": ["no_response", "not_tolerated"],
                    },
                    "min": 2,
                    "min_classes": 2,
                },
                {
                    "label": "Severe by any one rating scale",
                    "any_of": [
                        {"id": "phq9", "label": "PHQ-9 of 15 or more", "scale": "phq9", "min": 15}
                    ],
                },
                {
                    "label": "No uncontrolled high blood pressure",
                    "fact": "uncontrolled_hypertension",
                    "is": False,
                },
                {"label": "Supervised", "judgement": "clinic"},
                {"label": "The rest of this insurer's list", "unread": True},
            ],
        },
        origins=ORIGINS,
    )
    assert tree == Group(
        label="All of the following",
        operator=Operator.ALL_OF,
        members=(
            FactCriterion(
                label="18 years or older",
                fact="age",
                min=18,
                source=Source("form", "Criteria 1", "The member is at least 18 years of age."),
            ),
            CountCriterion(
                label="Two antidepressants from two classes",
                where=(
                    TrialDefinition(
                        kind=frozenset({"antidepressant"}),
                        min_weeks=6,
                        adequate_dose=True,
                        outcome=frozenset({"no_response", "not_tolerated"}),
                    ),
                ),
                min=2,
                min_classes=2,
            ),
            Group(
                label="Severe by any one rating scale",
                operator=Operator.ANY_OF,
                members=(
                    ScaleCriterion(
                        id="phq9", label="PHQ-9 of 15 or more", scales=("phq9",), min=15
                    ),
                ),
            ),
            FactCriterion(
                label="No uncontrolled high blood pressure",
                fact="uncontrolled_hypertension",
                equals=False,
            ),
            Judgement(label="Supervised", judge=Judge.CLINIC),
            Unread(label="The rest of this insurer's list"),
        ),
    )


def test_an_unknown_fact_is_named_with_those_that_exist() -> None:
    (fault,) = faults_of({"label": "All", "all_of": [ADULT, ADULT | {"fact": "wieght"}]})
    assert fault.startswith(
        "criteria.all_of[1].fact: there is no fact called 'wieght'. Use one of: age, conditions, "
    )


LONG_QUOTE = " ".join(["word"] * 26)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(
            "age",
            "criteria: expected a criterion: an object with a label and one of fact, count, scale, "
            "judgement, unread, all_of, any_of, at_least, none_of",
            id="a word",
        ),
        pytest.param(
            {"label": "All", "all_of": []},
            "criteria.all_of: an empty list would pass for a yes; list at least one criterion",
            id="an empty list",
        ),
        pytest.param(
            {"label": "None", "none_of": None},
            "criteria.none_of: an empty list would pass for a yes; list at least one criterion",
            id="no list",
        ),
        pytest.param(
            ADULT | {"unread": True},
            "criteria: a criterion has exactly one of fact, count, scale, judgement, unread, "
            "all_of, any_of, at_least, none_of; found fact, unread",
            id="two kinds",
        ),
        pytest.param(
            {"label": "Nothing"},
            "criteria: a criterion has exactly one of fact, count, scale, judgement, unread, "
            "all_of, any_of, at_least, none_of; found none",
            id="no kind",
        ),
        pytest.param(
            {"label": "None", "none_of": [{"label": "All", "all_of": [ADULT]}]},
            "criteria.none_of: holds a group; list what must not apply one by one",
            id="a group under none_of",
        ),
        pytest.param(
            {"label": "Three", "at_least": 3, "of": [ADULT, ADULT]},
            "criteria.at_least: asks for 3 of a list of 2",
            id="more than there are",
        ),
        pytest.param(
            {"label": "None", "at_least": 0, "of": [ADULT]},
            "criteria.at_least: 0 is not a whole number of 1 or more",
            id="at least none",
        ),
        pytest.param(
            {"label": "True", "at_least": True, "of": [ADULT]},
            "criteria.at_least: True is not a whole number of 1 or more",
            id="at least true",
        ),
        pytest.param(
            ADULT | {"source": {"from": "form", "quote": LONG_QUOTE}},
            "criteria.source.quote: longer than 25 words; quote less",
            id="a quote of 26 words",
        ),
        pytest.param(
            ADULT | {"source": {"from": "letter"}},
            "criteria.source.from: there is no source 'letter'. Sources: clinic, form",
            id="a source that is not listed",
        ),
        pytest.param(
            ADULT | {"source": "form"},
            "criteria.source: expected an object with named fields",
            id="a source that is a word",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age", "is": 18},
            "criteria.is: does not fit age, a number; use min, max, above, below",
            id="a test that does not fit a number",
        ),
        pytest.param(
            {"label": "Pregnant", "fact": "pregnancy", "min": 1},
            "criteria.min: does not fit pregnancy, a boolean; use is",
            id="a test that does not fit a yes or no",
        ),
        pytest.param(
            {"label": "TRD", "fact": "conditions", "is": "ptsd"},
            "criteria.is: does not fit conditions, a set; use includes",
            id="a test that does not fit a set",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age"},
            "criteria: says nothing to test; use min, max, above, below",
            id="no test",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age", "min": 180},
            "criteria.min: 180 is out of range: age goes from 0 to 120 years",
            id="an age outside its range",
        ),
        pytest.param(
            {"label": "Pregnant", "fact": "pregnancy", "is": "no"},
            "criteria.is: 'no' is not true or false",
            id="no as a word",
        ),
        pytest.param(
            {"label": "By", "fact": "episode_severity", "one_of": ["bad"]},
            "criteria.one_of: there is no choice 'bad'. Use one of: mild, moderate, severe",
            id="a choice that is none",
        ),
        pytest.param(
            {"label": "By", "fact": "episode_severity", "one_of": []},
            "criteria.one_of: expected a list of choices",
            id="one of nothing",
        ),
        pytest.param(
            {"label": "PHQ-9", "scale": "phq9", "min": 28},
            "criteria.min: 28 is outside PHQ-9, 0 to 27",
            id="a limit outside the scale",
        ),
        pytest.param(
            {"label": "Both", "scale": ["madrs", "phq9"], "min": 28},
            "criteria.min: 28 is outside PHQ-9, 0 to 27",
            id="a limit outside one of the scales",
        ),
        pytest.param(
            {"label": "PHQ-9", "scale": "phq9", "min": 12.5},
            "criteria.min: 12.5 is not a whole number of 0 or more",
            id="half a point",
        ),
        pytest.param(
            {"label": "PHQ", "scale": "phq"},
            "criteria.scale: there is no scale 'phq'. Use one of: phq9, madrs, hamd17, qids_sr16, "
            "qids_c16, bdi2, pcl5, nrs",
            id="a scale that is none",
        ),
        pytest.param(
            {"label": "Any", "scale": []},
            "criteria.scale: an empty list can never be met; name at least one",
            id="no scale",
        ),
        pytest.param(
            COUNT | {"count": "visits"},
            "criteria.count: 'visits' can't be counted; use treatments_tried",
            id="counting something else",
        ),
        pytest.param(
            COUNT | {"where": []},
            "criteria.where: an empty list counts nothing; say what makes a trial count",
            id="no definition",
        ),
        pytest.param(
            COUNT | {"where": {}},
            "criteria.where: says nothing to count by; name a kind, a drug or a drug_class",
            id="an empty definition",
        ),
        pytest.param(
            COUNT | {"where": {"kind": []}},
            "criteria.where.kind: an empty list would let every trial count; name at least one",
            id="an empty list of kinds",
        ),
        pytest.param(
            COUNT | {"where": [{"kind": "ect"}, {"kind": "ect", "adequate_dose": False}]},
            "criteria.where[1].adequate_dose: False has no meaning here; write true, or leave it "
            "out",
            id="a trial that wants no adequate dose",
        ),
        pytest.param(
            COUNT | {"where": {"kind": "ect", "min_weeks": -1}},
            "criteria.where.min_weeks: -1 is out of range: length goes from 0 to 2600 weeks",
            id="weeks below none",
        ),
        pytest.param(
            COUNT | {"min": 0},
            "criteria.min: 0 is not a whole number of 1 or more",
            id="at least 0",
        ),
        pytest.param(
            {"label": "Judge", "judgement": "judge"},
            "criteria.judgement: only one of clinic, plan can answer",
            id="a judge nobody knows",
        ),
        pytest.param(
            {"label": "Rest", "unread": False},
            "criteria.unread: write true, or leave the criterion out",
            id="read after all",
        ),
        pytest.param(
            {"fact": "age", "min": 18},
            "criteria.label: missing: give a phrase a patient can read",
            id="no label",
        ),
        pytest.param(
            ADULT | {"id": "Age 18"},
            "criteria.id: 'Age 18' is not an id: small letters, digits and _",
            id="an id with a space",
        ),
        pytest.param(
            {"label": "All", "all_of": [ADULT | {"id": "age"}, ADULT | {"id": "age"}]},
            "criteria.all_of[1].id: the id 'age' stands twice; give each criterion its own",
            id="one id twice",
        ),
        pytest.param(
            ADULT | {"weight": 1},
            "criteria.weight: there is no such field. Use: id, label, fact, is, one_of, includes, "
            "min, max, above, below, source, note",
            id="a field nobody knows",
        ),
    ],
)
def test_the_fault_says_where_what_and_what_to_do(data: Any, fault: str) -> None:
    assert faults_of(data) == [fault]


def test_every_fault_of_a_tree_is_named_at_once() -> None:
    places = [
        fault.split(":")[0]
        for fault in faults_of(
            {
                "label": "All",
                "all_of": [
                    ADULT | {"fact": "wieght"},
                    {"label": "Any", "any_of": [{"label": "PHQ-9", "scale": "phq9", "min": 99}]},
                    {"label": "Rest", "unread": "yes"},
                ],
            }
        )
    ]
    assert places == [
        "criteria.all_of[0].fact",
        "criteria.all_of[1].any_of[0].min",
        "criteria.all_of[2].unread",
    ]


def test_a_quote_of_25_words_is_taken() -> None:
    quote = " ".join(["word"] * 25)
    tree = read_criteria(ADULT | {"source": {"from": "form", "quote": quote}}, origins=ORIGINS)
    assert tree.source.quote == quote


# The records around the trees

EDITION: dict[str, Any] = {
    "effective": "2026-01-01",
    "sources": {
        "page": {
            "kind": "stored_copy",
            "read_on": "2026-11",
            "read_by": "A tester",
            "description": "The page.",
        }
    },
    "positions": [
        {
            "treatment": "iv_ketamine",
            "indications": ["ptsd"],
            "coverage": "covered_with_criteria",
            "criteria": ADULT,
        }
    ],
}
DOCUMENT: dict[str, Any] = {
    "insurer": "acme",
    "slug": "ketamine",
    "title": "Ketamine",
    "kind": "medical_policy",
    "lines_of_business": ["commercial"],
    "editions": [EDITION],
}


def record_faults(data: Any) -> list[str]:
    with pytest.raises(RecordError) as caught:
        read_document(data, {"acme": make_insurer()})
    return [str(fault) for fault in caught.value.faults]


def edition_faults(position: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    positions = [EDITION["positions"][0] | position] if position is not None else []
    with pytest.raises(RecordError) as caught:
        read_edition(EDITION | ({"positions": positions} if positions else {}) | changes)
    return [str(fault) for fault in caught.value.faults]


def test_a_record_whose_answer_was_never_seen_loads_as_such() -> None:
    edition = read_edition(EDITION | {"positions": []})
    assert edition.positions == ()
    unread = EDITION["positions"][0] | {"criteria": None}
    assert read_edition(EDITION | {"positions": [unread]}).positions[0].criteria is None


@pytest.mark.parametrize(
    ("position", "fault"),
    [
        pytest.param(
            {"indications": []},
            "positions[0].indications: names none; say for which conditions",
            id="for no condition",
        ),
        pytest.param(
            {"coverage": "investigational"},
            "positions[0].criteria: does not go with investigational; remove it",
            id="criteria of what is not covered",
        ),
        pytest.param(
            {"coverage": "maybe", "criteria": None},
            "positions[0].coverage: 'maybe' is not one of: covered, covered_with_criteria, "
            "investigational, excluded, not_medically_necessary, individual_consideration, "
            "not_addressed",
            id="a position nobody knows",
        ),
        pytest.param(
            {"criteria": ADULT | {"source": {"from": "form"}}},
            "positions[0].criteria.source.from: there is no source 'form'. Sources: page",
            id="a source that the edition does not list",
        ),
        pytest.param(
            {"source": {"from": "page", "quote": LONG_QUOTE}},
            "positions[0].source.quote: longer than 25 words; quote less",
            id="a quote of 26 words",
        ),
        pytest.param(
            {"codes": {"cpt": [96365]}},
            "positions[0].codes.cpt: expected a list of texts (quote what looks like a number)",
            id="a code that is a number",
        ),
    ],
)
def test_the_fault_of_a_position_says_where_and_what(position: dict[str, Any], fault: str) -> None:
    assert edition_faults(position) == [fault]


def test_a_list_that_is_wanted_is_given_or_null() -> None:
    position = {
        name: value for name, value in EDITION["positions"][0].items() if name != "criteria"
    }
    assert edition_faults(None, positions=[position]) == [
        "positions[0].criteria: missing: give the list, or null when it was not read"
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"sources": {}},
            "sources: names no source; say what was read, under a short key",
            id="no source",
        ),
        pytest.param(
            {"effective": "2026-02-30"},
            "effective: '2026-02-30' is not a day of the calendar",
            id="a day that never is",
        ),
        pytest.param(
            {"effective": "May 2026"},
            "effective: 'May 2026' is not a date like 2024-11-05, 2024-11 or 2024",
            id="a date in words",
        ),
        pytest.param(
            {"revision": 2},
            "change_note: missing: a later revision says what it corrects",
            id="a correction without a note",
        ),
        pytest.param(
            {"revision": True},
            "revision: True is not a whole number of 1 or more",
            id="a revision that is true",
        ),
    ],
)
def test_the_fault_of_an_edition_says_where_and_what(changes: dict[str, Any], fault: str) -> None:
    assert edition_faults(**changes) == [fault]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"insurer": "nobody"},
            "insurer: there is no insurer 'nobody' in insurers.yaml",
            id="an insurer nobody knows",
        ),
        pytest.param(
            {"lines_of_business": []},
            "lines_of_business: names none; a document speaks for some kind of plan",
            id="for no kind of plan",
        ),
        pytest.param(
            {"states": ["Mass"]},
            "states: 'Mass' is not a state's two letters, for example MA",
            id="a state that is none",
        ),
        pytest.param(
            {"slug": "CPB 0938"},
            "slug: 'CPB 0938': use small letters, digits and hyphens, as bcbs-ma",
            id="a slug with a space",
        ),
        pytest.param(
            {"editions": []},
            "editions: holds none; a document has at least one edition",
            id="no edition",
        ),
        pytest.param(
            {"editions": [EDITION, EDITION]},
            "editions[1].revision: revision 1 of January 1, 2026 stands twice; give the later one "
            "the next number",
            id="one edition twice",
        ),
        pytest.param(
            {"number": 87},
            "number: missing: give a text, or leave it out",
            id="a number that is a number",
        ),
    ],
)
def test_the_fault_of_a_document_says_where_and_what(changes: dict[str, Any], fault: str) -> None:
    assert record_faults(DOCUMENT | changes) == [fault]


def test_a_vendor_is_linked_only_to_insurers_that_are_listed() -> None:
    acme = {"slug": "acme", "name": "Acme", "kind": "commercial"}
    link = {
        "insurer": "acme",
        "administrator": "vendor",
        "benefit": "behavioral",
        "source_url": "https://example.org",
        "quote": "decides",
        "read_on": "2026-11",
    }
    with pytest.raises(RecordError) as caught:
        read_insurers(
            {
                "insurers": [acme, acme, acme | {"slug": "b", "parent": "c"}],
                "administrations": [link],
            }
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "insurers[1].slug: 'acme' stands twice; keep one",
        "insurers[2].parent: there is no insurer 'c'",
        "administrations[0].administrator: there is no insurer 'vendor'",
    ]
