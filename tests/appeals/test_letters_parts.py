"""The letter part by part: words of one's own, the order, and what each part rests on."""

import re
from typing import Any

import pytest
from django.test import Client

from appeals.letters.length import MOST_CHARACTERS, MOST_LINES
from tests.appeals.letters_pages import (
    DENIED,
    WHOLE_APPEAL,
    fields_of,
    letter,
    made,
    post,
    text_in,
)
from tests.policies.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


def edit(client: Client, response: Any, go: str, **told: str) -> Any:
    return post(client, fields_of(response) | told | {"go": f"part.{go}"})


def test_own_words_are_marked_and_can_be_undone(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "open.request")
    fields = fields_of(response)
    assert fields["edit-text.request"].startswith("I appeal your decision")
    kept = edit(client, response, "keep.request", **{"edit-text.request": "Please think again."})
    assert "Your own words, not checked by us" in text_of(kept)
    assert fields_of(kept)["edit-text.request"] == "Please think again."
    assert "Please think again." in text_in(made(client, "letter.pdf", fields_of(kept)))
    undone = edit(client, kept, "undo.request")
    assert "Your own words" not in text_of(undone)
    assert "edit-text.request" not in fields_of(undone)


def test_a_part_that_was_only_opened_is_not_the_writers_own(client: Client) -> None:
    response = letter(client, WHOLE_APPEAL)
    for block in ("trials", "criteria", "closing", "reference", "demands"):
        opened = edit(client, response, f"open.{block}")
        text = fields_of(opened)[f"edit-text.{block}"].replace("\n", "\r\n")
        kept = edit(client, opened, f"keep.{block}", **{f"edit-text.{block}": text})
        assert "Your own words, not checked" not in text_of(kept), block


def test_a_part_is_left_out_put_back_and_moved(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "out.demands")
    assert "Left out of the letter" in text_of(response)
    assert "Further requests" not in text_in(made(client, "letter.pdf", fields_of(response)))
    response = edit(client, response, "in.demands")
    assert "Further requests" in text_in(made(client, "letter.pdf", fields_of(response)))
    before = parts_in(response)
    above = before[before.index("trials") - 1]
    after = parts_in(edit(client, response, "up.trials"))
    assert after.index("trials") == after.index(above) - 1


def parts_in(response: Any) -> list[str]:
    return re.findall(r'id="part-([^"]+)"', response.content.decode())


def test_words_of_ones_own_are_added_and_deleted(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "add")
    kept = edit(client, response, "keep.own.1", **{"edit-text.own.1": "A line of my own."})
    assert "A line of my own." in text_in(made(client, "letter.pdf", fields_of(kept)))
    gone = edit(client, kept, "undo.own.1")
    assert "A line of my own." not in text_of(gone)


def test_a_gap_filled_by_hand_is_no_gap_any_more(client: Client) -> None:
    data = WHOLE_APPEAL | {"edit-of": "internal_appeal.patient"}
    before = letter(client, data)
    assert "fill.clinician_phone" in before.content.decode()
    text = "Patient: Sample Patient"
    after = letter(client, data | {"edit-text.reference": text})
    assert "fill.clinician_phone" not in after.content.decode()


@pytest.mark.parametrize(
    ("long", "told"),
    [
        pytest.param(
            "x" * (MOST_CHARACTERS + 1),
            "That is 6001 characters. Shorten it to 6000.",
            id="of characters",
        ),
        pytest.param(
            "x\n" * (MOST_LINES + 1),
            "That is 151 lines, with each cell of a table as one. Shorten it to 150.",
            id="of lines",
        ),
        pytest.param(
            "a | b / c\n" * 60,
            "That is 180 lines, with each cell of a table as one. Shorten it to 150.",
            id="of cells",
        ),
    ],
)
@pytest.mark.parametrize("paper", ["letter.pdf", "letter.docx", "packet.pdf", "sheet.pdf"])
def test_a_text_that_is_too_long_is_told_and_nothing_is_lost(
    client: Client, long: str, told: str, paper: str
) -> None:
    data = WHOLE_APPEAL | {"edit-of": "internal_appeal.patient", "edit-text.request": long}
    response = letter(client, data)
    assert response.status_code == 422
    assert told in text_of(response)
    assert fields_of(response)["edit-text.request"] == long
    assert made(client, paper, data).status_code == 422


def test_own_words_that_are_too_many_in_all_are_told_and_nothing_is_lost(client: Client) -> None:
    own = {f"edit-text.own.{number}": f"{number} " * 2_900 for number in range(1, 9)}
    data = WHOLE_APPEAL | {
        "edit-of": "internal_appeal.patient",
        "edit-added": ",".join(f"own.{number}" for number in range(1, 9)),
    }
    response = letter(client, data | own)
    assert response.status_code == 422
    assert "Your own words have 46400 characters in all. Shorten them to 40000." in text_of(
        response
    )
    assert own.items() <= fields_of(response).items()


def test_a_letter_of_too_many_pages_is_refused_before_it_is_laid_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appeals.views.letters.render_letter", lambda _: pytest.fail("laid out"))
    ours = ("request", "criteria", "trials", "demands", "evidence", "closing", "reference")
    blocks = (*ours, *(f"own.{number}" for number in range(1, 9)))
    data = WHOLE_APPEAL | {
        "edit-of": "internal_appeal.patient",
        "edit-added": ",".join(f"own.{number}" for number in range(1, 9)),
        **{f"edit-text.{one}": "x\n\n" * MOST_LINES for one in blocks},
    }
    response = made(client, "letter.pdf", data)
    assert response.status_code == 422
    assert "and we make no more than 40. Shorten it" in text_of(response)
    assert fields_of(response)["edit-text.own.8"].count("x") == MOST_LINES


def test_words_for_one_document_never_stand_in_another_and_wait_for_it(client: Client) -> None:
    data = WHOLE_APPEAL | {
        "edit-of": "internal_appeal.patient",
        "edit-text.request": "Words of an appeal.",
    }
    other = data | {"write-kind": "external_review"}
    assert "Words of an appeal." not in text_in(made(client, "letter.pdf", other))
    chosen = post(client, other | {"at": "document", "go": "next"})
    again = fields_of(chosen) | {"write-kind": "internal_appeal"}
    assert "Words of an appeal." in text_in(made(client, "letter.pdf", again))
    # The same words are not put into another person's mouth.
    signed = data | {"write-voice": "clinician", "told-clinician_name": "Alex Sample, MD"}
    assert "Words of an appeal." not in text_in(made(client, "letter.pdf", signed))


def test_a_part_is_shown_anew_while_it_is_written(client: Client) -> None:
    data = WHOLE_APPEAL | {"at": "edit", "showing": "request", "edit-of": "internal_appeal.patient"}
    response = made(client, "part/", data | {"edit-text.request": "As I type."})
    assert text_of(response) == "As I type."
    assert made(client, "part/", DENIED | {"showing": "request"}).status_code == 204


def test_what_each_part_rests_on_stands_beside_it(client: Client) -> None:
    said = text_of(letter(client, WHOLE_APPEAL | {"told-member_id": "SAMPLE-0042"}))
    assert "What this rests on" in said
    assert "087" in said
    assert "29 CFR 2560.503-1" in said


def test_what_points_the_other_way_stands_beside_the_letter(client: Client) -> None:
    said = text_of(letter(client, WHOLE_APPEAL))
    assert "What the plan may cite against it" in said
    assert "KARMA-Dep" in said
