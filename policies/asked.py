"""The questions of a check: facts, the list of treatments tried, and scores, in an order."""

from dataclasses import dataclass

from policies import terms, vocabulary
from policies.catalogue import Document
from policies.terms import RatingScale
from policies.vocabulary import FactDefinition

TREATMENTS = "treatments_tried"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: a fact, the latest score on a scale, or the list of treatments tried.

    `settles` counts the verdicts that its yes or its no alone would settle.
    """

    name: str
    is_scale: bool = False
    settles: int = 0

    @property
    def is_sensitive(self) -> bool:
        definition = vocabulary.facts().get(self.name)
        return definition is not None and definition.sensitive

    @property
    def text(self) -> str:
        """The question in the patient's words."""
        if self.is_scale:
            return f"What is the latest {terms.rating_scales()[self.name].label} score?"
        if self.name == TREATMENTS:
            return "Which treatments were tried for this condition, how long, and what happened?"
        return vocabulary.fact(self.name).question


@dataclass(frozen=True, slots=True)
class Questions:
    """What the documents that apply still need to know.

    `in_order` is the order to ask in, the most decisive first and what is sensitive last; the
    other lists hold the same in the order of the vocabulary.
    """

    in_order: tuple[Question, ...] = ()
    facts: tuple[FactDefinition, ...] = ()
    treatment_fields: tuple[FactDefinition, ...] = ()
    scales: tuple[RatingScale, ...] = ()
    asked_by: tuple[Document, ...] = ()

    @property
    def are_none(self) -> bool:
        return not self.in_order

    @property
    def at_most(self) -> int:
        """No more than so many are left: an answer may make others pointless, but opens none."""
        return len(self.in_order)
