"""The worked cases of a draft: kept, withdrawn, run, and asked for before anyone else reads it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import ProgrammingError

from policies.catalogue import CoveragePosition, EditionStatus
from policies.criteria import FactCriterion, Node
from policies.models import PolicyEvent, PolicyVersion, WorkedCase
from policies.mutations.undecided import cases_on, is_noticed, mistakes
from policies.obstacles import obstacles
from policies.proofs import current_rows, proof_of
from policies.proving import CaseNameError, keep_case, take_along, withdraw_case
from policies.publishing import InReviewError, begin_draft, publish_version, save_draft
from policies.reviewing import submit_draft
from policies.worked_cases import look_at
from policies.worked_cases.turning import gone_lines, turned_lines
from tests.coverage_site.signing_in import make_person
from tests.factories import (
    ADULT,
    SEVERE,
    all_of,
    any_of,
    fact,
    make_document,
    make_edition,
    make_position,
    none_of,
)
from tests.policies.casework import THREE, keep_three, make_case, read_case
from tests.policies.reviewed import acme_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_person("anna")


@pytest.fixture
def draft(anna: User) -> PolicyVersion:
    return save_draft(acme_policy(), make_edition(make_position()), by=anna)


def names(version: PolicyVersion) -> list[str]:
    return [row.name for row in current_rows(version)]


def content_of(row: WorkedCase) -> Any:
    return row.content


def test_a_case_is_kept_with_an_event_that_names_it(draft: PolicyVersion, anna: User) -> None:
    keep_case(draft, read_case(make_case()), by=anna)
    event = PolicyEvent.objects.filter(kind=PolicyEvent.Kind.CASES).get()
    assert (event.by, list(event.changes)) == (anna, ["An adult"])
    assert names(draft) == ["An adult"]


def test_no_two_cases_of_a_policy_have_one_name(draft: PolicyVersion, anna: User) -> None:
    keep_case(draft, read_case(make_case()), by=anna)
    with pytest.raises(CaseNameError, match="its own name"):
        keep_case(draft, read_case(make_case(age=50)), by=anna)


def test_a_case_beside_a_draft_is_changed_in_its_place(draft: PolicyVersion, anna: User) -> None:
    keep_case(draft, read_case(make_case()), by=anna)
    keep_case(draft, read_case(make_case("Renamed", age=50)), by=anna, replacing="An adult")
    assert names(draft) == ["Renamed"]


def test_beside_what_is_published_a_changed_case_is_appended(
    draft: PolicyVersion, anna: User
) -> None:
    keep_three(draft, by=anna)
    published = publish_version(draft, by=None)
    following = begin_draft(published, by=anna)
    keep_case(following, read_case(make_case("18 years", age=19)), by=anna, replacing="18 years")
    withdraw_case(following, "17 years", by=anna)
    assert [
        content_of(row)["situation"]["answers"]["age"] for row in current_rows(published)[:2]
    ] == [
        18,
        17,
    ]
    assert sorted(names(following)) == ["18 years", "Age not known"]
    assert WorkedCase.objects.filter(name="18 years").count() == 2


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda draft, by: keep_case(draft, read_case(make_case()), by=by), id="keep"),
        pytest.param(lambda draft, by: withdraw_case(draft, "18 years", by=by), id="withdraw"),
        pytest.param(lambda draft, by: take_along(draft, ["18 years"], by=by), id="take along"),
    ],
)
def test_in_review_no_case_changes(
    draft: PolicyVersion, anna: User, write: Callable[[PolicyVersion, User], Any]
) -> None:
    keep_three(draft, by=anna)
    submit_draft(draft, by=anna)
    with pytest.raises(InReviewError):
        write(draft, anna)


def test_the_database_keeps_a_case_beside_what_is_published(
    draft: PolicyVersion, anna: User
) -> None:
    keep_three(draft, by=anna)
    publish_version(draft, by=None)
    with pytest.raises(ProgrammingError, match="appended"), transaction.atomic():
        WorkedCase.objects.filter(name="18 years").update(content=None)


def test_an_edition_with_criteria_wants_three_cases(draft: PolicyVersion, anna: User) -> None:
    wanted = "An edition with criteria has at least 3 worked cases, and this one has 2: compose 1"
    for number, data in enumerate(THREE, 1):
        keep_case(draft, read_case(data), by=anna)
        if number == 2:
            assert obstacles(draft) == [f"{wanted} more."]
            with pytest.raises(ValidationError, match="compose 1 more"):
                submit_draft(draft, by=anna)
    assert obstacles(draft) == []


@pytest.mark.parametrize(
    "edition",
    [
        pytest.param(make_edition(make_position(CoveragePosition.EXCLUDED)), id="no criteria"),
        pytest.param(
            make_edition(status=EditionStatus.WITHDRAWN, change_note="It is retired."), id="its end"
        ),
    ],
)
def test_an_edition_without_criteria_wants_no_cases(edition: Any, anna: User) -> None:
    assert obstacles(save_draft(acme_policy(), edition, by=anna)) == []


def test_cases_of_an_earlier_day_do_not_count_for_the_next_edition(
    draft: PolicyVersion, anna: User
) -> None:
    for data in THREE:
        keep_case(draft, read_case({**data, "on": "2026-02-01"}), by=anna)
    publish_version(draft, by=None)
    later = make_edition(make_position(), effective="2027-01-01")
    following = save_draft(draft.policy, later, by=anna)
    assert "this one has 0" in obstacles(following)[0]
    assert take_along(following, [one["name"] for one in THREE], by=anna) == 3
    assert obstacles(following) == []
    assert {content_of(row)["on"] for row in current_rows(following)} == {"30 days after effective"}


def test_a_case_that_turns_stops_a_draft_and_says_what_came_out(
    draft: PolicyVersion, anna: User
) -> None:
    keep_three(draft, by=anna)
    stricter = make_edition(make_position(criteria=replace(ADULT, min=19)))
    save_draft(draft.policy, stricter, by=anna, version=draft)
    assert obstacles(draft) == [
        "1 worked cases come out otherwise with this edition.",
        "18 years: verdict does_not_meet, wanted appears_to_qualify",
    ]


def test_a_case_that_names_what_is_gone_can_be_withdrawn(draft: PolicyVersion, anna: User) -> None:
    keep_three(draft, by=anna)
    row = current_rows(draft)[0]
    content_of(row)["situation"]["answers"]["no_such_fact"] = True
    with transaction.atomic():
        row.save()
        withdraw_case(draft, "17 years", by=anna)
    assert obstacles(draft)[-1] == "The case “18 years” can't be read: mend it or withdraw it."
    withdraw_case(draft, "18 years", by=anna)
    assert names(draft) == ["Age not known"]


# What turned a case

NO_DEMENTIA = FactCriterion(label="Dementia", fact="dementia", equals=True)


@pytest.mark.parametrize(
    ("before", "after", "answers", "deciding", "turned"),
    [
        pytest.param(
            all_of(ADULT, SEVERE),
            all_of(replace(ADULT, min=41), SEVERE),
            {"episode_severity": "severe"},
            ["18 years or older"],
            ["18 years or older"],
            id="a limit",
        ),
        pytest.param(
            all_of(ADULT),
            all_of(ADULT, SEVERE),
            {},
            ["A severe episode"],
            ["A severe episode"],
            id="a new line that nobody answered",
        ),
        pytest.param(
            all_of(ADULT, any_of(SEVERE, fact("dementia", equals=True))),
            all_of(ADULT, SEVERE),
            {"dementia": True, "episode_severity": "mild"},
            ["A severe episode"],
            ["All of the following"],
            id="a way that is gone",
        ),
        pytest.param(
            all_of(ADULT),
            all_of(ADULT, none_of(NO_DEMENTIA)),
            {"dementia": True},
            ["Dementia"],
            ["None of the following"],
            id="an exclusion",
        ),
    ],
)
def test_a_turned_case_names_the_line_that_decides_and_the_one_that_turned(
    before: Node, after: Node, answers: dict[str, Any], deciding: list[str], turned: list[str]
) -> None:
    data = make_case()
    data["situation"]["answers"] |= answers
    old = make_edition(make_position(criteria=before))
    new = make_edition(make_position(criteria=after), effective="2027-01-01")
    held = look_at(read_case(data), make_document(old))
    out = look_at(read_case(data), make_document(old, new))
    assert held.is_as_wanted
    assert [str(one).partition(" ")[0] for one in out.differences] == ["verdict"]
    assert [one.finding.node.label for one in out.deciding] == deciding
    assert [one.finding.node.label for one in turned_lines(out, old)] == turned
    gone = [one.finding.node.label for one in gone_lines(out, old)]
    assert gone == (["Any of the following"] if "All of the following" in turned else [])


def test_a_line_stands_where_the_data_form_has_it() -> None:
    tree = all_of(ADULT, any_of(SEVERE, fact("dementia", equals=True)))
    out = look_at(read_case(make_case()), make_document(make_edition(make_position(criteria=tree))))
    assert [one.place for one in out.lines] == [
        "positions[0].criteria",
        "positions[0].criteria.all_of[0]",
        "positions[0].criteria.all_of[1]",
        "positions[0].criteria.all_of[1].any_of[0]",
        "positions[0].criteria.all_of[1].any_of[1]",
    ]


def test_what_no_case_decides_is_named_by_its_line(draft: PolicyVersion, anna: User) -> None:
    tree = all_of(ADULT, SEVERE)
    save_draft(draft.policy, make_edition(make_position(criteria=tree)), by=anna, version=draft)
    for age, verdict in ((18, "appears_to_qualify"), (17, "does_not_meet")):
        severe = {"answers": {"age": age, "episode_severity": "severe"}}
        severe["answers"]["conditions"] = ["treatment_resistant_depression"]
        case = make_case(f"{age} years", verdict=verdict, situation=severe)
        keep_case(draft, read_case(case), by=anna)
    proof = proof_of(draft)
    assert proof
    cases = [out.case for _, out in proof.run]
    ready = list(cases_on(proof.edition, proof.document, cases))
    unnoticed = {
        (one.mutant.at, one.mutant.what)
        for one in mistakes(proof.edition)
        if not is_noticed(one, proof.edition, proof.document, ready)
    }
    assert unnoticed == {((1,), "dropped"), ((1,), "forced met")}
