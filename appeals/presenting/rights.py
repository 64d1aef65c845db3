"""What a person can ask of the plan, as strongly as it was read."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from appeals.denied import DeniedCase
from appeals.law.rights import Right, Wording, rights_for
from appeals.presenting.circumstances import circumstances_of, in_any
from appeals.presenting.cited import CitedView, cite_right
from policies.language import said


@dataclass(frozen=True, slots=True)
class RightView:
    """One thing; `is_must` where a rule that binds was read, `only_if` what has to be so."""

    text: str
    is_must: bool
    only_if: tuple[str, ...]
    limits: tuple[str, ...]
    cited: CitedView


def rights_of(case: DeniedCase) -> tuple[tuple[Right, ...], ...]:
    """Each right as it stands under the routes that have it, the weakest reading in front."""
    found: dict[str, list[Right]] = {}
    for circumstances in circumstances_of(case):
        for right in rights_for(circumstances):
            found.setdefault(right.id, []).append(right)
    return tuple(
        tuple(sorted(each, key=lambda one: one.asks is Wording.MUST)) for each in found.values()
    )


def present_rights(case: DeniedCase) -> tuple[tuple[str, tuple[RightView, ...]], ...]:
    """What the plan must do first, then what one can ask for; each group under its heading."""
    views = [_present(one, case) for one in rights_of(case)]
    groups = (
        (_("What a rule says they must do"), tuple(one for one in views if one.is_must)),
        (
            _("What you can ask, as a request"),
            tuple(one for one in views if not one.is_must),
        ),
    )
    return tuple((title, found) for title, found in groups if found)


def _present(several: tuple[Right, ...], case: DeniedCase) -> RightView:
    weakest = several[0]
    is_shared = len(several) == len(case.routes)
    is_must = is_shared and weakest.asks is Wording.MUST
    conditions = in_any([one.conditions for one in several])
    return RightView(
        text=said(weakest.must if is_must else weakest.ask),
        is_must=is_must,
        only_if=(*(() if is_shared else _kinds(weakest.id, case)), *map(said, conditions)),
        limits=tuple(said(one.text) for one in in_any([one.limits for one in several])),
        cited=replace(
            cite_right(weakest, on=case.on),
            citations=tuple(said(one) for one in in_any([one.citations for one in several])),
        ),
    )


def _kinds(right_id: str, case: DeniedCase) -> tuple[str, ...]:
    """The kinds of plan that alone have the right."""
    plans = [
        said(one.plan_type.label)
        for one in circumstances_of(case)
        if right_id in {held.id for held in rights_for(one)}
    ]
    return (_("it is this kind of plan: %(plan)s") % {"plan": ", ".join(plans)},)
