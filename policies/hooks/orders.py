"""Finds the orders of ketamine and esketamine among a clinician's draft orders."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from policies import terms
from policies.fhir.bundles import Contents
from policies.fhir.codes import drugs_by_rxnorm, ingredient_codes
from policies.fhir.elements import (
    HCPCS,
    ICD10CM,
    LOINC,
    RXNORM,
    SNOMED,
    Coding,
    Resource,
    codings,
    object_of,
    objects,
    text_of,
    words_of,
)
from policies.hooks.order_words import data, words_in, words_in_order, words_of_list
from policies.hooks.reasons import reasons_of, said_of
from policies.situation import Treatment

KETAMINE, ESKETAMINE = "ketamine", "esketamine"
ORDER_TYPES = ("MedicationRequest", "ServiceRequest")
# Some systems send a boolean as a text.
_TRUE = (True, "true")
_DROPPED_STATUS = (
    "entered-in-error",
    "cancelled",
    "revoked",
    "stopped",
    "ended",
    "completed",
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A treatment that is ordered, and what for, as Conditions.

    Where the route is not told, it is taken to be an infusion.
    """

    treatment: Treatment
    is_route_told: bool = True
    reasons: tuple[Resource, ...] = ()


def treatments_ordered(orders: Iterable[Resource], contents: Contents) -> tuple[Ordered, ...]:
    """The treatments that the orders are for, each once; `contents` resolves what they refer to."""
    found: dict[Treatment, Ordered] = {}
    for order in orders:
        for one in _ordered(order, contents):
            held = found.get(one.treatment, one)
            found[one.treatment] = Ordered(
                one.treatment,
                is_route_told=held.is_route_told or one.is_route_told,
                reasons=(*held.reasons, *one.reasons) if held is not one else one.reasons,
            )
    return tuple(found.values())


def _ordered(order: Resource, contents: Contents) -> Iterator[Ordered]:
    if order.get("resourceType") not in ORDER_TYPES or order.get("doNotPerform") in _TRUE:
        return
    if text_of(order.get("status")) in _DROPPED_STATUS:
        return
    concepts = list(_concepts(order, contents))
    listed = [one for concept in concepts for one in codings(concept)]
    texts = list(_texts(concepts, listed))
    if _is_to_end(order, texts):
        return
    words = words_in(" ".join(texts))
    # A code that is understood says what is ordered; beside it, a text may name what is not.
    drugs = {_drug_of(one) for one in listed} - {""} or set(_named_in(words))
    reasons = tuple(reasons_of(order, contents))
    if any(one.system == LOINC for one in listed) or _is_for_another_use(words, reasons):
        return
    if ESKETAMINE in drugs and _is_by_nose(order, words, listed):
        yield Ordered(Treatment.ESKETAMINE_NASAL, reasons=reasons)
    if KETAMINE in drugs:
        yield from (replace(one, reasons=reasons) for one in _by_route(order, words))


def _concepts(order: Resource, contents: Contents) -> Iterator[object]:
    """What an order names as ordered, here or in a resource of its own."""
    for name in ("medicationCodeableConcept", "code"):
        if name in order:
            yield order[name]
    yield from objects(order.get("orderDetail"))
    reference = object_of(order.get("medicationReference"))
    held = contents.resolve(reference, order)
    yield {"text": reference.get("display")} if held is None else held.get("code")


def _is_to_end(order: Resource, texts: Iterable[str]) -> bool:
    """Whether an order says first, or last of its name, that something is to end."""
    doses = [text_of(one.get("text")) for one in objects(order.get("dosageInstruction"))]
    named = [words_in_order(one) for one in texts]
    told = [words_in_order(one)[:1] for one in doses]
    edges = {one for words in named for one in (*words[:1], *words[-1:])}
    return not words_of_list("to_end").isdisjoint(edges.union(*told))


def _texts(concepts: Iterable[object], listed: Iterable[Coding]) -> Iterator[str]:
    yield from (words_of(one) for one in concepts)
    yield from (one.display for one in listed)


