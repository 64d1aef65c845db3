"""How a letter ends: the signature of the right person, and the papers that go with it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.parts import Writer, name_of_writer, upper_first
from appeals.letters.content import (
    Basis,
    Element,
    Items,
    Origin,
    Paragraph,
    Sentence,
    Signature,
    Told,
)
from appeals.letters.draft import Draft
from appeals.letters.kinds import Voice
from appeals.letters.saying import line, say


def closing(draft: Draft) -> Iterator[Element]:
    """The greeting and the line to sign on, with who signs as what."""
    yield Paragraph((draft.form(_("Sincerely,")),))
    lines: list[Sentence] = [line(name_of_writer(draft))]
    match draft.case.voice:
        case Voice.CLINICIAN:
            specialty, npi = draft.wanted("clinician_specialty"), draft.wanted("clinician_npi")
            if specialty is not None:
                lines.append(line(specialty))
            if npi is not None:
                lines.append(say(_("NPI %(npi)s"), npi=npi))
        case Voice.PARENT | Voice.REPRESENTATIVE:
            lines.append(
                say(
                    _("%(relation)s of %(patient)s"),
                    relation=draft.fact("writer_relation"),
                    patient=draft.patient,
                )
            )
        case Voice.PATIENT:
            pass
    if draft.case.voice is Voice.REPRESENTATIVE:
        paper = draft.enclosure(EnclosureId.REPRESENTATIVE_FORM)
        lines.append(say(_("The authorization is enclosed (%(paper)s)."), paper=paper))
    yield Signature(tuple(lines))


def enclosures(draft: Draft) -> Iterator[Element]:
    """The papers by number, in the order in which the letter names them."""
    found = tuple(
        (line(Told(upper_first(one.label), (Basis(Origin.FACT, f"enclosure.{one.id}"),))),)
        for one in draft.enclosed
    )
    if found:
        yield Items(found, is_numbered=True)
    else:
        yield Paragraph((draft.form(_("None.")),))


BLOCKS: dict[str, Writer] = {"closing": closing, "enclosures": enclosures}
