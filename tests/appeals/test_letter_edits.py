"""What the writer changes in a letter: words of their own, the order, and what is left out."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.letters import LetterContent, compose
from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    Facts,
    Gap,
    Items,
    Lines,
    Paragraph,
    Piece,
    Sentence,
    Signature,
    Table,
    sentences_of,
)
from appeals.letters.edits import (
    MOST_ADDED,
    TEXT,
    Edits,
    apply_edits,
    from_text,
    moved,
    to_text,
    with_added,
    without_text,
)
from appeals.letters.length import MOST_CHARACTERS
from policies.faults import printable
from tests.appeals.letter_cases import make_answer, make_letter
from tests.appeals.letter_hostile import UNPRINTABLE

NAME = Gap("patient_name", "patient's name")
NUMBER = Gap("member_id", "member ID")

# Any text at all, for what is not changed; plain words, for what is parsed anew.
anything = st.text(max_size=40)
words = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){0,4}\.", fullmatch=True)


def sentences(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Sentence]:
    pieces: st.SearchStrategy[Piece] = texts | st.sampled_from((NAME, NUMBER))
    return st.lists(pieces, min_size=1, max_size=3).map(
        lambda found: Sentence(tuple(_apart(found)), ())
    )


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Spaces between the pieces, as sentences have them."""
    return [one for piece in pieces for one in (piece, " ")][:-1]


def some(
    of: st.SearchStrategy[Sentence], least: int = 1
) -> st.SearchStrategy[tuple[Sentence, ...]]:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


def tables(
    of: st.SearchStrategy[Sentence], texts: st.SearchStrategy[str]
) -> st.SearchStrategy[Table]:
    def of_width(width: int) -> st.SearchStrategy[Table]:
        row = st.lists(some(of), min_size=width, max_size=width).map(tuple)
        return st.builds(
            Table,
            columns=st.lists(texts, min_size=width, max_size=width).map(tuple),
            rows=st.lists(row, min_size=1, max_size=3).map(tuple),
            caption=texts,
        )

    return st.integers(2, 4).flatmap(of_width)


def elements(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Element]:
    of = sentences(texts)
    items = st.lists(some(of), min_size=1, max_size=3).map(tuple)
    rows = st.lists(st.tuples(texts, of), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Paragraph, some(of)),
        st.builds(Lines, some(of, 2), is_strong=st.booleans()),
        st.builds(Facts, rows),
        st.builds(Items, items, is_numbered=st.booleans()),
        tables(of, texts),
        st.builds(Boxes, items),
        st.builds(Signature, some(of), wants_date=st.booleans()),
    )


def blocks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Block]:
    several = st.lists(elements(texts), max_size=4).map(tuple)
    return st.builds(Block, id=st.just("a"), heading=texts, elements=several)


def make_content(*names: str, gaps: tuple[Gap, ...] = ()) -> LetterContent:
    """A letter whose blocks say their own names."""
    last = (Block("gaps", "", (Paragraph((Sentence(gaps, ()),)),)),) if gaps else ()
    return LetterContent(
        kind="internal_appeal",
        voice="patient",
        title="Sample",
        language="en",
        on=dt.date(2026, 11, 20),
        running=Sentence(("Sample Patient",), ()),
        blocks=(
            *(Block(one, "", (Paragraph((Sentence((f"This is {one}.",), ()),)),)) for one in names),
            *last,
        ),
    )


def names(content: LetterContent) -> list[str]:
    return [one.id for one in content.blocks]


# Text and back


@given(blocks(anything))
def test_a_block_that_is_not_edited_is_the_same_block(block: Block) -> None:
    assert from_text(to_text(block), block) is block


@given(blocks(anything))
def test_the_line_ends_of_a_browser_change_nothing(block: Block) -> None:
    assert from_text(to_text(block).replace("\n", "\r\n"), block) is block


@given(blocks(words), words)
def test_a_line_that_is_added_leaves_every_other_part_what_it_was(block: Block, more: str) -> None:
    edited = from_text(f"{to_text(block)}\n\n{more}", block)
    assert edited.is_authors
    assert [*map(type, edited.elements[: len(block.elements)])] == [*map(type, block.elements)]
    assert to_text(replace(edited, elements=edited.elements[: len(block.elements)])) == to_text(
        block
    )
    assert _words_of(edited.elements[-1]).endswith(more)


@given(blocks(words))
def test_a_gap_that_still_stands_in_the_text_is_still_a_gap(block: Block) -> None:
    edited = from_text(f"{to_text(block)}\n\nMore.", block)
    before = [gap for one in block.elements for each in sentences_of(one) for gap in each.gaps]
    after = [gap for one in edited.elements for each in sentences_of(one) for gap in each.gaps]
    assert after == before


