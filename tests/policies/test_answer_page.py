"""The answer's page: what stands first, what is folded away, and what helps on."""

import html
import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from policies import guide as told_by_guide
from policies.guidance import guide, side_by_side
from policies.presenting import AnswerView, present_answer
from policies.presenting.compared import DIFFERENCES, LIMIT
from policies.presenting.read_on import PAGES
from policies.situation import Funding, LineOfBusiness, Treatment
from policies.verdict import Verdict
from policies.wording.calls import call_script
from tests.factories import (
    ADULT,
    ON,
    SEVERE,
    all_of,
    any_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_position,
    make_score,
    make_situation,
    make_tried,
    real_catalogue,
)
from tests.policies.checking import ADVANTAGE, COMMERCIAL, MEDICARE, NOT_COVERED, document, rule

SPRAY = Treatment.ESKETAMINE_NASAL


def shown(catalogue: Any = None, **situation: Any) -> AnswerView:
    """The answer to a situation, with both treatments."""
    known = catalogue or real_catalogue()
    asked = make_situation(**({"line_of_business": COMMERCIAL, "insurer": "acme"} | situation))
    found = guide(asked, catalogue=known, on=ON)
    return present_answer(found, beside=side_by_side(found, catalogue=known), asked_nothing=False)


def carefirst(**situation: Any) -> AnswerView:
    fields: dict[str, Any] = {
        "insurer": "carefirst",
        "issue_state": "MD",
        "treatment": SPRAY,
        "answers": {"age": 41, "episode_severity": "severe"},
        "tried": [make_tried("Zoloft"), make_tried("Lexapro", weeks=None)],
    }
    return shown(**(fields | situation))


def part(name: str, **context: Any) -> str:
    return render_to_string(f"policies/{name}.html", context)


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def unfolded(markup: str) -> str:
    """The words that are read without opening anything."""
    lines = re.sub(r"</summary>.*?</details>", "</summary></details>", markup, flags=re.DOTALL)
    return words(lines)


# The list


def test_a_line_shows_its_state_and_what_was_told_and_folds_the_rest() -> None:
    first = carefirst().first
    assert first is not None
    markup = part("_checklist", items=first.positions[0].criteria)
    assert "Met 18 years or older You told us: 41 years." in unfolded(markup)
    assert "Our words" not in unfolded(markup)
    assert "Our words. Document: undated. Read in a second-hand account" in words(markup)


def test_of_a_group_the_line_tells_how_its_parts_stand() -> None:
    first = carefirst().first
    assert first is not None
    severe = first.positions[0].criteria[1]
    assert severe.more == "All 3 parts are wanted: 2 met, 1 to find out"
    prescriber = first.positions[0].criteria[4]
    assert prescriber.more == "Any one of 2 parts is enough: 2 to find out"


def test_a_group_that_fails_stands_open() -> None:
    tree = all_of(all_of(ADULT, SEVERE), any_of(ADULT, SEVERE))
    first = shown(make_catalogue(document(make_position(criteria=tree))), answers={"age": 17}).first
    assert first is not None
    assert [item.truth for item in first.positions[0].criteria] == ["not_met", "unknown"]
    found = re.findall(
        r'<details class="criterion"\s*(open)?>',
        part("_checklist", items=first.positions[0].criteria),
    )
    assert found == ["open", ""]


def test_what_is_open_of_each_treatment_is_told_behind_the_line() -> None:
    first = carefirst().first
    assert first is not None
    (trials,) = [one for one in first.positions[0].criteria if one.told.startswith("May count")]
    assert trials.in_short.startswith("May count: sertraline; escitalopram.")
    assert "escitalopram (" in trials.told
    markup = part("_checklist", items=(trials,))
    assert trials.told not in unfolded(markup)
    assert trials.told in words(markup)


def test_what_is_asked_to_go_on_is_folded_under_a_first_course_alone() -> None:
    begun = carefirst().first
    going_on = carefirst(answers={"age": 41, "request_phase": "continuing"}).first
    assert begun is not None
    assert going_on is not None
    assert [len(one.positions[0].continuation) for one in (begun, going_on)] == [1, 0]


# Several documents


def test_the_page_says_which_of_several_documents_it_goes_by_and_why() -> None:
    own = document(make_position(criteria=SEVERE))
    beside = shown(make_catalogue(own, rule(make_position())), line_of_business=ADVANTAGE)
    assert beside.standing == (
        f"2 documents apply. This answer goes by {own.short_name}: the plan's own document stands "
        "before a rule of its program."
    )
    assert [one.link.name for one in beside.others] == [f"{MEDICARE.name}, Ketamine"]
    assert shown(make_catalogue(own)).standing == ""


def test_the_closest_of_two_documents_is_named_as_such() -> None:
    wider = make_position(criteria=SEVERE, indications=("mdd",))
    two = make_catalogue(
        document(wider, slug="wider", number="W"), document(make_position(), slug="own", number="O")
    )
    assert shown(two).standing.startswith(
        "2 documents apply. This answer goes by Acme, O: no other speaks more closely"
    )


def test_documents_that_disagree_have_no_score_of_their_own_on_top() -> None:
    refuses = document(make_position(NOT_COVERED), slug="no", number="N")
    allows = document(make_position(criteria=ADULT), slug="yes", number="Y")
    answer = shown(make_catalogue(refuses, allows), answers={"age": 40})
    assert answer.disagrees
    assert (answer.score, answer.standing, answer.authorization) == (None, "", None)
    assert "Acme, N" in answer.reason
    assert "Acme, Y" in answer.reason


