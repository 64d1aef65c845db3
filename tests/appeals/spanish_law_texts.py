"""What has to stand in Spanish of the law's records: a line for each source."""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from appeals.evidence import hosts, studies
from appeals.law.arguments import argument_data
from appeals.law.codes import codes
from appeals.law.external_review_data import review_data
from appeals.law.finder import finder
from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_laws, stages
from appeals.law.reasons import denial_reasons
from appeals.law.rights import rights
from appeals.law.state_reviews import state_reviews
from appeals.law.step_therapy import laws
from appeals.letters.facts import letter_facts
from appeals.letters.kinds import kind_plans
from tests.policies.spanish_texts import texts_of

SOURCES: Mapping[str, Callable[[], object]] = {
    "kinds of plan": lambda: [one.label for one in PlanType],
    "plan laws": plan_laws,
    "stages": stages,
    "states": state_reviews,
    "finder": finder,
    "reasons": denial_reasons,
    "arguments": argument_data,
    "codes": codes,
    "rights": rights,
    "step therapy": laws,
    "external review": review_data,
    "evidence": studies,
    "sites of the evidence": hosts,
    "letters": kind_plans,
    "facts of a letter": letter_facts,
}
CITATIONS = {
    "PlanLaw": {"laws"},
    "Stage": {"citations"},
    "StateReview": {"citation"},
    "Argument": {"authority"},
    "Authority": {"citation"},
    "Part": {"citation"},
    "Way": {"citations"},
    "StateTrack": {"citations"},
}
# The fields that hold names, keys, codes and addresses. All others are texts for a reader.
NAMES = {
    "Stage": {"id", "step", "url", "read_in"},
    "Agency": {"name", "home", "phone"},
    "StateReview": {"state", "urls"},
    "Question": {"id", "when", "fills"},
    "Choice": {"id", "fits"},
    "Step": {"step"},
    "Ending": {"id", "when"},
    "Assumed": {"when"},
    "Ask": {"when"},
    "DenialReason": {"rarc", "sources"},
    "Code": {"code"},
    "Argument": {"rests_on", "sources"},
    "Codes": {"want_remark", "contract_adjustments", "old", "list_owner", "sources"},
    "Right": {"id", "unless", "sources"},
    "Scope": {"states"},
    "StepTherapyLaws": {"pattern_sources"},
    "StepTherapyLaw": {"state", "sources"},
    "Way": {"id"},
    "ReviewScope": {"sources"},
    "Limb": {"id"},
    "Track": {"sources"},
    "StateTrack": {"state"},
    # Titles and journals keep their language, and an editor's notes are not shown.
    "Study": {
        *("id", "authors", "title", "journal", "volume", "issue", "pages", "doi", "pmid"),
        *("url", "conditions", "beside_conditions", "verified_from", "notes"),
    },
    "Use": {"conditions"},
    "Meeting": {"conditions"},
    "Host": {"host"},
    "BlockPlan": {"id"},
    "Fits": {"rights"},
    "KindPlan": {"reorder", "must", "if_known", "sources"},
    "LetterFact": {"id", "when"},
}
NAMES_AND_CITATIONS = {
    kind: NAMES.get(kind, set()) | CITATIONS.get(kind, set())
    for kind in NAMES.keys() | CITATIONS.keys()
}
# A word beside the numbers, as in "42 CFR 405.1130 and what follows"; "(ii)" is a number too.
WORD = re.compile(r"^The |(?<!\()\b[a-z]{2,}\b")
NUMBERS = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "es": ("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
}
UNITS = {
    "en": ("hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"),
    "es": ("hora", "horas", "día", "días", "semana", "semanas", "mes", "meses", "año", "años"),
}


def texts_for_readers(source: str) -> set[str]:
    """Every text of a source that Spanish has to stand beside; a bare citation stays as it is."""
    held = SOURCES[source]()
    texts = set(texts_of(held, NAMES_AND_CITATIONS))
    citations = set(texts_of(held, NAMES)) - texts
    return (texts | {one for one in citations if WORD.search(one)}) - {""}


def texts_read() -> set[str]:
    """Every text of every source, names and citations among them."""
    return {text for read in SOURCES.values() for text in texts_of(read(), {})}


def times_in(text: str, language: str) -> Counter[tuple[str, int]]:
    """The lengths of time in a text, each as its number and the place of its unit in `UNITS`."""
    numbers, units = NUMBERS[language], UNITS[language]
    pattern = rf"\b(\d+|{'|'.join(numbers)}) (?:\w+ )?({'|'.join(units)})\b"
    return Counter(
        (str(numbers.index(number) + 1) if number in numbers else number, units.index(unit))
        for number, unit in re.findall(pattern, text.casefold())
    )
