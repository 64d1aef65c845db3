"""FHIR Questionnaires: one of the whole vocabulary, and one of what a policy edition asks.

They ask what the criteria test, in our words; they are not the insurer's form and claim no
conformance to a guide of payers.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from policies import terms, vocabulary
from policies.catalogue import Document, Edition
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    ScaleCriterion,
    Unread,
    walk,
)
from policies.criteria.trials import MEASURED_BY
from policies.facts import facts_from
from policies.fhir.canonical import (
    SITUATION,
    SITUATION_VERSION,
    canonical,
    canonical_url,
    questionnaire_id,
)
from policies.fhir.items import (
    Item,
    about_item,
    codes_item,
    coding,
    fact_item,
    group,
    scores_items,
    treatment_item,
    treatments_items,
)
from policies.questions import ALWAYS_ASKED, PHASE
from policies.situation import Situation
from policies.truth import Truth

COPYRIGHT = (
    "Questions: CC BY 4.0. This material contains content from LOINC (https://loinc.org), which is "
    "copyright Regenstrief Institute, Inc. and the LOINC Committee and available at no cost under "
    "the license at https://loinc.org/license. PHQ-9: developed by Drs. Robert L. Spitzer, "
    "Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc.; "
    "no permission required to reproduce, translate, display or distribute."
)
CONDITIONS = "conditions"


def situation_questionnaire(*, base: str) -> dict[str, Any]:
    """Everything that a situation can hold; `base` is the address of the site."""
    facts = [fact_item(one, f"answers.{name}") for name, one in vocabulary.facts().items()]
    names = {
        "url": canonical_url(SITUATION, base=base),
        "version": SITUATION_VERSION,
        "title": "A situation, as the check of coverage takes it",
    }
    return {
        **_head(SITUATION, names),
        "item": [
            about_item(),
            treatment_item(),
            codes_item(),
            group("answers", "About the person and the request", facts),
            *treatments_items(),
            *scores_items(),
        ],
    }


def questionnaire(document: Document, edition: Edition, *, base: str) -> dict[str, Any]:
    """What one edition of a document asks, each question only where its list applies."""
    asked = _Asked(document, edition)
    return {
        **_head(questionnaire_id(document, edition), canonical(document, edition, base=base)),
        **({"effectivePeriod": {"start": edition.effective.text}} if edition.effective else {}),
        "item": list(asked.items()),
    }


def _head(name: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "id": name,
        **names,
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
        "copyright": COPYRIGHT,
    }


class _Asked:
    """Gathers what the lists of an edition ask, and for which conditions."""

    def __init__(self, document: Document, edition: Edition) -> None:
        self.facts: dict[str, list[tuple[str, ...] | None]] = {}
        self.going_on: dict[str, list[tuple[str, ...] | None]] = {}
        self.row_fields: set[str] = set()
        self.scales: dict[str, None] = {}
        self.shown: list[Item] = []
        self._look_at(document.applies_if, None, self.facts)
        for position in edition.positions:
            for tree in (position.applies_if, position.criteria, *position.priorities):
                self._look_at(tree, position.indications, self.facts)
            self._look_at(position.continuation, position.indications, self.going_on)

    def items(self) -> Iterator[Item]:
        yield treatment_item()
        yield codes_item()
        yield group("answers", "About the person and the request", self._fact_items())
        if self.row_fields:
            wanted = {*ALWAYS_ASKED, *self.row_fields}
            yield from treatments_items(
                name for name in vocabulary.treatment_fields() if name in wanted
            )
        if self.scales:
            yield from scores_items(self.scales)
        if self.shown:
            yield group("shown", "What the document wants besides", self.shown)

    def _fact_items(self) -> Iterator[Item]:
        known = vocabulary.facts()
        yield fact_item(known[CONDITIONS], f"answers.{CONDITIONS}")
        if self.going_on:
            yield fact_item(known[PHASE], f"answers.{PHASE}")
        first = [name for name in known if name in self.facts and name not in (CONDITIONS, PHASE)]
        for name in first:
            yield self._fact_item(name, self.facts[name])
        later = [
            self._fact_item(name, self.going_on[name])
            for name in known
            if name in self.going_on and name not in (*first, CONDITIONS, PHASE)
        ]
        if later:
            yield group(
                "answers.continuing",
                "For going on with a course",
                later,
                enableBehavior="any",
                enableWhen=[
                    _not_answered(PHASE),
                    _answer_is(PHASE, "continuing", "Continuing a course already begun"),
                ],
            )

    def _fact_item(self, name: str, asked_for: list[tuple[str, ...] | None]) -> Item:
        item = fact_item(vocabulary.fact(name), f"answers.{name}")
        if None in asked_for:
            return item
        wanted = {one for indications in asked_for for one in indications or ()}
        relevant = [one for one in _choices() if _may_apply(one, wanted)]
        if len(relevant) == len(_choices()):
            return item
        labels = terms.conditions()
        return {
            **item,
            "enableBehavior": "any",
            # Who has not said what it is for is still asked.
            "enableWhen": [
                _not_answered(CONDITIONS),
                *(_answer_is(CONDITIONS, one, labels[one].label) for one in relevant),
            ],
        }

    def _look_at(
        self,
        tree: Node | None,
        indications: tuple[str, ...] | None,
        facts: dict[str, list[tuple[str, ...] | None]],
    ) -> None:
        for node in walk(tree) if tree is not None else ():
            match node:
                case FactCriterion():
                    facts.setdefault(node.fact, []).append(indications)
                case CountCriterion():
                    self.row_fields.update(_fields_of(node))
                case ScaleCriterion():
                    self.scales.update(dict.fromkeys(node.scales))
                case Judgement() | Unread():
                    self._show(node)
                case Group():
                    pass

    def _show(self, node: Judgement | Unread) -> None:
        who = {Judge.CLINIC: "For the clinic", Judge.PLAN: "For the plan"}
        said = who[node.judge] if isinstance(node, Judgement) else "Not read by us"
        text = f"{said}: {node.label}"
        if all(one["text"] != text for one in self.shown):
            number = len(self.shown) + 1
            self.shown.append({"linkId": f"shown.{number}", "text": text, "type": "display"})


def _fields_of(node: CountCriterion) -> Iterable[str]:
    """The fields of a treatment that a count tests."""
    return {
        MEASURED_BY.get(name, name)
        for wanted in node.where
        for name in type(wanted).__slots__
        if getattr(wanted, name) not in (False, None, "", frozenset())
    } & vocabulary.treatment_fields().keys()


def _choices() -> list[str]:
    return list(vocabulary.fact(CONDITIONS).choices or ())


def _may_apply(condition: str, wanted: Iterable[str]) -> bool:
    """Whether a list for some conditions may be for who names this one."""
    named = Situation(answers={CONDITIONS: frozenset({condition})})
    # A condition is the same on every day.
    facts = facts_from(named, on=dt.date.min)
    return any(facts.condition(one) is not Truth.NOT_MET for one in wanted)


def _not_answered(name: str) -> Item:
    return {"question": f"answers.{name}", "operator": "exists", "answerBoolean": False}


def _answer_is(name: str, code: str, label: str) -> Item:
    return {"question": f"answers.{name}", "operator": "=", "answerCoding": coding(code, label)}
