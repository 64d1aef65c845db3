"""Holds a case against the published rule: on each save, and whenever the rule changes."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from appeals.clinics.access import log_access
from appeals.clinics.casework import (
    Heading,
    OpenCase,
    add_event,
    change_case,
    keep_verdict,
    lock_case,
    verdict_in,
)
from appeals.clinics.content import CaseContent, Happened
from appeals.clinics.documents.counting import count_missing
from appeals.clinics.rule_changes import Rules, editions_of
from appeals.clinics.verdicts import record_of, version_of
from appeals.models import AccessEntry, CaseEvent, CaseVerdict
from policies.catalogue import Catalogue
from policies.check import check
from policies.models import PolicyVersion

Kind = CaseEvent.Kind


@transaction.atomic
def save_case(
    opened: OpenCase,
    content: CaseContent,
    heading: Heading,
    *,
    based_on: int,
    catalogue: Catalogue,
    on: dt.date,
    by: User,
    happened: Happened | None = None,
) -> OpenCase:
    """Write what changed, and keep what the rule says of it; StaleCaseError as `change_case`."""
    changed = change_case(
        opened, content, heading, based_on=based_on, on=on, by=by, happened=happened
    )
    check_case(changed, catalogue=catalogue, on=on)
    return changed


def check_case(opened: OpenCase, *, catalogue: Catalogue, on: dt.date) -> CaseVerdict | None:
    """Hold a case against the rules of today; keep the outcome where it is another than the last.

    The papers that it wants are counted anew. Where the rule is another too, the case says so, as
    if it had been checked anew by itself.
    """
    count_missing(opened, catalogue=catalogue, on=on)
    last = opened.case.verdicts.last()
    if last is not None:
        rules = Rules(catalogue, editions_of(_published_since(last)))
        change = rules.change(opened.content.situation, at=last.at, checked_on=last.on, on=on)
        if change is not None:
            mark_changed(opened, change.words, on=on)
    answer = check(opened.content.situation, catalogue=catalogue, on=on)
    record = record_of(answer)
    if last is not None and verdict_in(opened, last) == record:
        return None
    return keep_verdict(opened, record, version=version_of(answer.headline), on=on)


def _published_since(last: CaseVerdict) -> list[PolicyVersion]:
    newer = Q(published_at__gt=last.at) | Q(effective_on__gt=last.on)
    published = PolicyVersion.objects.published().filter(newer)
    return list(published.select_related("policy__insurer"))


def mark_changed(opened: OpenCase, words: str, *, on: dt.date) -> None:
    """Say on a case that its rule changed, until somebody has looked at it."""
    opened.case.is_rule_changed = True
    opened.case.save(update_fields=["is_rule_changed"])
    add_event(opened, Kind.RULE_CHANGED, on=on, by=None, happened=Happened(text=words))


@transaction.atomic
def look_at_change(opened: OpenCase, *, by: User) -> None:
    """Take the mark of a changed rule off a case: somebody has looked at it."""
    case = lock_case(opened.case)
    case.is_rule_changed = False
    case.save(update_fields=["is_rule_changed"])
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
