"""Which fields a line has, by what it asks."""

from dataclasses import replace

from policies import terms, vocabulary
from policies.admin.writing.specs import Input, Spec, SpecGroup, choices_of, source_group
from policies.outline import LEAVES, Line, Working
from policies.vocabulary import FactDefinition, FactType

KINDS = {
    "fact": "One fact about the patient or the request",
    "count": "A count of treatments tried",
    "scale": "A score on a rating scale",
    "icd10": "A diagnosis code of a list",
    "judgement": "What only the clinic or the plan can judge",
    "unread": "A part of the list that we could not read",
    "first_list": "The whole first list again",
}
# The tests of a fact; with another fact they mean nothing.
TESTS = ("is", "one_of", "includes", "min", "max", "above", "below")
JOINS = {
    "all_of": "all of these",
    "any_of": "any one of these",
    "at_least": "at least so many of these",
    "none_of": "none of these",
}
GROUP_NAMES = {
    "patient": "The patient",
    "episode": "The episode",
    "safety": "Safety",
    "request": "The request",
}
LABEL = Spec(
    "label",
    "What it asks, in a patient's words",
    Input.PHRASE,
    "A phrase, as “18 years or older”.",
    has_spanish=True,
    wide=True,
)


def line_groups(line: Line, working: Working, list_name: str) -> tuple[SpecGroup, ...]:
    """The fields of a line: what it asks, and where that was read."""
    return (
        SpecGroup("", (LABEL, _kind(line, list_name))),
        *_test(line),
        source_group(working),
        SpecGroup(
            "More",
            (
                Spec("note", "Note to the patient", Input.LONG, has_spanish=True, wide=True),
                Spec(
                    "id",
                    "Name in worked cases",
                    help="Small letters, digits and _, as four_trials. Needed only where a worked "
                    "case names the line.",
                ),
            ),
            is_rare=True,
        ),
    )


def _kind(line: Line, list_name: str) -> Spec:
    if line.is_group:
        return Spec("kind", "It wants", Input.RADIO, choices=choices_of(JOINS))
    fitting = [one for one in LEAVES if one != "first_list" or list_name == "continuation"]
    return Spec(
        "kind",
        "Kind of line",
        Input.CHOICE,
        choices=tuple((one, KINDS[one]) for one in fitting),
        wide=True,
    )


def _test(line: Line) -> tuple[SpecGroup, ...]:
    if line.kind == "count":
        return _count(line)
    if line.kind == "fact":
        return (
            SpecGroup("Which fact", (FACT,)),
            SpecGroup("What it must be", _fact_tests(line)),
        )
    asked = {
        "scale": SpecGroup("Which score", SCALE),
        "icd10": SpecGroup("Which codes", (CODES,)),
        "judgement": SpecGroup("Who can answer", (JUDGE,)),
        "at_least": SpecGroup("How many", (Spec("at_least", "At least", Input.NUMBER),)),
    }
    return (asked[line.kind],) if line.kind in asked else ()


def _also(definition: FactDefinition) -> str:
    """What else finds a fact: its answers, its unit and its question."""
    answers = (definition.choices or {}).values()
    return "|".join((*answers, definition.unit, definition.question))


FACT = Spec(
    "fact",
    "Fact",
    Input.CHOICE,
    "Type a part of its name or of an answer. Only what stands in the vocabulary can be tested.",
    groups=tuple(
        (
            name,
            tuple(
                (one.name, one.label)
                for one in vocabulary.facts().values()
                if one.group == group and one.type is not FactType.DATE
            ),
        )
        for group, name in GROUP_NAMES.items()
    ),
    wide=True,
    typeahead=True,
    also={name: _also(one) for name, one in vocabulary.facts().items()},
)


def _fact_tests(line: Line) -> tuple[Spec, ...]:
    name = line.fields.get("fact")
    definition = vocabulary.facts().get(name) if isinstance(name, str) else None
    if definition is None:
        return ()
    match definition.type:
        case FactType.BOOLEAN:
            return (Spec("is", "The answer must be", Input.YES_NO),)
        case FactType.NUMBER:
            return _limits(definition.unit, _range(definition.min, definition.max))
        case FactType.CHOICE:
            choices = choices_of(definition.choices or {})
            return (Spec("one_of", "Any one of these will do", Input.TICKS, choices=choices),)
        case FactType.SET:
            known = (
                {one.id: one.label for one in terms.conditions().values()}
                if definition.name == "conditions"
                else definition.choices or {}
            )
            return (Spec("includes", "Among them", Input.CHOICE, choices=choices_of(known)),)
        case _:
            return (Spec("is", "The answer must be", Input.TEXT),)


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"From {low:g} to {high:g}."


