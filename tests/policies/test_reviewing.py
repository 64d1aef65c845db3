"""Review: two people publish, nothing changes meanwhile, and what was said is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from policies.draft_states import TO_BE_SAID, working_of
from policies.drafting import begin_empty, keep_text, keep_working, undo
from policies.models import PolicyEvent, PolicyVersion, ReviewComment
from policies.outline import EDITION, lines_of
from policies.outline.parts import set_part
from policies.published import published_catalogue
from policies.publishing import (
    InReviewError,
    begin_draft,
    publish_draft,
    publish_version,
    save_draft,
)
from policies.reviewing import comment, send_back, settle, submit_draft, take_back
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.reviewed import acme_draft, acme_policy, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def paul() -> User:
    return make_person("paul", Role.PUBLISHER)


@pytest.fixture
def draft(anna: User) -> PolicyVersion:
    return acme_draft(anna)


def newest_kinds(number: int) -> list[str]:
    return list(PolicyEvent.objects.values_list("kind", flat=True)[:number])


def with_label(version: PolicyVersion, label: str) -> Any:
    working = working_of(version)
    line = next(lines_of(working))
    return set_part(working, line.key, {**line.fields, "label": label}, line.spanish)


def test_one_person_sends_to_review_and_another_publishes(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    with pytest.raises(ValidationError, match="Send it to review first"):
        publish_draft(draft, by=paul)
    submitted = submit_draft(draft, by=anna)
    assert (submitted.submitted_by, submitted.published_at) == (anna, None)
    published = held(publish_draft(draft, by=paul))
    assert (published.submitted_by, published.published_by) == (anna, paul)
    assert (published.published_at is None, published.is_published_alone) == (False, False)
    assert newest_kinds(2) == ["published", "submitted"]


def test_who_sent_it_to_review_does_not_publish_it(draft: PolicyVersion, paul: User) -> None:
    submit_draft(draft, by=paul)
    with pytest.raises(ValidationError, match="another person publishes it"):
        publish_draft(draft, by=paul)
    assert held(draft).published_at is None


@pytest.mark.parametrize("is_submitted", [True, False], ids=["by the same person", "by nobody"])
def test_the_database_too_wants_a_second_person(
    draft: PolicyVersion, paul: User, is_submitted: bool
) -> None:
    if is_submitted:
        submit_draft(draft, by=paul)
    rows = PolicyVersion.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        rows.update(published_at=timezone.now(), published_by=paul)


def test_where_a_setting_allows_it_one_person_publishes_and_the_history_says_so(
    draft: PolicyVersion, paul: User, settings: Settings
) -> None:
    settings.DESK_ONE_PERSON_MAY_PUBLISH = True
    submit_draft(draft, by=paul)
    published = publish_draft(draft, by=paul)
    assert published.is_published_alone
    event = PolicyEvent.objects.first()
    assert event
    assert event.what.endswith("sent to review and published by one person")


def test_with_that_setting_two_people_are_still_two(
    draft: PolicyVersion, anna: User, paul: User, settings: Settings
) -> None:
    settings.DESK_ONE_PERSON_MAY_PUBLISH = True
    submit_draft(draft, by=anna)
    assert not publish_draft(draft, by=paul).is_published_alone


def test_in_review_nothing_of_a_draft_changes(draft: PolicyVersion, anna: User, paul: User) -> None:
    edition = draft.edition()
    keep_working(draft, with_label(draft, "An adult"), based_on=0, by=anna, what="x")
    submit_draft(draft, by=anna)
    before = PolicyVersion.objects.filter(pk=draft.pk).values().get()
    writes: tuple[Callable[[], object], ...] = (
        lambda: keep_working(draft, with_label(draft, "Other"), based_on=1, by=anna, what="x"),
        lambda: undo(draft, based_on=1, by=anna),
        lambda: keep_text(draft, edition, based_on=1, by=anna),
        lambda: save_draft(draft.policy, edition, by=paul, version=held(draft)),
        lambda: publish_version(draft, by=None),
    )
    for write in writes:
        with pytest.raises(InReviewError, match="Take it back first"):
            write()
    with pytest.raises(ValidationError, match="in review already"):
        submit_draft(draft, by=paul)
    for column, value in {"positions": [], "change_note": "x", "effective": "2027"}.items():
        with pytest.raises(DatabaseError), transaction.atomic():
            PolicyVersion.objects.filter(pk=draft.pk).update(**{column: value})
    assert PolicyVersion.objects.filter(pk=draft.pk).values().get() == before


def test_what_was_published_is_frozen_with_all_that_led_to_it(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    remark = comment(draft, by=paul, text="Is it 18?")
    settle(remark, by=anna)
    submit_draft(draft, by=anna)
    publish_draft(draft, by=paul)
    before = PolicyVersion.objects.filter(pk=draft.pk).values().get()
    for column in ("submitted_at", "submitted_by", "is_published_alone", "positions", "counter"):
        value: object = {"is_published_alone": True, "positions": [], "counter": 9}.get(column)
        with pytest.raises(DatabaseError), transaction.atomic():
            PolicyVersion.objects.filter(pk=draft.pk).update(**{column: value})
    writes: tuple[Callable[[], object], ...] = (
        lambda: take_back(draft, by=anna),
        lambda: send_back(draft, by=paul, reason="Too late."),
        lambda: submit_draft(draft, by=anna),
        lambda: comment(draft, by=anna, text="Too late."),
        lambda: publish_draft(draft, by=paul),
    )
    for write in writes:
        with pytest.raises(ValidationError, match="published already"):
            write()
    assert PolicyVersion.objects.filter(pk=draft.pk).values().get() == before


def test_an_editor_takes_back_what_that_editor_sent_and_nobody_else_does(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    with pytest.raises(ValidationError, match="is not in review"):
        take_back(draft, by=anna)
    submit_draft(draft, by=anna)
    with pytest.raises(ValidationError, match="Only anna can take it back"):
        take_back(draft, by=paul)
    taken = held(take_back(draft, by=anna))
    assert (taken.submitted_at, taken.submitted_by) == (None, None)
    keep_working(draft, with_label(draft, "An adult"), based_on=0, by=anna, what="x")
    assert newest_kinds(3) == ["written", "taken_back", "submitted"]


def test_what_is_sent_back_has_a_reason_and_is_submitted_again(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    with pytest.raises(ValidationError, match="is not in review"):
        send_back(draft, by=paul, reason="The age is wrong.")
    submit_draft(draft, by=anna)
    for empty in ("", " \n "):
        with pytest.raises(ValidationError, match="Say why"):
            send_back(draft, by=paul, reason=empty)
    sent = send_back(draft, by=paul, reason="The age is wrong.")
    assert held(sent).submitted_at is None
    reason = ReviewComment.objects.get()
    assert (reason.kind, reason.text, reason.by) == ("sent_back", "The age is wrong.", paul)
    keep_working(draft, with_label(draft, "An adult"), based_on=0, by=anna, what="x")
    with pytest.raises(ValidationError, match="Send it to review first"):
        publish_draft(draft, by=paul)
    settle(reason, by=anna)
    submit_draft(draft, by=anna)
    assert publish_draft(draft, by=paul).published_by == paul
    event = PolicyEvent.objects.filter(kind="sent_back").get()
    assert (event.changes, event.by) == ({"reason": [None, "The age is wrong."]}, paul)


def test_a_comment_stands_at_its_line_and_is_settled_by_who_dealt_with_it(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    line = next(lines_of(working_of(draft)))
    first = comment(draft, by=paul, text=" Is it 18 or 21? ", key=line.key)
    assert (first.key, first.line, first.text) == (
        line.key,
        "“18 years or older”",
        "Is it 18 or 21?",
    )
    comment(draft, by=anna, text="18, as section 2 says.", key=line.key)
    settled = settle(first, by=anna)
    assert (settled.settled_by, settled.settled_at is None) == (anna, False)
    assert settle(settled, by=paul).settled_by == anna
    assert newest_kinds(3) == ["commented", "commented", "commented"]
    whole = comment(draft, by=paul, text="A date is missing.", key=EDITION)
    assert whole.line == "the edition's dates and notes"
    for text, key, fault in (
        ("", "", "Write what you have to say"),
        ("x" * 2001, "", "2000"),
        ("Hm.", "gone", "no longer there"),
    ):
        with pytest.raises(ValidationError, match=fault):
            comment(draft, by=paul, text=text, key=key)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewComment.objects.filter(pk=first.pk).update(text="Another text.")


def test_while_a_comment_is_open_nothing_is_published(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    remark = comment(draft, by=paul, text="Is it 18?")
    submit_draft(draft, by=anna)
    with pytest.raises(ValidationError, match="1 comment is open"):
        publish_draft(draft, by=paul)
    settle(remark, by=paul)
    publish_draft(draft, by=paul)


def test_what_could_not_be_published_is_not_submitted_either(anna: User) -> None:
    policy = acme_policy()
    empty = begin_empty(policy, by=anna)
    with pytest.raises(ValidationError, match="Say what was read"):
        submit_draft(empty, by=anna)
    published = publish_version(acme_draft(anna, policy=policy), by=None)
    revision = begin_draft(published, by=anna)
    assert revision.change_note == TO_BE_SAID
    with pytest.raises(ValidationError, match="Say what this revision changes"):
        submit_draft(revision, by=anna)


def test_what_came_in_the_way_during_review_is_asked_again_at_publication(
    anna: User, paul: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = submit_draft(acme_draft(anna), by=anna)
    monkeypatch.setattr("policies.publishing.obstacles", lambda _draft: ["A case turned."])
    with pytest.raises(ValidationError, match="A case turned"):
        publish_draft(draft, by=paul)


def test_what_patients_see_is_not_read_anew_for_a_review(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    before = published_catalogue()
    submit_draft(draft, by=anna)
    comment(draft, by=paul, text="Is it 18?")
    send_back(draft, by=paul, reason="It is 18.")
    submit_draft(draft, by=anna)
    take_back(draft, by=anna)
    assert published_catalogue() is before
