"""The plan's rule against the record, in words for the plan or for a reviewer outside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letters.blocks.parts import as_written
from appeals.letters.content import Element, Items, Paragraph, Sentence, Table
from appeals.letters.document import document_words
from appeals.letters.draft import Draft
from appeals.letters.rows import NOT_MET, Row, criteria_rows
from appeals.letters.saying import say
from policies.criteria import Unread, is_for_the_plan_alone
from policies.matcher import Finding, top_level
from policies.sureness import Sureness
from policies.truth import Truth


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is asked of whoever reads the table: another version, the rest of it, an exception.

    `not_met` says in the row of a requirement what follows for it.
    """

    another_version: str
    rest: str
    not_met: str
    exception: str


TO_THE_PLAN = Addressed(
    another_version=N_("If another version applies, please send it, with its date."),
    rest=N_("The copy at hand is cut off; please send the whole rule."),
    not_met=N_("Not met. An exception is asked for below."),
    exception=N_("For what is not met, please make an exception, for this reason:"),
)
AFTER_A_DENIAL = replace(
    TO_THE_PLAN,
    another_version=N_("If another version was applied, please send it, with its date."),
)
TO_A_REVIEWER = Addressed(
    another_version=N_("If the plan applied another version, please ask the plan for it."),
    rest=N_("The copy at hand is cut off; please ask the plan for the whole rule."),
    not_met=N_("Not met. Why the treatment still fits is said below."),
    exception=N_("Where a requirement is not met, the treatment still fits, for this reason:"),
)


def rule_table(draft: Draft, addressed: Addressed) -> Iterator[Element]:
    """The rule point by point, and why an exception is asked; nothing where there is no list."""
    found = readable_rows(draft, not_met=addressed.not_met)
    if not found:
        return
    yield Paragraph(tuple(_about_table(draft, addressed)))
    if _is_for_the_plan(draft):
        # A table would say of each point that it is not ours to answer.
        yield Items(tuple(tuple(map(_stopped, asked)) for _finding, (asked, *_rest) in found))
        return
    rows = tuple(row for _finding, row in found)
    yield Table((_("The plan asks"), _("The record"), _("Proof")), rows)
    if any(finding.truth is Truth.NOT_MET for finding, _row in found):
        yield Paragraph((say(_(addressed.exception), *document_words(draft).rests_on),))
        yield from as_written(draft.fact("exception_reason"))


def readable_rows(draft: Draft, *, not_met: str = NOT_MET) -> tuple[tuple[Finding, Row], ...]:
    """The requirements that were read, each with its row."""
    rows = zip(_top(draft), criteria_rows(draft, not_met=not_met), strict=False)
    return tuple((one, row) for one, row in rows if not isinstance(one.node, Unread))


def _top(draft: Draft) -> tuple[Finding, ...]:
    position = draft.case.position
    if draft.case.checked is None or position is None or position.findings is None:
        return ()
    return top_level(position.findings)


def _is_for_the_plan(draft: Draft) -> bool:
    """Whether the list holds nothing that a record could meet: only duties of the plan."""
    return all(is_for_the_plan_alone(one.node) for one in _top(draft))


def _stopped(one: Sentence) -> Sentence:
    """A point as a sentence; in a cell it needs no full stop."""
    is_stopped = one.text.endswith((".", ".”", ")"))
    return one if is_stopped else Sentence((*one.pieces, "."), one.rests_on)


def _about_table(draft: Draft, addressed: Addressed) -> Iterator[Sentence]:
    """Whose words the table gives, and what to send or to ask for where it is not the whole."""
    is_quoted = any(one.node.source.quote for one in _top(draft))
    text = {
        (False, False): _("The table takes %(rule)s point by point and sums it up."),
        (False, True): _(
            "The table takes %(rule)s point by point. Words in quotation marks are the "
            "document's own; the rest sums it up."
        ),
        (True, False): _("In sum, by %(rule)s these points are for the plan to answer."),
        (True, True): _(
            "By %(rule)s these points are for the plan to answer. Words in quotation marks are "
            "the document's own; the rest sums it up."
        ),
    }[_is_for_the_plan(draft), is_quoted]
    rule = document_words(draft)
    yield say(text, rule=rule)
    checked = draft.case.checked
    if checked is not None and checked.sureness is Sureness.SECOND_HAND:
        yield say(
            _(
                "It was read only as others reproduce it; where they differ, the plan's own text "
                "counts."
            ),
            *rule.rests_on,
        )
    if checked is not None and checked.sureness is not Sureness.CURRENT:
        yield say(_(addressed.another_version), *rule.rests_on)
    if any(isinstance(one.node, Unread) for one in _top(draft)):
        yield say(_(addressed.rest), *rule.rests_on)
