"""The page after a denial, for every kind of plan: no day and no law that may not stand there."""

import datetime as dt
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from appeals.counting import last_day
from appeals.deadlines import Status
from appeals.denial import Notice
from appeals.denied import DeniedCase
from appeals.law.circumstances import Circumstances
from appeals.law.files import DATA
from appeals.law.rights import Wording, rights, rights_for
from appeals.law.spans import Span, Unit
from appeals.law.state_reviews import state_reviews
from appeals.law.step_therapy import laws
from appeals.presenting import present_denied
from appeals.presenting.circumstances import circumstances_of
from appeals.routes import RouteStage
from policies.guide.facts import people_who_help
from policies.wording.dates import date
from tests.appeals.denied_cases import NOT_KNOWN, NOTICE_ON, ON, PLANS, make_case
from tests.appeals.result_pages import page_of, text_of

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"(?:{MONTHS}) \d{{1,2}}, \d{{4}}")
# Verified, verified without a limit, not verified, in conflict, federal, with two offices, unknown.
STATES = ("OH", "NY", "TX", "MI", "KY", "WA", "CA", "AL", NOT_KNOWN)
NO_STATE_LAW = (
    "self_funded_job", "original_medicare", "medicare_advantage", "medicare_drug", "tricare", "va",
    "federal", "medicaid_plan", "medicaid_state",
)  # fmt: skip
NOTICES = {
    "open": Notice(notice_on=NOTICE_ON),
    "late": Notice(notice_on=dt.date(2025, 3, 7)),
    "today": Notice(notice_on=ON - dt.timedelta(days=60)),
    "no date": Notice(),
    "printed earlier": Notice(notice_on=NOTICE_ON, printed_on=dt.date(2026, 12, 11)),
    "printed later": Notice(notice_on=NOTICE_ON, printed_on=dt.date(2028, 2, 9)),
    "received": Notice(notice_on=NOTICE_ON, received_on=dt.date(2026, 11, 6)),
    "care is cut": Notice(notice_on=ON - dt.timedelta(days=3), action_on=dt.date(2026, 12, 9)),
}


def every_case(
    notice: Notice | None = None, states: Sequence[str] = STATES
) -> Iterator[DeniedCase]:
    """Each kind of plan, each step a notice can answer, in several states where that matters."""
    for plan, (told, steps) in PLANS.items():
        for answers in steps:
            for state in states if "?" in told.values() else states[:1]:
                yield make_case(plan, answers=answers, state=state, notice=notice)


def open_steps(case: DeniedCase) -> Iterator[RouteStage]:
    for route in case.routes:
        yield from route.open_now


def days_of(case: DeniedCase) -> set[str]:
    """The days that the case itself holds."""
    notice = case.denial.notice
    days = {case.on, case.safe_on, notice.notice_on, notice.received_on, notice.printed_on}
    days |= {notice.first_final_on, notice.action_on, notice.asked_on}
    for step in open_steps(case):
        days.add(step.keep_services_by)
        if step.deadline is not None:
            one = step.deadline
            days |= {one.headline_on, one.safe_on, one.outside_on, one.rule_on, one.no_later_than}
    return {date(day) for day in days if day is not None}


