"""Treatments tried, as a letter tells them: name, dose, length, result, and a gap for the rest."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letters.content import Basis, Gap, Origin, Sentence, Table, Told
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line
from policies import terms
from policies.facts import TriedFact, tried_fact
from policies.situation import Situation, TreatmentTried
from policies.wording.dates import date
from policies.wording.findings import number_with_unit, treatment_name

# As a chart says it; the check asks in the patient's words.
OUTCOMES = {
    "no_response": N_("no response"),
    "partial_response": N_("partial response"),
    "not_tolerated": N_("stopped for side effects"),
    "contraindicated": N_("not taken, for a medical reason"),
    "worked": N_("response"),
    "ongoing": N_("still taken, too soon to tell"),
}
UNHELPFUL = frozenset({"no_response", "partial_response"})
UNTOLERATED = frozenset({"not_tolerated"})
FAILED = UNHELPFUL | UNTOLERATED
FEWEST_TO_COUNT = 2


def trial_words(tried: TriedFact, draft: Draft) -> Told:
    """One treatment in a cell, with all that was told of it: its row is read by itself."""
    number = _number(tried.row, draft)
    row = tried.row
    details = [_weeks(row, number), _dose(tried, number, draft), _outcome(row, number)]
    name, told = _name(tried, number), [one for one in details if one is not None]
    if not told:
        return name
    text = ", ".join(one.text for one in told)
    return Told(
        f"{name.text} ({text})",
        (*name.rests_on, *(basis for one in told for basis in one.rests_on)),
    )


def trials_table(draft: Draft) -> Table | None:
    """Every treatment tried with what was told of it; None where nobody named one."""
    situation = draft.case.situation
    rows = situation.treatments_tried if situation is not None else None
    if not rows:
        return None
    return Table(
        columns=(_("Treatment"), _("Highest dose"), _("Length"), _("Result")),
        rows=tuple(
            tuple((one,) for one in _cells(tried_fact(row, draft.case.on), number, draft))
            for number, row in enumerate(rows)
        ),
    )


def _cells(tried: TriedFact, number: int, draft: Draft) -> Iterator[Sentence]:
    """The cells of one row: what a table needs and nobody told is marked."""
    row = tried.row
    is_medicine = tried.drug is not None or row.kind in terms.medicine_kinds()
    name = {"name": treatment_name(tried)}
    yield line(_name(tried, number))
    none = Told(_("does not apply"), (_basis(number, "kind"),))
    dose = _gap(number, "dose", _("dose of %(name)s") % name) if is_medicine else none
    yield line(_dose(tried, number, draft) or dose)
    yield line(_weeks(row, number) or _gap(number, "weeks", _("weeks of %(name)s") % name))
    yield line(_outcome(row, number) or _gap(number, "outcome", _("result of %(name)s") % name))


def _number(row: TreatmentTried, draft: Draft) -> int:
    situation = draft.case.situation
    rows = situation.treatments_tried if situation is not None else None
    return (rows or (row,)).index(row)


def _basis(number: int, name: str) -> Basis:
    return Basis(Origin.FACT, f"treatments.{number}.{name}")


def _gap(number: int, name: str, label: str) -> Words:
    return Gap(f"treatments.{number}.{name}", label)


def _name(tried: TriedFact, number: int) -> Told:
    name = treatment_name(tried)
    return Told(f"{name[:1].upper()}{name[1:]}", (_basis(number, "drug"),))


def _dose(tried: TriedFact, number: int, draft: Draft) -> Told | None:
    """The highest dose; that it was adequate is the clinician's word, where it was given."""
    row = tried.row
    if row.highest_dose_mg is None and row.adequate_dose is None:
        return None
    told: list[str] = []
    if row.highest_dose_mg is not None:
        told.append(_("%(dose)s mg a day") % {"dose": f"{row.highest_dose_mg:g}"})
    if row.adequate_dose is not None:
        told.append(_adequate(draft)[row.adequate_dose])
    return Told(", ".join(told), (_basis(number, "dose"),))


def _adequate(draft: Draft) -> dict[bool, str]:
    """Whether a dose was adequate, as the clinician says it, or as another tells it."""
    if draft.is_clinician:
        return {True: _("adequate"), False: _("below adequate")}
    return {
        True: _("adequate by the clinician's word"),
        False: _("called below adequate by the clinician"),
    }


def _weeks(row: TreatmentTried, number: int) -> Told | None:
    if row.weeks is None:
        return None
    return Told(number_with_unit(row.weeks, "weeks"), (_basis(number, "weeks"),))


def _outcome(row: TreatmentTried, number: int) -> Told | None:
    if row.outcome is None:
        return None
    text = _(OUTCOMES[row.outcome])
    if row.improvement_percent is not None:
        percent = f"{row.improvement_percent:g}"
        text = _("%(outcome)s, %(percent)s percent better") % {"outcome": text, "percent": percent}
    if row.ended_on is not None:
        ended = date(row.ended_on)
        text = _("%(outcome)s; ended %(date)s") % {"outcome": text, "date": ended}
    return Told(text, (_basis(number, "outcome"),))


def failed_rows(situation: Situation | None, outcomes: frozenset[str] = FAILED) -> tuple[int, ...]:
    """Which of the treatments tried did not help enough or could not be taken, by their places."""
    rows = (situation.treatments_tried or ()) if situation is not None else ()
    return tuple(number for number, row in enumerate(rows) if row.outcome in outcomes)


def failed_trials(draft: Draft) -> Sentence | None:
    """How many treatments were tried without enough result: the strongest plain fact there is."""
    situation = draft.case.situation
    failed = failed_rows(situation)
    if len(failed) < FEWEST_TO_COUNT:
        return None
    unhelpful, untolerated = failed_rows(situation, UNHELPFUL), failed_rows(situation, UNTOLERATED)
    words = {
        "count": _count("failed", failed),
        "unhelpful": _count("unhelpful", unhelpful),
        "untolerated": _count("untolerated", untolerated),
    }
    if not untolerated:
        first = _("I have tried %(count)s treatments that did not help enough.")
        third = _("%(patient)s has tried %(count)s treatments that did not help enough.")
    elif not unhelpful:
        first = _("I have tried %(count)s treatments that I could not take.")
        third = _("%(patient)s has tried %(count)s treatments that could not be tolerated.")
    else:
        first = _(
            "I have tried %(count)s treatments: %(unhelpful)s did not help enough, and "
            "%(untolerated)s I could not take."
        )
        third = _(
            "%(patient)s has tried %(count)s treatments: %(unhelpful)s did not help enough, and "
            "%(untolerated)s could not be tolerated."
        )
    return draft.by_voice(first, third, **words)


def _count(how: str, rows: tuple[int, ...]) -> Told:
    """How many treatments failed so, with what was told of each."""
    bases = tuple(_basis(number, "outcome") for number in rows)
    return Told(str(len(rows)), (Basis(Origin.FACT, f"treatments.{how}"), *bases))
