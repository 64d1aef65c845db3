"""Nothing that anybody types or sends stands in the log: every address is walked with marks."""

import logging
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import path
from procrastinate import App
from procrastinate.testing import InMemoryConnector
from pytest_django import Settings

from appeals.models import Role
from coverage_site.request_ids import AN_ID
from coverage_site.urls import handler500  # noqa: F401
from coverage_site.urls import urlpatterns as site_addresses
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_member
from tests.appeals.clinics.clinic_addresses import ADDRESSES, Made
from tests.coverage_site.logged import Log, kept_log
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_addresses import addresses

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

MARK = "qwmark"
QUERY = f"?{MARK}={MARK}&q={MARK}&on={MARK}&next=/{MARK}/"
HEADERS = {
    "user-agent": MARK,
    "referer": f"https://testserver/{MARK}/",
    "x-request-id": MARK,
    "x-forwarded-for": MARK,
    "accept-language": f"{MARK},es",
}
NAMES = ("text", "q", "go", "letter", "login", "password", "confirm-typed", "name", "answers", MARK)


def marked_file() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{MARK}.pdf", b"%PDF-1.7 qwmark", f"application/{MARK}")


def marked_form() -> dict[str, Any]:
    return dict.fromkeys(NAMES, MARK) | {"file": marked_file(), "files": [marked_file()]}


def fail(request: "HttpRequest") -> NoReturn:
    raise LookupError(f"{request.POST} {request.body!r}")


def refuse(request: "HttpRequest") -> NoReturn:
    raise BadRequest(MARK)


urlpatterns = [path("fails/<str:word>/", fail), path("refuses/", refuse), *site_addresses]


@pytest.fixture
def log(settings: Settings) -> Iterator[Log]:
    """The log of a site behind a proxy, with DEBUG off."""
    settings.BEHIND_PROXY = True
    with kept_log() as kept:
        yield kept


def asked(client: Client, method: str, address: str, **sent: Any) -> "Response":
    """Ask with marked headers; what is written to the database is taken back."""
    with transaction.atomic():
        given = {"headers": HEADERS} | sent
        answer: Response = getattr(client, method)(address, **given)
        answer.getvalue()
        transaction.set_rollback(True)
    return answer


def held_by(person: "User | None") -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def filled(pattern: str) -> str:
    """A pattern of an address with a mark for each word that may stand in it."""
    numbers = {"int": "7", "uuid": str(UUID(int=7))}
    text = re.sub(r"<(?:(\w+):)?\w+>", lambda found: numbers.get(found[1] or "", MARK), pattern)
    text = re.sub(r"\(\?P.*?\)(?=-|/|\$|$)", MARK, text)
    return "/" + re.sub(r"[\^$\\]", "", text)


def walk(client: Client, places: list[str]) -> None:
    cookies = client.cookies.output(header="", sep=";")
    for place in places:
        asked(client, "get", place + QUERY)
        asked(client, "post", place + QUERY, data=marked_form())
        client.cookies.load(cookies)  # signing out is one of them


@pytest.mark.django_db
@pytest.mark.usefixtures("some_policies")
def test_no_address_of_the_site_writes_down_what_was_sent_to_it(log: Log) -> None:
    made = Made()
    everywhere = [filled(pattern) for pattern, _ in addresses()]
    desk = [place for place in everywhere if place.startswith("/admin/")]
    others = [place for place in everywhere if not place.startswith("/admin/")]
    walk(held_by(None), [*others, f"/{MARK}/", f"/{MARK}"])
    walk(held_by(make_person("chief", DeskRole.ADMINISTRATOR)), desk)
    walk(held_by(make_member(made.clinic, Role.ADMIN)), [one.of(made) for one in ADDRESSES])
    assert MARK not in log.text.casefold()
    told = log.about_requests()
    assert len(told) > 400
    assert {200, 302, 403, 404, 405, 422} <= {line["status"] for line in told}
    assert {line["method"] for line in told} == {"GET", "POST"}


