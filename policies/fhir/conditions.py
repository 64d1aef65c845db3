"""Reads diagnoses: which conditions and codes hold today, and what a past one leaves behind."""

import re
from collections.abc import Iterable

from policies import terms
from policies.fhir.codes import Meaning, facts_of_icd10, snomed_meanings
from policies.fhir.elements import (
    ICD10CM,
    SNOMED,
    Coding,
    PartialDate,
    Resource,
    code_of,
    codings,
    first_date,
    words_of,
)
from policies.fhir.found import Caution, Kind, Origin, Reason
from policies.fhir.gathering import Gathering, origin_of, sure_if
from policies.fhir.present import for_good, holds_for, lasting_conditions, lasting_facts

_CURRENT = ("active", "recurrence", "relapse")
_PAST = ("inactive", "remission", "resolved")
_UNCONFIRMED = ("unconfirmed", "provisional", "differential")
_DROPPED = {"refuted": Reason.REFUTED, "entered-in-error": Reason.ENTERED_IN_ERROR}
_SUBSTANCES = re.compile(r"F1[0-689]\.")
_SEVERITY = re.compile(r"\b(mild|moderate|severe)\b")


def read_condition(condition: Resource, gathering: Gathering) -> None:
    """Find what one diagnosis says, as far as its status lets it speak."""
    listed, words = codings(condition.get("code")), words_of(condition.get("code"))
    date = first_date(condition, "recordedDate", "onsetDateTime", "onsetPeriod")
    verified = code_of(condition.get("verificationStatus"))
    if verified in _DROPPED:
        gathering.leave_out(origin_of(condition, words, listed, date), _DROPPED[verified])
        return
    known = [(one, meaning) for one in listed if (meaning := _meaning(one)) is not None]
    if not known:
        gathering.not_understood(condition, listed, words)
        return
    unknown = [one for one in listed if _meaning(one) is None]
    if unknown:
        gathering.not_understood(condition, unknown, words, is_known=True)
    status = code_of(condition.get("clinicalStatus"))
    reader = _ConditionReader(condition, gathering, date, words)
    if verified in _UNCONFIRMED:
        reader.cautions.append(Caution.UNCONFIRMED)
    if _is_past(condition, status, gathering):
        reader.read_past(known)
        return
    if status not in _CURRENT:
        reader.cautions.append(Caution.STATUS_NOT_TOLD)
    reader.read_current(known)


def _is_past(condition: Resource, status: str, gathering: Gathering) -> bool:
    ended = first_date(condition, "abatementDateTime", "abatementPeriod")
    told = any(name in condition for name in ("abatementAge", "abatementRange", "abatementString"))
    return status in _PAST or told or (ended is not None and ended.first <= gathering.on)


