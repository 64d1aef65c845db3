"""When a policy changes: the open cases it touches are held against the new rule.

The situations are unsealed some at a time; of a case whose rule changed also what its documents
prove and its last notice, for the papers that it lacks are counted anew. What is written is written
once: a case that was checked against the newest edition is not marked again, so whoever begins anew
after an interruption goes on where it stopped.
"""

import datetime as dt
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from appeals.clinics.content import CaseContent, Happened, from_plain, to_plain
from appeals.clinics.documents.recounting import Checked, write_missing
from appeals.clinics.hiding import FEWEST
from appeals.clinics.keys import clinic_ring
from appeals.clinics.rule_changes import (
    EditionKey,
    RuleChange,
    Rules,
    editions_of,
    key_of,
    outcome_of,
)
from appeals.models import AccessEntry, Case, CaseEvent, CaseVerdict
from appeals.models.cases import CaseQuerySet
from appeals.sealing import seal_json, unseal_json
from policies.catalogue import Catalogue, Document, Edition
from policies.check import check
from policies.effects.open_cases import OpenCases
from policies.models import Administration, Policy, PolicyVersion
from policies.published import published_catalogue
from policies.situation import Situation

AT_ONCE = 500
OPENED = (
    *("clinic", "counter", "sealed", "stage", "closed_at", "insurer", "payer_name"),
    *("patient__key_name", "patient__wrapped_key"),
)
"""All that is fetched of a case and its patient."""
WHOSE = "open cases of clinics"
LATE_DAYS = 31
"""So long a day on which nothing ran is caught up with."""


@contextmanager
def settled_memory() -> Iterator[None]:
    """Keep what stands already, the catalogue first of all, from being looked through for garbage.

    Each chunk is garbage of its own, and every search for it took a fifth of the time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class Held:
    """A case that is open: its row, its patient's data key, and what it holds."""

    case: Case
    key: bytes
    content: CaseContent

    @property
    def situation(self) -> Situation:
        return self.content.situation


def recheck_policy(policy_id: int, *, on: dt.date) -> int:
    """Hold the open cases that a policy touches against it anew; return for how many it changed."""
    policy = Policy.objects.select_related("insurer").get(pk=policy_id)
    published = list(PolicyVersion.objects.published().select_related("policy__insurer"))
    editions = editions_of(published)
    rows = {one.key: version.pk for one, version in zip(editions, published, strict=True)}
    own = editions_of(one for one in published if one.policy_id == policy.pk)
    rules = Rules(published_catalogue(), own)
    with settled_memory():
        return sum(_recheck(cases, rules, rows, on=on) for cases in _by_chunks(touched_by(policy)))


def recheck_due(on: dt.date) -> int:
    """Do so for each policy of which an edition takes effect on this day, or did so lately."""
    lately = on - dt.timedelta(days=LATE_DAYS)
    versions = PolicyVersion.objects.published().filter(effective_on__range=(lately, on))
    policies = versions.order_by("policy").values_list("policy", flat=True).distinct()
    return sum(recheck_policy(policy, on=on) for policy in list(policies))


def touched_by(policy: Policy) -> CaseQuerySet:
    """The open cases that a policy may speak for: those of its insurer and of whom it decides for.

    What binds a line binds plans of any insurer, and of which line a case is stands sealed.
    """
    cases = Case.objects.open()
    if policy.binds_line:
        return cases
    decides_for = Administration.objects.filter(administrator=policy.insurer)
    return cases.filter(
        Q(insurer=policy.insurer) | Q(insurer__in=decides_for.values_list("insurer", flat=True))
    )


def _by_chunks(cases: CaseQuerySet) -> Iterator[list[Case]]:
    """The cases some at a time, in an order that new ones don't upset."""
    rows = cases.select_related("patient").only(*OPENED).order_by("pk")
    chunk = list(rows[:AT_ONCE])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:AT_ONCE])


def _hold(case: Case) -> Held:
    """Unseal what the case holds; who the patient is stays sealed."""
    patient = case.patient
    key = clinic_ring().unwrap(patient.key_name, patient.wrapped_key, place=patient.place)
    return Held(case, key, from_plain(unseal_json(key, case.sealed, place=case.place), CaseContent))


