"""What several blocks say: lines, requests with their details, who writes."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.content import Basis, Element, Gap, Origin, Paragraph, Sentence, Told
from appeals.letters.draft import Draft
from appeals.letters.kinds import Voice
from appeals.letters.saying import Words, line, listed, say

# How a sentence about the patient begins, besides by the name.
SUBJECTS = ("she ", "he ", "they ", "the patient ")
Writer: TypeAlias = Callable[[Draft], Iterable[Element]]


def lines_of(words: Words) -> tuple[Sentence, ...]:
    """What was typed over several lines, each line by itself."""
    if isinstance(words, Gap):
        return (line(words),)
    return tuple(
        line(Told(one.strip(), words.rests_on)) for one in words.text.splitlines() if one.strip()
    )


def as_written(words: Words) -> tuple[Paragraph, ...]:
    """The writer's own words, paragraph by paragraph."""
    return tuple(Paragraph((one,)) for one in lines_of(words))


def upper_first(text: str) -> str:
    """The text as it begins a line.

    >>> upper_first("chart notes")
    'Chart notes'
    """
    return f"{text[:1].upper()}{text[1:]}"


def effect_on_life(words: Words, draft: Draft) -> tuple[Paragraph, ...]:
    """What it keeps the patient from doing; a chart tells it without saying of whom."""
    if isinstance(words, Gap) or not draft.is_clinician or _names_patient(words.text, draft):
        return as_written(words)
    told = Told(" ".join(words.text.split()), words.rests_on)
    return (Paragraph((say(_("Daily life and work, as charted: %(told)s"), told=told),)),)


def _names_patient(text: str, draft: Draft) -> bool:
    """Whether words begin with whom they are about."""
    patient = draft.patient
    names = (patient.text,) if isinstance(patient, Told) else ()
    return text.strip().casefold().startswith((*SUBJECTS, *(one.casefold() for one in names)))


def word_for_word(words: Told) -> Told:
    """What was copied from a paper, to be put into quotation marks of our own."""
    return Told(" ".join(words.text.split()).strip('“”"'), words.rests_on)


def initials(draft: Draft) -> Words:
    """The patient by initials, for what is spoken."""
    name = draft.patient
    if isinstance(name, Gap):
        return name
    return Told("".join(f"{one[0]}." for one in name.text.split()), name.rests_on)


def name_of_writer(draft: Draft) -> Words:
    """Who signs."""
    names = {Voice.PATIENT: "patient_name", Voice.CLINICIAN: "clinician_name"}
    return draft.fact(names.get(draft.case.voice, "writer_name"))


def ordered(draft: Draft) -> Words:
    """The treatment with the dose, the frequency and the number of sessions, as far as told."""
    treatment = draft.treatment
    details = [
        say_detail
        for name, template in (
            ("dose", "%s"),
            ("frequency", "%s"),
            ("sessions", _("%s sessions")),
        )
        if (told := draft.known(name)) is not None
        for say_detail in (Told(template % told.text, told.rests_on),)
    ]
    if isinstance(treatment, Gap) or not details:
        return treatment
    return listed([treatment, *details])


def waiting_could_harm(draft: Draft) -> Sentence:
    """The standard of a fast decision, as the clinician states it or as another tells that."""
    basis = Basis(Origin.FACT, "is_expedited")
    paper = draft.enclosure(EnclosureId.PHYSICIAN_CERTIFICATION)
    if draft.is_clinician:
        return say(
            _(
                "I certify that waiting the ordinary time could seriously jeopardize life, health "
                "or the ability to regain maximum function (%(paper)s)."
            ),
            basis,
            paper=paper,
        )
    return say(
        _(
            "%(clinician)s states that waiting the ordinary time could seriously jeopardize "
            "life, health or the ability to regain maximum function (%(paper)s)."
        ),
        basis,
        clinician=draft.fact("clinician_name"),
        paper=paper,
    )
