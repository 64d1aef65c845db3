"""Brings records sent to the desk in as drafts: all of an upload or, on a fault, nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.addressing import fill_address, held_address, save_address
from policies.catalogue import Administration as LinkRecord
from policies.catalogue import AppealAddress as AddressRecord
from policies.catalogue import Document, Edition
from policies.catalogue import Insurer as InsurerRecord
from policies.catalogue.names import parents_first
from policies.catalogue.writing import write_head
from policies.exporting import take_out
from policies.faults import InputError
from policies.folder import CASES, Folder, FolderError, read_files
from policies.former_pages import former_names
from policies.history import record_event
from policies.loading import fill_insurer, find_policy, held_link, make_link, next_free
from policies.models import AppealAddress, Insurer, Policy, PolicyEvent, PolicyVersion, WorkedCase
from policies.publishing import lock_draft, save_draft, save_policy
from policies.worked_cases import WorkedCase as CaseRecord
from policies.worked_cases import run_case, write_case


class Outcome(StrEnum):
    """What an import does with one thing."""

    NEW_INSURER = "new insurer, seen by patients at once"
    NEW_LINK = "new link, in force at once"
    NEW_ADDRESS = "new address, shown to patients at once"
    NEW_POLICY = "new policy, not shown before an edition is published"
    DRAFT = "becomes a draft"
    CASES = "worked cases are added"
    LEFT = "left as it is here"
    RENAMED = "has another name here"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an import wrote, or left, with the reason."""

    outcome: Outcome
    what: str
    why: str = ""


@dataclass
class Imported:
    """All that an import did; what is the same here already is only counted."""

    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0

    def add(self, outcome: Outcome, what: str, why: str = "") -> None:
        self.steps.append(Step(outcome, what, why))

    @property
    def writes(self) -> bool:
        return any(step.outcome not in (Outcome.LEFT, Outcome.RENAMED) for step in self.steps)

    @property
    def seal(self) -> str:
        """Tells this outcome from any other, so that what is confirmed is what was shown."""
        return hashlib.sha256(repr((self.steps, self.unchanged)).encode()).hexdigest()


BY_HAND = "The file has it otherwise: compare them, and change it by hand."


