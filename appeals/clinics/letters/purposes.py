"""Facts that one purpose of a letter has, and no other: where it goes, and which notice it answers.

What is asked for before any notice stands with the case at large, and goes along to a continuation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from appeals.clinics.content import CaseContent, Happened
from appeals.letters.kinds import LetterKind
from appeals.models import CaseEvent

Notice = tuple[CaseEvent, Happened]
OF_NOTICE = frozenset({"notice_on", "reference_number", "stated_reason"})
OF_PURPOSE = frozenset(
    {
        *("plan_name", "plan_address", "plan_fax", "delivery"),
        *("regulator_name", "regulator_address"),
    }
)
AT_LARGE = ""
# These go to a desk of their own, whatever the notice names.
APART: Mapping[LetterKind, str] = {
    LetterKind.EXTERNAL_REVIEW: "external_review",
    LetterKind.COMPLAINT: "complaint",
    LetterKind.CORRECTED_CLAIM: "claim",
    LetterKind.OUT_OF_NETWORK_CLAIM: "claim",
}


def kept_under(name: str, kind: LetterKind, notice: Notice | None) -> str:
    """The purpose that a fact of such a letter belongs to."""
    of_notice = str(notice[0].pk) if notice is not None else AT_LARGE
    if name in OF_NOTICE:
        return of_notice
    if name not in OF_PURPOSE or kind is LetterKind.PRIOR_AUTHORIZATION:
        return AT_LARGE
    return APART.get(kind, of_notice)


def goes_by_notice(kind: LetterKind, notice: Notice | None) -> bool:
    """Whether a letter goes where the notice says."""
    is_apart = kind in APART or kind is LetterKind.PRIOR_AUTHORIZATION
    return notice is not None and not is_apart


def told_for(content: CaseContent, kind: LetterKind, notice: Notice | None) -> Mapping[str, str]:
    """What was told for letters of this purpose, and of the case at large."""
    found = dict(content.told)
    for name in OF_NOTICE | OF_PURPOSE:
        purpose = kept_under(name, kind, notice)
        if purpose != AT_LARGE:
            found.pop(name, None)
            found |= {
                one: text for one, text in content.told_for.get(purpose, {}).items() if one == name
            }
    return found


def with_told(
    content: CaseContent,
    facts: Mapping[str, str | None],
    kind: LetterKind,
    notice: Notice | None,
) -> CaseContent:
    """The case with facts told for such a letter, each under its purpose; None takes one away."""
    told = dict(content.told)
    apart = {purpose: dict(kept) for purpose, kept in content.told_for.items()}
    for name, text in facts.items():
        purpose = kept_under(name, kind, notice)
        kept = told if purpose == AT_LARGE else apart.setdefault(purpose, {})
        if text is None:
            kept.pop(name, None)
        else:
            kept[name] = text
    return replace(content, told=told, told_for={key: kept for key, kept in apart.items() if kept})


def from_notice(kind: LetterKind, notice: Notice | None) -> Mapping[str, str]:
    """What the newest notice says of where such a letter goes, and of its numbers."""
    return dict(_from_notice(kind, notice)) if notice is not None else {}


def _from_notice(kind: LetterKind, notice: Notice) -> Iterator[tuple[str, str]]:
    contact, denial = notice[1].contact, notice[1].denial
    if denial is not None and denial.notice.notice_on is not None:
        yield "notice_on", denial.notice.notice_on.isoformat()
    if denial is not None and denial.reference_numbers:
        yield "reference_number", ", ".join(denial.reference_numbers)
    if goes_by_notice(kind, notice):
        found = {
            "plan_name": contact.plan or contact.administrator,
            "plan_address": contact.address,
            "plan_fax": contact.fax,
        }
        yield from ((name, text) for name, text in found.items() if text)
