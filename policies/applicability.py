"""Which documents speak for a plan on a day, and why; a plan never borrows another's policy."""

import datetime as dt
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from policies.catalogue import Catalogue, Document, Edition, Insurer, InsurerKind
from policies.catalogue.names import spelled_out
from policies.facts import Facts
from policies.matcher import decide
from policies.situation import LineOfBusiness, Plan
from policies.truth import Truth, truth_of

# How alike two names must be, from 0 to 1, to be offered as what may have been meant.
NEAR = 0.8
MOST_SIMILAR = 3
# Whose rules are those of the state where the plan was issued, and not where one lives.
FOLLOWS_ISSUE = (None, LineOfBusiness.COMMERCIAL, LineOfBusiness.FEDERAL_EMPLOYEES)


class Role(StrEnum):
    """As what a document speaks for the plan."""

    OWN = "own"
    ADMINISTRATOR = "administrator"
    PROGRAM_RULE = "program_rule"


class Caution(StrEnum):
    """What was not known when a document was taken to apply."""

    LINE_UNKNOWN = "line_unknown"
    STATE_UNKNOWN = "state_unknown"
    CONDITION_FOR_APPLYING_OPEN = "condition_for_applying_open"


class LeftOutReason(StrEnum):
    """Why a document of the plan's insurer does not speak for the plan."""

    OTHER_LINE = "other_line"
    OTHER_STATE = "other_state"
    STATE_NOT_GIVEN = "state_not_given"
    BEFORE_FIRST_EDITION = "before_first_edition"
    UNDATED = "undated"
    CONDITION_FOR_APPLYING_FAILS = "condition_for_applying_fails"


@dataclass(frozen=True, slots=True)
class Applied:
    """A document that speaks for the plan, in the edition of the day."""

    document: Document
    edition: Edition
    role: Role
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the plan's insurer that does not speak for this plan."""

    document: Document
    reason: LeftOutReason


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that speak for a plan, its own first, and those left out."""

    insurer: Insurer | None
    applied: tuple[Applied, ...]
    left_out: tuple[LeftOut, ...]


def select_documents(catalogue: Catalogue, plan: Plan, facts: Facts, *, on: dt.date) -> Selection:
    """Choose the documents that speak for the plan on the day, each with its role."""
    insurer = insurer_of(catalogue, plan)
    applied: list[Applied] = []
    left_out: list[LeftOut] = []
    for document in catalogue.documents:
        role = _role_of(document, insurer, plan, catalogue)
        if role is None:
            continue
        chosen = _apply(document, role, plan, facts, on)
        if isinstance(chosen, Applied):
            applied.append(chosen)
        else:
            left_out.append(chosen)
    order = list(Role)
    applied.sort(key=lambda one: (order.index(one.role), one.document.stem))
    return Selection(insurer, tuple(applied), tuple(left_out))


def insurer_of(catalogue: Catalogue, plan: Plan) -> Insurer | None:
    """The plan's insurer: the one named, now or before, or the only payer of its line."""
    if plan.insurer is not None:
        return catalogue.insurers.get(catalogue.former.insurer(plan.insurer))
    if plan.line_of_business is None or plan.insurer_name is not None:
        return None
    return next((one for one in catalogue.insurers.values() if _pays_alone(one, plan)), None)


def similar_insurers(
    catalogue: Catalogue, plan: Plan, *, most: int | None = MOST_SIMILAR
) -> tuple[Insurer, ...]:
    """Insurers whose name holds the one given, else nearly its letters; the nearest first."""
    given = _words(plan.insurer_name or plan.insurer or "")
    if not given:
        return ()
    names = {
        insurer.slug: [_words(name) for name in (insurer.name, *insurer.also_known_as)]
        for insurer in catalogue.insurers.values()
    }
    whole = [slug for slug, forms in names.items() if any(_holds(one, given) for one in forms)]
    nearness = {slug: max(_nearness(given, one) for one in forms) for slug, forms in names.items()}
    near = [slug for slug in names if nearness[slug] >= NEAR]
    nearest = sorted(whole or near, key=nearness.__getitem__, reverse=True)
    return tuple(catalogue.insurers[slug] for slug in nearest[:most])


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", spelled_out(name))
    return [word for word in words if word not in {"of", "and", "the"}]


