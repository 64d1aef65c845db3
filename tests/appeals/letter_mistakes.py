"""Sentences made wrong, each with the check that has to catch it, and some that are right."""

from collections.abc import Callable, Iterator

from appeals.letters import LetterCase
from tests.appeals import letter_checks as words
from tests.appeals import letter_law_checks as law
from tests.appeals import letter_source_checks as grounds
from tests.appeals.denied_cases import ON, make_case
from tests.appeals.letter_cases import make_letter
from tests.appeals.letter_made import (
    OHIO,
    case,
    esketamine,
    filled_in_alone,
    pain,
    position,
    with_rule,
)
from tests.appeals.letter_said import Fault, Letter

CHECKED = position(case())
RULE = position(with_rule())
QUOTE = case().position.position.source.quote  # type: ignore[union-attr]

Row = tuple[Callable[[Letter], Iterator[Fault]], LetterCase, str, tuple[str, ...]]
BAD: dict[str, Row] = {
    "a sentence that rests on nothing": (words.provenance, case(), "I am ill.", ()),
    "a fact that no letter has": (words.provenance, case(), "So.", ("fact:shoe_size",)),
    "a study that is not in the registry": (words.provenance, case(), "So.", ("study:me_2031",)),
    "a document of another plan": (words.provenance, case(), "So.", (f"position:{RULE}",)),
    "a right that this plan has not": (words.provenance, case(), "So.", ("right:keep_services",)),
    "a score that nobody told": (words.provenance, case(), "So.", ("fact:scores.7",)),
    "the form of another kind": (words.provenance, case(), "So.", ("form:complaint",)),
    "a number of one's own": (words.numbers, case(), "Six of 9.", ("fact:sessions",)),
    "a share where only the number is known": (words.numbers, case(), "6%.", ("fact:sessions",)),
    "a number as a word": (words.numbers, case(), "I tried nine.", ("fact:sessions",)),
    "another day of the same month": (
        words.dates,
        case(),
        "Since October 31, 2026.",
        ("fact:notice_on",),
    ),
    "a month of another year": (
        words.dates,
        case(),
        "Since March 2023.",
        ("fact:clinician_since",),
    ),
    "a drug that nobody named": (
        words.drugs,
        case(),
        "Zoloft failed.",
        ("fact:treatments.1.drug",),
    ),
    "the nasal spray for the infusion": (words.drugs, case(), "Spravato.", ("fact:treatment",)),
    "a form with a number": (words.forms, case(), "Answer in 30 days.", ("form:internal_appeal",)),
    "a form with a law": (words.forms, case(), "ERISA says so.", ("form:internal_appeal",)),
    "a form with a drug": (words.forms, case(), "About ketamine.", ("form:internal_appeal",)),
    "our summary in quotation marks": (
        words.quotations,
        with_rule(),
        "“At least 18 years of age.”",
        (f"finding:{RULE}/0",),
    ),
    "a quotation with a word changed": (
        words.quotations,
        case(),
        f"“{QUOTE.replace('considers', 'calls')}.”",
        (f"quote:{CHECKED}",),
    ),
    "a quotation without marks": (words.quotations, case(), QUOTE, (f"quote:{CHECKED}",)),
    "the writer's own words as a quotation": (
        words.quotations,
        case(),
        "The plan says: “I have not been able to work”",
        ("fact:function",),
    ),
    "another enclosure's number": (
        words.enclosures,
        case(),
        "The chart (Enclosure 9).",
        ("fact:enclosure.chart_notes",),
    ),
    "a form filled in alone as a chart's": (
        words.scores,
        filled_in_alone(),
        "PHQ-9 19 on November 3, 2026.",
        ("fact:scores.0",),
    ),
    "how often appeals succeed": (
        words.success_rates,
        case(),
        "44% of appeals are won.",
        ("fact:sessions",),
    ),
    "that most denials are overturned": (
        words.success_rates,
        case(),
        "Most such denials are overturned.",
        ("fact:treatment",),
    ),
    "Medicaid's rule under a job's plan": (
        law.rights,
        case(),
        "Please send the file.",
        ("right:medicaid_file",),
    ),
    "the parity law for care of pain": (
        law.rights,
        pain(),
        "Please send it.",
        ("right:parity_analysis",),
    ),
    "a rule before it takes effect": (
        law.rights,
        make_letter(denied=make_case("insured_job", state="GA")),
        "Please confirm.",
        ("right:licensed_reviewer",),
    ),
    "a rule that was read at second hand": (
        law.citations,
        case(),
        "Please send it (29 CFR 2560.503-1(g) and (j)).",
        ("right:criteria",),
    ),
    "a rule that binds other plans": (
        law.citations,
        case(),
        "Please send it (42 CFR 438.404(b)(2)).",
        ("right:claim_file",),
    ),
    "a rule that binds only one of two plans": (
        law.citations,
        make_letter(denied=make_case("medicaid_unknown")),
        "Someone may act for me (42 CFR 431.221).",
        ("right:representative",),
    ),
    "a law that nothing names": (law.citations, case(), "See 29 CFR 1.1.", ("fact:treatment",)),
    "a rule that was read long ago": (
        law.citations,
        case(on=ON.replace(year=2028)),
        "Please send it (29 CFR 2560.503-1(h)(2)(iii)).",
        ("right:claim_file",),
    ),
    "a state's law under a plan that the employer pays": (
        law.state_laws,
        case(),
        "Ohio asks for a way out.",
        ("law:step_therapy.OH",),
    ),
    "another state's law": (
        law.state_laws,
        make_letter(denied=OHIO),
        "So.",
        ("law:step_therapy.AR",),
    ),
    "another state's outside review": (
        law.state_laws,
        make_letter(denied=OHIO),
        "So.",
        ("law:external_review.NY",),
    ),
    "a state's law that was not read": (
        law.citations,
        make_letter("external_review", denied=OHIO),
        "By Ohio Rev. Code 3922.10 so.",
        ("law:external_review.OH",),
    ),
    "a step of another kind of plan": (
        law.stages,
        case(),
        "The time for this is over.",
        ("stage:opm-review",),
    ),
    "the time of the outside review in an appeal to the plan": (
        law.stages,
        make_letter(denied=make_case(answers="internal_1")),
        "The time for this decision is 45 days.",
        ("stage:federal-review",),
    ),
    "parity without the right": (
        law.parity,
        case(),
        "This is a parity matter.",
        ("fact:treatment",),
    ),
    "parity for pain": (law.parity, pain(), "The parity law.", ("right:parity_analysis",)),
    "a study of another treatment": (
        grounds.studies,
        case(),
        "A trial found so.",
        ("study:popova_2019_transform2",),
    ),
    "esketamine's label for the infusion": (
        grounds.studies,
        case(),
        "The label names it.",
        ("study:label_spravato",),
    ),
    "a study of infusions for the nasal spray": (
        grounds.studies,
        esketamine(),
        "A trial found so.",
        ("study:murrough_2013",),
    ),
    "esketamine in a letter on the infusion": (
        grounds.treatments,
        case(),
        "It speaks of esketamine.",
        ("study:mcintyre_2021_expert",),
    ),
    "ketamine in a letter on the nasal spray": (
        grounds.treatments,
        esketamine(),
        "It speaks of ketamine.",
        ("study:mcintyre_2021_expert",),
    ),
    "the infusion as approved": (
        grounds.approvals,
        case(),
        "Ketamine is FDA-approved for depression.",
        ("study:label_ketalar",),
    ),
    "the nasal spray as approved for what its label does not name": (
        grounds.approvals,
        esketamine("ptsd"),
        "The FDA has approved esketamine.",
        ("study:label_spravato",),
    ),
    "the FDA without a label": (
        grounds.approvals,
        esketamine(),
        "The FDA has approved esketamine.",
        ("fact:treatment",),
    ),
    "suicidal thoughts without the label's limit": (
        grounds.suicidality,
        esketamine("mdd_suicidal"),
        "The FDA has approved esketamine.",
        ("study:label_spravato",),
    ),
}


