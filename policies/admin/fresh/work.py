"""The work list: which documents want a look, the least sure first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from policies.admin.fresh.rereading import RereadOffer, reread_offer
from policies.catalogue import Catalogue, Edition
from policies.language import is_reviewed
from policies.models import Policy, PolicyVersion
from policies.presenting.sources import KINDS
from policies.published import published_catalogue
from policies.situation import Treatment
from policies.standing import copy_heads, quotes_gone
from policies.wording import edition_date
from policies.work_list import Beside, Reach, Task, WorkItem, work_list

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in words, with the page on which it is done."""

    label: str
    address: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A document of the list, with all its words."""

    name: str
    address: str
    edition: str
    edition_address: str
    sureness: str
    level: str
    read: str
    reach: str
    tasks: tuple[TaskView, ...]
    offer: RereadOffer


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows behind the records: of each policy, edition and draft."""

    policies: dict[str, int]
    versions: dict[tuple[int, str, int], int]
    drafts: dict[int, int]

    def version_of(self, policy: int, edition: Edition) -> int:
        effective = edition.effective.text if edition.effective else ""
        return self.versions[policy, effective, edition.revision]


class WorkFilter(forms.Form):
    """Which of the documents to show."""

    insurer = forms.ChoiceField(required=False)
    task = forms.ChoiceField(required=False)
    treatment = forms.ChoiceField(required=False)

    def __init__(self, data: Any, items: Iterable[WorkItem]) -> None:
        super().__init__(data)
        insurers = {one.document.insurer.slug: one.document.insurer.name for one in items}
        listed = {
            "insurer": ("All insurers", sorted(insurers.items(), key=lambda one: one[1])),
            "task": ("All tasks", [(one.value, TASKS[one]) for one in Task]),
            "treatment": ("All treatments", [(one.value, one.label) for one in Treatment]),
        }
        for name, (everything, choices) in listed.items():
            self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def narrow(self, items: list[WorkItem]) -> list[WorkItem]:
        """What of the list fits; a choice that there is no more narrows nothing."""
        self.is_valid()
        insurer, task, treatment = (self.cleaned_data.get(name) for name in self.fields)
        return [
            one
            for one in items
            if (not insurer or one.document.insurer.slug == insurer)
            and (not task or task in one.tasks)
            and (not treatment or any(treatment == at.treatment for at in one.edition.positions))
        ]


@require_safe
def show_work(request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> HttpResponse:
    """Every document that wants something, narrowed and page by page."""
    on = timezone.localdate()
    # First what is published: whatever it names is among the rows that are read after it.
    catalogue = published_catalogue()
    keys = _keys()
    items = _items(catalogue, keys, on)
    form = WorkFilter(request.GET, items)
    found = form.narrow(items)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": "Work list",
        "opts": model_admin.opts,
        "form": form,
        "page": page,
        "rows": [_row(request, one, keys, on) for one in page.object_list],
        "asked": asked.urlencode(),
        "total": len(items),
    }
    return TemplateResponse(request, "admin/policies/policy/work.html", context)


def _keys() -> Keys:
    policies = {
        f"{insurer}--{slug}": key
        for key, insurer, slug in Policy.objects.values_list("pk", "insurer__slug", "slug")
    }
    versions, drafts = {}, {}
    rows = PolicyVersion.objects.order_by("pk")
    for key, policy, effective, revision, published_at in rows.values_list(
        "pk", "policy", "effective", "revision", "published_at"
    ):
        if published_at is None:
            drafts[policy] = key
        else:
            versions[policy, effective, revision] = key
    return Keys(policies, versions, drafts)


def _items(catalogue: Catalogue, keys: Keys, on: dt.date) -> list[WorkItem]:
    in_force = {
        keys.policies[one.stem]: edition
        for one in catalogue.documents
        if (edition := one.edition_in_force(on))
    }
    heads = copy_heads()
    gone = quotes_gone(in_force, heads)
    beside = {
        stem: Beside(key in heads, tuple(one.quote for one in gone.get(key, ())))
        for stem, key in keys.policies.items()
    }
    return work_list(catalogue, on=on, beside=beside, is_reviewed=is_reviewed)


