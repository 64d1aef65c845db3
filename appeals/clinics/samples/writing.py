"""Writes the sample clinic in bulk, some cases at a time, so that memory stays small."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from django.contrib.auth.models import User
from django.db import connection, reset_queries, transaction
from django.utils import timezone

from appeals.clinics.access import log_cases
from appeals.clinics.content import Happened, to_plain
from appeals.clinics.documents.recounting import Checked, write_missing
from appeals.clinics.keys import clinic_ring
from appeals.clinics.patients import OpenPatient, digests_of
from appeals.clinics.records import found_by
from appeals.clinics.rule_changes import Rules
from appeals.clinics.samples.papers import add_sample_papers
from appeals.clinics.samples.people import NAME, Staff, make_staff, sample_patient
from appeals.clinics.samples.plans import sample_plans
from appeals.clinics.samples.situations import KINDS, Held, Situations, age_of
from appeals.clinics.samples.stories import SampleEvent, Story, tell_story
from appeals.models import AccessEntry, Case, CaseEvent, CaseVerdict, Clinic, Patient
from appeals.sealing import fresh_key, seal_json
from policies.models import Insurer
from policies.published import published_catalogue

Kind = CaseEvent.Kind
AT_ONCE = 1000
SEED = 20261
FURTHER = 12
"""One case in so many is a further one of the patient before."""
CHANGED = Happened(
    text="Made up for the sample: the rule changed, and now also wants a rating scale from the "
    "last 30 days."
)


@dataclass(frozen=True, slots=True)
class SampleCase:
    """All that is written about one case."""

    case: Case
    patient: OpenPatient
    held: Held
    story: Story
    events: tuple[SampleEvent, ...]
    by: User

    @property
    def event_rows(self) -> Iterator[CaseEvent]:
        """Its events in their order."""
        for one in self.events:
            row = CaseEvent(
                case=self.case,
                kind=one.kind,
                on=one.on,
                step=one.step,
                reasons=list(one.reasons),
                by=self.by,
            )
            if one.happened != Happened():
                row.sealed = self.patient.seal(to_plain(one.happened), place=row.place)
            yield row

    @property
    def verdict_row(self) -> CaseVerdict:
        row = CaseVerdict(case=self.case, version_id=self.held.version_id, on=self.story.opened_on)
        row.sealed = self.patient.seal(to_plain(self.held.verdict), place=row.place)
        return row


@dataclass(slots=True)
class Maker:
    """Makes the cases one after the other, the same ones for the same seed and day."""

    staff: Staff
    situations: Situations
    today: dt.date
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 -- no secret
    insurers: dict[str, int] = field(default_factory=dict)
    patients: int = 0
    kind: int = 0
    latest: OpenPatient | None = None

    def cases(self, count: int) -> Iterator[SampleCase]:
        for number in range(1, count + 1):
            patient = self.latest
            if patient is None or number % FURTHER:
                patient = self.latest = self._patient()
            yield self._case(number, patient)

    def _patient(self) -> OpenPatient:
        """A patient under a key of their own, not written yet; of one kind in all their cases."""
        self.patients += 1
        self.kind = self.chance.randrange(KINDS)
        clinic, key = self.staff.clinic, fresh_key()
        age = age_of(self.kind)
        record = sample_patient(self.chance, self.patients, age=age, today=self.today)
        row = Patient(clinic=clinic)
        row.key_name, row.wrapped_key = clinic_ring().wrap(key, place=row.place)
        row.sealed = seal_json(key, record.to_json(), place=row.place)
        row.digests = digests_of(clinic, found_by(record), row.key_name)
        return OpenPatient(row, record, key)

    def _case(self, number: int, patient: OpenPatient) -> SampleCase:
        chance = self.chance
        plan = chance.randrange(len(self.situations.plans))
        held = self.situations.held(plan, self.kind)
        story = tell_story(chance, held.law, today=self.today)
        is_changed = not story.is_closed and chance.random() < 0.05
        case = Case(
            clinic=self.staff.clinic,
            patient=patient.patient,
            number=number,
            clinician=chance.choice((*self.staff.clinicians, None)),
            insurer_id=self.insurers.get(held.plan.insurer),
            payer_name=held.plan.plan.insurer_name or "",
            issue_state=held.plan.state,
            stage=story.stage,
            due_on=story.due.on,
            due_step=story.due.step,
            is_rule_changed=is_changed,
            closed_at=_noon(story.events[-1].on) if story.is_closed else None,
        )
        case.opened_by = by = chance.choice(tuple(self.staff.people.values()))
        case.sealed = patient.seal(held.plain, place=case.place)
        events = (SampleEvent(Kind.OPENED, story.opened_on, Happened()), *story.events)
        if is_changed:
            events = (*events, SampleEvent(Kind.RULE_CHANGED, self.today, CHANGED))
        return SampleCase(case, patient, held, story, events, by)


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@transaction.atomic
def write_sample_clinic(count: int, *, today: dt.date) -> Staff:
    """Make the clinic, its staff, and so many cases."""
    catalogue = published_catalogue()
    staff = make_staff()
    maker = Maker(
        staff,
        Situations(sample_plans(catalogue.insurers.values()), Rules(catalogue, ()), today),
        today,
        insurers=dict(Insurer.objects.values_list("slug", "pk")),
    )
    made = maker.cases(count)
    while chunk := list(islice(made, AT_ONCE)):
        _write(chunk, today=today)
    add_sample_papers(staff, today=today)
    with connection.cursor() as cursor:
        # The plans of later queries go by what the tables hold.
        cursor.execute("ANALYZE appeals_patient, appeals_case, appeals_caseevent")
    return staff


def _write(chunk: Sequence[SampleCase], *, today: dt.date) -> None:
    patients = {one.patient.patient.pk: one.patient.patient for one in chunk}
    # A patient of the chunk before may have a further case here.
    Patient.objects.bulk_create(patients.values(), ignore_conflicts=True)
    Case.objects.bulk_create(one.case for one in chunk)
    CaseEvent.objects.bulk_create(row for one in chunk for row in one.event_rows)
    CaseVerdict.objects.bulk_create(one.verdict_row for one in chunk)
    checked = (
        Checked(one.case, one.patient.key, one.held.content, one.held.answer)
        for one in chunk
        if not one.story.is_closed
    )
    write_missing(list(checked), on=today)
    log_cases(AccessEntry.What.CHANGED, [one.case for one in chunk], by=None)
    reset_queries()  # with DEBUG on, each of these long ones would stay in memory


def sample_clinics() -> list[Clinic]:
    """The sample clinics that are there, of the name that this command gives."""
    return list(Clinic.objects.filter(is_sample=True, name=NAME))


@transaction.atomic
def drop_sample_clinic(clinic: Clinic) -> None:
    """Delete a sample clinic with its patients, some at a time; its log stays."""
    if not clinic.is_sample:
        raise ValueError("only a sample clinic is deleted so")
    while ids := list(clinic.patients.values_list("pk", flat=True)[:AT_ONCE]):
        AccessEntry.objects.bulk_create(
            AccessEntry(clinic_id=clinic.pk, patient_id=one, what=AccessEntry.What.DELETED)
            for one in ids
        )
        Patient.objects.filter(pk__in=ids).delete()
    clinic.delete()
