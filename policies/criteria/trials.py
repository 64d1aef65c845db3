"""Reads what makes a treatment tried count, and the fields that every criterion has."""

from collections.abc import Mapping
from typing import Any

from policies import terms, vocabulary
from policies.criteria import TrialDefinition
from policies.faults import FaultList, is_printable, join


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

    def trial(self, data: object, place: str) -> TrialDefinition:
        fields = vocabulary.treatment_fields()
        entries = self.mapping(data, place, known=TrialDefinition.__slots__)
        values: dict[str, Any] = {}
        choices: Mapping[str, Mapping[str, object]] = {
            "kind": fields["kind"].choices or {},
            "drug": terms.drugs(),
            "drug_class": terms.drug_classes(),
            "outcome": fields["outcome"].choices or {},
            "outcome_unclear": fields["outcome"].choices or {},
        }
        numbers = {"min_weeks": "weeks", "max_improvement_percent": "improvement_percent"}
        for name, raw in entries.items():
            inner = join(place, name)
            if name in choices:
                items = raw if isinstance(raw, list) else [raw]
                if not items:
                    self.add(inner, "an empty list would let every trial count; name at least one")
                what = name.replace("_", " ").removesuffix(" unclear")
                values[name] = frozenset(
                    self.known(item, inner, choices[name], what) for item in items
                )
            elif name in numbers:
                try:
                    values[name] = fields[numbers[name]].read(raw)
                except ValueError as error:
                    self.add(inner, str(error))
            elif name == "route":
                values[name] = self.text(raw, inner, "a route, as oral")
            elif raw is True:
                values[name] = True
            else:
                self.add(inner, f"{raw!r} has no meaning here; write true, or leave it out")
        if not values:
            self.add(place, "says nothing to count by; name a kind, a drug or a drug_class")
        return TrialDefinition(**values)


def listed(names: Any) -> str:
    """Names in a row, for a message."""
    return ", ".join(str(name) for name in names)
