"""The addresses of the API that answer about policies."""

import datetime as dt
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from ninja import Path, Query
from pydantic import Field

from coverage_site.address import site_address
from coverage_site.api.bodies import FHIR_JSON, json_body
from coverage_site.api.problems import faults_of_body, not_found
from coverage_site.api.routing import ProgramRouter
from policies.answer_json import answer_to_json
from policies.api import answers, catalogue, vocabulary
from policies.api.check_answer import CheckAnswer
from policies.api.fields import (
    ConditionId,
    Day,
    EditionKey,
    HeldInsurer,
    InsurerSlug,
    PartOfList,
    PolicySlug,
    StateLetters,
    part,
)
from policies.api.situation_schema import situation_schema
from policies.catalogue import Document, Edition
from policies.catalogue.writing import write_insurers
from policies.faults import InputError
from policies.fhir.questionnaires import questionnaire
from policies.guidance import guide, side_by_side
from policies.models import Policy
from policies.presenting.editions import find_edition
from policies.published import published_catalogue
from policies.said import end_of, said
from policies.situation import LineOfBusiness, Situation, Treatment

router = ProgramRouter(tags=["Policies"])


class PolicyFilter(PartOfList):
    """Which policies are wanted, as they stood on a day."""

    on: Day | None = Field(default=None, description="The day; today where it is left out.")
    insurer: HeldInsurer | None = None
    line_of_business: LineOfBusiness | None = None
    state: StateLetters | None = None
    treatment: Treatment | None = None
    condition: ConditionId | None = None


@router.read("/insurers", response=answers.Insurers)
def list_insurers(request: HttpRequest, wanted: Query[PartOfList]) -> dict[str, object]:
    """Insurers, programs, vendors and rule makers, with the addresses they print for appeals."""
    held = published_catalogue()
    written = write_insurers(held.insurers.values(), (), held.addresses)
    return part(written["insurers"], wanted)


@router.read("/policies", response=answers.Policies)
def list_policies(request: HttpRequest, wanted: Query[PolicyFilter]) -> dict[str, object]:
    """Policies by insurer, line of business, state, treatment and condition, as of a day.

    A policy for the whole country speaks for each state. A condition is found under each wider one
    that it certainly lies in. Treatment and condition are looked for in the edition of the day.
    """
    on = wanted.on or timezone.localdate()
    rows = [
        (document, document.edition_in_force(on))
        for document in published_catalogue().documents
        if catalogue.speaks_of(
            document, insurer=wanted.insurer, line=wanted.line_of_business, state=wanted.state
        )
    ]
    found = [
        catalogue.in_list(document, edition, on=on)
        for document, edition in rows
        if catalogue.has_position(edition, wanted.treatment, wanted.condition)
    ]
    return {"on": on, **part(found, wanted)}


@router.read("/policies/{slug:insurer}/{slug:policy}", response=answers.PolicyOfDay)
def show_policy(
    request: HttpRequest,
    insurer: Path[InsurerSlug],
    policy: Path[PolicySlug],
    on: Query[Day | None] = None,
    published_by: Query[Day | None] = None,
) -> dict[str, object]:
    """A policy with the edition that was in force on a day.

    With `published_by` it is what this site said of that day by the end of another (New York time):
    editions that were published later, and readings made later, are left out.
    """
    day = on or timezone.localdate()
    document = _document(insurer, policy)
    if published_by is not None:
        document = _as_published(document, on=day, published_by=published_by)
    edition = document.edition_in_force(day)
    return catalogue.in_full(document, edition, on=day, published_by=published_by)


@router.read(
    "/policies/{slug:insurer}/{slug:policy}/editions/{slug:edition}",
    response=answers.EditionOfPolicy,
)
def show_edition(
    request: HttpRequest,
    insurer: Path[InsurerSlug],
    policy: Path[PolicySlug],
    edition: Path[EditionKey],
) -> dict[str, object]:
    """One edition of a policy, by its key in the policy's list of editions."""
    document = _document(insurer, policy)
    found = _edition(document, edition)
    return catalogue.edition_in_full(document, found, on=timezone.localdate())


@router.read("/questionnaires", response=answers.Questionnaires)
def list_questionnaires(request: HttpRequest, wanted: Query[PartOfList]) -> dict[str, object]:
    """The FHIR Questionnaires of all editions, with their canonical names."""
    documents = published_catalogue().documents
    return part(catalogue.questionnaires_in_list(documents, site=site_address()), wanted)


@router.read_as(
    FHIR_JSON,
    "/questionnaires/{slug:insurer}/{slug:policy}/{slug:edition}",
    shape="FHIR R4 Questionnaire",
)
def show_questionnaire(
    request: HttpRequest,
    insurer: Path[InsurerSlug],
    policy: Path[PolicySlug],
    edition: Path[EditionKey],
) -> HttpResponse:
    """What one edition of a policy asks, as a FHIR R4 Questionnaire.

    It asks what the criteria test, in our words, each question only where its list applies. It is
    not the insurer's form, and claims no conformance to a guide of payers.
    """
    document = _document(insurer, policy)
    found = _edition(document, edition)
    asked = questionnaire(document, found, base=site_address())
    return HttpResponse(json.dumps(asked), content_type=FHIR_JSON)


@router.read("/conditions", response=answers.Conditions)
def list_conditions(request: HttpRequest) -> dict[str, object]:
    """The conditions that policies speak of, with their ICD-10-CM codes."""
    return vocabulary.conditions()


@router.read("/vocabulary", response=answers.Vocabulary)
def show_vocabulary(request: HttpRequest) -> dict[str, object]:
    """What a situation may tell: facts, treatments tried, scores, drugs and rating scales."""
    return vocabulary.whole_vocabulary()


@router.answer("/check", body=situation_schema(), response=CheckAnswer)
def check(request: HttpRequest, on: Query[Day | None] = None) -> dict[str, object]:
    """Hold a situation against the policies of a day.

    Every field but `version` may be left out or null, which means "I don't know" and never "no".
    Nothing of it is stored or logged. A verdict is ours; a determination is the plan's. Where
    documents disagree, `headline.verdict` is null and the sentence says so.
    """
    try:
        situation = Situation.from_json(json_body(request))
    except InputError as error:
        raise faults_of_body(error.faults) from error
    held = published_catalogue()
    with override("en"):
        guidance = guide(situation, catalogue=held, on=on or timezone.localdate())
        beside = side_by_side(guidance, catalogue=held)
        return answer_to_json(guidance, beside)


def _document(insurer: str, policy: str) -> Document:
    """A policy by its keys, also by those that it had before."""
    held = published_catalogue()
    stem = held.former.document(f"{insurer}--{policy}")
    for document in held.documents:
        if document.stem == stem:
            return document
    raise not_found("There is no such policy; /policies lists those that are held.")


def _edition(document: Document, key: str) -> Edition:
    found = find_edition(document, key)
    if found is None:
        raise not_found("There is no such edition of this policy.")
    return found


def _as_published(document: Document, *, on: dt.date, published_by: dt.date) -> Document:
    row = get_object_or_404(
        Policy.objects.select_related("insurer__parent"),
        insurer__slug=document.insurer.slug,
        slug=document.slug,
    )
    return said(row, on=on, until=end_of(published_by)).document