@given(st.text(max_size=300), blocks(words))
def test_any_text_at_all_is_read(text: str, block: Block) -> None:
    edited = from_text(text, block)
    assert from_text(to_text(edited), edited) is edited


def _words_of(element: Element) -> str:
    return " ".join(one.text for one in sentences_of(element))


@pytest.mark.parametrize("mark", ["[x]", "[X]", "[ ]", "[]", "☒", "☑", "✓", "[✓]"])
def test_a_box_is_never_ticked_by_text(mark: str) -> None:
    block = Block("certification", "", (Boxes(((Sentence(("It is so.",), ()),),)),))
    edited = from_text(f"{mark} It is so.\n{mark} I certify it.", block)
    assert edited.elements == (
        Boxes(((Sentence(("It is so.",), ()),), (Sentence(("I certify it.",), ()),))),
    )


def test_a_cell_that_is_changed_leaves_the_table_a_table() -> None:
    block = _table()
    edited = from_text(to_text(block).replace("8 weeks", "9 weeks"), block)
    (table,) = edited.elements
    assert isinstance(table, Table)
    assert (table.columns, table.caption) == (("Treatment", "Length"), "Treatments tried")
    assert [_row(row) for row in table.rows] == [["Sertraline", "9 weeks"], ["Other", "[length]"]]
    assert edited.is_authors


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param("Sertraline", ["Sertraline", ""], id="a cell too few"),
        pytest.param("A | b | c", ["A", "b | c"], id="a cell too many"),
        pytest.param(r"A \| b | c", ["A | b", "c"], id="a stroke within a cell"),
        pytest.param("| b", ["", "b"], id="an empty cell"),
    ],
)
def test_no_word_of_a_row_is_lost(row: str, cells: list[str]) -> None:
    text = f"Treatment | Length\n{row}\nLast | row"
    (table, *_) = from_text(text, _table()).elements
    if "|" in row:
        assert isinstance(table, Table)
        assert _row(table.rows[0]) == cells


def _table() -> Block:
    length = Gap("treatments.1.weeks", "length")
    rows = (("Sertraline", "8 weeks"), ("Other", length))
    return Block(
        "trials",
        "Treatment so far",
        (
            Table(
                ("Treatment", "Length"),
                tuple(tuple((Sentence((one,), ()),) for one in row) for row in rows),
                "Treatments tried",
            ),
        ),
    )


def _row(cells: tuple[tuple[Sentence, ...], ...]) -> list[str]:
    return [" / ".join(one.text for one in cell) for cell in cells]


def test_a_signature_keeps_its_lines_together() -> None:
    block = Block("closing", "", (Paragraph((Sentence(("Sincerely,",), ()),)), Signature(())))
    edited = from_text("With thanks,\n\n______\nSample Patient\nMother", block)
    greeting, signature = edited.elements
    assert _words_of(greeting) == "With thanks,"
    assert isinstance(signature, Signature)
    assert [one.text for one in signature.lines] == ["Sample Patient", "Mother"]


# The whole letter


def test_a_letter_without_edits_is_the_same() -> None:
    content = compose(make_letter(answer=make_answer()))
    assert apply_edits(content, Edits()) == content


def test_every_block_of_a_real_letter_keeps_its_parts_when_a_line_is_added() -> None:
    content = compose(make_letter(voice="clinician", answer=make_answer()))
    for block in content.blocks:
        edited = from_text(f"{to_text(block)}\n\nOne more line.", block)
        kinds = [*map(type, block.elements)]
        assert [*map(type, edited.elements[: len(kinds)])] == kinds, block.id


def test_an_edited_letter_is_a_draft_while_a_gap_of_it_stands() -> None:
    content = make_content("a", gaps=(NAME,))
    still = Edits(texts={"gaps": f"I am {NAME.mark}, and write."})
    assert apply_edits(content, still).gaps == (NAME,)
    assert not apply_edits(content, Edits(texts={"gaps": "I am Sample."})).is_draft


def test_a_mark_that_is_copied_into_another_part_is_a_gap_there_too() -> None:
    content = make_content("a", gaps=(NAME,))
    edits = Edits(texts={"a": f"Ask {NAME.mark}."}, left_out=("gaps",))
    assert apply_edits(content, edits).gaps == (NAME,)


