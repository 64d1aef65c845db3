"""Reads a criteria tree from its data form (house style: "Criteria") and names every fault."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from policies import terms, vocabulary
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    Source,
    Unread,
    walk,
)
from policies.criteria.trials import TrialReader, listed
from policies.faults import InputError, join
from policies.vocabulary import FactDefinition, FactType

KINDS = ("fact", "count", "scale", "icd10", "judgement", "unread", *Operator)
QUOTE_WORDS = 25
ID = re.compile(r"[a-z][a-z0-9_]*")


class CriteriaError(InputError):
    """A criteria tree that can't be read."""


def read_criteria(
    data: object, *, at: str = "criteria", origins: frozenset[str] = frozenset()
) -> Node:
    """Read a tree; `origins` are the keys of the sources that a criterion may name.

    Raises CriteriaError with every fault found.
    """
    reader = CriteriaReader(origins)
    node = reader.node(data, at)
    if reader.faults or node is None:
        raise CriteriaError(reader.faults)
    return node


class CriteriaReader(TrialReader):
    """Reads nodes; a node with a fault comes back as None.

    `first_list` is the list that one for going on may stand for as a whole.
    """

    def __init__(self, origins: frozenset[str], first_list: Node | None = None) -> None:
        super().__init__()
        self.origins = origins
        self.first_list = first_list
        self.ids: set[str] = set()

    def node(self, data: object, place: str) -> Node | None:
        """Read one node and all below it."""
        if not isinstance(data, Mapping):
            self.add(
                place, "expected a criterion: an object with a label and one of " + listed(KINDS)
            )
            return None
        kinds = [kind for kind in KINDS if kind in data]
        if len(kinds) != 1:
            found = listed(kinds) if kinds else "none"
            self.add(place, f"a criterion has exactly one of {listed(KINDS)}; found {found}")
            return None
        kind = kinds[0]
        readers: Mapping[str, Callable[[Mapping[str, Any], str], Node | None]] = {
            "fact": self._fact,
            "count": self._count,
            "scale": self._scale,
            "icd10": self._codes,
            "judgement": self._judgement,
            "unread": self._unread,
            Operator.FIRST_LIST: self._first_list,
        }
        before = len(self.faults)
        node = readers[kind](data, place) if kind in readers else self._group(data, place, kind)
        return node if len(self.faults) == before else None

    def _common(self, data: Mapping[str, Any], place: str, own: tuple[str, ...]) -> dict[str, Any]:
        entries = self.mapping(data, place, known=("id", "label", *own, "source", "note"))
        return {
            "id": self._id(entries.get("id"), join(place, "id")),
            "label": self.text(
                entries.get("label"), join(place, "label"), "a phrase a patient can read"
            ),
            "source": self.source(entries.get("source"), join(place, "source")),
            "note": self.optional_text(entries.get("note"), join(place, "note")),
        }

    def _id(self, raw: object, place: str) -> str:
        if raw is None:
            return ""
        if not isinstance(raw, str) or not ID.fullmatch(raw):
            self.add(place, f"{raw!r} is not an id: small letters, digits and _")
            return ""
        if raw in self.ids:
            self.add(place, f"the id {raw!r} stands twice; give each criterion its own")
        self.ids.add(raw)
        return raw

    def source(self, raw: object, place: str) -> Source:
        if raw is None:
            return Source()
        entries = self.mapping(raw, place, known=("from", "section", "quote"))
        origin = self.optional_text(entries.get("from"), join(place, "from"))
        if origin and origin not in self.origins:
            known = listed(sorted(self.origins)) or "none is listed"
            self.add(join(place, "from"), f"there is no source {origin!r}. Sources: {known}")
        quote = self.optional_text(entries.get("quote"), join(place, "quote"))
        if len(quote.split()) > QUOTE_WORDS:
            self.add(join(place, "quote"), f"longer than {QUOTE_WORDS} words; quote less")
        section = self.optional_text(entries.get("section"), join(place, "section"))
        return Source(origin, section, quote)

    def _group(self, data: Mapping[str, Any], place: str, kind: str) -> Node | None:
        operator = Operator(kind)
        own = (kind, "of") if operator is Operator.AT_LEAST else (kind,)
        common = self._common(data, place, own)
        needed = None
        members_name = kind
        if operator is Operator.AT_LEAST:
            members_name = "of"
            needed = self.whole_number(data.get(kind), join(place, kind))
        raw = data.get(members_name)
        members_place = join(place, members_name)
        if not isinstance(raw, list) or not raw:
            self.add(
                members_place, "an empty list would pass for a yes; list at least one criterion"
            )
            return None
        members = [self.node(item, f"{members_place}[{index}]") for index, item in enumerate(raw)]
        if needed is not None and needed > len(raw):
            self.add(join(place, kind), f"asks for {needed} of a list of {len(raw)}")
        kept = tuple(member for member in members if member is not None)
        if operator is Operator.NONE_OF and any(isinstance(member, Group) for member in kept):
            self.add(members_place, "holds a group; list what must not apply one by one")
        return Group(operator=operator, members=kept, needed=needed, **common)

    def _first_list(self, data: Mapping[str, Any], place: str) -> Node | None:
        common = self._common(data, place, (Operator.FIRST_LIST,))
        at = join(place, Operator.FIRST_LIST)
        if data[Operator.FIRST_LIST] is not True:
            self.add(at, "write true, or leave the criterion out")
        if self.first_list is None:
            self.add(at, "there is no first list to stand for; it goes in a list for going on")
            return None
        # The first list brings its ids along.
        brought = {node.id for node in walk(self.first_list) if node.id}
        for name in sorted(brought & self.ids):
            self.add(at, f"the id {name!r} stands in the first list too; give this one its own")
        self.ids |= brought
        return Group(operator=Operator.FIRST_LIST, members=(self.first_list,), **common)

    def _fact(self, data: Mapping[str, Any], place: str) -> Node | None:
        tests = ("is", "one_of", "includes", "min", "max", "above", "below")
        common = self._common(data, place, ("fact", *tests))
        name = data["fact"]
        definition = vocabulary.facts().get(name) if isinstance(name, str) else None
        if definition is None:
            known = listed(vocabulary.facts())
            self.add(join(place, "fact"), f"there is no fact called {name!r}. Use one of: {known}")
            return None
        fitting = _tests_for(definition)
        given = [test for test in tests if test in data]
        for test in given:
            if test not in fitting:
                self.add(
                    join(place, test),
                    f"does not fit {name}, a {definition.type}; use {listed(fitting)}",
                )
        if not given:
            self.add(place, f"says nothing to test; use {listed(fitting)}")
        if any(test not in fitting for test in given) or not given:
            return None
        values = {
            test: self._tested(data[test], join(place, test), definition, test) for test in given
        }
        return FactCriterion(
            fact=definition.name,
            equals=values.pop("is", None),
            **values,
            **common,
        )

    def _tested(self, raw: object, place: str, definition: FactDefinition, test: str) -> Any:
        if test == "includes" and definition.name == "conditions":
            return self.known(raw, place, terms.conditions(), "condition")
        if test in ("one_of", "includes"):
            items = raw if test == "one_of" else [raw]
            if not isinstance(items, list) or not items:
                self.add(place, "expected a list of choices")
                return None
            for item in items:
                self.known(item, place, definition.choices or {}, "choice")
            return frozenset(map(str, items)) if test == "one_of" else raw
        try:
            return definition.read(raw)
        except ValueError as error:
            self.add(place, str(error))
            return None

    def _count(self, data: Mapping[str, Any], place: str) -> Node | None:
        common = self._common(data, place, ("count", "where", "min", "min_classes"))
        if data["count"] != "treatments_tried":
            self.add(
                join(place, "count"), f"{data['count']!r} can't be counted; use treatments_tried"
            )
        raw = data.get("where")
        listed = raw if isinstance(raw, list) else [raw]
        where_place = join(place, "where")
        if not listed:
            self.add(where_place, "an empty list counts nothing; say what makes a trial count")
        where = tuple(
            self.trial(item, f"{where_place}[{index}]" if isinstance(raw, list) else where_place)
            for index, item in enumerate(listed)
        )
        classes = data.get("min_classes", 1)
        return CountCriterion(
            where=where,
            min=self.whole_number(data.get("min"), join(place, "min")),
            min_classes=self.whole_number(classes, join(place, "min_classes")),
            **common,
        )

    def _scale(self, data: Mapping[str, Any], place: str) -> Node | None:
        tests = ("min", "max", "above", "below", "within_days")
        common = self._common(data, place, ("scale", *tests))
        raw = data["scale"]
        names = raw if isinstance(raw, list) else [raw]
        scales = terms.rating_scales()
        if not names:
            self.add(join(place, "scale"), "an empty list can never be met; name at least one")
        known = tuple(self.known(name, join(place, "scale"), scales, "scale") for name in names)
        limits: dict[str, Any] = {}
        for test in tests:
            value = data.get(test)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                self.add(join(place, test), f"{value!r} is not a whole number of 0 or more")
                continue
            limits[test] = value
            for name in known:
                bounds = scales[name].range if name else None
                if test != "within_days" and bounds and not bounds[0] <= value <= bounds[1]:
                    self.add(
                        join(place, test),
                        f"{value} is outside {scales[name].label}, {bounds[0]} to {bounds[1]}",
                    )
        return ScaleCriterion(scales=known, **limits, **common)

    def _codes(self, data: Mapping[str, Any], place: str) -> Node | None:
        common = self._common(data, place, ("icd10",))
        raw = data["icd10"]
        at = join(place, "icd10")
        if not isinstance(raw, list) or not raw:
            self.add(at, "expected a list of ICD-10-CM codes, like [F33.1, F33.2]")
            return None
        for code in raw:
            if not isinstance(code, str) or code not in terms.icd10_codes():
                self.add(at, f"{code!r} is not an ICD-10-CM code that we hold, like F33.2")
        return CodeCriterion(icd10=frozenset(map(str, raw)), **common)

    def _judgement(self, data: Mapping[str, Any], place: str) -> Node | None:
        common = self._common(data, place, ("judgement",))
        if data["judgement"] not in list(Judge):
            self.add(join(place, "judgement"), f"only one of {listed(Judge)} can answer")
            return None
        return Judgement(judge=Judge(data["judgement"]), **common)

    def _unread(self, data: Mapping[str, Any], place: str) -> Node | None:
        common = self._common(data, place, ("unread",))
        if data["unread"] is not True:
            self.add(join(place, "unread"), "write true, or leave the criterion out")
        return Unread(**common)


def _tests_for(definition: FactDefinition) -> tuple[str, ...]:
    match definition.type:
        case FactType.BOOLEAN | FactType.TEXT:
            return ("is",)
        case FactType.CHOICE:
            return ("is", "one_of")
        case FactType.SET:
            return ("includes",)
        case FactType.NUMBER:
            return ("min", "max", "above", "below")
        case FactType.DATE:
            return ()  # no criterion tests a date yet
