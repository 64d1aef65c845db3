"""The choices of the plan's questions, under the headings they are offered in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policies import terms
from policies.catalogue import Catalogue, Insurer, InsurerKind
from policies.forms.fields import DONT_KNOW
from policies.language import said
from policies.situation import Asker, Funding

NOT_LISTED = "not-listed"

ASKERS = {
    Asker.PATIENT: _("I am the patient"),
    Asker.PARENT_OR_GUARDIAN: _("I am a parent or guardian"),
    Asker.CARER: _("I help someone I care for"),
    Asker.CLINIC: _("I work at a clinic"),
}
FUNDINGS = {
    Funding.INSURED: _("Insured: an insurance company pays the claims"),
    Funding.SELF_FUNDED: _("Self-funded: the employer pays the claims"),
}
INSURER_GROUPS = {
    InsurerKind.BLUE_PLAN: _("Blue Cross and Blue Shield plans"),
    InsurerKind.COMMERCIAL: _("Other insurers"),
    InsurerKind.MEDICARE_ADVANTAGE_PLAN: _("Medicare Advantage plans"),
    InsurerKind.MEDICAID_PROGRAM: _("Medicaid programs"),
    InsurerKind.MEDICAID_PLAN: _("Medicaid health plans"),
    InsurerKind.FEDERAL_PROGRAM: _("Federal programs"),
    InsurerKind.REGIONAL_CONTRACTOR: _("TRICARE regions"),
    InsurerKind.WORKERS_COMPENSATION: _("Workers' compensation"),
}
CONDITION_GROUPS = {
    _("Depression"): (
        "treatment_resistant_depression",
        "mdd",
        "mdd_suicidal",
        "depression",
        "persistent_depressive",
        "bipolar_depression",
    ),
    _("Other mental health conditions"): (
        "ptsd",
        "ocd",
        "generalized_anxiety",
        "social_anxiety",
        "anxiety",
        "substance_use_disorder",
        "psychiatric_other",
    ),
    _("Pain and headache"): (
        "crps",
        "crps_type_2",
        "neuropathic_pain",
        "postherpetic_neuralgia",
        "chronic_pain",
        "central_pain",
        "cancer_pain",
        "fibromyalgia",
        "migraine",
        "headache_other",
        "chronic_daily_headache",
        "acute_pain",
        "sickle_cell_crisis",
    ),
}


def grouped_conditions() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Every condition that a person can have, under a few headings, "I don't know" last."""
    known = terms.conditions()
    groups = [
        (title, [(name, said(known[name].label)) for name in names])
        for title, names in CONDITION_GROUPS.items()
    ]
    placed = {name for names in CONDITION_GROUPS.values() for name in names}
    rest = [one for one in known.values() if not one.is_group and one.id not in placed]
    return [*groups, (_("Other"), [*((one.id, said(one.label)) for one in rest), DONT_KNOW])]


def grouped_insurers(catalogue: Catalogue) -> list[Any]:
    """The insurers we hold a document of, by kind, and the two answers for everyone else."""
    held = sorted(held_insurers(catalogue).values(), key=lambda one: one.name)
    groups = []
    for kind, title in INSURER_GROUPS.items():
        of_kind = [(one.slug, one.name) for one in held if one.kind is kind]
        if of_kind:
            groups.append((title, of_kind))
    return [
        *groups,
        (_("Not here"), [(NOT_LISTED, _("My insurer is not in this list")), DONT_KNOW]),
    ]


def held_insurers(catalogue: Catalogue) -> dict[str, Insurer]:
    """The insurers we hold a document of, by slug."""
    held = {document.insurer.slug for document in catalogue.documents}
    return {slug: one for slug, one in catalogue.insurers.items() if slug in held}


class InsurerSelect(forms.Select):
    """A list of insurers whose options carry the other names each goes by, to be found by them."""

    also_known_as: Mapping[str, tuple[str, ...]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        others = self.also_known_as.get(str(value))
        if others:
            option["attrs"]["data-also"] = "; ".join(others)
        return option
