"""What of a record was not used, in words: what no document asks about, and what was left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from policies import terms
from policies.fhir import NotUnderstood, Origin, Record
from policies.forms.record import RecordForms
from policies.language import said
from policies.presenting.record_origins import OriginView, origin_view

# What is measured is named in one line: a record holds dozens of them.
MEASURED = frozenset({"Observation", "QuestionnaireResponse"})
# Some records note a course of therapy as an observation.
THERAPY = re.compile(r"therapy|counsell?ing", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RestView:
    """Something that was not used: where it stood, and why."""

    origin: OriginView
    why: str


@dataclass(frozen=True, slots=True)
class UnaskedView:
    """What no question of ours is about: diagnoses and treatments, and the names of the rest."""

    told: tuple[OriginView, ...]
    measured: tuple[str, ...]


def present_left_out(record: Record) -> tuple[RestView, ...]:
    """What was understood and not used, with the reason."""
    return tuple(
        RestView(
            origin_view(one.origin), ": ".join(filter(None, [one.value, said(one.reason.label)]))
        )
        for one in record.left_out
    )


def present_unasked(record: Record, forms: RecordForms) -> UnaskedView:
    """What nothing was taken from, each told once though several codes say it."""
    others = [one for one in record.not_understood if not one.is_repeated]
    return UnaskedView(
        told=(
            *_unasked_codes(forms),
            *(_view(one) for one in others if not _is_measured(one)),
        ),
        measured=tuple(dict.fromkeys(_name(one) for one in others if _is_measured(one))),
    )


def _is_measured(one: NotUnderstood) -> bool:
    return one.resource_type in MEASURED and not THERAPY.search(one.coding.display)


def _unasked_codes(forms: RecordForms) -> Iterator[OriginView]:
    """The diagnoses of which no answer follows, and nothing else was found in their place."""
    told = {origin.resource for one in forms.finds for origin in one.found.origins}
    for found in forms.unasked:
        origin = found.origins[0]
        if origin.resource not in told:
            known = terms.icd10_codes().get(found.name)
            words = origin.words or (known.description if known is not None else "")
            codings = origin.codings[:1]
            yield origin_view(Origin(origin.resource, words, codings, origin.on))


def _view(one: NotUnderstood) -> OriginView:
    coding = one.coding
    codings = (coding,) if coding.code else ()
    view = origin_view(Origin(one.resource_type, coding.display, codings))
    return replace(view, resource=_("A treatment")) if one.resource_type in MEASURED else view


def _name(one: NotUnderstood) -> str:
    """The record's own name of a measurement, else its code."""
    return one.coding.display or one.coding.code or _("without a name")
