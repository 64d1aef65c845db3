"""Renaming and merging: all that moves, in one transaction, and every old name leads on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from policies.former_pages import former_names
from policies.history import record_event
from policies.models import (
    Administration,
    AppealAddress,
    FormerAddress,
    Insurer,
    Policy,
    PolicyEvent,
)
from policies.models.events import reference
from policies.renaming import merge_insurers, rename_insurer, rename_policy
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_address, add_insurer, add_link, add_policy

pytestmark = pytest.mark.django_db
WHY = "They say so on their site."


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.ADMINISTRATOR)


def settle() -> None:
    """Look at what waits for the end of a transaction."""
    connection.check_constraints()


def write(rows: QuerySet[Any], by: User, **columns: Any) -> None:
    """Write past every check of ours, as SQL could, with the events that each write wants."""
    with transaction.atomic():
        rows.update(**columns)
        for row in (*Insurer.objects.all(), *Policy.objects.all()):
            record_event(PolicyEvent.Kind.EDITED, row, by=by)
        settle()


def test_a_renamed_insurer_keeps_its_old_name_and_its_old_addresses_lead_on(anna: User) -> None:
    acme = add_insurer("acme", name="Acme")
    policy = add_policy(acme)
    settle()
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    settle()
    row = Insurer.objects.get(pk=acme.pk)
    assert (row.slug, row.name, row.also_known_as) == ("zenith", "Zenith", ["Acme"])
    assert row.edited_at_desk
    names = former_names()
    assert names.insurers == {"acme": "zenith"}
    assert names.documents == {"acme--ketamine": "zenith--ketamine"}
    event = PolicyEvent.objects.filter(kind="renamed").get()
    assert (event.by, event.changes["slug"]) == (anna, ["acme", "zenith"])
    assert WHY in event.what
    assert policy in row.policies.all()


def test_a_chain_of_names_ends_at_the_last_in_one_step(anna: User) -> None:
    acme = add_insurer("acme")
    policy = add_policy(acme, "old")
    rename_policy(policy, slug="newer", why=WHY, by=anna)
    rename_insurer(acme, slug="beta", name="Beta", why=WHY, by=anna)
    rename_policy(policy, slug="newest", why=WHY, by=anna)
    rename_insurer(acme, slug="gamma", name="Gamma", why=WHY, by=anna)
    settle()
    names = former_names()
    assert names.insurers == {"acme": "gamma", "beta": "gamma"}
    for old in ("acme--old", "acme--newer", "beta--newer", "beta--newest"):
        assert names.document(old) == "gamma--newest", old


def test_a_name_can_be_taken_back_and_nothing_leads_away_from_it_then(anna: User) -> None:
    acme = add_insurer("acme")
    add_policy(acme)
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    rename_insurer(acme, slug="acme", name="Acme", why="It was a slip.", by=anna)
    settle()
    names = former_names()
    assert names.insurers == {"zenith": "acme"}
    assert names.documents == {"zenith--ketamine": "acme--ketamine"}
    assert Insurer.objects.get(pk=acme.pk).also_known_as == ["Zenith"]


def test_nobody_takes_an_address_that_leads_to_another(anna: User) -> None:
    acme, other = add_insurer("acme"), add_insurer("other")
    policy = add_policy(acme, "one")
    rename_policy(policy, slug="two", why=WHY, by=anna)
    rename_insurer(acme, slug="zenith", name="Zenith", why=WHY, by=anna)
    with pytest.raises(ValidationError, match="was the address of Zenith"):
        add_insurer("acme")
    with pytest.raises(ValidationError, match="was the address of Zenith"):
        rename_insurer(other, slug="acme", name="Other", why=WHY, by=anna)
    rename_policy(policy, slug="three", why=WHY, by=anna)
    with pytest.raises(ValidationError, match="was the address of"):
        add_policy(Insurer.objects.get(pk=acme.pk), "two")
    settle()


def test_the_database_itself_refuses_a_page_at_a_former_address(anna: User) -> None:
    acme, other = add_insurer("acme"), add_insurer("other")
    policy, another = add_policy(acme, "one"), add_policy(acme, "another")
    rename_policy(policy, slug="two", why=WHY, by=anna)
    rename_insurer(other, slug="beta", name="Beta", why=WHY, by=anna)
    for rows, wrong in (
        (Policy.objects.filter(pk=another.pk), {"slug": "one"}),
        (Insurer.objects.filter(pk=acme.pk), {"slug": "other"}),
        (FormerAddress.objects.filter(insurer_slug="other"), {"insurer_slug": "acme"}),
        (
            FormerAddress.objects.filter(policy=policy),
            {"insurer_slug": "acme", "policy_slug": "another"},
        ),
    ):
        with pytest.raises(DatabaseError, match="page"):
            write(rows, anna, **wrong)


def test_a_merge_moves_all_that_an_insurer_had(anna: User) -> None:
    into = add_insurer("into", name="Into", also_known_as=["INTO"])
    gone = add_insurer("gone", name="Gone", also_known_as=["Old Gone", "into"], parent=into)
    brand = add_insurer("brand", also_known_as=["Gone"], parent=gone)
    vendor = add_insurer("vendor", kind="vendor")
    same = add_policy(into)
    clash, free = add_policy(gone), add_policy(gone, "other")
    link, double = add_link(gone, vendor), add_link(gone, vendor, "medical")
    kept = add_link(into, vendor, "medical")
    to_itself = add_link(gone, into)
    address = add_address(gone)
    rename_insurer(gone, slug="left", name="Left", why=WHY, by=anna)
    settle()
    with pytest.raises(ValidationError, match="Give this one another key"):
        merge_insurers(gone, into, why=WHY, by=anna)
    assert Insurer.objects.filter(slug="left").exists()
    merge_insurers(gone, into, why=WHY, by=anna, slugs={clash.pk: "ketamine-of-left"})
    settle()

    into.refresh_from_db()
    assert not Insurer.objects.filter(pk=gone.pk).exists()
    assert into.also_known_as == ["INTO", "Left", "Old Gone", "Gone"]
    assert {one.slug for one in into.policies.all()} == {"ketamine", "ketamine-of-left", "other"}
    brand.refresh_from_db()
    assert brand.parent == into
    assert set(Administration.objects.all()) == {link, kept}
    link.refresh_from_db()
    assert link.insurer == into
    assert AppealAddress.objects.get(pk=address.pk).insurer == into
    names = former_names()
    assert names.insurers == {"gone": "into", "left": "into"}
    assert names.documents == {
        "gone--ketamine": "into--ketamine-of-left",
        "gone--other": "into--other",
        "left--ketamine": "into--ketamine-of-left",
        "left--other": "into--other",
    }
    assert names.document("into--ketamine") == "into--ketamine"
    assert same.pk in set(into.policies.values_list("pk", flat=True))
    about_gone = PolicyEvent.objects.filter(about__contains=[reference(gone)])
    assert {"added", "renamed", "merged", "deleted"} <= {one.kind for one in about_gone}
    held = about_gone.filter(kind="deleted", about__0=reference(gone)).get().changes
    assert held["name"] == ["Left", None]
    for one in (double, to_itself):
        event = PolicyEvent.objects.filter(kind="deleted", about__0=reference(one)).get()
        assert event.changes["quote"] == ["decides for our members", None]
    assert free.pk in {one.pk for one in into.policies.all()}


def test_what_the_other_was_part_of_is_never_part_of_it_afterwards(anna: User) -> None:
    top = add_insurer("top")
    gone = add_insurer("gone", parent=top)
    middle = add_insurer("middle", parent=gone)
    into = add_insurer("into", parent=middle)
    merge_insurers(gone, into, why=WHY, by=anna)
    settle()
    middle.refresh_from_db()
    assert middle.parent == top


def test_the_database_itself_refuses_a_circle_of_parents(anna: User) -> None:
    a, b, c = add_insurer("a"), add_insurer("b"), add_insurer("c")
    for one, parent in ((a, b), (b, c)):
        one.parent = parent
        one.full_clean()
        one.save()
    settle()
    c.parent = a
    with pytest.raises(ValidationError, match="an insurer is no part of itself"):
        c.full_clean()
    with pytest.raises(DatabaseError, match="no part of itself"):
        write(Insurer.objects.filter(pk=c.pk), anna, parent=a)


def test_a_name_that_another_goes_by_is_refused_in_words() -> None:
    acme = add_insurer("acme", name="Acme", also_known_as=["Acme Health"])
    with pytest.raises(ValidationError, match="Acme goes by the name “Acme Health” already"):
        add_insurer("other", name="ACME health")
    assert add_insurer("brand", name="ACME health", parent=acme).parent == acme


@pytest.mark.parametrize(
    ("slug", "name", "expected"),
    [
        ("acme", "Acme", "Nothing would change"),
        ("Acme Health", "Acme", "small letters"),
        ("other", "Acme", "already exists"),
        ("acme", "Other", "Other goes by the name"),
    ],
)
def test_a_wrong_name_is_refused(anna: User, slug: str, name: str, expected: str) -> None:
    acme = add_insurer("acme", name="Acme")
    add_insurer("other", name="Other")
    with pytest.raises(ValidationError, match=expected):
        rename_insurer(acme, slug=slug, name=name, why=WHY, by=anna)
    assert not FormerAddress.objects.exists()
