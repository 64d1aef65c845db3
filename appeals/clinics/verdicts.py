"""What a check comes to, as the plain record that the history of a case keeps."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from appeals.clinics.content import VerdictRecord
from policies.catalogue import Edition, EditionStatus, PrintedDate
from policies.check import Answer, CheckedDocument
from policies.matcher import Finding, top_level
from policies.models import PolicyVersion
from policies.truth import Truth
from policies.wording import edition_date
from policies.wording.naming import short_name

WITHIN = " > "
DISAGREE = "disagree"
"""Stands for a verdict where the documents that apply say different things."""


def record_of(answer: Answer) -> VerdictRecord:
    """The record of an answer; of several documents that of the one that stands first."""
    verdict = DISAGREE if answer.verdict is None else answer.verdict.value
    first = answer.headline
    if first is None:
        return VerdictRecord(verdict)
    ground, score = first.answer.ground, None
    if first.answer.positions:
        score = first.answer.positions[0].score
    return VerdictRecord(
        verdict=verdict,
        ground=ground.value if ground else "",
        document=short_name(first.applied.document),
        edition=edition_name(first),
        met=score.met if score else 0,
        not_met=score.not_met if score else 0,
        to_find_out=score.to_find_out if score else 0,
        is_partial=score.at_least if score else False,
        findings={label: truth.value for label, truth in labelled(first).items()},
    )


def edition_name(checked: CheckedDocument) -> str:
    """An edition by its date, and its revision where it is not the first."""
    one = checked.applied.edition
    return _named(one.effective, one.last_reviewed, one.status, one.revision)


@lru_cache(maxsize=256)
def _named(
    effective: PrintedDate | None,
    last_reviewed: PrintedDate | None,
    status: EditionStatus,
    revision: int,
) -> str:
    bare = Edition((), (), effective=effective, last_reviewed=last_reviewed, status=status)
    return edition_date(bare) + (f", revision {revision}" if revision > 1 else "")


def labelled(checked: CheckedDocument) -> Mapping[str, Truth]:
    """The truth of each criterion of the list that decides, by its label and those around it."""
    positions = checked.answer.positions
    found = positions[0].findings if positions else None
    return {} if found is None else dict(_walk(top_level(found), ""))


def _walk(findings: tuple[Finding, ...], above: str) -> Iterator[tuple[str, Truth]]:
    for one in findings:
        label = f"{above}{one.node.label}"
        yield label, one.truth
        yield from _walk(one.members, f"{label}{WITHIN}")


def version_of(checked: CheckedDocument | None) -> PolicyVersion | None:
    """The row of the edition that a document spoke in."""
    if checked is None:
        return None
    document, edition = checked.applied.document, checked.applied.edition
    return PolicyVersion.objects.published().get(
        policy__insurer__slug=document.insurer.slug,
        policy__slug=document.slug,
        effective=edition.effective.text if edition.effective else "",
        revision=edition.revision,
    )
