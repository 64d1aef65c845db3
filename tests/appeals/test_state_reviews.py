"""The states' external reviews: what was read, what was not, and what nobody may count from."""

import re

import pytest

from appeals.law.spans import Span, Start, Unit, span_of
from appeals.law.state_reviews import (
    Process,
    StateReview,
    read_state_reviews,
    state_review,
    state_reviews,
)
from policies import terms
from policies.catalogue.fields import URL
from policies.faults import InputError
from policies.guide.grades import Grade
from tests.policies.reading_level import school_years

EIGHTH_GRADE = 8
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
# The shortest length that a span can have, in days.
FEWEST_DAYS = {Unit.DAYS: 1, Unit.MONTHS: 30}

VERIFIED = {
    "CA": ("6 months", Start.UNKNOWN),
    "IA": ("4 months", Start.RECEIPT),
    "IL": ("4 months", Start.NOTICE),
    "IN": ("120 days", Start.UNKNOWN),
    "KS": ("120 days", Start.RECEIPT),
    "MA": ("4 months", Start.RECEIPT),
    "NC": ("120 days", Start.NOTICE),
    "NJ": ("4 months", Start.RECEIPT),
    "NV": ("4 months", Start.RECEIPT),
    "NY": ("4 months", Start.UNKNOWN),
    "OH": ("180 days", Start.NOTICE),
    "OR": ("180 days", Start.UNKNOWN),
    "PA": ("4 months", Start.RECEIPT),
    "SD": ("4 months", Start.UNKNOWN),
    "TN": ("6 months", Start.RECEIPT),
    "TX": ("", Start.UNKNOWN),
    "UT": ("180 days", Start.RECEIPT),
    "VA": ("120 days", Start.RECEIPT),
    "WA": ("180 days", Start.UNKNOWN),
    "WY": ("120 days", Start.RECEIPT),
}
NOT_VERIFIED_LIMITS = {
    "AL": "4 months",
    "AZ": "4 months",
    "CO": "4 months",
    "CT": "120 days",
    "FL": "4 months",
    "LA": "4 months",
    "MD": "4 months",
    "MN": "6 months",
    "OK": "4 months",
    "WI": "120 days",
}
TO_CONFIRM = {
    "GA": "120 days",
    "KY": "60 days",
    "MI": "60 days",
    "MN": "4 months",
    "MO": "4 months",
    "SC": "60 days",
    "TX": "4 months",
    "WA": "120 days",
}
NOTHING_READ = {"AR", "DC", "DE", "HI", "ID", "ME", "ND", "NE", "NH", "NM", "RI", "VT", "WV"}
PRINTED_PHONES = {
    "IL": "866-445-5364",
    "NC": "855-408-1212",
    "NJ": "888-393-1062",
    "PA": "877-881-6388",
    "UT": "801-538-3077",
}

every_state = pytest.mark.parametrize("review", state_reviews().values(), ids=state_reviews())


def texts(review: StateReview) -> list[str]:
    """All that a reader is told in sentences."""
    told = (
        review.starts_words,
        review.goes_to,
        review.to_confirm_words,
        review.expedited,
        review.decision,
        review.fee,
        review.edition,
        review.exhaustion,
        review.experimental,
        review.conflict,
        *review.notes,
        *(agency.role for agency in review.agencies),
    )
    return [text for text in told if text]


def days(span: Span) -> int:
    return span.amount * FEWEST_DAYS[span.unit]


# What the record holds


def test_every_state_and_dc_has_its_record_and_no_territory_has_one() -> None:
    assert set(state_reviews()) == set(terms.states()) - TERRITORIES
    assert len(state_reviews()) == 51
    assert all(state_review(letters) is None for letters in (*TERRITORIES, "XX", ""))


def test_exactly_these_states_are_verified() -> None:
    assert {one.state for one in state_reviews().values() if one.is_verified} == set(VERIFIED)


@pytest.mark.parametrize("letters", VERIFIED)
def test_a_verified_state_has_the_limit_and_the_start_that_were_read(letters: str) -> None:
    limit, starts = VERIFIED[letters]
    review = state_reviews()[letters]
    assert review.computable == review.limit == span_of(limit)
    assert review.starts is starts
    assert review.grade is Grade.SOURCE
    assert review.process is Process.STATE


@every_state
def test_nothing_is_counted_from_what_was_not_verified(review: StateReview) -> None:
    if review.state not in VERIFIED:
        assert review.computable is None
        assert review.limit == span_of(NOT_VERIFIED_LIMITS.get(review.state, ""))
        assert review.grade in (Grade.SECOND_HAND, Grade.TO_CONFIRM)


def test_only_texas_was_read_and_prints_no_limit() -> None:
    assert [one.state for one in state_reviews().values() if one.is_read_without_limit] == ["TX"]
    assert "no time limit is printed there. File at once." in state_reviews()["TX"].starts_words


@every_state
def test_the_shortest_time_of_any_source_is_the_one_to_confirm(review: StateReview) -> None:
    assert review.to_confirm == span_of(TO_CONFIRM.get(review.state, ""))


@every_state
def test_what_is_to_confirm_is_never_longer_than_the_limit(review: StateReview) -> None:
    for shorter in (review.to_confirm, review.second_level_to_confirm):
        if shorter and review.limit:
            assert days(shorter) <= days(review.limit)


