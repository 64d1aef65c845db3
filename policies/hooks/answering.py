"""Answers a hook: what is ordered, what the record says, and the cards on it."""

import datetime as dt
from dataclasses import replace
from typing import Any

from policies.catalogue import Catalogue
from policies.check import check
from policies.fhir import Notice, RecordError
from policies.fhir.review import apply, stated
from policies.hooks.asked import Asked
from policies.hooks.cards import cards_of
from policies.hooks.cards_without_verdict import card_of_the_dead
from policies.hooks.payers import payers_of, with_kind, without_others
from policies.hooks.reasons import asking_for
from policies.hooks.requests import HookRequest, within
from policies.hooks.states import with_plans_state
from policies.situation import Asker, Situation


def cards_for(
    asked: HookRequest, *, catalogue: Catalogue, on: dt.date, site: str
) -> list[dict[str, Any]]:
    """The cards on each treatment ordered; where none is, the record is not even read.

    Only what the record states by itself is counted, and the kind of plan; the rest waits for a
    person.
    """
    ordered = asked.treatments()
    if not ordered:
        return []
    record = asked.record(on=on, insurers=catalogue.insurers, site=site)
    if Notice.DECEASED in record.notices:
        return [card_of_the_dead(site)]
    payers = payers_of(record, asked.prefetch, catalogue.insurers)
    finds = without_others(stated(record), payers)
    told, kind = with_kind(apply(Situation(asker=Asker.CLINIC), finds), record, payers)
    told, state = with_plans_state(told, catalogue.insurers)
    of_plan = " ".join(filter(None, (kind, state)))
    found: list[dict[str, Any]] = []
    for one in ordered:
        situation = replace(told, treatment=one.treatment)
        try:
            asking = asking_for(situation, record, one.reasons, patient_id=asked.patient_id, on=on)
        except RecordError as error:
            # A diagnosis inside the order itself is no part of the record that was read above.
            raise within("context.draftOrders", error) from error
        answer = check(asking.situation, catalogue=catalogue, on=on)
        found += cards_of(Asked(one, answer, record, of_plan, payers, asking), site=site)
    return found