def _holds(words: list[str], given: list[str]) -> bool:
    """Whether every word given is one of the name's, however they are spaced ("Care First")."""
    return {*given} <= {*words} or (len(given) > 1 and "".join(given) in "".join(words))


def _nearness(given: list[str], words: list[str]) -> float:
    return SequenceMatcher(None, " ".join(given), " ".join(words)).ratio()


def _pays_alone(insurer: Insurer, plan: Plan) -> bool:
    """Whether nobody else pays for such a plan: a program of the nation, or of the home state."""
    if insurer.pays_for is not None:
        return insurer.pays_for is plan.line_of_business
    is_program = insurer.kind is InsurerKind.MEDICAID_PROGRAM
    is_medicaid = plan.line_of_business is LineOfBusiness.MEDICAID
    return is_program and is_medicaid and plan.residence_state in insurer.states


def _role_of(
    document: Document, insurer: Insurer | None, plan: Plan, catalogue: Catalogue
) -> Role | None:
    is_own = insurer is not None and document.insurer.slug == insurer.slug
    # Another program's rule stays a rule beside the plan, whoever was named as the insurer.
    pays_for = document.insurer.pays_for or plan.line_of_business
    if is_own and (not document.binds_line or plan.line_of_business in (None, pays_for)):
        return Role.OWN
    if document.binds_line and plan.line_of_business in document.lines_of_business:
        return Role.PROGRAM_RULE
    # A vendor's record speaks for a plan only where a document links them.
    for link in catalogue.administrations:
        is_linked = insurer is not None and link.insurer == insurer.slug
        for_line = not link.lines_of_business or plan.line_of_business in link.lines_of_business
        if is_linked and for_line and link.administrator == document.insurer.slug:
            return Role.ADMINISTRATOR
    return None


def _apply(
    document: Document, role: Role, plan: Plan, facts: Facts, on: dt.date
) -> Applied | LeftOut:
    line = _line_fits(document, plan)
    if line is Truth.NOT_MET:
        return LeftOut(document, LeftOutReason.OTHER_LINE)
    state = _state_fits(document, plan)
    if state is Truth.NOT_MET:
        return LeftOut(document, LeftOutReason.OTHER_STATE)
    if state is Truth.UNKNOWN and role is Role.PROGRAM_RULE:
        # Every region has its rule: without a state, none of them is known to be the plan's.
        return LeftOut(document, LeftOutReason.STATE_NOT_GIVEN)
    condition = Truth.MET
    if document.applies_if is not None:
        condition = decide(document.applies_if, facts)
    if condition is Truth.NOT_MET:
        return LeftOut(document, LeftOutReason.CONDITION_FOR_APPLYING_FAILS)
    edition = document.edition_in_force(on)
    if edition is None:
        is_undated = any(one.effective is None for one in document.editions)
        return LeftOut(
            document,
            LeftOutReason.UNDATED if is_undated else LeftOutReason.BEFORE_FIRST_EDITION,
        )
    cautions = {
        Caution.LINE_UNKNOWN: line,
        Caution.STATE_UNKNOWN: state,
        Caution.CONDITION_FOR_APPLYING_OPEN: condition,
    }
    open_ones = tuple(name for name, truth in cautions.items() if truth is Truth.UNKNOWN)
    return Applied(document, edition, role, open_ones)


def _line_fits(document: Document, plan: Plan) -> Truth:
    line = plan.line_of_business
    return truth_of(None if line is None else line in document.lines_of_business)


def _state_fits(document: Document, plan: Plan) -> Truth:
    """A commercial plan belongs to the state where it was issued, a program to where one lives."""
    if not document.states:
        return Truth.MET
    follows_issue = plan.line_of_business in FOLLOWS_ISSUE
    state = plan.issue_state if follows_issue else (plan.residence_state or plan.issue_state)
    return truth_of(None if state is None else state in document.states)
