"""What is chosen for each fact of a record before anyone has looked at it."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from policies import terms, vocabulary
from policies.fhir import Caution, Found, Kind, Sureness
from policies.fhir.review import Proposed, corrected
from policies.situation import ScaleScore, TreatmentTried

# In the order of the page.
GROUPS = ("person", "diagnosis", "treatments", "scores", "plan")
OF_KIND = {
    Kind.CONDITION: "diagnosis",
    Kind.CODE: "diagnosis",
    Kind.TREATMENT: "treatments",
    Kind.SCORE: "scores",
    Kind.PLAN: "plan",
}

# What may be over by now, or may never have happened.
_IN_DOUBT = frozenset({Caution.OLD, Caution.NO_PROOF_TAKEN})


class Decision(StrEnum):
    """What a person does with one find."""

    USE = "use"
    CORRECT = "correct"
    LEAVE = "leave"


def sure_part(found: Found) -> Found:
    """A find without the fields of a treatment that a person must confirm first."""
    if not isinstance(found.value, TreatmentTried) or not found.unsure:
        return found
    return corrected(found, dict.fromkeys(found.unsure))


def preset_of(
    proposed: Proposed,
    *,
    is_latest: bool = True,
    keeps_by_default: bool = True,
    is_doubted: bool = False,
) -> Decision | None:
    """What is chosen before anyone has looked; nothing for what is sensitive or in doubt.

    What was answered stays by default, and of the scores on one scale the latest is used. Of a
    record that is doubted as a whole nothing is.
    """
    found = proposed.found
    is_older = found.kind is Kind.SCORE and not is_latest
    if is_older:
        return Decision.LEAVE
    if proposed.conflicts:
        return Decision.LEAVE if keeps_by_default else None
    if is_doubted or found.sureness is Sureness.TO_CONFIRM or is_sensitive(found):
        return None
    if not _IN_DOUBT.isdisjoint(found.cautions):
        return None
    return Decision.USE


def other_age(proposed: Iterable[Proposed]) -> tuple[int, float] | None:
    """The age of the record and the one that was answered, where the two contradict."""
    for one in proposed:
        age, held = one.found.value, one.held
        if one.found.name == "age" and isinstance(age, int) and isinstance(held, float | int):
            return (age, held) if held != age else None
    return None


def is_asked_about(found: Found) -> bool:
    """Whether some answer follows from a find; from the code of another matter none does."""
    if found.kind is not Kind.CODE:
        return True
    return bool(terms.conditions_of_code(found.name)) or any(
        one.carried_by(frozenset(), (found.name,), {}) for one in terms.implied_facts()
    )


def is_sensitive(found: Found) -> bool:
    """Whether a find tells a fact that is asked with care, or brings one along."""
    facts = vocabulary.facts()
    if found.kind is Kind.ANSWER and facts[found.name].sensitive:
        return True
    codes = (found.name,) if found.kind is Kind.CODE else ()
    named = frozenset({found.name}) if found.kind is Kind.CONDITION else frozenset()
    conditions = named.union(*map(terms.conditions_of_code, codes))
    answers = {found.name: found.value} if found.kind is Kind.ANSWER else {}
    return any(
        facts[one.fact].sensitive and one.carried_by(conditions, codes, answers)
        for one in terms.implied_facts()
    )


def latest_first(found: Iterable[Found]) -> dict[str, list[str]]:
    """The scores of each scale by their keys, the latest first and those without a day last."""
    scores: dict[str, list[tuple[dt.date, str]]] = {}
    for one in found:
        if isinstance(one.value, ScaleScore):
            day = one.value.taken_on or dt.date.min
            scores.setdefault(one.name, []).append((day, one.key))
    return {
        name: [key for _day, key in sorted(held, reverse=True)] for name, held in scores.items()
    }


def group_of(found: Found) -> str:
    """Under which heading a find stands."""
    is_of_now = found.kind is Kind.ANSWER and vocabulary.fact(found.name).group == "episode"
    return "diagnosis" if is_of_now else OF_KIND.get(found.kind, "person")
