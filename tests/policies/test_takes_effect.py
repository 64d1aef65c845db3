"""An edition published ahead of its day: until then the one before answers, on the day it does."""

import csv
import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policies.catalogue import CoveragePosition, EditionStatus
from policies.check import check
from policies.coverage_map import Stance
from policies.models import Policy, PolicyVersion
from policies.presenting.editions import edition_links
from policies.published import published_catalogue, published_rows
from policies.retiring import begin_retirement
from policies.reviewing import submit_draft
from policies.roles import Role
from policies.situation import Treatment
from policies.verdict import Verdict
from tests.coverage_site.signing_in import make_person
from tests.factories import make_position, make_situation
from tests.policies.html import PLAN, post, text_of
from tests.policies.reviewed import acme_draft, acme_policy, publish_by_two

pytestmark = pytest.mark.django_db

DAY = dt.date(2027, 5, 3)
BEFORE = dt.date(2027, 5, 2)
YES = make_position(CoveragePosition.COVERED)
NO = make_position(CoveragePosition.EXCLUDED)
SOURCE = {
    "kind": "live_document",
    "read_on": "2027-01-05",
    "read_by": "Anna",
    "description": "The archive notice on the policy's page.",
}
Calendar = Callable[[dt.date], None]


@pytest.fixture
def chief() -> User:
    return make_person("chief", Role.PUBLISHER)


