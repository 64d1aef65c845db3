"""The checklist as it fills while questions are answered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.check import Answer
from policies.language import said
from policies.matcher import top_level
from policies.score import Score
from policies.truth import Truth
from policies.wording import findings as wording
from policies.wording import whose_list
from policies.wording.naming import short_name
from policies.wording.phrases import STATES


@dataclass(frozen=True, slots=True)
class SoFarItem:
    """A top-level requirement and its state, without its details."""

    label: str
    truth: str
    state: str


@dataclass(frozen=True, slots=True)
class SoFarView:
    """The list of the document that stands first; `others` have a list of their own."""

    document: str
    items: tuple[SoFarItem, ...]
    score: Score
    others: int


def present_so_far(answer: Answer) -> SoFarView | None:
    """The list that the answer would open with; nothing where it has none to be met."""
    lists = [
        (checked, position, position.findings, position.score)
        for checked in answer.documents
        for position in checked.answer.positions
        # A score stands beside every list that a person is to meet.
        if position.score is not None and position.findings is not None
    ]
    if not lists:
        return None
    checked, position, findings, score = lists[0]
    scope, unknown = whose_list(position), Truth.UNKNOWN
    return SoFarView(
        document=short_name(checked.applied.document),
        items=(
            *((SoFarItem(scope, unknown.value, _(STATES[unknown])),) if scope else ()),
            *(
                SoFarItem(said(found.node.label), found.truth.value, wording.state(found))
                for found in top_level(findings)
            ),
        ),
        score=score,
        others=len(lists) - 1,
    )
