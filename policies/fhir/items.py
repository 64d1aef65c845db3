"""The vocabulary as items of a FHIR Questionnaire; a linkId is a place in a situation."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from policies import terms, vocabulary
from policies.fhir import codes
from policies.fhir.elements import LOINC
from policies.situation import Asker, Funding, LineOfBusiness, Treatment
from policies.vocabulary import FactDefinition, FactType

Item: TypeAlias = dict[str, Any]

# Without the address of the site: a code means the same wherever the site stands.
CODES = "urn:ketamine-coverage:vocabulary"
NONE_TRIED = "treatments_none"
PHQ9_GROUP = "phq9"
_TYPES = {
    FactType.BOOLEAN: "boolean",
    FactType.NUMBER: "decimal",
    FactType.CHOICE: "choice",
    FactType.SET: "choice",
    FactType.TEXT: "string",
    FactType.DATE: "date",
}
_MIN = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAX = "http://hl7.org/fhir/StructureDefinition/maxValue"
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_TEXTS = {
    "plan.insurer": "Which insurer? (its name in the catalogue's addresses)",
    "plan.insurer_name": "Which insurer, as it is printed on the card?",
    "plan.administrator_name": "Which company decides for the plan, if another one does?",
    "plan.residence_state": "In which state does the person live? (two letters)",
    "plan.issue_state": "In which state was the plan issued? (two letters)",
}


def coding(code: str, display: str) -> Item:
    """A code of our vocabulary."""
    return {"system": CODES, "code": code, "display": display}


def fact_item(definition: FactDefinition, link_id: str) -> Item:
    """One fact as a question."""
    item: Item = {
        "linkId": link_id,
        "code": [coding(definition.name, definition.label)],
        "text": definition.question,
        "type": _TYPES[definition.type],
    }
    if definition.choices:
        item["answerOption"] = options(definition.choices)
    if definition.type is FactType.SET:
        item["repeats"] = True
    if definition.type is FactType.TEXT:
        item["maxLength"] = 200
    limits = [
        {"url": url, "valueDecimal": limit}
        for url, limit in ((_MIN, definition.min), (_MAX, definition.max))
        if limit is not None
    ]
    return {"extension": limits, **item} if limits else item


def options(choices: Mapping[str, str]) -> list[Item]:
    return [{"valueCoding": coding(code, label)} for code, label in choices.items()]


def group(link_id: str, text: str, items: Iterable[Item], **more: Any) -> Item:
    return {"linkId": link_id, "text": text, "type": "group", **more, "item": list(items)}


def treatment_item() -> Item:
    labels = {one.value: one.label for one in Treatment}
    return _choice("treatment", "Which treatment is asked for?", labels)


def about_item() -> Item:
    """Who asks, and the plan."""
    asker = {one.value: one.value.replace("_", " ") for one in Asker}
    lines = {one.value: one.label for one in LineOfBusiness}
    funding = {one.value: one.value.replace("_", " ") for one in Funding}
    return group(
        "plan",
        "About you and the plan",
        [
            _choice("asker", "Who is asking?", asker),
            _choice("plan.line_of_business", "What kind of coverage is it?", lines),
            _choice("plan.funding", "Who pays the claims?", funding),
            *(
                {"linkId": link_id, "text": text, "type": "string", "maxLength": 200}
                for link_id, text in _TEXTS.items()
            ),
        ],
    )


def codes_item() -> Item:
    return {
        "linkId": "icd10_codes",
        "text": "Which ICD-10-CM codes stand in the visit notes, for example F33.2?",
        "type": "string",
        "repeats": True,
    }


def treatments_items(names: Iterable[str] | None = None) -> list[Item]:
    """The list of treatments tried, a group for each, and whether the list is finished."""
    definitions = vocabulary.treatment_fields()
    asked = definitions if names is None else {name: definitions[name] for name in names}
    rows = [fact_item(one, f"treatments_tried.{name}") for name, one in asked.items()]
    return [
        group("treatments_tried", "A treatment that was tried", rows, repeats=True),
        _yes_or_no(NONE_TRIED, "Was no treatment tried?"),
        _yes_or_no("treatments_complete", "Are these all the treatments that were tried?"),
    ]


def scores_items(scales: Iterable[str] | None = None) -> list[Item]:
    """Scores on rating scales, and the nine questions of the PHQ-9 with their LOINC codes."""
    known = {one.id: one.label for one in terms.rating_scales().values()}
    asked = set(known) if scales is None else set(scales)
    fields = [fact_item(one, f"scores.{name}") for name, one in vocabulary.score_fields().items()]
    for item in fields:
        if item["linkId"] == "scores.scale":
            item["answerOption"] = options({k: v for k, v in known.items() if k in asked})
    rows = group("scores", "A score on a rating scale", fields, repeats=True)
    return [rows, _phq9_item()] if "phq9" in asked else [rows]


def _phq9_item() -> Item:
    """The PHQ-9 in its published words, under the linkIds of US Core."""
    wording = codes.phq9_wording()
    (panel,) = [one for one in codes.panels() if one.scale == "phq9"]
    answers = [
        {
            "extension": [{"url": _ORDINAL, "valueDecimal": score}],
            "valueCoding": {"system": LOINC, "code": code, "display": text},
        }
        for (code, score), text in zip(panel.answers.items(), wording["answers"], strict=True)
    ]
    return group(
        PHQ9_GROUP,
        wording["stem"],
        [
            {
                "linkId": f"/{code}",
                "code": [{"system": LOINC, "code": code}],
                "text": text,
                "type": "choice",
                "answerOption": answers,
            }
            for code, text in zip(panel.items, wording["items"], strict=True)
        ],
        code=[{"system": LOINC, "code": panel.code}],
    )


def _choice(link_id: str, text: str, labels: Mapping[str, str]) -> Item:
    return {"linkId": link_id, "text": text, "type": "choice", "answerOption": options(labels)}


def _yes_or_no(link_id: str, text: str) -> Item:
    return {"linkId": link_id, "text": text, "type": "boolean"}
