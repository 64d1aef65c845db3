"""Hypothesis strategies: documents with their editions and positions."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from policies import terms
from policies.catalogue import (
    BillingCodes,
    CoveragePosition,
    Document,
    DocumentKind,
    Edition,
    EditionStatus,
    Position,
    PrintedDate,
    PriorAuthorization,
    ReadingKind,
    SourceReading,
)
from policies.criteria import Group, Node, Operator, Source
from policies.situation import LineOfBusiness, Treatment
from tests.factories import make_insurer
from tests.policies.strategies import ORIGINS, texts
from tests.policies.tree_strategies import sources, trees

printed_dates = st.one_of(
    st.dates(dt.date(2019, 1, 1), dt.date(2027, 12, 31)).map(lambda day: day.isoformat()),
    st.sampled_from(["2024-11", "2021-04", "2023"]),
).map(PrintedDate)
addresses = st.sampled_from(["", "https://example.org/a", "http://example.com/p?x=1&y=2"])
readings = st.tuples(
    *(
        st.builds(
            SourceReading,
            key=st.just(key),
            kind=st.sampled_from(ReadingKind),
            read_on=printed_dates,
            read_by=texts,
            description=texts,
            url=addresses,
        )
        for key in ORIGINS
    )
)
_lists_of_texts = st.lists(texts, max_size=2).map(tuple)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    coverage = draw(st.sampled_from(CoveragePosition))
    has_list = coverage in ("covered_with_criteria", "individual_consideration")
    maybe_trees = st.none() | trees if has_list else st.none()
    indications = st.lists(
        st.sampled_from([*terms.conditions()]), min_size=1, max_size=3, unique=True
    )
    criteria = draw(maybe_trees)
    first_list = st.nothing() if criteria is None else st.builds(_on_top_of, st.just(criteria))
    return Position(
        treatment=draw(st.sampled_from(Treatment)),
        indications=tuple(draw(indications)),
        coverage=coverage,
        prior_authorization=draw(st.sampled_from(PriorAuthorization)),
        prior_authorization_note=draw(st.just("") | texts),
        applies_if=draw(st.none() | trees),
        criteria=criteria,
        continuation=draw(maybe_trees | first_list),
        priorities=draw(st.lists(trees, max_size=1).map(tuple)) if has_list else (),
        limits=draw(_lists_of_texts),
        documents_wanted=draw(_lists_of_texts),
        codes=BillingCodes(hcpcs=("G2082",), cpt=draw(st.sampled_from([(), ("96365",)]))),
        source=draw(sources),
        note=draw(st.just("") | texts),
    )


def _on_top_of(first_list: Node) -> Group:
    again = Group("Still meets it", Operator.FIRST_LIST, (first_list,))
    return Group("To go on", Operator.ALL_OF, (again,))


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    revision = draw(st.integers(1, 3))
    listed = st.lists(
        positions(),
        max_size=3,
        unique_by=lambda one: (one.treatment, one.indications, one.applies_if),
    )
    return Edition(
        positions=tuple(draw(listed)),
        readings=draw(readings),
        effective=draw(st.none() | printed_dates),
        revision=revision,
        last_reviewed=draw(st.none() | printed_dates),
        status=draw(st.sampled_from(EditionStatus)),
        is_read_whole=draw(st.booleans()),
        change_note=draw(texts) if revision > 1 else "",
        notes=draw(_lists_of_texts),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    listed = st.lists(
        editions(), min_size=1, max_size=2, unique_by=lambda one: (one.effective, one.revision)
    )
    lines = st.lists(st.sampled_from(LineOfBusiness), min_size=1, max_size=3, unique=True)
    return Document(
        insurer=make_insurer(),
        slug=draw(st.sampled_from(["087", "cpb-0938", "no", "2024"])),
        title=draw(texts),
        kind=draw(st.sampled_from(DocumentKind)),
        lines_of_business=tuple(draw(lines)),
        editions=tuple(sorted(draw(listed), key=lambda one: one.order)),
        number=draw(st.sampled_from(["", "087", "0x1F", "1.5e+3", "2024-13-45", "null"])),
        states=draw(st.sampled_from([(), ("MA",), ("NY", "WI")])),
        url=draw(addresses),
        binds_line=draw(st.booleans()),
        scope_note=draw(st.just("") | texts),
        applies_if=draw(st.none() | trees.map(_without_sources)),
    )


def _without_sources(tree: Node) -> Node:
    """A condition for applying belongs to no edition, so it names no source of one."""
    if isinstance(tree, Group):
        tree = replace(tree, members=tuple(_without_sources(member) for member in tree.members))
    return replace(tree, source=Source())
