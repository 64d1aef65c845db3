import logging
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from gunicorn.config import Config
from gunicorn.http.errors import InvalidHeader

from coverage_site import web_server
from coverage_site.web_process import LONGEST_REQUEST_SECONDS, SiteLogger, WatchedThreads
from coverage_site.web_server import refuse_debug_in_public, refuse_few_connections


@pytest.fixture
def config() -> Config:
    """Gunicorn's settings as the module has them, each passed by gunicorn's own check."""
    made = Config()
    for name, value in vars(web_server).items():
        if name in made.settings:
            made.set(name, value)
    return made


@pytest.fixture
def log(config: Config, monkeypatch: pytest.MonkeyPatch) -> SiteLogger:
    """The logger as in a process of gunicorn, but that the tests' own handlers stay."""
    monkeypatch.setattr("logging.config.dictConfig", lambda _: None)
    return SiteLogger(config)


def test_a_process_with_more_threads_than_connections_is_refused() -> None:
    refuse_few_connections(threads=8, pool=8)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL_SIZE is 7"):
        refuse_few_connections(threads=8, pool=7)


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        pytest.param("127.0.0.1:8000", False, id="this computer"),
        pytest.param("unix:/run/coverage/web.sock", False, id="a socket"),
        pytest.param("0.0.0.0:8000", True, id="every network"),
        pytest.param(":8000", True, id="every network, in short"),
        pytest.param("192.0.2.7:8000", True, id="a network"),
    ],
)
def test_debug_stays_on_this_computer(address: str, is_refused: bool) -> None:
    refuse_debug_in_public([address], debug=False)
    if is_refused:
        with pytest.raises(ImproperlyConfigured, match="DEBUG is on and BIND is"):
            refuse_debug_in_public([address], debug=True)
    else:
        refuse_debug_in_public([address], debug=True)


def test_a_request_that_gunicorn_refuses_leaves_its_kind_in_the_log_alone(
    log: SiteLogger, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise InvalidHeader("Marked", req=None)
    except InvalidHeader as error:
        text = f"Invalid request from ip=192.0.2.7: {error}"  # gunicorn hands it over finished
        log.warning(text)
        log.exception("Error handling request %s %s", "GET", "/check/?age=41")
    said = [record.getMessage() for record in caplog.records]
    assert said == ["Invalid request: InvalidHeader", "Error handling request"]


def test_gunicorn_keeps_no_list_of_requests_and_believes_no_header(
    config: Config, log: SiteLogger
) -> None:
    assert not log.access_log_enabled
    assert not config.forwarded_allow_ips
    assert not config.secure_scheme_headers
    assert not config.forwarder_headers


@pytest.mark.parametrize(
    ("seconds", "goes_on"),
    [(LONGEST_REQUEST_SECONDS - 1, True), (LONGEST_REQUEST_SECONDS + 1, False)],
)
def test_a_request_without_end_ends_its_process(
    seconds: float, goes_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = WatchedThreads.__new__(WatchedThreads)
    process.alive, process.begun_at = True, {1: 100.0, 2: 100.0 + seconds}
    process.arriving = {}
    process.tmp = SimpleNamespace(notify=lambda: None)
    process.log = logging.getLogger(__name__)
    monkeypatch.setattr("coverage_site.web_process.monotonic", lambda: 100.0 + seconds)
    process.notify()
    assert process.alive is goes_on


def test_without_a_proxy_no_page_could_be_reached() -> None:
    web_server.refuse_no_proxy(debug=True, behind_proxy=False)
    web_server.refuse_no_proxy(debug=False, behind_proxy=True)
    with pytest.raises(ImproperlyConfigured, match=r"^BEHIND_PROXY is not set"):
        web_server.refuse_no_proxy(debug=False, behind_proxy=False)
