"""The report on the catalogue, and that what it finds thin has a reason."""

import datetime as dt
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policies import vocabulary
from policies.catalogue import Document
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
    TrialDefinition,
    walk,
)
from policies.criteria.trials import MEASURED_BY
from policies.folder import Folder
from policies.report import COLUMNS, KINDS, Tally, judgement_reasons, leaves, line_of, report
from policies.sureness import Sureness
from tests.factories import (
    ADULT,
    DATA,
    ON,
    REST,
    SEVERE,
    all_of,
    any_of,
    make_document,
    make_edition,
    make_position,
    none_of,
    real_catalogue,
)

NECESSARY = Judgement(label="Medically necessary", judge=Judge.PLAN)
SAFE_WAY_HOME = Judgement(label="A safe way home", judge=Judge.CLINIC)
QUOTED = FactCriterion(label="Adult", fact="age", min=18, source=Source(quote="is an adult"))
TWO_TRIALS = CountCriterion(label="Two trials", where=(TrialDefinition(min_weeks=6),), min=2)
SCORED = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)
CODED = CodeCriterion(label="A listed code", icd10=frozenset({"F33.2"}))

# The field of a treatment tried that a test of a definition looks at, where names differ.
LOOKED_AT = MEASURED_BY | {"drug_class": "drug", "route": "drug", "outcome_unclear": "outcome"}


def document_with(criteria: Node, continuation: Node | None = None) -> Document:
    position = make_position(criteria=criteria, continuation=continuation)
    return make_document(make_edition(position))


def tally_of(document: Document) -> Tally:
    return line_of(document, cases=0, on=ON).tally


def report_of(*documents: Document, reasons: dict[str, str] | None = None) -> str:
    folder = Folder({}, (), documents)
    return report(folder, on=ON, reasons=reasons or {})


def row_of(name: str, text: str) -> str:
    """What the table says of it, with one space between cells."""
    line = next(line for line in text.splitlines() if line.startswith(name))
    return " ".join(line.removeprefix(name).split())


# The counts


def test_every_leaf_of_both_lists_is_counted_by_its_kind_and_by_whose_words_it_has() -> None:
    tree = all_of(QUOTED, any_of(TWO_TRIALS, SCORED), none_of(SEVERE, CODED), SAFE_WAY_HOME)
    tally = tally_of(document_with(tree, all_of(NECESSARY, REST)))
    assert tally.kinds == Counter(fact=2, count=1, scale=1, code=1, clinic=1, plan=1, unread=1)
    assert (tally.criteria, tally.in_our_words) == (8, 7)


def test_the_first_list_is_not_counted_again_in_the_list_for_going_on() -> None:
    tree = all_of(ADULT, SEVERE)
    again = Group(label="Still met", operator=Operator.FIRST_LIST, members=(tree,))
    assert tally_of(document_with(tree, all_of(again, NECESSARY))).kinds == Counter(fact=2, plan=1)


def test_every_kind_of_leaf_has_its_column() -> None:
    assert {*KINDS.values(), *Judge} == set(COLUMNS)
    assert all(
        isinstance(leaf, Judgement) or type(leaf) in KINDS
        for document in real_catalogue().documents
        for tree in _trees(document)
        for leaf in leaves(tree)
    )


def test_only_the_newest_edition_is_reported() -> None:
    document = make_document(
        make_edition(make_position(criteria=ADULT), effective="2025-06-01"),
        make_edition(make_position(criteria=NECESSARY), effective="2021-06-01"),
    )
    line = line_of(document, cases=3, on=ON)
    assert (line.tally.kinds, line.tally.cases) == (Counter(fact=1), 3)
    assert line.sureness is Sureness.DATED


def test_a_document_is_as_sure_as_it_is_on_the_day() -> None:
    document = make_document()
    later = line_of(document, cases=0, on=ON + dt.timedelta(days=3 * 365))
    assert later.sureness is Sureness.OLD_OR_UNDATED


# The share of judgements


@pytest.mark.parametrize(
    ("judged", "tested", "expected"),
    [
        pytest.param(0, 0, False, id="no list"),
        pytest.param(0, 3, False, id="none"),
        pytest.param(1, 3, False, id="exactly a quarter"),
        pytest.param(2, 5, True, id="a little more"),
        pytest.param(1, 0, True, id="all"),
    ],
)
def test_more_than_a_quarter_of_judgements_wants_a_reason(
    judged: int, tested: int, expected: bool
) -> None:
    assert Tally(Counter(plan=judged, fact=tested)).wants_reason is expected