@pytest.fixture
def policy(chief: User) -> Policy:
    policy = acme_policy()
    publish_by_two(acme_draft(chief, YES, policy=policy), by=chief)
    return policy


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Sets the day that views take for today."""

    def turn_to(day: dt.date) -> None:
        ours = timezone.localdate
        monkeypatch.setattr(
            "django.utils.timezone.localdate",
            lambda value=None, zone=None: day if value is None else ours(value, zone),
        )

    return turn_to


def publish_no(policy: Policy, chief: User) -> PolicyVersion:
    return publish_by_two(acme_draft(chief, NO, policy=policy, effective="2027-05-03"), by=chief)


def verdict(on: dt.date) -> Verdict | None:
    situation = make_situation(insurer="acme", line_of_business="commercial")
    return check(situation, catalogue=published_catalogue(), on=on).verdict


def stance(on: dt.date) -> Stance:
    rows = published_rows(Treatment.IV_KETAMINE, on=on)
    return rows[0].cells[0].entries[0].stance


def page(name: str, policy: Policy) -> str:
    client = Client()
    return client.get(reverse(name, args=[policy.insurer.slug, policy.slug])).content.decode()


def test_the_answer_changes_on_the_day_and_not_before(policy: Policy, chief: User) -> None:
    assert [verdict(day) for day in (BEFORE, DAY)] == [Verdict.APPEARS_TO_QUALIFY] * 2
    publish_no(policy, chief)
    assert [verdict(day) for day in (BEFORE, DAY)] == [
        Verdict.APPEARS_TO_QUALIFY,
        Verdict.NOT_COVERED,
    ]


def test_the_coverage_map_changes_on_the_day_and_not_before(policy: Policy, chief: User) -> None:
    before = published_rows(Treatment.IV_KETAMINE, on=DAY)
    publish_no(policy, chief)
    assert published_rows(Treatment.IV_KETAMINE, on=DAY) != before
    # Asked in either order, each day has its own.
    assert [stance(day) for day in (DAY, BEFORE, DAY)] == [
        Stance.EXCLUDED,
        Stance.COVERED,
        Stance.EXCLUDED,
    ]


def test_the_page_shows_the_old_edition_and_names_the_one_to_come_until_its_day(
    policy: Policy, chief: User, calendar: Calendar
) -> None:
    publish_no(policy, chief)
    calendar(BEFORE)
    before = page("policies:detail", policy)
    assert "badge--covered" in before
    assert "badge--refused" not in before
    assert "An edition to come:" in before
    assert "Takes effect on May 3, 2027" in before
    assert "This is an older edition" not in before
    calendar(DAY)
    on_the_day = page("policies:detail", policy)
    assert "badge--refused" in on_the_day
    assert "In effect from May 3, 2027" in on_the_day
    assert "An edition to come" not in on_the_day


def test_the_check_and_the_map_a_patient_opens_follow_the_day(
    policy: Policy, chief: User, calendar: Calendar, client: Client
) -> None:
    publish_no(policy, chief)
    found = []
    for day in (BEFORE, DAY):
        calendar(day)
        told = text_of(post(client, PLAN | {"plan-insurer": "acme"}))
        shown = text_of(client.get(reverse("policies:map"), {"treatment": "iv_ketamine"}))
        found.append(
            ("in effect from May 3, 2027" in told, "Excluded" in shown.partition("Acme")[2])
        )
    assert found == [(False, False), (True, True)]


def test_an_edition_to_come_has_a_page_that_says_so(
    policy: Policy, chief: User, calendar: Calendar
) -> None:
    publish_no(policy, chief)
    address = reverse("policies:edition", args=["acme", policy.slug, "2027-05-03"])
    older = reverse("policies:edition", args=["acme", policy.slug, "2026-01-01"])
    calendar(BEFORE)
    text = Client().get(address).content.decode()
    assert "This edition is not in force yet" in text
    assert "Takes effect on May 3, 2027" in text
    assert "This is an older edition" not in Client().get(older).content.decode()
    calendar(DAY)
    assert "This edition is not in force yet" not in Client().get(address).content.decode()
    assert "This is an older edition" in Client().get(older).content.decode()


def test_where_nothing_is_in_force_yet_the_page_says_so_and_leads_elsewhere(
    chief: User, calendar: Calendar
) -> None:
    policy = acme_policy()
    publish_no(policy, chief)
    calendar(BEFORE)
    for address in (
        reverse("policies:detail", args=["acme", policy.slug]),
        reverse("policies:edition", args=["acme", policy.slug, "2027-05-03"]),
    ):
        text = Client().get(address).content.decode()
        assert "Nothing of this document is in force today." in text
        assert "an earlier one answers" not in text
        assert "Show it as it stands today" not in text
        assert f'href="{reverse("policies:insurer", args=["acme"])}">The other documents' in text


def test_lists_and_the_changes_page_tell_an_edition_to_come(
    policy: Policy, chief: User, calendar: Calendar
) -> None:
    publish_no(policy, chief)
    calendar(BEFORE)
    listed = Client().get(reverse("policies:list")).content.decode()
    assert "In effect from January 1, 2026" in listed
    changes = reverse("policies:changes", args=["acme", policy.slug, "2026-01-01", "2027-05-03"])
    assert "Takes effect on May 3, 2027" in Client().get(changes).content.decode()
    calendar(DAY)
    listed = Client().get(reverse("policies:list")).content.decode()
    assert "In effect from May 3, 2027" in listed


def test_a_month_ahead_takes_effect_in_it(policy: Policy, chief: User) -> None:
    publish_by_two(acme_draft(chief, NO, policy=policy, effective="2027-05"), by=chief)
    document = published_catalogue().documents[0]
    assert edition_links(document, None, today=BEFORE)[0].date == "in effect from May 2027"
    april = dt.date(2027, 4, 30)
    assert edition_links(document, None, today=april)[0].date == "takes effect in May 2027"


def test_the_dataset_changes_on_the_day_and_is_kept_by_nobody_beyond_it(
    policy: Policy, chief: User, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_no(policy, chief)
    found = []
    for day in (BEFORE, DAY):
        calendar(day)
        answer = Client().get(reverse("open:json"))
        held = json.loads(answer.content)["documents"][0]
        rows = csv.DictReader(Client().get(reverse("open:csv")).content.decode().splitlines())
        newest = [row["effective"] for row in rows if row["is_newest"] == "yes"]
        found.append((held["effective_now"], newest, len(held["document"]["editions"])))
    assert found == [
        ("2026-01-01", ["2026-01-01"], 2),
        ("2027-05-03", ["2027-05-03"], 2),
    ]
    late = dt.datetime(2027, 5, 2, 23, 50, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.localtime", lambda *_given: late)
    assert Client().get(reverse("open:json")).headers["Cache-Control"] == "public, max-age=600"


def test_a_retirement_is_an_edition_and_is_told_from_its_day_on_with_its_reason(
    policy: Policy, chief: User, calendar: Calendar
) -> None:
    draft = begin_retirement(
        policy,
        effective="2027-05-03",
        reason="Archived; no other took its place.",
        source=SOURCE,
        by=chief,
    )
    edition = draft.edition()
    assert (edition.status, edition.revision) == (EditionStatus.WITHDRAWN, 1)
    assert [one.coverage for one in edition.positions] == [CoveragePosition.NOT_ADDRESSED]
    publish_by_two(draft, by=chief)
    assert [verdict(day) for day in (BEFORE, DAY)] == [
        Verdict.APPEARS_TO_QUALIFY,
        Verdict.WITHDRAWN,
    ]
    assert stance(DAY) is Stance.WITHDRAWN
    calendar(BEFORE)
    before = page("policies:detail", policy)
    assert "To be withdrawn on May 3, 2027" in before
    assert "This document was withdrawn" not in before
    calendar(DAY)
    on_the_day = page("policies:detail", policy)
    assert "This document was withdrawn" in on_the_day
    assert "Archived; no other took its place." in on_the_day


def test_a_retirement_says_who_was_about_it_alone(policy: Policy, chief: User) -> None:
    draft = begin_retirement(
        policy, effective="2027-05-03", reason="Archived.", source=SOURCE, by=chief
    )
    publish_by_two(draft, by=chief)
    other = make_situation(
        treatment=Treatment.ESKETAMINE_NASAL, insurer="acme", line_of_business="commercial"
    )
    answer = check(other, catalogue=published_catalogue(), on=DAY)
    assert answer.verdict is not Verdict.WITHDRAWN


def test_a_retirement_that_a_newer_edition_would_outlive_is_not_sent_to_review(
    policy: Policy, chief: User
) -> None:
    publish_no(policy, chief)
    early = begin_retirement(
        policy, effective="2027-02-01", reason="Archived.", source=SOURCE, by=chief
    )
    with pytest.raises(Exception, match="would go on answering"):
        submit_draft(early, by=chief)
    same_day = begin_retirement(
        policy, effective="2027-05-03", reason="Archived.", source=SOURCE, by=chief
    )
    assert same_day.revision == 2
    submit_draft(same_day, by=chief)


FIELDS = {
    "effective": "2027-05-03",
    "reason": "Archived.",
    "kind": "live_document",
    "description": "The archive notice.",
    "read_on": "2027-01-05",
    "read_by": "Anna",
}


def test_a_retirement_is_begun_on_its_page_and_led_to_its_review(
    policy: Policy, client: Client, chief: User, calendar: Calendar
) -> None:
    calendar(BEFORE)
    client.force_login(chief)
    address = reverse("admin:policies_policy_retire", args=[policy.pk])
    change = reverse("admin:policies_policy_change", args=[policy.pk])
    assert address in client.get(change).content.decode()
    assert 'value="chief"' in client.get(address).content.decode()
    answer = client.post(address, FIELDS)
    draft = PolicyVersion.objects.drafts().get()
    assert answer.headers["Location"] == reverse(
        "admin:policies_policyversion_review", args=[draft.pk]
    )
    text = client.get(answer.headers["Location"]).content.decode()
    assert "A draft with nothing in the way" in text
    assert "To be withdrawn on May 3, 2027" in text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("effective", "next week", "is not a date like"),
        ("effective", "", "This field is required"),
        ("reason", "", "This field is required"),
        ("read_on", "2027-13", "is not a day of the calendar"),
        ("url", "javascript:alert(1)", "Enter a valid URL"),
    ],
)
def test_a_retirement_with_a_slip_is_told_and_what_was_typed_comes_back(
    policy: Policy, chief: User, name: str, value: str, expected: str
) -> None:
    client = Client()
    client.force_login(chief)
    address = reverse("admin:policies_policy_retire", args=[policy.pk])
    answer = client.post(address, FIELDS | {name: value})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert expected in text
    assert "The archive notice." in text
    assert not PolicyVersion.objects.drafts().exists()
