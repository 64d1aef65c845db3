"""What a letter asks of the plan by law, as strongly as the law was read for that plan."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from appeals.denied import DeniedCase
from appeals.law.rights import Right, Wording, rights_for
from appeals.law.spans import Span
from appeals.law.stages import Stage
from appeals.law.state_reviews import READ_ITSELF
from appeals.letters.case import LetterCase
from appeals.letters.citing import citation, right_basis
from appeals.letters.content import Basis, Origin, Sentence, Told
from appeals.letters.saying import say
from appeals.routes import Place, RouteStage
from appeals.wording.spans import span
from policies.language import said

# What an appeal asks for besides, in the order in which it helps.
OF_AN_APPEAL = (
    "claim_file",
    "medicaid_file",
    "criteria",
    "prior_authorization_reason",
    "medicare_advantage_notice",
    "expert_names",
    "reviewer_in_field",
    "medicare_advantage_reviewer",
    "medicaid_reviewer",
    "urgent_when_the_doctor_says_so",
    "licensed_reviewer",
)

# What only some cases ask for.
ONLY_IF: Mapping[str, Callable[[LetterCase], bool]] = MappingProxyType(
    {
        "urgent_when_the_doctor_says_so": lambda case: case.is_expedited,
        "prior_authorization_reason": lambda case: case.is_before_treatment,
    }
)


def rights_held(case: LetterCase, wanted: Iterable[str]) -> Iterator[Right]:
    """The rights among those wanted that hold under every kind of plan still open.

    Each as it stands where it was read least surely.
    """
    under = [{one.id: one for one in rights_for(plan)} for plan in case.circumstances]
    for name in wanted:
        held = [each[name] for each in under if name in each]
        if held and len(held) == len(under):
            yield min(held, key=lambda one: one.asks is Wording.MUST)


def demand(right: Right, case: LetterCase) -> Sentence:
    """A right as a request; with its citation only where the rule was read and binds the plan."""
    request = Told(said(right.request), (right_basis(right),))
    cited = citation(right, case)
    if cited is None:
        return say("%(request)s.", request=request)
    return say("%(request)s (%(citation)s).", request=request, citation=cited)


def demands(case: LetterCase, wanted: Iterable[str]) -> tuple[Sentence, ...]:
    """The rights that hold, each as a request; one that no letter asks for is left out."""
    skip = {name for name, is_asked in ONLY_IF.items() if not is_asked(case)}
    return tuple(
        demand(one, case) for one in rights_held(case, wanted) if one.request and one.id not in skip
    )


def front_stage(denied: DeniedCase | None) -> RouteStage | None:
    """The step that comes next, where there is one kind of plan and one step."""
    if denied is None or len(denied.routes) != 1:
        return None
    front = [one for one in denied.routes[0].stages if one.is_front and one.place is Place.NOW]
    return front[0] if len(front) == 1 else None


def stage_basis(stage: Stage) -> Basis:
    return Basis(Origin.STAGE, stage.id)


def is_settled(stage: Stage, case: LetterCase) -> bool:
    """Whether the times of a step may be printed as law."""
    return (
        stage.decision.is_verified is True
        and stage.grade in READ_ITSELF
        and not stage.is_stale(case.on)
    )


def decision_due(case: LetterCase) -> Sentence | None:
    """Within what time the plan must decide; None where that is not certain."""
    front = front_stage(case.denied)
    if front is None or not is_settled(front.stage, case):
        return None
    times = front.expedited if case.is_expedited else front.standard
    spans: set[Span] = {one.within for one in times}
    if len(spans) != 1 or any(one.words for one in times):
        return None
    basis = stage_basis(front.stage)
    within = Told(span(spans.pop()), (basis,))
    return say(_("The time for this decision is %(within)s."), within=within)