def test_both_judges_count_and_what_was_not_read_does_not() -> None:
    tally = tally_of(document_with(all_of(NECESSARY, SAFE_WAY_HOME, REST, ADULT)))
    assert tally.share_judged == 0.5


def test_exactly_the_documents_over_a_quarter_have_a_reason() -> None:
    wanted = {
        document.stem for document in real_catalogue().documents if tally_of(document).wants_reason
    }
    assert judgement_reasons().keys() == wanted


def test_every_reason_is_one_sentence() -> None:
    for stem, reason in judgement_reasons().items():
        assert reason.endswith("."), stem
        assert ". " not in reason, stem
        assert "\n" not in reason, stem


# The printed report


def test_a_row_shows_the_counts_and_the_last_row_their_sums() -> None:
    first = make_document(make_edition(make_position(criteria=all_of(QUOTED, SEVERE))), slug="one")
    second = make_document(make_edition(make_position(criteria=NECESSARY)), slug="two")
    text = report_of(first, second)
    assert row_of("acme--one", text) == "dated 2 0 0 0 0 0 0 0% 1/2 0"
    assert row_of("acme--two", text) == "dated 0 0 0 0 0 1 0 100%* 1/1 0"
    assert row_of("2 documents", text) == "2 0 0 0 0 1 0 33% 2/3 0"
    assert "sureness: 0 current, 2 dated, 0 old or undated, 0 second-hand." in text


def test_a_document_without_lists_shows_dashes() -> None:
    text = report_of(make_document(make_edition(make_position(criteria=None))))
    assert row_of("acme--ketamine", text) == "dated - - - - - - - - - 0"


def test_the_reason_stands_below_the_table_or_is_missed_aloud() -> None:
    document = document_with(NECESSARY)
    given = report_of(document, reasons={"acme--ketamine": "It is a rule for plans."})
    assert "acme--ketamine: It is a rule for plans." in given
    assert "acme--ketamine: no reason is given; write one" in report_of(document)
    assert "More than 25%" not in report_of(document_with(ADULT))


def test_an_empty_folder_has_a_report_too() -> None:
    assert row_of("0 documents", report_of()) == "- - - - - - - - - 0"


def test_the_command_reports_on_the_real_catalogue_without_a_database() -> None:
    """Without its mark, a test that touches the database fails."""
    out = StringIO()
    call_command("load_policies", report=True, stdout=out)
    lines = out.getvalue().splitlines()
    stems = [document.stem for document in real_catalogue().documents]
    start = next(number for number, line in enumerate(lines) if line.startswith("---")) + 1
    table = lines[start : start + len(stems)]
    assert [line.split()[0] for line in table] == stems
    assert len({len(line) for line in table}) == 1
    assert max(map(len, lines)) <= 120


def test_a_folder_with_faults_is_refused_and_not_reported(tmp_path: Path) -> None:
    shutil.copy(DATA / "insurers.yaml", tmp_path)
    (tmp_path / "acme--x.yaml").write_text("insurer: [acme", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match=r"acme--x.yaml, line 2: this is not YAML"):
        call_command("load_policies", str(tmp_path), report=True, stdout=out)
    assert out.getvalue() == ""


# The vocabulary


def test_exactly_the_facts_that_fewer_than_two_documents_use_say_why_they_are_kept() -> None:
    used_by = defaultdict(set)
    for document in real_catalogue().documents:
        for tree in _trees(document):
            for name in _names_in(tree):
                used_by[name].add(document.stem)
    known = {**vocabulary.facts(), **vocabulary.treatment_fields()}
    assert used_by.keys() <= known.keys()
    thin = {name for name in known if len(used_by[name]) < 2}
    assert {name for name, one in known.items() if one.why_kept} == thin
    assert all(known[name].why_kept.endswith(".") for name in thin)


def _trees(document: Document) -> Iterator[Node]:
    """Every tree of a document, with the conditions for applying and what comes first."""
    found = [document.applies_if]
    for edition in document.editions:
        for position in edition.positions:
            found += [position.applies_if, position.criteria, position.continuation]
            found += position.priorities
    yield from (tree for tree in found if tree is not None)


def _names_in(tree: Node) -> Iterator[str]:
    """The facts and the fields of a treatment tried that a tree tests."""
    for node in walk(tree):
        if isinstance(node, FactCriterion):
            yield node.fact
        elif isinstance(node, CountCriterion):
            for wanted in node.where:
                for name in TrialDefinition.__slots__:
                    if getattr(wanted, name) not in (False, None, "", frozenset()):
                        yield LOOKED_AT.get(name, name)