# Prior authorization


def test_all_that_belongs_to_the_request_stands_in_one_section() -> None:
    west = shown(
        insurer="tricare-west",
        line_of_business=LineOfBusiness.TRICARE,
        treatment=SPRAY,
        answers={"age": 41},
    )
    assert west.authorization is not None
    read = words(part("_authorization", authorization=west.authorization))
    assert "Prior authorization (your plan's yes before treatment) is required." in read
    assert "Spravato Letter of Attestation" in read
    assert "HCPCS codes G2082, G2083" in read
    assert "By TRICARE West" in read


def test_without_codes_the_section_says_so_and_a_bare_refusal_has_none() -> None:
    section = carefirst().authorization
    assert section is not None
    assert "We read no billing codes in it." in words(part("_authorization", authorization=section))
    assert shown(insurer="bcbs-al", issue_state="AL").authorization is None
    assert shown(insurer="nobody").authorization is None


# On the phone


def test_the_call_asks_for_the_document_by_its_number_and_its_codes() -> None:
    west = shown(
        insurer="tricare-west", line_of_business=LineOfBusiness.TRICARE, treatment=SPRAY
    ).call_script
    assert west is not None
    assert "Are these the right billing codes: G2082, G2083?" in west.questions
    script = carefirst().call_script
    assert script is not None
    assert script.questions[0] == (
        "I have seen “2889-A”. Is it in force for this plan? Is there a newer one?"
    )
    assert "Which billing codes does the plan want for it?" in script.questions
    assert script.questions[-1].endswith("a reference number for this call?")


@pytest.mark.parametrize(
    ("funding", "is_asked"), [(None, True), (Funding.INSURED, False), (Funding.SELF_FUNDED, False)]
)
def test_who_pays_is_asked_only_where_nobody_said(funding: Funding | None, is_asked: bool) -> None:
    asked = make_situation(line_of_business=COMMERCIAL, insurer="nobody", funding=funding)
    found = guide(asked, catalogue=real_catalogue(), on=ON)
    questions = " ".join(call_script(found.answer, "it").questions)
    assert ("Does the employer pay the claims itself?" in questions) is is_asked
    assert "Do you have a written policy or criteria for it?" in questions


def test_there_is_room_to_write_every_answer() -> None:
    script = carefirst().call_script
    assert script is not None
    assert part("_call_script", script=script).count("call__line") == len(script.questions)


# Both treatments


@pytest.mark.parametrize("insurer", ["bcbs-ma", "bcbs-al", "nobody"])
def test_esketamine_never_stands_without_the_limit_of_its_label(insurer: str) -> None:
    infusion, spray = shown(insurer=insurer).compared
    assert infusion.limit is None
    assert spray.limit is not None
    assert spray.limit.text == told_by_guide.fact(LIMIT).text.en
    read = unfolded(part("_side_by_side", compared=(infusion, spray)))
    assert "Esketamine was not shown to prevent suicide" in read


def test_what_differs_for_the_patient_comes_with_its_source() -> None:
    infusion, spray = shown(insurer="bcbs-ma").compared
    read = words(part("_side_by_side", compared=(infusion, spray)))
    assert "is off-label" in read
    assert "often advertised at $400 to $800" in read
    assert "given only at a certified site" in read
    assert "stay for at least two hours" in read
    for one in (infusion, spray):
        titles = [title for title, _ in one.differences]
        assert titles == [
            "What the FDA approved",
            "Where and how it is given",
            "What it costs without coverage",
        ]
        assert all(fact.sources and fact.grade for _, fact in one.differences)


def test_every_difference_is_a_fact_of_the_guide() -> None:
    named = {LIMIT} | {name for names in DIFFERENCES.values() for name in names}
    assert named <= told_by_guide.facts().keys()


# What next


def test_every_verdict_leads_to_pages_of_the_guide() -> None:
    assert PAGES.keys() == {*Verdict, None}
    assert {slug for slugs in PAGES.values() for slug in slugs} <= told_by_guide.pages().keys()
    assert all("people-who-help" in slugs for slugs in PAGES.values())
    refused = (Verdict.NOT_COVERED, Verdict.DOES_NOT_MEET)
    assert all("appeals" in PAGES[verdict] for verdict in refused)


def test_what_is_to_find_out_has_a_box_to_tick_for_each_point() -> None:
    groups = carefirst(scores=[make_score(origin="self_completed")]).to_do
    items = [item for group in groups for item in group.items]
    markup = part("_to_do", groups=groups)
    assert markup.count("to-do__box") == len(items)
    assert all(item.text in words(markup) for item in items)


def test_what_two_documents_want_stands_once_with_both() -> None:
    criteria = fact("rems_certified_site", equals=True)
    two = make_catalogue(
        *(
            make_document(make_edition(make_position(criteria=criteria)), slug=slug, number=slug)
            for slug in ("one", "two")
        )
    )
    answer = shown(two)
    markup = part("_to_do", groups=answer.to_do)
    read = words(markup)
    assert markup.count("<p>Is the clinic certified for Spravato") == 1
    # Whoever knows it answers it from here.
    assert markup.count('value="change.rems_certified_site"') == 1
    assert "Asked by 2 documents: Acme, one; Acme, two" in read
