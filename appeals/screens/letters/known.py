"""What a letter need not ask again: the denial, the notice that was read, and the check told it."""

import datetime as dt
from collections.abc import Iterator, Mapping

from appeals.denied import DeniedCase
from appeals.letters.kinds import LetterKind
from appeals.letters.regulators import regulator_for
from appeals.notices.carried import CarriedLetter
from appeals.notices.finding.finds import FieldName, HowSure
from policies.check import Answer


def to_confirm(
    denied: DeniedCase | None,
    notice: CarriedLetter | None,
    answer: Answer | None,
    *,
    kind: LetterKind | None = None,
) -> Mapping[str, str]:
    """Facts as the fields of a letter hold them, for the person to look at and put right."""
    found = dict(_to_confirm(denied, notice, answer))
    if kind is LetterKind.COMPLAINT and denied is not None:
        agency = regulator_for(denied)
        if agency is not None:
            found["regulator_name"] = agency.name
            found["regulator_address"] = "\n".join(agency.address)
    return {name: text for name, text in found.items() if text}


def settled(denied: DeniedCase | None) -> Mapping[str, dt.date]:
    """Facts that the way from a denial had confirmed, and counted from."""
    notice_on = denied.denial.notice.notice_on if denied is not None else None
    return {"notice_on": notice_on} if notice_on is not None else {}


def answered(answer: Answer | None) -> frozenset[str]:
    """Facts that the check asked in other words, and that the letter takes from there."""
    is_told = answer is not None and "request_phase" in answer.situation.answers
    return frozenset({"phase"}) if is_told else frozenset()


def _to_confirm(
    denied: DeniedCase | None, notice: CarriedLetter | None, answer: Answer | None
) -> Iterator[tuple[str, str]]:
    if answer is not None and answer.insurer is not None:
        yield "plan_name", answer.insurer.name
    member_id = notice.reading.first(FieldName.MEMBER_ID) if notice is not None else None
    # What is unsure is shown beside its field, and left for the person to choose.
    if member_id is not None and member_id.sureness is HowSure.LIKELY:
        yield "member_id", member_id.value
    if denied is None:
        return
    contact = denied.contact
    found = {
        "plan_name": contact.plan or contact.administrator,
        "plan_address": contact.address,
        "plan_fax": contact.fax,
        "reference_number": ", ".join(denied.denial.reference_numbers),
    }
    # The plan by the name on the notice goes before that of the check.
    yield from ((name, text) for name, text in found.items() if text)
    if denied.denial.notice.action_on is not None:
        yield "care_ends_on", denied.denial.notice.action_on.isoformat()
