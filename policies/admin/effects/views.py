"""The page about an edition and the one it follows, and the line of it beside what is written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from policies.admin.effects.cases import CasesView, present_cases
from policies.admin.effects.loading import Beside, beside, beside_as_written
from policies.admin.effects.words import (
    FieldRow,
    PositionView,
    Told,
    present_fields,
    present_positions,
    present_sources,
    told_by,
)
from policies.catalogue import Edition
from policies.draft_states import working_of
from policies.effects import EditionEffect, Weight
from policies.effects.also import also_answering
from policies.effects.open_cases import OpenCases, counts
from policies.faults import InputError
from policies.models import Policy, PolicyVersion
from policies.outline import Working
from policies.outline.readable import Readable, readable
from policies.proofs import Proof
from policies.published import published_catalogue
from policies.wording import edition_date
from policies.wording.dates import printed_date

HERE = "admin/policies/policyversion/"


@dataclass(frozen=True, slots=True)
class AlsoView:
    """Another policy that answers for the same, with its page at the desk."""

    name: str
    address: str
    treatments: str


@dataclass(frozen=True, slots=True)
class EffectView:
    """All that the page shows; `to_look_at` are words that say more than was done to the rule."""

    left: str
    right: str
    summary: str
    rules: tuple[Told, ...]
    to_look_at: tuple[Told, ...]
    cases: CasesView
    fields: tuple[FieldRow, ...]
    positions: tuple[PositionView, ...]
    left_out: int
    is_none: bool


def effects_address(version: PolicyVersion) -> str:
    """The address of the page about what an edition changes."""
    return reverse("admin:policies_policyversion_effects", args=[version.pk])


@require_safe
def show_effects(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    """What an edition changes against the one it follows; all of it, or only what changes."""
    is_all = request.GET.get("show") == "all"
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"What changes: {version}",
        "version": version,
        "named": "edition" if version.published_at else "draft",
        "is_all": is_all,
        "is_open": request.GET.get("cases") == "open",
    }
    try:
        found = beside(version, on=timezone.localdate())
        if found is not None:
            context["effect"] = present_effect(version, found, is_all=is_all)
            context["are_open_counted"] = bool(counts.asked)
            # It takes about a second for a thousand of them, so it is a part of its own.
            is_counting = request.GET.get("count") == "open"
            context["open_cases"] = open_cases(found) if is_counting else None
        else:
            context["also"] = present_also(version, on=timezone.localdate())
    except InputError as error:
        context["unreadable"] = str(error)
    return TemplateResponse(request, f"{HERE}effects.html", context)


def present_effect(version: PolicyVersion, found: Beside, *, is_all: bool) -> EffectView:
    """Finish every word of the page."""
    effect = found.effect()
    cases = present_cases(found, effect)
    return EffectView(
        left=_left(found),
        right=_right(version, found.after.edition),
        summary=_summary(version, effect, cases),
        rules=told_by(effect, Weight.RULE),
        to_look_at=told_by(effect, Weight.LOOK),
        cases=cases,
        fields=(*present_fields(effect.fields), *present_sources(effect)),
        positions=present_positions(effect, is_all=is_all),
        left_out=found.left_out,
        is_none=effect.is_none,
    )


def open_cases(found: Beside) -> tuple[OpenCases, ...]:
    """What other apps tell of their open cases."""
    before, after = found.before.edition, found.after.edition
    return counts.of(found.document, before, after, on=timezone.localdate())


def present_also(version: PolicyVersion, *, on: dt.date) -> tuple[AlsoView, ...]:
    """The other policies of the insurer that answer for the same today."""
    policy = Policy.objects.with_record().get(pk=version.policy.pk)
    edition = readable(working_of(version)).edition
    documents = published_catalogue().documents
    found = tuple(also_answering(policy.record((edition,)), edition, documents, on=on))
    rows = Policy.objects.filter(insurer=policy.insurer).values_list("slug", "pk")
    keys = dict(rows) if found else {}
    return tuple(
        AlsoView(
            one.document.short_title or one.document.number or one.document.title,
            reverse("admin:policies_policy_change", args=[keys[one.document.slug]]),
            ", ".join(treatment.label for treatment in one.treatments),
        )
        for one in found
        if one.document.slug in keys
    )


def _left(found: Beside) -> str:
    edition = found.before.edition
    if not found.is_in_force:
        return f"The edition before, {edition_date(edition)}{_revision(edition)}"
    since = f" since {printed_date(edition.effective)}" if edition.effective else ", undated"
    return f"In force{since}{_revision(edition)}"


def _right(version: PolicyVersion, edition: Edition) -> str:
    named = "This edition" if version.published_at else "This draft"
    dated = f"from {printed_date(edition.effective)}" if edition.effective else "without a date"
    return f"{named}, {dated}{_revision(edition)}"


def _revision(edition: Edition) -> str:
    return f", revision {edition.revision}" if edition.revision > 1 else ""


def _summary(version: PolicyVersion, effect: EditionEffect, cases: CasesView) -> str:
    """The answer in one sentence: the rule, the cases, and what is words alone."""
    named = "This edition" if version.published_at else "This draft"
    rules, words = effect.count(Weight.RULE), effect.count(Weight.WORDS) + effect.count(Weight.LOOK)
    said = [
        f"changes the rule in {_places(rules)}" if rules else "leaves every rule as it is",
        f"changes words alone in {_places(words)}" if words else "",
    ]
    told = " and ".join(one for one in said if one)
    if not cases.total:
        return f"{named} {told}. No worked case says what comes of it."
    turned = _turned(len(cases.turned), cases.total)
    return f"{named} {told}. {turned}"


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"


def _turned(turned: int, total: int) -> str:
    if not turned:
        return f"It changes the verdict of none of {total} worked cases."
    return f"It changes the verdict of {turned} of {total} worked cases."


# Beside what is written


@dataclass(frozen=True, slots=True)
class InShort:
    """The cases in numbers, for one line; `left_out` parts were not judged by."""

    turned: int
    total: int
    left_out: int


def effect_in_short(
    proof: Proof, written: Working, now: Readable, *, on: dt.date
) -> InShort | None:
    """How many worked cases a draft turns; nothing of a first edition."""
    found = beside_as_written(proof, written, now, on=on)
    if found is None:
        return None
    cases = found.judged()
    return InShort(sum(one.is_turned for one in cases), len(cases), found.left_out)
