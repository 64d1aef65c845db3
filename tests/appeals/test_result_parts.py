"""The parts of the page after a denial, each by an example."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from appeals.denial import Notice
from appeals.denied import Contact
from appeals.law.stages import Service
from appeals.law.state_reviews import state_reviews
from appeals.presenting import present_denied
from policies.situation import Treatment
from tests.appeals.denied_cases import ON, make_case
from tests.appeals.result_pages import page_of, text_of

CUT = Notice(notice_on=ON - dt.timedelta(days=3), action_on=dt.date(2026, 12, 9))
LAST_TODAY = Notice(notice_on=ON - dt.timedelta(days=60))


def test_what_is_not_counted_says_so_and_names_the_office_to_ask() -> None:
    case = make_case("insured_job", answers="internal_1", state="MI")
    text = text_of(page_of(case))
    assert "We could not check how long you have. File as soon as you can." in text
    assert "Michigan Department of Insurance and Financial Services" in text
    assert "Some sources say as little as 60 days: to confirm." in text


def test_codes_are_hints_and_old_ones_are_not_printed() -> None:
    page = page_of(make_case())
    text = text_of(page)
    assert "A code alone never settles a reason." in text
    assert "This takes off what the contract does not pay. It is no denial." in text
    assert "<dt>48</dt>" not in page


def test_what_binds_only_one_of_two_kinds_of_plan_says_so() -> None:
    case = make_case("insured_or_self_funded_job", state="OH")
    text = text_of(page_of(case))
    assert "If it is this kind: A private job's plan whose claims the employer pays" in text
    assert "It fits one of the two kinds of plan only. Find out first which." in text
    assert case.outcome.do_first in text


def test_a_text_for_the_first_appeal_does_not_stand_with_a_later_notice() -> None:
    case = make_case("insured_or_self_funded_job", answers="internal_1")
    assert case.outcome.do_first not in text_of(page_of(case))


@pytest.mark.parametrize(
    ("plan", "reason", "treatment", "fits", "never"),
    [
        pytest.param(
            "self_funded_job",
            "step_therapy",
            Treatment.IV_KETAMINE,
            "Treatments tried",
            "The state's law on step therapy",
            id="no law of a state for a self-funded plan",
        ),
        pytest.param(
            "insured_job",
            "step_therapy",
            Treatment.IV_KETAMINE,
            "The state's law on step therapy",
            "",
            id="the law of Ohio for a plan sold there",
        ),
        pytest.param(
            "self_funded_job",
            "experimental_investigational",
            Treatment.IV_KETAMINE,
            "Published evidence",
            "The use is on the label",
            id="infused ketamine is on no label",
        ),
        pytest.param(
            "original_medicare",
            "experimental_investigational",
            Treatment.IV_KETAMINE,
            "Medicare may accept a use that is not on the label",
            "The same limits for mental health care",
            id="no parity law in Original Medicare",
        ),
    ],
)
def test_an_argument_stands_with_those_that_fit_or_with_those_that_never_do(
    plan: str, reason: str, treatment: Treatment, fits: str, never: str
) -> None:
    view = present_denied(make_case(plan, reasons=(reason,), treatment=treatment))
    (shown,) = view.reasons.reasons
    may_fit = {one.name for one in shown.arguments}
    never_fit = {one.name for one in shown.never_arguments}
    assert fits in may_fit
    assert not may_fit & never_fit
    assert not never or never in never_fit


def test_no_office_is_paired_with_the_phone_of_another() -> None:
    for state, review in state_reviews().items():
        text = text_of(page_of(make_case("insured_job", answers="internal_1", state=state)))
        for one in review.agencies:
            assert one.name in text
            assert not one.phone or re.search(
                rf"{re.escape(one.name)}[^,]*Phone {re.escape(one.phone)}", text
            )


@pytest.mark.parametrize(
    ("plan", "helped_by", "not_by"),
    [
        ("self_funded_job", ("(EBSA)", "HR where you work"), ("SHIP",)),
        ("insured_job", ("(EBSA)", "Ohio Department of Insurance"), ("SHIP", "HR where you work")),
        ("church", ("Legal aid",), ("Benefits advisors",)),
        ("government", ("HR where you work",), ("Benefits advisors",)),
        ("grandfathered_bought", ("Legal aid",), ("Benefits advisors",)),
        ("medicare_drug", ("SHIP",), ("Benefits advisors",)),
        ("medicare_unknown", ("SHIP",), ("Benefits advisors",)),
        ("va", ("Legal aid",), ("Benefits advisors", "SHIP")),
    ],
)
def test_those_are_named_who_help_with_such_a_plan(
    plan: str, helped_by: tuple[str, ...], not_by: tuple[str, ...]
) -> None:
    text = text_of(page_of(make_case(plan)).partition('id="who-helps"')[2].partition("</sect")[0])
    assert "This is legal information, not advice." in text
    for one in helped_by:
        assert one in text
    for one in not_by:
        assert one not in text


def test_what_was_read_long_ago_asks_to_be_read_again() -> None:
    later = ON.replace(year=ON.year + 1)
    assert "more than a year ago" not in text_of(page_of(make_case()))
    case = make_case(notice=Notice(notice_on=later - dt.timedelta(days=9)), on=later)
    assert "We read this more than a year ago: check it again." in text_of(page_of(case))


def test_a_day_that_has_come_puts_filing_first() -> None:
    things = present_denied(make_case("medicare_drug", notice=LAST_TODAY)).first_things
    assert things[0].text == "Ask for a redetermination today: November 25, 2026 is the last day."


def test_care_that_is_cut_is_kept_by_a_day_among_the_first_things() -> None:
    case = make_case("medicaid_plan", notice=CUT, service=Service.CONCURRENT)
    keep = "Ask by December 2, 2026 that the care you already get goes on, and appeal by that day."
    view = present_denied(case)
    assert view.first.headline == keep
    assert view.first.then.startswith("The appeal itself has until ")
    assert view.first_things[0].text == keep


def test_a_safe_day_that_has_passed_is_not_all_before_the_cut() -> None:
    late = Notice(notice_on=ON - dt.timedelta(days=12), action_on=ON + dt.timedelta(days=9))
    view = present_denied(make_case("medicaid_plan", notice=late, service=Service.CONCURRENT))
    assert view.first.then.startswith("Ask today that your care goes on.")


def test_harm_from_waiting_is_the_clinicians_to_judge() -> None:
    (first, *_others) = present_denied(make_case()).first_things
    assert first.text == "Ask a clinician who treats you whether waiting would do harm."


def test_the_address_on_the_notice_stands_with_the_filing() -> None:
    contact = Contact(address="Sample Appeals Unit\nSample Street 1", phone="800-555-0142")
    text = text_of(page_of(make_case(contact=contact)))
    assert "To: Sample Appeals Unit, Sample Street 1" in text
    assert "Phone 800-555-0142" in text


def test_the_dates_can_be_saved_where_there_are_any() -> None:
    assert "Save the dates (.ics)" in page_of(make_case())
    assert "Save the dates (.ics)" not in page_of(make_case("va"))


def test_the_certification_is_explained_and_nothing_in_it_is_marked() -> None:
    case = make_case("insured_job", state="IA", treatment=Treatment.IV_KETAMINE)
    page = page_of(case)
    assert "Only what is true is marked, and the clinician signs it." in text_of(page)
    assert "checked" not in page
    assert 'type="checkbox"' not in page


def test_a_day_that_is_safe_under_any_plan_is_counted_in_words() -> None:
    text = text_of(page_of(make_case("medicare_unknown")))
    assert (
        "Counted from the date on the notice, October 30, 2026: 60 days end on December 29, 2026."
        in text
    )
    assert "What answers a reason depends on the kind of plan." in text


def test_without_a_reason_the_page_says_what_to_ask_for() -> None:
    text = text_of(page_of(make_case(reasons=())))
    assert "Ask the plan in writing for the exact reason" in text


def test_where_the_kind_of_request_is_not_told_every_time_to_decide_is_shown() -> None:
    (route,) = present_denied(make_case("medicare_advantage")).routes
    step = next(one for one in route.steps if one.name.startswith("Level 1"))
    times = next(one.texts for one in step.rows if one.label == "How long they have to answer")
    part_b = "for a drug under Part B (one that a clinic buys and gives you)"
    assert f"Ordinary way: 7 days {part_b}." in times
    assert "Ordinary way: 30 days before treatment." in times
    assert "Fast way: 72 hours." in times


def test_care_that_is_cut_under_a_plan_without_a_rule_is_asked_for_before_the_cut() -> None:
    cut = Notice(notice_on=ON - dt.timedelta(days=10), action_on=ON + dt.timedelta(days=6))
    view = present_denied(make_case("insured_job", notice=cut, state="WA"))
    assert view.first.then.startswith("Before December 1, 2026, when care is cut, ask by phone")
    assert any("it must go on covering it" in one for one in view.first_things[0].details)


def test_harm_that_was_ruled_out_is_not_asked_after() -> None:
    case = make_case()
    told = replace(case, denial=replace(case.denial, is_harm_ruled_out=True))
    assert not any("waiting" in one.text for one in present_denied(told).first_things)


def test_no_call_between_doctors_is_advised_where_no_doctor_judged() -> None:
    papers = present_denied(make_case(reasons=("rems_or_provider_not_certified",)))
    assert not any("peer-to-peer" in one.text for one in papers.first_things)
    assert papers.reasons.reasons[0].answers


def test_a_later_step_says_how_long_one_will_have() -> None:
    (route,) = present_denied(make_case()).routes
    later = next(one for one in route.steps if one.name.startswith("Outside review"))
    rows = {row.label: row.texts for row in later.rows}
    assert rows["How long you will have"][0].startswith("4 months, from ")


def test_a_state_that_lets_one_go_straight_outside_says_so_first() -> None:
    told = present_denied(make_case("bought", state="CA"))
    assert any("straight to the state's outside review" in one.text for one in told.first_things)
