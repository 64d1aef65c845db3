"""What a letter may build on: verified studies of its own treatment, and the edition in force."""

import re
from collections.abc import Iterator

from appeals.evidence import Kind, Study
from appeals.letters.content import Origin
from appeals.letters.provenance import Source
from policies.catalogue import EditionStatus
from policies.situation import Treatment
from tests.appeals.letter_checks import NUMBER
from tests.appeals.letter_said import Fault, Letter

ON_LABEL = ("treatment_resistant_depression", "mdd_suicidal")
ESKETAMINE = re.compile(r"(?<![\w-])(?:esketamine|esketamina|spravato)\b", re.IGNORECASE)
FDA = re.compile(r"\bFDA\b|Food and Drug Administration")
FDA_DENIED = re.compile(r"\bnot\b[^.]*approved|for anesthesia only|\bno\b[^.]*aprobad|anestesia")
IS_APPROVED = re.compile(
    r"FDA-approved|FDA has approved|approved by the FDA|aprobad|aprobó", re.IGNORECASE
)
SHOWN_NOT_TO_PREVENT = re.compile(
    r"not been (?:shown|demonstrated) to prevent suicide|no se ha demostrado que [^.]*suicid",
    re.IGNORECASE,
)


def studies(letter: Letter) -> Iterator[Fault]:
    """A record is verified, is of this treatment, and its numbers print only where read."""
    for one in letter.said:
        for source in one.of(Origin.STUDY):
            study = source.study
            if study is None or not study.verified:
                yield one.fault(f"{source.basis} is not verified")
                continue
            if not _is_of(study, letter.case.treatment):
                yield one.fault(f"{source.basis} is not of {letter.case.treatment}")
            numbers_in = set(NUMBER.findall(one.text))
            if not study.numbers_print and not numbers_in <= _without_the_finding(study, source):
                yield one.fault(f"the numbers of {source.basis} were not read where they may be")


def _is_of(study: Study, treatment: Treatment | None) -> bool:
    """Whether a letter on the treatment may build on the record or has to meet it."""
    raised = {*study.treatments, *study.beside_treatments}
    if treatment is None or treatment in raised:
        return True
    is_label = study.kind in (Kind.LABEL, Kind.ALERT)
    esketamine = Treatment.ESKETAMINE_NASAL
    return is_label and treatment is not esketamine and esketamine not in raised


def _without_the_finding(study: Study, source: Source) -> set[str]:
    own = [study.title, study.citation, study.meets.text if study.meets else ""]
    return {number for text in (*own, *source.texts) for number in NUMBER.findall(text)} - (
        set(NUMBER.findall(study.finding)) - set(NUMBER.findall(" ".join(own)))
    )


def treatments(letter: Letter) -> Iterator[Fault]:
    """Esketamine's trials and label serve no other treatment, and no other's serve esketamine."""
    is_esketamine = letter.case.treatment is Treatment.ESKETAMINE_NASAL
    for one in letter.said:
        for source in one.of(Origin.STUDY):
            study = source.study
            text = one.text if study is None else _without_citation(one.text, study)
            if not is_esketamine and ESKETAMINE.search(text):
                yield one.fault("speaks of esketamine for another treatment")
            if is_esketamine and not ESKETAMINE.search(text) and _names_ketamine(text):
                yield one.fault("speaks of ketamine for esketamine")


def _without_citation(text: str, study: Study) -> str:
    for cited in (study.citation, study.title):
        text = text.replace(" ".join(cited.split()), "…")
    return re.sub(r"\([^()]*\b\d{4}[^()]*\)", "…", text)


def _names_ketamine(text: str) -> bool:
    return re.search(r"(?<![\w-])ketamin[ea]\b", text, re.IGNORECASE) is not None


def approvals(letter: Letter) -> Iterator[Fault]:
    """Approved is said by a label and of esketamine as labeled alone; else only that it is not."""
    is_esketamine = letter.case.treatment is Treatment.ESKETAMINE_NASAL
    for one in letter.said:
        # What a document asks for is no claim that it is so.
        asked = [text for source in one.sources if source.printed for text in source.texts]
        text = one.without(asked)
        if not FDA.search(text):
            continue
        if not any(
            source.study is not None and source.study.kind in (Kind.LABEL, Kind.ALERT)
            for source in one.of(Origin.STUDY)
        ):
            yield one.fault("speaks of the FDA without a label")
        is_on_label = is_esketamine and letter.case.condition in ON_LABEL
        if IS_APPROVED.search(text) and not is_on_label and not FDA_DENIED.search(text):
            yield one.fault("calls approved what is not")


def suicidality(letter: Letter) -> Iterator[Fault]:
    """Esketamine in depression with suicidal thoughts never stands without the label's limit."""
    case = letter.case
    if case.treatment is not Treatment.ESKETAMINE_NASAL or case.condition != "mdd_suicidal":
        return
    rests_on_studies = any(one.of(Origin.STUDY) for one in letter.said)
    is_told = any(SHOWN_NOT_TO_PREVENT.search(one.text) for one in letter.said)
    if rests_on_studies and not is_told:
        yield "argues from the label for suicidal thoughts without its limit"


def editions(letter: Letter) -> Iterator[Fault]:
    """The edition that is argued from was in force on the day, and nothing newer was."""
    for one in letter.said:
        for source in one.of(Origin.QUOTE, Origin.FINDING, Origin.POSITION):
            if source.printed is None:
                yield one.fault(f"{source.basis} stands in no document")
                continue
            edition, document = source.printed.edition, source.printed.document
            on = letter.case.on
            dated = [each for each in document.editions if each.effective is not None]
            newer = [
                each
                for each in dated
                if each.effective_on is not None
                and each.effective_on <= on
                and each.order > edition.order
            ]
            if edition.effective_on is not None and edition.effective_on > on:
                yield one.fault(f"{source.basis} is not in force yet")
            if newer:
                yield one.fault(f"{source.basis} was superseded")
            if edition.status is EditionStatus.WITHDRAWN and one.of(Origin.FINDING, Origin.QUOTE):
                yield one.fault(f"{source.basis} was withdrawn")
