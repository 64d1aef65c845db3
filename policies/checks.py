"""Finds what stands in the database and can no longer be read, as after a fact was renamed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core import checks
from django.db import connections
from django.db.models import Prefetch

from policies.criteria.reading import read_criteria
from policies.faults import Fault, InputError
from policies.models import Policy, PolicyVersion, SourceReading, WorkedCase
from policies.worked_cases import read_cases

HINT = (
    "Give the term back to policies/terms, where it may go on under its old name: what is "
    "published never changes. A draft or a case is mended at the desk."
)


class Part(StrEnum):
    """In what a fault was found, with the number of its message."""

    EDITION = "E001"
    POLICY = "E002"
    DRAFT = "W001"
    CASE = "W002"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A fault in what the database holds; `key` is that of the policy or version to look at."""

    part: Part
    what: str
    fault: str
    key: int


@checks.register(checks.Tags.database)
def check_records(
    app_configs: Sequence[Any] | None = None, *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Patients would meet an error for the first two kinds, editors for the others."""
    found = [one for alias in databases or () for one in unreadable(alias)]
    return [_message(one) for one in found]


def _message(one: Unreadable) -> checks.CheckMessage:
    is_met_by_patients = one.part in (Part.EDITION, Part.POLICY)
    kind = checks.Error if is_met_by_patients else checks.Warning
    return kind(f"{one.what}: {one.fault}", hint=HINT, id=f"policies.{one.part}")


def unreadable(alias: str = "default") -> list[Unreadable]:
    """Every fault of every edition, draft, policy and worked case; none in an empty database."""
    # Checks run before the first migration too.
    if PolicyVersion._meta.db_table not in connections[alias].introspection.table_names():  # noqa: SLF001
        return []
    names = {
        key: f"{insurer}--{slug}"
        for key, insurer, slug in Policy.objects.using(alias).values_list(
            "pk", "insurer__slug", "slug"
        )
    }
    return [*_policies(alias, names), *_editions(alias, names), *_cases(alias, names)]


def _policies(alias: str, names: dict[int, str]) -> Iterator[Unreadable]:
    trees = Policy.objects.using(alias).filter(applies_if__isnull=False)
    for key, tree in trees.order_by("pk").values_list("pk", "applies_if"):
        try:
            read_criteria(tree, at="applies_if")
        except InputError as error:
            for fault in error.faults:
                yield Unreadable(Part.POLICY, names[key], str(fault), key)


def _editions(alias: str, names: dict[int, str]) -> Iterator[Unreadable]:
    # The columns of the first migration: a check runs before a later one has come.
    readings = SourceReading.objects.defer("added_at")
    versions = (
        PolicyVersion.objects.using(alias)
        .only(
            *("policy", "effective", "revision", "last_reviewed", "status", "is_read_whole"),
            *("change_note", "positions", "notes", "published_at"),
        )
        .order_by("pk")
        .prefetch_related(Prefetch("readings", readings))
    )
    for version in versions:
        name = f"{names[version.policy_id]}, {version.effective or 'undated'}, {version.revision}"
        for fault in _faults_of(version):
            if version.published_at is not None:
                yield Unreadable(Part.EDITION, name, str(fault), version.pk)
            elif fault.place.startswith("positions"):
                # What else a draft lacks is still to be written.
                yield Unreadable(Part.DRAFT, f"{name} (draft)", str(fault), version.pk)


def _faults_of(version: PolicyVersion) -> tuple[Fault, ...]:
    try:
        version.edition()
    except InputError as error:
        return error.faults
    return ()


def _cases(alias: str, names: dict[int, str]) -> Iterator[Unreadable]:
    rows = WorkedCase.objects.using(alias).order_by("pk")
    newest = {
        (policy, name): (version, content)
        for policy, version, name, content in rows.values_list(
            "version__policy", "version", "name", "content"
        )
    }
    for (policy, name), (version, content) in newest.items():
        if content is None:
            continue
        try:
            read_cases([content])
        except InputError as error:
            for fault in error.faults:
                yield Unreadable(Part.CASE, f"{names[policy]}, case {name}", str(fault), version)
