"""Two people at once: at one record, at one draft's deletion, and at beginning an edition."""

import re
import threading
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from policies.admin.versions import PolicyVersionAdmin
from policies.drafting import begin_empty
from policies.models import Policy, PolicyVersion
from policies.reviewing import submit_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.reviewed import acme_draft, acme_policy
from tests.waiting import somebody_waits


@pytest.fixture
def omar(db: None) -> User:
    return make_person("omar", Role.EDITOR)


@pytest.fixture
def nina(db: None, client: Client) -> Client:
    client.force_login(make_person("nina", Role.EDITOR))
    return client


def sent(policy: Policy, page: str, **changes: Any) -> dict[str, Any]:
    """What the form sends that came with a page."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return {
        "seen": found[1],
        "number": policy.number,
        "title": policy.title,
        "short_title": policy.short_title,
        "kind": policy.kind,
        "lines_of_business": policy.lines_of_business,
        "url": "",
        "applies_if": "null",
    } | changes


def test_what_another_changed_in_a_record_is_told_before_it_is_written_over(
    nina: Client, omar: User
) -> None:
    policy = acme_policy()
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    hers = nina.get(address).content.decode()
    other = Client()
    other.force_login(omar)
    assert other.post(address, sent(policy, hers, title="Omar's title")).status_code == 302

    answer = nina.post(address, sent(policy, hers, title="Nina's title"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "omar changed title at " in page
    assert "to “Omar&#x27;s title”" in page
    assert 'value="Nina&#x27;s title"' in page
    policy.refresh_from_db()
    assert policy.title == "Omar's title"

    again = nina.post(address, sent(policy, page, title="Nina's title"))
    assert again.status_code == 302
    policy.refresh_from_db()
    assert policy.title == "Nina's title"


def test_what_happened_to_an_edition_is_no_change_of_its_policys_record(
    nina: Client, omar: User
) -> None:
    policy = acme_policy()
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    page = nina.get(address).content.decode()
    acme_draft(omar, policy=policy)
    assert nina.post(address, sent(policy, page, title="Nina's title")).status_code == 302


def test_a_draft_sent_to_review_while_its_deletion_is_confirmed_stays(
    nina: Client, omar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = acme_draft(omar)
    submit_draft(draft, by=omar)
    # As if it had been sent just after the page looked whether it may go.
    monkeypatch.setattr(PolicyVersionAdmin, "has_delete_permission", lambda *given: True)
    address = reverse("admin:policies_policyversion_delete", args=[draft.pk])
    answer = nina.post(address, {"post": "yes"}, follow=True)
    assert "in review, where nothing changes" in answer.content.decode()
    assert PolicyVersion.objects.filter(pk=draft.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_who_begins_an_edition_while_another_does_gets_the_next_one(omar: User) -> None:
    policy = acme_policy()

    def begin() -> None:
        begin_empty(policy, by=omar)
        connection.close()

    second = threading.Thread(target=begin)
    with transaction.atomic():
        begin_empty(policy, by=omar)
        second.start()
        while second.is_alive() and not somebody_waits():
            time.sleep(0.01)
    second.join()
    assert sorted(policy.versions.values_list("revision", flat=True)) == [1, 2]