PROVOCATIONS: dict[str, tuple[int, str, str, dict[str, Any]]] = {
    "a view that fails": (500, "post", f"/fails/{MARK}/", {"data": marked_form}),
    "a view that fails on JSON": (
        *(500, "post", f"/fails/{MARK}/"),
        {"data": f'{{"{MARK}": "{MARK}"}}', "content_type": "application/json"},
    ),
    "a request that is refused in words": (400, "get", "/refuses/", {}),
    "an address that is none": (404, "get", f"/{MARK}/%ff%00{MARK}/", {}),
    "a name that nothing has": (404, "get", f"/es/insurers/{MARK}/", {}),
    "a calendar's secret": (404, "get", f"/clinics/calendar/{MARK}.ics", {}),
    "a method that is not taken": (405, "delete", f"/map/?q={MARK}", {}),
    "a method of nobody's": (405, "generic", "/map/", {"method": MARK.upper()}),
    "another site's name": (400, "get", "/", {"headers": {**HEADERS, "host": f"{MARK}.example"}}),
    "another site's form": (403, "post", "/letters/", {"headers": {"origin": f"https://{MARK}.x"}}),
    "a form that breaks off": (
        *(400, "post", "/letters/"),
        {"data": f"--{MARK}\r\n{MARK}", "content_type": "multipart/form-data; boundary="},
    ),
    "more than is read": (400, "post", "/letters/", {"data": {"letter": MARK * 900_000}}),
    "more fields than are read": (
        *(400, "post", "/letters/"),
        {"data": {f"{MARK}-{number}": "" for number in range(2_100)}},
    ),
    "a sign-in of nobody": (200, "post", "/account/sign-in/", {"data": marked_form}),
}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", PROVOCATIONS)
def test_whatever_goes_wrong_the_log_tells_its_number_and_no_word_of_the_visitor(
    name: str, log: Log
) -> None:
    status, method, address, sent = PROVOCATIONS[name]
    made = {key: value() if callable(value) else value for key, value in sent.items()}
    if method == "generic":
        made["path"], address = address, made.pop("method")
    client = Client(enforce_csrf_checks=status == 403, raise_request_exception=False)
    answer = asked(client, method, address, **made)
    assert answer.status_code == status
    assert MARK not in log.text.casefold()
    line = log.about_requests()[-1]
    assert line["status"] == status
    assert line["request_id"] == answer.headers["X-Request-ID"] != MARK
    assert (line["request_id"] in answer.content.decode()) is (status == 500)


def test_a_job_that_fails_leaves_its_number_and_no_word_in_the_log(
    log: Log, settings: Settings
) -> None:
    queue = App(
        connector=InMemoryConnector(), worker_defaults=settings.PROCRASTINATE_WORKER_DEFAULTS
    )

    @queue.task
    def failing() -> None:
        logging.getLogger("appeals").warning("A letter is left out.")
        raise LookupError(MARK)

    failing.defer()
    async_to_sync(queue.run_worker_async)(wait=False, install_signal_handlers=False)
    assert MARK not in log.text
    told = [line["job_id"] for line in log.lines if line["message"] == "A letter is left out."]
    assert told == ["1"]
    assert "LookupError (message left out)" in log.text


@pytest.mark.parametrize(
    ("given", "is_behind_proxy", "is_taken"),
    [
        pytest.param("0f" * 16, True, True, id="as nginx makes them"),
        pytest.param(str(UUID(int=7)), True, True, id="a UUID"),
        pytest.param("0f" * 16, False, False, id="from a visitor"),
        pytest.param("0f" * 40, True, False, id="too long"),
        pytest.param("0f" * 16 + "\n", True, False, id="with a line of its own"),
        pytest.param(MARK, True, False, id="a word"),
    ],
)
def test_a_number_is_taken_from_the_proxy_alone_and_only_if_it_is_one(
    given: str, is_behind_proxy: bool, is_taken: bool, settings: Settings, client: Client
) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    answered = client.get("/healthz", headers={"x-request-id": given}).headers["X-Request-ID"]
    assert (answered == given) is is_taken
    assert AN_ID.fullmatch(answered)


@pytest.mark.django_db
def test_a_line_tells_who_is_signed_in_by_number_and_of_a_patient_nothing(log: Log) -> None:
    person = make_member(Made().clinic, Role.ADMIN)
    held_by(person).get("/clinics/")
    Client().get("/evidence/")
    Client().get("/healthz")
    signed_in, patient, watched = log.about_requests()
    assert signed_in["person"] == str(person.pk)
    assert person.username not in log.text
    assert set(patient) == {
        *("time", "level", "logger", "message", "request_id"),
        *("method", "address", "status", "milliseconds", "bytes"),
    }
    assert (patient["level"], watched["level"]) == ("INFO", "DEBUG")


def test_a_line_has_no_field_but_those_that_are_named(log: Log) -> None:
    try:
        raise ValueError(MARK.upper())
    except ValueError:
        record = logging.makeLogRecord(
            {
                "name": "sample",
                "msg": "failed",
                "levelno": 40,
                "exc_info": sys.exc_info(),
                MARK: MARK,
            }
        )
    logging.Formatter().format(record)  # as a handler of somebody's would, which keeps the text
    logging.getLogger().handle(record)
    assert "ValueError (message left out)" in log.lines[0]["exception"]
    assert MARK not in log.text
    assert MARK.upper() not in log.text
