"""The OpenAPI description as a page shows it: addresses, what they take, and the shapes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
# More values than these are folded away.
MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field or parameter; `shape` names the shape that its value has, where it has one.

    `fields` are those of a value whose shape has no name.
    """

    name: str
    kind: str
    shape: str
    is_required: bool
    description: str
    values: tuple[str, ...]
    fields: tuple["FieldView", ...]

    @property
    def has_many_values(self) -> bool:
        return len(self.values) > MOST_VALUES


@dataclass(frozen=True, slots=True)
class OperationView:
    """An address with its method; `body` is empty for one that only reads.

    `form` is the media type of what is answered; `answer` is empty where others describe its shape.
    """

    id: str
    method: str
    path: str
    summary: str
    description: tuple[str, ...]
    parameters: tuple[FieldView, ...]
    body: tuple[FieldView, ...]
    answer: str
    form: str
    refusals: tuple[str, ...]

    @property
    def parameter_names(self) -> list[str]:
        return [one.name for one in self.parameters]


@dataclass(frozen=True, slots=True)
class ShapeView:
    """A shape of values: an object with its fields, or one of a few values."""

    name: str
    description: str
    fields: tuple[FieldView, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiView:
    """The whole description."""

    title: str
    description: str
    operations: tuple[OperationView, ...]
    shapes: tuple[ShapeView, ...]


def present_description(found: Mapping[str, Any]) -> ApiView:
    """Everything that the description says, in its order; shapes by name."""
    schemas = found["components"]["schemas"]
    return ApiView(
        title=found["info"]["title"],
        description=found["info"]["description"],
        operations=tuple(
            _operation(method, path, one)
            for path, methods in found["paths"].items()
            for method, one in methods.items()
        ),
        shapes=tuple(_shape(name, schemas[name]) for name in sorted(schemas)),
    )


def _operation(method: str, path: str, one: Mapping[str, Any]) -> OperationView:
    paragraphs = one.get("description", "").strip().split("\n\n")
    body = _json(one.get("requestBody", {}))
    return OperationView(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        description=tuple(" ".join(text.split()) for text in paragraphs[1:]),
        parameters=tuple(
            _field(each["name"], each["schema"], is_required=each["required"])
            for each in one["parameters"]
        ),
        body=tuple(_fields(body)),
        answer=_shape_of(_json(one["responses"]["200"])),
        form=next(iter(one["responses"]["200"].get("content", {})), ""),
        refusals=tuple(status for status in one["responses"] if status >= "400"),
    )


def _json(holder: Mapping[str, Any]) -> Schema:
    """The schema of what is sent or answered, whatever form of JSON it is in."""
    held: Schema = next(iter(holder.get("content", {}).values()), {})
    found: Schema = held.get("schema", {})
    return found


def _shape(name: str, schema: Schema) -> ShapeView:
    return ShapeView(
        name=name,
        description=" ".join(schema.get("description", "").split()),
        fields=tuple(_fields(schema)),
        values=_values(schema),
    )


def _fields(schema: Schema) -> Iterable[FieldView]:
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield _field(name, one, is_required=name in required)


def _field(name: str, schema: Schema, *, is_required: bool) -> FieldView:
    return FieldView(
        name=name,
        kind=kind_of(schema),
        shape=_shape_of(schema),
        is_required=is_required,
        description=schema.get("description", ""),
        values=_values(schema),
        fields=tuple(_inner_fields(schema)),
    )


def _inner_fields(schema: Schema) -> Iterable[FieldView]:
    """The fields of an object, or of each in a list, that is described where it stands."""
    for one in (schema, *schema.get("anyOf", ()), schema.get("items", {})):
        yield from _fields(one)


def kind_of(schema: Schema) -> str:
    """What kind of value it is, in words.

    >>> kind_of({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]})
    'list of text, or null'
    >>> kind_of({"$ref": "#/components/schemas/Codes"})
    'Codes'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        kinds = dict.fromkeys(kind_of(one) for one in schema["anyOf"])
        return ", or ".join(kinds)
    if "const" in schema:
        return f"always {schema['const']}"
    if "enum" in schema:
        return "one of the values"
    types = schema.get("type", "any value")
    return ", or ".join(
        _word(one, schema) for one in ([types] if isinstance(types, str) else types)
    )


def _word(kind: str, schema: Schema) -> str:
    match kind:
        case "array":
            return f"list of {kind_of(schema.get('items', {}))}"
        case "string":
            return {"date": "date as 2026-05-03"}.get(schema.get("format", ""), "text")
        case "integer":
            return "whole number"
        case "boolean":
            return "true or false"
        case _:
            return kind


def _shape_of(schema: Schema) -> str:
    """The first shape named anywhere in it; empty where none is."""
    if "$ref" in schema:
        return kind_of(schema)
    inner = [*schema.get("anyOf", ()), schema.get("items", {})]
    return next((found for one in inner if one and (found := _shape_of(one))), "")


def _values(schema: Schema) -> tuple[str, ...]:
    """The values that may be given, wherever in it they are listed."""
    if "enum" in schema:
        return tuple("null" if one is None else str(one) for one in schema["enum"])
    inner = [*schema.get("anyOf", ()), schema.get("items", {})]
    return next((found for one in inner if one and (found := _values(one))), ())
