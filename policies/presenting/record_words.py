"""What a find of a record says in words, and what the person answered to the same."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policies import terms, vocabulary
from policies.catalogue import Catalogue
from policies.fhir import Found, Kind
from policies.forms.record import FindForms
from policies.language import said
from policies.presenting.review import score_told, treatment_line
from policies.situation import LineOfBusiness, ScaleScore, TreatmentTried
from policies.state_names import state_name
from policies.wording.findings import answer_in_words, score_line


def told(found: Found, *, catalogue: Catalogue, on: dt.date) -> str:
    """What a find says, in a line."""
    value = found.value
    if isinstance(value, TreatmentTried):
        return treatment_line(value, on)
    if isinstance(value, ScaleScore):
        return score_line(value)
    match found.kind:
        case Kind.CONDITION:
            return _condition(found.name)
        case Kind.CODE:
            return _code(found.name)
        case Kind.PLAN:
            return _of_plan(found.name, str(value), catalogue)
    definition = vocabulary.fact(found.name)
    label = said(definition.label)
    return f"{label[:1].upper()}{label[1:]}: {answer_in_words(definition, value)}"


def held_told(one: FindForms, *, catalogue: Catalogue, on: dt.date) -> str:
    """What the person answered to the same; or that they called the list finished."""
    held, found = one.proposed.held, one.found
    if held is None:
        is_tried = found.kind is Kind.TREATMENT
        return (
            _("The list is called complete; the record has another treatment")
            if is_tried
            else _("Another answer that does not go together with this")
        )
    if isinstance(held, TreatmentTried):
        return treatment_line(held, on)
    if isinstance(held, tuple):
        return ", ".join(
            score_told(one) if isinstance(one, ScaleScore) else str(one) for one in held
        )
    if isinstance(held, frozenset):
        return ", ".join(sorted(_condition(str(name)) for name in held))
    if found.kind is Kind.PLAN:
        return _of_plan(found.name, str(held), catalogue)
    return answer_in_words(vocabulary.fact(found.name), held)


def _code(code: str) -> str:
    """The words of the list of codes, which is in English; else the conditions it stands for."""
    known = terms.icd10_codes().get(code)
    if known is not None and get_language() != "es":
        return f"{code}: {known.description}"
    brought = sorted(map(_condition, terms.conditions_of_code(code)))
    if brought:
        return f"{code}: {', '.join(brought)}"
    return _("%(code)s (a diagnosis code that we have no words for)") % {"code": code}


def _condition(name: str) -> str:
    known = terms.conditions().get(name)
    return said(known.label) if known is not None else name


def _of_plan(name: str, value: str, catalogue: Catalogue) -> str:
    """The kind of the plan, where the person lives, or who pays."""
    if name == "line_of_business":
        return _("Kind of plan: %(kind)s") % {"kind": said(LineOfBusiness(value).label)}
    if name == "residence_state":
        return _("Home state: %(state)s") % {"state": state_name(value)}
    return _payer(value, catalogue)


def _payer(name: str, catalogue: Catalogue) -> str:
    insurer = catalogue.insurers.get(name)
    return insurer.name if insurer is not None else name
