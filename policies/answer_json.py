"""An answer as JSON: the contract of `check_coverage`, described in the README."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from policies import wording
from policies.applicability import Applied
from policies.changes import FACT, FURTHER, ROW, Change, Edit
from policies.check import Answer, CheckedDocument
from policies.criteria import Unread
from policies.criteria.writing import write_source, write_test
from policies.guidance import Guidance
from policies.matcher import CountGiven, Finding
from policies.situation import Asker
from policies.verdict import PositionAnswer
from policies.vocabulary import Speak
from policies.wording import phrases
from policies.wording.changes import change_text
from policies.wording.findings import given, state, whose_words
from policies.wording.to_do import to_do_list

VERSION = 1


def answer_to_json(guidance: Guidance, beside: Iterable[Guidance] = ()) -> dict[str, Any]:
    """The whole answer: headline, every document with its findings, and what helps on.

    `beside` are the treatments to compare it with, itself among them.
    """
    answer = guidance.answer
    return {
        "version": VERSION,
        "on": answer.on.isoformat(),
        "treatment": answer.situation.treatment.value,
        "insurer": answer.insurer.slug if answer.insurer else None,
        "headline": _headline(answer),
        "plan_caution": answer.plan_caution.value if answer.plan_caution else None,
        "administrator_is_unproved": answer.administrator_is_unproved,
        "cautions": list(wording.cautions(answer)),
        "help_line": wording.help_line(answer) or None,
        "documents": [_document(one, answer.situation.asker) for one in answer.documents],
        "silent_documents": [document.stem for document in answer.silent],
        "left_out_documents": [
            {"document": one.document.stem, "reason": one.reason.value} for one in answer.left_out
        ],
        **_helps_on(guidance),
        "side_by_side": [
            {
                "treatment": one.answer.situation.treatment.value,
                "headline": _headline(one.answer),
                **_helps_on(one),
            }
            for one in beside
        ],
    }


def _headline(answer: Answer) -> dict[str, Any]:
    return {
        "verdict": answer.verdict.value if answer.verdict else None,
        "ground": answer.ground.value if answer.ground else None,
        "documents_disagree": bool(answer.disagreeing),
        "document": _key(answer.headline) if answer.headline else None,
        "no_document_because": answer.no_document.value if answer.no_document else None,
        "sentence": wording.headline(answer),
        "reason": wording.reason(answer),
    }


def _helps_on(guidance: Guidance) -> dict[str, Any]:
    """What is missing and by whom, what would change the answer, and what to ask next."""
    questions, asker = guidance.questions, guidance.answer.situation.asker
    return {
        "missing": [
            {
                "who": group.who.value,
                "heading": group.heading,
                "items": [
                    {
                        "text": item.text,
                        "detail": item.detail or None,
                        "documents": list(item.documents),
                    }
                    for item in group.items
                ],
            }
            for group in to_do_list(guidance.missing, asker)
        ],
        "would_change": [_change(one, asker) for one in guidance.changes],
        "next_questions": {
            "at_most": questions.at_most,
            "in_order": [
                {
                    "name": one.name,
                    "question": one.text,
                    "is_sensitive": one.is_sensitive,
                    "settles": one.settles,
                }
                for one in questions.in_order
            ],
        },
    }


def _change(change: Change, asker: Asker | None) -> dict[str, Any]:
    return {
        "document": change.document.stem,
        "verdict": change.verdict.value,
        "is_offered": change.is_offered,
        "sentence": change_text(change, asker) or None,
        "edits": [_edit(edit) for edit in change.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    """One answer that would have to be another; a value is named only where it may be suggested."""
    is_shown = edit.place[0] in (FACT, ROW) and edit.speak is not Speak.NEVER_SUGGEST
    value = edit.value
    if isinstance(value, dt.date):
        value = value.isoformat()
    elif isinstance(value, frozenset):
        value = sorted(value)
    return {
        "kind": edit.place[0],
        "place": [] if edit.place[0] == FURTHER else list(edit.place[1:]),
        "value": value if is_shown else None,
        "criteria": [found.node.label for found in edit.criteria],
        "speak": edit.speak.value,
        "was_answered": edit.was_answered,
    }


def _key(checked: CheckedDocument) -> str:
    return checked.applied.document.stem


def _document(checked: CheckedDocument, asker: Asker | None) -> dict[str, Any]:
    applied, found = checked.applied, checked.answer
    edition = found.edition
    return {
        "document": _key(checked),
        "insurer": found.document.insurer.name,
        "number": found.document.number or None,
        "title": found.document.title,
        "url": found.document.url or None,
        "effective": edition.effective.text if edition.effective else None,
        "last_reviewed": edition.last_reviewed.text if edition.last_reviewed else None,
        "revision": edition.revision,
        "role": applied.role.value,
        "role_meaning": phrases.ROLES[applied.role],
        "cautions": [caution.value for caution in applied.cautions],
        "sureness": checked.sureness.value,
        "sureness_meaning": checked.sureness.explanation,
        "verdict": found.verdict.value,
        "ground": found.ground.value if found.ground else None,
        "sentence": wording.document_verdict(checked, asker),
        "positions": [_position(one, applied) for one in found.positions],
        "notes": list(edition.notes),
    }


def _position(answer: PositionAnswer, applied: Applied) -> dict[str, Any]:
    position = answer.position
    score = answer.score
    return {
        "indications": list(position.indications),
        "matching_indications": list(answer.conditions),
        "applies": answer.applies.value,
        "coverage": position.coverage.value,
        "verdict": answer.verdict.value,
        "ground": answer.ground.value if answer.ground else None,
        "is_continuation": answer.is_continuation,
        "says": wording.what_it_says(answer),
        "source": _source(position.source.origin, write_source(position.source), applied),
        "prior_authorization": position.prior_authorization.value,
        "prior_authorization_sentence": phrases.PRIOR_AUTHORIZATION[position.prior_authorization],
        "prior_authorization_note": position.prior_authorization_note or None,
        "score": None
        if score is None
        else {
            "met": score.met,
            "not_met": score.not_met,
            "to_find_out": score.to_find_out,
            "at_least": score.at_least,
            "sentence": wording.score(score),
        },
        "findings": _finding(answer.findings, applied) if answer.findings else None,
        "priorities": [_finding(one, applied) for one in answer.priorities],
        "limits": list(position.limits),
        "documents_wanted": list(position.documents_wanted),
        "codes": {
            "hcpcs": list(position.codes.hcpcs),
            "cpt": list(position.codes.cpt),
            "icd10": list(position.codes.icd10),
        },
        "note": position.note or None,
    }


def _source(origin: str, written: dict[str, str], applied: Applied) -> dict[str, Any]:
    """A source with the document's date, what was read, and where."""
    edition = applied.edition
    reading = next((one for one in edition.readings if one.key == origin), None)
    return {
        "section": written.get("section"),
        "quote": written.get("quote"),
        "document_date": wording.edition_date(edition),
        "read_from": reading.kind.value if reading else None,
        "description": reading.description if reading else None,
        "url": (reading.url if reading else "") or None,
    }


def _finding(found: Finding, applied: Applied) -> dict[str, Any]:
    node = found.node
    return {
        "id": node.id or None,
        "label": node.label,
        "wanted": write_test(node),
        "truth": found.truth.value,
        "state": state(found),
        "is_exclusion": found.is_exclusion,
        "is_unread": isinstance(node, Unread),
        "given": given(found) or None,
        "count": _count(found.given),
        "whose_words": whose_words(node.source, applied.edition),
        "source": _source(node.source.origin, write_source(node.source), applied),
        "note": node.note or None,
        "members": [_finding(one, applied) for one in found.members],
    }


def _count(value: object) -> dict[str, Any] | None:
    """How many treatments and classes count: no fewer than low, no more than high (null: open)."""
    if not isinstance(value, CountGiven):
        return None
    return {
        "treatments": {"low": value.treatments.low, "high": value.treatments.high},
        "classes": {"low": value.classes.low, "high": value.classes.high},
    }