class _ConditionReader:
    """Reads the codes of one diagnosis."""

    def __init__(
        self, condition: Resource, gathering: Gathering, date: PartialDate | None, words: str
    ) -> None:
        self.condition = condition
        self.gathering = gathering
        self.date = date
        self.words = words
        self.cautions: list[Caution] = []

    def read_current(self, known: list[tuple[Coding, Meaning]]) -> None:
        for coding, meaning in known:
            if coding.system == ICD10CM:
                self._add_code(icd10_code(coding.code), known)
            elif meaning.condition and not self._is_wider(meaning.condition, known):
                self._add(Kind.CONDITION, meaning.condition, meaning.condition, known)
        for name, value in _joined(meaning for _, meaning in known).items():
            self._add(Kind.ANSWER, name, value, known)

    def _add_code(self, code: str, known: list[tuple[Coding, Meaning]]) -> None:
        """Note a code of our list; of one that is held back, what lasts of it is noted beside."""
        if code not in terms.icd10_codes():
            return
        self._add(Kind.CODE, code, code, known)
        months = holds_for(Kind.CODE, code, code)
        if months is None or not self.gathering.age_cautions(self.date, months):
            return
        for condition in lasting_conditions(code):
            self._add(Kind.CONDITION, condition, condition, known)
        for name, value in lasting_facts(code).items():
            self._add(Kind.ANSWER, name, value, known)

    def read_past(self, known: list[tuple[Coding, Meaning]]) -> None:
        """Keep what stays true for good; the diagnosis itself is over."""
        self.gathering.leave_out(self._origin(known), Reason.NOT_CURRENT)
        facts = _joined(meaning for _, meaning in known)
        for name in for_good():
            if facts.get(name) is True or any(_leaves(name, one) for one in known):
                self._add(Kind.ANSWER, name, True, known)
        if "substance_use_disorder" in facts:
            self._add(Kind.ANSWER, "substance_use_disorder", "in_remission", known)

    def _is_wider(self, condition: str, known: list[tuple[Coding, Meaning]]) -> bool:
        """Whether another code of the same diagnosis says it more exactly."""
        others = {
            held
            for coding, meaning in known
            for held in (*terms.conditions_of_code(icd10_code(coding.code)), meaning.condition)
            if held
        }
        return any(condition in terms.wider_conditions(one) for one in others - {condition})

    def _add(
        self, kind: Kind, name: str, value: bool | str, known: list[tuple[Coding, Meaning]]
    ) -> None:
        """Note a find; its age holds back what is said of now, and only marks what lasts."""
        months = holds_for(kind, name, value)
        age = self.gathering.age_cautions(self.date, months)
        self.gathering.add(
            kind,
            name,
            value,
            self._origin(known),
            *self.cautions,
            *age,
            sureness=sure_if(self.cautions if months is None else (*self.cautions, *age)),
        )

    def _origin(self, known: list[tuple[Coding, Meaning]]) -> Origin:
        return origin_of(self.condition, self.words, (coding for coding, _ in known), self.date)


def icd10_code(code: str) -> str:
    """A code with its point, which some exports leave out.

    >>> icd10_code("f331")
    'F33.1'
    """
    plain = code.upper().replace(".", "")
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def _meaning(coding: Coding) -> Meaning | None:
    """What one code says; None where it is none of ours, or a heading."""
    if coding.system == SNOMED:
        return snomed_meanings().get(coding.code)
    if coding.system != ICD10CM:
        return None
    code = icd10_code(coding.code)
    known, told = terms.icd10_codes().get(code), facts_of_icd10(code)
    if known is None:
        return Meaning(facts=told) if told else None
    if not known.billable:
        return None
    return Meaning(facts=told | _facts_of_words(known.code, known.description.lower()))


def _facts_of_words(code: str, description: str) -> dict[str, bool | str]:
    """What the list's own words for a code say beyond it; the rest follows from the code."""
    if _SUBSTANCES.match(code) and ("abuse" in description or "dependence" in description):
        return {
            "substance_use_disorder": "in_remission" if "in remission" in description else "active"
        }
    severity = _SEVERITY.search(description) if code.startswith(("F32", "F33")) else None
    return {"episode_severity": severity[1]} if severity else {}


def _joined(meanings: Iterable[Meaning]) -> dict[str, bool | str]:
    """The facts of all codes of one diagnosis; "in remission" is the more exact of two words."""
    facts: dict[str, bool | str] = {}
    for meaning in meanings:
        for name, value in meaning.facts.items():
            if facts.get(name) != "in_remission":
                facts[name] = value
    if facts.get("psychotic_features") is True:
        facts["psychosis_history"] = True
    return facts


def _leaves(fact: str, known: tuple[Coding, Meaning]) -> bool:
    """Whether a diagnosis of once makes a fact of the past true, by its code or its condition."""
    coding, meaning = known
    code = icd10_code(coding.code) if coding.system == ICD10CM else ""
    conditions = frozenset({meaning.condition} - {""})
    return any(
        one.fact == fact and one.value is True and one.carried_by(conditions, (code,), {})
        for one in terms.implied_facts()
    )
