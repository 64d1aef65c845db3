"""The paper by which one person lets another act: for what, for how long, and both signatures."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.letters.blocks.parts import Writer, lines_of, name_of_writer
from appeals.letters.content import (
    Element,
    Facts,
    Gap,
    Items,
    Paragraph,
    Sentence,
    Signature,
    Told,
)
from appeals.letters.draft import Draft
from appeals.letters.saying import Words, line, say


def acts_alone(draft: Draft) -> bool:
    """Whether a parent says that they act themselves; nobody names oneself."""
    named, writer = draft.known("representative_name"), draft.known("writer_name")
    if draft.is_first_person or named is None or writer is None:
        return False
    return named.text.casefold() == writer.text.casefold()


def authorization_text(draft: Draft) -> Iterator[Element]:
    """Who names whom, how to reach that person, and for what."""
    yield Paragraph((_acts(draft) if acts_alone(draft) else _names(draft),))
    yield Facts(
        (
            (_("Representative"), line(draft.fact("representative_name"))),
            (_("Relation to the patient"), line(draft.fact("representative_relation"))),
            (_("Address"), _on_one_line(draft.fact("representative_address"))),
            (_("Phone"), line(draft.fact("representative_phone"))),
        )
    )
    yield Paragraph((draft.form(_("In this matter the representative may:")),))
    allowed = (
        _("ask for coverage, appeal, and ask for an outside review or hearing;"),
        _("get copies of the file and of every notice, with the health information in them;"),
        _("send papers, and speak with the plan and with whoever reviews the decision."),
    )
    yield Items(tuple((draft.form(one),) for one in allowed))


def _on_one_line(address: Words) -> Sentence:
    if isinstance(address, Gap):
        return line(address)
    return line(Told(", ".join(one.text for one in lines_of(address)), address.rests_on))


def _names(draft: Draft) -> Sentence:
    words = {
        "representative": draft.fact("representative_name"),
        "plan": draft.fact("plan_name"),
    }
    if draft.is_first_person:
        return say(
            _(
                "I, %(patient)s, name %(representative)s to act for me before %(plan)s in the "
                "matter named above."
            ),
            patient=draft.patient,
            **words,
        )
    return say(
        _(
            "I, %(writer)s, %(relation)s of %(patient)s, name %(representative)s to act for "
            "%(patient)s before %(plan)s in the matter named above."
        ),
        writer=draft.fact("writer_name"),
        relation=draft.fact("writer_relation"),
        patient=draft.patient,
        **words,
    )


def _acts(draft: Draft) -> Sentence:
    return say(
        _(
            "I, %(writer)s, %(relation)s of %(patient)s, who is a minor, act for %(patient)s "
            "before %(plan)s in the matter named above."
        ),
        writer=draft.fact("writer_name"),
        relation=draft.fact("writer_relation"),
        patient=draft.patient,
        plan=draft.fact("plan_name"),
    )


def authorization_limits(draft: Draft) -> Iterator[Element]:
    """That it is for one matter, ends with it, and can be taken back."""
    yield Paragraph(
        (
            draft.form(_("This holds for this matter alone, and ends when it is decided.")),
            draft.form(_("It can be taken back at any time, by a letter to the plan.")),
        )
    )


def signatures(draft: Draft) -> Iterator[Element]:
    """First who names, then who is named."""
    lines = [line(name_of_writer(draft))]
    if not draft.is_first_person:
        lines.append(
            say(
                _("%(relation)s of %(patient)s"),
                relation=draft.fact("writer_relation"),
                patient=draft.patient,
            )
        )
    yield Signature(tuple(lines))
    if acts_alone(draft):
        return
    yield Paragraph((draft.form(_("I agree to act in this matter.")),))
    yield Signature((line(draft.fact("representative_name")), draft.form(_("Representative"))))


BLOCKS: dict[str, Writer] = {
    "authorization_text": authorization_text,
    "authorization_limits": authorization_limits,
    "signatures": signatures,
}
