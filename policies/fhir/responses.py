"""A situation as a FHIR QuestionnaireResponse, and read back from one: the same comes out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from policies import vocabulary
from policies.faults import Fault
from policies.fhir import codes
from policies.fhir.canonical import is_of_our_version, is_ours
from policies.fhir.elements import Resource, objects, text_of
from policies.fhir.items import CODES, NONE_TRIED, Item
from policies.situation import Situation, SituationError
from policies.situation.reading import VERSION
from policies.vocabulary import FactDefinition, FactType

_ROWS = ("treatments_tried", "scores")
_LISTS = ("icd10_codes",)
_PLAIN = ("treatment", "asker", "treatments_complete")
_VALUES = {
    FactType.BOOLEAN: "valueBoolean",
    FactType.NUMBER: "valueDecimal",
    FactType.CHOICE: "valueCoding",
    FactType.SET: "valueCoding",
    FactType.TEXT: "valueString",
    FactType.DATE: "valueDate",
}
_MOST_ITEMS = 10_000


def questionnaire_response(
    situation: Situation, questionnaire: Mapping[str, Any], *, authored: dt.date | None = None
) -> dict[str, Any]:
    """The answers of a situation to the questions of a questionnaire."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{questionnaire['url']}|{questionnaire['version']}",
        "status": "completed",
        **({"authored": authored.isoformat()} if authored else {}),
        "item": list(_filled(questionnaire["item"], situation.to_json())),
    }


def situation_from(response: Mapping[str, Any]) -> Situation:
    """The situation that a response to one of our questionnaires holds, or SituationError."""
    _refuse_what_is_not_ours(response)
    data: dict[str, Any] = {"version": VERSION, "plan": {}, "answers": {}}
    faults: list[Fault] = []
    for link_id, item in _items(response.get("item")):
        _take(link_id, item, data, faults)
    if faults:
        raise SituationError(faults)
    return Situation.from_json(data)


def _refuse_what_is_not_ours(response: Mapping[str, Any]) -> None:
    if response.get("resourceType") != "QuestionnaireResponse":
        raise SituationError([Fault("resourceType", "expected a QuestionnaireResponse")])
    if response.get("status") == "entered-in-error":
        raise SituationError([Fault("status", "it was entered in error, so it says nothing")])
    if not is_ours(response):
        text = "it answers a questionnaire that is none of ours; use one that this site gives"
        raise SituationError([Fault("questionnaire", text)])
    if not is_of_our_version(response):
        text = "it answers a version of the questionnaire that is not ours; fill in the present one"
        raise SituationError([Fault("questionnaire", text)])


def _filled(items: list[Item], data: Mapping[str, Any]) -> Iterator[Item]:
    """The items that hold an answer, in the order and the groups of the questionnaire."""
    for item in items:
        link_id = item["linkId"]
        if link_id in _ROWS:
            for row in data[link_id] or ():
                inner = list(_row(item["item"], row))
                yield {"linkId": link_id, **({"item": inner} if inner else {})}
        elif item["type"] == "group":
            inner = list(_filled(item["item"], data))
            if inner:
                yield {"linkId": link_id, "item": inner}
        elif (answers := _answers_to(item, data)) is not None:
            # An item without an answer is a set that was answered with nothing.
            yield {"linkId": link_id, **({"answer": answers} if answers else {})}


def _row(items: list[Item], row: Mapping[str, Any]) -> Iterator[Item]:
    for item in items:
        value = row.get(item["linkId"].split(".", 1)[1])
        if value is not None:
            yield {"linkId": item["linkId"], "answer": [_answer(item, value)]}


def _answers_to(item: Item, data: Mapping[str, Any]) -> list[Item] | None:
    """The answers to one question; None where there is none."""
    link_id = item["linkId"]
    if link_id == NONE_TRIED:
        return [{"valueBoolean": True}] if data["treatments_tried"] == [] else None
    section, _, name = link_id.partition(".")
    value = data.get(section)
    if name:
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or (link_id in _LISTS and not value):
        return None
    listed = value if isinstance(value, list) else [value]
    return [_answer(item, one) for one in listed]


def _answer(item: Item, value: Any) -> Item:
    match item["type"]:
        case "choice":
            options = [one["valueCoding"] for one in item["answerOption"]]
            known = next((one for one in options if one["code"] == value), None)
            return {"valueCoding": known or {"system": CODES, "code": value}}
        case "boolean":
            return {"valueBoolean": value}
        case "decimal":
            return {"valueDecimal": value}
        case "date":
            return {"valueDate": value}
        case _:
            return {"valueString": value}


def _items(listed: object) -> Iterator[tuple[str, Resource]]:
    """Every item with its linkId; the fields of a row stay in their row."""
    waiting = list(objects(listed))[::-1]
    for _ in range(_MOST_ITEMS):
        if not waiting:
            return
        item = waiting.pop()
        link_id = text_of(item.get("linkId"))
        yield link_id, item
        if link_id not in _ROWS:
            waiting += list(objects(item.get("item")))[::-1]
    raise SituationError([Fault("item", "more items than a situation can hold")])


def _take(link_id: str, item: Resource, data: dict[str, Any], faults: list[Fault]) -> None:
    """Put one item where it belongs in the JSON form."""
    section, _, name = link_id.partition(".")
    if link_id in _ROWS:
        data[link_id] = [*(data.get(link_id) or ()), _row_of(item, faults)]
    elif link_id == NONE_TRIED:
        if _value(item) is True:
            data.setdefault("treatments_tried", [])
    elif link_id in _LISTS:
        data[link_id] = _values(item)
    elif link_id in _PLAIN:
        data[link_id] = _value(item)
    elif section == "plan" and name:
        data["plan"][name] = _value(item)
    elif section == "answers" and name in vocabulary.facts():
        is_set = vocabulary.fact(name).type is FactType.SET
        data["answers"][name] = _values(item) if is_set else _value(item)
    elif not _is_passed_over(link_id):
        faults.append(Fault(link_id, "there is no such question"))


def _is_passed_over(link_id: str) -> bool:
    """Groups, texts to read, and the PHQ-9's own questions, which a record's reader adds up."""
    items = {f"/{code}" for panel in codes.panels() for code in panel.items}
    groups = ("plan", "answers", "answers.continuing", "phq9", "shown")
    return link_id in groups or link_id in items or link_id.startswith("shown.")


def _row_of(item: Resource, faults: list[Fault]) -> dict[str, Any]:
    section = text_of(item.get("linkId"))
    fields: Mapping[str, FactDefinition] = (
        vocabulary.score_fields() if section == "scores" else vocabulary.treatment_fields()
    )
    row: dict[str, Any] = {}
    for inner in objects(item.get("item")):
        link_id = text_of(inner.get("linkId"))
        name = link_id.removeprefix(f"{section}.")
        if name in fields:
            row[name] = _value(inner)
        else:
            faults.append(Fault(link_id, "there is no such question"))
    return row


def _values(item: Resource) -> list[Any]:
    return [_plain(answer) for answer in objects(item.get("answer"))] if "answer" in item else []


def _value(item: Resource) -> Any:
    return next(iter(_values(item)), None)


def _plain(answer: Resource) -> Any:
    for name in (*dict.fromkeys(_VALUES.values()), "valueInteger"):
        if name in answer:
            value = answer[name]
            return value.get("code") if isinstance(value, Mapping) else value
    return None
