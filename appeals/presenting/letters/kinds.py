"""The documents that can be written, each with what it is for and why it fits or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.forms.letters import KindForm
from appeals.law.reasons import ReasonId, denial_reason
from appeals.letters.kinds import LetterKind, kind_plan
from policies.language import said
from policies.wording.phrases import lower_first

ANSWERS_REASON = N_("First, for it answers this reason: %(reason)s.")
NEXT_STEP = N_("First, for it is the next step.")
KEEPS_CARE = N_("First, for care that is cut can't wait for the appeal's last day.")
BEFORE = N_("First: with it the plan is asked to say yes before the treatment.")


@dataclass(frozen=True, slots=True)
class Choosable:
    """A document, and what to know before it is chosen; `why_not` where it does not seem to fit.

    One that `is_offered` can be chosen: with nothing told, nothing rules a document out.
    """

    kind: LetterKind
    is_offered: bool = True
    is_first: bool = False
    cautions: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class KindView:
    """A choice with what the document is for; without one it is only told why it does not fit."""

    choice: BoundWidget | None
    name: str
    purpose: str
    why: str
    cautions: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class KindsView:
    """Those that fit, the first of them first, and those that do not, each with why."""

    fitting: tuple[KindView, ...]
    others: tuple[KindView, ...]
    is_open: bool


def present_kinds(
    form: KindForm,
    kinds: Iterable[Choosable],
    *,
    chosen: str,
    reasons: tuple[ReasonId, ...],
    is_denied: bool,
) -> KindsView:
    """The choices of the form, in the order in which they are offered."""
    choices = {str(one.data["value"]): one for one in form["kind"].subwidgets}
    views = [(one, _view(choices.get(one.kind), one, reasons, is_denied)) for one in kinds]
    return KindsView(
        fitting=tuple(view for one, view in views if not one.why_not),
        others=tuple(view for one, view in views if one.why_not),
        is_open=any(one.why_not and one.kind == chosen for one, _shown in views),
    )


def _view(
    choice: BoundWidget | None, one: Choosable, reasons: tuple[ReasonId, ...], is_denied: bool
) -> KindView:
    plan = kind_plan(one.kind)
    return KindView(
        choice=choice,
        name=said(plan.name),
        purpose=said(plan.purpose),
        why=one.why_not or (_why_first(one.kind, reasons, is_denied) if one.is_first else ""),
        cautions=one.cautions,
        is_first=one.is_first,
    )


def _why_first(kind: LetterKind, reasons: tuple[ReasonId, ...], is_denied: bool) -> str:
    if kind is LetterKind.KEEP_SERVICES:
        return _(KEEPS_CARE)
    answered = [one for one in reasons if one in kind_plan(kind).first_for]
    if answered:
        reason = lower_first(said(denial_reason(answered[0]).label))
        return _(ANSWERS_REASON) % {"reason": reason}
    return _(NEXT_STEP if is_denied else BEFORE)