def test_after_a_second_level_colorado_may_give_sixty_days() -> None:
    shorter = {one.state: one.second_level_to_confirm for one in state_reviews().values()}
    assert {state: one for state, one in shorter.items() if one} == {"CO": span_of("60 days")}


def test_urgent_requests_in_michigan_and_south_carolina_have_times_to_confirm() -> None:
    times = {one.state: one.expedited_to_confirm for one in state_reviews().values()}
    found = {state: one for state, one in times.items() if one}
    assert found == {"MI": span_of("10 days"), "SC": span_of("15 days")}


def test_in_new_york_and_virginia_the_request_must_have_come_in() -> None:
    assert [one.state for one in state_reviews().values() if one.must_arrive] == ["NY", "VA"]


def test_the_federal_process_runs_in_two_states_and_one_is_in_conflict() -> None:
    found = {one.state: one.process for one in state_reviews().values()}
    assert {state for state, one in found.items() if one is Process.FEDERAL} == {"AL", "FL"}
    assert {state for state, one in found.items() if one is Process.CONFLICT} == {"MS"}
    assert {state for state, one in found.items() if one is Process.UNKNOWN} == NOTHING_READ
    assert {one.state for one in state_reviews().values() if one.grade is Grade.TO_CONFIRM} == (
        NOTHING_READ
    )


# Whom to ask


def test_only_phones_that_an_official_page_or_rule_prints_are_given() -> None:
    found = {
        review.state: agency.phone
        for review in state_reviews().values()
        for agency in review.agencies
        if agency.phone
    }
    assert found == PRINTED_PHONES


def test_neither_agency_of_california_is_shown_with_the_others_page() -> None:
    managed_care, insurance = state_reviews()["CA"].agencies
    assert managed_care.name == "Department of Managed Health Care"
    assert "dmhc.ca.gov" in managed_care.home
    assert insurance.home == "https://www.insurance.ca.gov/"
    assert managed_care.role != insurance.role


def test_massachusetts_sends_to_the_office_of_patient_protection() -> None:
    (office,) = state_reviews()["MA"].agencies
    assert office.name.endswith("Office of Patient Protection")
    assert "division-of-insurance" not in office.home


@every_state
def test_every_state_names_whom_to_ask_and_where_to_find_one_of_them(review: StateReview) -> None:
    assert any(agency.home for agency in review.agencies)


@every_state
def test_every_address_is_whole(review: StateReview) -> None:
    homes = [agency.home for agency in review.agencies if agency.home]
    assert all(URL.fullmatch(address) for address in (*review.urls, *homes))
    assert len(set(review.urls)) == len(review.urls)


@every_state
def test_what_was_read_has_an_address(review: StateReview) -> None:
    assert bool(review.urls) == (review.grade is not Grade.TO_CONFIRM)


# The words


@every_state
def test_a_patient_can_read_it(review: StateReview) -> None:
    if texts(review):
        assert school_years(texts(review)) <= EIGHTH_GRADE


@every_state
def test_each_text_is_whole_sentences_and_calm(review: StateReview) -> None:
    roles = {agency.role for agency in review.agencies}
    for text in texts(review):
        assert "!" not in text
        assert text in roles or re.search(r"[.)]\Z", text)


@every_state
def test_the_words_name_the_time_that_is_to_confirm(review: StateReview) -> None:
    names = {60: "60 days", 120: "120 days", 4: "four months"}
    for shorter in (review.to_confirm, review.second_level_to_confirm):
        if shorter:
            assert names[shorter.amount] in review.to_confirm_words


# The file

RECORD = {
    "process": "state",
    "agencies": [{"name": "Sample Department", "home": "https://example.org/"}],
    "limit": "4 months",
    "starts_words": "The time runs from the denial.",
    "is_verified": True,
    "grade": "source",
}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param({"limit": "soon"}, "limit: 'soon' is not a time", id="no length of time"),
        pytest.param({"grade": "second_hand"}, "is_verified: nothing graded second_hand", id="C"),
        pytest.param({"grade": "to_confirm"}, "is_verified: nothing graded to_confirm", id="null"),
        pytest.param({"agencies": []}, "agencies: missing: name the agency", id="nobody to ask"),
        pytest.param(
            {"agencies": [{"name": "One"}, {"name": "Two"}]},
            "agencies: give each of several agencies its role",
            id="two agencies that nothing tells apart",
        ),
        pytest.param({"starts_words": None}, "starts_words: missing", id="a limit from nowhere"),
        pytest.param({"to_confirm": "60 days"}, "to_confirm_words: missing", id="who says so"),
        pytest.param({"urls": ["example"]}, "urls[0]: 'example' is not an address", id="address"),
        pytest.param({"phone": "555"}, "phone: there is no such field", id="unknown field"),
    ],
)
def test_a_faulty_record_is_named_with_its_place(changed: dict[str, object], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        read_state_reviews({"read_on": "2026-11-23", "states": {"OH": RECORD | changed}})
    assert f"states.OH.{fault}" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param({"states": {"OH": RECORD}}, "read_on: missing", id="nobody says when"),
        pytest.param(
            {"read_on": "2026-11-23", "states": {"XX": RECORD}}, "states.XX: there is no", id="XX"
        ),
        pytest.param({"read_on": "2026-11-23"}, "states: expected an object", id="no states"),
    ],
)
def test_a_faulty_file_is_named_with_its_place(data: dict[str, object], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        read_state_reviews(data)
    assert fault in str(caught.value)
