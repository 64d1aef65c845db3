"""Writing a draft: saved as it is, never over another's, and dropped once it is published."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from policies.catalogue.writing import write_edition
from policies.draft_states import draft_faults, working_at, working_of
from policies.drafting import StaleDraftError, begin_empty, keep_working, redo, undo
from policies.models import DraftStep, Policy, PolicyEvent, PolicyVersion, Translation
from policies.outline import EDITION, Working, lines_of
from policies.outline.data import from_edition_data
from policies.outline.operations import delete
from policies.outline.parts import set_part
from policies.published import published_catalogue
from policies.publishing import begin_draft, publish_version, save_draft
from policies.reviewing import submit_draft
from tests.policies.reviewed import publish_by_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(real_policies: None) -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def draft(chief: User) -> PolicyVersion:
    return begin_draft(PolicyVersion.objects.published().get(policy__slug="087"), by=chief)


def with_note(working: Working, note: str) -> Working:
    return set_part(working, EDITION, {**working.fields, "change_note": note}, working.spanish)


def test_a_draft_stands_as_its_edition_until_it_is_written(draft: PolicyVersion) -> None:
    working = working_of(draft)
    assert working == from_edition_data(write_edition(draft.edition()))
    assert draft_faults(draft, working) == ()
    assert draft.working is None


def test_a_faulty_draft_is_kept_as_it_is_and_its_edition_is_the_last_that_could_be_read(
    draft: PolicyVersion, chief: User
) -> None:
    edition = draft.edition()
    first = next(lines_of(working_of(draft)))
    wrong = set_part(working_of(draft), first.key, {"label": ""}, {})
    keep_working(draft, wrong, based_on=0, by=chief, what="Emptied a label")
    held = PolicyVersion.objects.get(pk=draft.pk)
    assert working_of(held) == wrong
    assert (held.counter, held.edition()) == (1, edition)
    with pytest.raises(ValidationError, match="to be mended first"):
        submit_draft(held, by=chief)
    with pytest.raises(ValidationError, match="to be mended first"):
        publish_version(held, by=None)
    event = PolicyEvent.objects.first()
    assert event
    assert (event.kind, event.by) == ("written", chief)
    assert event.what.endswith("Emptied a label")


def test_what_can_be_read_is_the_drafts_edition_at_once(draft: PolicyVersion, chief: User) -> None:
    working = with_note(working_of(draft), "Read again.")
    kept = keep_working(draft, working, based_on=0, by=chief, what="A note")
    assert PolicyVersion.objects.get(pk=kept.pk).edition().change_note == "Read again."


def test_nobody_saves_over_what_another_saved(draft: PolicyVersion, chief: User) -> None:
    working = working_of(draft)
    keep_working(draft, with_note(working, "one"), based_on=0, by=chief, what="one")
    with pytest.raises(StaleDraftError) as raised:
        keep_working(draft, with_note(working, "two"), based_on=0, by=chief, what="two")
    assert working_of(raised.value.version).fields["change_note"] == "one"
    assert working_at(raised.value.version, 0) == working
    assert working_at(raised.value.version, 9) is None


def test_changes_are_taken_back_one_by_one_and_stand_again(
    draft: PolicyVersion, chief: User
) -> None:
    working = working_of(draft)
    without = delete(working, next(lines_of(working)).key)
    draft = keep_working(draft, without, based_on=0, by=chief, what="Deleted a line")
    noted = with_note(without, "Read again.")
    draft = keep_working(draft, noted, based_on=1, by=chief, what="A note")
    for counter, expected in ((2, without), (3, working)):
        draft = undo(draft, based_on=counter, by=chief)
        assert working_of(draft) == expected
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo(draft, based_on=4, by=chief)
    for counter, expected in ((4, without), (5, noted)):
        draft = redo(draft, based_on=counter, by=chief)
        assert working_of(draft) == expected
    with pytest.raises(ValidationError, match="nothing to do again"):
        redo(draft, based_on=6, by=chief)
    draft = undo(draft, based_on=6, by=chief)
    assert working_of(draft) == without
    assert [one.what for one in draft.steps.all()] == [
        "Deleted a line",
        "A note",
        "Undid: A note",
        "Undid: Deleted a line",
        "Redid: Deleted a line",
        "Redid: A note",
        "Undid: A note",
    ]


def test_pauses_in_typing_at_one_field_are_undone_as_one_change(
    draft: PolicyVersion, chief: User
) -> None:
    working = working_of(draft)
    other = User.objects.create_superuser("other")
    for counter, (note, by) in enumerate([("R", chief), ("Read", chief), ("Read it", other)]):
        draft = keep_working(
            draft, with_note(working, note), based_on=counter, by=by, what="Changed a note"
        )
    draft = undo(draft, based_on=3, by=chief)
    assert working_of(draft).fields["change_note"] == "Read"
    draft = undo(draft, based_on=4, by=chief)
    assert working_of(draft) == working
    # Each state is kept all the same: another's page may have begun from it.
    assert working_at(draft, 1) == with_note(working, "R")


def test_there_is_nothing_to_undo_in_a_new_draft(draft: PolicyVersion, chief: User) -> None:
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo(draft, based_on=0, by=chief)


def test_a_text_keeps_the_keys_and_the_spanish_of_what_it_leaves_alone(
    draft: PolicyVersion, chief: User
) -> None:
    working = working_of(draft)
    line = next(lines_of(working))
    spanish = set_part(working, line.key, line.fields, {"label": "etiqueta"})
    draft = keep_working(draft, spanish, based_on=0, by=chief, what="Spanish")
    save_draft(draft.policy, draft.edition(), by=chief, version=draft)
    held = PolicyVersion.objects.get(pk=draft.pk)
    assert (working_of(held), held.counter) == (spanish, 2)


def test_an_empty_draft_is_begun_beside_those_that_are_there(chief: User) -> None:
    policy = Policy.objects.get(slug="mp-446")  # its one edition has no date
    draft = begin_empty(policy, by=chief)
    begun = working_of(draft)
    assert begun == Working({"revision": 1, "status": "in_force"})
    faults = {one.field: one.text for one in draft_faults(draft, begun)}
    assert "edition of this date and revision" in faults["effective"]
    dated = set_part(begun, EDITION, {**begun.fields, "effective": "2026-01-01"}, {})
    assert [one.field for one in draft_faults(draft, dated)] == ["sources"]
    begin_empty(policy, by=chief)


def test_publishing_keeps_the_spanish_beside_the_edition_and_drops_the_rest(
    draft: PolicyVersion, chief: User
) -> None:
    working = with_note(working_of(draft), "Read again.")
    line = next(lines_of(working))
    working = set_part(working, line.key, line.fields, {"label": "Todo lo siguiente"})
    draft = keep_working(draft, working, based_on=0, by=chief, what="Spanish")
    published = publish_by_two(draft, by=chief)
    row = Translation.objects.get(version=published)
    assert (row.place, row.text) == ("positions[0].criteria.label", "Todo lo siguiente")
    assert published.working is None
    assert not DraftStep.objects.exists()
    begun = begin_draft(published, by=chief)
    assert next(lines_of(working_of(begun))).spanish == {"label": "Todo lo siguiente"}
    for column in ("working", "counter"):
        with pytest.raises(DatabaseError), transaction.atomic():
            PolicyVersion.objects.filter(pk=published.pk).update(**{column: 7})
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftStep.objects.create(version=published, counter=0, working={}, what="x", by=chief)


def test_the_database_keeps_each_step_as_it_was(draft: PolicyVersion, chief: User) -> None:
    working = with_note(working_of(draft), "one")
    keep_working(draft, working, based_on=0, by=chief, what="one")
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftStep.objects.update(what="another")


def test_what_patients_see_is_not_read_anew_for_a_draft(draft: PolicyVersion, chief: User) -> None:
    before = published_catalogue()
    working = with_note(working_of(draft), "one")
    keep_working(draft, working, based_on=0, by=chief, what="one")
    assert published_catalogue() is before
