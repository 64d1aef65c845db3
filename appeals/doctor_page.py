"""One page to take to the doctor: every sentence of it, finished, and shorter where it must be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.catalogue import Edition
from policies.check import Answer
from policies.criteria import CountCriterion, FactCriterion, Judgement, Unread
from policies.guidance import Guidance
from policies.language import said as translated
from policies.matcher import CodesGiven, CountGiven, Finding, ScaleGiven, top_level
from policies.presenting.answers import present_told
from policies.presenting.authorization import AuthorizationView, present_authorization
from policies.presenting.review import treatment_lines
from policies.presenting.sources import present_sources, present_words
from policies.situation import Asker, ScaleScore
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording import conditions_named, headline, reason, score, standing, whose_list
from policies.wording.dates import date
from policies.wording.findings import (
    failing_points,
    score_line,
    shown,
    state,
    treatment_name,
    value_in_words,
)
from policies.wording.next_steps import next_steps
from policies.wording.phrases import STATES
from policies.wording.to_do import ONE_WAY, ToDoItem, to_do_list


@dataclass(frozen=True, slots=True)
class Form:
    """How much is told: details of criteria and of points, notes, how many points; how close."""

    details: bool = False
    points: bool = False
    notes: bool = False
    most: int = 99
    dense: bool = True


# The fullest first: the page takes the first that fits. Setting it closer loses nothing.
FORMS = (
    Form(details=True, points=True, notes=True, dense=False),
    Form(details=True, points=True, notes=True),
    Form(details=True, points=True),
    Form(details=True),
    Form(points=True),
    Form(),
    Form(most=8),
    Form(most=3),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion: its words and its parts, how it stands, and what was told of it."""

    label: str
    parts: str
    truth: str
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class ToFindOut:
    """What one party can settle; `rest` says how many points stand only on the site."""

    heading: str
    items: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """The page, word for word; it holds no name, for there is a line to write it on."""

    title: str
    document: str
    told: tuple[tuple[str, str], ...]
    verdict: str
    reason: str
    beside: tuple[str, ...]
    quote: str
    whose: str
    sureness: str
    score: str
    treatments: tuple[str, ...]
    authorization: AuthorizationView | None
    next_steps: tuple[str, ...]
    has_self_completed: bool
    made_on: str
    # What a shorter form tells less of.
    read_in: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    to_find_out: tuple[ToFindOut, ...] = ()
    is_shortened: bool = False
    is_dense: bool = False


def doctor_pages(guidance: Guidance) -> Iterator[DoctorPage]:
    """The same page, the fullest first, each shorter than the one before."""
    situation = replace(guidance.answer.situation, asker=Asker.CLINIC)
    # A doctor reads it, so it speaks of the patient.
    answer = replace(guidance.answer, situation=situation)
    first = answer.headline
    position = first.answer.positions[0] if first is not None and first.answer.positions else None
    words = (
        present_words(position.position.source, first.applied.edition)
        if first is not None and position is not None
        else None
    )
    groups = to_do_list(guidance.missing, Asker.CLINIC)
    # What every form tells in the same words.
    page = DoctorPage(
        title=_("What the health plan's written rule asks"),
        document=first.applied.document.title if first is not None else "",
        told=present_told(answer),
        verdict=headline(answer),
        reason=reason(answer),
        beside=tuple(_beside(answer)),
        quote=words.quote if words else "",
        whose=words.whose if words else "",
        sureness=""
        if first is None
        else f"{translated(first.sureness.label)}. {translated(first.sureness.explanation)}",
        score=f"{score(position.score)}." if position and position.score else "",
        treatments=tuple(treatment_lines(situation, answer.on)),
        authorization=present_authorization(answer),
        # Where there is a list, what to do next is what is open in it.
        next_steps=() if position and position.score else next_steps(answer),
        has_self_completed=any(one.origin == "self_completed" for one in situation.scores),
        made_on=date(answer.on),
    )
    for form in FORMS:
        yield replace(
            page,
            read_in=_read_in(first.applied.edition) if form.details and first is not None else (),
            checks=tuple(_checks(position, form)) if position else (),
            notes=tuple(translated(one) for one in first.applied.edition.notes)
            if form.notes and first is not None
            else (),
            to_find_out=tuple(
                _to_find_out(
                    group.heading,
                    [
                        " ".join(text for text in (one.text, _detail(one, form)) if text)
                        for one in group.items
                    ],
                    form.most,
                )
                for group in groups
            ),
            is_shortened=not form.notes,
            is_dense=form.dense,
        )


