"""What a case wants: said by the editor from the document, before anything is run."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from policies.admin.proving.answers import read_typed_day, typed_day
from policies.catalogue import Edition, Position
from policies.criteria import Group, Judgement, Node, Unread, walk
from policies.forms.fields import NumberField, radios, select
from policies.score import Score
from policies.situation import Treatment
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.worked_cases import WorkedCase

VERDICTS = {
    Verdict.APPEARS_TO_QUALIFY: "Appears to meet every criterion",
    Verdict.COULD_QUALIFY: "Could qualify: nothing rules it out, something is open",
    Verdict.DOES_NOT_MEET: "Does not meet the criteria",
    Verdict.NOT_COVERED: "Not covered, whatever is answered",
    Verdict.CASE_BY_CASE: "Decided case by case",
    Verdict.NOT_ADDRESSED: "The document says nothing about it",
    Verdict.ANSWER_UNREAD: "The document's answer was not read",
    Verdict.WITHDRAWN: "The document was withdrawn",
}
GROUNDS = {
    Ground.INVESTIGATIONAL: "Investigational",
    Ground.EXCLUDED: "Excluded",
    Ground.NOT_MEDICALLY_NECESSARY: "Not medically necessary",
}
TRUTHS = {Truth.MET: "Met", Truth.NOT_MET: "Not met", Truth.UNKNOWN: "To find out"}
COUNTS = ("met", "not_met", "to_find_out")
FINDING = "finding-"
PREFIX = "case"
FIRST_NAME = "A sentence that says what the case is about, as “17 years, all else met”."

AFTER = (
    "How long after the edition %s, as “30 days”: the case then moves along with the next edition. "
    "Or a date, as 11/25/2026."
)


class WantedForm(forms.Form):
    """The name and the day of a case, and what it is to come to."""

    name = forms.CharField(
        max_length=300,
        label="Name of the case",
        help_text=FIRST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give it a name that says what it is about."},
    )
    on = forms.CharField(
        max_length=30,
        label="Day of the case",
        help_text=AFTER % "takes effect",
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
        error_messages={"required": "Say on what day, for example 30 days."},
    )
    verdict = radios(
        [(one.value, label) for one, label in VERDICTS.items()],
        label="What must it come to?",
        help_text="Decide this from the document, not from the lines as they are written: a case "
        "that was copied from what came out proves nothing.",
        required=True,
        error_messages={"required": "Say what the document makes of it. Read it there."},
    )
    ground = select(
        [(one.value, label) for one, label in GROUNDS.items()],
        empty="None",
        label="On what ground, where it is not covered",
    )
    met = NumberField(label="Met")
    not_met = NumberField(label="Not met")
    to_find_out = NumberField(label="To find out")
    at_least = forms.BooleanField(required=False, label="The list goes on beyond what was read")

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Any = None,
        lines: Mapping[str, str],
        is_dated: bool = True,
    ) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        if not is_dated:
            self.fields["on"].help_text = AFTER % "was first read"
        self.lines = lines
        for name, label in lines.items():
            self.fields[FINDING + name] = select(
                [(one.value, text) for one, text in TRUTHS.items()], empty="Not said", label=label
            )

    @property
    def findings(self) -> list[BoundField]:
        """One choice for each line that has a name."""
        return [self[FINDING + name] for name in self.lines]

    @property
    def has_findings(self) -> bool:
        """Whether something is said of a line, right or wrong."""
        return any(field.value() or field.errors for field in self.findings)

    @property
    def score(self) -> list[BoundField]:
        return [self[name] for name in (*COUNTS, "at_least")]

    @property
    def has_score(self) -> bool:
        """Whether something stands in it, right or wrong."""
        return any(self[name].value() or self[name].errors for name in COUNTS)

    def clean_on(self) -> Any:
        day = read_typed_day(self.cleaned_data["on"])
        if day is None:
            raise forms.ValidationError("Write it as 30 days, or as a date, as 11/25/2026.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_refused = cleaned.get("verdict") == Verdict.NOT_COVERED
        if is_refused != bool(cleaned.get("ground")) and "verdict" in cleaned:
            self.add_error(
                "ground",
                "Say on what ground it is not covered."
                if is_refused
                else "Only what is not covered has a ground: take it out, or change the verdict.",
            )
        given = [cleaned.get(name) is not None for name in COUNTS]
        if any(given) and not all(given):
            self.add_error("met", "Give all three numbers, or none.")
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """The fields of a case, once the form is valid."""
        held = self.cleaned_data
        counts = {name: held[name] for name in COUNTS}
        return {
            "name": " ".join(held["name"].split()),
            "on": held["on"],
            "verdict": Verdict(held["verdict"]),
            "ground": Ground(held["ground"]) if held["ground"] else None,
            "findings": {
                name: Truth(held[FINDING + name]) for name in self.lines if held[FINDING + name]
            },
            "score": None
            if None in counts.values()
            else Score(**counts, at_least=held["at_least"]),
        }


def initial_of(case: WorkedCase) -> dict[str, Any]:
    """A case as the form shows it."""
    counts = {} if case.score is None else {name: getattr(case.score, name) for name in COUNTS}
    return {
        "name": case.name,
        "on": typed_day(case.on),
        "verdict": case.verdict.value,
        "ground": case.ground.value if case.ground else "",
        "at_least": bool(case.score and case.score.at_least),
        **counts,
        **{FINDING + name: truth.value for name, truth in case.findings.items()},
    }


def named_lines(edition: Edition, treatment: Treatment) -> dict[str, str]:
    """The lines of a treatment that have a name in worked cases, with their words."""
    return {
        node.id: node.label
        for position in _on(edition, treatment)
        for node in _nodes(position)
        if node.id
    }


def has_nameless_lines(edition: Edition, treatment: Treatment) -> bool:
    """Whether some have none, so that no case can say what it wants of them."""
    return any(
        not node.id and not isinstance(node, Group | Judgement | Unread)
        for position in _on(edition, treatment)
        for node in _nodes(position)
    )


def _on(edition: Edition, treatment: Treatment) -> Iterator[Position]:
    return (one for one in edition.positions if one.treatment is treatment)


def _nodes(position: Position) -> Iterator[Node]:
    for tree in (position.criteria, position.continuation):
        if tree is not None:
            yield from walk(tree)
