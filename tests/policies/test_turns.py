"""Few at once do what takes seconds; who finds no turn is told to try again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import RequestFactory

from appeals import pdf
from coverage_site.faults import server_error
from policies.turns import TURNS, NoTurnError, Turns


def test_who_waits_gets_a_turn_once_one_is_over() -> None:
    turns = Turns(at_once=1, waiting=1, patience=60)
    begun = Event()

    def work() -> str:
        begun.set()
        with turns.turn():
            return "done"

    with ThreadPoolExecutor(1) as other:
        with turns.turn():
            waiting = other.submit(work)
            begun.wait()
        assert waiting.result() == "done"


@pytest.mark.parametrize(
    ("waiting", "patience"),
    [pytest.param(0, 60, id="no place to wait"), pytest.param(1, 0.01, id="waited long enough")],
)
def test_who_finds_no_turn_is_refused_and_takes_nobodys(waiting: int, patience: float) -> None:
    turns = Turns(at_once=1, waiting=waiting, patience=patience)
    with turns.turn(), pytest.raises(NoTurnError), turns.turn():
        pass
    with turns.turn():  # all places are free again
        pass


def test_a_pdf_takes_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(TURNS.present)
        with pytest.raises(NoTurnError):
            pdf.render_pdf("appeals/log_sheet.html", [])


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        pytest.param(NoTurnError(), 503, "Please wait 60 seconds", id="no turn"),
        pytest.param(OperationalError(), 503, "Please wait 30 seconds", id="no database"),
        pytest.param(ValueError(), 500, "Something went wrong on our side", id="a fault of ours"),
    ],
)
def test_what_passes_by_itself_is_told_from_a_fault_of_ours(
    fault: Exception, status: int, words: str
) -> None:
    request: HttpRequest = RequestFactory().post("/check/")
    try:
        raise fault
    except (NoTurnError, OperationalError, ValueError):
        response = server_error(request)
    assert response.status_code == status
    assert words in response.content.decode()