class OtherOutcomeError(Exception):
    """An import that would now do something else than was shown; `imported` is what."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported
        super().__init__("The catalogue changed since this was shown.")


def preview_import(files: Mapping[str, bytes], *, by: User) -> Imported:
    """What an import would do: it is done, and taken back."""
    with transaction.atomic():
        imported = _import(files, by=by)
        transaction.set_rollback(True)
    return imported


@transaction.atomic
def import_files(files: Mapping[str, bytes], *, by: User, seal: str) -> Imported:
    """Write an upload as drafts, if it does what was shown under this seal."""
    imported = _import(files, by=by)
    if imported.seal != seal:
        raise OtherOutcomeError(imported)
    if imported.writes:
        drafts = sum(step.outcome is Outcome.DRAFT for step in imported.steps)
        what = f"{len(files)} files, {drafts} drafts"
        record_event(PolicyEvent.Kind.IMPORTED, None, by=by, what=what)
    return imported


def _import(files: Mapping[str, bytes], *, by: User) -> Imported:
    importer = _Importer(take_out(), by)
    folder = read_files(files, held=importer.held, former=former_names())
    try:
        importer.write(folder)
    except ValidationError as error:
        raise FolderError(error.messages) from error
    return importer.imported


class _Importer:
    """Brings in thing by thing what is not here yet, and leaves what is here as it is."""

    def __init__(self, held: Folder, by: User) -> None:
        self.held = held
        self.by = by
        self.imported = Imported()

    def write(self, folder: Folder) -> None:
        for what in folder.renamed:
            self.imported.add(Outcome.RENAMED, what)
        known = {one.slug: one for one in Insurer.objects.select_related("parent")}
        for record in parents_first(folder.insurers):
            self.insurer(record, known)
        for link in folder.administrations:
            self.link(link, known)
        for address in folder.addresses:
            self.address(address, known)
        drafts = {one.stem: self.document(one) for one in folder.documents}
        for stem, cases in folder.cases.items():
            self.cases(stem, cases, drafts.get(stem))

    def insurer(self, record: InsurerRecord, known: dict[str, Insurer]) -> None:
        row = known.get(record.slug)
        if row is None:
            row = fill_insurer(Insurer(slug=record.slug), record, known)
            row.edited_at_desk = True
            row.full_clean()
            row.save()
            known[row.slug] = row
            record_event(PolicyEvent.Kind.ADDED, row, by=self.by)
            self.imported.add(Outcome.NEW_INSURER, row.name)
        elif row.record() == record:
            self.imported.unchanged += 1
        else:
            self.imported.add(Outcome.LEFT, row.name, BY_HAND)

    def link(self, link: LinkRecord, known: Mapping[str, Insurer]) -> None:
        row = held_link(link, known)
        if row is None:
            row = make_link(link, known)
            record_event(PolicyEvent.Kind.ADDED, row, by=self.by)
            self.imported.add(Outcome.NEW_LINK, str(row))
        elif row.record() == link:
            self.imported.unchanged += 1
        else:
            self.imported.add(Outcome.LEFT, str(row), BY_HAND)

    def address(self, record: AddressRecord, known: Mapping[str, Insurer]) -> None:
        row = held_address(record)
        if row is None:
            row = save_address(fill_address(AppealAddress(), record, known), by=self.by)
            self.imported.add(Outcome.NEW_ADDRESS, str(row))
        elif row.record() == record:
            self.imported.unchanged += 1
        else:
            self.imported.add(Outcome.LEFT, str(row), BY_HAND)

    def document(self, document: Document) -> PolicyVersion | None:
        """Bring one document in; the newest draft that was made, if any."""
        policy = find_policy(document.stem)
        if policy is None:
            policy = save_policy(document, by=self.by)
            self.imported.add(Outcome.NEW_POLICY, document.short_name)
        else:
            head = write_head(document)
            names = [name for name, value in head.items() if getattr(policy, name) != value]
            if names:
                self.imported.add(Outcome.LEFT, f"{policy}: {', '.join(names)}", BY_HAND)
        drafts = [
            self.edition(policy, edition)
            for edition in sorted(document.editions, key=lambda one: one.order)
        ]
        return next((draft for draft in reversed(drafts) if draft is not None), None)

    def edition(self, policy: Policy, edition: Edition) -> PolicyVersion | None:
        same_day = policy.versions.filter(effective_on=edition.effective_on)
        for version in same_day.prefetch_related("readings"):
            if has_words_of(version, edition):
                self.imported.unchanged += 1
                self._leave_readings(version, edition)
                return None
        draft = save_draft(policy, next_free(policy, edition), by=self.by)
        self.imported.add(Outcome.DRAFT, str(draft))
        return draft

    def _leave_readings(self, version: PolicyVersion, edition: Edition) -> None:
        keys = {reading.key for reading in version.readings.all()}
        new = [one.key for one in edition.readings if one.key not in keys]
        if new:
            what = f"{version}: reading {', '.join(new)}"
            self.imported.add(Outcome.LEFT, what, "Append it at the page of the edition.")

    def cases(self, stem: str, cases: tuple[CaseRecord, ...], draft: PolicyVersion | None) -> None:
        """Cases stand beside the draft that came with them, or beside what they prove already."""
        policy = find_policy(stem)
        if policy is None:
            return
        known = policy.current_cases()
        new = [case for case in cases if known.get(case.name) != write_case(case)]
        self.imported.unchanged += len(cases) - len(new)
        version = draft or policy.versions.published().first() or policy.versions.first()
        if not new or version is None:
            return
        if draft is None:
            self._refuse_wrong(stem, new)
        if version.published_at is None:
            version = lock_draft(version)
        written = {case.name: write_case(case) for case in new}
        WorkedCase.objects.bulk_create(
            WorkedCase(version=version, name=name, content=content)
            for name, content in written.items()
        )
        changes = {name: (known.get(name), content) for name, content in written.items()}
        record_event(PolicyEvent.Kind.CASES, version, by=self.by, changes=changes)
        self.imported.add(Outcome.CASES, f"{version}: {len(new)}")

    def _refuse_wrong(self, stem: str, cases: list[CaseRecord]) -> None:
        """They were run on what the upload says; here they must hold on what is published."""
        documents = [one for one in self.held.documents if one.stem == stem]
        wrong = [
            f"{CASES}/{stem}.yaml: case {case.name!r}: {one}, by the editions published here"
            for document in documents
            for case in cases
            for one in run_case(case, document)
        ]
        if wrong:
            raise FolderError(wrong)


def has_words_of(version: PolicyVersion, edition: Edition) -> bool:
    """Whether a version says what an edition says, whatever its number and its readings."""
    try:
        ours = version.edition()
    except InputError:  # a draft that is not yet whole
        return False
    return _words(ours) == _words(edition)


def _words(edition: Edition) -> Edition:
    return replace(edition, readings=(), revision=1, change_note="")