def _drug_of(coding: Coding) -> str:
    if coding.system == RXNORM:
        drug = drugs_by_rxnorm().get(coding.code)
        return "" if drug is None else drug.name
    return _hcpcs().get(coding.code, "") if coding.system == HCPCS else ""


def _named_in(words: frozenset[str]) -> Iterator[str]:
    return (name for name, names in _names().items() if not words.isdisjoint(names))


def _is_by_nose(order: Resource, words: frozenset[str], listed: Iterable[Coding]) -> bool:
    """Whether esketamine is the nasal spray: no document that we hold speaks of another form."""
    by_route, by_text = _routes_of(order)
    if not by_route.isdisjoint(words_of_list("nose")):
        return True
    is_spray = any(_is_product(one) for one in listed)
    is_spray = is_spray or not words.isdisjoint(words_of_list("nose") | _brands_of(ESKETAMINE))
    told = by_route if is_spray else by_route | by_text | words
    return told.isdisjoint(words_of_list("not_by_nose"))


def _is_product(coding: Coding) -> bool:
    """Whether a code names a product, and so its form, and not the drug alone."""
    return bool(_drug_of(coding)) and coding.code not in ingredient_codes()


def _is_for_another_use(words: frozenset[str], reasons: tuple[Resource, ...]) -> bool:
    """Whether it is an anesthetic or a test, or every reason it gives is clearly none of ours."""
    told = said_of(reasons)
    if not (words | told).isdisjoint(words_of_list("not_ours")):
        return True
    listed = [one for reason in reasons for one in codings(reason.get("code"))]
    coded = [one.code for one in listed if one.system == ICD10CM]
    is_ours = any(map(_may_be_ours, coded)) or not told.isdisjoint(words_of_list("our_reasons"))
    return bool(coded) and not is_ours


def _may_be_ours(code: str) -> bool:
    return code[:1].upper() in data()["our_chapters"] or bool(terms.conditions_of_code(code))


def _by_route(order: Resource, words: frozenset[str]) -> Iterator[Ordered]:
    """The treatment by the route the order names, else by its words; none where it is another."""
    named, by_text = _routes_of(order)
    free = words | by_text
    by_route = _treatment_in(named)
    if by_route is not None:
        yield Ordered(by_route)
    elif not named and (named | free).isdisjoint(words_of_list("other_routes")):
        by_words = _treatment_in(free)
        is_told = by_words is not None
        yield Ordered(by_words or Treatment.IV_KETAMINE, is_route_told=is_told)


def _routes_of(order: Resource) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the routes that an order names, and those of its instructions."""
    doses = list(objects(order.get("dosageInstruction")))
    named = words_in(" ".join(_texts_of([one.get("route") for one in doses])))
    return named, words_in(" ".join(text_of(one.get("text")) for one in doses))


def _texts_of(concepts: list[object]) -> Iterator[str]:
    listed = [one for concept in concepts for one in codings(concept)]
    yield from _texts(concepts, listed)
    yield from (_route_codes().get(one.code, "") for one in listed if one.system == SNOMED)


def _treatment_in(words: frozenset[str]) -> Treatment | None:
    return next((one for one, names in _route_words() if not words.isdisjoint(names)), None)


@cache
def _hcpcs() -> dict[str, str]:
    return {code: drug for drug, listed in data()["hcpcs"].items() for code in listed}


@cache
def _names() -> dict[str, frozenset[str]]:
    return {name: _brands_of(name) | {name} for name in (KETAMINE, ESKETAMINE)}


def _brands_of(name: str) -> frozenset[str]:
    return frozenset(one.casefold() for one in terms.drugs()[name].brands)


@cache
def _route_codes() -> Mapping[str, str]:
    """The word for a route by its code, which may stand there without any words."""
    return dict(data()["route_codes"])


@cache
def _route_words() -> tuple[tuple[Treatment, frozenset[str]], ...]:
    return tuple((Treatment(one["treatment"]), frozenset(one["words"])) for one in data()["routes"])
