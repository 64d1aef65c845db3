"""Loads a folder of catalogue files into the database, and takes it out again.

What was edited at the desk is never replaced: a file's new edition arrives as a draft there, and
anything else in which file and desk differ is kept as the desk has it, and said.
"""

from dataclasses import dataclass, field, replace

from django.db import transaction

from policies.catalogue import Document, Edition
from policies.catalogue.writing import write_head
from policies.folder import Folder, FolderError
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import (
    Administration,
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    WorkedCase,
)
from policies.publishing import append_readings, publish_version, save_draft, save_policy
from policies.worked_cases import WorkedCase as CaseRecord
from policies.worked_cases import read_cases, run_case, write_case


@dataclass
class Loaded:
    """What a load did: editions published, drafted and unchanged, and what the desk kept."""

    published: int = 0
    drafted: int = 0
    unchanged: int = 0
    readings: int = 0
    cases: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_folder(folder: Folder) -> Loaded:
    """Write a folder that was read without fault; all of it or, on a fault, nothing."""
    loaded = Loaded()
    _load_insurers(folder, loaded)
    faults: list[str] = []
    for document in folder.documents:
        cases = folder.cases.get(document.stem, ())
        faults += _load_document(document, cases, loaded)
    if faults:
        raise FolderError(faults)
    return loaded


def _load_insurers(folder: Folder, loaded: Loaded) -> None:
    known = {one.slug: one for one in Insurer.objects.select_related("parent")}
    # Parents first: a brand names its parent's row.
    records = sorted(folder.insurers.values(), key=lambda one: bool(one.parent))
    for record in records:
        row = known.get(record.slug)
        if row is not None and row.record() == record:
            continue
        if row is not None and row.edited_at_desk:
            loaded.kept.append(f"insurer {record.slug}")
            continue
        row = row or Insurer(slug=record.slug)
        row.name = record.name
        row.kind = record.kind.value
        row.states = list(record.states)
        row.parent = known.get(record.parent)
        row.also_known_as = list(record.also_known_as)
        row.pays_for = record.pays_for.value if record.pays_for else ""
        row.note = record.note
        row.full_clean()
        changes = changed(held_fields(row), fields_of(row))
        row.save()
        known[row.slug] = row
        record_event(PolicyEvent.Kind.LOADED, row, by=None, changes=changes)
    for link in folder.administrations:
        held, is_new = Administration.objects.get_or_create(
            insurer=known[link.insurer],
            administrator=known[link.administrator],
            benefit=link.benefit,
            defaults={
                "lines_of_business": [line.value for line in link.lines_of_business],
                "source_url": link.source_url,
                "quote": link.quote,
                "read_on": link.read_on.text,
            },
        )
        if is_new:
            record_event(PolicyEvent.Kind.LOADED, held, by=None)
        elif held.record() != link:
            loaded.kept.append(f"link {held}")


def _load_document(document: Document, cases: tuple[CaseRecord, ...], loaded: Loaded) -> list[str]:
    policy = Policy.objects.filter(insurer__slug=document.insurer.slug, slug=document.slug).first()
    if policy is None:
        policy = save_policy(document, by=None)
    elif any(getattr(policy, name) != value for name, value in write_head(document).items()):
        if policy.edited_at_desk:
            loaded.kept.append(f"what stands about {document.stem}")
        else:
            save_policy(document, by=None, policy=policy)
    faults = []
    for edition in sorted(document.editions, key=lambda one: one.order):
        version = policy.versions.filter(
            effective_on=edition.effective_on, revision=edition.revision
        ).first()
        if version is None:
            _add_edition(policy, edition, document, loaded)
        else:
            faults += _compare_edition(version, edition, document, loaded)
    newest = policy.versions.published().first()
    if newest is not None:
        loaded.cases += _append_cases(policy, newest, cases, loaded)
    return faults


def _add_edition(policy: Policy, edition: Edition, document: Document, loaded: Loaded) -> None:
    desk_moved_on = policy.versions.filter(created_by__isnull=False).exists()
    version = save_draft(policy, edition, by=None)
    if desk_moved_on:
        loaded.drafted += 1
        loaded.kept.append(f"{document.stem}: the file's edition waits as a draft")
    else:
        publish_version(version, by=None)
        loaded.published += 1


def _compare_edition(
    version: PolicyVersion, edition: Edition, document: Document, loaded: Loaded
) -> list[str]:
    """The edition is held already: the same, the desk's own, or a file changed after publishing."""
    ours = version.edition()
    differing = tuple(one for one in ours.readings if one not in edition.readings)
    is_same = replace(ours, readings=()) == replace(edition, readings=())
    if is_same and version.published_at is not None:
        changed = {one.key for one in differing} & {one.key for one in edition.readings}
        if changed:
            return [
                f"{document.stem}.yaml: sources.{key}: never changed; give the new one its own key"
                for key in sorted(changed)
            ]
        appended = append_readings(version, edition)
        if appended:
            keys = ", ".join(appended)
            record_event(PolicyEvent.Kind.READ, version, what=f"{version}: {keys}", by=None)
        loaded.readings += len(appended)
        loaded.unchanged += 1
        return []
    if version.created_by is not None or version.published_at is None:
        loaded.kept.append(f"{document.stem}, {version.effective or 'undated'}")
        return []
    frozen = (
        f"{document.stem}.yaml: the edition {version.effective or 'without a date'}, revision "
        f"{version.revision}, is published and frozen. Give the corrected one revision: "
        f"{version.revision + 1} and a change_note, and keep the published one beside it."
    )
    return [frozen]


def _append_cases(
    policy: Policy, version: PolicyVersion, cases: tuple[CaseRecord, ...], loaded: Loaded
) -> int:
    held = policy.current_cases()
    wanted = {case.name: write_case(case) for case in cases}
    gone = [name for name in held if name not in wanted]
    new = [name for name, content in wanted.items() if held.get(name) != content]
    if (new or gone) and version.created_by is not None:
        # The file's cases were proved against the file's editions, not against the desk's.
        document = Policy.objects.with_record().get(pk=policy.pk).document()
        if any(run_case(case, document) for case in cases):
            loaded.kept.append(f"the worked cases of {document.stem}")
            return 0
    WorkedCase.objects.bulk_create(
        WorkedCase(version=version, name=name, content=wanted.get(name)) for name in (*new, *gone)
    )
    if new or gone:
        changes = {name: (held.get(name), wanted.get(name)) for name in (*new, *gone)}
        record_event(PolicyEvent.Kind.CASES, version, by=None, changes=changes)
    return len(new) + len(gone)


def take_out() -> Folder:
    """The published catalogue as a folder holds it."""
    insurers = Insurer.objects.select_related("parent")
    links = Administration.objects.select_related("insurer__parent", "administrator__parent")
    policies = Policy.objects.listed()
    cases = {
        f"{policy.insurer.slug}--{policy.slug}": read_cases(list(policy.current_cases().values()))
        for policy in policies
    }
    return Folder(
        insurers={one.slug: one.record() for one in insurers.order_by("slug")},
        administrations=tuple(link.record() for link in links),
        documents=tuple(policy.document() for policy in policies),
        cases=cases,
    )
