"""A criteria tree read from its data form."""

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
from policies.criteria.reading import read_criteria
from tests.policies.criteria_data import ADULT, ORIGINS


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


def test_a_quote_of_25_words_is_taken() -> None:
    quote = " ".join(["word"] * 25)
    tree = read_criteria(ADULT | {"source": {"from": "form", "quote": quote}}, origins=ORIGINS)
    assert tree.source.quote == quote
