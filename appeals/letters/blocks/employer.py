"""A request to the employer that pays the claims; of the patient it says what the patient wrote."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.letters.blocks.parts import Writer, as_written, lines_of
from appeals.letters.content import Element, Facts, Lines, Paragraph
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line


def employer_recipient(draft: Draft) -> Iterator[Element]:
    """The employer, whoever it goes to there, and how it is sent."""
    names = ("employer_name", "employer_contact", "delivery")
    yield Lines(tuple(one for name in names for one in lines_of(draft.fact(name))))


def employer_reference(draft: Draft) -> Iterator[Element]:
    """Who is covered by which plan: no member number, no claim, no service."""
    rows: list[tuple[str, Words]] = [(_("Person covered"), draft.patient)]
    for name, label in (("policyholder_name", _("Employee")), ("group_number", _("Group number"))):
        words = draft.known(name)
        if words is not None:
            rows.append((label, words))
    rows.append((_("Plan"), draft.fact("plan_name")))
    yield Facts(tuple((label, line(words)) for label, words in rows))


def employer_request(draft: Draft) -> Iterator[Element]:
    """The request, the case in the writer's own words, and who may see it."""
    words = {"employer": draft.fact("employer_name"), "plan": draft.fact("plan_name")}
    yield Paragraph(
        (
            draft.by_voice(
                _(
                    "I ask %(employer)s to make an exception to the terms of %(plan)s, for care "
                    "of mine that the plan does not cover."
                ),
                _(
                    "I ask %(employer)s to make an exception to the terms of %(plan)s, for care "
                    "of %(patient)s that the plan does not cover."
                ),
                **words,
            ),
            draft.form(_("I know that this is for you to decide.")),
        )
    )
    yield from as_written(draft.fact("benefit_case"))
    yield Paragraph(
        (
            draft.form(_("Please show this letter only to those who decide on it.")),
            draft.form(_("Please answer in writing. I can send more if you need it.")),
        )
    )


BLOCKS: dict[str, Writer] = {
    "employer_recipient": employer_recipient,
    "employer_reference": employer_reference,
    "employer_request": employer_request,
}
