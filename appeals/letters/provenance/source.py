"""One thing that a sentence rests on, as a reader is told of it and as a test holds it."""

from dataclasses import dataclass

from appeals.evidence import Study
from appeals.law.rights import Authority
from appeals.law.stages import Stage
from appeals.law.step_therapy import StepTherapyLaw
from appeals.letters.content import Basis
from policies.catalogue import Document, Edition


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a document says something: its edition with its date, and whose the words are."""

    document: Document
    edition: Edition
    dated: str
    whose: str


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that a sentence rests on, for a reader, and `texts` that it may speak from.

    `authorities` stand for a right, with how each was read; `study`, `stage` and `law` are the
    records themselves; `printed` stands for what a document says.
    """

    basis: Basis
    label: str
    texts: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    study: Study | None = None
    stage: Stage | None = None
    law: StepTherapyLaw | None = None
    printed: Printed | None = None