def _beside(answer: Answer) -> Iterator[str]:
    """What else there is: other documents that apply, and other lists of this one."""
    if text := standing(answer):
        yield text
    first = answer.headline
    for position in first.answer.positions[1:] if first is not None else ():
        named = conditions_named(position.conditions or position.position.indications)
        yield _("The document has another list, for %(named)s: the site shows it.") % {
            "named": named
        }


def _read_in(edition: Edition) -> tuple[str, ...]:
    return tuple(
        _("Read in %(kind)s: %(address)s") % {"kind": source.kind, "address": source.url}
        for source in present_sources(edition).values()
        if source.url
    )


def _detail(item: ToDoItem, form: Form) -> str:
    """What the document says to a point; that one of several is enough is never left out."""
    return item.detail if form.points or item.detail == _(ONE_WAY) else ""


def _to_find_out(heading: str, items: list[str], most: int) -> ToFindOut:
    number = len(items) - most
    rest = ""
    if number > 0:
        rest = ngettext(
            "%(number)d more stands on the site.", "%(number)d more stand on the site.", number
        ) % {"number": number}
    return ToFindOut(heading, tuple(items[:most]), rest)


def _checks(position: PositionAnswer, form: Form) -> Iterable[Check]:
    """The requirements that a score counts; where it must be short, met ones without a word."""
    if scope := whose_list(position):
        yield Check(scope, "", Truth.UNKNOWN.value, _(STATES[Truth.UNKNOWN]), "")
    for one in top_level(position.findings) if position.score and position.findings else ():
        tells = form.details or one.truth is not Truth.MET
        told = "; ".join(dict.fromkeys(_told(one))) if tells else ""
        members = one.members if tells and form.details else ()
        parts = "; ".join(translated(part.node.label) for part in members)
        yield Check(translated(one.node.label), parts, one.truth.value, state(one), told)


def _told(found: Finding) -> Iterator[str]:
    """What was told of a requirement, or of its parts; nothing of what nobody was asked."""
    for member in shown(found):
        yield from _told(member)
    node, value = found.node, found.given
    match value:
        case None:
            return
        case _ if isinstance(node, Unread | Judgement):
            return
        case ScaleGiven():
            yield from (_charted(one) for one in value.scores)
            yield from (_self_completed(one) for one in value.self_completed)
        case CodesGiven():
            yield ", ".join(value.codes)
        case CountGiven() if isinstance(node, CountCriterion):
            yield from _tried(node, value)
        case _ if isinstance(node, FactCriterion):
            yield value_in_words(node, value)


def _charted(one: ScaleScore) -> str:
    return _("%(score)s, in the chart as told to us") % {"score": score_line(one)}


def _self_completed(one: ScaleScore) -> str:
    return _("%(score)s: self-completed, not in your record") % {"score": score_line(one)}


def _tried(node: CountCriterion, found: CountGiven) -> Iterator[str]:
    """Treatments tried by how they count; what is open of them stands in the list below."""
    failed = [(treatment_name(one), failing_points(node, one)) for one in found.failed]
    told = [
        text % {"names": ", ".join(dict.fromkeys(names))}
        for text, names in (
            (_("counts: %(names)s"), [treatment_name(one) for one in found.counted]),
            (_("may count: %(names)s"), [treatment_name(one) for one in found.possible]),
            (_("does not count: %(names)s"), [f"{name} ({why})" for name, why in failed if why]),
        )
        if names
    ]
    yield from told or [_("none named")]
