"""What the id of a fact stands for: what was told under it, and the words it may be said in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters.case import LetterCase
from appeals.letters.content import Gap
from appeals.letters.draft import Draft, fact_text
from appeals.letters.facts import letter_facts
from appeals.letters.saying import Words
from appeals.letters.trials import FAILED, OUTCOMES, UNHELPFUL, UNTOLERATED, failed_rows
from policies import vocabulary
from policies.facts import facts_from, tried_fact
from policies.language import said
from policies.situation import TreatmentTried
from policies.wording.dates import date
from policies.wording.findings import (
    answer_in_words,
    number_with_unit,
    score_line,
    treatment_name,
)
from policies.wording.phrases import lower_first

# What is asked of a treatment tried, by the last part of its id.
COUNTED = {
    "failed": (FAILED, N_("how many treatments did not help enough")),
    "unhelpful": (UNHELPFUL, N_("how many treatments did not help enough")),
    "untolerated": (UNTOLERATED, N_("how many treatments could not be tolerated")),
}
FIELDS = {
    "drug": N_("name"),
    "kind": N_("kind"),
    "dose": N_("dose"),
    "weeks": N_("length"),
    "outcome": N_("result"),
}


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A fact by its name for a reader, and every text that a sentence may take from it."""

    label: str
    texts: tuple[str, ...] = ()


def given_fact(name: str, case: LetterCase) -> GivenFact | None:
    """The fact of this id in this case, told or missing; None where no letter has such a fact."""
    if name in letter_facts():
        return _of_the_letter(name, case)
    if name in OF_THE_CASE:
        return OF_THE_CASE[name](case)
    kind, _dot, rest = name.partition(".")
    return WITH_A_PART[kind](rest, case) if rest and kind in WITH_A_PART else None


def _told(what: str, *texts: str) -> GivenFact:
    return GivenFact(_("What you told: %(what)s") % {"what": what}, texts)


def _missing(what: str) -> GivenFact:
    return GivenFact(_("Not told yet: %(what)s") % {"what": what}, (what,))


def _of_the_letter(name: str, case: LetterCase) -> GivenFact:
    label = said(letter_facts()[name].gap)
    value = case.told.get(name)
    return _told(label, fact_text(name, value)) if value else _missing(label)


def _in_words(what: str, words: Words) -> GivenFact:
    return _missing(words.label) if isinstance(words, Gap) else _told(what, words.text)


def _treatment(case: LetterCase) -> GivenFact:
    return _in_words(_("treatment"), Draft(case).treatment)


def _condition(case: LetterCase) -> GivenFact:
    return _in_words(_("diagnosis"), Draft(case).condition)


def _day(case: LetterCase) -> GivenFact:
    return GivenFact(_("The day of the letter"), (date(case.on),))


def _expedited(_case: LetterCase) -> GivenFact:
    return _told(_("whether a clinician holds that waiting could do serious harm"))


def _codes(case: LetterCase) -> GivenFact:
    codes = case.situation.icd10_codes if case.situation is not None else ()
    label = _("diagnosis codes")
    return _told(label, *codes) if codes else _missing(label)


def _treatments(case: LetterCase) -> GivenFact:
    label = _("treatments tried: name, dose, weeks, result")
    return _told(label) if _rows(case) else _missing(label)


def _rows(case: LetterCase) -> tuple[TreatmentTried, ...]:
    return (case.situation.treatments_tried or ()) if case.situation is not None else ()


def _treatment_tried(rest: str, case: LetterCase) -> GivenFact | None:
    """One field of a treatment tried, or how many did not help."""
    rows = _rows(case)
    if rest in COUNTED:
        outcomes, counted = COUNTED[rest]
        count = len(failed_rows(case.situation, outcomes))
        return _told(_(counted), str(count)) if rows else None
    number, _dot, name = rest.partition(".")
    if not number.isdecimal() or int(number) >= len(rows) or name not in FIELDS:
        return None
    row = rows[int(number)]
    tried = tried_fact(row, case.on)
    label = f"{treatment_name(tried)}, {_(FIELDS[name])}"
    texts = {
        "drug": (treatment_name(tried), row.drug or ""),
        "kind": (),
        "dose": () if row.highest_dose_mg is None else (f"{row.highest_dose_mg:g} mg",),
        "weeks": () if row.weeks is None else (number_with_unit(row.weeks, "weeks"),),
        "outcome": (
            *(() if row.outcome is None else (_(OUTCOMES[row.outcome]),)),
            *(() if row.ended_on is None else (date(row.ended_on),)),
            *(() if row.improvement_percent is None else (f"{row.improvement_percent:g}",)),
        ),
    }[name]
    is_told = texts or name == "kind" or (name == "dose" and row.adequate_dose is not None)
    return _told(label, *texts) if is_told else _missing(label)


def _score(rest: str, case: LetterCase) -> GivenFact | None:
    scores = case.situation.scores if case.situation is not None else ()
    if not rest.isdecimal() or int(rest) >= len(scores):
        return None
    one = scores[int(rest)]
    text = score_line(one)
    if one.origin == "chart":
        return _told(_("%(score)s, from the chart") % {"score": text}, text)
    return _told(_("%(score)s, filled in by yourself") % {"score": text}, text)


def _answer(name: str, case: LetterCase) -> GivenFact | None:
    """An answer of the check, or what the diagnoses and codes carry with them."""
    if case.answer is None or name not in vocabulary.facts():
        return None
    facts = facts_from(case.answer.situation, on=case.answer.on)
    value = facts.stated_conditions if name == "conditions" else facts.values.get(name)
    if value is None:
        return None
    definition = vocabulary.fact(name)
    label = lower_first(said(definition.label))
    # A yes says what was asked: of hours of watching, their number.
    return _told(label, answer_in_words(definition, value), label)


def _enclosure(rest: str, case: LetterCase) -> GivenFact | None:
    if rest not in list(EnclosureId):
        return None
    label = said(argument_data().enclosures[EnclosureId(rest)].in_letter)
    if rest in case.enclosures:
        proofs = (one for each in case.proofs.values() for one in each)
        names = (one.name for one in proofs if one.paper == rest)
        return GivenFact(_("Enclosed, as you said: %(paper)s") % {"paper": label}, (label, *names))
    return GivenFact(_("Not enclosed yet: %(paper)s") % {"paper": label}, (label,))


OF_THE_CASE = {
    "treatment": _treatment,
    "condition": _condition,
    "on": _day,
    "is_expedited": _expedited,
    "icd10_codes": _codes,
    "treatments": _treatments,
}
WITH_A_PART = {
    "treatments": _treatment_tried,
    "scores": _score,
    "answers": _answer,
    "enclosure": _enclosure,
}