def _row(request: HttpRequest, item: WorkItem, keys: Keys, on: dt.date) -> RowView:
    document, edition = item.document, item.edition
    policy = keys.policies[document.stem]
    version = keys.version_of(policy, edition)
    edition_address = reverse("admin:policies_policyversion_change", args=[version])
    pages = {
        Task.QUOTE_GONE: reverse("admin:policies_policy_copies", args=[policy]),
        Task.NO_COPY: reverse("admin:policies_policy_copies", args=[policy]),
        Task.SPANISH: reverse("admin:policies_policyversion_spanish", args=[version]),
    }
    return RowView(
        name=document.short_name,
        address=reverse("admin:policies_policy_change", args=[policy]),
        edition=edition_date(edition),
        edition_address=edition_address,
        sureness=item.sureness.label,
        level=item.sureness.value,
        read=_read(item, on),
        reach=reach_in_words(item.reach),
        tasks=tuple(
            TaskView(task_in_words(task, count), pages.get(task, edition_address), task.is_minor)
            for task, count in item.tasks.items()
        ),
        offer=reread_offer(
            request,
            policy,
            document.short_name,
            url=document.url,
            edition=edition,
            draft=keys.drafts.get(policy),
        ),
    )


TASKS = {
    Task.QUOTE_GONE: "A quote no longer stands",
    Task.ANSWER_UNREAD: "Answer not read",
    Task.UNREAD_PARTS: "Parts of a list not read",
    Task.SECOND_HAND: "Second-hand source",
    Task.OLD_OR_UNDATED: "Old or undated",
    Task.READ_SOON: "To be read again soon",
    Task.SPANISH: "Spanish not reviewed",
    Task.NO_COPY: "No copy attached",
}
COUNTED = {
    Task.QUOTE_GONE: ("1 quote no longer stands", "{} quotes no longer stand"),
    Task.ANSWER_UNREAD: ("1 answer not read", "{} answers not read"),
    Task.UNREAD_PARTS: ("1 part not read", "{} parts not read"),
    Task.SPANISH: ("1 Spanish text not reviewed", "{} Spanish texts not reviewed"),
}


def task_in_words(task: Task, count: int) -> str:
    """A task, with how many parts it is about where that says something.

    >>> task_in_words(Task.UNREAD_PARTS, 3), task_in_words(Task.NO_COPY, 1)
    ('3 parts not read', 'No copy attached')
    """
    if task not in COUNTED:
        return TASKS[task]
    one, many = COUNTED[task]
    return one if count == 1 else many.format(count)


def reach_in_words(reach: Reach) -> str:
    """For whom a document answers.

    >>> reach_in_words(Reach(3, 1, 51, is_whole_country=True, binds_lines=False))
    '3 insurers, 1 line of business, the whole country'
    """
    if reach.binds_lines:
        insurers = f"every plan of its lines (we know of {reach.insurers} insurers)"
    else:
        insurers = "1 insurer" if reach.insurers == 1 else f"{reach.insurers} insurers"
    lines = "1 line of business" if reach.lines == 1 else f"{reach.lines} lines of business"
    states = "1 state" if reach.states == 1 else f"{reach.states} states"
    return ", ".join((insurers, lines, "the whole country" if reach.is_whole_country else states))


def _read(item: WorkItem, on: dt.date) -> str:
    """When it was last read, how long ago that is, and from what."""
    read_on = item.newest.read_on
    months = (on - read_on.first_day).days // 30
    ago = f", {months} month{'s' if months > 1 else ''} ago" if months else ""
    return f"{read_on}{ago}, from {KINDS[item.newest.kind]}"
