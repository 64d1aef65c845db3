"""A provider outside the network: whom the patient asked inside it, why this one, on what terms."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.parts import Writer, as_written, lines_of, ordered
from appeals.letters.content import Basis, Element, Items, Origin, Paragraph
from appeals.letters.draft import Draft
from appeals.letters.saying import say


def gap_request(draft: Draft) -> Iterator[Element]:
    """What to approve, with whom, where and from when; and that nobody inside was found."""
    yield Paragraph(
        (
            draft.by_voice(
                _(
                    "Please approve this as care in the network, by an exception or a single-case "
                    "agreement: %(order)s, for me, with %(clinician)s, at %(site)s, from "
                    "%(start)s."
                ),
                _(
                    "Please approve this as care in the network, by an exception or a single-case "
                    "agreement: %(order)s, for %(patient)s, with %(clinician)s, at %(site)s, from "
                    "%(start)s."
                ),
                order=ordered(draft),
                clinician=draft.fact("clinician_name"),
                site=draft.fact("site_name"),
                start=draft.fact("starts_on"),
            ),
            say(
                _(
                    "No provider in the network was found who can give it; the list below says who "
                    "was asked."
                ),
                Basis(Origin.FACT, "searched"),
            ),
        )
    )


def search_log(draft: Draft) -> Iterator[Element]:
    """Each provider that was asked, on a line as it was told, and the log itself."""
    yield Items(tuple((one,) for one in lines_of(draft.fact("searched"))))
    yield Paragraph(
        (
            say(
                _("The dated log is enclosed (%(paper)s)."),
                paper=draft.enclosure(EnclosureId.NETWORK_SEARCH_LOG),
            ),
        )
    )


def why_site(draft: Draft) -> Iterator[Element]:
    """Why this provider, in the writer's own words."""
    yield from as_written(draft.fact("why_site"))


def gap_terms(draft: Draft) -> Iterator[Element]:
    """What the patient pays, and the rate where one is known."""
    sentences = [
        draft.by_voice(
            _("Please let me pay what I would pay in the network."),
            _("Please let %(patient)s pay what a member would pay in the network."),
            Basis(Origin.FORM, draft.case.kind),
        )
    ]
    rate = draft.known("rate")
    if rate is not None:
        sentences.append(say(_("The provider asks for this rate: %(rate)s."), rate=rate))
    yield Paragraph(tuple(sentences))


def next_steps(draft: Draft) -> Iterator[Element]:
    """An answer in writing; a no has to name who can give it inside."""
    yield Paragraph(
        (
            draft.form(
                _(
                    "Please answer in writing. If the answer is no, please give the reason, name "
                    "a provider in the network who can give this treatment and the first free "
                    "date, and say how to appeal."
                )
            ),
        )
    )


BLOCKS: dict[str, Writer] = {
    "gap_request": gap_request,
    "search_log": search_log,
    "why_site": why_site,
    "gap_terms": gap_terms,
    "network_gap.next_steps": next_steps,
}
