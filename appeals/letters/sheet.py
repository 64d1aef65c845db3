"""The writer's own sheet, which is not sent: the last day, how to send it, and what is missing."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.foremost import foremost
from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters.case import LetterCase
from appeals.letters.content import LetterContent
from appeals.letters.draft import fact_text
from appeals.letters.kinds import kind_plan
from appeals.presenting.deadlines import FirstView, present_first
from appeals.presenting.people import present_offices, present_people
from appeals.presenting.rows import Row
from policies.language import said
from policies.presenting.guide import HelperView
from policies.wording.dates import date

# What proves that a letter arrived, by the way it is sent.
PROOF = {
    "certified_mail": N_("Keep the receipt of the post office and the return receipt."),
    "fax": N_("Keep the page that the fax prints, with the day, the number and the pages sent."),
    "portal": N_("Keep a picture of the screen that says it was received, with the day."),
    "courier": N_("Keep the receipt, and the name and signature of who took it."),
}
ANY_PROOF = N_("Send it in a way that proves it arrived, and keep the proof.")
AFTER = (
    N_("Keep a copy of all that you send, in the order in which you send it."),
    N_(
        "Call some days later. Ask whether the letter and each enclosure arrived, and write down "
        "the day and the name of who told you."
    ),
)
WHERE = (
    ("plan_name", "plan_address", "plan_fax"),
    ("regulator_name", "regulator_address"),
    ("employer_name", "employer_contact"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page for the writer, in the language of the page it came from.

    `first` is what the way from a denial says of the last day; None where there was none.
    """

    title: str
    document: str
    hurry: str
    first: FirstView | None
    has_denial: bool
    to: tuple[str, ...]
    how: tuple[str, ...]
    cautions: tuple[str, ...]
    missing: tuple[str, ...]
    enclosures: tuple[tuple[int, str], ...]
    own_words: tuple[str, ...]
    people: tuple[HelperView, ...]
    offices: tuple[Row, ...]
    shows_help_line: bool
    made_on: str
    is_dense: bool = False


def sheets(
    case: LetterCase,
    content: LetterContent,
    *,
    missing: tuple[str, ...],
    own_words: tuple[str, ...],
    cautions: tuple[str, ...] = (),
    hurry: str = "",
    shows_help_line: bool = False,
) -> tuple[Sheet, ...]:
    """The sheet, and the same set closer, for where it takes more than a page."""
    denied = case.denied
    first = present_first(denied, foremost(denied)) if denied is not None else None
    sheet = Sheet(
        title=_("Your sheet for this letter"),
        document=said(kind_plan(case.kind).name),
        hurry=hurry,
        first=first,
        has_denial=denied is not None,
        to=_where(case),
        how=_how(case),
        cautions=cautions,
        missing=missing,
        enclosures=tuple(
            (one.number, said(argument_data().enclosures[EnclosureId(one.id)].label))
            for one in content.enclosures
        ),
        own_words=own_words,
        people=present_people(denied) if denied is not None else (),
        offices=present_offices(denied) if denied is not None else (),
        shows_help_line=shows_help_line,
        made_on=date(case.on),
    )
    return sheet, replace(sheet, is_dense=True)


def _where(case: LetterCase) -> tuple[str, ...]:
    """Whom the letter goes to, as far as it was told."""
    asked = {*kind_plan(case.kind).must, *kind_plan(case.kind).if_known}
    found: list[str] = []
    for names in WHERE:
        if names[-1] not in asked and names[1] not in asked:
            continue
        found += [
            line
            for name in names
            if (value := case.told.get(name))
            for line in fact_text(name, value).splitlines()
        ]
    return tuple(found)


def _how(case: LetterCase) -> tuple[str, ...]:
    told = case.told.get("delivery")
    proof = PROOF.get(told, ANY_PROOF) if isinstance(told, str) else ANY_PROOF
    return tuple(map(_, (proof, *AFTER)))
