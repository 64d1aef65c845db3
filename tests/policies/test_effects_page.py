"""The page about what an edition changes: the rule first, the cases, and both side by side."""

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from policies.catalogue import Document, Edition
from policies.criteria import Node
from policies.draft_states import working_of
from policies.drafting import keep_working
from policies.effects.open_cases import Counts, OpenCases, counts
from policies.models import PolicyVersion
from policies.outline.operations import set_line
from policies.proving import keep_case
from policies.publishing import begin_draft
from policies.roles import Role
from policies.situation import Treatment
from policies.verdict import Verdict
from policies.worked_cases import WorkedCase
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, SEVERE, all_of, make_position, make_situation
from tests.policies.reviewed import acme_draft, acme_policy, publish_by_two
from tests.policies.test_outline import key_of

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 6, 1)
LIST = all_of(ADULT, SEVERE)


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.PUBLISHER)


@pytest.fixture
def desk(anna: User, client: Client) -> Client:
    client.force_login(anna)
    return client


def keep_a_person_of_19(draft: PolicyVersion, *, by: User) -> None:
    """A case of someone who meets the whole list."""
    answers = {"age": 19, "episode_severity": "severe"}
    case = WorkedCase(
        name="A person of 19",
        on=ON,
        situation=make_situation(answers=answers),
        verdict=Verdict.APPEARS_TO_QUALIFY,
    )
    keep_case(draft, case, by=by)


@pytest.fixture
def published(anna: User) -> PolicyVersion:
    """An edition with that case, and some of nobody known."""
    draft = acme_draft(anna, make_position(criteria=LIST))
    keep_a_person_of_19(draft, by=anna)
    return publish_by_two(draft, by=anna)


@pytest.fixture
def draft(published: PolicyVersion, anna: User) -> PolicyVersion:
    return begin_draft(published, by=anna)


def change(draft: PolicyVersion, which: str, by: User, **fields: object) -> PolicyVersion:
    working = working_of(draft)
    key = key_of(working, which)
    line = next(one for one in working.positions[0].lists["criteria"][0].members if one.key == key)
    changed = set_line(working, key, {**line.fields, **fields}, {})
    return keep_working(draft, changed, based_on=draft.counter, by=by, what="Changed a line")


def address(version: PolicyVersion) -> str:
    return reverse("admin:policies_policyversion_effects", args=[version.pk])


def show(desk: Client, version: PolicyVersion, **query: str) -> str:
    return html.unescape(desk.get(address(version), query).content.decode())


def words(page: str) -> str:
    """The text as a screen reader has it."""
    return " ".join(re.sub(r"<[^>]+>", "", page[page.index('id="content-main"') :]).split())


def test_a_first_edition_followed_none(desk: Client, published: PolicyVersion) -> None:
    assert "This is the first edition; nothing was in force before." in show(desk, published)


def test_beside_a_first_edition_the_policies_are_named_that_answer_for_the_same(
    desk: Client, published: PolicyVersion, anna: User
) -> None:
    other = acme_draft(anna, policy=acme_policy("other"))
    page = show(desk, other)
    assert "nothing of this policy was in force before" in words(page)
    assert "once this is published, each goes on speaking beside this one" in words(page)
    theirs = reverse("admin:policies_policy_change", args=[published.policy.pk])
    assert f'<a href="{theirs}">' in page
    position = make_position(treatment=Treatment.ESKETAMINE_NASAL)
    apart = acme_draft(anna, position, policy=acme_policy("apart"))
    assert theirs not in show(desk, apart)


def test_a_draft_that_is_still_a_copy_changes_no_rule(desk: Client, draft: PolicyVersion) -> None:
    page = words(show(desk, draft))
    assert "This draft leaves every rule as it is" in page
    assert "It changes the verdict of none of 4 worked cases" in page


