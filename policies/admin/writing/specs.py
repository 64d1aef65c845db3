"""Which fields each part of an edition has on the page for writing it, and with which choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policies import terms
from policies.catalogue import CoveragePosition, EditionStatus, PriorAuthorization, ReadingKind
from policies.outline import Working
from policies.situation import Treatment
from policies.wording.phrases import POSITIONS, spaced

Choices = tuple[tuple[str, str], ...]

DATES = "2026-01-31, 1/31/2026, 2026-01 or 2026"


class Input(StrEnum):
    """How a field is asked."""

    TEXT = "text"
    PHRASE = "phrase"  # one line, long enough to need two on the page
    LONG = "long"
    DATE = "date"  # as printed
    LINES = "lines"  # a list, one item on each line
    NUMBER = "number"
    WORDS = "words"  # codes, with spaces or commas between
    CHOICE = "choice"
    RADIO = "radio"
    TICKS = "ticks"
    FLAG = "flag"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: where it stands in the data form, and how it is asked.

    `also` holds by choice what else finds it, with | between.
    """

    name: str
    label: str
    input: Input = Input.TEXT
    help: str = ""
    unit: str = ""
    choices: Choices = ()
    groups: tuple[tuple[str, Choices], ...] = ()
    has_spanish: bool = False
    wide: bool = False
    typeahead: bool = False
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpecGroup:
    """Fields that belong together; folded away while none of them is set, where `is_rare`."""

    title: str
    specs: tuple[Spec, ...]
    is_rare: bool = False
    help: str = ""
    definition: int | None = None


def choices_of(labels: Mapping[str, str]) -> Choices:
    return tuple(labels.items())


def _enum(members: Iterable[StrEnum]) -> Choices:
    return tuple((one.value, spaced(one.value).capitalize()) for one in members)


def source_group(working: Working) -> SpecGroup:
    """Where something was read, and its words."""
    return SpecGroup(
        "Where it was read",
        (
            Spec(
                "source.from",
                "Source",
                Input.CHOICE,
                choices=tuple((one.name, one.name) for one in working.sources if one.name),
            ),
            Spec("source.section", "Section", help="As printed, with the page."),
            Spec(
                "source.quote",
                "Its own words",
                Input.LONG,
                "Word for word, 25 at most. Without them the line says that the words are ours.",
                wide=True,
            ),
        ),
    )


EDITION = (
    SpecGroup(
        "",
        (
            Spec("effective", "In effect from", Input.DATE, f"As printed: {DATES}."),
            Spec("last_reviewed", "Last reviewed", Input.DATE, "As printed."),
            Spec("revision", "Revision", Input.NUMBER, "1, or more for a correction."),
            Spec(
                "status",
                "This edition",
                Input.RADIO,
                choices=(
                    (EditionStatus.IN_FORCE.value, "states the rule"),
                    (EditionStatus.WITHDRAWN.value, "withdraws it"),
                ),
            ),
            Spec(
                "is_read_whole",
                "The whole document was read",
                Input.FLAG,
                "Only then does its silence mean anything.",
            ),
        ),
    ),
    SpecGroup(
        "",
        (
            Spec(
                "notes",
                "Notes",
                Input.LINES,
                "One on each line.",
                has_spanish=True,
                wide=True,
            ),
        ),
    ),
    SpecGroup(
        "What this revision changes, or why it is withdrawn",
        (
            Spec(
                "change_note",
                "What this revision changes",
                Input.LONG,
                "Needed from revision 2 on.",
                has_spanish=True,
                wide=True,
            ),
        ),
        is_rare=True,
    ),
)
SOURCE = (
    SpecGroup(
        "",
        (
            Spec("name", "Short name", help="Lines refer to it, as page."),
            Spec("kind", "Read from", Input.RADIO, choices=_enum(ReadingKind)),
            Spec("read_on", "Read on", Input.DATE, "2026-11-05, 11/5/2026 or 2026-11."),
            Spec("read_by", "Read by", help="Everyone sees this name on the policy's page."),
            Spec(
                "description",
                "What was read",
                Input.LONG,
                "In our words.",
                wide=True,
            ),
            Spec("url", "Address", help="https://…", wide=True),
        ),
    ),
)


def position_groups(working: Working) -> tuple[SpecGroup, ...]:
    """The fields of a position, apart from its lists."""
    return (
        SpecGroup(
            "",
            (
                Spec(
                    "treatment",
                    "Treatment",
                    Input.CHOICE,
                    choices=tuple((one.value, one.label) for one in Treatment),
                ),
                Spec(
                    "coverage",
                    "What the document says",
                    Input.CHOICE,
                    choices=tuple((one.value, POSITIONS[one]) for one in CoveragePosition),
                ),
                Spec(
                    "prior_authorization",
                    "Prior authorization",
                    Input.RADIO,
                    choices=_enum(PriorAuthorization),
                ),
                Spec(
                    "indications",
                    "For these conditions",
                    Input.TICKS,
                    choices=tuple((one.id, one.label) for one in terms.conditions().values()),
                    wide=True,
                ),
            ),
        ),
        source_group(working),
        SpecGroup(
            "Limits, documents and codes",
            (
                Spec(
                    "prior_authorization_note",
                    "On prior authorization",
                    Input.LONG,
                    has_spanish=True,
                    wide=True,
                ),
                Spec(
                    "limits",
                    "Limits",
                    Input.LINES,
                    "One on each line.",
                    has_spanish=True,
                    wide=True,
                ),
                Spec(
                    "documents_wanted",
                    "Documents wanted",
                    Input.LINES,
                    "One on each line.",
                    has_spanish=True,
                    wide=True,
                ),
                Spec("codes.hcpcs", "HCPCS codes", Input.WORDS),
                Spec("codes.cpt", "CPT codes", Input.WORDS),
                Spec("codes.icd10", "ICD-10-CM codes", Input.WORDS),
                Spec("note", "Note to the patient", Input.LONG, has_spanish=True, wide=True),
            ),
            is_rare=True,
        ),
    )
