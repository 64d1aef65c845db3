"""Every check that a letter must pass, in one list."""

from collections.abc import Callable, Iterator

from appeals.letters import LetterCase, LetterContent
from tests.appeals import letter_checks as words
from tests.appeals import letter_law_checks as law
from tests.appeals import letter_source_checks as grounds
from tests.appeals.letter_said import Fault, Letter

CHECKS: tuple[Callable[[Letter], Iterator[Fault]], ...] = (
    words.provenance,
    words.numbers,
    words.dates,
    words.drugs,
    words.forms,
    words.quotations,
    words.enclosures,
    words.scores,
    words.success_rates,
    law.rights,
    law.citations,
    law.state_laws,
    law.stages,
    law.parity,
    grounds.studies,
    grounds.treatments,
    grounds.approvals,
    grounds.suicidality,
    grounds.editions,
)


def faults_of(content: LetterContent, case: LetterCase) -> list[Fault]:
    """Everything that is wrong with a letter, each with the check that found it."""
    letter = Letter(content, case)
    return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(letter)]
