"""Requests for papers: everything behind a decision, and how care is limited beside other care."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.law.plan_types import PlanType
from appeals.law.rights import Right
from appeals.letters.blocks.parity import parity_right, what_it_compares, which_limit
from appeals.letters.blocks.parts import Writer
from appeals.letters.citing import citation, right_basis
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph, Sentence, Told
from appeals.letters.demands import demand, rights_held
from appeals.letters.draft import Draft
from appeals.letters.kinds import Voice
from appeals.letters.saying import say

# The federal request form asks for an answer within so many days (rights.yaml, parity_analysis).
DAYS_TO_ANSWER = 30
# Programs of the government: the rules are the law's own, and no plan writes a document.
WITHOUT_PLAN_DOCUMENT = frozenset(
    {PlanType.MEDICAID_FFS, PlanType.ORIGINAL_MEDICARE, PlanType.TRICARE, PlanType.VA}
)


def documents_asked(draft: Draft) -> Iterator[Element]:
    """Everything behind the decision, by number."""
    yield Paragraph(
        (
            draft.by_voice(
                _("Please send me, free of charge, the papers behind your decision of %(notice)s:"),
                _(
                    "Please send me, free of charge, the papers behind your decision of "
                    "%(notice)s on the care of %(patient)s:"
                ),
                notice=draft.fact("notice_on"),
            ),
        )
    )
    yield Items(tuple((one,) for one in _papers(draft)), is_numbered=True)
    if draft.is_clinician:
        yield Paragraph(
            (
                say(
                    _("The authorization of %(patient)s is enclosed (%(paper)s)."),
                    patient=draft.patient,
                    paper=draft.enclosure(EnclosureId.REPRESENTATIVE_FORM),
                ),
            )
        )


def _papers(draft: Draft) -> Iterator[Sentence]:
    yield _file(draft)
    yield draft.form(
        _(
            "The policy, guideline or criterion that was used, with its version and date. If "
            "clinical judgment was used, the reasons for it."
        )
    )
    yield draft.form(
        _("The notes of each reviewer, and of any company that reviewed it for the plan.")
    )
    yield _experts(draft)
    plans = {one.plan_type for one in draft.case.circumstances}
    if not plans or plans - WITHOUT_PLAN_DOCUMENT:
        yield draft.form(_("The plan document and its summary."))
    yield draft.form(_("Recordings or notes of calls about this case, if they were kept."))


def _file(draft: Draft) -> Sentence:
    """The file, as far as the rule that binds this plan opens it."""
    for right in rights_held(draft.case, ("medicaid_file", "claim_file")):
        is_medicaid = right.id == "medicaid_file"
        text = _("Copies of everything relevant to this claim")
        if is_medicaid:
            text = _(
                "Copies of all that is relevant to this decision, with the criteria for medical "
                "necessity and the processes and standards behind limits on coverage"
            )
        return _with_citation(text, right, draft)
    return draft.form(_("Copies of everything relevant to this decision."))


def _with_citation(text: str, right: Right, draft: Draft) -> Sentence:
    cited = citation(right, draft.case)
    what = Told(text, (right_basis(right),))
    if cited is None:
        return say(_("%(what)s."), what=what)
    return say(_("%(what)s (%(citation)s)."), what=what, citation=cited)


def _experts(draft: Draft) -> Sentence:
    """The names, which a rule may open, and the specialties, which are asked for beside them."""
    right = next(iter(rights_held(draft.case, ("expert_names",))), None)
    cited = citation(right, draft.case) if right is not None else None
    if cited is None:
        return draft.form(
            _(
                "The name of each medical expert whose advice was taken, whether or not it was "
                "relied on, and the specialty of each."
            )
        )
    return say(
        _(
            "The name of each medical expert whose advice was taken, whether or not it was "
            "relied on (%(citation)s), and the specialty of each."
        ),
        citation=cited,
    )


def parity_documents(draft: Draft) -> Iterator[Element]:
    """The analysis beside the file."""
    right = parity_right(draft)
    if right is None:
        return
    yield Paragraph(
        (
            _what_care(draft),
            demand(right, draft.case),
            *which_limit(draft),
            say(
                _(
                    "Please send with it the factors and the evidentiary standards behind the "
                    "limit, and how they are applied to comparable medical drugs."
                ),
                right_basis(right),
            ),
        )
    )


def parity_asked(draft: Draft) -> Iterator[Element]:
    """The analysis, and the papers behind the limit by number; no word that a law was broken."""
    right = parity_right(draft)
    if right is None:
        return
    limit = tuple(which_limit(draft))
    yield Paragraph((demand(right, draft.case), *limit, what_it_compares(right), _what_care(draft)))
    yield Paragraph((say(_("With it, please send:"), right_basis(right)),))
    asked = (
        _("The papers of the plan that set this limit, with their version and date."),
        _("The factors that led to the limit, and the evidentiary standards behind them."),
        _("How the limit is applied to comparable medical drugs."),
    )
    yield Items(tuple((say(one, right_basis(right)),) for one in asked), is_numbered=True)


def _what_care(draft: Draft) -> Sentence:
    return say(
        _("This is mental health care: %(treatment)s for %(condition)s."),
        treatment=draft.treatment,
        condition=draft.condition,
    )


def by_when(draft: Draft) -> Iterator[Element]:
    """Where the papers go; a number of days only where a form that was read asks for it."""
    yield Paragraph((_where(draft), *_within(draft)))


def _where(draft: Draft) -> Sentence:
    send_to = draft.known("send_to")
    if send_to is not None:
        return say(_("Please send the papers without delay to %(where)s."), where=send_to)
    address = {Voice.PATIENT: "patient_address", Voice.CLINICIAN: "clinician_address"}
    if draft.known(address.get(draft.case.voice, "writer_address")) is not None:
        return draft.form(
            _(
                "Please send the papers without delay, electronically if you can, or else to the "
                "address above."
            )
        )
    return draft.form(
        _(
            "Please send the papers without delay, electronically if you can, or else to the "
            "address on file."
        )
    )


def _within(draft: Draft) -> Iterator[Sentence]:
    right = parity_right(draft)
    if right is None or right.is_stale(draft.case.on):
        return
    days = Told(_("%(number)d calendar days") % {"number": DAYS_TO_ANSWER}, (right_basis(right),))
    yield say(
        _(
            "For the comparative analysis, the federal request form asks for an answer within "
            "%(days)s."
        ),
        days=days,
    )


def not_my_appeal(draft: Draft) -> Iterator[Element]:
    """That this is no appeal, and where the appeal is."""
    if draft.case.denied is None:
        yield Paragraph((draft.form(_("This letter is not an appeal.")),))
        return
    basis = Basis(Origin.FACT, "appeal_follows")
    match draft.case.told.get("appeal_follows"):
        case "follows":
            sentence = draft.by_voice(
                _("This letter is not my appeal, which will follow."),
                _("This letter is not the appeal for %(patient)s, which will follow."),
                basis,
            )
        case "enclosed":
            sentence = draft.by_voice(
                _("This letter is not my appeal, which is enclosed."),
                _("This letter is not the appeal for %(patient)s, which is enclosed."),
                basis,
            )
        case _:
            open_point = draft.fact("appeal_follows")
            sentence = draft.by_voice(
                _("This letter is not my appeal, %(open)s."),
                _("This letter is not the appeal for %(patient)s, %(open)s."),
                open=open_point,
            )
    yield Paragraph((sentence,))


BLOCKS: dict[str, Writer] = {
    "documents_asked": documents_asked,
    "parity_documents": parity_documents,
    "parity_asked": parity_asked,
    "by_when": by_when,
    "not_my_appeal": not_my_appeal,
}
