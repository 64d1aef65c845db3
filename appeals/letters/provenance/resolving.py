"""From the id of a basis to what it stands for in a case."""

import re

from django.utils.translation import gettext as _

from appeals.evidence import Kind, Study, studies
from appeals.law.reasons import ReasonId, denial_reason
from appeals.letters.case import LetterCase
from appeals.letters.content import Basis, Origin
from appeals.letters.document import point_of
from appeals.letters.kinds import LetterKind, kind_plan
from appeals.letters.provenance import documents, laws
from appeals.letters.provenance.given import GivenFact, given_fact
from appeals.letters.provenance.source import Source
from policies.language import said
from policies.wording.phrases import lower_first

# Adams C, et al.: the family name and the initials of who stands first.
FIRST_AUTHOR = re.compile(r"(?P<family>.+?) [A-Z]{1,3}(?: Jr)?(?:,|$)")


class UnknownBasisError(LookupError):
    """A sentence names something that is not there for this case."""

    def __init__(self, basis: Basis) -> None:
        super().__init__(f"{basis} is nothing that this letter can rest on")
        self.basis = basis


def resolve(basis: Basis, case: LetterCase) -> Source:
    """What a basis stands for in this case; UnknownBasisError where it stands for nothing."""
    found = FINDERS[basis.origin](basis, case)
    if found is None:
        raise UnknownBasisError(basis)
    return found


def _fact(basis: Basis, case: LetterCase) -> Source | None:
    if basis.id.startswith("criterion."):
        asked = documents.finding(Basis(Origin.FINDING, basis.id.removeprefix("criterion.")), case)
        if asked is None:
            return None
        label = _("Not told yet: %(what)s") % {"what": asked.label}
        # In the row of the requirement the gap is marked by its number.
        return Source(basis, label, (*asked.texts, point_of(basis.id)), printed=asked.printed)
    found: GivenFact | None = given_fact(basis.id, case)
    return None if found is None else Source(basis, found.label, found.texts)


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


def _form(basis: Basis, case: LetterCase) -> Source | None:
    if basis.id not in list(LetterKind) or basis.id != case.kind:
        return None
    label = _("What every such letter says: %(kind)s") % {"kind": said(kind_plan(case.kind).name)}
    return Source(basis, label)


FINDERS = {
    Origin.FACT: _fact,
    Origin.FINDING: documents.finding,
    Origin.QUOTE: documents.quote,
    Origin.POSITION: documents.position,
    Origin.STUDY: _study,
    Origin.RIGHT: laws.right,
    Origin.STAGE: laws.stage,
    Origin.REASON: _reason,
    Origin.LAW: laws.law,
    Origin.FORM: _form,
}