def _limits(unit: str, help_text: str = "") -> tuple[Spec, ...]:
    labels = {"min": "At least", "max": "At most", "above": "More than", "below": "Less than"}
    return tuple(
        Spec(name, label, Input.NUMBER, help_text if name == "min" else "", unit)
        for name, label in labels.items()
    )


SCALE = (
    Spec(
        "scale",
        "On any one of these scales",
        Input.TICKS,
        choices=tuple((one.id, one.label) for one in terms.rating_scales().values()),
    ),
    *_limits("points", "Without a limit the line asks only that there is a score."),
    Spec("within_days", "Taken within the last", Input.NUMBER, unit="days"),
)
CODES = Spec(
    "icd10",
    "ICD-10-CM codes",
    Input.WORDS,
    "With spaces or commas between, as F33.1 F33.2. The list is closed: other codes do not do.",
    wide=True,
)
JUDGE = Spec(
    "judgement",
    "Only this one can answer",
    Input.RADIO,
    choices=(("clinic", "the clinic"), ("plan", "the plan")),
)


def _count(line: Line) -> tuple[SpecGroup, ...]:
    where = line.fields.get("where")
    number = len(where) if isinstance(where, list) else 1
    many = (
        Spec("min", "At least", Input.NUMBER, unit="treatments"),
        Spec("min_classes", "Of at least", Input.NUMBER, unit="classes"),
    )
    return (
        SpecGroup("How many", many),
        *(group for at in range(number) for group in _definition(at, number)),
    )


def _definition(at: int, number: int) -> tuple[SpecGroup, ...]:
    title = "A treatment counts when it is" if number == 1 else f"Definition {at + 1}: it counts if"
    help_text = "" if number == 1 else "Of several definitions any one is enough."
    place = f"where.{at}."

    def named(specs: tuple[Spec, ...]) -> tuple[Spec, ...]:
        return tuple(replace(one, name=place + one.name) for one in specs)

    return (
        SpecGroup(title, named(TRIAL), help=help_text, definition=at),
        SpecGroup("Only these medicines or classes", named(DRUGS), is_rare=True),
        SpecGroup("Dose, adherence and improvement", named(TRIAL_MORE), is_rare=True),
    )


def _trial_label(name: str) -> str:
    return vocabulary.treatment_fields()[name].label


OUTCOMES = choices_of(vocabulary.treatment_fields()["outcome"].choices or {})
TRIAL = (
    Spec(
        "kind",
        "Of one of these kinds",
        Input.TICKS,
        choices=choices_of(vocabulary.treatment_fields()["kind"].choices or {}),
    ),
    Spec("outcome", "And one of these happened", Input.TICKS, choices=OUTCOMES),
    Spec(
        "max_improvement_percent",
        "Improved by at most",
        Input.NUMBER,
        "With a percentage the ticks above are not needed.",
        "percent",
    ),
    Spec("min_weeks", "For at least", Input.NUMBER, unit="weeks"),
    Spec("adequate_dose", _trial_label("adequate_dose"), Input.FLAG),
    Spec("this_episode", _trial_label("this_episode"), Input.FLAG),
)
DRUGS = (
    Spec(
        "drug_class",
        "Classes",
        Input.TICKS,
        choices=tuple((one.id, one.label) for one in terms.drug_classes().values()),
    ),
    Spec(
        "drug",
        "Medicines",
        Input.TICKS,
        choices=tuple((name, name) for name in sorted(terms.drugs())),
    ),
    Spec("route", "Route", help="For example oral."),
)
TRIAL_MORE = (
    Spec("above_weeks", "For more than", Input.NUMBER, unit="weeks"),
    Spec(
        "weeks_unclear_from",
        "Left open from",
        Input.NUMBER,
        "Where the document says “typically 6 weeks”: from here up to the weeks above.",
        "weeks",
    ),
    Spec("ended_within_years", "Ended within the last", Input.NUMBER, unit="years"),
    Spec("maximum_dose", _trial_label("maximum_dose"), Input.FLAG),
    Spec("highest_tolerated_dose", _trial_label("highest_tolerated_dose"), Input.FLAG),
    Spec("sufficient_length", _trial_label("sufficient_length"), Input.FLAG),
    Spec("adequate_adherence", _trial_label("adequate_adherence"), Input.FLAG),
    Spec("dose_limiting_side_effects", _trial_label("dose_limiting_side_effects"), Input.FLAG),
    Spec("led_to_change", _trial_label("led_to_change"), Input.FLAG),
    Spec("min_adherence_percent", "Taken at least", Input.NUMBER, unit="percent of doses"),
    Spec("below_improvement_percent", "Improved by less than", Input.NUMBER, unit="percent"),
    Spec("above_improvement_percent", "Improved by more than", Input.NUMBER, unit="percent"),
    Spec("outcome_unclear", "The document leaves open", Input.TICKS, choices=OUTCOMES),
)
