"""The rows over which the letters are held to account: plans, situations and documents."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType

from appeals.law.arguments import EnclosureId
from appeals.law.circumstances import is_mental_health
from appeals.law.reasons import ReasonId
from appeals.law.rights import rights_for
from appeals.letters import LetterCase, LetterKind, Voice, kind_plans
from appeals.letters.case import Value
from appeals.letters.facts import FactType, letter_facts
from policies import terms
from policies.applicability import Applied, Role
from policies.catalogue import Document
from policies.check import Answer, CheckedDocument
from policies.facts import facts_from
from policies.situation import Situation, Treatment
from policies.sureness import sureness_of
from policies.verdict import judge_document
from tests.appeals.denied_cases import NOT_KNOWN, ON, PLANS, make_case
from tests.appeals.letter_cases import TOLD, make_answer
from tests.appeals.pairwise import Row, pairwise
from tests.real_catalogue import real_folder

STATE = "OH"
# A step therapy law read and not read, a rule of the future, one on care under way, and no state.
STATES = (STATE, "AR", "GA", "WA", "NY", NOT_KNOWN)
CONDITIONS = tuple(one.id for one in terms.conditions().values() if not one.is_group)
NONE = "none"
# As what the check knows a plan of the interview; its insurer is one whose rule has criteria.
CHECKED_AS: Mapping[str, dict[str, str]] = MappingProxyType(
    {
        "insured_job": {
            "line_of_business": "commercial",
            "funding": "insured",
            "insurer": "bcbs-ma",
            "issue_state": "MA",
        },
        "medicaid_plan": {"line_of_business": "medicaid_managed_care", "residence_state": STATE},
        "medicaid_state": {
            "line_of_business": "medicaid",
            "insurer": "wisconsin-medicaid",
            "residence_state": "WI",
        },
        "original_medicare": {"line_of_business": "original_medicare", "residence_state": "NY"},
        "medicare_advantage": {
            "line_of_business": "medicare_advantage",
            "insurer": "western-health-advantage",
            "residence_state": "CA",
        },
        "tricare": {"line_of_business": "tricare"},
        "va": {"line_of_business": "va"},
        "federal": {"line_of_business": "federal_employees"},
    }
)
COMMERCIAL = {"line_of_business": "commercial", "funding": "self_funded", "insurer": "aetna"}
# The plan of the interview that a document of a line of business speaks for.
DENIED_AS: Mapping[str, str] = MappingProxyType(
    {
        "commercial": "insured_job",
        "medicaid": "medicaid_state",
        "medicaid_managed_care": "medicaid_plan",
        "original_medicare": "original_medicare",
        "medicare_advantage": "medicare_advantage",
        "tricare": "tricare",
        "va": "va",
        "workers_compensation": "insured_job",
    }
)


@dataclass(frozen=True)
class LetterRow:
    """One letter to be held to account, by a name that a fault can be found with."""

    name: str
    case: LetterCase


@cache
def pair_rows() -> tuple[LetterRow, ...]:
    """Any two of kind, voice, reason, plan, condition, treatment, answer and way, at least once."""
    axes = {
        "kind": tuple(kind_plans()),
        "plan": tuple(PLANS),
        "condition": CONDITIONS,
        "reason": (*ReasonId, NONE),
        "treatment": (*Treatment, NONE),
        "voice": tuple(Voice),
        "way": ("denied and checked", "denied", "checked"),
        "enclosed": ("all", "some", NONE),
        "told": tuple(TOLD_SO),
        "state": STATES,
    }
    rows = pairwise(axes, goes_together)
    return tuple(LetterRow(", ".join(row.values()), case_of(row)) for row in rows)


def goes_together(row: Row) -> bool:
    """Whether such a letter is offered, as far as the row is begun."""
    if "kind" not in row:
        return True
    kind = kind_plans()[LetterKind(row["kind"])]
    return (
        ("voice" not in row or row["voice"] in kind.voices)
        and (row.get("way") != "checked" or not kind.fits.needs_denial)
        and (
            "plan" not in row or all(is_offered(kind.id, row["plan"], state=one) for one in STATES)
        )
        and (
            kind.id is not LetterKind.PARITY_REQUEST
            or "condition" not in row
            or is_mental_health(row["condition"]) is True
        )
    )


@cache
def is_offered(kind: LetterKind, plan: str, step: str = "", *, state: str = STATE) -> bool:
    """Whether a kind fits a plan: it is of its types, and the rights that it takes hold there."""
    fits = kind_plans()[kind].fits
    denied = make_case(plan, answers=step, state=state)
    plan_types = denied.outcome.plan_types
    if fits.plan_types and not set(plan_types) <= set(fits.plan_types):
        return False
    if not fits.rights:
        return True
    circumstances = LetterCase(kind, Voice.PATIENT, ON, denied=denied).circumstances
    held = [{one.id for one in rights_for(each)} for each in circumstances]
    return bool(held) and any(all(name in each for each in held) for name in fits.rights)


def case_of(row: Row) -> LetterCase:
    """The letter of a row."""
    treatment = None if row["treatment"] == NONE else Treatment(row["treatment"])
    denied = make_case(
        row["plan"],
        state=row["state"],
        reasons=() if row["reason"] == NONE else (row["reason"],),
        condition=row["condition"],
        treatment=treatment,
        is_expedited=row["reason"] in ("not_medically_necessary", "continuation_without_benefit"),
    )
    answer = make_answer(
        plan=CHECKED_AS.get(row["plan"], COMMERCIAL),
        treatment=(treatment or Treatment.IV_KETAMINE).value,
        icd10_codes=[],
        answers={"age": 44, "conditions": [row["condition"]]},
    )
    return LetterCase(
        kind=LetterKind(row["kind"]),
        voice=Voice(row["voice"]),
        on=ON,
        told=TOLD_SO[row["told"]],
        answer=None if row["way"] == "denied" else answer,
        denied=None if row["way"] == "checked" else denied,
        outcome=denied.outcome if row["way"] == "checked" else None,
        enclosures=ENCLOSED[row["enclosed"]],
    )


def everything(choice: int) -> Mapping[str, Value]:
    """A sample of every fact that a letter can ask; of each choice the first or the last."""
    samples: dict[str, Value] = {}
    for one in letter_facts().values():
        match one.type:
            case FactType.DATE:
                samples[one.id] = dt.date(2026, 12, 1)
            case FactType.CHOICE:
                samples[one.id] = tuple(one.choices)[choice]
            case FactType.TEXT | FactType.LINES:
                samples[one.id] = f"sample of the {one.gap}"
    return {**samples, **{name: value for name, value in TOLD.items() if name != "delivery"}}


TOLD_SO: Mapping[str, Mapping[str, Value]] = {
    "everything": everything(0),
    "everything, other choices": everything(-1),
    "what an appeal asks": TOLD,
    "little": {"patient_name": "Sample Patient"},
}
ENCLOSED = {
    # Nobody has asked for the parity analysis where care is for pain.
    "all": frozenset(EnclosureId) - {EnclosureId.PARITY_REQUEST},
    "some": frozenset({EnclosureId.DENIAL_NOTICE, EnclosureId.CHART_NOTES}),
    NONE: frozenset[EnclosureId](),
}


def step_rows(kind: LetterKind) -> Iterator[LetterRow]:
    """A kind under every plan, at every step that its notice can decide."""
    for plan, (_told, steps) in PLANS.items():
        for step in (one for one in steps if is_offered(kind, plan, one)):
            denied = make_case(plan, answers=step, state=STATE, reasons=("step_therapy",))
            case = LetterCase(kind, kind_plans()[kind].voices[0], ON, TOLD, denied=denied)
            yield LetterRow(f"{kind}, {plan}, {step}", case)


def state_rows() -> Iterator[LetterRow]:
    """The letters that name a state's law, in every state, where it binds and where it does not."""
    reasons = {
        LetterKind.STEP_EXCEPTION: "step_therapy",
        LetterKind.EXTERNAL_REVIEW: "experimental_investigational",
    }
    plans = ("insured_job", "self_funded_job")
    for state, (kind, reason), plan in product(terms.states(), reasons.items(), plans):
        denied = make_case(plan, answers="internal_1", state=state, reasons=(reason,))
        told = TOLD_SO["everything"]
        case = LetterCase(kind, Voice.CLINICIAN, ON, told, denied=denied)
        yield LetterRow(f"{kind}, {plan}, {state}", case)


