"""What the sentences of a letter rest on: each id found again, with what it may be cited for."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.evidence import Kind, Study, studies
from appeals.law.external_review import external_review_for
from appeals.law.reasons import ReasonId, denial_reason
from appeals.law.rights import Authority, Right, Wording, rights_for, surest
from appeals.law.stages import Stage
from appeals.law.step_therapy import StepTherapyLaw, law_for
from appeals.letters.case import LetterCase
from appeals.letters.content import Basis, Origin
from appeals.letters.document import edition_key
from appeals.letters.given import GivenFact, given_fact
from appeals.letters.kinds import LetterKind, kind_plan
from appeals.presenting.cited import grade_label
from appeals.wording.spans import span
from policies.catalogue import Document, Edition
from policies.criteria import Node, walk
from policies.criteria import Source as ReadAt
from policies.language import said
from policies.matcher import top_level
from policies.wording.findings import whose_words
from policies.wording.naming import document_line, edition_date, in_a_row
from policies.wording.phrases import OUR_WORDS, lower_first

# Adams C, et al.: the family name and the initials of who stands first.
FIRST_AUTHOR = re.compile(r"(?P<family>.+?) [A-Z]{1,3}(?: Jr)?(?:,|$)")
STEP_LAW = "step_therapy."
REVIEW_LAW = "external_review."


class UnknownBasisError(LookupError):
    """A sentence names something that is not there for this case."""

    def __init__(self, basis: Basis) -> None:
        super().__init__(f"{basis} is nothing that this letter can rest on")
        self.basis = basis


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a document says something: its edition with its date, and whose the words are."""

    document: Document
    edition: Edition
    dated: str
    whose: str


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that a sentence rests on, for a reader, and `texts` that it may speak from.

    `authorities` stand for a right, with how each was read; `study`, `stage` and `law` are the
    records themselves; `printed` stands for what a document says.
    """

    basis: Basis
    label: str
    texts: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    study: Study | None = None
    stage: Stage | None = None
    law: StepTherapyLaw | None = None
    printed: Printed | None = None


def resolve(basis: Basis, case: LetterCase) -> Source:
    """What a basis stands for in this case; UnknownBasisError where it stands for nothing."""
    found = FINDERS[basis.origin](basis, case)
    if found is None:
        raise UnknownBasisError(basis)
    return found


def _fact(basis: Basis, case: LetterCase) -> Source | None:
    if basis.id.startswith("criterion."):
        asked = _finding(Basis(Origin.FINDING, basis.id.removeprefix("criterion.")), case)
        if asked is None:
            return None
        label = _("Not told yet: %(what)s") % {"what": asked.label}
        return Source(basis, label, asked.texts, printed=asked.printed)
    found: GivenFact | None = given_fact(basis.id, case)
    return None if found is None else Source(basis, found.label, found.texts)


def _finding(basis: Basis, case: LetterCase) -> Source | None:
    """A requirement, as we sum it up and as it was held against the facts."""
    found = _node(basis.id, case)
    if found is None:
        return None
    node, number = found
    printed = _printed(case, None)
    label = _("%(document)s, requirement %(number)d, summed up: %(what)s") % {
        "document": _line(printed),
        "number": number + 1,
        "what": said(node.label).rstrip("."),
    }
    texts = tuple(said(one.label) for one in walk(node))
    return Source(basis, label, texts, printed=printed)


def _quote(basis: Basis, case: LetterCase) -> Source | None:
    """Words of the document, either of a requirement or of what it says of the treatment."""
    source: ReadAt
    if "/" in basis.id:
        found = _node(basis.id, case)
        if found is None:
            return None
        source = found[0].source
    elif case.position is None or not _is_key(basis.id, case):
        return None
    else:
        source = case.position.position.source
    if not source.quote:
        return None
    printed = _printed(case, source)
    label = f"{_line(printed)}, {lower_first(printed.whose)}"
    return Source(basis, label, (source.quote,), printed=printed)


def _position(basis: Basis, case: LetterCase) -> Source | None:
    """The document that is argued from, with its date."""
    if not _is_key(basis.id, case):
        return None
    printed = _printed(case, None)
    document, edition = printed.document, printed.edition
    dates = tuple(str(one) for one in (edition.effective, edition.last_reviewed) if one)
    texts = (_line(printed), document.title, document.number, printed.dated, *dates)
    return Source(basis, _line(printed), texts, printed=printed)


def _is_key(key: str, case: LetterCase) -> bool:
    return case.checked is not None and edition_key(case.checked) == key


def _node(place: str, case: LetterCase) -> tuple[Node, int] | None:
    """The requirement at `key/index` or `key/index.leaf`, and its index."""
    key, _slash, index = place.partition("/")
    position = case.position
    if not _is_key(key, case) or position is None or position.findings is None:
        return None
    rows = top_level(position.findings)
    number = int(index.partition(".")[0])
    return (rows[number].node, number) if number < len(rows) else None


def _printed(case: LetterCase, source: ReadAt | None) -> Printed:
    """The edition that is argued from; whose words, where there are some of its own."""
    if case.checked is None:
        raise ValueError("there is no document to name")
    applied = case.checked.applied
    whose = _(OUR_WORDS) if source is None else _(whose_words(source, applied.edition))
    return Printed(applied.document, applied.edition, edition_date(applied.edition), whose)


def _line(printed: Printed) -> str:
    return document_line(printed.document, printed.edition)


def _right(basis: Basis, case: LetterCase) -> Source | None:
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


def _stage(basis: Basis, case: LetterCase) -> Source | None:
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


def _study(basis: Basis, case: LetterCase) -> Source | None:
    """A record of the registry, with what this letter may say of it."""
    study = studies().get(basis.id)
    if study is None:
        return None
    label = _("%(study)s, read at: %(site)s") % {
        "study": study_name(study),
        "site": said(study.host.what),
    }
    texts = [study.citation, study.short_citation]
    texts += [study.meets.text] if study.meets is not None else []
    if study.kind in (Kind.LABEL, Kind.ALERT):
        # What a label names, and what it does not, may be said of any use.
        texts += [study.population, study.title]
    use = None
    if case.condition is not None and case.treatment is not None:
        use = study.use_for(case.condition, case.treatment)
    if use is not None:
        texts += [use.plain, use.limit, use.text if study.numbers_print else ""]
    return Source(basis, label, tuple(map(said, texts)), study=study)


def study_name(study: Study) -> str:
    """Who and when, as Anand 2023; a record of a body or without authors by that or its title."""
    first = FIRST_AUTHOR.match(study.authors)
    name = first["family"] if first is not None else study.authors or study.title
    return f"{name} {study.year}" if study.year else name


def _reason(basis: Basis, case: LetterCase) -> Source | None:
    if basis.id not in case.reasons:
        return None
    reason = denial_reason(ReasonId(basis.id))
    label = _("The reason for the denial, as you chose it: %(reason)s") % {
        "reason": lower_first(said(reason.label))
    }
    return Source(basis, label, (said(reason.label), said(reason.meaning)))


def _law(basis: Basis, case: LetterCase) -> Source | None:
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


def _form(basis: Basis, case: LetterCase) -> Source | None:
    if basis.id not in list(LetterKind) or basis.id != case.kind:
        return None
    label = _("What every such letter says: %(kind)s") % {"kind": said(kind_plan(case.kind).name)}
    return Source(basis, label)


FINDERS = {
    Origin.FACT: _fact,
    Origin.FINDING: _finding,
    Origin.QUOTE: _quote,
    Origin.POSITION: _position,
    Origin.STUDY: _study,
    Origin.RIGHT: _right,
    Origin.STAGE: _stage,
    Origin.REASON: _reason,
    Origin.LAW: _law,
    Origin.FORM: _form,
}
