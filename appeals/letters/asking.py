"""Whether a fact is asked for in one case: what does not fit it is no question."""

from appeals.law.stages import Service
from appeals.letters.case import LetterCase
from appeals.letters.facts import AskedWhen, letter_facts
from policies.truth import Truth


def is_asked_for(name: str, case: LetterCase) -> Truth:
    """Whether the case wants the fact; not known while nobody has told what that depends on."""
    when = letter_facts()[name].when
    found = (_by_denial(when, case), _by_treatment(when, case), _by_course(when, case))
    if any(one is Truth.NOT_MET for one in found):
        return Truth.NOT_MET
    return Truth.UNKNOWN if any(one is Truth.UNKNOWN for one in found) else Truth.MET


def _by_denial(when: AskedWhen, case: LetterCase) -> Truth:
    if when.needs_denial and case.denied is None:
        return Truth.NOT_MET
    if not when.reasons:
        return Truth.MET
    if not case.reasons:
        return Truth.UNKNOWN
    return _truth(not {*when.reasons}.isdisjoint(case.reasons))


def _by_treatment(when: AskedWhen, case: LetterCase) -> Truth:
    if not (when.treatments or when.not_treatments):
        return Truth.MET
    if case.treatment is None:
        return Truth.UNKNOWN
    is_named = not when.treatments or case.treatment in when.treatments
    return _truth(is_named and case.treatment not in when.not_treatments)


def _by_course(when: AskedWhen, case: LetterCase) -> Truth:
    if not when.is_continuing:
        return Truth.MET
    service = case.denied.denial.service if case.denied is not None else None
    if case.is_continuing or service is Service.CONCURRENT:
        return Truth.MET
    phase = case.situation.answers.get("request_phase") if case.situation is not None else None
    return Truth.UNKNOWN if phase is None else Truth.NOT_MET


def _truth(holds: bool) -> Truth:
    return Truth.MET if holds else Truth.NOT_MET