def test_what_is_left_out_comes_back_where_it_was() -> None:
    content = make_content("a", "b", "c")
    assert names(apply_edits(content, Edits(left_out=("b",)))) == ["a", "c"]
    assert names(apply_edits(content, Edits())) == ["a", "b", "c"]


def test_a_part_without_any_word_is_left_out() -> None:
    assert names(apply_edits(make_content("a", "b"), Edits(texts={"a": " \n "}))) == ["b"]


@given(st.lists(st.tuples(st.sampled_from("abcdx"), st.sampled_from((-1, 1))), max_size=8))
def test_moving_loses_no_part_and_doubles_none(moves: list[tuple[str, int]]) -> None:
    content, edits = make_content(*"abcd"), Edits()
    for block, by in moves:
        edits = moved(content, edits, block, by)
    assert sorted(names(apply_edits(content, edits))) == [*"abcd"]


def test_a_part_that_moves_changes_places_with_its_neighbor() -> None:
    content = make_content(*"abc")
    assert names(apply_edits(content, moved(content, Edits(), "b", 1))) == [*"acb"]
    assert names(apply_edits(content, moved(content, Edits(), "a", -1))) == [*"abc"]


def test_a_part_that_a_later_answer_brings_stands_by_its_neighbor() -> None:
    edits = Edits(order=("c", "a"))
    assert names(apply_edits(make_content("a", "new", "c"), edits)) == ["c", "a", "new"]


def test_own_words_stand_before_the_signature_until_they_are_moved() -> None:
    content = make_content("a", "closing", "enclosures")
    edits = with_added(Edits())
    (own,) = edits.added
    edits = replace(edits, texts={own: "My own words."})
    edited = apply_edits(content, edits)
    assert names(edited) == ["a", own, "closing", "enclosures"]
    assert edited.blocks[1].is_authors
    assert names(apply_edits(content, without_text(edits, own))) == ["a", "closing", "enclosures"]


def test_there_is_an_end_to_own_paragraphs() -> None:
    edits = Edits()
    for _ in range(MOST_ADDED + 3):
        edits = with_added(edits)
    assert len(set(edits.added)) == MOST_ADDED


def test_there_is_a_name_for_one_more_whatever_names_are_taken() -> None:
    edits = Edits(texts={f"own.{number}": "Kept." for number in range(1, 200)})
    assert with_added(edits).added == ("own.200",)


def test_undoing_gives_back_our_words() -> None:
    content = make_content("a")
    edits = Edits(texts={"a": "Other words."})
    assert apply_edits(content, edits).blocks[0].is_authors
    assert apply_edits(content, without_text(edits, "a")) == content


# As fields of a page


@given(
    st.builds(
        Edits,
        order=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        left_out=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        added=st.lists(st.sampled_from(("own.1", "own.2")), unique=True).map(tuple),
        texts=st.dictionaries(st.sampled_from("abc"), anything.map(printable)),
    )
)
def test_edits_travel_as_fields(edits: Edits) -> None:
    fields: dict[str, list[str]] = {}
    for name, value in edits.fields():
        fields.setdefault(name, []).append(value)
    assert Edits.of(fields.items()) == edits


def test_a_text_that_says_what_the_letter_says_need_not_travel() -> None:
    content = make_content("a", "b")
    edits = Edits(texts={"a": "This is a.", "b": "This is another.", "gone": "Kept."})
    assert [*edits.changed_in(content).texts] == ["b", "gone"]


def test_a_text_that_is_too_long_is_named() -> None:
    found = Edits(texts={"a": "x" * (MOST_CHARACTERS + 1)}).too_long
    assert found is not None
    assert (found.block, found.length, found.most) == ("a", MOST_CHARACTERS + 1, MOST_CHARACTERS)
    assert Edits(texts={"a": "x" * MOST_CHARACTERS}).too_long is None


@pytest.mark.parametrize("sign", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_signs_that_no_paper_shows_are_taken_out(sign: str) -> None:
    edits = Edits.of([(f"{TEXT}a", [f"treat{sign}ment\r\n2\tweeks"])])
    assert edits.texts == {"a": "treatment\n2 weeks"}


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("I was seen on [date of the visit].", ["date of the visit"]),
        ("[clinic] and [phone]", ["clinic", "phone"]),
        ("See note [12], or [ ].", []),
        ("An open [bracket alone", []),
    ],
)
def test_what_the_writer_puts_in_brackets_is_missing(text: str, gaps: list[str]) -> None:
    content = apply_edits(make_content("a"), Edits(texts={"a": text}))
    assert [one.label for one in content.gaps] == gaps
    assert content.is_draft is bool(gaps)
