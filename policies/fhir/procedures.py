"""Reads procedures that are treatments tried, such as electroconvulsive therapy; each kind once."""

import re

from policies import terms
from policies.fhir import codes
from policies.fhir.elements import Coding, Resource, codings, first_date, objects, text_of, words_of
from policies.fhir.found import Caution, Found, Kind, Origin, Reason
from policies.fhir.gathering import Gathering, named_by, origin_of, sure_if
from policies.fhir.medicine_words import is_for_anesthesia
from policies.situation import TreatmentTried

_DROPPED = {
    "not-done": Reason.NOT_DONE,
    "entered-in-error": Reason.ENTERED_IN_ERROR,
    "preparation": Reason.ONLY_PROPOSED,
}


class Procedures:
    """The kinds of treatment that were done, with every time."""

    def __init__(self) -> None:
        self._by_kind: dict[str, list[tuple[Origin, bool]]] = {}

    def read(self, procedure: Resource, gathering: Gathering) -> None:
        """Note one procedure."""
        listed, words = codings(procedure.get("code")), words_of(procedure.get("code"))
        date = first_date(procedure, "performedDateTime", "performedPeriod")
        kind, by_name = _kind_of(listed, words)
        if kind is None:
            gathering.not_understood(procedure, listed, words)
            return
        origin = origin_of(procedure, words, listed, date)
        dropped = _DROPPED.get(text_of(procedure.get("status")))
        said = [words, *map(words_of, objects(procedure.get("reasonCode")))]
        if dropped is None and is_for_anesthesia(kind, said):
            dropped = Reason.FOR_ANESTHESIA
        if dropped is not None:
            gathering.leave_out(origin, dropped)
        else:
            self._by_kind.setdefault(kind, []).append((origin, by_name))

    def found(self) -> list[Found]:
        return [_tried(kind, done) for kind, done in self._by_kind.items()]


def _tried(kind: str, done: list[tuple[Origin, bool]]) -> Found:
    cautions = [Caution.OUTCOME_NOT_TOLD, Caution.EPISODE_NOT_KNOWN]
    by_name = [named_by(one for one, _ in done)] if all(named for _, named in done) else []
    only = terms.only_drug_of(kind)
    return Found(
        kind=Kind.TREATMENT,
        name=only.name if only else kind,
        value=TreatmentTried(kind=kind, drug=only.name if only else None),
        origins=tuple(origin for origin, _ in done),
        sureness=sure_if(by_name),
        cautions=(*cautions, *by_name),
    )


def _kind_of(listed: tuple[Coding, ...], words: str) -> tuple[str | None, bool]:
    known = codes.procedure_kinds()
    for coding in listed:
        if (coding.system, coding.code) in known:
            return known[coding.system, coding.code], False
    said = " ".join([words, *(one.display for one in listed)]).casefold()
    for kind, names in codes.procedure_words().items():
        if any(re.search(rf"\b{re.escape(name)}", said) for name in names):
            return kind, True
    return None, False
