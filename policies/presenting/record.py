"""A record for its review: each fact with where it was read, and what was not used."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from policies import terms, vocabulary
from policies.asked import Questions
from policies.catalogue import Catalogue
from policies.fhir import Caution, Found, Notice, Record
from policies.forms.decisions import group_of, sure_part
from policies.forms.history import medicine_names
from policies.forms.record import FindForms, RecordForms
from policies.forms.taking import asked_again, over_theirs
from policies.language import said
from policies.presenting.record_origins import OriginView, origin_view, seen_of
from policies.presenting.record_rest import (
    RestView,
    UnaskedView,
    present_left_out,
    present_unasked,
)
from policies.presenting.record_words import held_told, told
from policies.situation import ScaleScore
from policies.wording.dates import date
from policies.wording.findings import answer_in_words, score_line
from policies.wording.phrases import lower_first

GROUPS = {
    "person": N_("About the person"),
    "diagnosis": N_("The diagnosis"),
    "treatments": N_("Treatments tried"),
    "scores": N_("Scores on rating scales"),
    "plan": N_("The plan"),
}
# A medicine renewed each month for years stands in hundreds of places.
MOST_ORIGINS = 5
OLD = N_("The record dates this %(date)s, more than a year back. Does it still hold?")
OLDER_SCORE = N_("There is a later score on this scale, and only the latest one is used.")
# What stands beside these is asked of the person in the same place.
ASKED_ANYWAY = frozenset({Caution.OUTCOME_NOT_TOLD, Caution.EPISODE_NOT_KNOWN})
OTHER_AGE = N_(
    "The record says age %(record)d, and the answer so far is %(answer)d. Is it the record of the "
    "same person? If not, take nothing from it."
)
RIGHT_FILE = N_("Is this the right file?")
SERIOUS = (Notice.DECEASED, Notice.MINOR)


@dataclass(frozen=True, slots=True)
class FindView:
    """One find with its forms; `held` is what the person answered to the same.

    `afterwards` is a treatment as it reads once the record's word is over theirs, which leaves open
    what they judged where `is_other_course`. `day` and `words` are what the record says of it, as
    far as one line takes.
    """

    forms: FindForms
    title: str
    held: str
    afterwards: str
    is_other_course: bool
    day: str
    words: str
    to_confirm: str
    to_ask: str
    cautions: tuple[str, ...]
    said: tuple[str, ...]
    origins: tuple[OriginView, ...]
    further_origins: int

    @property
    def is_open(self) -> bool:
        """Whether nothing was chosen beforehand."""
        return self.forms.preset is None

    @property
    def places(self) -> int:
        return len(self.origins) + self.further_origins


@dataclass(frozen=True, slots=True)
class GroupView:
    """The finds of one kind with the cautions of them all, and older scores, not offered.

    `fills` tells what else is answered by them.
    """

    title: str
    finds: tuple[FindView, ...]
    older: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    to_ask: str = ""
    fills: str = ""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as its review shows it; `still_open` is what no record has told."""

    notices: tuple[str, ...]
    groups: tuple[GroupView, ...]
    treatment: forms.Form | None
    left_out: tuple[RestView, ...]
    unasked: UnaskedView
    not_read: tuple[tuple[str, int], ...]
    still_open: tuple[str, ...]
    medicines: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    whose: str = ""

    @property
    def found(self) -> int:
        return sum(len(group.finds) for group in self.groups)

    @property
    def undecided(self) -> int:
        """For how many finds nothing was chosen beforehand."""
        return sum(find.is_open for group in self.groups for find in group.finds)

    @property
    def marks_open(self) -> bool:
        """Whether the finds without a choice are marked: some are, and not all of them."""
        return 0 < self.undecided < self.found

    @property
    def has_finds(self) -> bool:
        return bool(self.groups or self.answered)


def present_record(
    record: Record,
    forms: RecordForms,
    *,
    catalogue: Catalogue,
    on: dt.date,
    open_plan: Iterable[str],
    questions: Questions,
    names: str = "",
) -> RecordView:
    """The whole of it; `open_plan` and `questions` are what is asked when the facts are used.

    `names` is the condition that the treatment will be for, where a code alone says so.
    """
    serious = [one for one in SERIOUS if one in record.notices]
    others = [one for one in record.notices if one not in SERIOUS]
    return RecordView(
        notices=(
            *_other_age(forms),
            *(_notice(one) for one in (*serious, *others)),
        ),
        groups=tuple(_groups(forms, catalogue, on, names)),
        treatment=forms.treatment,
        left_out=present_left_out(record),
        unasked=present_unasked(record, forms),
        not_read=tuple(sorted(record.not_read.items())),
        still_open=(*open_plan, *(said(one.text) for one in questions.in_order)),
        medicines=tuple(medicine_names()),
        whose=_whose(record),
        answered=tuple(told(one, catalogue=catalogue, on=on) for one in forms.answered),
    )


