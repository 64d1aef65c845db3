"""Reads what makes a treatment tried count, and the fields that every criterion has."""

from collections.abc import Mapping
from typing import Any

from policies import terms, vocabulary
from policies.criteria import TrialDefinition
from policies.faults import FaultList, is_printable, join

# The field of a treatment tried that a limit measures.
MEASURED_BY = {
    "min_weeks": "weeks",
    "weeks_unclear_from": "weeks",
    "above_weeks": "weeks",
    "min_adherence_percent": "adherence_percent",
    "max_improvement_percent": "improvement_percent",
    "below_improvement_percent": "improvement_percent",
    "above_improvement_percent": "improvement_percent",
    "ended_within_years": "ended_on",
}


class TrialReader(FaultList):
    """Reads trial definitions, keeping every fault with its place."""

    def text(self, raw: object, place: str, wanted: str) -> str:
        if isinstance(raw, str) and raw.strip():
            if not is_printable(raw):
                self.add(place, "holds characters that can't be shown; remove them")
            return raw.strip()
        self.add(place, f"missing: give {wanted}")
        return ""

    def optional_text(self, raw: object, place: str) -> str:
        return "" if raw is None else self.text(raw, place, "a text, or leave it out")

    def known(self, raw: object, place: str, known: Mapping[str, object], what: str) -> str:
        if isinstance(raw, str) and raw in known:
            return raw
        self.add(place, f"there is no {what} {raw!r}. Use one of: {listed(known)}")
        return ""

    def whole_number(self, raw: object, place: str) -> int:
        if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 1:
            return raw
        self.add(place, f"{raw!r} is not a whole number of 1 or more")
        return 1

    def trial(self, data: object, place: str) -> TrialDefinition:
        entries = self.mapping(data, place, known=TrialDefinition.__slots__)
        values = {name: self._value(name, raw, join(place, name)) for name, raw in entries.items()}
        low, high = values.get("weeks_unclear_from"), values.get("min_weeks")
        if low is not None and (high is None or low >= high):
            self.add(join(place, "weeks_unclear_from"), "goes with a higher min_weeks")
        if not values:
            self.add(place, "says nothing to count by; name a kind, a drug or a drug_class")
        return TrialDefinition(**values)

    def _value(self, name: str, raw: object, place: str) -> Any:
        """One test of a definition; None where it is at fault."""
        fields = vocabulary.treatment_fields()
        choices: Mapping[str, Mapping[str, object]] = {
            "kind": fields["kind"].choices or {},
            "drug": terms.drugs(),
            "drug_class": terms.drug_classes(),
            "outcome": fields["outcome"].choices or {},
            "outcome_unclear": fields["outcome"].choices or {},
        }
        if name in choices:
            items = raw if isinstance(raw, list) else [raw]
            if not items:
                self.add(place, "an empty list would let every trial count; name at least one")
            what = name.replace("_", " ").removesuffix(" unclear")
            return frozenset(self.known(item, place, choices[name], what) for item in items)
        if name == "route":
            return self.text(raw, place, "a route, as oral")
        if name == "ended_within_years":
            years = self.whole_number(raw, place)
            if years > 100:
                self.add(place, f"{years} years is longer than anyone remembers")
            return years
        if name in MEASURED_BY:
            try:
                return fields[MEASURED_BY[name]].read(raw)
            except ValueError as error:
                self.add(place, str(error))
        elif raw is True:
            return True
        else:
            self.add(place, f"{raw!r} has no meaning here; write true, or leave it out")
        return None


def listed(names: Any) -> str:
    """Names in a row, for a message."""
    return ", ".join(str(name) for name in names)
