"""Policies and their editions in the shapes of the API."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from policies import terms
from policies.catalogue import Document, Edition, Position
from policies.catalogue.writing import write_edition, write_head
from policies.fhir.canonical import canonical
from policies.presenting.editions import edition_key, newest_first
from policies.situation import LineOfBusiness, Treatment
from policies.sureness import sureness_of


def head_of(document: Document) -> dict[str, Any]:
    """What stands about a document outside its editions, without what is empty."""
    head = {"insurer": document.insurer.slug, **write_head(document)}
    return {name: value for name, value in head.items() if value not in (None, "", [], False)}


def page_of(document: Document) -> str:
    return reverse("policies:detail", args=[document.insurer.slug, document.slug])


def address_of(document: Document) -> str:
    return reverse("api:show_policy", args=[document.insurer.slug, document.slug])


def questionnaire_address(document: Document, edition: Edition) -> str:
    names = [document.insurer.slug, document.slug, edition_key(edition)]
    return reverse("api:show_questionnaire", args=names)


def questionnaires_in_list(documents: Iterable[Document], *, site: str) -> list[dict[str, Any]]:
    """The Questionnaire of each edition in short, newest edition first."""
    return [
        {
            **canonical(document, edition, base=site),
            "policy": address_of(document),
            "edition": edition_key(edition),
            "address": questionnaire_address(document, edition),
        }
        for document in documents
        for edition in newest_first(document)
    ]


def edition_address(document: Document, edition: Edition) -> str:
    names = [document.insurer.slug, document.slug, edition_key(edition)]
    return reverse("api:show_edition", args=names)


def speaks_of(
    document: Document,
    *,
    insurer: str | None = None,
    line: LineOfBusiness | None = None,
    state: str | None = None,
) -> bool:
    """Whether a document is of this insurer and for plans of this line and state."""
    return (
        (insurer is None or document.insurer.slug == insurer)
        and (line is None or line in document.lines_of_business)
        and (state is None or not document.states or state in document.states)
    )


def has_position(
    edition: Edition | None, treatment: Treatment | None, condition: str | None
) -> bool:
    """Whether an edition speaks of a treatment for a condition, by itself or by a wider one."""
    if treatment is None and condition is None:
        return True
    named = None if condition is None else terms.wider_conditions(condition).keys()
    return edition is not None and any(
        (treatment is None or one.treatment is treatment)
        and (named is None or not named.isdisjoint(one.indications))
        for one in edition.positions
    )


def in_list(document: Document, edition: Edition | None, *, on: dt.date) -> dict[str, Any]:
    """A policy in short, with what its edition of the day says."""
    return {
        "policy": head_of(document),
        "address": address_of(document),
        "page": page_of(document),
        "edition": None if edition is None else edition_key(edition),
        "effective": None if edition is None else _effective(edition),
        "status": None if edition is None else edition.status,
        "sureness": None if edition is None else sureness_of(edition, on=on),
        "positions": [] if edition is None else [_short(one) for one in edition.positions],
    }


def in_full(
    document: Document, edition: Edition | None, *, on: dt.date, published_by: dt.date | None
) -> dict[str, Any]:
    """A policy with its edition of the day and the list of all."""
    return {
        "on": on,
        "published_by": published_by,
        "policy": head_of(document),
        "page": page_of(document),
        "sureness": None if edition is None else sureness_of(edition, on=on),
        "edition_key": None if edition is None else edition_key(edition),
        "edition": None if edition is None else write_edition(edition),
        "editions": list(_editions(document)),
    }


def edition_in_full(document: Document, edition: Edition, *, on: dt.date) -> dict[str, Any]:
    """One edition of a policy."""
    return {
        "policy": head_of(document),
        "key": edition_key(edition),
        "sureness": sureness_of(edition, on=on),
        "edition": write_edition(edition),
    }


def _short(position: Position) -> dict[str, Any]:
    return {
        "treatment": position.treatment,
        "indications": list(position.indications),
        "coverage": position.coverage,
        "prior_authorization": position.prior_authorization,
    }


def _editions(document: Document) -> Iterable[dict[str, Any]]:
    for edition in newest_first(document):
        yield {
            "key": edition_key(edition),
            "address": edition_address(document, edition),
            "effective": _effective(edition),
            "revision": edition.revision,
            "status": edition.status,
            "change_note": edition.change_note,
        }


def _effective(edition: Edition) -> str | None:
    return edition.effective.text if edition.effective else None
