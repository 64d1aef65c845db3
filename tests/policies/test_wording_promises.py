"""No sentence of an answer promises anything, nor is surer than its source."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from policies import vocabulary, wording
from policies.catalogue import Edition
from policies.catalogue.yaml_text import read_yaml
from policies.check import Answer, check
from policies.criteria import Node
from policies.matcher import Finding
from policies.situation import Situation
from policies.sureness import Sureness
from policies.wording import findings, phrases
from tests.factories import DATA, real_catalogue

FORBIDDEN = re.compile(
    r"(?<!FDA-)approved|guarantee|chance|likel[iy]|odds|!|\bNone\b(?! that)|_", re.IGNORECASE
)


def _fixed_sentences() -> Iterator[str]:
    for name, words in vars(phrases).items():
        if not name.isupper():
            continue
        if isinstance(words, str):
            yield words
        elif isinstance(words, dict):
            yield from (one for one in words.values() if isinstance(one, str))
    for one in Sureness:
        yield from (one.label, one.explanation)
    for definitions in (
        vocabulary.facts(),
        vocabulary.treatment_fields(),
        vocabulary.score_fields(),
    ):
        for definition in definitions.values():
            yield from (definition.label, definition.question, definition.help)


def _said_of(answer: Answer) -> Iterator[str]:
    """Every sentence that an answer can show."""
    yield wording.headline(answer)
    yield wording.reason(answer)
    for checked in answer.documents:
        yield wording.document_verdict(checked)
        yield wording.document_line(checked.applied.document, checked.applied.edition)
        for position in checked.answer.positions:
            yield wording.what_it_says(position)
            if position.score is not None:
                yield wording.score(position.score)
            if position.findings is not None:
                yield from _said_of_finding(position.findings, checked.applied.edition)


def _said_of_finding(found: Finding, edition: Edition) -> Iterator[str]:
    yield findings.state(found)
    yield findings.whose_words(found.node.source, edition)
    yield findings.given(found)
    for member in found.members:
        yield from _said_of_finding(member, edition)


PLANS: dict[str, dict[str, str]] = {
    document.stem: {
        "insurer": document.insurer.slug,
        "line_of_business": document.lines_of_business[-1].value,
        "issue_state": (document.states or ("MA",))[0],
        "residence_state": (document.states or ("MA",))[0],
    }
    for document in real_catalogue().documents
}


@cache
def real_answers() -> tuple[Answer, ...]:
    """The answer to every worked case, asked as a member of the document's own plan."""
    answers = []
    for path in sorted((DATA / "cases").glob("*.yaml")):
        for case in read_yaml(path.read_text(encoding="utf-8")).data:
            data = {"version": 1, "plan": PLANS[path.stem], **case["situation"]}
            on = dt.date.fromisoformat(case["on"])
            answers.append(check(Situation.from_json(data), catalogue=real_catalogue(), on=on))
    return tuple(answers)


def test_no_fixed_sentence_promises_anything() -> None:
    sentences = list(_fixed_sentences())
    assert len(sentences) > 100
    assert [one for one in sentences if FORBIDDEN.search(one)] == []


def test_no_sentence_of_a_real_answer_promises_anything() -> None:
    sentences = {sentence for answer in real_answers() for sentence in _said_of(answer)}
    assert len(sentences) > 100
    assert [one for one in sorted(sentences) if FORBIDDEN.search(one)] == []


def test_every_sentence_of_a_real_answer_is_whole() -> None:
    for answer in real_answers():
        for sentence in (wording.headline(answer), wording.reason(answer)):
            # One company writes its own name with a small letter.
            assert sentence[0].isupper() or sentence.startswith("eviCore"), sentence
            assert sentence.endswith((".", "?")), sentence
            assert "  " not in sentence, sentence
            assert ".." not in sentence, sentence


def test_no_label_or_limit_of_the_documents_promises_anything() -> None:
    promise = re.compile(r"guarantee|chance of success|!", re.IGNORECASE)
    words = [
        *(node.label for one in real_answers() for node in _nodes(one)),
        *(
            limit
            for document in real_catalogue().documents
            for edition in document.editions
            for position in edition.positions
            for limit in position.limits
        ),
    ]
    assert words
    assert [one for one in words if promise.search(one)] == []


def _nodes(answer: Answer) -> Iterator[Node]:
    for checked in answer.documents:
        for position in checked.answer.positions:
            if position.findings is not None:
                yield from _walk(position.findings)


def _walk(found: Finding) -> Iterator[Node]:
    yield found.node
    for member in found.members:
        yield from _walk(member)


# No sentence is surer than its source


def test_a_second_hand_or_old_source_always_hedges() -> None:
    hedges = {
        Sureness.SECOND_HAND: "Going by a second-hand account, ",
        Sureness.OLD_OR_UNDATED: "In the copy we read, which may be out of date, ",
    }
    seen = set()
    for answer in real_answers():
        for checked in answer.documents:
            sentence = wording.document_verdict(checked)
            assert sentence.startswith(hedges.get(checked.sureness, "")), sentence
            seen.add(checked.sureness)
    assert hedges.keys() <= seen


def test_a_headline_hedges_as_its_document_does() -> None:
    for answer in real_answers():
        is_rule_unread = wording.headline(answer) == phrases.RULE_UNREAD
        if answer.headline is not None and not answer.disagreeing and not is_rule_unread:
            assert wording.headline(answer).endswith(wording.document_verdict(answer.headline))
