"""Letters about time: care that goes on while an appeal is open, and an appeal that is late."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.law.rights import Right
from appeals.letters.blocks.parts import Writer, as_written, ordered
from appeals.letters.citing import right_basis
from appeals.letters.content import Basis, Element, Gap, Origin, Paragraph, Sentence
from appeals.letters.demands import demand, rights_held
from appeals.letters.draft import Draft
from appeals.letters.saying import say

# The right to keep care, by the plan; the last is a request alone.
MAY_BE_OWED = ("keep_services", "keep_course")
KEEPING = (*MAY_BE_OWED, "ask_to_keep_course")


def keep_request(draft: Draft) -> Iterator[Element]:
    """The request in the first sentence, then the notice; and it files the appeal."""
    right = _held(draft, KEEPING)
    if right is None:
        return
    yield Paragraph(
        (
            demand(right, draft.case),
            say(
                _(
                    "It is to end on %(day)s by your notice of %(notice)s, reference %(number)s "
                    "(%(paper)s)."
                ),
                day=draft.fact("care_ends_on"),
                notice=draft.fact("notice_on"),
                number=draft.fact("reference_number"),
                paper=draft.enclosure(EnclosureId.DENIAL_NOTICE),
            ),
        )
    )
    yield Paragraph((*_files_appeal(draft), *_urgent(draft)))


def _held(draft: Draft, wanted: tuple[str, ...]) -> Right | None:
    return next(iter(rights_held(draft.case, wanted)), None)


def _files_appeal(draft: Draft) -> Iterator[Sentence]:
    form = Basis(Origin.FORM, draft.case.kind)
    yield draft.by_voice(
        _("This letter also files my appeal of that decision."),
        _("This letter also files the appeal of that decision for %(patient)s."),
        form,
    )
    basis = Basis(Origin.FACT, "appeal_follows")
    match draft.case.told.get("appeal_follows"):
        case "follows":
            yield say(_("The reasons for the appeal will follow."), basis)
        case "enclosed":
            yield say(_("The reasons for the appeal are enclosed."), basis)


def _urgent(draft: Draft) -> Iterator[Sentence]:
    """A fast decision on the appeal, and who certifies it."""
    if not draft.case.is_expedited:
        return
    yield say(
        _(
            "Please decide the appeal as an expedited request: %(clinician)s states that waiting "
            "the ordinary time could seriously jeopardize life, health or the ability to regain "
            "maximum function (%(paper)s)."
        ),
        Basis(Origin.FACT, "is_expedited"),
        clinician=draft.fact("clinician_name"),
        paper=draft.enclosure(EnclosureId.PHYSICIAN_CERTIFICATION),
    )


def keep_facts(draft: Draft) -> Iterator[Element]:
    """Which care it is, that it is to be confirmed, and what may be owed."""
    yield Paragraph(tuple(_facts(draft)))


def _facts(draft: Draft) -> Iterator[Sentence]:
    care, number = ordered(draft), draft.known("authorization_number")
    if not isinstance(care, Gap):
        yield say(_("The care is %(care)s."), care=care)
    if number is not None:
        yield say(_("It was approved under number %(number)s."), number=number)
    yield draft.form(
        _("Please confirm in writing that the care goes on, and tell those who give it.")
    )
    right = _held(draft, MAY_BE_OWED)
    if right is not None:
        yield draft.by_voice(
            _("I know that I may be asked to pay for this care if I lose the appeal."),
            _("I know that %(patient)s may be asked to pay for this care if the appeal is lost."),
            right_basis(right),
        )


def late_request(draft: Draft) -> Iterator[Element]:
    """A late appeal: the request, the reason, its proof, and the appeal itself."""
    right = _held(draft, ("late_for_good_cause",))
    if right is None:
        return
    yield Paragraph(
        (
            demand(right, draft.case),
            draft.by_voice(
                _("I appeal the decision of %(notice)s (%(paper)s)."),
                _("%(patient)s appeals the decision of %(notice)s (%(paper)s)."),
                notice=draft.fact("notice_on"),
                paper=draft.enclosure(EnclosureId.DENIAL_NOTICE),
            ),
            draft.form(_("I know that this is for you to decide.")),
        )
    )
    yield Paragraph((draft.form(_("It is late for this reason:")),))
    yield from as_written(draft.fact("late_reason"))
    yield Paragraph((draft.form(_("What proves it:")),))
    yield from as_written(draft.fact("proof"))
    yield Paragraph((draft.form(_("The appeal itself goes with this letter.")),))


BLOCKS: dict[str, Writer] = {
    "keep_request": keep_request,
    "keep_facts": keep_facts,
    "late_request": late_request,
}
