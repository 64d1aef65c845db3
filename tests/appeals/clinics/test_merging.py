"""Two people on one case, and two insurers that become one: nothing is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from appeals.clinics.content import CaseContent
from appeals.clinics.saved_views import keep_view
from appeals.forms.clinics.merging import chosen, merge
from appeals.models import AccessEntry, CaseEvent
from policies.followers import followers
from policies.models import Insurer
from policies.renaming import merge_insurers
from policies.roles import Role
from tests.appeals.clinics.building import make_case, make_clinic, make_member, reopened
from tests.appeals.clinics.ruling import GROWN_UP, begin_rule
from tests.appeals.letters_pages import fields_of
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_insurer
from tests.policies.html import text_of

WAS = "answers-age=44&plan-treatment=iv_ketamine&tried-0-drug=sertraline"


def test_what_only_one_of_them_changed_is_kept_from_each() -> None:
    theirs = QueryDict(f"{WAS}&scores-phq9-score=20")
    mine = QueryDict(WAS.replace("44", "45") + "&scores-phq9-score=")
    merged = merge(QueryDict(WAS), theirs, mine)
    assert merged.data["answers-age"] == "45"
    assert merged.data["scores-phq9-score"] == "20"
    assert (merged.taken, merged.both) == (("scores-phq9-score",), ())


def test_a_field_that_both_changed_keeps_what_was_typed_until_one_is_chosen() -> None:
    theirs, mine = (QueryDict(WAS.replace("44", age)) for age in ("46", "45"))
    merged = merge(QueryDict(WAS), theirs, mine)
    assert (merged.data["answers-age"], merged.both) == ("45", ("answers-age",))
    for word, age in (("mine", "45"), ("theirs", "46")):
        said = QueryDict(f"choose.answers-age={word}")
        assert chosen(merged.data, theirs, said)["answers-age"] == age


def test_left_empty_and_not_known_are_the_same() -> None:
    merged = merge(QueryDict(WAS), QueryDict(WAS), QueryDict(f"{WAS}&answers-dementia=unknown"))
    assert (merged.taken, merged.both) == ((), ())


def test_two_treatments_added_at_once_are_two() -> None:
    theirs = QueryDict(f"{WAS}&tried-1-drug=bupropion")
    mine = QueryDict(f"{WAS}&tried-1-drug=venlafaxine&tried-1-weeks=8")
    merged = merge(QueryDict(WAS), theirs, mine)
    assert merged.both == ()
    rows = {name: merged.data[name] for name in merged.data if name.startswith("tried")}
    assert rows == {
        "tried-0-drug": "sertraline",
        "tried-1-drug": "bupropion",
        "tried-2-drug": "venlafaxine",
        "tried-2-weeks": "8",
    }


# Two insurers


@pytest.mark.django_db
def test_cases_and_views_follow_their_insurer_into_another(client: Client) -> None:
    gone, into = begin_rule().insurer, add_insurer("into", name="Into")
    clinic = make_clinic()
    biller = make_member(clinic)
    opened = make_case(clinic, content=CaseContent(GROWN_UP), insurer=gone)
    apart = make_case(clinic, insurer=into)
    view = keep_view(clinic.memberships.get(), "Mine", {"payer": gone.slug, "state": "OH"})
    anna = make_person("anna", Role.ADMINISTRATOR)
    merge_insurers(gone, into, why="One company.", by=anna)
    case = reopened(opened).case
    assert (case.insurer, case.counter) == (into, 1)
    assert case.events.filter(kind=CaseEvent.Kind.EDITED).count() == 1
    assert AccessEntry.objects.filter(case_id=case.pk, what="changed").count() == 2
    assert reopened(apart).case.counter == 0
    view.refresh_from_db()
    assert view.filters == {"payer": "into", "state": "OH"}
    client.force_login(biller)
    place = reverse("clinics:case", args=[clinic.pk, case.pk])
    sent = fields_of(client.get(place), "case-form")
    assert client.post(place, sent | {"go": "save"}).status_code == 302
    assert reopened(opened).case.insurer == into


@pytest.mark.django_db
def test_a_merge_that_something_can_not_follow_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone, into = add_insurer("gone", name="Gone"), add_insurer("into")
    make_case(make_clinic(), insurer=gone)
    monkeypatch.setattr(followers, "held", [])
    anna = make_person("anna", Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="Gone is still named by cases"):
        merge_insurers(gone, into, why="One company.", by=anna)
    assert Insurer.objects.filter(slug="gone").exists()


@pytest.mark.django_db
def test_the_desk_is_told_that_cases_follow(client: Client) -> None:
    gone, into = add_insurer("gone", name="Gone"), add_insurer("into", name="Into")
    client.force_login(make_person("anna", Role.ADMINISTRATOR))
    place = reverse("admin:policies_insurer_merge", args=[gone.pk])
    page = text_of(client.post(place, {"into": into.pk, "why": "One company."}))
    assert "Cases of clinics that name Gone name Into from then on." in page
