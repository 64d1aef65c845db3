"""YAML as the data files use it: dates stay text, only true and false are booleans, and every
place is known by its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from policies.catalogue.spoken import Spoken
from policies.faults import Fault, InputError, join


class YamlError(InputError):
    """A text that is not the YAML we take."""


class _Loader(yaml.CSafeLoader):
    """Safe loading, without YAML 1.1's habit of reading `on`, `no` and dates as other things."""


_Loader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


class _Dumper(yaml.SafeDumper):
    """Writes what `_Loader` reads: block style, and what fits on a short line on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent(self, data: Any) -> None:
        node: Any = self.represent_data(data)
        node.flow_style = False
        self.serialize(node)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
        return _on_one_line_if_short(super().represent_mapping(tag, mapping, flow_style))

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:
        return _on_one_line_if_short(super().represent_sequence(tag, sequence, flow_style))


ONE_LINE = 96


def _on_one_line_if_short(node: Any) -> Any:
    node.flow_style = _length(node) <= ONE_LINE
    return node


def _length(node: yaml.Node) -> int:
    """How long the node is on one line, quotes left out."""
    if isinstance(node, yaml.MappingNode):
        return 2 + sum(_length(key) + _length(value) + 4 for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return 2 + sum(_length(item) + 2 for item in node.value)
    return len(node.value)


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a YAML text holds, and the line of each place in it (counted from 1)."""

    data: Any
    lines: Mapping[str, int]

    def line_of(self, place: str) -> int:
        """The line of a place, or of the nearest place around it that the text has."""
        while place and place not in self.lines:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self.lines.get(place, 1)


def read_yaml(text: str) -> YamlText:
    """Read a YAML text; YamlError says line and cause when it is not YAML or repeats a field."""
    try:
        # An alias can make a short text mean a huge one, or one without an end.
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise YamlError([Fault(f"line {line}", "write it out; an alias is not taken here")])
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
        lines: dict[str, int] = {}
        repeated: list[Fault] = []
        if node is not None:
            _note_lines(node, "", lines, repeated)
    except RecursionError as error:
        fault = Fault("line 1", "is nested too deeply to be a record")
        raise YamlError([fault]) from error
    except YamlError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "line 1"
        cause = getattr(error, "problem", None) or str(error)
        raise YamlError([Fault(where, f"this is not YAML: {cause}")]) from error
    if repeated:
        raise YamlError(repeated)
    return YamlText(data, lines)


def write_yaml(data: Any) -> str:
    """Write data in the one canonical form; reading it gives the same data again."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=112)


def _note_lines(node: yaml.Node, place: str, lines: dict[str, int], repeated: list[Fault]) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            inner = join(place, str(key.value))
            if key.value in seen:
                line = key.start_mark.line + 1
                repeated.append(Fault(f"line {line}", f"{inner} stands twice; keep one"))
            seen.add(key.value)
            lines[inner] = key.start_mark.line + 1
            _note_lines(value, inner, lines, repeated)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, f"{place}[{index}]", lines, repeated)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Quote what a YAML 1.1 reader elsewhere would take for something else, as "087" or 2024-11-05.
    is_text = _AMBIGUOUS.fullmatch(text) is None or _is_text_elsewhere(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_text else '"')


def _is_text_elsewhere(text: str) -> bool:
    try:
        return isinstance(yaml.safe_load(text), str)
    except (yaml.YAMLError, ValueError):  # "2024-13-45" looks like a date and is none
        return False


# Numbers, dates and the words that YAML 1.1 takes for yes, no and nothing.
_AMBIGUOUS = re.compile(r"[-+0-9._:]+|[A-Za-z~]{1,5}")

_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Spoken, _represent_text)
