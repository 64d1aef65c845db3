"""What the law says of a case: rights, steps and laws of states, each where it binds the plan."""

from django.utils.translation import gettext as _

from appeals.law.external_review import external_review_for
from appeals.law.rights import Right, Wording, rights_for, surest
from appeals.law.step_therapy import law_for
from appeals.letters.case import LetterCase
from appeals.letters.content import Basis
from appeals.letters.provenance.source import Source
from appeals.presenting.cited import grade_label
from appeals.wording.spans import span
from policies.language import said
from policies.wording.naming import in_a_row

# The laws of states that a letter may name, by the beginning of the id.
STEP_LAW = "step_therapy."
REVIEW_LAW = "external_review."


def right(basis: Basis, case: LetterCase) -> Source | None:
    """A right as it stands where it was read least surely, of the plans still open."""
    held = [
        next((one for one in rights_for(plan) if one.id == basis.id), None)
        for plan in case.circumstances
    ]
    known: list[Right] = [one for one in held if one is not None]
    if not known or len(known) < len(held):
        return None
    found = min(known, key=lambda one: one.asks is Wording.MUST)
    settled = found.settled_citations
    cited = in_a_row([said(one) for one in settled or found.citations])
    text = _("%(law)s, %(grade)s")
    if found.asks is Wording.ASK:
        text = _("A request, and no claim that the law says so: %(law)s, %(grade)s")
    grade = surest(one.grade for one in found.authorities if one.is_settled or not settled)
    label = text % {"law": cited, "grade": grade_label(grade)}
    limits = (one.text for one in found.limits)
    texts = (found.must, found.ask, found.request, *limits, *settled)
    return Source(basis, label, tuple(map(said, texts)), authorities=found.authorities)


def stage(basis: Basis, case: LetterCase) -> Source | None:
    """A step of the way of appeal of a plan that is still open."""
    routes = case.denied.routes if case.denied is not None else ()
    for step in (one for route in routes for one in route.stages):
        if step.stage.id != basis.id:
            continue
        stage = step.stage
        cited = in_a_row([said(one) for one in stage.citations] or [said(stage.name)])
        label = _("%(step)s: %(law)s, %(grade)s") % {
            "step": said(stage.name),
            "law": cited,
            "grade": grade_label(stage.grade),
        }
        times = (*step.standard, *step.expedited)
        texts = (
            stage.name,
            stage.decided_by,
            stage.filing.how,
            stage.expedited.standard,
            stage.keep_services.scope,
            stage.keep_services.risk,
            *(one.words for one in times),
            *stage.citations,
        )
        spans = [one.within for one in times]
        spans += [one for one in (stage.filing.limit, stage.keep_services.within) if one]
        return Source(basis, label, (*map(said, texts), *map(span, spans)), stage=stage)
    return None


def law(basis: Basis, case: LetterCase) -> Source | None:
    """A law of the state that binds every plan that is still open."""
    find = _review_law if basis.id.startswith(REVIEW_LAW) else _step_law
    return find(basis, case)


def _review_law(basis: Basis, case: LetterCase) -> Source | None:
    """What the state says of the track for experimental treatment in its outside review."""
    tracks = [external_review_for(case.reasons, one).state_track for one in case.circumstances]
    track = tracks[0] if tracks else None
    if track is None or any(one != track for one in tracks):
        return None
    if basis.id != f"{REVIEW_LAW}{track.state}":
        return None
    label = _("%(law)s, %(grade)s") % {
        "law": in_a_row([said(one) for one in track.citations]),
        "grade": grade_label(track.grade),
    }
    texts = (*track.citations, *track.says, track.in_letter, *(one.text for one in track.limbs))
    return Source(basis, label, tuple(map(said, texts)))


def _step_law(basis: Basis, case: LetterCase) -> Source | None:
    """The state's law on step therapy."""
    found = [law_for(one) for one in case.circumstances]
    law = found[0] if found else None
    if law is None or None in found or basis.id != f"{STEP_LAW}{law.state}":
        return None
    label = _("%(law)s, %(grade)s") % {
        "law": in_a_row([said(one) for one in law.citations]),
        "grade": grade_label(law.grade),
    }
    texts = [text for one in law.parts for text in (one.text, one.in_letter, one.citation)]
    return Source(basis, label, tuple(map(said, texts)), law=law)
