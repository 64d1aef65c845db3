"""Loads a folder of catalogue files into the database.

What was edited at the desk is never replaced: an edition that is new in a file, or changed there,
arrives as a draft, and anything else in which file and desk differ is kept as the desk has it, and
said.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from policies.addressing import fill_address, held_address, is_of_the_desk, save_address
from policies.catalogue import Administration as LinkRecord
from policies.catalogue import Document, Edition
from policies.catalogue import Insurer as InsurerRecord
from policies.catalogue.names import parents_first
from policies.catalogue.writing import write_edition, write_head
from policies.catalogue.yaml_text import write_yaml
from policies.draft_states import TO_BE_SAID
from policies.folder import INSURERS, Folder, FolderError
from policies.history import changed, fields_of, held_fields, record_event, text_of_version
from policies.models import (
    Administration,
    AppealAddress,
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    WorkedCase,
)
from policies.publishing import (
    append_readings,
    publish_version,
    save_draft,
    save_policy,
)
from policies.worked_cases import WorkedCase as CaseRecord
from policies.worked_cases import run_case, write_case


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
    for record in parents_first(folder.insurers):
        row = known.get(record.slug)
        if row is not None and row.record() == record:
            continue
        if row is not None and row.edited_at_desk:
            loaded.kept.append(f"insurer {record.slug}")
            continue
        row = fill_insurer(row or Insurer(slug=record.slug), record, known)
        _refuse_faulty(row)
        changes = changed(held_fields(row), fields_of(row))
        row.save()
        known[row.slug] = row
        record_event(PolicyEvent.Kind.LOADED, row, by=None, changes=changes)
    for link in folder.administrations:
        held = held_link(link, known)
        if held is None:
            record_event(PolicyEvent.Kind.LOADED, make_link(link, known), by=None)
        elif held.record() != link:
            loaded.kept.append(f"link {held}")
    _load_addresses(folder, known, loaded)


def _refuse_faulty(insurer: Insurer) -> None:
    """What one of the desk stands against, such as its name, is told like a fault of the file."""
    try:
        insurer.full_clean()
    except ValidationError as error:
        lines = [f"{INSURERS}: insurer {insurer.slug}: {text}" for text in error.messages]
        raise FolderError(lines) from error


def _load_addresses(folder: Folder, known: Mapping[str, Insurer], loaded: Loaded) -> None:
    for record in folder.addresses:
        row = held_address(record)
        if row is not None and row.record() == record:
            continue
        if row is not None and is_of_the_desk(row):
            loaded.kept.append(f"address {row}")
            continue
        row = fill_address(row or AppealAddress(), record, known)
        save_address(row, by=None, kind=PolicyEvent.Kind.LOADED)


def fill_insurer(row: Insurer, record: InsurerRecord, known: Mapping[str, Insurer]) -> Insurer:
    """Set the columns of an insurer from its record; its parent is known already."""
    row.name = record.name
    row.kind = record.kind.value
    row.states = list(record.states)
    row.parent = known.get(record.parent)
    row.also_known_as = list(record.also_known_as)
    row.pays_for = record.pays_for.value if record.pays_for else ""
    row.note = record.note
    return row


def held_link(link: LinkRecord, known: Mapping[str, Insurer]) -> Administration | None:
    """The row of a link, whatever else stands in it."""
    return Administration.objects.filter(
        insurer=known[link.insurer],
        administrator=known[link.administrator],
        benefit=link.benefit,
    ).first()


def make_link(link: LinkRecord, known: Mapping[str, Insurer]) -> Administration:
    """Write a new link; the caller leaves the event."""
    row = Administration(
        insurer=known[link.insurer],
        administrator=known[link.administrator],
        benefit=link.benefit,
        lines_of_business=[line.value for line in link.lines_of_business],
        source_url=link.source_url,
        quote=link.quote,
        read_on=link.read_on.text,
    )
    row.full_clean()
    row.save()
    return row


def find_policy(stem: str) -> Policy | None:
    """The policy of a data file, by the stem of its name."""
    insurer, _, slug = stem.partition("--")
    return Policy.objects.filter(insurer__slug=insurer, slug=slug).first()


def _load_document(document: Document, cases: tuple[CaseRecord, ...], loaded: Loaded) -> list[str]:
    policy = find_policy(document.stem)
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
        elif version.published_at is None:
            _beside_draft(version, edition, document, loaded)
        else:
            faults += _compare_edition(version, edition, document, loaded)
    newest = policy.versions.published().first()
    if newest is not None:
        loaded.cases += _append_cases(policy, newest, cases, loaded)
    return faults


def desk_moved_on(policy: Policy) -> bool:
    """Whether editors have written to a policy, so that a file no longer decides what it says."""
    return policy.edited_at_desk or policy.versions.filter(created_by__isnull=False).exists()


def _add_edition(policy: Policy, edition: Edition, document: Document, loaded: Loaded) -> None:
    if desk_moved_on(policy):
        _arrive(policy, edition, document, loaded)
    else:
        version = save_draft(policy, edition, by=None, digest=digest_of(edition))
        publish_version(version, by=None)
        loaded.published += 1


def _arrive(policy: Policy, edition: Edition, document: Document, loaded: Loaded) -> None:
    """A file's edition becomes a draft, once; what editors then do with it is theirs to decide."""
    name = f"{document.stem}, {edition.effective.text if edition.effective else 'undated'}"
    digest = digest_of(edition)
    if PolicyEvent.objects.about(policy).filter(digest=digest).exists():
        loaded.kept.append(f"{name}: the file's edition arrived before")
        return
    save_draft(policy, next_free(policy, edition), by=None, digest=digest)
    loaded.drafted += 1
    loaded.kept.append(f"{name}: the file's edition waits as a draft")


def _beside_draft(
    version: PolicyVersion, edition: Edition, document: Document, loaded: Loaded
) -> None:
    if text_of_version(version) == write_yaml(write_edition(edition)):
        loaded.kept.append(f"{document.stem}, {version.effective or 'undated'}: it is a draft")
    else:
        _arrive(version.policy, edition, document, loaded)


def digest_of(edition: Edition) -> str:
    """What tells an edition of a file from any with other words."""
    return hashlib.sha256(json.dumps(write_edition(edition), sort_keys=True).encode()).hexdigest()


def next_free(policy: Policy, edition: Edition) -> Edition:
    """The edition under the first revision of its date that the policy does not have."""
    same_day = policy.versions.filter(effective_on=edition.effective_on)
    if not same_day.filter(revision=edition.revision).exists():
        return edition
    newest = same_day.aggregate(newest=Max("revision"))["newest"]
    return replace(edition, revision=newest + 1, change_note=edition.change_note or TO_BE_SAID)


def _compare_edition(
    version: PolicyVersion, edition: Edition, document: Document, loaded: Loaded
) -> list[str]:
    """The edition is published already: the same, or other words, which no file puts over it."""
    ours = version.edition()
    differing = tuple(one for one in ours.readings if one not in edition.readings)
    if replace(ours, readings=()) == replace(edition, readings=()):
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
    if desk_moved_on(version.policy):
        _arrive(version.policy, edition, document, loaded)
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
    held = policy.current_cases(of_published=True)
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
