"""What an edition changes against the one it follows: line by line, rules before words."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.catalogue import (
    CoveragePosition,
    Edition,
    EditionStatus,
    Position,
    PriorAuthorization,
)
from policies.catalogue.writing import write_edition
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    Judge,
    Judgement,
    Node,
    ScaleCriterion,
    Source,
    TrialDefinition,
)
from policies.effects import EditionEffect, LineEffect, State, Weight, compare, followed_by
from policies.effects.words import marked
from policies.outline import Working, lines_of
from policies.outline.carrying import carry_keys
from policies.outline.data import from_edition_data
from policies.outline.operations import delete, move, set_line
from policies.situation import Treatment
from tests.factories import (
    ADULT,
    REST,
    SEVERE,
    all_of,
    any_of,
    at_least_of,
    fact,
    make_edition,
    make_position,
    none_of,
    real_catalogue,
    real_document,
)
from tests.policies.document_strategies import editions
from tests.policies.test_outline import key_of

SAME, CHANGED, MOVED, NEW, GONE = State
RULE, LOOK, WORDS, NOTHING = Weight


def working(edition: Edition) -> Working:
    return from_edition_data(write_edition(edition))


def effect(before: Edition, after: Edition) -> EditionEffect:
    return compare(working(before), working(after))


def between(before: Node, after: Node) -> EditionEffect:
    return effect(
        make_edition(make_position(criteria=before)), make_edition(make_position(criteria=after))
    )


def changed(found: EditionEffect) -> list[LineEffect]:
    return [line for one in found.positions for line in one.lines if line.state is not SAME]


def told(line: LineEffect) -> list[tuple[str, str, str]]:
    return [(one.what, one.before, one.after) for one in line.rules]


TRIALS = CountCriterion(
    label="Two trials of antidepressants",
    where=(TrialDefinition(kind=frozenset({"antidepressant"}), min_weeks=6),),
    min=2,
)
LONGER = replace(TRIALS.where[0], min_weeks=8, adequate_dose=True)
OTHER_KINDS = replace(TRIALS.where[0], kind=frozenset({"antidepressant", "augmentation"}))
PHQ9 = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)
CODES = CodeCriterion(label="A code of the list", icd10=frozenset({"F33.1", "F33.2"}))
JUDGED = Judgement(label="Medically necessary", judge=Judge.CLINIC)
PRESSURE = fact("uncontrolled_hypertension", equals=False)
SPRAY, DOSE = fact("dementia", equals=False), fact("pregnancy", equals=False)
PROGRESS = fact("episode_severity", one_of=frozenset({"severe"}))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            TRIALS, replace(TRIALS, min=3), [("At least", "2", "3")], id="a limit from 2 to 3"
        ),
        pytest.param(
            ADULT,
            replace(ADULT, min=None, above=18),
            [("At least", "18", "none"), ("More than", "none", "18")],
            id="from “at least” to “more than”",
        ),
        pytest.param(
            TRIALS,
            replace(TRIALS, min_classes=2),
            [("Of so many classes at least", "none", "2")],
            id="of two classes",
        ),
        pytest.param(
            TRIALS,
            replace(TRIALS, where=(LONGER,)),
            [
                ("Weeks, at least", "6", "8"),
                ("Adequate dose, as the clinician says", "no", "yes"),
            ],
            id="what makes a treatment count",
        ),
        pytest.param(
            TRIALS,
            replace(TRIALS, where=(OTHER_KINDS,)),
            [
                (
                    "Kinds of treatment that count, new",
                    "",
                    "Add-on to an antidepressant (such as lithium or aripiprazole)",
                )
            ],
            id="another kind of treatment counts",
        ),
        pytest.param(
            TRIALS,
            replace(TRIALS, where=(*TRIALS.where, LONGER)),
            [("Ways in which a treatment counts", "1", "2")],
            id="a second way to count",
        ),
        pytest.param(
            PRESSURE,
            replace(PRESSURE, equals=True),
            [("Answer wanted", "no", "yes")],
            id="the opposite answer",
        ),
        pytest.param(
            PROGRESS,
            replace(PROGRESS, one_of=frozenset({"severe", "moderate"})),
            [("Answers that will do, new", "", "Moderate")],
            id="one more answer will do",
        ),
        pytest.param(
            PHQ9,
            replace(PHQ9, within_days=30),
            [("Taken within so many days", "none", "30")],
            id="how old a score may be",
        ),
        pytest.param(
            CODES,
            replace(CODES, icd10=frozenset({"F33.2", "F32.2"})),
            [("Codes, no longer", "F33.1", ""), ("Codes, new", "", "F32.2")],
            id="other codes",
        ),
        pytest.param(
            JUDGED,
            replace(JUDGED, judge=Judge.PLAN),
            [("Who answers", "clinic", "plan")],
            id="another judge",
        ),
        pytest.param(
            replace(ADULT, id="same"),
            replace(SEVERE, id="same"),
            [
                (
                    "Tests something else",
                    "Age: 18 years or more",
                    "Severity of the current episode: Severe",
                )
            ],
            id="another fact",
        ),
        pytest.param(
            JUDGED,
            replace(any_of(ADULT), label=JUDGED.label),
            [("Tested in another way", "the clinic answers", "any one of these")],
            id="in parts now",
        ),
        pytest.param(
            replace(JUDGED, id="same"),
            replace(REST, id="same"),
            [("Tests something else", "the clinic answers", "not read")],
            id="no longer read",
        ),
    ],
)
def test_what_a_changed_line_asks_otherwise(
    before: Node, after: Node, expected: list[tuple[str, str, str]]
) -> None:
    line, *_inside = changed(between(all_of(before, SPRAY, DOSE), all_of(after, SPRAY, DOSE)))
    assert (line.state, line.weight) == (CHANGED, RULE)
    assert told(line) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            any_of(ADULT, SEVERE),
            all_of(ADULT, SEVERE),
            ("Joined in another way", "any one of these", "all of these"),
            id="from any of to all of",
        ),
        pytest.param(
            any_of(ADULT, SEVERE),
            none_of(ADULT, SEVERE),
            ("Became an exclusion", "any one of these", "none of these"),
            id="became an exclusion",
        ),
        pytest.param(
            none_of(ADULT, SEVERE),
            all_of(ADULT, SEVERE),
            ("No longer an exclusion", "none of these", "all of these"),
            id="no longer an exclusion",
        ),
        pytest.param(
            at_least_of(1, ADULT, SEVERE, REST),
            at_least_of(2, ADULT, SEVERE, REST),
            ("How many are wanted", "at least 1 of these", "at least 2 of these"),
            id="more of the list",
        ),
    ],
)
def test_a_group_joined_in_another_way(
    before: Node, after: Node, expected: tuple[str, str, str]
) -> None:
    for one, other in ((before, after), (all_of(JUDGED, before), all_of(JUDGED, after))):
        (line,) = changed(between(one, other))
        assert told(line) == [expected]
        assert line.weight is RULE


@pytest.mark.parametrize(
    ("join", "came", "went"),
    [
        pytest.param(all_of, "Now wanted too", "No longer wanted", id="where all are wanted"),
        pytest.param(any_of, "One more way", "No longer a way", id="where one is enough"),
        pytest.param(
            none_of, "A new exclusion", "No longer an exclusion", id="where none may apply"
        ),
    ],
)
def test_a_line_that_came_or_went_is_told_by_what_its_group_wants(
    join: type, came: str, went: str
) -> None:
    fewer, more = join(ADULT, JUDGED), join(ADULT, SEVERE, JUDGED)
    (line,) = changed(between(fewer, more))
    assert (line.state, told(line)) == (NEW, [(came, "", "")])
    (line,) = changed(between(more, fewer))
    assert (line.state, told(line)) == (GONE, [(went, "", "")])


def test_a_group_that_came_is_one_change_with_all_of_its_lines_shown() -> None:
    found = between(all_of(ADULT), all_of(ADULT, none_of(SEVERE, JUDGED)))
    assert [(one.state, one.is_top) for one in changed(found)] == [
        (NEW, True),
        (NEW, False),
        (NEW, False),
    ]
    assert found.count(RULE) == 1


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        pytest.param(
            ADULT, replace(ADULT, label="An adult of 18 years or older"), WORDS, id="other words"
        ),
        pytest.param(ADULT, replace(ADULT, note="Ask your doctor."), WORDS, id="a note came"),
        pytest.param(
            ADULT, replace(ADULT, id="grown_up"), WORDS, id="another name in worked cases"
        ),
        pytest.param(
            ADULT,
            replace(ADULT, label="21 years or older"),
            LOOK,
            id="the words name another number, and the rule does not",
        ),
        pytest.param(
            replace(TRIALS, source=Source(quote="failure of two antidepressants")),
            replace(TRIALS, source=Source(quote="failure of three antidepressants")),
            LOOK,
            id="the quote names another number, in words",
        ),
        pytest.param(
            replace(JUDGED, label="Depression and anxiety"),
            replace(JUDGED, label="Depression or anxiety"),
            LOOK,
            id="“and” became “or” in the words alone",
        ),
    ],
)
def test_words_that_changed_while_the_rule_did_not(
    before: Node, after: Node, weight: Weight
) -> None:
    (line,) = changed(between(all_of(before, SEVERE), all_of(after, SEVERE)))
    assert (line.state, line.weight, line.rules) == (CHANGED, weight, ())


def test_another_order_is_a_move_of_as_few_lines_as_can_be_and_no_rule() -> None:
    found = between(all_of(ADULT, SEVERE, JUDGED, REST), all_of(REST, ADULT, SEVERE, JUDGED))
    (line,) = changed(found)
    assert (line.state, line.weight, line.line.fields["label"]) == (MOVED, NOTHING, REST.label)
    assert not found.is_none


def test_a_line_that_went_into_another_group_changes_the_rule() -> None:
    ways = any_of(JUDGED, REST)
    found = between(
        all_of(ADULT, SEVERE, ways), all_of(ADULT, replace(ways, members=(JUDGED, REST, SEVERE)))
    )
    (line,) = changed(found)
    assert (line.state, line.weight) == (MOVED, RULE)
    assert told(line) == [
        (
            "Moved",
            "“All of the following” (all of these)",
            "“Any of the following” (any one of these)",
        )
    ]


def test_a_list_put_into_a_group_keeps_its_lines() -> None:
    inner = all_of(ADULT, SEVERE)
    found = between(inner, any_of(inner, JUDGED))
    assert [(one.state, one.line.fields["label"]) for one in changed(found)] == [
        (NEW, "Any of the following"),
        (MOVED, "All of the following"),
        (NEW, JUDGED.label),
    ]


def test_what_went_stands_where_it_stood() -> None:
    found = between(all_of(ADULT, SEVERE, JUDGED), all_of(ADULT, JUDGED))
    labels = [one.line.fields["label"] for one in found.positions[0].lists["criteria"]]
    assert labels == ["All of the following", ADULT.label, SEVERE.label, JUDGED.label]


@pytest.mark.parametrize(
    ("field", "before", "after", "expected"),
    [
        pytest.param(
            "coverage",
            CoveragePosition.COVERED_WITH_CRITERIA,
            CoveragePosition.INDIVIDUAL_CONSIDERATION,
            ("covered with criteria", "individual consideration", RULE),
            id="coverage",
        ),
        pytest.param(
            "prior_authorization",
            PriorAuthorization.NOT_REQUIRED,
            PriorAuthorization.REQUIRED,
            ("not required", "required", RULE),
            id="prior authorization",
        ),
        pytest.param(
            "limits",
            ("8 infusions",),
            ("6 infusions",),
            ("8 infusions", "6 infusions", RULE),
            id="quantity limits",
        ),
        pytest.param(
            "documents_wanted",
            (),
            ("Chart notes",),
            ("none", "Chart notes", RULE),
            id="documents wanted",
        ),
        pytest.param("note", "Ask.", "Ask them.", ("Ask.", "Ask them.", WORDS), id="a note"),
        pytest.param("note", "", "Ask.", ("none", "Ask.", WORDS), id="a note came"),
        pytest.param(
            "note",
            "Within 5 days.",
            "Within 9 days.",
            ("Within 5 days.", "Within 9 days.", LOOK),
            id="a number in a note",
        ),
    ],
)
def test_what_changed_of_a_position(
    field: str, before: object, after: object, expected: tuple[str, str, Weight]
) -> None:
    position = make_position()
    old, new = (replace(position, **{field: one}) for one in (before, after))  # type: ignore[arg-type]
    found = effect(make_edition(old), make_edition(new))
    (told_of,) = found.positions[0].fields
    assert (told_of.before, told_of.after, told_of.weight) == expected


def test_what_changed_of_the_edition_and_its_sources() -> None:
    old = make_edition(make_position())
    new = replace(
        make_edition(make_position(), effective="2026-06-01", status=EditionStatus.WITHDRAWN),
        readings=(replace(old.readings[0], description="The page itself."),),
    )
    found = effect(old, new)
    assert [(one.label, one.before, one.after, one.weight) for one in found.fields] == [
        ("In effect from", "January 1, 2026", "June 1, 2026", NOTHING),
        ("Status", "in force", "withdrawn", RULE),
    ]
    assert [(one.state, one.name) for one in found.sources] == [(CHANGED, "page")]


def test_a_position_that_came_is_one_change() -> None:
    spray = make_position(treatment=Treatment.ESKETAMINE_NASAL, criteria=all_of(ADULT, SEVERE))
    found = effect(make_edition(make_position()), make_edition(make_position(), spray))
    assert [one.state for one in found.positions] == [SAME, NEW]
    assert found.count(RULE) == 1


@given(editions())
def test_an_edition_against_itself_shows_nothing(edition: Edition) -> None:
    assert effect(edition, edition).is_none


FEWER = settings(max_examples=40)


def words_of(found: EditionEffect, state: State) -> Counter[str]:
    return Counter(str(one.line.fields) for one in changed(found) if one.state is state)


@FEWER
@given(editions(), editions())
def test_what_is_new_one_way_is_gone_the_other_way(one: Edition, other: Edition) -> None:
    there, back = effect(one, other), effect(other, one)
    assert words_of(there, NEW) == words_of(back, GONE)
    assert words_of(there, GONE) == words_of(back, NEW)


@FEWER
@given(editions(), editions())
def test_every_line_of_both_editions_is_shown_once(one: Edition, other: Edition) -> None:
    rows = [line for each in effect(one, other).positions for line in each.lines]
    for edition, side in ((one, "before"), (other, "after")):
        keys = [getattr(row, side).key for row in rows if getattr(row, side)]
        assert sorted(keys) == sorted(line.key for line in lines_of(working(edition)))


REAL = [one for document in real_catalogue().documents for one in document.editions]


@given(st.sampled_from(REAL), st.data())
def test_a_changed_copy_is_known_line_by_line_by_its_keys(
    edition: Edition, data: st.DataObject
) -> None:
    origin = working(edition)
    lines = list(lines_of(origin))
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    unlike = {**line.fields, "label": "Wholly other words", "id": ""}
    draft = set_line(origin, line.key, unlike, {})
    shown = changed(compare(origin, draft, origin))
    assert [(one.state, one.line.key) for one in shown] == [(CHANGED, line.key)]
    assert shown[0].before == line


def test_keys_of_a_text_that_was_no_copy_mean_nothing() -> None:
    # The first lines of any two editions have the same key, and nothing else in common.
    one = working(make_edition(make_position(criteria=all_of(ADULT, SEVERE))))
    other = working(make_edition(make_position(criteria=all_of(SEVERE, ADULT))))
    states = [line.state for line in compare(one, other, other).positions[0].lines]
    assert sorted(states) == [MOVED, SAME, SAME]


def test_what_was_deleted_and_moved_in_a_copy() -> None:
    origin = working(make_edition(make_position(criteria=all_of(ADULT, SEVERE, JUDGED, REST))))
    key = key_of(origin, REST.label)
    draft = move(move(delete(origin, key_of(origin, SEVERE.label)), key, -1), key, -1)
    shown = changed(compare(origin, draft, origin))
    assert [(one.state, one.line.fields["label"]) for one in shown] == [
        (MOVED, REST.label),
        (GONE, SEVERE.label),
    ]


def test_a_draft_that_came_as_text_keeps_the_keys_it_had() -> None:
    origin = working(make_edition(make_position(criteria=all_of(ADULT, SEVERE))))
    text = working(make_edition(make_position(criteria=all_of(replace(ADULT, min=21), SEVERE))))
    draft = carry_keys(origin, text, (f"new{number}" for number in count()))
    (line,) = changed(compare(origin, draft, origin))
    assert told(line) == [("At least", "18", "21")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_lose_no_word_of_either_side(before: str, after: str) -> None:
    for text, pieces in zip((before, after), marked(before, after), strict=True):
        assert "".join("".join(one.text for one in pieces).split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_the_same_words_have_no_mark(text: str) -> None:
    assert not any(one.is_marked for pieces in marked(text, text) for one in pieces)


def test_words_with_nothing_in_common_are_marked_whole() -> None:
    left, right = marked("at least two antidepressants", "severe by a scale")
    assert [one.text for one in (*left, *right)] == [
        "at least two antidepressants",
        "severe by a scale",
    ]


@pytest.mark.parametrize(
    ("dates", "draft", "followed"),
    [
        pytest.param(["2025-01-01", "2026-01-01"], "2026-06-01", "2026-01-01", id="the newest"),
        pytest.param(["2025-01-01", "2027-01-01"], "2026-06-01", "2025-01-01", id="one to come"),
        pytest.param(["2025-01-01", "2027-01-01"], "2028-01-01", "2027-01-01", id="after that"),
        pytest.param(["2025-01-01", "2027-01-01"], None, "2025-01-01", id="not dated yet"),
        pytest.param(["2025-01-01"], "2024-01-01", None, id="before the first"),
        pytest.param([], "2024-01-01", None, id="the first"),
    ],
)
def test_which_edition_a_draft_follows(
    dates: list[str], draft: str | None, followed: str | None
) -> None:
    held = [make_edition(effective=date) for date in dates]
    found = followed_by(held, make_edition(effective=draft), on=dt.date(2026, 5, 1))
    assert (found.effective.text if found and found.effective else None) == followed


def test_a_revision_follows_the_one_it_corrects() -> None:
    first = make_edition()
    assert followed_by([first], make_edition(revision=2), on=dt.date(2026, 5, 1)) is first


def test_western_health_advantage_asks_for_a_history_that_was_judged_before() -> None:
    # The change note: the second way past a history of psychosis was for the clinic to judge.
    first, second = sorted(
        real_document("western-health-advantage--spravato").editions, key=lambda one: one.order
    )
    weights = Counter(one.weight for one in changed(effect(first, second)))
    assert set(weights) == {RULE}


def test_a_position_of_another_treatment_is_another_position() -> None:
    def of(treatment: Treatment) -> Position:
        return make_position(treatment=treatment)

    found = effect(
        make_edition(of(Treatment.IV_KETAMINE)), make_edition(of(Treatment.ESKETAMINE_NASAL))
    )
    assert [one.state for one in found.positions] == [NEW, GONE]
