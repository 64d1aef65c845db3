"""The facts of a letter by what belongs together, and what in it is the writer's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms.boundfield import BoundField

from appeals.clinics.letters.asking import what_differs
from appeals.clinics.letters.writing import Writing
from appeals.forms.clinics.case import as_lists
from appeals.letters.kinds import Voice
from appeals.presenting.letters.parts import present_parts
from appeals.screens.letters.pages import PAGE_OF_SIGNER

OWN_TITLE = {
    Voice.CLINICIAN: "The clinician",
    Voice.PARENT: "Who signs it",
    Voice.REPRESENTATIVE: "Who signs it",
    Voice.PATIENT: "The patient",
}


@dataclass(frozen=True, slots=True)
class FactGroupView:
    """Facts that are told from one paper; those that few have at hand are folded."""

    title: str
    fields: tuple[BoundField, ...]
    folded: tuple[BoundField, ...]
    is_unfolded: bool


def fact_groups(writing: Writing) -> tuple[FactGroupView, ...]:
    """Every fact that such a letter may hold, on one page."""
    as_lists(writing.form)
    return tuple(_groups(writing))


def _groups(writing: Writing) -> Iterator[FactGroupView]:
    own = PAGE_OF_SIGNER[writing.record.voice]
    for page in writing.pages:
        folded = tuple(writing.form[name] for name in page.names if name in page.folded)
        yield FactGroupView(
            title=OWN_TITLE[writing.record.voice] if page.id == own else str(page.title),
            fields=tuple(writing.form[name] for name in page.names if name not in page.folded),
            folded=folded,
            is_unfolded=any(one.value() or one.errors for one in folded),
        )


def differing(writing: Writing) -> tuple[BoundField, ...]:
    """The fields that have something else than the newest notice."""
    return tuple(writing.form[name] for name in what_differs(writing.form, writing.of_notice))


def own_words(writing: Writing) -> tuple[str, ...]:
    """The parts that we have not checked, for whoever signs."""
    parts = present_parts(writing.composed, writing.edits, writing.case)
    return tuple(one.name for one in parts if one.is_authors and not one.is_left_out)
