"""What has left the clinic: on which day a letter was sent, and when it was last printed."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from appeals.letters.kinds import LetterKind
from appeals.models import CaseEvent, Letter

Kind = CaseEvent.Kind
SENT_AS = {
    LetterKind.PRIOR_AUTHORIZATION: Kind.SUBMITTED,
    LetterKind.RETROSPECTIVE_AUTHORIZATION: Kind.SUBMITTED,
    LetterKind.MEDICAL_NECESSITY: Kind.SUBMITTED,
    LetterKind.INTERNAL_APPEAL: Kind.APPEALED,
    LetterKind.EXTERNAL_REVIEW: Kind.SENT_TO_REVIEW,
}
"""What happens in a case when such a letter is sent."""


def sent_days(letters: Collection[Letter]) -> Mapping[uuid.UUID, dt.date]:
    """The day on which each signed letter was sent, by the first such step recorded after it."""
    cases = {one.case_id for one in letters}
    rows = CaseEvent.objects.filter(case__in=cases, kind__in=set(SENT_AS.values()))
    steps = list(rows.order_by("-at").values_list("case_id", "kind", "at", "on"))
    return {
        letter.pk: on
        for letter in letters
        for case, kind, at, on in steps
        if case == letter.case_id
        and kind == SENT_AS.get(LetterKind(letter.kind))
        and letter.signed_at is not None
        and at > letter.signed_at
    }


def mark_printed(letters: Collection[uuid.UUID], *, at: dt.datetime) -> None:
    """Write when signed letters were taken away to be sent."""
    Letter.objects.filter(signed_at__isnull=False, pk__in=letters).update(printed_at=at)