@cache
def data_texts() -> tuple[str, ...]:
    """Every text of the law's data, the longest first."""
    found: set[str] = set()

    def gather(data: Any) -> None:
        if isinstance(data, Mapping):
            for one in data.values():
                gather(one)
        elif isinstance(data, list):
            for one in data:
                gather(one)
        elif isinstance(data, str):
            found.add(" ".join(data.split()))

    for file in Path(DATA).glob("**/*.yaml"):
        gather(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
    found |= {text for one in people_who_help() for text in (one.how.en, one.for_whom.en)}
    return tuple(sorted(found, key=len, reverse=True))


@cache
def days_in_data() -> frozenset[str]:
    """The days that texts of the data name, and those on which something was read."""
    written = "\n".join(one.read_text("utf-8") for one in Path(DATA).glob("**/*.yaml"))
    read_on = re.findall(r"read_on: (\d{4}-\d\d-\d\d)", written)
    named = {found for text in data_texts() for found in DAY.findall(text)}
    return frozenset(named | {date(dt.date.fromisoformat(one)) for one in read_on})


def own_words(text: str) -> str:
    """What is left of a page without the data's texts."""
    for one in data_texts():
        if len(one) > 20:
            text = text.replace(one, " ")
    return text


@pytest.mark.parametrize("name", NOTICES)
def test_every_day_on_the_page_is_a_day_of_the_case(name: str) -> None:
    # Every state with the plain notice; with each of the others a third of them, in turn.
    states = STATES if name == "open" else STATES[list(NOTICES).index(name) % 3 :: 3]
    for case in every_case(NOTICES[name], states):
        shown = set(DAY.findall(text_of(page_of(case))))
        assert not shown - days_of(case) - days_in_data(), (case.outcome.id, case.denial.answers)


def test_no_figure_that_was_not_verified_becomes_a_day() -> None:
    checked = 0
    for case in every_case():
        text = text_of(page_of(case))
        for step in open_steps(case):
            if step.deadline is None or step.deadline.safe_on or step.deadline.no_later_than:
                continue
            spans: list[Span | None] = [step.stage.filing.limit, step.deadline.to_confirm]
            if step.review is not None:
                spans += [step.review.limit, step.review.to_confirm]
                spans.append(step.review.expedited_to_confirm)
            for span in spans:
                if span is not None and span.unit in (Unit.DAYS, Unit.MONTHS):
                    day = date(last_day(NOTICE_ON, span))
                    assert day in days_of(case) or day not in text, (case.outcome.id, span)
                    checked += 1
    assert checked > 50


@pytest.mark.parametrize("plan", NO_STATE_LAW)
@pytest.mark.parametrize("state", ["OH", "TX", "WA"])
def test_no_law_of_a_state_stands_where_none_binds(plan: str, state: str) -> None:
    case = make_case(plan, state=state)
    text = text_of(page_of(case))
    states = [one for review in state_reviews().values() for one in review.citation]
    states += [part.citation for law in laws().by_state.values() for part in law.parts]
    assert not [one for one in states if one in text]


@pytest.mark.parametrize("condition", ["depression", "crps"])
def test_no_rule_is_cited_for_a_right_that_does_not_hold(condition: str) -> None:
    for plan in PLANS:
        case = make_case(plan, condition=condition)
        held, others = cited_rights(circumstances_of(case))
        text = text_of(page_of(case).partition('id="can-ask"')[2].partition("</section>")[0])
        assert not [one for one in others - held if one in text]


def cited_rights(several: tuple[Circumstances, ...]) -> tuple[set[str], set[str]]:
    """What is cited for the rights that hold, and for all there are."""
    held = {
        citation for one in several for right in rights_for(one) for citation in right.citations
    }
    every = {citation for right in rights().values() for citation in right.citations}
    # A citation that is part of one that holds stands there rightly.
    return held, {one for one in every if not any(one in other for other in held)}


def test_the_parity_law_is_never_cited_for_pain() -> None:
    for plan in PLANS:
        text = text_of(page_of(make_case(plan, condition="crps")))
        assert "MHPAEA" not in text
        assert "29 CFR 2590.712" not in text


def test_must_is_said_only_of_what_was_read() -> None:
    for case in every_case():
        for heading, group in present_denied(case).rights:
            if heading.startswith("What a rule says"):
                texts = {one.text for one in group}
                for one in circumstances_of(case):
                    sure = {r.must for r in rights_for(one) if r.asks is Wording.MUST}
                    assert texts <= sure


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_is_promised_and_nobody_is_told_to_say_more_than_is_so(plan: str) -> None:
    for answers in PLANS[plan][1]:
        text = text_of(page_of(make_case(plan, answers=answers)))
        assert "!" not in text
        words = own_words(text).lower()
        for one in ("approved", "guarantee", "chance", "will win", "you should say", "worse"):
            assert one not in words


def test_the_drawing_is_sound_and_says_the_same_as_the_list() -> None:
    for case in every_case():
        page = page_of(case)
        for drawing in re.findall(r"<svg class=\"timeline.*?</svg>", page, re.DOTALL):
            tree = ET.fromstring(drawing)  # noqa: S314 -- it is our own page
            told = " ".join("".join(tree.itertext()).split())
            assert f"Today, {date(ON)}" in told
            assert not re.search(r"\d,\d", str(tree.attrib))
        for route in case.routes:
            for step in route.open_now:
                assert html.escape(step.stage.name, quote=False).replace("'", "&#x27;") in page


def test_what_to_do_first_is_short_and_ends_with_the_step_to_take() -> None:
    for case in every_case():
        things = present_denied(case).first_things
        assert 1 <= len(things) <= 5, (case.outcome.id, case.denial.answers)


def test_status_of_every_kind_is_walked() -> None:
    found = {
        step.deadline.status
        for notice in (None, Notice())
        for case in every_case(notice)
        for step in open_steps(case)
        if step.deadline is not None
    }
    # The fast way of TRICARE alone has a time that nobody counts, and its page counts the ordinary.
    assert found == set(Status) - {Status.FAST_NOT_COUNTED}
