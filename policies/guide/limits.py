"""Gathers from the catalogue how many sessions, and for how long, documents allow."""

import datetime as dt
import re
from dataclasses import dataclass

from policies.catalogue import Catalogue, Document, Edition, EditionStatus
from policies.situation import Treatment

# A position's limits also hold rules of billing and monitoring; these words tell number and time.
_NUMBER_OR_TIME = re.compile(
    r"\b(days?|weeks?|weekly|months?|infusions|sessions|devices|packs)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WrittenLimit:
    """What a document allows of a treatment: for which conditions, and in our record's words."""

    treatment: Treatment
    document: Document
    edition: Edition
    rules: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def written_limits(catalogue: Catalogue, *, on: dt.date) -> tuple[WrittenLimit, ...]:
    """Every limit of the editions in force, by treatment and then by insurer."""
    found = []
    for document in sorted(catalogue.documents, key=lambda one: one.short_name.casefold()):
        edition = document.edition_in_force(on)
        if edition is None or edition.status is EditionStatus.WITHDRAWN:
            continue
        for treatment in Treatment:
            rules: dict[tuple[str, ...], list[str]] = {}
            for position in edition.positions:
                lines = tuple(filter(is_of_number_or_time, position.limits))
                if position.treatment is treatment and lines:
                    # Two positions on one condition, for two formularies, may set the same limits.
                    named = rules.setdefault(lines, [])
                    named.extend(one for one in position.indications if one not in named)
            if rules:
                by_condition = tuple((tuple(named), lines) for lines, named in rules.items())
                found.append(WrittenLimit(treatment, document, edition, by_condition))
    order = list(Treatment)
    return tuple(sorted(found, key=lambda one: order.index(one.treatment)))


def is_of_number_or_time(limit: str) -> bool:
    """Whether a limit says how many or how long.

    >>> is_of_number_or_time("The first approval is for 3 months.")
    True
    >>> is_of_number_or_time("Blood pressure checked before and after.")
    False
    """
    return _NUMBER_OR_TIME.search(limit) is not None
