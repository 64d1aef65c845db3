"""An edition's Spanish: the desk's comes before that of the files, and readers meet it at once."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from policies.catalogue.spoken import Spoken, spoken, texts_of, with_spanish
from policies.catalogue.writing import write_edition
from policies.catalogue.yaml_text import write_yaml
from policies.language import is_reviewed, said, twins
from policies.models import PolicyEvent, PolicyVersion, Translation
from policies.outline.data import from_edition_data, write
from policies.published import published_catalogue
from policies.publishing import begin_draft
from policies.roles import Role
from policies.translating import append_spanish, text_pairs
from tests.coverage_site.signing_in import make_person
from tests.factories import (
    ADULT,
    REST,
    all_of,
    at_least_of,
    make_edition,
    make_position,
    none_of,
    real_catalogue,
)

LABEL = "positions[0].criteria.all_of[0].label"
OURS = "Una traducción de la mesa"


@pytest.fixture
def anna(db: None) -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def version(real_policies: None, db: None) -> PolicyVersion:
    return PolicyVersion.objects.get(policy__slug="087")


# Texts and their places


def test_a_text_that_brings_its_spanish_reads_as_the_english_that_it_is() -> None:
    text = spoken("18 years or older", "18 años o más", is_reviewed=True)
    assert text == "18 years or older"
    assert hash(text) == hash("18 years or older")
    assert said(text) == "18 years or older"
    with override("es"):
        assert said(text) == "18 años o más"
        assert is_reviewed(text)
    assert write_yaml({"label": text}) == write_yaml({"label": "18 years or older"})


def test_every_text_of_an_edition_has_the_place_that_a_draft_knows_it_by() -> None:
    tree = all_of(ADULT, at_least_of(1, ADULT, none_of(ADULT)), REST)
    edition = make_edition(
        make_position(criteria=tree, continuation=REST, priorities=(ADULT,), limits=("One",)),
        make_position(note="N", documents_wanted=("A", "B"), prior_authorization_note="P"),
        notes=("First", "Second"),
        change_note="C",
        revision=2,
    )
    spanish = {place: f"es {text}" for place, text in texts_of(edition)}
    assert len(spanish) == 18
    assert "positions[0].criteria.all_of[1].of[1].none_of[0].label" in spanish
    working = from_edition_data(write_edition(edition), spanish)
    assert write(working).spanish == spanish


@pytest.mark.parametrize("document", real_catalogue().documents, ids=lambda one: one.stem)
def test_spanish_changes_nothing_that_decides(document: Any) -> None:
    for edition in document.editions:
        texts = {place: (f"es {text}", False) for place, text in texts_of(edition)}
        told = with_spanish(edition, texts)
        assert told == edition
        assert all(isinstance(text, Spoken) for _, text in texts_of(told))
        assert {place: text.spanish for place, text in texts_of(told)} == {  # type: ignore[attr-defined]
            place: text for place, (text, _) in texts.items()
        }


# Writing it


def test_the_spanish_of_the_desk_comes_before_that_of_the_files(
    version: PolicyVersion, anna: User
) -> None:
    (pair, *_) = [one for one in text_pairs(version) if one.place == LABEL]
    assert pair.spanish == twins()[pair.english].text
    assert not pair.is_reviewed
    assert append_spanish(version, {LABEL: OURS}, reviewed=[], by=anna) == [LABEL]
    (pair, *_) = [one for one in text_pairs(version) if one.place == LABEL]
    assert (pair.spanish, pair.is_reviewed, pair.reviewed_by) == (OURS, False, "")
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    (pair, *_) = [one for one in text_pairs(version) if one.place == LABEL]
    assert (pair.spanish, pair.is_reviewed, pair.reviewed_by) == (OURS, True, "anna")
    assert [row.reviewed_by for row in Translation.objects.filter(place=LABEL)] == ["", "anna"]


def test_what_stands_there_already_is_not_written_twice(version: PolicyVersion, anna: User) -> None:
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    events = PolicyEvent.objects.count()
    assert append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna) == []
    assert append_spanish(version, {LABEL: f" {OURS} "}, reviewed=[], by=anna) == []
    assert PolicyEvent.objects.count() == events


def test_a_review_leaves_an_event_that_says_what_changed(
    version: PolicyVersion, anna: User
) -> None:
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    event = PolicyEvent.objects.about(version)[0]
    assert (event.kind, event.by) == (PolicyEvent.Kind.TRANSLATED, anna)
    assert event.what.endswith("1 text in Spanish, 1 reviewed")
    assert event.changes[LABEL][1] == OURS


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        pytest.param("positions[9].note", "Hola", "has no text at", id="no such place"),
        pytest.param(LABEL, " ", "Write the Spanish", id="no words"),
    ],
)
def test_what_is_no_translation_is_refused(
    version: PolicyVersion, anna: User, place: str, text: str, expected: str
) -> None:
    with pytest.raises(ValidationError, match=expected):
        append_spanish(version, {place: text}, reviewed=[], by=anna)
    assert not Translation.objects.exists()


def test_the_spanish_of_a_draft_is_written_with_it(version: PolicyVersion, anna: User) -> None:
    draft = begin_draft(version, by=anna)
    with pytest.raises(ValidationError, match="line by line"):
        append_spanish(draft, {LABEL: OURS}, reviewed=[], by=anna)


def test_the_next_revision_begins_with_the_spanish_of_the_desk(
    version: PolicyVersion, anna: User
) -> None:
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    draft = begin_draft(version, by=anna)
    assert draft.working is not None
    assert OURS in str(draft.working)


# Reading it


def test_readers_meet_it_on_the_policys_page_and_nowhere_in_english(
    version: PolicyVersion, anna: User, client: Client
) -> None:
    address = version.policy.get_absolute_url()
    assert OURS not in client.get(f"/es{address}").content.decode()
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    page = client.get(f"/es{address}").content.decode()
    assert OURS in page
    assert "Traducción sin revisar" in page  # the rest of the page still is
    assert OURS not in client.get(address).content.decode()


def test_another_edition_with_the_same_english_keeps_its_own(
    version: PolicyVersion, anna: User
) -> None:
    english = dict(texts_of(version.edition()))[LABEL]
    append_spanish(version, {LABEL: OURS}, reviewed=[], by=anna)
    with override("es"):
        texts = [
            said(text)
            for document in published_catalogue().documents
            for edition in document.editions
            for _, text in texts_of(edition)
            if text == english
        ]
    assert texts.count(OURS) == 1
    assert len(texts) > 1


def test_it_costs_no_query_for_each_text(
    version: PolicyVersion,
    anna: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    texts = {one.place: f"es {one.english}" for one in text_pairs(version)}
    append_spanish(version, texts, reviewed=texts, by=anna)
    address = f"/es{version.policy.get_absolute_url()}"
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_the_mark_stays_until_what_the_desk_wrote_is_reviewed_too(
    version: PolicyVersion, anna: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.language._is_reviewed", lambda: True)
    append_spanish(version, {LABEL: OURS}, reviewed=[], by=anna)
    assert "sin revisar" in client.get("/es/").content.decode()
    append_spanish(version, {LABEL: OURS}, reviewed=[LABEL], by=anna)
    assert "sin revisar" not in client.get("/es/").content.decode()