GOOD: dict[str, Row] = {
    "a number of its fact": (words.numbers, case(), "6 sessions.", ("fact:sessions",)),
    "a number as a word of its fact": (
        words.numbers,
        case(),
        "Six, twice.",
        ("fact:sessions", "fact:frequency"),
    ),
    "a brand for the drug that was named": (
        words.drugs,
        case(),
        "Zoloft failed.",
        ("fact:treatments.0.drug",),
    ),
    "a form without a claim": (words.forms, case(), "Please answer.", ("form:internal_appeal",)),
    "a document's own words": (words.quotations, case(), f"“{QUOTE}”", (f"quote:{CHECKED}",)),
    "a rule that was read and binds": (
        law.citations,
        case(),
        "Please send it (29 CFR 2560.503-1(h)(2)(iii)).",
        ("right:claim_file",),
    ),
    "a state's law where it binds": (
        law.state_laws,
        make_letter(denied=OHIO),
        "So.",
        ("law:step_therapy.OH",),
    ),
    "a label that denies": (
        grounds.approvals,
        case(),
        "Ketamine is FDA-approved for anesthesia only.",
        ("study:label_ketalar",),
    ),
    "the nasal spray as labeled": (
        grounds.approvals,
        esketamine(),
        "The FDA has approved esketamine.",
        ("study:label_spravato",),
    ),
    "suicidal thoughts with the label's limit": (
        grounds.suicidality,
        esketamine("mdd_suicidal"),
        "It has not been shown to prevent suicide.",
        ("study:label_spravato",),
    ),
}