def _notice(one: Notice) -> str:
    """A notice in words; the file of one who has died may be another's."""
    text = said(one.label)
    return f"{_(RIGHT_FILE)} {text}" if one is Notice.DECEASED else text


def _whose(record: Record) -> str:
    """Whose file it is, as far as a patient's page carries it."""
    ages = [one.value for one in record.found if one.name == "age"]
    if len(ages) != 1 or not isinstance(ages[0], int):
        return ""
    age = ages[0]
    return ngettext(
        "The record is of a person of %(age)d year.",
        "The record is of a person of %(age)d years.",
        age,
    ) % {"age": age}


def _other_age(forms: RecordForms) -> Iterator[str]:
    """That the age of the record contradicts the one answered."""
    if forms.other_age is not None:
        record, answer = forms.other_age
        yield _(OTHER_AGE) % {"record": record, "answer": answer}


def _groups(
    forms: RecordForms, catalogue: Catalogue, on: dt.date, names: str
) -> Iterator[GroupView]:
    older = tuple(score_line(one.value) for one in forms.older if isinstance(one.value, ScaleScore))
    for name, title in GROUPS.items():
        finds = tuple(
            _find(one, catalogue, on) for one in forms.finds if group_of(one.found) == name
        )
        if finds:
            group = _group(_(title), finds, older if name == "scores" else ())
            fills = _fills(names) if names and name == "diagnosis" else ""
            yield replace(group, fills=fills)


def _fills(condition: str) -> str:
    label = said(terms.conditions()[condition].label)
    return _(
        "As it is chosen here now, the question “What is the treatment for?” is answered with: "
        "%(condition)s."
    ) % {"condition": label}


def _group(title: str, finds: tuple[FindView, ...], older: tuple[str, ...]) -> GroupView:
    """What holds for each of several finds is said once, above them."""
    several = len(finds) > 1
    shared = tuple(
        one for one in finds[0].cautions if several and all(one in find.cautions for find in finds)
    )
    asked = finds[0].to_ask
    to_ask = asked if several and all(find.to_ask == asked for find in finds) else ""
    finds = tuple(
        replace(
            find,
            cautions=tuple(one for one in find.cautions if one not in shared),
            to_ask="" if to_ask else find.to_ask,
        )
        for find in finds
    )
    return GroupView(title, finds, older, shared, to_ask)


def _find(one: FindForms, catalogue: Catalogue, on: dt.date) -> FindView:
    found = one.found
    # What the person told of the same treatment is not asked for again.
    asked = one.proposed.to_ask if one.proposed.held is None else ()
    unsure = vocabulary.treatment_fields()
    title = told(sure_part(found), catalogue=catalogue, on=on)
    one.name_in_summary(title)
    day, words = seen_of(found, title)
    afterwards = told(over_theirs(one.proposed), catalogue=catalogue, on=on)
    return FindView(
        forms=one,
        title=title,
        afterwards=afterwards if one.proposed.conflicts and afterwards != title else "",
        is_other_course=bool(asked_again(one.proposed)),
        held=held_told(one, catalogue=catalogue, on=on) if one.proposed.conflicts else "",
        day=day,
        words=words,
        to_confirm=", ".join(
            answer_in_words(unsure[name], getattr(found.value, name))
            for name in sorted(found.unsure)
        ),
        to_ask="; ".join(lower_first(said(field.label)) for field in asked),
        cautions=(
            *((_(OLDER_SCORE),) if one.is_older else ()),
            *(_caution(each, found) for each in found.cautions if each not in ASKED_ANYWAY),
        ),
        said=found.said,
        origins=tuple(map(origin_view, found.origins[:MOST_ORIGINS])),
        further_origins=max(len(found.origins) - MOST_ORIGINS, 0),
    )


def _caution(caution: Caution, found: Found) -> str:
    """A caution in words; of what is old with the latest day that the record gives."""
    days = [one.on for one in found.origins if one.on is not None]
    if caution is Caution.OLD and days:
        return _(OLD) % {"date": date(max(days))}
    return said(caution.label)