# The kinds, with a voice of each, that answer a document point by point.
ANSWERS_A_RULE = (
    (LetterKind.INTERNAL_APPEAL, Voice.CLINICIAN),
    (LetterKind.INTERNAL_APPEAL, Voice.PATIENT),
    (LetterKind.EXTERNAL_REVIEW, Voice.PARENT),
    (LetterKind.MEDICAL_NECESSITY, Voice.CLINICIAN),
    (LetterKind.PRIOR_AUTHORIZATION, Voice.CLINICIAN),
    (LetterKind.STEP_EXCEPTION, Voice.REPRESENTATIVE),
    (LetterKind.PEER_TO_PEER, Voice.CLINICIAN),
)


@cache
def document_rows() -> tuple[LetterRow, ...]:
    """Each document of the catalogue with its first worked cases; the appeals with more of them."""
    return tuple(_document_rows())


def _document_rows() -> Iterator[LetterRow]:
    for document in real_folder().documents:
        if document.edition_in_force(ON) is None:
            continue
        for number, worked in enumerate(real_folder().cases.get(document.stem, ())[:3]):
            for kind, voice in ANSWERS_A_RULE[: 2 if number else None]:
                name = f"{document.stem}, {worked.name}, {kind}, {voice}"
                yield LetterRow(name, letter_on(document, worked.situation, kind, voice))


def letter_on(
    document: Document, situation: Situation, kind: LetterKind, voice: Voice
) -> LetterCase:
    """A letter to a plan that this one document speaks for."""
    answer = answer_of(document, situation, on=ON)
    line = document.lines_of_business[0]
    denied = make_case(
        DENIED_AS[line],
        state=document.states[0] if document.states else STATE,
        reasons=("not_medically_necessary",),
        condition=max(sorted(answer.stated_conditions), default=""),
        treatment=situation.treatment,
    )
    enclosures = ENCLOSED["all" if voice is Voice.CLINICIAN else "some"]
    return LetterCase(kind, voice, ON, TOLD, answer, denied, enclosures=enclosures)


def answer_of(document: Document, situation: Situation, *, on: dt.date) -> Answer:
    """The answer of a plan that this one document speaks for."""
    edition = document.edition_in_force(on)
    if edition is None:
        raise ValueError(f"{document.stem} says nothing yet on {on}")
    facts = facts_from(situation, on=on)
    judged = judge_document(document, edition, treatment=situation.treatment, facts=facts)
    found = CheckedDocument(
        Applied(document, edition, Role.OWN), judged, sureness_of(edition, on=on)
    )
    return Answer(
        situation=situation,
        on=on,
        stated_conditions=facts.stated_conditions or frozenset(),
        insurer=document.insurer,
        documents=(found,),
        silent=(),
        left_out=(),
        verdict=judged.verdict,
        headline=found,
    )
