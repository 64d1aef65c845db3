"""What was read in review is what patients get: no older column, no source of before."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from policies.catalogue import Edition, EditionStatus, PrintedDate
from policies.draft_states import draft_faults, working_of
from policies.drafting import keep_working
from policies.history import record_event
from policies.models import PolicyEvent, PolicyVersion
from policies.outline import EDITION, Working, lines_of
from policies.outline.parts import set_part, set_source
from policies.publishing import publish_draft, save_draft, written_edition
from policies.reviewing import submit_draft, take_back
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, all_of, make_position
from tests.policies.reviewed import acme_draft, held, prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def paul() -> User:
    return make_person("paul", Role.PUBLISHER)


@pytest.fixture
def draft(anna: User) -> PolicyVersion:
    return acme_draft(anna, make_position(criteria=all_of(ADULT)))


def keep(version: PolicyVersion, working: Working, by: User) -> None:
    keep_working(version, working, based_on=held(version).counter, by=by, what="Changed")


def with_line(working: Working, **fields: Any) -> Working:
    line = list(lines_of(working))[-1]
    return set_part(working, line.key, {**line.fields, **fields}, line.spanish)


def published(version: PolicyVersion, *, sent_by: User, by: User) -> tuple[Edition, Edition]:
    """The edition as it was read in review, and as it was published."""
    submit_draft(prove(held(version), by=sent_by), by=sent_by)
    read = written_edition(held(version))
    publish_draft(held(version), by=by)
    return read, held(version).edition()


def test_a_source_that_changed_while_a_line_was_faulty_is_the_one_published(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    whole = working_of(draft)
    keep(draft, with_line(whole, label=""), anna)
    source = whole.sources[0]
    other = {**source.fields, "description": "The live page.", "kind": "live_document"}
    changed = set_source(whole, source.key, source.name, other)
    keep(draft, with_line(changed, label=""), anna)
    keep(draft, changed, anna)
    read, out = published(draft, sent_by=anna, by=paul)
    assert read.readings == out.readings
    assert out.readings[0].description == "The live page."


def test_what_was_written_while_the_date_was_taken_is_published_once_it_is_free(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    taken = replace(draft.edition(), effective=PrintedDate("2025-12-01"))
    other = save_draft(draft.policy, taken, by=anna)
    working = with_line(working_of(draft), min=65, label="65 years or older")
    fields = {**working.fields, "effective": "2025-12-01"}
    keep(draft, set_part(working, EDITION, fields, {}), anna)
    assert draft_faults(held(draft), working_of(held(draft)))
    record_event(PolicyEvent.Kind.DELETED, other, by=anna)
    other.delete()
    read, out = published(draft, sent_by=anna, by=paul)
    assert (read.positions, read.effective) == (out.positions, out.effective)
    assert out.effective == PrintedDate("2025-12-01")


def test_what_is_stored_otherwise_than_written_is_not_published(
    draft: PolicyVersion, anna: User, paul: User
) -> None:
    keep(draft, working_of(draft), anna)
    submit_draft(held(draft), by=anna)
    reading = held(draft).readings.get()
    held(draft).readings.filter(pk=reading.pk).update(description="Another reading.")
    record_event(PolicyEvent.Kind.EDITED, draft, by=anna)
    with pytest.raises(ValidationError, match="not what is written"):
        publish_draft(held(draft), by=paul)


@pytest.mark.parametrize("act", ["publish", "send_back"])
def test_a_page_from_before_it_was_sent_anew_publishes_nothing(
    draft: PolicyVersion, anna: User, paul: User, act: str
) -> None:
    submit_draft(draft, by=anna)
    address = reverse("admin:policies_policyversion_review", args=[draft.pk])
    client = Client()
    client.force_login(paul)
    page = client.get(address).content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    take_back(held(draft), by=anna)
    keep(draft, with_line(working_of(held(draft)), label="Adults"), anna)
    submit_draft(held(draft), by=anna)
    sent = {"do": act, "seen": found[1], "reason": "Wrong."}
    response = client.post(address, sent)
    assert response.status_code == 422
    assert "sent anew since this page was shown" in response.content.decode()
    assert held(draft).submitted_by == anna
    assert held(draft).published_at is None


def test_a_withdrawal_without_a_date_says_what_is_missing(draft: PolicyVersion, anna: User) -> None:
    ended = {**working_of(draft).fields, "status": EditionStatus.WITHDRAWN.value, "effective": None}
    keep(draft, set_part(working_of(draft), EDITION, ended, {}), anna)
    with pytest.raises(ValidationError, match="Give the day"):
        submit_draft(held(draft), by=anna)