def test_a_limit_that_was_raised_stands_above_the_words_and_turns_a_case(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    draft = change(draft, ADULT.label, anna, min=21)
    draft = change(draft, SEVERE.label, anna, label="An episode that is severe")
    page = show(desk, draft)
    told = words(page)
    assert "This draft changes the rule in 1 place and changes words alone in" in told
    assert "It changes the verdict of 1 of 4 worked cases" in told
    assert told.index("At least: from 18 to 21") < told.index("An episode that is severe")
    assert "Appears to meet every criterion → becomes Does not meet the criteria" in told
    assert "18 years or older: Met before, not met now" in told
    assert "Its words still say what they said before." in told
    assert "In force since January 1, 2026" in told


def test_what_turned_a_case_leads_to_its_line_on_the_page(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    page = show(desk, change(draft, ADULT.label, anna, min=21))
    anchors = re.findall(r'href="#([\w-]+)"', page)
    assert anchors
    for anchor in anchors:
        assert f'id="{anchor}"' in page


def test_only_what_changes_is_shown_until_all_is_asked_for(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    draft = change(draft, ADULT.label, anna, min=21)
    beside = show(desk, draft).partition('id="beside"')[2]
    assert SEVERE.label not in beside
    assert "1 other line stays as it is" in " ".join(beside.split())
    assert SEVERE.label in show(desk, draft, show="all").partition('id="beside"')[2]


def test_words_that_name_another_number_than_the_rule_are_to_be_looked_at(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    page = words(show(desk, change(draft, ADULT.label, anna, label="21 years or older")))
    assert "Look at these twice" in page
    assert "Every rule stays as it is." in page


def test_cases_are_opened_one_by_one_or_all_at_once(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    draft = change(draft, ADULT.label, anna, min=21)
    assert not re.search(r'class="effects__case"\s+open', show(desk, draft))
    assert re.search(r'class="effects__case"\s+open', show(desk, draft, cases="open"))


def test_a_faulty_line_is_shown_and_told_to_be_left_out_of_the_cases(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    page = words(show(desk, change(draft, ADULT.label, anna, min="twenty-one")))
    assert "At least: from 18 to twenty-one" in page
    assert "1 part of the draft with something to mend is shown side by side" in page


def test_a_published_edition_shows_what_it_changed_against_the_one_before_it(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    draft = change(draft, SEVERE.label, anna, label="A severe episode, as scored")
    working = working_of(draft)
    noted = replace(working, fields={**working.fields, "change_note": "Words."})
    draft = keep_working(draft, noted, based_on=draft.counter, by=anna, what="Said what changes")
    later = publish_by_two(draft, by=anna)
    page = words(show(desk, later))
    assert "This edition leaves every rule as it is and changes words alone in" in page
    assert "The edition before, in effect from January 1, 2026" in page


def test_what_an_edition_changes_is_linked_from_its_pages(
    desk: Client, draft: PolicyVersion
) -> None:
    for name in ("change", "write"):
        page = desk.get(reverse(f"admin:policies_policyversion_{name}", args=[draft.pk]))
        assert address(draft) in page.content.decode()


def test_beside_what_is_written_stands_how_many_cases_change(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    def line(version: PolicyVersion) -> str:
        where = reverse("admin:policies_policyversion_write", args=[version.pk])
        page = desk.get(where).content.decode()
        return words(f'id="content-main"{page.partition("write-effect")[2]}'[:1500])

    assert "Changes 0 of 4 worked cases" in line(draft)
    draft = change(draft, ADULT.label, anna, min=21)
    assert "Changes 1 of 4 worked cases" in line(draft)
    form = {
        "based_on": draft.counter,
        "do": "save",
        "quiet": "1",
        "opened": key_of(working_of(draft), ADULT.label),
        "min": "18",
    }
    where = reverse("admin:policies_policyversion_write", args=[draft.pk])
    saved = desk.post(where, form, headers={"HX-Request": "true"}).content.decode()
    assert "Changes 0 of 4 worked cases" in saved


def test_the_page_asks_the_database_little(
    desk: Client, draft: PolicyVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(address(draft))
    with django_assert_num_queries(11):
        desk.get(address(draft))


# Open cases, which another app counts


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counts:
    monkeypatch.setattr(counts, "asked", [])
    return counts


def affected(document: Document, before: Edition, after: Edition, on: dt.date) -> OpenCases:
    assert on == timezone.localdate()
    is_other = before.positions != after.positions
    return OpenCases("open cases of clinics", int(is_other), 5, f"/cases/?of={document.slug}")


def test_while_nobody_counts_open_cases_the_page_is_silent_of_them(
    desk: Client, draft: PolicyVersion, counted: Counts
) -> None:
    assert counted.asked == []
    assert "Open cases" not in show(desk, draft)


def test_open_cases_are_told_by_whoever_counts_them(
    desk: Client, draft: PolicyVersion, anna: User, counted: Counts
) -> None:
    counted.add(affected)
    changed = change(draft, ADULT.label, anna, min=21)
    assert "Count the open cases that it touches" in words(show(desk, changed))
    page = show(desk, changed, count="open")
    assert "1 of 5 open cases of clinics is touched." in words(page)
    assert 'href="/cases/?of=ketamine"' in page


def test_a_wholly_other_list_is_shown_whole(
    desk: Client, published: PolicyVersion, anna: User
) -> None:
    other: Node = all_of(replace(SEVERE, label="Something else", equals="moderate"))
    draft = acme_draft(
        anna, make_position(criteria=other), policy=published.policy, effective="2026-07-01"
    )
    page = words(show(desk, draft))
    assert "No longer wanted" in page
    assert "from July 1, 2026" in page
