"""The papers that a case wants: what proves the rule's criteria, and what answers the denial."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import QuerySet

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.following import denied_now, outcome_of
from appeals.denied import DeniedCase
from appeals.law.arguments import EnclosureId, argument_data
from appeals.law.finder import Outcome
from appeals.letters.blocks.parts import upper_first
from appeals.letters.case import LetterCase
from appeals.letters.kinds import LetterKind, Voice
from appeals.letters.offer import foremost_kind
from appeals.models import Case, Letter
from appeals.presenting.letters.papers import useful_papers
from policies.catalogue import Catalogue
from policies.check import Answer, check
from policies.criteria import is_wholly_unread
from policies.matcher import top_level
from policies.truth import Truth
from policies.wording.naming import short_name

AS_PAPERS: Mapping[LetterKind, EnclosureId] = MappingProxyType(
    {
        LetterKind.MEDICAL_NECESSITY: EnclosureId.LETTER_OF_MEDICAL_NECESSITY,
        LetterKind.EXPEDITED_CERTIFICATION: EnclosureId.PHYSICIAN_CERTIFICATION,
        LetterKind.PARITY_REQUEST: EnclosureId.PARITY_REQUEST,
    }
)
"""Letters that go with another letter, once they are signed."""
WRITTEN_HERE: Mapping[str, str] = MappingProxyType({one: kind for kind, one in AS_PAPERS.items()})
"""The papers that can be written here, by the kinds of letters that they are."""


@dataclass(frozen=True, slots=True)
class RuleCriterion:
    """One requirement of the rule by its number in the list, and how it stands."""

    number: int
    label: str
    truth: Truth

    @property
    def title(self) -> str:
        return f"Criterion {self.number}: {self.label}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted in one case; `rule` names the document whose criteria these are."""

    rule: str
    criteria: tuple[RuleCriterion, ...]
    papers: tuple[EnclosureId, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something wanted and not on hand, by the id under which it may be set aside."""

    id: str
    label: str
    is_criterion: bool

    @property
    def writes(self) -> str:
        """The kind of letter that it is, where it can be written here."""
        return "" if self.is_criterion else WRITTEN_HERE.get(self.id, "")


def wanted_in(opened: OpenCase, *, catalogue: Catalogue, on: dt.date) -> Wanted:
    """What the rule of today and the reasons of the last denial want of papers."""
    answer = check(opened.content.situation, catalogue=catalogue, on=on)
    return wanted_for(answer, denied_now(opened, on=on), outcome_of(opened.content), on=on)


def wanted_for(
    answer: Answer, denied: DeniedCase | None, outcome: Outcome | None, *, on: dt.date
) -> Wanted:
    """The same of a case that was checked, and whose last denial is at hand."""
    case = LetterCase(
        kind=foremost_kind(denied, answer, outcome, on=on),
        voice=Voice.CLINICIAN,
        on=on,
        answer=answer,
        denied=denied,
        outcome=outcome if denied is None else None,
    )
    first = answer.headline
    return Wanted(
        rule=short_name(first.applied.document) if first is not None else "",
        criteria=tuple(criteria_of(answer)),
        papers=useful_papers(case),
    )


def criteria_of(answer: Answer) -> Iterator[RuleCriterion]:
    """The requirements of the list that decides, numbered as they stand in it.

    What was not read of it asks for nothing that could be shown.
    """
    first = answer.headline
    positions = first.answer.positions if first is not None else ()
    found = positions[0].findings if positions else None
    if found is not None:
        for number, one in enumerate(top_level(found), start=1):
            if not is_wholly_unread(one.node):
                yield RuleCriterion(number, one.node.label, one.truth)


def missing_of(
    wanted: Wanted,
    documents: Iterable[DocumentRecord],
    *,
    signed: Iterable[EnclosureId] = (),
    set_aside: Iterable[str] = (),
) -> tuple[Missing, ...]:
    """What no document on hand proves or is, but for what was set aside.

    What is not met asks for no proof: no paper can show it.
    """
    kept = tuple(documents)
    proven = {label for one in kept for label in one.proves}
    on_hand = {*(one.paper for one in kept), *signed}
    found = (
        *(
            Missing(one.label, one.title, is_criterion=True)
            for one in wanted.criteria
            if one.truth is not Truth.NOT_MET and one.label not in proven
        ),
        *(
            Missing(one, paper_name(one), is_criterion=False)
            for one in wanted.papers
            if one not in on_hand
        ),
    )
    aside = {*set_aside}
    return tuple(one for one in found if one.id not in aside)


def paper_name(paper: EnclosureId) -> str:
    """What a clinic calls an enclosure: as its letters do."""
    return upper_first(argument_data().enclosures[paper].in_letter)


def signed_papers(case: Case) -> Mapping[EnclosureId, Letter]:
    """The signed letters of a case that may go with another one, by the papers they are."""
    rows = as_papers(case.letters.all()).defer("sealed_pdf").order_by("signed_at")
    return {AS_PAPERS[LetterKind(one.kind)]: one for one in rows}


def as_papers(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Those of the letters that are signed, stand, and may go with another one."""
    return letters.filter(kind__in=list(AS_PAPERS), signed_at__isnull=False, superseded_by=None)
