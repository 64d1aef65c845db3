"""Puts right in the tags of a PDF what WeasyPrint leaves against PDF/UA."""

from collections.abc import Iterator
from typing import Any

import pydyf

Mark = tuple[bytes, int]


def tidied(_: object, pdf: Any) -> None:
    """Mend heads, feet and lists before the file is written; a finisher of WeasyPrint's."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    elements = list(_elements(pdf, root["K"]))
    _take_out_margins(pdf, root, elements)
    for element in elements:
        if element["S"] == "/LI":
            _give_body(pdf, element)


def _take_out_margins(pdf: Any, root: Any, elements: list[Any]) -> None:
    """Make what stands in no tree an artifact.

    Heads and feet are written as content, with tags that hang nowhere; a reader may then say them
    in the middle of a sentence that runs over two pages.
    """
    held = set(_marks(elements))
    parents = _object(pdf, root["ParentTree"])["Nums"]
    for number, reference in enumerate(pdf.page_references):
        page = _object(pdf, reference)
        operations = _object(pdf, page["Contents"]).stream
        for place, operation in enumerate(operations):
            mark = operation.get("MCID") if isinstance(operation, dict) else None
            if mark is not None and (reference, mark) not in held:
                operations[place - 1] = "/Artifact"
                operation.clear()
                operation["Type"] = "/Pagination"
        mine = parents[2 * number + 1]
        mine[:] = [one if (reference, mark) in held else b"null" for mark, one in enumerate(mine)]


def _give_body(pdf: Any, item: Any) -> None:
    """Put what follows the number of a list item into a body of its own."""
    kids = [(kid, _object(pdf, kid)) for kid in item["K"]]
    if any(element["S"] == "/LBody" for _, element in kids):
        return
    labels = [kid for kid, element in kids if element["S"] == "/Lbl"]
    rest = [(kid, element) for kid, element in kids if element["S"] != "/Lbl"]
    body = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "K": pydyf.Array(kid for kid, _ in rest),
            "Pg": item["Pg"],
            "P": item.reference,
        }
    )
    pdf.add_object(body)
    for _, element in rest:
        element["P"] = body.reference
    item["K"] = pydyf.Array([*labels, body.reference])


def _elements(pdf: Any, kids: list[Any]) -> Iterator[Any]:
    """Every element of the tree."""
    waiting = [_object(pdf, kid) for kid in kids]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [_object(pdf, kid) for kid in element["K"] if not isinstance(kid, int)]


def _marks(elements: list[Any]) -> Iterator[Mark]:
    """Every mark of content that the tree holds, by its page."""
    for element in elements:
        for kid in element["K"]:
            if isinstance(kid, int):
                yield element["Pg"], kid


def _object(pdf: Any, reference: bytes) -> Any:
    """What a reference such as `12 0 R` names."""
    number, _, _ = reference.partition(b" ")
    return pdf.objects[int(number)]
