"""Records what happened, with what it settles about the plan's law, in one transaction."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.db import transaction

from appeals.clinics.casework import Due, Heading, OpenCase, change_case, move_case
from appeals.clinics.content import Happened
from appeals.models import CaseEvent


@dataclass(frozen=True, slots=True)
class Move:
    """What happened on a day: its step of the route, and the next last day that follows."""

    kind: CaseEvent.Kind
    on: dt.date
    happened: Happened
    step: str = ""
    due: Due = field(default_factory=Due)


@transaction.atomic
def record_move(
    opened: OpenCase,
    move: Move,
    *,
    finder: Mapping[str, str],
    based_on: int,
    today: dt.date,
    by: User,
) -> OpenCase:
    """Move a case on; answers about its law that came with it are kept."""
    if finder != opened.content.finder:
        case = opened.case
        heading = Heading(case.insurer, case.payer_name, case.issue_state, case.clinician)
        content = replace(opened.content, finder=finder)
        opened = change_case(opened, content, heading, based_on=based_on, on=today, by=by)
        based_on = opened.case.counter
    return move_case(
        opened,
        move.kind,
        on=move.on,
        today=today,
        based_on=based_on,
        by=by,
        happened=move.happened,
        step=move.step,
        due=move.due,
    )