def _recheck(cases: list[Case], rules: Rules, rows: dict[EditionKey, int], *, on: dt.date) -> int:
    last = _last_checks(cases)
    changes: list[tuple[Held, RuleChange]] = []
    for case in cases:
        check_made = last.get(case.pk)
        if check_made is None or not rules.new_since(check_made.at, check_made.on):
            continue
        held = _hold(case)
        change = rules.change(held.situation, at=check_made.at, checked_on=check_made.on, on=on)
        if change is not None:
            changes.append((held, change))
    return _write(changes, rows, on=on) if changes else 0


def _last_checks(cases: Iterable[Case]) -> dict[object, CaseVerdict]:
    """The last verdict kept of each case, unopened."""
    rows = CaseVerdict.objects.filter(case__in=[one.pk for one in cases]).defer("sealed")
    return {one.case_id: one for one in rows.order_by("case_id", "-at").distinct("case_id")}


@transaction.atomic
def _write(
    changes: list[tuple[Held, RuleChange]], rows: dict[EditionKey, int], *, on: dt.date
) -> int:
    """Write the chunk's changes; a case that was saved meanwhile was checked by that."""
    counters = {held.case.pk: held.case.counter for held, _ in changes}
    locked = Case.objects.open().select_for_update(of=("self",)).filter(pk__in=counters)
    still = {
        key for key, counter in locked.values_list("pk", "counter") if counter == counters[key]
    }
    kept = [(held, change) for held, change in changes if held.case.pk in still]
    Case.objects.filter(pk__in=still).update(is_rule_changed=True)
    write_missing(
        [Checked(held.case, held.key, held.content, change.after) for held, change in kept], on=on
    )
    CaseVerdict.objects.bulk_create([_verdict(*one, rows, on=on) for one in kept])
    CaseEvent.objects.bulk_create([_event(*one, on=on) for one in kept])
    AccessEntry.objects.bulk_create([_entry(held.case) for held, _ in kept])
    return len(kept)


def _verdict(
    held: Held, change: RuleChange, rows: dict[EditionKey, int], *, on: dt.date
) -> CaseVerdict:
    first = change.after.headline
    version = None
    if first is not None:
        version = rows.get(key_of(first.applied.document, first.applied.edition))
    row = CaseVerdict(case=held.case, version_id=version, on=on)
    row.sealed = seal_json(held.key, to_plain(change.record), place=row.place)
    return row


def _event(held: Held, change: RuleChange, *, on: dt.date) -> CaseEvent:
    event = CaseEvent(case=held.case, kind=CaseEvent.Kind.RULE_CHANGED, on=on)
    told = to_plain(Happened(text=change.words))
    event.sealed = seal_json(held.key, told, place=event.place)
    return event


def _entry(case: Case) -> AccessEntry:
    return AccessEntry(
        clinic_id=case.clinic_id,
        patient_id=case.patient_id,
        case_id=case.pk,
        what=AccessEntry.What.CHANGED,
        # Rows that leave nothing to the database are written in one array each.
        at=timezone.now(),
    )


def affected(document: Document, before: Edition, after: Edition, on: dt.date) -> OpenCases | None:
    """Count the open cases for which one edition of a document says other than another.

    Both are taken as if they were in force on the day. Nobody learns which cases these are, and
    None stands where the document speaks for no open case.
    """
    if not Case.objects.open().exists():
        return None
    policy = Policy.objects.select_related("insurer").get(
        insurer__slug=document.insurer.slug, slug=document.slug
    )
    days = [one.effective_on for one in (before, after) if one.effective_on is not None]
    day = max([on, *days])
    catalogue = published_catalogue()
    then, now = (Rules(_with_only(catalogue, document, one), ()) for one in (before, after))
    touched = counted = 0
    for cases in _by_chunks(touched_by(policy)):
        for held in map(_hold, cases):
            plan = held.situation.plan
            answer = check(held.situation, catalogue=now.held(plan), on=day)
            if document.stem not in {one.applied.document.stem for one in answer.documents}:
                continue
            counted += 1
            earlier = check(held.situation, catalogue=then.held(plan), on=day)
            touched += outcome_of(earlier) != outcome_of(answer)
    # The desk is outside the clinics.
    return OpenCases(WHOSE, touched, counted, fewest=FEWEST) if counted else None


def _with_only(catalogue: Catalogue, document: Document, edition: Edition) -> Catalogue:
    """The catalogue in which a document has this edition alone."""
    own = replace(document, editions=(edition,))
    rest = (one for one in catalogue.documents if one.stem != document.stem)
    return replace(catalogue, documents=(*rest, own))
